import { dayOf, longDay } from '#platform/dates.ts'
import { LinkButton } from '#platform/html/buttons.tsx'
import { Card, Inset } from '#platform/html/content.tsx'
import { LineChart } from '#platform/html/line-chart.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import type { Goal } from '#journey/goal/rules.ts'
import {
  comparable,
  levelBy,
  levelOf,
  levels,
  raters,
  type Rating,
  type Scale,
  scoresOver,
  shownScore,
  signed,
  type TPoint,
  weightOf,
  weights,
} from '#journey/goal-scaling/rules.ts'

type Scaled = Readonly<{ goal: Goal; scale: Scale | undefined }>

type ScalingProps = Readonly<{
  person: string
  plan: string
  open: boolean
  goals: readonly Scaled[]
  ratings: readonly Rating[]
}>

/** How far the goals of a plan have come, by the levels that person and coach set. */
export const GoalScaling = ({ person, plan, open, goals, ratings }: ScalingProps) => {
  const scales = goals.flatMap(({ scale }) => scale ?? [])
  return (
    <Page
      title="How far each goal has come"
      caption={person}
      back={{ href: plan, label: 'Back to the plan' }}
      lede="Goal Attainment Scaling: for each goal you agree what five levels would look like, and look together where it stands."
    >
      <Together points={scoresOver(scales, ratings)} without={goals.length - scales.length} />
      <h2 className="nhsuk-heading-m">Goal by goal</h2>
      {goals.length === 0 ? <p>Add a goal to the plan first. Its levels are set here then.</p> : null}
      {goals.map((one) => (
        <OneScaled
          key={one.goal.id}
          {...one}
          open={open}
          ratings={ratings.filter(({ goal }) => goal === one.goal.id)}
        />
      ))}
    </Page>
  )
}

function Together({ points, without }: Readonly<{ points: readonly TPoint[]; without: number }>) {
  const [first] = points
  const last = points.at(-1)
  if (!first || !last) return null
  const dots = points.map(({ score }, place) => ({ at: place, value: score }))
  const scores = points.map(({ score }) => score)
  const range = [Math.min(20, Math.floor(Math.min(...scores))), Math.max(80, Math.ceil(Math.max(...scores)))] as const
  const said = `T score: ${shownScore(first.score)} when the levels were set, ${shownScore(last.score)} ${dayOfPoint(last)}`
  return (
    <>
      <h2 className="nhsuk-heading-m">All goals together</h2>
      <p>
        <strong>T score now: {shownScore(last.score)}</strong>. 50 means that everything went as hoped; more is more
        than hoped. When the levels were set it was {shownScore(first.score)}.
      </p>
      {points.length > 1 ? (
        <LineChart label={said} dots={dots} range={range} ends={['At the beginning', dayOfPoint(last)]} />
      ) : null}
      <Table caption="T score" columns={tColumns} rows={points} rowKey={({ key }) => key} empty="" />
      <Inset>
        <p>
          The score is for talking about this plan with this person. It compares nobody with anybody else, and does not
          show why a goal moved: it never shows that the service caused it.
          {without > 0
            ? ` ${without === 1 ? 'One goal has no levels and does' : `${without} goals have no levels and do`} not count.`
            : ''}
        </p>
      </Inset>
    </>
  )
}

const dayOfPoint = ({ on }: TPoint) => (on ? `on ${longDay(on)}` : 'when the levels were set')

const tColumns: readonly Column<TPoint>[] = [
  { key: 'on', label: 'Day', names: true, cell: ({ on }) => (on ? longDay(on) : 'When the levels were set') },
  { key: 'score', label: 'T score', numeric: true, cell: ({ score }) => shownScore(score) },
]

function OneScaled({ goal, scale, open, ratings }: Scaled & Readonly<{ open: boolean; ratings: readonly Rating[] }>) {
  const change = open ? (
    <a href={`/goals/${goal.id}/levels`}>{scale ? 'Change the levels' : 'Set the levels'}</a>
  ) : undefined
  if (!scale)
    return (
      <Card heading={goal.words} level={3} actions={change}>
        <p>No levels yet.</p>
      </Card>
    )
  const now = levelOf(levelBy(scale, ratings))
  return (
    <Card heading={goal.words} level={3} actions={change}>
      <p>
        <strong>Now: {levels[now].label.toLowerCase()}</strong> ({signed(levels[now].number)}). “{scale.words[now]}”
      </p>
      <p>
        At the beginning, on {longDay(dayOf(scale.setAt))}: {levels[levelOf(scale.baseline)].label.toLowerCase()} (
        {signed(scale.baseline)}). Weight: {weights[weightOf(scale.weight)].label.toLowerCase()}.
      </p>
      {open ? (
        <LinkButton href={`/goals/${goal.id}/ratings`} secondary small context={goal.words}>
          Say where it stands today
        </LinkButton>
      ) : null}
      <Table
        caption="Where it stood"
        columns={ratingColumns(scale)}
        rows={ratings}
        rowKey={({ id }) => id}
        empty="Ratings appear here once you have said where the goal stands."
      />
    </Card>
  )
}

const ratingColumns = (scale: Scale): readonly Column<Rating>[] => [
  { key: 'on', label: 'Day', names: true, nowrap: true, cell: ({ on }) => longDay(on) },
  { key: 'level', label: 'Level', cell: (rating) => levelInWords(scale, rating) },
  {
    key: 'who',
    label: 'Who said it',
    cell: ({ ratedBy, by }) => `${raters[ratedBy].label} (written down by ${by ?? 'staff'})`,
  },
]

function levelInWords(scale: Scale, rating: Rating): string {
  const words = `${levels[levelOf(rating.level)].label} (${signed(rating.level)})`
  return comparable(scale, [rating]).length > 0 ? words : `${words}, by earlier levels`
}
