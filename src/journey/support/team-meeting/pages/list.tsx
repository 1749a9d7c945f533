import { dayInWords, dayOf, inWords } from '#platform/dates.ts'
import { ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { Card, EmptyState, Tag } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Meeting, meetingInWords } from '#journey/support/team/rules.ts'
import { keyOf, type Seen, standsOnQueue } from '#journey/support/team-meeting/rules.ts'

type ListProps = Readonly<{
  toCome: readonly Meeting[]
  before: readonly Meeting[]
  queue: readonly Seen[]
  mayPlan: boolean
  now: Temporal.Instant
}>

/** The meetings of the team, and what waits for the next one in the order in which it is worked on. */
export const TeamMeetings = ({ toCome, before, queue, mayPlan, now }: ListProps) => (
  <Page
    title="Team meetings"
    lede="Clinicians and others advise on support together. What waits for them, and what they decided."
    actions={mayPlan ? <LinkButton href="/team/meetings/new">Plan a meeting</LinkButton> : undefined}
  >
    {toCome.length === 0 ? (
      <EmptyState heading="No meeting is planned">
        {mayPlan
          ? 'Plan one and choose who comes. What waits is on its agenda by itself.'
          : 'Your duty lead plans them. What you put to the team waits until then.'}
      </EmptyState>
    ) : null}
    {toCome.map((meeting, place) => (
      <MeetingCard key={meeting.id} {...{ meeting, now }} isNext={place === 0} />
    ))}
    <Table
      caption={queue.length === 1 ? 'The queue: 1 question' : `The queue: ${queue.length} questions`}
      columns={queueColumns({ queue, mayPlan, now })}
      rows={queue}
      rowKey={({ id }) => id}
      empty="Nothing waits for the team. A question is put from the record of a person: The team, then Put something to the team."
    />
    {before.length > 0 ? <Before before={before} now={now} /> : null}
  </Page>
)

const MeetingCard = ({
  meeting,
  isNext,
  now,
}: Readonly<{ meeting: Meeting; isNext: boolean; now: Temporal.Instant }>) => (
  <Card
    heading={meetingInWords(meeting, dayOf(now))}
    tone={isNext ? 'accent' : 'plain'}
    actions={<a href={`/team/meetings/${meeting.id}`}>Open this meeting</a>}
  >
    <p>
      {meeting.place === null ? '' : `${meeting.place}. `}
      Who comes: {meeting.comers.map(({ id, name }) => (id === meeting.chair ? `${name} (chairs)` : name)).join(', ')}.
    </p>
  </Card>
)

const Before = ({ before, now }: Pick<ListProps, 'before' | 'now'>) => (
  <>
    <h2 className="nhsuk-heading-m">Earlier meetings</h2>
    <ul>
      {before.map((meeting) => (
        <li key={meeting.id}>
          <a href={`/team/meetings/${meeting.id}`}>{meetingInWords(meeting, dayOf(now))}</a>
          {meeting.calledOffAt === null ? '' : ', called off'}
        </li>
      ))}
    </ul>
  </>
)

function queueColumns({ queue, mayPlan, now }: Pick<ListProps, 'queue' | 'mayPlan' | 'now'>): readonly Column<Seen>[] {
  const order: Column<Seen> = {
    key: 'order',
    label: 'Order',
    cell: (row) => <Moving {...{ row, queue }} />,
  }
  return [
    { key: 'key', label: 'Whom it is about', names: true, cell: (row) => <Whom row={row} /> },
    { key: 'asks', label: 'Question', prose: true, cell: ({ asks, hidden }) => hidden ?? asks },
    { key: 'state', label: 'State', cell: (row) => <Standing {...{ row, now }} /> },
    { key: 'by', label: 'Put by', cell: ({ by }) => by ?? '' },
    { key: 'at', label: 'Put', nowrap: true, cell: ({ at }) => dayInWords(dayOf(at), dayOf(now)) },
    ...(mayPlan ? [order] : []),
  ]
}

/** The name and a way to the record for whoever may open it; initials for everybody else. */
export const Whom = ({ row }: Readonly<{ row: Seen }>) =>
  row.name === undefined ? keyOf(row) : <a href={`/episodes/${row.episode}/matters/${row.id}`}>{row.name}</a>

const Standing = ({ row, now }: Readonly<{ row: Seen; now: Temporal.Instant }>) => {
  const from = standsOnQueue(row, now)
  return (
    <span className="ww-tags">
      {row.urgent ? <Tag colour="red">Urgent</Tag> : null}
      {row.carried > 0 ? (
        <Tag colour="purple">{row.carried === 1 ? 'Carried over' : `Carried over ${row.carried} times`}</Tag>
      ) : null}
      {from === undefined ? (
        <Tag colour="blue">Ready</Tag>
      ) : (
        <Tag colour="yellow">{from === 'untold' ? 'Not told yet' : `May say no until ${inWords(from, now)}`}</Tag>
      )}
    </span>
  )
}

const Moving = ({ row, queue }: Readonly<{ row: Seen; queue: readonly Seen[] }>) => {
  const at = queue.findIndex(({ id }) => id === row.id)
  const may = (other: Seen | undefined) => other !== undefined && other.urgent === row.urgent
  return (
    <>
      {may(queue[at - 1]) ? (
        <ButtonForm action={`/team/matters/${row.id}/place`} fields={{ to: 'earlier' }} asLink context={keyOf(row)}>
          Earlier
        </ButtonForm>
      ) : null}
      {may(queue[at + 1]) ? (
        <ButtonForm action={`/team/matters/${row.id}/place`} fields={{ to: 'later' }} asLink context={keyOf(row)}>
          Later
        </ButtonForm>
      ) : null}
    </>
  )
}
