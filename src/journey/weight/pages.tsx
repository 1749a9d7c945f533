import { ListBar } from '#platform/html/arrangement.tsx'
import { LinkButton } from '#platform/html/buttons.tsx'
import { Details, Inset, Tag } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import type { Cap } from '#registers/capacity/rules.ts'
import { setByTheArea } from '#registers/weighting/rules.ts'
import { type Stage, stages } from '#journey/episode/rules.ts'
import { type Rhythm, rhythms } from '#journey/rhythm/rules.ts'
import { inPoints, type Reason } from './rules.ts'

type WhyProps = Readonly<{
  episode: string
  person: string
  name: string
  every: Rhythm
  weight: number
  reasons: readonly Reason[]
}>

/** Every reason for which looking after somebody weighs what it does. */
export const WhyPoints = ({ episode, person, name, every, weight, reasons }: WhyProps) => (
  <Page
    title={`Why ${inPoints(weight)}`}
    caption={name}
    back={{ href: `/people/${person}`, label: 'Back to the record' }}
    width="reading"
  >
    <Inset>
      <p>{setByTheArea}</p>
    </Inset>
    <Table
      caption="What is added up"
      captionSize="hidden"
      columns={reasonColumns}
      rows={[...reasons, { why: 'Together', points: weight }]}
      rowKey={({ why }) => why}
      empty="Nothing is added up."
      narrow="scroll"
    />
    <SummaryList
      rows={[
        {
          label: 'They hear from their coach',
          value: rhythms[every].label,
          change: { href: `/episodes/${episode}/rhythm`, what: 'how often they hear from their coach' },
        },
      ]}
    />
    <p>The points follow from the record. Change what is wrong there, and they change.</p>
  </Page>
)

const reasonColumns: readonly Column<Reason>[] = [
  { key: 'why', label: 'Why', names: true, cell: ({ why }) => why },
  { key: 'points', label: 'Points', numeric: true, cell: ({ points }) => points },
]

type Row = Readonly<{
  episode: string
  person: string
  name: string
  stage: Stage
  weight: number
  reasons: readonly Reason[]
}>

type CaseloadProps = Readonly<{ name: string; own: boolean; people: readonly Row[]; cap: Cap }>

/** What the people of one coach weigh together, and each of them. */
export const CaseloadWeight = ({ name, own, people, cap }: CaseloadProps) => {
  const whole = people.reduce((sum, { weight }) => sum + weight, 0)
  const over = whole - cap.points
  return (
    <Page
      title={own ? 'What my people weigh' : `What the people of ${name} weigh`}
      lede={`${inPoints(whole)} of ${cap.points} at most.`}
      actions={
        own ? (
          <LinkButton href="/caseload" small secondary>
            My people
          </LinkButton>
        ) : null
      }
      {...(own ? {} : { back: { href: '/board', label: 'Board' } })}
    >
      {over > 0 ? (
        <p>
          <Tag colour="orange">{inPoints(over)} over</Tag> {own ? overOwn : overTheirs}
        </p>
      ) : null}
      <Details summary="What points are">
        <p>{setByTheArea}</p>
      </Details>
      <ListBar count={people.length === 1 ? '1 person' : `${people.length} people`} print />
      <Table
        caption="People and their points"
        captionSize="hidden"
        columns={columns}
        rows={people}
        rowKey={({ episode }) => episode}
        empty={
          own ? 'People appear here once they are given to you.' : 'People appear here once this coach is given some.'
        }
      />
    </Page>
  )
}

const overOwn =
  'That is more than one coach should have. Talk to whoever gives people to coaches before you take anybody on.'
const overTheirs =
  'That is more than one coach should have. Give them nobody new, or hand people over to another coach.'

const columns: readonly Column<Row>[] = [
  { key: 'name', label: 'Person', names: true, cell: ({ person, name }) => <a href={`/people/${person}`}>{name}</a> },
  { key: 'stage', label: 'Stage', cell: ({ stage }) => stages[stage].label },
  {
    key: 'points',
    label: 'Points',
    numeric: true,
    cell: ({ episode, weight, name }) => (
      <a href={`/episodes/${episode}/weight`}>
        {weight}
        <span className="nhsuk-u-visually-hidden"> points: why, for {name}</span>
      </a>
    ),
  },
  {
    key: 'why',
    label: 'Why',
    prose: true,
    cell: ({ reasons }) => reasons.map(({ why, points }) => `${why} (${points})`).join(', '),
  },
]
