import type { Problem } from '#platform/form/rules.ts'
import { type Action, isOverdue, isSettled } from '#journey/action/rules.ts'
import type { PlannedGoal } from '#journey/plan/rules.ts'

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

/** A plan that was agreed with the participant, as they read it. */
export type OwnPlan = Readonly<{ agreed: boolean; isOpen: boolean; goals: readonly OwnGoal[] }>

/** The goals as the participant reads them. */
export function ownGoals(goals: readonly PlannedGoal[], today: Temporal.PlainDate): OwnGoal[] {
  return goals.map(({ id, words, target_on, actions }) => ({
    ...{ id, words, targetOn: target_on },
    actions: actions.map((action) => ownAction(action, today)),
  }))
}

/** An action as the participant reads it. */
export function ownAction(action: Action, today: Temporal.PlainDate): OwnAction {
  const { id, what, owner, due_on: dueOn, own, result_note: note } = action
  return { ...{ id, what, owner, dueOn }, state: stateOf(action, today), said: own ? note : null }
}

function stateOf(action: Action, today: Temporal.PlainDate): OwnState {
  if (isSettled(action) && action.result !== null && action.result !== 'not-yet') return action.result
  return isOverdue(action, today) ? 'late' : 'open'
}

/** What a participant said they would do and has not done yet, the earliest first. */
export function stillToDo(goals: readonly OwnGoal[]): OwnAction[] {
  return goals
    .flatMap(({ actions }) => actions)
    .filter(({ owner, state }) => owner === 'participant' && (state === 'open' || state === 'late'))
    .toSorted((one, other) => Temporal.PlainDate.compare(one.dueOn, other.dueOn))
}

/** What is missing: something that did not work is only useful with its reason. */
export function ownProblems(given: Readonly<{ result: OwnResult; note: string | null }>): readonly Problem[] {
  if (given.result !== 'did-not-work' || given.note !== null) return []
  return [{ field: 'note', message: 'Say in a few words what did not work' }]
}
