import { inWords } from '#platform/dates.ts'
import { FilterForm, ListBar } from '#platform/html/arrangement.tsx'
import { ButtonForm, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Card, Inset, Tag, WarningCallout } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { PageNumbers } from '#platform/html/pagination.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { answers, kinds, pageLength, type Request, type RequestState, requestStates } from '#journey/request/rules.ts'

type Person = Readonly<{ id: string; name: string; mayEdit: boolean }>

/** A state in a word. */
const StateTag = ({ state }: { state: RequestState }) => (
  <Tag colour={requestStates[state].colour}>{requestStates[state].label}</Tag>
)

type OneProps = Readonly<{
  request: Request
  person: Person
  /** The code to tell by phone; undefined where whoever referred answers with what they know of the person. */
  code: string | undefined
  /** When the person took back what it went out on. */
  takenBack: Temporal.Instant | undefined
  /** The link in place of which whoever was asked waits for a new one. */
  wanted: Readonly<{ id: string; askedAt: Temporal.Instant | null }> | undefined
  now: Temporal.Instant
}>

/** One request: exactly what was asked and shown, and what was answered. */
export const OneRequest = ({ request, person, code, takenBack, wanted, now }: OneProps) => (
  <Page
    title={`Asked: ${request.organisation}`}
    caption={person.name}
    back={{ href: `/people/${person.id}/requests`, label: 'What was asked' }}
    actions={takenBack ? <Tag colour="grey">Permission taken back</Tag> : <StateTag state={request.state} />}
    width="reading"
  >
    {takenBack ? <TakenBack {...{ person, takenBack, now }} /> : null}
    {wanted ? <AskedForLink {...{ wanted, request, person, now }} maySend={!takenBack} /> : null}
    {code !== undefined && !takenBack && request.state === 'waiting' ? <TellCode code={code} /> : null}
    <AnswerCard request={request} now={now} />
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
        ]}
      />
    </Card>
    {person.mayEdit ? <Doing request={request} mayAsk={!takenBack && !wanted} /> : null}
  </Page>
)

type WantedProps = Readonly<{
  wanted: NonNullable<OneProps['wanted']>
  request: Request
  person: Person
  maySend: boolean
  now: Temporal.Instant
}>

/** Whoever was asked cannot open their link any more and has asked for another. */
const AskedForLink = ({ wanted, request, person, maySend, now }: WantedProps) => (
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
          <ButtonForm action={`/requests/${request.id}/link`}>Send a new link</ButtonForm>
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

const AnswerCard = ({ request, now }: Pick<OneProps, 'request' | 'now'>) => (
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
  </Card>
)

type DoingProps = Readonly<{ request: Request; mayAsk: boolean }>

const Doing = ({ request: { id, kind, state, closed_at }, mayAsk }: DoingProps) => (
  <ButtonGroup>
    {state === 'unread' ? <ButtonForm action={`/requests/${id}/reading`}>I have read it</ButtonForm> : null}
    {closed_at === null && mayAsk && kind !== 'referrer' ? (
      <ButtonForm action={`/requests/${id}/link`} secondary>
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

/** Everything that was asked of others about one person. */
export const RequestsOf = ({
  person,
  rows,
  now,
}: Readonly<{ person: Person; rows: readonly Request[]; now: Temporal.Instant }>) => (
  <Page
    title="What was asked of others"
    caption={person.name}
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    actions={
      person.mayEdit ? (
        <LinkButton href={`/people/${person.id}/requests/new`} small>
          Ask somebody outside
        </LinkButton>
      ) : undefined
    }
  >
    <Table
      caption="Requests"
      captionSize="hidden"
      columns={columns<Request>(now)}
      rows={rows}
      rowKey={({ id }) => id}
      empty="What you ask of a service, an employer, occupational health or whoever referred them appears here, with what they were shown and what they answered."
    />
  </Page>
)

function columns<Row extends Request>(now: Temporal.Instant): Column<Row>[] {
  return [
    {
      key: 'whom',
      label: 'Asked',
      names: true,
      cell: ({ id, organisation }) => <a href={`/requests/${id}`}>{organisation}</a>,
    },
    { key: 'kind', label: 'Who they are', cell: ({ kind }) => kinds[kind].label },
    { key: 'asks', label: 'Question', prose: true, cell: ({ asks }) => asks },
    { key: 'when', label: 'When', cell: ({ asked_at }) => inWords(asked_at, now) },
    { key: 'state', label: 'State', cell: ({ state }) => <StateTag state={state} /> },
  ]
}

type ListProps = Readonly<{
  rows: readonly (Request & Readonly<{ name: string }>)[]
  state: RequestState | null
  page: number
  count: number
  now: Temporal.Instant
}>

const listAddress = (state: RequestState | null, page = 1) =>
  `/requests?${new URLSearchParams({ ...(state ? { state } : {}), ...(page > 1 ? { page: `${page}` } : {}) }).toString()}`

/** What was asked about everybody whom a member lists: what was answered and not read stands first in the filter. */
export const RequestList = ({ rows, state, page, count, now }: ListProps) => (
  <Page title="Asked of others">
    <FilterForm action="/requests" clear={state ? '/requests' : undefined}>
      <SelectFrom name="state" label="State" list={requestStates} empty="Every state" value={state ?? undefined} />
    </FilterForm>
    <ListBar count={`${count} ${count === 1 ? 'request' : 'requests'}`} print />
    <Table
      caption="Requests"
      captionSize="hidden"
      columns={[
        {
          key: 'person',
          label: 'Person',
          names: true,
          cell: (row) => <a href={`/people/${row.person}`}>{row.name}</a>,
        },
        ...columns<(typeof rows)[number]>(now).map((column) => ({ ...column, names: false })),
      ]}
      rows={rows}
      rowKey={({ id }) => id}
      empty="What is asked of services, employers, occupational health and whoever referred somebody appears here."
    />
    <PageNumbers page={page} pages={Math.ceil(count / pageLength)} href={(next) => listAddress(state, next)} />
  </Page>
)
