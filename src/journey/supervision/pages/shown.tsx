import { dayInWords, inWords, longDay } from '#platform/dates.ts'
import { ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { Details, Inset, Tag } from '#platform/html/content.tsx'
import { SummaryList, Timeline } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { calledName } from '#registers/people/rules.ts'
import { nextInWords, type Supervision } from '#journey/supervision/rules.ts'

type Last = Readonly<{
  coach: string
  name: string
  onDay: Temporal.PlainDate | null
  nextOn: Temporal.PlainDate | null
  supervisorName: string | null
}>

type ListProps = Readonly<{
  own: readonly Supervision[]
  /** Every coach with their last supervision, for those who hold them. */
  coaches: readonly Last[] | undefined
  me: string
  today: Temporal.PlainDate
}>

/** One's own supervisions, and for whoever holds them when each coach last had one. */
export const Supervisions = ({ own, coaches, me, today }: ListProps) => (
  <Page
    title="Supervision"
    lede="Time for a coach’s own work, with a senior coach or manager. What is written down is for the two alone."
  >
    {coaches ? (
      <Table
        caption="Each coach’s last supervision"
        captionSize="m"
        columns={coachColumns(me, today)}
        rows={coaches}
        rowKey={({ coach }) => coach}
        empty="Coaches appear here once they are invited."
      />
    ) : null}
    <Table
      caption="Your supervisions"
      captionSize="m"
      columns={ownColumns(me, today)}
      rows={own}
      rowKey={({ id }) => id}
      empty={
        coaches
          ? 'What you hold or have yourself appears here. Choose a coach above to write one down.'
          : 'Your supervisions appear here once your senior coach or manager has written one down.'
      }
    />
  </Page>
)

const Next = ({ on, today }: Readonly<{ on: Temporal.PlainDate | null; today: Temporal.PlainDate }>) => {
  const { words, late } = nextInWords(on, today)
  return (
    <>
      {words} {late ? <Tag colour="red">Overdue</Tag> : null}
    </>
  )
}

const coachColumns = (me: string, today: Temporal.PlainDate): readonly Column<Last>[] => [
  { key: 'name', label: 'Coach', names: true, cell: ({ name }) => name },
  {
    key: 'last',
    label: 'Last',
    cell: ({ onDay }) => (onDay ? dayInWords(onDay, today) : <Tag colour="orange">None yet</Tag>),
  },
  { key: 'with', label: 'With', cell: ({ supervisorName }) => supervisorName ?? '' },
  { key: 'next', label: 'Next', cell: ({ onDay, nextOn }) => (onDay ? <Next on={nextOn} today={today} /> : '') },
  {
    key: 'new',
    label: 'Write down',
    cell: ({ coach, name }) =>
      coach === me ? (
        'Somebody else writes yours'
      ) : (
        <a href={`/supervisions/new/${coach}`}>
          A supervision<span className="nhsuk-u-visually-hidden"> with {name}</span>
        </a>
      ),
  },
]

const ownColumns = (me: string, today: Temporal.PlainDate): readonly Column<Supervision>[] => [
  {
    key: 'on',
    label: 'Held',
    names: true,
    cell: ({ id, onDay }) => <a href={`/supervisions/${id}`}>{longDay(onDay)}</a>,
  },
  {
    key: 'with',
    label: 'With',
    cell: ({ coach, coachName, supervisorName }) =>
      coach === me ? `${supervisorName}, who supervises you` : `${coachName}, whom you supervise`,
  },
  {
    key: 'next',
    label: 'Next',
    cell: ({ nextOn }) => (nextOn ? dayInWords(nextOn, today) : 'No day is set'),
  },
]

type Case = Readonly<{
  episode: string
  person: string | null
  given_name: string | null
  family_name: string | null
  preferred_name: string | null
}>
type Decision = Readonly<{ id: string; episode: string; decided: string; at: Temporal.Instant }> &
  Readonly<{ by: string | null; member: string }>
type Note = Readonly<{ number: number; agreed: string; at: Temporal.Instant; byName: string | null }>

type OneProps = Readonly<{
  supervision: Supervision
  cases: readonly Case[]
  notes: readonly Note[]
  decisions: readonly Decision[]
  me: string
  today: Temporal.PlainDate
  now: Temporal.Instant
}>

/** A supervision as the two of it read it. */
export const SupervisionPage = ({ supervision, cases, notes, me, today, now, ...more }: OneProps) => {
  const { id, coach, coachName, supervisorName, onDay, nextOn } = supervision
  const [held, ...earlier] = notes
  return (
    <Page
      title={`Supervision on ${longDay(onDay)}`}
      caption={`With ${coach === me ? supervisorName : coachName}`}
      back={{ href: '/supervisions', label: 'Supervision' }}
      width="reading"
      actions={
        <LinkButton href={`/supervisions/${id}/words`} small secondary>
          Change
        </LinkButton>
      }
    >
      <Inset>
        <p>Only {coach === me ? `you and ${supervisorName}` : `you and ${coachName}`} can read this.</p>
      </Inset>
      <SummaryList
        rows={[
          { label: 'Agreed', value: held ? <Words text={held.agreed} /> : null },
          { label: 'Next supervision', value: <Next on={nextOn} today={today} /> },
        ]}
      />
      <Cases {...{ supervision, cases, me, now, ...more }} />
      {earlier.length > 0 ? <Earlier notes={earlier} now={now} /> : null}
      <Details summary="Written down by mistake?">
        <p>Nobody finds it any more once it is taken back. What was put on a record stays there.</p>
        <ButtonForm action={`/supervisions/${id}/withdrawal`} secondary>
          Take this supervision back
        </ButtonForm>
      </Details>
    </Page>
  )
}

const Words = ({ text }: Readonly<{ text: string }>) => (
  <>
    {text.split('\n').map((line, place) => (
      <div key={`${place}${line}`}>{line}</div>
    ))}
  </>
)

const Earlier = ({ notes, now }: Readonly<{ notes: readonly Note[]; now: Temporal.Instant }>) => (
  <Details summary="What stood here before">
    <Timeline
      happenings={notes.map(({ number, agreed, at, byName }) => ({
        ...{ key: `${number}`, what: `Version ${number}`, when: inWords(at, now), moment: at.toString() },
        ...{ by: byName ?? undefined, text: <Words text={agreed} /> },
      }))}
      empty="Nothing."
    />
  </Details>
)

type CasesProps = Pick<OneProps, 'supervision' | 'cases' | 'decisions' | 'me' | 'now'>

const Cases = ({ supervision, cases, decisions, me, now }: CasesProps) => (
  <Table
    caption="Whom you talked about"
    captionSize="m"
    columns={[
      { key: 'name', label: 'Person', names: true, cell: (one) => <Name {...one} /> },
      {
        key: 'decided',
        label: 'On their record',
        prose: true,
        cell: ({ episode }) =>
          decisions
            .filter((one) => one.episode === episode)
            .map((one) => <Decided key={one.id} decision={one} mine={one.member === me} now={now} />),
      },
      {
        key: 'put',
        label: 'Decided something?',
        cell: ({ episode, person, ...name }) =>
          person === null ? (
            ''
          ) : (
            <a href={`/supervisions/${supervision.id}/cases/${episode}/decision`}>
              Put it on the record<span className="nhsuk-u-visually-hidden"> of {nameOf(name)}</span>
            </a>
          ),
      },
    ]}
    rows={cases}
    rowKey={({ episode }) => episode}
    empty="Nobody was named. Change the supervision to add people whose record you may both open."
  />
)

type Named = Pick<Case, 'given_name' | 'family_name' | 'preferred_name'>

function nameOf({ given_name, family_name, preferred_name }: Named): string {
  if (given_name === null || family_name === null) return 'Somebody whose record you may not open now'
  return calledName({ given_name, family_name, preferred_name })
}

const Name = ({ person, ...name }: Case) =>
  person === null ? nameOf(name) : <a href={`/people/${person}`}>{nameOf(name)}</a>

type DecidedProps = Readonly<{ decision: Decision; mine: boolean; now: Temporal.Instant }>

const Decided = ({ decision: { id, decided, at, by }, mine, now }: DecidedProps) => (
  <div>
    {decided} <span className="nhsuk-hint">{[by, inWords(at, now)].filter(Boolean).join(', ')}</span>{' '}
    {mine ? (
      <ButtonForm action={`/supervision-decisions/${id}/withdrawal`} asLink context={`“${decided}”`}>
        Take back
      </ButtonForm>
    ) : null}
  </div>
)
