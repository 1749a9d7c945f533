import { dayInWords, longDay } from '#platform/dates.ts'
import { CardGrid, FilterForm } from '#platform/html/arrangement.tsx'
import { LinkButton } from '#platform/html/buttons.tsx'
import { type CodeList, SelectFrom } from '#platform/html/choices.tsx'
import { Card, Tag, WarningCallout } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Purpose } from '#journey/appointment/rules.ts'
import { spanOnClock } from '#journey/availability/rules.ts'
import { type DiaryLine, purposeChoices, weekInWords } from './rules.ts'

type WeekProps = Readonly<{
  member: Readonly<{ id: string; name: string }>
  monday: Temporal.PlainDate
  today: Temporal.PlainDate
  days: readonly Readonly<{ day: Temporal.PlainDate; lines: readonly DiaryLine[]; why: string | undefined }>[]
  purpose: Purpose
  minutes: number
  /** Whom the reader may book for, by episode, and for whom they do. */
  people: CodeList
  episode: string | null
  maySet: boolean
  hasHours: boolean
}>

/** The week of one colleague: what is taken, what is free, and booking from it. */
export const WeekPage = (props: WeekProps) => {
  const { member, monday, today, days, minutes } = props
  return (
    <Page
      title={`Week of ${member.name}`}
      caption={weekInWords(monday)}
      breadcrumbs={[{ href: '/coaches', label: 'Free times' }]}
      actions={
        props.maySet ? (
          <LinkButton href={`/coaches/${member.id}/hours`} small secondary>
            Set when they can be met
          </LinkButton>
        ) : undefined
      }
    >
      <WhoFor {...props} />
      <Weeks {...props} />
      {props.hasHours ? null : (
        <p>No hours are set for this week, so nothing is free to choose. Appointments can be booked all the same.</p>
      )}
      <CardGrid>
        {days.map(({ day, lines, why }) => (
          <Card key={day.toString()} heading={dayHeading(day, today)} level={3}>
            <Lines lines={lines} why={why} />
          </Card>
        ))}
      </CardGrid>
      <p className="ww-aside">
        Free times are {minutes} minutes long, within the hours that are set, and leave a gap between two appointments.
      </p>
    </Page>
  )
}

function dayHeading(day: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const words = dayInWords(day, today.add({ days: 400 }))
  return day.equals(today) ? `Today, ${longDay(day)}` : words
}

const WhoFor = ({ member, monday, people, episode, purpose }: WeekProps) => (
  <FilterForm
    action={`/coaches/${member.id}/week`}
    fields={{ from: monday.toString() }}
    label="Whom to book for"
    clear={episode === null ? undefined : `/coaches/${member.id}/week?from=${monday.toString()}`}
  >
    <SelectFrom
      name="episode"
      label="Book for"
      list={people}
      empty="Nobody yet: only look"
      {...(episode === null ? {} : { value: episode })}
    />
    <SelectFrom name="purpose" label="What for" list={purposeChoices} value={purpose} empty={false} />
  </FilterForm>
)

function Weeks({ member, monday, episode, purpose }: WeekProps) {
  const at = (day: Temporal.PlainDate) => {
    const kept = { from: day.toString(), purpose, ...(episode === null ? {} : { episode }) }
    return `/coaches/${member.id}/week?${new URLSearchParams(kept).toString()}`
  }
  return (
    <p className="ww-tags">
      <a href={at(monday.subtract({ days: 7 }))}>Week before</a> <a href={at(monday.add({ days: 7 }))}>Week after</a>
    </p>
  )
}

const Lines = ({ lines, why }: Readonly<{ lines: readonly DiaryLine[]; why: string | undefined }>) =>
  lines.length === 0 ? (
    <p>{why ?? 'Nothing is booked and nothing is free.'}</p>
  ) : (
    <>
      {why ? <p>{why}</p> : null}
      <ul className="nhsuk-list">
        {lines.map((line) => (
          <li key={`${line.kind}${line.startsAt.toString()}`}>
            <Line {...line} />
          </li>
        ))}
      </ul>
    </>
  )

