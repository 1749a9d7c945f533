import { dayInWords, inWords, longDay } from '#platform/dates.ts'
import { LinkButton } from '#platform/html/buttons.tsx'
import { Tag, type TagColour } from '#platform/html/content.tsx'
import { Figure, Figures } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { calledName } from '#registers/people/rules.ts'
import { type DayLine, type DayReason, dayReasons } from './rules.ts'
import { needsOf, type Person } from '#journey/caseload/rules.ts'

export type DayRow = Person & DayLine & Readonly<{ covered: boolean; href: string; clears: string }>

const tones: Readonly<Record<DayReason, TagColour>> = {
  safety: 'red',
  overdue: 'red',
  today: 'blue',
  result: 'orange',
  'follow-up': 'green',
  limit: 'orange',
  waiting: 'grey',
  quiet: 'yellow',
  reply: 'grey',
}

type DayProps = Readonly<{
  today: Temporal.PlainDate
  rows: readonly DayRow[]
  counts: readonly (readonly [DayReason, number])[]
  reason: DayReason | null
  appointments: readonly Readonly<{ id: string; at: Temporal.Instant; name: string; mode: string }>[]
  now: Temporal.Instant
  caseload: number
}>

/** What a coach has to do today: each line a person, why they are here, and the one thing that clears it. */
export const MyDay = ({ today, rows, counts, reason, appointments, now, caseload }: DayProps) => (
  <Page
    title="My day"
    caption={longDay(today)}
    actions={
      <LinkButton href="/caseload" small secondary>
        {`All my people (${caseload})`}
      </LinkButton>
    }
  >
    <Figures label="Why people are on your day">
      {counts
        .filter(([, number]) => number > 0)
        .map(([code, number]) => (
          <Figure
            key={code}
            number={number}
            label={dayReasons[code].label}
            href={`/day?reason=${code}`}
            tone={tones[code] === 'red' ? 'alert' : 'plain'}
          />
        ))}
    </Figures>
    {appointments.length > 0 ? <Appointments appointments={appointments} now={now} /> : null}
    {reason ? (
      <p>
        Only: {dayReasons[reason].label}. <a href="/day">Show everybody</a>
      </p>
    ) : null}
    <Table
      caption="To do"
      columns={dayColumns(today)}
      rows={rows}
      rowKey={({ episode, reason: why }) => episode + why}
      empty="Nothing is due today. People appear here when a contact, review or follow-up is due, when nobody has spoken to them for a while, or when a concern is open."
    />
  </Page>
)

const Appointments = ({ appointments, now }: Pick<DayProps, 'appointments' | 'now'>) => (
  <Table
    caption="Appointments today"
    rows={appointments}
    rowKey={({ id }) => id}
    columns={[
      { key: 'at', label: 'Time', nowrap: true, cell: ({ at }) => inWords(at, now) },
      { key: 'who', label: 'Person', names: true, cell: ({ id, name }) => <a href={`/appointments/${id}`}>{name}</a> },
      { key: 'mode', label: 'How', cell: ({ mode }) => mode },
    ]}
    empty=""
  />
)

function dayColumns(today: Temporal.PlainDate): readonly Column<DayRow>[] {
  return [
    {
      key: 'person',
      label: 'Person',
      names: true,
      cell: (row) => (
        <>
          <a href={`/people/${row.person}`}>{calledName(row)}</a>{' '}
          {row.covered ? <Tag colour="purple">{`For ${row.coachName ?? 'a colleague'}`}</Tag> : null}
        </>
      ),
    },
    { key: 'why', label: 'Why', cell: ({ reason }) => <Tag colour={tones[reason]}>{dayReasons[reason].label}</Tag> },
    { key: 'what', label: 'What', cell: ({ because }) => because },
    { key: 'when', label: 'Since or due', nowrap: true, cell: ({ on }) => (on ? dayInWords(on, today) : '') },
    { key: 'needs', label: 'Needs', cell: needsOf },
    {
      key: 'do',
      label: 'Next',
      cell: (row) => (
        <a href={row.href}>
          {row.clears}
          <span className="nhsuk-u-visually-hidden">{` for ${calledName(row)}`}</span>
        </a>
      ),
    },
  ]
}
