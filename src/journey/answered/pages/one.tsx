import { inWords } from '#platform/dates.ts'
import { ButtonForm, ButtonGroup } from '#platform/html/buttons.tsx'
import { Card, Inset, Tag, WarningCallout } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { answers, type Request } from '#journey/request/rules.ts'
import type { Answered } from '#journey/answered/rules.ts'
import { type Person, StateTag } from './list.tsx'

type OneProps = Readonly<{
  request: Request
  /** What they answered before the answer that counts, in the order in which it came. */
  earlier: readonly Answered[]
  person: Person
  /** The code to tell by phone; undefined where whoever referred answers with what they know of the person. */
  code: string | undefined
  /** When the person took back what it went out on. */
  takenBack: Temporal.Instant | undefined
  /** The link in place of which whoever was asked waits for a new one. */
  wanted: Readonly<{ id: string; askedAt: Temporal.Instant | null }> | undefined
  /** The message that brought them the newest link; undefined where none is kept. */
  sent: Readonly<{ id: string; at: Temporal.Instant }> | undefined
  now: Temporal.Instant
}>

/** One request: exactly what was asked and shown, and what was answered. */
export const OneRequest = ({ request, earlier, person, code, takenBack, wanted, sent, now }: OneProps) => (
  <Page
    title={`Asked: ${request.organisation}`}
    caption={person.name}
    back={{ href: `/people/${person.id}/requests`, label: 'What was asked' }}
    actions={takenBack ? <Tag colour="grey">Permission taken back</Tag> : <StateTag state={request.state} />}
    width="reading"
  >
    {takenBack ? <TakenBack {...{ person, takenBack, now }} /> : null}
    {wanted ? <AskedForLink {...{ wanted, request, person, sent, now }} maySend={!takenBack} /> : null}
    {code !== undefined && !takenBack && request.state === 'waiting' ? <TellCode code={code} /> : null}
    <AnswerCard request={request} earlier={earlier} now={now} />
    <Card heading="What was asked and shown" tone="quiet">
      <SummaryList
        rows={[
          { label: 'To', value: [request.organisation, request.contact, request.address].filter(Boolean).join(', ') },
          { label: 'Question', value: request.asks },
          ...request.shared.map(({ label, value }) => ({ label: `Shown: ${label}`, value })),
          {
            label: 'Asked by',
            value: `${request.askedBy ?? 'A member who has left'}, ${inWords(request.asked_at, now)}`,
          },
          ...(sent ? [{ label: 'Newest link', value: `Given out ${inWords(sent.at, now)}` }] : []),
        ]}
      />
    </Card>
    {person.mayEdit ? <Doing request={request} sent={sent} mayAsk={!takenBack && !wanted} /> : null}
  </Page>
)

type WantedProps = Pick<OneProps, 'sent'> &
  Readonly<{
    wanted: NonNullable<OneProps['wanted']>
    request: Request
    person: Person
    maySend: boolean
    now: Temporal.Instant
  }>

/** Whoever was asked cannot open their link any more and has asked for another. */
const AskedForLink = ({ wanted, request, person, sent, maySend, now }: WantedProps) => (
  <WarningCallout heading="They asked for a new link">
    <p>
      {request.organisation} cannot open the link that we sent, and asked for a new one
      {wanted.askedAt ? `, ${inWords(wanted.askedAt, now)}` : ''}.{' '}
      {maySend && request.closed_at === null
        ? 'It goes to the same address. The code stays the same: ring them if they do not have it.'
        : 'The request is not open any more, so none can be sent. Ring them, if they need to know.'}
    </p>
    {person.mayEdit ? (
      <ButtonGroup>
        {maySend && request.closed_at === null ? (
          <ButtonForm action={`/requests/${request.id}/link`} fields={seenAsSent(sent)}>
            Send a new link
          </ButtonForm>
        ) : null}
        <ButtonForm action={`/people/${person.id}/links/${wanted.id}/settling`} secondary>
          Nothing needs to be sent
        </ButtonForm>
      </ButtonGroup>
    ) : null}
  </WarningCallout>
)

const TakenBack = ({
  person,
  takenBack,
  now,
}: Readonly<{ person: Person; takenBack: Temporal.Instant; now: Temporal.Instant }>) => (
  <Inset>
    <p>
      {person.name} took back their permission, {inWords(takenBack, now)}. The link is closed, and nothing more goes to
      whoever was asked. What was answered before stays here.
    </p>
    <p>
      <a href={`/people/${person.id}/agreements`}>What they agreed to</a>
    </p>
  </Inset>
)

const TellCode = ({ code }: { code: string }) => (
  <Inset>
    <p>
      Ring them and tell them this code: <strong>{`${code.slice(0, 3)} ${code.slice(3)}`}</strong>. Never send it by
      email: it proves that whoever opens the link is who you spoke to.
    </p>
  </Inset>
)

const AnswerCard = ({ request, earlier, now }: Pick<OneProps, 'request' | 'earlier' | 'now'>) => (
  <Card heading="Answer" tone="accent">
    {request.answer && request.answered_at ? (
      <SummaryList
        rows={[
          ...(request.answer === 'told' ? [] : [{ label: 'Answer', value: answers[request.answer].label }]),
          { label: 'In their words', value: request.note },
          {
            label: 'From',
            value: `${request.by_name ?? request.organisation}, ${inWords(request.answered_at, now)}`,
          },
        ]}
      />
    ) : (
      <p>{request.closed_at ? 'It was closed without an answer.' : 'Nobody has answered yet.'}</p>
    )}
    {earlier.length > 0 ? <Earlier {...{ request, earlier, now }} /> : null}
  </Card>
)

/** What they answered before, in the order in which it came: the newest counts, and whoever reads it knows that it changed. */
const Earlier = ({ request, earlier, now }: Pick<OneProps, 'request' | 'earlier' | 'now'>) => (
  <>
    <h3 className="nhsuk-heading-s">
      {earlier.some(({ answer }) => answer !== request.answer)
        ? 'They answered otherwise before. The newest answer counts.'
        : 'They answered before. The newest answer counts.'}
    </h3>
    <ol className="nhsuk-list nhsuk-list--number">
      {earlier.map(({ id, answer, note, byName, at }) => (
        <li key={id}>
          {[answers[answer].label, byName ?? request.organisation, inWords(at, now)].join(', ')}
          {note === null ? null : (
            <>
              <br />“{note}”
            </>
          )}
        </li>
      ))}
    </ol>
  </>
)

type DoingProps = Pick<OneProps, 'sent'> & Readonly<{ request: Request; mayAsk: boolean }>

/** With the link that whoever sends another has seen: pressed twice, or by two people, one is sent. */
const seenAsSent = (sent: OneProps['sent']) => ({ sent: sent?.id ?? '' })

const Doing = ({ request: { id, kind, state, closed_at }, sent, mayAsk }: DoingProps) => (
  <ButtonGroup>
    {state === 'unread' ? <ButtonForm action={`/requests/${id}/reading`}>I have read it</ButtonForm> : null}
    {closed_at === null && mayAsk && kind !== 'referrer' ? (
      <ButtonForm action={`/requests/${id}/link`} fields={seenAsSent(sent)} secondary>
        Send a new link
      </ButtonForm>
    ) : null}
    {closed_at === null ? (
      <ButtonForm action={`/requests/${id}/closing`} secondary>
        Close the request
      </ButtonForm>
    ) : null}
  </ButtonGroup>
)
