import { inWords } from '#platform/dates.ts'
import { ButtonForm, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { Card, Inset } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { waitInWords } from '#registers/services/rules.ts'
import { type Decision, decisions } from '#journey/onward-silence/rules.ts'
import { type EventKind, whatHappened } from '#journey/onward/rules.ts'
import type { Part } from '#journey/packet/rules.ts'

type NextProps = Readonly<{
  onward: Readonly<{ id: string; serviceName: string; episode: string }>
  person: Readonly<{ id: string; name: string }>
  proposal:
    | Readonly<{
        service: string
        serviceName: string
        address: string | null
        proposedAt: Temporal.Instant
        decidedAs: Decision | null
        decidedAt: Temporal.Instant | null
        readAt: Temporal.Instant | null
        note: string | null
        /** How many weeks people wait for it, as the directory has it now; null where nobody has said. */
        waitWeeks: number | null
      }>
    | undefined
  /** The service that could be asked in its place, where none was proposed. */
  fits: Readonly<{ id: string; name: string }> | undefined
  parts: readonly Part[]
  /** What the first service said in the end, after it counted as silent. */
  answer: Readonly<{ kind: EventKind; reason: string | null; at: Temporal.Instant; note: string | null }> | undefined
  now: Temporal.Instant
}>

/** The next service that is proposed where one does not answer, for the coach: with what it would be sent. */
export const NextService = (props: NextProps) => {
  const { onward, person, proposal, answer } = props
  return (
    <Page
      title="The next service"
      caption={`${person.name}: ${onward.serviceName} ${answer ? 'has answered meanwhile' : 'has not answered'}`}
      back={{ href: `/onward/${onward.id}` }}
      width="reading"
    >
      {answer ? <Answered {...props} answer={answer} /> : null}
      {!proposal && !answer ? <NoneProposed {...props} /> : null}
      {proposal ? <Proposed {...props} proposal={proposal} /> : null}
    </Page>
  )
}

const Answered = ({ onward, answer, now }: NextProps & Readonly<{ answer: NonNullable<NextProps['answer']> }>) => (
  <Inset>
    <p>
      <strong>{whatHappened(answer)}.</strong> {onward.serviceName} has answered {inWords(answer.at, now)}.{' '}
      <a href={`/onward/${onward.id}`}>What comes next</a>
    </p>
    {answer.note ? <p className="ww-words">{answer.note}</p> : null}
  </Inset>
)

const NoneProposed = ({ onward, fits }: NextProps) => (
  <>
    {fits === undefined ? (
      <p>
        No other service of this kind is open that they were not passed on to. Ring {onward.serviceName}, or look for
        another kind of help.
      </p>
    ) : (
      <p>
        None was proposed. Of this kind,{' '}
        <a href={`/episodes/${onward.episode}/onward/new?service=${fits.id}&follows=${onward.id}`}>{fits.name}</a> is
        open, and they were not passed on to it: refer them to it, or ring {onward.serviceName}.
      </p>
    )}
    <LinkButton href={`/episodes/${onward.episode}/onward/services`} small>
      Find another service
    </LinkButton>
  </>
)

type ProposedProps = NextProps & Readonly<{ proposal: NonNullable<NextProps['proposal']> }>

const Proposed = ({ onward, proposal, parts, answer, now }: ProposedProps) => {
  const to = `/episodes/${onward.episode}/onward/new?service=${proposal.service}&follows=${onward.id}`
  return (
    <>
      <p>
        Proposed {inWords(proposal.proposedAt, now)}:{' '}
        <a href={`/services/${proposal.service}`}>{proposal.serviceName}</a>. It is of the same kind and was open then.
        {` ${waitSentence(proposal.waitWeeks)}`}
      </p>
      <Card heading="What it would be sent" tone="quiet">
        <SummaryList rows={parts.map(({ label, value }) => ({ label, value }))} />
      </Card>
      {proposal.decidedAs === null ? (
        answer ? null : (
          <ToDecide {...{ onward, to }} />
        )
      ) : (
        <Decided {...{ onward, proposal, now, to }} as={proposal.decidedAs} />
      )}
    </>
  )
}

const ToDecide = ({ onward, to }: Pick<NextProps, 'onward'> & Readonly<{ to: string }>) => (
  <>
    <p>
      They see the same on their own pages and can decide. Nothing is sent before they have said yes to this service.
      When they do, {onward.serviceName} is told to stop.
    </p>
    <ButtonGroup>
      <LinkButton href={to} small>
        Refer to it
      </LinkButton>
      <LinkButton href={`/episodes/${onward.episode}/onward/services`} small secondary>
        Find another
      </LinkButton>
      <ButtonForm action={`/onward/${onward.id}/next`} small secondary>
        Not now
      </ButtonForm>
    </ButtonGroup>
  </>
)

function waitSentence(weeks: number | null): string {
  if (weeks === 0) return 'It says that there is no wait.'
  const wait = waitInWords(weeks)
  return wait === null
    ? 'How long people wait for it is not known: ring it first.'
    : `It says that the wait is ${wait}.`
}

type DecidedProps = Pick<ProposedProps, 'onward' | 'proposal' | 'now'> & Readonly<{ as: Decision; to: string }>

const Decided = ({ onward, proposal, now, as, to }: DecidedProps) => (
  <>
    <Inset>
      <p>
        <strong>{decisions[as].label}.</strong> {proposal.decidedAt ? inWords(proposal.decidedAt, now) : ''}
      </p>
      {proposal.note ? <p className="ww-words">{proposal.note}</p> : null}
    </Inset>
    <ButtonGroup>
      {as === 'wanted' ? (
        <LinkButton href={to} small>
          Refer to it
        </LinkButton>
      ) : null}
      {proposal.readAt === null ? (
        <ButtonForm action={`/onward/${onward.id}/next/reading`} small secondary>
          I have read it
        </ButtonForm>
      ) : null}
    </ButtonGroup>
  </>
)
