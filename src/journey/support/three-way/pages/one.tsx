import { inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Card, Details, Inset, Tag } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import {
  agreedAt,
  answerInWords,
  type Consent,
  employerStands,
  pointsOf,
  type Proposal,
  type Reply,
  saying,
  type State,
  type Stands,
  stands,
  states,
  threeOf,
  waysAnswered,
  waysSaid,
} from '#journey/support/three-way/rules.ts'
import { Changed, HasDied, Unsaid } from './notices.tsx'
import { Doing, WhatWasShown } from './shown.tsx'

type OneProps = FormState &
  Readonly<{
    proposal: Proposal
    whose: Readonly<{ episode: string; person: Readonly<{ id: string; name: string }> }>
    state: State
    /** What is different from what was put to them. */
    changes: readonly string[]
    /** That the person has died, and when; undefined where they live. */
    died: string | undefined
    /** Why they may not be told all of it any more; undefined where they may. */
    unsaid: string | undefined
    mayEdit: boolean
    /** The code to tell by phone; null where no link went. */
    code: string | null
    /** When a letter went to them last. */
    letterAt: Temporal.Instant | undefined
    id: string
    now: Temporal.Instant
  }>

/** What was put to somebody at a person's work, what they answered, and how each of the three stands to it. */
export const OneProposal = (props: OneProps) => {
  const { proposal, whose, state, changes, unsaid, died, code, mayEdit, problems } = props
  const [reply] = proposal.replies
  const isOpen = proposal.closedAt === null && changes.length === 0 && unsaid === undefined && !died
  return (
    <Page
      title="Agreed at work"
      heading={`${proposal.contact}, ${proposal.organisation}`}
      caption={whose.person.name}
      back={{ href: `/episodes/${whose.episode}/three-way`, label: 'Everything that was put to them' }}
      actions={<Tag colour={states[state].colour}>{states[state].label}</Tag>}
      problems={problems}
      width="reading"
    >
      {died ? <HasDied {...props} died={died} /> : <WhatToDo {...props} />}
      <WhatTheySay {...props} />
      <TheThree {...props} />
      {mayEdit && reply && isOpen ? <Say {...props} reply={reply.id} /> : null}
      <WhatWasShown {...props} />
      {mayEdit && proposal.closedAt === null ? <Doing {...props} /> : null}
      {state !== 'waiting' && code !== null && isOpen ? (
        <Details summary="The code for their link">
          <TellCode code={code} />
        </Details>
      ) : null}
    </Page>
  )
}

/** What the reader has to do about it now, or must know first. */
const WhatToDo = (props: OneProps) => {
  const { proposal, state, changes, unsaid, code, mayEdit } = props
  return (
    <>
      {state === 'waiting' && code !== null && unsaid === undefined ? <TellCode code={code} /> : null}
      {state === 'agreed' || state === 'agreed-in-part' ? <TellThem linked={code !== null} /> : null}
      {unsaid === undefined ? null : <Unsaid {...props} why={unsaid} />}
      {proposal.closedAt === null && changes.length > 0 ? <Changed {...props} /> : null}
      {mayEdit && state === 'unread' ? (
        <ButtonForm action={`/three-way/${proposal.id}/reading`}>I have read it</ButtonForm>
      ) : null}
    </>
  )
}

const TellCode = ({ code }: { code: string }) => (
  <Inset>
    <p>
      Ring them and tell them this code: <strong>{`${code.slice(0, 3)} ${code.slice(3)}`}</strong>. Never send it by
      email: it proves that whoever opens the link is who you spoke to.
    </p>
  </Inset>
)

const TellThem = ({ linked }: Readonly<{ linked: boolean }>) => (
  <Inset>
    <p>
      Tell the employer that all three agree.{' '}
      {linked
        ? 'They also read it behind their link.'
        : 'No link went to them, so nobody has told them yet: ring or write.'}
    </p>
  </Inset>
)

