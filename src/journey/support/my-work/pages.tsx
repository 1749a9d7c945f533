import { dayOf } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Card, EmptyState, Inset, NotKept } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { AsTyped, Said, useSay } from '#platform/html/say.tsx'
import {
  agreedAt,
  type Answer,
  employerStands,
  pointsOf,
  type Proposal,
  threeOf,
} from '#journey/support/three-way/rules.ts'
import { ownSaying } from './rules.ts'

type Put = Readonly<{
  proposal: Proposal
  hasChanged: boolean
  /** When a letter on paper went to them last. */
  letterAt: Temporal.Instant | undefined
  /** Whether they may not be told all of it any more. */
  isUnsaid: boolean
  form: string
}>
/** What was filled in wrongly, and at which of them. */
type Wrong = FormState & Readonly<{ at: string | undefined }>

/** What somebody's employer was asked and answered, as they read it themselves, and what they say to it. */
export const MyWork = ({ put, wrong }: Readonly<{ put: readonly Put[]; wrong: Wrong }>) => (
  <Page
    title="My employer"
    lede="What your employer was asked, what they answered, and what you say to it."
    back={{ href: '/my', label: 'Home' }}
    problems={wrong.problems}
  >
    {put.length === 0 ? (
      <EmptyState heading={<Said text="Your employer was asked nothing" />}>
        You and your coach may ask your employer for changes at work. You see here what was asked and what they answer.
      </EmptyState>
    ) : null}
    {put.map((one) => (
      <OneCard key={one.proposal.id} {...one} wrong={wrong.at === one.proposal.id ? wrong : undefined} />
    ))}
  </Page>
)

type CardProps = Put & Readonly<{ wrong: FormState | undefined }>

function OneCard(props: CardProps) {
  const { proposal, hasChanged, letterAt, isUnsaid, wrong } = props
  const { reply, coach } = threeOf(proposal)
  const agreed = agreedAt(reply, proposal.consents)
  return (
    <Card heading={<AsTyped>{`${proposal.contact}, ${proposal.organisation}`}</AsTyped>}>
      <p>
        <strong>
          <Said text="They were asked:" />
        </strong>{' '}
        <AsTyped lang="en">{proposal.asks}</AsTyped>
      </p>
      {letterAt ? <ByLetter at={letterAt} /> : null}
      {proposal.shared.length > 0 ? <WhatTheyRead proposal={proposal} /> : null}
      <Answers proposal={proposal} />
      {isUnsaid ? <Unsaid typed={wrong?.typed ?? {}} /> : null}
      {hasChanged && !isUnsaid ? (
        <Inset>
          <p>
            <Said text="Something has changed since. Your coach shows you the new words first." />
          </p>
        </Inset>
      ) : null}
      {agreed && !hasChanged ? <AllAgreed at={agreed} partly={employerStands(reply) === 'partly'} /> : null}
      {coach?.agrees && !agreed ? (
        <p>
          <Said text="Your coach agrees." />
        </p>
      ) : null}
      {reply && !hasChanged && !isUnsaid ? <Say {...props} reply={reply.id} /> : null}
    </Card>
  )
}

/** That there is nothing to agree to, since the employer may not be told it any more. */
const Unsaid = ({ typed }: Pick<FormState, 'typed'>) => (
  <>
    <Inset>
      <p>
        <Said text="Your employer may not be told all of this any more, so there is nothing here to agree to. If you want to go on with it, tell your coach." />
      </p>
    </Inset>
    {typed['note'] ? <NotKept words={[typed['note']].flat()} /> : null}
  </>
)

function AllAgreed({ at, partly }: Readonly<{ at: Temporal.Instant; partly: boolean }>) {
  const say = useSay()
  const day = say.day(dayOf(at))
  return (
    <Inset>
      <p>
        {partly
          ? say('You, your employer and your coach agreed on {day} to what your employer can do.', { day })
          : say('You, your employer and your coach agreed on {day}.', { day })}
      </p>
    </Inset>
  )
}

function ByLetter({ at }: Readonly<{ at: Temporal.Instant }>) {
  const say = useSay()
  return <p>{say('A letter went to them on {day}.', { day: say.day(dayOf(at)) })}</p>
}

const WhatTheyRead = ({ proposal }: Pick<Put, 'proposal'>) => (
  <>
    <p>
      <strong>
        <Said text="They were told:" />
      </strong>
    </p>
    <ul className="nhsuk-list nhsuk-list--bullet">
      {proposal.shared.map(({ value }) => (
        <li key={value}>
          <AsTyped lang="en">{value}</AsTyped>
        </li>
      ))}
    </ul>
  </>
)

function Answers({ proposal }: Pick<Put, 'proposal'>) {
  const say = useSay()
  const [reply] = proposal.replies
  const answerIn = ({ answer, fromOn, words }: Answer) => {
    if (answer === 'agree') return fromOn ? say('Yes, from {day}', { day: say.day(fromOn) }) : say('Yes')
    const said = answer === 'suggest' ? say('Suggests something else:') : say('Cannot:')
    return (
      <>
        {said} <AsTyped lang="en">{words}</AsTyped>
      </>
    )
  }
  return (
    <SummaryList
      missing="No answer yet"
      rows={pointsOf(proposal).map(({ place, label }) => {
        const answer = reply?.answers.find((one) => one.place === place)
        return { label, value: answer ? answerIn(answer) : null }
      })}
    />
  )
}

function Say({ proposal, form, reply, wrong }: CardProps & Readonly<{ reply: string }>) {
  const say = useSay()
  const { participant } = threeOf(proposal)
  const day = participant && say.day(dayOf(participant.at))
  const state = wrong ?? { problems: [], typed: {} }
  return (
    <>
      {participant && day ? (
        <p>
          {participant.agrees
            ? say('You agreed on {day}.', { day })
            : say('You said on {day} that you want to talk first. Your coach gets in touch.', { day })}
        </p>
      ) : null}
      <Form action={`/my/work/${proposal.id}`} fields={{ id: form, reply }} {...state}>
        <RadiosFrom
          name="says"
          // The summary of errors leads to the form that is wrong.
          id={wrong ? 'says' : `says-${proposal.id}`}
          label={participant ? 'Do you want to say something else?' : 'Do you agree to this?'}
          hint="Your employer is not told what you say here. Once all three agree, they are told that."
          list={ownSaying}
        />
        <TextArea name="note" id={wrong ? 'note' : `note-${proposal.id}`} label="Anything to add (optional)" rows={2} />
        <Button>Send</Button>
      </Form>
    </>
  )
}
