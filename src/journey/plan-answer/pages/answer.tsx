import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { Inset, Panel, WarningCallout } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { PhoneLink } from '#platform/html/footer.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { useShell } from '#platform/html/shell.tsx'
import { type ProveProps, ProveWhose } from '#platform/html/whose.tsx'
import { answers, mostWords } from '#journey/plan-offer/rules.ts'
import type { ReadPlan } from '#journey/plan-answer/rules.ts'
import { PlanToRead } from './plan.tsx'

/** Where somebody reads the plan they were sent: behind a link, or on their own pages. */
export type At = Readonly<{
  action: string
  /** What the page carries on to the next, beside what is typed. */
  fields: Readonly<Record<string, string>>
  own: boolean
}>

const backOf = ({ own }: At) => (own ? { back: { href: '/my/plan', label: 'Back to my plan' } } : {})

/** What is behind a link to a plan opens to whoever knows when its person was born. */
export const Prove = (props: ProveProps) => (
  <ProveWhose {...props}>
    <Ring />
  </ProveWhose>
)

type AnswerProps = FormState &
  Readonly<{
    at: At
    id: string
    plan: ReadPlan
    read: string
    until: Temporal.PlainDate
    today: Temporal.PlainDate
    /** Whether their coach changed the plan while they were reading it. */
    changedMeanwhile: boolean
    /** What they said before, where they wanted to talk about it first. */
    talk: Readonly<{ words: string | null }> | undefined
  }>

/** A plan as it would be agreed, in plain words, and what its person says of it. */
export function AnswerPlan({ at, id, plan, read, until, today, changedMeanwhile, talk, ...state }: AnswerProps) {
  const say = useSay()
  return (
    <FormPage
      {...state}
      {...backOf(at)}
      title={plan.first ? 'Your plan: do you agree?' : 'Changes to your plan: do you agree?'}
      lede="You and your coach have talked about this. Please read it. It is your plan, and you can say no to any of it."
      action={at.action}
      fields={{ ...at.fields, id, read }}
      draft={at.own}
      width="reading"
    >
      {changedMeanwhile ? <ChangedMeanwhile /> : null}
      {talk ? <TalkAsked words={talk.words} /> : null}
      <PlanToRead {...{ plan, today }} />
      <h2 className="nhsuk-heading-m">
        <Said text="What do you say?" />
      </h2>
      <p>{say('You can answer until {day}. Nothing changes until you do.', { day: say.dayInWords(until, today) })}</p>
      <TextArea
        name="words"
        label="Is there something you would like to say to your coach?"
        hint="You do not have to write anything. Your coach sees it on a working day, not at once."
        rows={4}
        maximum={mostWords}
      />
      <ButtonGroup>
        <Button name="answer" value="agreed">
          {answers.agreed.label}
        </Button>
        <Button name="answer" value="talk" secondary>
          {answers.talk.label}
        </Button>
      </ButtonGroup>
      <Ring />
    </FormPage>
  )
}

const ChangedMeanwhile = () => (
  <div tabIndex={-1} data-focus>
    <WarningCallout heading="Your coach has changed the plan">
      <p>
        <Said text="It was changed while you were reading, so we have not sent your answer. The plan as it is now stands below. What you wrote is still there. Please read it again and answer." />
      </p>
    </WarningCallout>
  </div>
)

function TalkAsked({ words }: Readonly<{ words: string | null }>) {
  const say = useSay()
  return (
    <Inset>
      <p>
        <Said text="You said that you want to talk about it first. Your coach knows. If you have talked and it is right now, you can still agree below." />
      </p>
      {words === null ? null : <p>{say('You said: {words}', { words: `“${words}”` })}</p>}
    </Inset>
  )
}

const done = {
  agreed: {
    heading: 'You have agreed this plan',
    next: 'Your coach can see it. You can change it together at any time, and stop whenever you want. It does not affect your benefits.',
  },
  talk: {
    heading: 'Your coach knows that you want to talk',
    next: 'Nothing is agreed yet. Your coach gets in touch with you. If something cannot wait, ring us.',
  },
} as const

/** That an answer has arrived, and what happens then. */
export const Answered = ({ at, answer }: Readonly<{ at: At; answer: keyof typeof done }>) => (
  <Page title={done[answer].heading} heading={false} {...backOf(at)} width="reading">
    <Panel heading={done[answer].heading} />
    <h2 className="nhsuk-heading-m">
      <Said text="What happens next" />
    </h2>
    <p>
      <Said text={done[answer].next} />
    </p>
    {at.own ? null : (
      <p>
        <Said text="You can close this page." />
      </p>
    )}
    <Ring />
  </Page>
)

/** Why there is nothing to answer, in words for the person. */
export const nothings = {
  none: 'No plan waits for your answer at the moment. When your coach sends you one, you find it here.',
  agreed: 'This plan is agreed already. There is nothing more to do here.',
  over: 'This can no longer be answered here. If you have a question, ring us or talk to your coach.',
  unready:
    'Your coach is still working on this plan, so it cannot be agreed just now. Please come back later, or talk to your coach.',
} as const

/** That there is nothing to answer now, and why. */
export const NothingToAnswer = ({ at, why }: Readonly<{ at: At; why: keyof typeof nothings }>) => (
  <Page title="Nothing to answer now" {...backOf(at)} width="reading">
    <p>
      <Said text={nothings[why]} />
    </p>
    {at.own ? <LinkButton href="/my/plan">Read my plan</LinkButton> : null}
    <Ring />
  </Page>
)

function Ring() {
  const { area } = useShell()
  if (!area?.phone) return null
  return (
    <p>
      <Said
        text="You can also ring {area}: {phone}"
        with={{ area: area.name, phone: <PhoneLink number={area.phone} /> }}
      />
    </p>
  )
}
