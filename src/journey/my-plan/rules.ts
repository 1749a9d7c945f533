import { isBefore } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { letterFormat } from '#registers/access-needs/rules.ts'
import type { SickPayRule } from '#registers/sick-pay/rules.ts'
import { type Action, isOverdue, isSettled } from '#journey/action/rules.ts'
import { fullFrom, laidOut, type PhasedReturn, rulesOf, type SickPayInWeek } from '#journey/phased-return/rules.ts'
import type { AgreedAction, AgreedGoal, Content, PlannedGoal } from '#journey/plan/rules.ts'
import { type ActionLine, type GoalLine, marks, readPlan, type ReadPlan } from '#journey/plan-answer/rules.ts'

/** What a participant can say came of what they wanted to do. */
export const ownResults = {
  done: { label: 'I have done it' },
  'did-not-work': { label: 'This did not work' },
  'not-needed': { label: 'I do not need it any more' },
} as const

export type OwnResult = keyof typeof ownResults

/** Who does an action, in words for the participant. */
export const doers = {
  participant: { label: 'You' },
  coach: { label: 'Your coach' },
  employer: { label: 'Your employer' },
  service: { label: 'A local service' },
} as const satisfies Record<Action['owner'], { label: string }>

/** How an action stands, in words for the participant. */
export const ownStates = {
  open: { label: 'To do', colour: 'blue' },
  late: { label: 'Still to do', colour: 'orange' },
  done: { label: 'Done', colour: 'green' },
  'did-not-work': { label: 'Did not work', colour: 'grey' },
  'not-needed': { label: 'Not needed any more', colour: 'grey' },
  leaving: { label: 'Your coach would like to take this out', colour: 'grey' },
} as const

export type OwnState = keyof typeof ownStates

/** What a participant is shown of an action. What stands in the way, and what members wrote of it, is no part of it. */
export type OwnAction = Readonly<{
  id: string
  what: string
  owner: Action['owner']
  dueOn: Temporal.PlainDate
  state: OwnState
  /** What they said themselves when it did not work. */
  said: string | null
}>

export type OwnGoal = Readonly<{ id: string; words: string; targetOn: Temporal.PlainDate | null }> &
  Readonly<{ actions: readonly OwnAction[] }>

/** Something that is paid for the participant, and how it stands. */
export type OwnPaid = Readonly<{ id: string; what: string; stands: string }>

/** How a suggestion differs from what was agreed. */
export const suggestionKinds = { ...marks, gone: { label: 'Taken out', colour: 'grey' } } as const

/** Something of a plan as it reads in one place: a goal, an action, or the day by which to be there. */
export type Wording = Readonly<{
  /** The goal or the action; null for the day of the whole plan. */
  what: string | null
  /** Who does it, where it is an action. */
  owner: Action['owner'] | null
  on: Temporal.PlainDate | null
}>

/** One change that their coach wrote down and that was not agreed yet. */
export type Suggestion = Wording &
  Readonly<{ key: string; kind: keyof typeof suggestionKinds; isGoal: boolean; before: Wording | null }>

/** A plan as its participant reads it: what was agreed with them, and apart from it what is only suggested. */
export type OwnPlan = Readonly<{
  agreed: boolean
  agreedOn: Temporal.PlainDate | null
  isOpen: boolean
  goals: readonly OwnGoal[]
  suggested: readonly Suggestion[]
}>

/** One week of going back to work, as its participant reads it. Money in pence. */
export type OwnWeek = Readonly<{
  number: number
  from: Temporal.PlainDate
  until: Temporal.PlainDate
  /** Whether today is in it. */
  isNow: boolean
  /** The days on which they work. */
  days: readonly Temporal.PlainDate[]
  /** Hours on each of these days, and of all. */
  hours: number
  total: number
  duties: string | null
  /** Whether they look at it together at the end. */
  review: boolean
  /** What the hours may pay as a guide; null where the usual pay is not known. */
  pay: number | null
  /** What sick pay may be due as a guide; null where it cannot be told. */
  sick: SickPayInWeek | null
}>

/** A phased return as its participant reads it. */
export type OwnReturn = Readonly<{
  beginsOn: Temporal.PlainDate
  fullFrom: Temporal.PlainDate
  weeks: readonly OwnWeek[]
  /** Whether sick pay is shown at the flat rate, since the usual pay is not known. */
  isFlatRate: boolean
  /** The rates that the guide to sick pay rests on, the earliest first. */
  rates: readonly SickPayRule[]
}>

/** The phased return of a participant, week by week, with what each may pay as a guide. */
export function ownReturn(plan: PhasedReturn, rates: readonly SickPayRule[], today: Temporal.PlainDate): OwnReturn {
  const weeks = laidOut(plan, rates).map(({ days, from, until, ...week }): OwnWeek => {
    const all = [0, 1, 2, 3, 4, 5, 6].map((after) => from.add({ days: after }))
    const worked = all.filter(({ dayOfWeek }) => days.includes(dayOfWeek))
    return { ...week, from, until, days: worked, isNow: !isBefore(today, from) && !isBefore(until, today) }
  })
  const isSickKnown = weeks.some(({ sick }) => sick !== null)
  return {
    ...{ beginsOn: plan.beginsOn, fullFrom: fullFrom(plan), weeks },
    isFlatRate: isSickKnown && plan.weeklyPay === null,
    rates: rulesOf(weeks),
  }
}

