import type { Owner } from '#journey/action/rules.ts'
import type { AgreedAction, AgreedGoal, Content } from '#journey/plan/rules.ts'

/** What is new in a line since the last version that was agreed; nothing stands beside what is as it was. */
export const marks = {
  new: { label: 'New', colour: 'green' },
  changed: { label: 'Changed', colour: 'orange' },
} as const

export type Mark = keyof typeof marks

/** What is to be done, as the person reads it: never what stands in the way. */
export type ReadAction = Readonly<{ what: string; owner: Owner; due: Temporal.PlainDate }>

export type ActionLine = ReadAction & Readonly<{ id: string; mark: Mark | undefined; before: ReadAction | undefined }>

export type GoalLine = Readonly<{
  id: string
  words: string
  target: Temporal.PlainDate | null
  mark: Mark | undefined
  /** What the goal was called, and by when it was to be reached, where that is different. */
  before: Readonly<{ words: string; target: Temporal.PlainDate | null }> | undefined
  actions: readonly ActionLine[]
}>

/** A plan as it would be agreed, beside the last version that was, or that was read. */
export type ReadPlan = Readonly<{
  first: boolean
  /** What the marks are counted from: the last version that was agreed, or before any was what they read and wanted to talk about. */
  since: 'agreed' | 'read' | undefined
  target: Temporal.PlainDate | null
  /** The day by which it was to be reached, where that is different. */
  targetBefore: Readonly<{ on: Temporal.PlainDate | null }> | undefined
  goals: readonly GoalLine[]
  /** Goals and actions that are no longer in it. */
  gone: readonly string[]
  /** Whether anything of it reads differently; what does not may be known to the team alone. */
  differs: boolean
}>

/** How the person reads a plan that they are asked to agree: beside what was agreed, or else what they read before. */
export function readPlan(agreed: Content | undefined, after: Content, read?: Content): ReadPlan {
  const before = agreed ?? read
  const since = agreed ? 'agreed' : read && 'read'
  const goals = after.goals.map((goal) => goalLine(goal, before))
  const gone = before ? goneFrom(before, after) : []
  const targetBefore = before && before.target !== after.target ? { on: dayOrNone(before.target) } : undefined
  const differs =
    gone.length > 0 ||
    targetBefore !== undefined ||
    goals.some(({ mark, actions }) => mark !== undefined || actions.some((action) => action.mark !== undefined))
  return { first: !agreed, since, target: dayOrNone(after.target), targetBefore, goals, gone, differs }
}

function goalLine({ id, words, target, actions }: AgreedGoal, before: Content | undefined): GoalLine {
  const old = before?.goals.find((one) => one.id === id)
  const isChanged = old !== undefined && (old.words !== words || old.target !== target)
  return {
    ...{ id, words, target: dayOrNone(target) },
    mark: before && !old ? 'new' : isChanged ? 'changed' : undefined,
    before: isChanged ? { words: old.words, target: dayOrNone(old.target) } : undefined,
    actions: actions.map((action) => actionLine(action, old)),
  }
}

function actionLine(action: AgreedAction, goal: AgreedGoal | undefined): ActionLine {
  const old = goal?.actions.find(({ id }) => id === action.id)
  const isChanged = old !== undefined && !isSame(old, action)
  return {
    ...{ id: action.id, ...read(action) },
    // All of a new goal is new: it is said once.
    mark: goal && !old ? 'new' : isChanged ? 'changed' : undefined,
    before: isChanged ? read(old) : undefined,
  }
}

function goneFrom(before: Content, after: Content): string[] {
  const [goals, actions] = [idsOf(after.goals), idsOf(after.goals.flatMap((goal) => goal.actions))]
  return before.goals.flatMap((goal) =>
    goals.has(goal.id)
      ? goal.actions.filter(({ id }) => !actions.has(id)).map(({ what }) => what)
      : [`“${goal.words}”`, ...goal.actions.map(({ what }) => what)],
  )
}

const idsOf = (all: readonly Readonly<{ id: string }>[]) => new Set(all.map(({ id }) => id))

const isSame = (one: AgreedAction, other: AgreedAction) =>
  one.what === other.what && one.owner === other.owner && one.due === other.due

const read = ({ what, owner, due }: AgreedAction): ReadAction => ({ what, owner, due: Temporal.PlainDate.from(due) })

const dayOrNone = (day: string | null) => (day === null ? null : Temporal.PlainDate.from(day))
