import { dayOf, isBefore, longDay, momentAt } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { type PlanType, planTypes } from '#registers/areas/rules.ts'
import type { BarrierCode } from '#journey/assessment/rules.ts'
import type { Goal } from '#journey/goal/rules.ts'
import { type Action, answers, isSettled, type Owner, owners } from '#journey/action/rules.ts'

/** How a coach agrees a plan together with the person. */
export const waysTogether = {
  'in-person': { label: 'In person' },
  telephone: { label: 'By telephone' },
  online: { label: 'Online' },
} as const

/** How a plan was agreed: together with a coach, or by the person themselves after they had read it. */
export const waysAgreed = {
  ...waysTogether,
  link: { label: 'By a link that was sent to them' },
  'own-space': { label: 'In their own space' },
} as const

export type WayTogether = keyof typeof waysTogether
export type WayAgreed = keyof typeof waysAgreed

/** What a review came to. */
export const reviewResults = {
  'goes-on': { label: 'Support goes on as agreed' },
  change: { label: 'The plan needs to change', hint: 'Change it, then agree it again' },
  complete: { label: 'They are ready to complete the plan' },
} as const

export type ReviewResult = keyof typeof reviewResults

/** The one plan of an episode as it is being worked on. */
export type Plan = Readonly<{
  type: PlanType
  review_on: Temporal.PlainDate
  target_on: Temporal.PlainDate | null
  version: number
}>

/** A goal with what is done for it. */
export type PlannedGoal = Goal & Readonly<{ actions: readonly Action[] }>

/** What is agreed: days are written 2026-01-31, so that a version reads the same for ever. */
export type Content = Readonly<{ type: PlanType; target: string | null; goals: readonly AgreedGoal[] }>
export type AgreedGoal = Readonly<{
  id: string
  words: string
  target: string | null
  actions: readonly AgreedAction[]
}>
export type AgreedAction = Readonly<{ id: string; what: string; obstacle: string | null; owner: Owner; due: string }>

/** The goals of a plan, each with its own actions. */
export function withActions(goals: readonly Goal[], actions: readonly Action[]): PlannedGoal[] {
  return goals.map((goal) => ({ ...goal, actions: actions.filter((action) => action.goal === goal.id) }))
}

/** What stands in the way and nobody does anything about: no action answers it, or those that did, did not work. */
export function unansweredOf<Barrier extends Readonly<{ code: BarrierCode }>>(
  barriers: readonly Barrier[],
  goals: readonly PlannedGoal[],
): Barrier[] {
  const answering = goals.flatMap(({ actions }) => actions).filter((one) => !isSettled(one) || one.result === 'done')
  // By what they say: the same barrier of an earlier conversation is answered already.
  return barriers.filter(({ code }) => !answering.some(({ barrier_code }) => barrier_code === code))
}

/** What would be agreed if the plan were agreed as it stands. What came of actions is progress, and no part of it. */
export function contentOf(plan: Plan, goals: readonly PlannedGoal[]): Content {
  return {
    type: plan.type,
    target: plan.target_on?.toString() ?? null,
    goals: goals.map(({ id, words, target_on, actions }) => ({
      ...{ id, words, target: target_on?.toString() ?? null },
      actions: actions.map((action) => ({
        ...{ id: action.id, what: action.what, obstacle: answers(action), owner: action.owner },
        due: action.due_on.toString(),
      })),
    })),
  }
}

/** One difference between two versions, in words both sides of the table can read. */
export type Change = Readonly<{
  kind: 'added' | 'changed' | 'taken-out'
  what: string
  before?: string
  after?: string
}>

export const changeKinds = {
  added: { label: 'added' },
  changed: { label: 'changed' },
  'taken-out': { label: 'taken out' },
} as const

/** A version as it was agreed. */
export type Agreed = Readonly<{
  number: number
  agreed_on: Temporal.PlainDate
  how: WayAgreed
  /** The member of staff it was agreed with. */
  with: string | null
  content: Content
}>

/** When, how and with whom a version was agreed. */
export function agreedWords({ number, agreed_on, how, with: coach }: Agreed): string {
  const by = coach === null ? '' : ` with ${coach}`
  return `Version ${number}, agreed on ${longDay(agreed_on)} ${waysAgreed[how].label.toLowerCase()}${by}`
}

/** A plan that was sent to the person to agree, while it waits for them, or for their coach to read what they said. */
export type Sent = Readonly<{
  id: string
  on: Temporal.PlainDate
  toldBy: 'text' | 'email' | 'staff'
  until: Temporal.PlainDate
  open: boolean
  /** Whether no other was sent since. */
  isLast: boolean
  answer: Readonly<{ kind: 'talk' | 'agreed'; on: Temporal.PlainDate; words: string | null; seen: boolean }> | undefined
}>

/** Whether the plan as it is now can be sent beside what was sent before: none of it still waits or asks to be sent again. */
export const maySendAnew = (sent: readonly Sent[]): boolean =>
  sent.every(({ isLast, answer }) => !isLast || answer?.kind === 'agreed')

/** How they were told that a plan waits for them. */
export const sentBy: Readonly<Record<Sent['toldBy'], string>> = {
  text: 'by text message',
  email: 'by email',
  staff: 'by a link that you passed on',
}

/** A difference in one line. */
export function inOneLine({ kind, what, before, after }: Change): string {
  return `${what} ${changeKinds[kind].label}: ${after ?? before}`
}