const WhatTheySay = ({ proposal, whose, now }: OneProps) => {
  const [reply, ...earlier] = proposal.replies
  if (!reply)
    return (
      <Card heading="What they answered">
        <p>Nobody has answered yet.</p>
      </Card>
    )
  const answerTo = (place: number) => reply.answers.find((one) => one.place === place)
  const suggests = reply.answers.some(({ answer }) => answer === 'suggest')
  return (
    <Card heading="What they answered" tone="accent">
      <SummaryList
        rows={[
          ...pointsOf(proposal).map(({ place, label }) => {
            const answer = answerTo(place)
            return { label, value: answer ? answerInWords(answer) : null }
          }),
          ...(reply.note ? [{ label: 'Note', value: reply.note }] : []),
          {
            label: 'From',
            value: `${reply.byName}, ${waysAnswered[reply.how].label.toLowerCase()}, ${inWords(reply.at, now)}`,
          },
        ]}
      />
      {suggests ? (
        <p>
          Talk with the person about what they suggest. If it helps,{' '}
          <a href={`/episodes/${whose.episode}/adjustments`}>put the adjustment right</a> and put the new text to them.
        </p>
      ) : null}
      {earlier.length > 0 ? (
        <p className="nhsuk-hint">
          They answered {earlier.length === 1 ? 'once' : `${earlier.length} times`} before. The newest answer counts.
        </p>
      ) : null}
    </Card>
  )
}

const TheThree = ({ proposal, now }: OneProps) => {
  const { reply, participant, coach, stands: three } = threeOf(proposal)
  const agreed = agreedAt(reply, proposal.consents)
  const said = (one: Consent | undefined) =>
    one &&
    [one.by ? `written down by ${one.by}` : waysSaid[one.how].label.toLowerCase(), inWords(one.at, now)].join(', ')
  return (
    <Card heading="The three">
      <SummaryList
        rows={[
          {
            label: 'Employer',
            value: <Stand is={three.employer} said={reply && whatEmployerSaid(reply, now)} />,
          },
          {
            label: 'Person',
            value: <Stand is={three.participant} said={said(participant)} note={participant?.note} />,
          },
          { label: 'Coach', value: <Stand is={three.coach} said={said(coach)} note={coach?.note} /> },
        ]}
      />
      {agreed ? (
        <p>
          {employerStands(reply) === 'partly' ? 'All three agreed to what the employer can do' : 'All three agreed'}{' '}
          {inWords(agreed, now)}.
        </p>
      ) : null}
    </Card>
  )
}

/** To how many of the questions an employer said what, where they did not answer all of them alike. */
function employerInWords({ answers: given }: Pick<Reply, 'answers'>): string | undefined {
  const counts = Object.entries(countInWords).flatMap(([code, words]) => {
    const of = given.filter(({ answer }) => answer === code).length
    return of > 0 ? [`${words} ${of}`] : []
  })
  return counts.length > 1 ? `Of ${given.length} questions: ${counts.join(', ')}` : undefined
}

const countInWords = { agree: 'yes to', suggest: 'something else for', cannot: 'cannot do' } as const

const whatEmployerSaid = (reply: Reply, now: Temporal.Instant) =>
  [reply.byName, inWords(reply.at, now), employerInWords(reply)].filter(Boolean).join(', ')

type StandProps = Readonly<{ is: Stands; said?: string | undefined; note?: string | null | undefined }>

const Stand = ({ is, said, note }: StandProps) => (
  <>
    <Tag colour={stands[is].colour}>{stands[is].label}</Tag> {said}
    {note ? (
      <>
        <br />“{note}”
      </>
    ) : null}
  </>
)

const Say = ({ proposal, reply, id, problems, typed }: OneProps & Readonly<{ reply: string }>) => (
  <Card heading="Who agrees to these answers?">
    <p>The person sees them on their own pages and can agree there. The employer is not told what the person says.</p>
    <Form action={`/three-way/${proposal.id}/consents`} fields={{ id, reply }} {...{ problems, typed }}>
      <RadiosFrom name="says" label="What was said?" list={saying} />
      <TextArea name="note" label="In their words (optional)" rows={2} maximum={1000} />
      <Button>Save</Button>
    </Form>
  </Card>
)
