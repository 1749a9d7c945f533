import { dayOf } from '#platform/dates.ts'
import type { PlanType } from '#registers/areas/rules.ts'
import type { Route } from '#registers/organisations/rules.ts'

/** Where an episode can stand, in the order of the journey. */
export const stages = {
  received: { label: 'Received' },
  accepted: { label: 'Accepted' },
  trying: { label: 'Trying to contact' },
  booked: { label: 'Booked' },
  assessed: { label: 'Assessed' },
  'plan-agreed': { label: 'Plan agreed' },
  active: { label: 'Active' },
  waiting: { label: 'Waiting on others' },
  aftercare: { label: 'Completed, in aftercare' },
  closed: { label: 'Closed' },
  ended: { label: 'Ended early' },
} as const

export type Stage = keyof typeof stages

/** Why an episode ended before its plan was completed. */
export const earlyEnds = {
  'not-eligible': { label: 'Not eligible' },
  declined: { label: 'Declined by the person' },
  unreachable: { label: 'Could not be reached' },
  'left-early': { label: 'Left early' },
  duplicate: { label: 'Duplicate' },
  died: { label: 'Died' },
  moved: { label: 'Moved to another area' },
} as const

export type EarlyEnd = keyof typeof earlyEnds

/** Everything that moves an episode or changes what is due on it, with what it says. */
export type Step =
  | {
      kind: 'received'
      route: Route
      provider: string
      firstTryBy: Temporal.PlainDate
      firstAppointmentBy: Temporal.PlainDate
    }
  | { kind: 'accepted' }
  | { kind: 'allocated'; coach: string | null }
  | { kind: 'handed-over'; provider: string; coach: string | null }
  | { kind: 'tried' }
  | { kind: 'reached' }
  | { kind: 'booked'; for: Temporal.Instant }
  | { kind: 'unbooked' }
  | { kind: 'assessed' }
  | { kind: 'plan-agreed'; planType: PlanType; limitOn: Temporal.PlainDate }
  | { kind: 'supported' }
  | { kind: 'paused' }
  | { kind: 'resumed' }
  | { kind: 'due'; what: string; on: Temporal.PlainDate }
  | { kind: 'completed'; followUp13On: Temporal.PlainDate; followUp26On: Temporal.PlainDate }
  | { kind: 'followed-up'; weeks: 13 | 26 }
  | { kind: 'ended'; as: EarlyEnd }
  | { kind: 'withdrawn'; step: string }

export type StepKind = Step['kind']

/** The moments and days that a standing keeps, each empty until it comes. */
export const moments = [
  'accepted_at',
  'first_tried_at',
  'first_appointment_at',
  'assessed_at',
  'plan_agreed_at',
  'last_contact_at',
  'paused_at',
  'started_at',
  'ended_at',
] as const
export const days = [
  'first_try_by',
  'first_appointment_by',
  'next_due_on',
  'limit_on',
  'follow_up_13_on',
  'follow_up_26_on',
] as const

/** Where an episode stands. */
export type Standing = Readonly<{
  stage: Stage
  stage_since: Temporal.Instant
  route: Route | null
  provider: string
  coach: string | null
  received_at: Temporal.Instant
  plan_type: PlanType | null
  next_due_what: string | null
  paused_days: number
  ended_as: string | null
}> &
  Readonly<Record<(typeof moments)[number], Temporal.Instant | null>> &
  Readonly<Record<(typeof days)[number], Temporal.PlainDate | null>>

const beforeAssessment: readonly Stage[] = ['accepted', 'trying', 'booked']
const supported: readonly Stage[] = ['plan-agreed', 'active', 'waiting']
/** The stages in which somebody is with the service. */
export const open: readonly Stage[] = ['received', ...beforeAssessment, 'assessed', ...supported]

/** In which stages a step may be taken. docs/states.md shows the same table, and a test keeps the two the same. */
export const takenFrom: Readonly<Record<Exclude<StepKind, 'received'>, readonly Stage[]>> = {
  accepted: ['received'],
  allocated: [...open, 'aftercare'],
  'handed-over': [...open, 'aftercare'],
  tried: ['accepted', 'trying', 'booked', 'assessed', ...supported],
  reached: ['accepted', 'trying', 'booked', 'assessed', ...supported, 'aftercare'],
  booked: [...beforeAssessment, 'assessed', ...supported],
  unbooked: ['booked', 'assessed', ...supported],
  assessed: [...beforeAssessment, 'assessed'],
  'plan-agreed': ['assessed', ...supported],
  supported,
  paused: ['assessed', 'plan-agreed', 'active'],
  resumed: ['waiting'],
  due: [...open, 'aftercare'],
  completed: supported,
  'followed-up': ['aftercare'],
  ended: open,
  withdrawn: [...open, 'aftercare', 'closed', 'ended'],
}

/** Whether this may happen to an episode that stands here. */
export function mayTake(kind: StepKind, stage: Stage | undefined): boolean {
  if (kind === 'received') return stage === undefined
  return stage !== undefined && takenFrom[kind].includes(stage)
}

const news: readonly StepKind[] = ['accepted', 'assessed', 'completed', 'ended', 'withdrawn']
/** Whether others outside the record may have to hear of a step. */
export const isNews = ({ kind }: Step) => news.includes(kind)

type Taken<Kind extends StepKind> = Readonly<{
  step: Extract<Step, { kind: Kind }>
  at: Temporal.Instant
  now: Standing
}>
type Effects = { [Kind in Exclude<StepKind, 'received' | 'withdrawn'>]: (taken: Taken<Kind>) => Partial<Standing> }