/** What was added, changed and taken out between two versions of a plan; everything is new in the first. */
export function differences(before: Content | undefined, after: Content): Change[] {
  return [
    ...changed('Kind of plan', before && planTypes[before.type].label, planTypes[after.type].label),
    ...changed('Meant to be reached by', before && dayOr(before.target), dayOr(after.target)),
    ...pairs(before?.goals ?? [], after.goals).flatMap(([old, now]) => goalChanges(old, now)),
  ]
}

function goalChanges(old: AgreedGoal | undefined, now: AgreedGoal | undefined): Change[] {
  const actions = pairs(old?.actions ?? [], now?.actions ?? []).flatMap(([was, is]) =>
    changed('Action', was && sentence(was), is && sentence(is)),
  )
  const day = old && now ? changed(`Day of the goal “${now.words}”`, dayOr(old.target), dayOr(now.target)) : []
  return [...changed('Goal', old?.words, now?.words), ...day, ...actions]
}

function changed(what: string, before: string | undefined, after: string | undefined): Change[] {
  if (before === after) return []
  if (before === undefined && after !== undefined) return after === '' ? [] : [{ kind: 'added', what, after }]
  if (before !== undefined && after === undefined) return [{ kind: 'taken-out', what, before }]
  return [{ kind: 'changed', what, before: before || 'no day', after: after || 'no day' }]
}

function pairs<One extends { id: string }>(before: readonly One[], after: readonly One[]) {
  const gone = before.filter(({ id }) => !after.some((one) => one.id === id))
  return [
    ...after.map((now) => [before.find(({ id }) => id === now.id), now] as const),
    ...gone.map((old) => [old, undefined] as const),
  ]
}

/** An action in one line: what, who, by when and what it answers. */
export function sentence({ what, owner, due, obstacle }: AgreedAction): string {
  const answers = obstacle === null ? '' : `, because of: ${obstacle}`
  return `${what} (${owners[owner].label.toLowerCase()}, by ${dayOr(due)}${answers})`
}

/** A day of an agreed version in words; nothing when there is none. */
export function dayOr(day: string | null): string {
  return day === null ? '' : longDay(Temporal.PlainDate.from(day))
}

// Our own default; no source says how far ahead a limit is looked at.
const daysBeforeLimit = 14

/** Why a plan wants looking at. A limit of weeks asks for a review; it never ends support by itself. */
export const reviewReasons = {
  'limit-reached': { label: 'The weeks this area usually offers are over' },
  'review-due': { label: 'The plan is due for review' },
  'limit-near': { label: 'The weeks this area usually offers are nearly over' },
} as const

export type ReviewReason = keyof typeof reviewReasons

type Reviewing = Readonly<{
  reviewOn: Temporal.PlainDate | null
  limitOn: Temporal.PlainDate | null
  /** The day of the newest review. */
  reviewedOn: Temporal.PlainDate | null
  today: Temporal.PlainDate
}>

/** Whether the plan should be looked at together today, and why. */
export function reviewNeeded({ reviewOn, limitOn, reviewedOn, today }: Reviewing): ReviewReason | undefined {
  const looksAhead = limitOn?.subtract({ days: daysBeforeLimit }) ?? null
  const reviewedSince = (day: Temporal.PlainDate) => reviewedOn !== null && !isBefore(reviewedOn, day)
  if (limitOn && hasCome(limitOn, today) && !reviewedSince(limitOn)) return 'limit-reached'
  if (reviewOn && hasCome(reviewOn, today)) return 'review-due'
  if (looksAhead && hasCome(looksAhead, today) && !reviewedSince(looksAhead)) return 'limit-near'
  return undefined
}

const hasCome = (day: Temporal.PlainDate, today: Temporal.PlainDate) => !isBefore(today, day)

type GivenReview = Readonly<{
  reviewed: Temporal.PlainDate
  next: Temporal.PlainDate | null
  result: ReviewResult
  today: Temporal.PlainDate
}>

/** What is wrong with a review as it was entered, if anything. */
export function problemsWithReview({ reviewed, next, result, today }: GivenReview): Problem[] {
  const problems = [
    isBefore(today, reviewed) && { field: 'reviewed', message: 'Enter today or a day that has passed' },
    next && !isBefore(today, next) && { field: 'next', message: 'Enter a day to come' },
    !next && result !== 'complete' && { field: 'next', message: 'Enter the day on which you will look at it again' },
  ]
  return problems.filter((problem) => problem !== false && problem !== null)
}

type Entered = Readonly<{ now: Temporal.Instant; notBefore: Temporal.Instant | null }>

/** The moment that stands for a day somebody enters: now for today, otherwise its noon, and never before what came before. */
export function momentOn(day: Temporal.PlainDate, { now, notBefore }: Entered): Temporal.Instant {
  if (day.equals(dayOf(now))) return now
  const noon = momentAt(day, '12:00')
  return notBefore && Temporal.Instant.compare(noon, notBefore) < 0 ? notBefore : noon
}

type After = Readonly<{ result: ReviewResult; inTouchOn: Temporal.PlainDate; soonOn: Temporal.PlainDate }>

/** What is due next after a review: keeping in touch, agreeing what is changed, or completing the plan. */
export function dueAfterReview({ result, inTouchOn, soonOn }: After) {
  if (result === 'goes-on') return { what: 'contact', on: inTouchOn } as const
  return { what: result === 'change' ? 'plan' : 'completion', on: soonOn } as const
}
