import { many, type PointName, type Points, severe } from '#registers/weighting/rules.ts'
import { type Stage, stages } from '#journey/episode/rules.ts'
import { type Rhythm, rhythms } from '#journey/rhythm/rules.ts'

/** What the work of looking after somebody is weighed by: all of it stands on the record, and nothing is judged. */
export type Weighed = Readonly<{
  stage: Stage
  /** How many things stand in the way by the newest conversation, and how many of them are severe. */
  barriers: number
  severe: number
  interpreter: boolean
  concern: boolean
  restricted: boolean
  every: Rhythm
}>

/** Where in the work each stage stands; who is not with the service weighs nothing. */
const workAt = {
  received: 'weightFirstContact',
  accepted: 'weightFirstContact',
  trying: 'weightFirstContact',
  booked: 'weightAssessment',
  assessed: 'weightPlan',
  'plan-agreed': 'weightSupport',
  active: 'weightSupport',
  waiting: 'weightSupport',
  aftercare: 'weightFollowUp',
  closed: null,
  ended: null,
} as const satisfies Readonly<Record<Stage, PointName | null>>

/** What a promise weighs. */
const promiseAt = {
  week: 'weightWeekly',
  fortnight: 'weightFortnightly',
  month: 'weightMonthly',
  none: null,
} as const satisfies Readonly<Record<Rhythm, PointName | null>>

/** One reason for which looking after somebody weighs something, in words a coach can check against the record. */
export type Reason = Readonly<{ why: string; points: number }>

/** Every reason for which looking after somebody weighs something; who is in aftercare is followed up and nothing more. */
export function reasonsFor(weighed: Weighed, points: Points): Reason[] {
  const work = workAt[weighed.stage]
  if (work === null) return []
  const stands = { why: `Stands at: ${stages[weighed.stage].label}`, points: points[work] }
  const more = weighed.stage === 'aftercare' ? [] : [...moreWork(weighed, points), ...promised(weighed, points)]
  return [stands, ...more].filter((one) => one.points > 0)
}

function moreWork({ barriers, severe: grave, interpreter, concern, restricted }: Weighed, points: Points): Reason[] {
  const things = grave === 1 ? 'One thing stands' : `${grave} things stand`
  const reasons: readonly (Reason | false)[] = [
    barriers >= many && { why: `${barriers} things stand in the way`, points: points.weightManyBarriers },
    grave > 0 && {
      why: `${things} severely in the way (${severe} of 10 or more)`,
      points: grave * points.weightSevereBarrier,
    },
    interpreter && { why: 'An interpreter is needed', points: points.weightInterpreter },
    concern && { why: 'A safety concern is open', points: points.weightConcern },
    restricted && { why: 'The record is restricted', points: points.weightRestricted },
  ]
  return reasons.filter((one): one is Reason => one !== false)
}

function promised({ every }: Weighed, points: Points): Reason[] {
  const promise = promiseAt[every]
  return promise === null
    ? []
    : [{ why: `Promised contact: ${rhythms[every].label.toLowerCase()}`, points: points[promise] }]
}

/** What looking after somebody weighs: the sum of its reasons. */
export function weightOf(weighed: Weighed, points: Points): number {
  return reasonsFor(weighed, points).reduce((sum, one) => sum + one.points, 0)
}

/** "1 point", "12 points". */
export function inPoints(points: number): string {
  return points === 1 ? '1 point' : `${points} points`
}