function Line(line: DiaryLine) {
  const span = spanOnClock(line)
  if (line.kind === 'hidden') return `${span}: taken`
  if (line.kind === 'taken')
    return (
      <>
        {span}: <a href={`/appointments/${line.id}`}>{line.name}</a>, {line.how.toLowerCase()}{' '}
        {line.marks.map(({ label, colour }) => (
          <Tag key={label} colour={colour}>
            {label}
          </Tag>
        ))}
      </>
    )
  return (
    <>
      {line.href ? <a href={line.href}>{`Book ${span}`}</a> : `${span}: free`}
      <span className="ww-aside">{line.how}</span>
    </>
  )
}

/** One coach with how much can be chosen from. */
export type CoachRow = Readonly<{
  id: string
  name: string
  free: number
  /** The next free time, in words. */
  next: string | null
  hasHours: boolean
  isAway: boolean
  maySet: boolean
}>

type CoachesProps = Readonly<{
  rows: readonly CoachRow[]
  free: number
  waiting: number
  /** Whether the reader may open the list of those who wait. */
  opens: boolean
  tooFew: boolean
  fewest: number
  within: number
}>

/** How much free time each coach has, against those who wait for a first appointment. */
export const CoachesPage = ({ rows, free, waiting, opens, tooFew, fewest, within }: CoachesProps) => (
  <Page
    title="Free times"
    lede="Times that people can choose for a first conversation: within the hours that are set, without what is booked, absences and bank holidays."
    actions={
      <LinkButton href="/venues" small secondary>
        Buildings
      </LinkButton>
    }
  >
    {tooFew ? (
      <WarningCallout heading="Too few free times">
        <p>
          {counted(free, within)}, fewer than {fewest}, and <Waiting {...{ number: waiting, opens }} />. Add hours for a
          coach below, or change when people are told in <a href="/area/meeting">appointments and reminders</a>.
        </p>
      </WarningCallout>
    ) : (
      <p>
        {counted(free, within)}. <Waiting {...{ number: waiting, opens }} capital />.
      </p>
    )}
    <Table
      caption="Coaches"
      captionSize="hidden"
      columns={columns(within)}
      rows={rows}
      rowKey={({ id }) => id}
      empty="Coaches appear here once they are invited."
    />
  </Page>
)

function counted(free: number, within: number): string {
  const times = free === 1 ? '1 free time' : `${free} free times`
  return `There ${free === 1 ? 'is' : 'are'} ${times} within the next ${within} working days`
}

type WaitingProps = Readonly<{ number: number; opens: boolean; capital?: boolean }>

function Waiting({ number, opens, capital }: WaitingProps) {
  const who = number === 1 ? '1 person' : number === 0 && capital ? 'Nobody' : `${number} people`
  return (
    <>
      {opens ? <a href="/people?list=to-book">{who}</a> : who} {number === 1 || number === 0 ? 'waits' : 'wait'} for a
      first appointment
    </>
  )
}

const columns = (within: number): readonly Column<CoachRow>[] => [
  { key: 'name', label: 'Coach', names: true, cell: ({ id, name }) => <a href={`/coaches/${id}/week`}>{name}</a> },
  {
    key: 'free',
    label: `Free within ${within} working days`,
    numeric: true,
    cell: ({ free }) => free,
  },
  { key: 'next', label: 'Next free time', cell: ({ next }) => next ?? 'None' },
  {
    key: 'hours',
    label: 'Hours',
    cell: ({ id, name, hasHours, isAway, maySet }) => (
      <>
        {isAway ? <Tag colour="orange">Away today</Tag> : null}{' '}
        {maySet ? (
          <a href={`/coaches/${id}/hours`}>
            {hasHours ? 'Hours' : 'Set hours'}
            <span className="nhsuk-u-visually-hidden"> of {name}</span>
          </a>
        ) : hasHours ? (
          'Set'
        ) : (
          'None set'
        )}
      </>
    ),
  },
]
