import { longDay, monthInWords } from '#platform/dates.ts'
import { LinkButton } from '#platform/html/buttons.tsx'
import { Card, WarningCallout } from '#platform/html/content.tsx'
import { Figure, Figures, SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Stage, stages } from '#journey/episode/rules.ts'
import { type Forecast, type Load, type Starts, waitedLong } from '#journey/board/rules.ts'
import { type Due, Loads, Opens, SupervisionsDue } from './loads.tsx'
import { Arrived, type Requests, RequestsDue, Undecided, WaitsForYou } from './waits.tsx'

type Pressing = Readonly<{
  all: number
  undecided: number
  unassigned: number
  firstContact: number
  firstContactLate: number
  overdue: number
  waiting: number
}>
type StageRow = Readonly<{ stage: Stage; people: number; longest: number; middle: number }>
type BoardProps = Readonly<{
  today: Temporal.PlainDate
  organisation: string
  pressing: Pressing
  stageRows: readonly StageRow[]
  loads: readonly Load[]
  /** Whether the reader says what coaches can carry. */
  decidesCapacity: boolean
  starts: Starts & Readonly<{ before: number }>
  noShows: number
  /** Handovers that the other provider has not answered in time. */
  handovers: number
  concerns: Readonly<{ open: number; unheard: number; without: number }>
  /** Alerts that the reader was told of and nobody has said that they have. */
  waiting: readonly Readonly<{ id: string; about: 'concern' | 'outing' }>[]
  times: Times
  /** Forms by email that the reader may compare and nobody has. */
  forms: number
  requests: Requests
  /** People offered by other areas whom the reader may answer and nobody has. */
  arrivals: number
  /** Supervisions of the reader that are to come, or were due. */
  supervisions: readonly Due[]
}>

/** Free times within the next working days against those who wait for a first appointment. */
type Times = Readonly<{ free: number; waiting: number; fewest: number; within: number; tooFew: boolean }>

/** How the service stands for whoever runs it; every number opens the list of people behind it. */
export const Board = ({
  today,
  organisation,
  stageRows,
  loads,
  starts,
  waiting,
  requests,
  arrivals,
  supervisions,
  decidesCapacity,
  ...pressed
}: BoardProps) => (
  <Page
    title="Board"
    caption={`${organisation}, ${longDay(today)}`}
    actions={
      <LinkButton href="/allocation" small>
        Allocate people
      </LinkButton>
    }
  >
    <WaitsForYou waiting={waiting} />
    <RequestsDue {...requests} />
    <Arrived people={arrivals} />
    <SupervisionsDue due={supervisions} />
    {pressed.times.tooFew ? <TooFewTimes {...pressed.times} /> : null}
    <WhatPresses {...{ today, starts }} {...pressed} />
    <AgainstProfile {...{ today, starts }} />
    <Loads {...{ loads, decidesCapacity }} />
    <Table
      caption="Where people stand, and for how long"
      columns={stageColumns}
      rows={stageRows}
      rowKey={({ stage }) => stage}
      empty="Nobody is with the service yet."
    />
  </Page>
)

type Pressed = Pick<
  BoardProps,
  'today' | 'pressing' | 'starts' | 'noShows' | 'handovers' | 'concerns' | 'times' | 'forms'
>

const WaitingForTimes = ({ waiting, free, tooFew }: Times) => (
  <Figure
    number={waiting}
    label="Waiting for a first appointment"
    href="/people?list=to-book"
    note={`Free times soon: ${free}`}
    tone={tooFew ? 'alert' : 'plain'}
  />
)

const TooFewTimes = ({ free, fewest, within, waiting }: Times) => (
  <WarningCallout heading="Too few free times">
    <p>
      {`Within the next ${within} working days ${free === 1 ? 'one time is' : `${free === 0 ? 'no' : free} times are`} free to choose, fewer than ${fewest}, while ${waiting === 1 ? 'one person waits' : `${waiting} people wait`} for a first appointment. `}
      <a href="/coaches">See which coach could add hours</a>
    </p>
  </WarningCallout>
)