/** The goals as they were agreed, each action with how it stands now. */
export function ownGoals(agreed: Content, now: readonly PlannedGoal[], today: Temporal.PlainDate): OwnGoal[] {
  const actions = new Map(now.flatMap((goal) => goal.actions.map((action) => [action.id, action] as const)))
  return agreed.goals.map(({ id, words, target, actions: of }: AgreedGoal) => ({
    ...{ id, words, targetOn: target === null ? null : Temporal.PlainDate.from(target) },
    actions: of.map((action) => ownAction(action, actions.get(action.id), today)),
  }))
}

function ownAction(agreed: AgreedAction, now: Action | undefined, today: Temporal.PlainDate): OwnAction {
  const { id, what, owner, due } = agreed
  const dueOn = Temporal.PlainDate.from(due)
  const state = now ? stateOf({ ...now, due_on: dueOn }, today) : 'leaving'
  return { ...{ id, what, owner, dueOn, state }, said: now?.own ? now.result_note : null }
}

/** What differs between the plan that was agreed and the one their coach is working on, in the order of the plan. */
export function suggestionsIn(agreed: Content, now: Content): Suggestion[] {
  const read = readPlan(agreed, now)
  const gone = read.gone.map((what) => ({
    ...({ key: `gone ${what}`, kind: 'gone', what, owner: null, on: null, isGoal: false, before: null } as const),
  }))
  return [...read.goals.flatMap(ofGoal), ...ofTarget(read), ...gone]
}

function ofGoal({ id, words, target, mark, before, actions }: GoalLine): Suggestion[] {
  const was = before ? { what: before.words, owner: null, on: before.target } : null
  const goal = { key: id, what: words, owner: null, on: target, isGoal: true, before: was }
  const isNew = mark === 'new'
  return [...(mark ? [{ ...goal, kind: mark }] : []), ...actions.flatMap((action) => ofAction(action, isNew))]
}

// All of a new goal is new, which is said of the goal alone where a plan is read as a whole.
function ofAction({ id, what, owner, due, mark, before }: ActionLine, ofNewGoal: boolean): Suggestion[] {
  const kind = ofNewGoal ? 'new' : mark
  const was = before ? { what: before.what, owner: before.owner, on: before.due } : null
  return kind ? [{ key: id, kind, what, owner, on: due, isGoal: false, before: was }] : []
}

function ofTarget({ target, targetBefore }: ReadPlan): Suggestion[] {
  if (!targetBefore) return []
  const before = { what: null, owner: null, on: targetBefore.on }
  return [{ key: 'target', kind: 'changed', what: null, owner: null, on: target, isGoal: false, before }]
}

function stateOf(action: Action, today: Temporal.PlainDate): OwnState {
  if (isSettled(action) && action.result !== null && action.result !== 'not-yet') return action.result
  return isOverdue(action, today) ? 'late' : 'open'
}

/** Whether an action is still to be done, late or not. */
export function isToDo({ state }: Pick<OwnAction, 'state'>): boolean {
  return state === 'open' || state === 'late'
}

/** Whether an action already stands as its participant says it does, and they add nothing in words. */
export function isOwnSaidAlready(
  { state, said }: Pick<OwnAction, 'state' | 'said'>,
  given: Readonly<{ result: OwnResult; note: string | null }>,
): boolean {
  return state === given.result && (given.note === null || given.note === said)
}

/** What a participant said they would do and has not done yet, the earliest first. */
export function stillToDo(goals: readonly OwnGoal[]): OwnAction[] {
  return goals
    .flatMap(({ actions }) => actions)
    .filter((action) => action.owner === 'participant' && isToDo(action))
    .toSorted((one, other) => Temporal.PlainDate.compare(one.dueOn, other.dueOn))
}

/** What is missing: something that did not work is only useful with its reason. */
export function ownProblems(given: Readonly<{ result: OwnResult; note: string | null }>): readonly Problem[] {
  if (given.result !== 'did-not-work' || given.note !== null) return []
  return [{ field: 'note', message: 'Say in a few words what did not work' }]
}

/** How a plan is printed for whoever reads it. */
export const printFormats = {
  standard: { label: 'Standard' },
  'large-print': { label: 'Large print' },
  'easy-read': { label: 'Easy read' },
  'screen-reader': { label: 'For a screen reader' },
} as const

export type PrintFormat = keyof typeof printFormats

/** How large letters are, in points; undefined for the usual size. */
export type Points = ReturnType<typeof letterFormat>['points']

/** In which format a plan is printed, and how large: as it was asked for, otherwise as its reader needs it. */
export function printedAs(
  needs: readonly string[],
  asked: PrintFormat | null,
): Readonly<{ format: PrintFormat; points: Points }> {
  const { points } = letterFormat(needs)
  const format = asked ?? neededFormat(needs, points)
  if (format === 'large-print') return { format, points: points ?? 20 }
  return { format, points: format === 'easy-read' ? points : undefined }
}

function neededFormat(needs: readonly string[], points: Points): PrintFormat {
  if (needs.includes('easy-read')) return 'easy-read'
  if (points !== undefined) return 'large-print'
  // Whoever needs a file or an email in place of paper has it read out by a machine.
  return needs.includes('download') || needs.includes('by-email') ? 'screen-reader' : 'standard'
}

/** A plan as it is printed for its participant. */
export type PrintedPlan = Readonly<{
  goals: readonly OwnGoal[]
  targetOn: Temporal.PlainDate | null
  /** When it was agreed; null for a draft. */
  agreedOn: Temporal.PlainDate | null
  /** When it is looked at together; null where that day has passed, and once support has ended. */
  reviewOn: Temporal.PlainDate | null
  coach: string | null
  phased: OwnReturn | undefined
}>