// A contact may be written down after a later one: what came first and last is told by when it happened.
type Moment = Temporal.Instant
const isFirst = (at: Moment, known: Moment | null) => known === null || Temporal.Instant.compare(at, known) < 0
const tried = (now: Standing, at: Moment) => (isFirst(at, now.first_tried_at) ? { first_tried_at: at } : {})
const spoken = (now: Standing, at: Moment) => (isFirst(at, now.last_contact_at ?? at) ? {} : { last_contact_at: at })
const moved = (stage: Stage, at: Temporal.Instant): Partial<Standing> => ({ stage, stage_since: at })
const ending = (at: Temporal.Instant) => ({ ended_at: at, next_due_on: null, next_due_what: null, paused_at: null })

// What each step changes. An added step without its effect does not compile.
const effects: Effects = {
  accepted: ({ at }) => ({ ...moved('accepted', at), accepted_at: at }),
  allocated: ({ step }) => ({ coach: step.coach }),
  'handed-over': ({ step }) => ({ provider: step.provider, coach: step.coach }),
  tried: ({ at, now }) => ({ ...(now.stage === 'accepted' ? moved('trying', at) : {}), ...tried(now, at) }),
  reached: ({ at, now }) => ({ ...tried(now, at), ...spoken(now, at) }),
  booked: ({ step, at, now }) => ({
    ...(beforeAssessment.includes(now.stage) ? moved('booked', at) : {}),
    first_appointment_at: now.first_appointment_at ?? step.for,
  }),
  unbooked: ({ at, now }) => (now.stage === 'booked' ? { ...moved('trying', at), first_appointment_at: null } : {}),
  assessed: ({ at, now }) => ({
    ...moved('assessed', at),
    ...{ assessed_at: at, started_at: now.started_at ?? at },
    ...spoken(now, at),
  }),
  'plan-agreed': ({ step, at, now }) => ({
    ...(now.stage === 'assessed' ? moved('plan-agreed', at) : {}),
    plan_type: step.planType,
    plan_agreed_at: now.plan_agreed_at ?? at,
    limit_on: now.limit_on ?? step.limitOn,
    ...spoken(now, at),
  }),
  supported: ({ at, now }) => ({ ...(now.stage === 'plan-agreed' ? moved('active', at) : {}), ...spoken(now, at) }),
  paused: ({ at }) => ({ ...moved('waiting', at), paused_at: at }),
  resumed: ({ at, now }) => afterPause(now, at),
  due: ({ step, now }) => (isLeaving(now) ? {} : { next_due_on: step.on, next_due_what: step.what }),
  completed: ({ step, at }) => ({
    ...ending(at),
    ...moved('aftercare', at),
    follow_up_13_on: step.followUp13On,
    follow_up_26_on: step.followUp26On,
  }),
  'followed-up': ({ step, at }) =>
    step.weeks === 26
      ? { ...moved('closed', at), follow_up_26_on: null, follow_up_13_on: null }
      : { follow_up_13_on: null },
  ended: ({ step, at }) => ({ ...ending(at), ...moved('ended', at), ended_as: step.as }),
}

/** Whether the person does not take part any more: whatever is written down, only the ending is due. */
export const isLeaving = ({ next_due_what: what }: Pick<Standing, 'next_due_what'>) => what === 'leaving'

/** The clock stood while others were waited for: the limit moves on by the pause's days of the calendar, short or long. */
function afterPause(now: Standing, at: Temporal.Instant): Partial<Standing> {
  const days = now.paused_at ? dayOf(now.paused_at).until(dayOf(at), { largestUnit: 'days' }).days : 0
  return {
    ...moved(now.plan_agreed_at ? 'active' : 'assessed', at),
    paused_at: null,
    paused_days: now.paused_days + days,
    limit_on: now.limit_on?.add({ days }) ?? null,
  }
}

/** Where an episode stands after one more step. */
export function afterStep(now: Standing | undefined, step: Step, at: Temporal.Instant): Standing {
  if (step.kind === 'received') return atTheStart(step, at)
  if (now === undefined || step.kind === 'withdrawn') throw new TypeError(`An episode cannot begin with: ${step.kind}`)
  // Checked: the effect is chosen by the step's own kind.
  const effect = effects[step.kind] as (
    taken: Readonly<{ step: Step; at: Temporal.Instant; now: Standing }>,
  ) => Partial<Standing>
  return { ...now, ...effect({ step, at, now }) }
}

/** Where an episode stands by all its steps, those taken back left out. */
export function standingOf(
  steps: readonly Readonly<{ id: string; step: Step; at: Temporal.Instant }>[],
): Standing | undefined {
  const takenBack = new Set(steps.flatMap(({ step }) => (step.kind === 'withdrawn' ? [step.step] : [])))
  return steps
    .filter(({ id, step }) => step.kind !== 'withdrawn' && !takenBack.has(id))
    .reduce<Standing | undefined>((now, { step, at }) => afterStep(now, step, at), undefined)
}

function atTheStart(step: Extract<Step, { kind: 'received' }>, at: Temporal.Instant): Standing {
  type Names = (typeof moments)[number] | (typeof days)[number]
  // Checked: the names come from the lists that the type is made of.
  const nothingYet = Object.fromEntries([...moments, ...days].map((name) => [name, null])) as Record<Names, null>
  return {
    ...nothingYet,
    stage: 'received',
    stage_since: at,
    route: step.route,
    provider: step.provider,
    coach: null,
    received_at: at,
    plan_type: null,
    first_try_by: step.firstTryBy,
    first_appointment_by: step.firstAppointmentBy,
    next_due_on: step.firstTryBy,
    next_due_what: 'first-try',
    paused_days: 0,
    ended_as: null,
  }
}