const WhatPresses = ({ today, pressing, starts, noShows, handovers, concerns, times, forms }: Pressed) => {
  const { undecided, unassigned, firstContact, firstContactLate, overdue, waiting, all } = pressing
  const alert = (number: number) => (number > 0 ? 'alert' : 'good')
  return (
    <Figures label="What presses">
      <Undecided {...{ undecided, forms }} />
      <Figure number={unassigned} label="Without a coach" href="/people?list=unassigned" tone={alert(unassigned)} />
      <Figure
        number={firstContact}
        label="Waiting for first contact"
        href="/people?list=first-contact"
        note={<Late number={firstContactLate} />}
        tone={firstContactLate > 0 ? 'alert' : 'plain'}
      />
      <WaitingForTimes {...times} />
      <Figure number={overdue} label="With something overdue" href="/people?list=overdue" tone={alert(overdue)} />
      <Figure
        number={concerns.open}
        label="Safety concerns open"
        href="/concerns"
        note={<Unheard {...concerns} />}
        tone={alert(concerns.open)}
      />
      <Figure number={waiting} label="Waiting on others" href="/people?list=waiting" />
      <Figure number={handovers} label="Handovers without an answer" href="/handovers" tone={alert(handovers)} />
      <Figure number={noShows} label="Did not come this month" href="/people?list=no-shows" />
      <Figure number={all} label="With the service" href="/people" />
      <Figure
        number={starts.started}
        label="Started this month"
        href="/people?list=started"
        note={<MonthBefore number={starts.before} today={today} />}
      />
    </Figures>
  )
}

const Late = ({ number }: { number: number }) =>
  number === 0 ? 'None past the clock' : <a href="/people?list=first-contact-late">{number} past the clock</a>

const Unheard = ({ unheard, without }: Pick<BoardProps['concerns'], 'unheard' | 'without'>) => {
  if (without > 0) return <a href="/concerns?owner=without">{without} with nobody</a>
  return unheard === 0 ? 'Somebody has each' : <a href="/concerns?owner=nobody">{unheard} that nobody has</a>
}

const MonthBefore = ({ number, today }: { number: number; today: Temporal.PlainDate }) => (
  <a href={`/people?list=started&month=${today.toPlainYearMonth().subtract({ months: 1 }).toString()}`}>
    {number} in the month before
  </a>
)

/** Starts of this month against what was planned, with what the month may come to and how that was reckoned. */
const AgainstProfile = ({ today, starts }: Pick<BoardProps, 'today' | 'starts'>) => (
  <Card
    heading={`Starts in ${monthInWords(today.toPlainYearMonth())} against the profile`}
    actions={<a href="/profile">Planned starts, month by month</a>}
  >
    <SummaryList
      compact
      rows={[
        { label: 'Started so far', value: <a href="/people?list=started">{starts.started}</a> },
        { label: 'Planned', value: starts.planned ?? 'Nobody has entered it yet' },
        { label: 'Forecast for the month', value: starts.forecast ? inRange(starts.forecast) : tooFew },
        ...(starts.forecast ? [{ label: 'How it was reckoned', value: howReckoned(starts.forecast) }] : []),
      ]}
    />
  </Card>
)

const tooFew = 'Too few have started in the last 12 weeks to say'

const inRange = ({ least, most }: Forecast) => (least === most ? `${least}` : `${least} to ${most}`)

function howReckoned({ lately, daysLately, daysLeft }: Forecast): string {
  const left = daysLeft === 1 ? '1 working day is' : `${daysLeft} working days are`
  const started = `${lately === 1 ? '1 person' : `${lately} people`} started on ${daysLately === 1 ? '1 working day' : `${daysLately} working days`}`
  return `In the last 12 weeks ${started}, and ${left} left after today. At that pace, nine months of ten would end between the two numbers.`
}

const stageColumns: readonly Column<StageRow>[] = [
  { key: 'stage', label: 'Stage', names: true, cell: ({ stage }) => stages[stage].label },
  {
    ...{ key: 'people', label: 'People', numeric: true },
    cell: ({ stage, people }) => (
      <Opens href={`/people?stage=${stage}`} number={people} what="people:" name={stages[stage].label} />
    ),
  },
  { key: 'middle', label: 'Middle wait in days', numeric: true, cell: ({ middle }) => middle },
  {
    key: 'longest',
    label: 'Longest in days',
    numeric: true,
    cell: ({ stage, longest }) =>
      longest > (waitedLong[stage] ?? Infinity) ? <strong>{longest}, long</strong> : longest,
  },
]
