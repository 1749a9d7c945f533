import type { FormState } from '#platform/form/rules.ts'
import { inWords } from '#platform/dates.ts'
import { Button } from '#platform/html/buttons.tsx'
import { Card, Inset, Panel } from '#platform/html/content.tsx'
import { TextArea, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { WhomToRing } from '#platform/html/whom-to-ring.tsx'
import { type EventKind, meetings, type Meeting, type State, states, whatHappened } from '#journey/onward/rules.ts'
import type { Saying } from '#journey/onward-answer/rules.ts'
import type { Part } from '#journey/packet/rules.ts'
import { SaidFields } from './fields.tsx'

type Own = Readonly<{
  kind: EventKind
  at: Temporal.Instant
  reason: string | null
  note: string | null
  byName: string | null
}>

export type ServiceProps = FormState &
  Readonly<{
    at: string
    fields: Readonly<Record<string, string>>
    areaName: string
    askedBy: string
    reference: string
    parts: readonly Part[]
    meet: Meeting | null
    meetAt: Temporal.Instant | null
    state: State
    /** What the service has said before, by whichever way. */
    own: readonly Own[]
    sayable: readonly Saying[]
    now: Temporal.Instant
  }>

/** What a service is sent of somebody, and what it says to it: now, and later by the same link. */
export const ServiceAnswers = (props: ServiceProps) => {
  const { at, fields, areaName, askedBy, reference, parts, sayable, state, own, problems, typed } = props
  const newest = own.at(-1)
  return (
    <Page
      onlyInEnglish
      atWork
      title="A referral to you"
      caption={`${areaName}, reference ${reference}`}
      lede={`${askedBy} would like to refer somebody to you. They have seen and agreed to everything that stands here.`}
      problems={problems}
    >
      <AboutThem parts={parts} />
      <Meets {...props} />
      {newest ? (
        <Inset>
          <p>It stands at: {states[state].label.toLowerCase()}. You can say more below: the newest counts.</p>
        </Inset>
      ) : null}
      <Form
        action={at}
        edits={{ version: own.length, now: newest ? <Answered {...newest} state={state} now={props.now} /> : null }}
        {...{ fields, problems, typed }}
      >
        <SaidFields label={newest ? 'What has happened since?' : 'Can you help?'} sayable={sayable} as="label" />
        <TextArea
          name="note"
          label="Anything to add (optional)"
          hint="When you can start, or what you need to know first. The person may read what you write."
          rows={3}
          maximum={1000}
        />
        <TextField name="byName" label="Your name" autoComplete="name" width={20} />
        <Button>Send your answer</Button>
      </Form>
      <WhomToRing askedBy={askedBy} />
    </Page>
  )
}

/** What the person agreed that the service is told. */
export const AboutThem = ({ parts }: Readonly<{ parts: readonly Part[] }>) => (
  <Card heading="About them">
    <SummaryList rows={parts.map(({ label, value }) => ({ label, value }))} />
  </Card>
)

/** When and how the person is handed over. */
export const Meets = ({ meet, meetAt, now }: Pick<ServiceProps, 'meet' | 'meetAt' | 'now'>) =>
  meet && meetAt ? (
    <Inset>
      <p>
        {meetings[meet].label}: {inWords(meetAt, now)}.
      </p>
    </Inset>
  ) : null

/** What a colleague answered meanwhile. */
const Answered = ({ state, now, ...said }: Own & Pick<ServiceProps, 'state' | 'now'>) => (
  <>
    <p>
      {said.byName ?? 'A colleague'} answered {inWords(said.at, now)}: {whatHappened(said).toLowerCase()}. It stands at:{' '}
      {states[state].label.toLowerCase()}.
    </p>
    {said.note ? <p className="ww-words">{said.note}</p> : null}
    <p>If yours is to count instead, send it again.</p>
  </>
)

type ThanksProps = Readonly<{ askedBy: string; until: string; said: Saying }>

function nextFor(said: Saying, until: string): string {
  if (said === 'ended') return 'There is nothing more for you to do, and the link is closed.'
  if (said === 'declined')
    return `There is nothing more for you to do: the team looks for other help. If you can help after all, say so by the same link until ${until}.`
  return `Come back by the same link when it starts, when they have come, and when it ends. The link works until ${until}, and you can ask for a new one after that.`
}

/** That the answer has arrived, and how the service says more later. */
export const ServiceThanked = ({ askedBy, until, said }: ThanksProps) => (
  <Page onlyInEnglish atWork title="Thank you for your answer" heading={false}>
    <Panel heading="Thank you for your answer">It has reached the team.</Panel>
    <h2 className="nhsuk-heading-m">What happens next</h2>
    <p>{nextFor(said, until)}</p>
    <WhomToRing askedBy={askedBy} />
  </Page>
)
