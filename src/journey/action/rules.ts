import type { Problem, Typed } from '#platform/form/rules.ts'
import { isBefore } from '#platform/dates.ts'
import { type BarrierCode, barriers } from '#journey/assessment/rules.ts'

/** Who does an action. */
export const owners = {
  participant: { label: 'The participant', onPaper: 'You' },
  coach: { label: 'The coach', onPaper: 'Your coach' },
  employer: { label: 'The employer', onPaper: 'Your employer' },
  service: { label: 'A local service', onPaper: 'A local service' },
} as const

export type Owner = keyof typeof owners

/** What came of an action when it was looked at. */
export const results = {
  done: { label: 'Done' },
  'did-not-work': { label: 'This did not work', hint: 'Say why, so that the next step fits better' },
  'not-needed': { label: 'No longer needed' },
  'not-yet': { label: 'Not done yet', hint: 'Also takes an earlier answer back' },
} as const

export type Result = keyof typeof results

/** One thing somebody does for a goal. */
export type Action = Readonly<{
  id: string
  goal: string
  what: string
  /** A barrier of the assessment. */
  barrier: string | null
  barrier_code: BarrierCode | null
  /** What stands in the way, in words of its own. */
  obstacle: string | null
  owner: Owner
  due_on: Temporal.PlainDate
  result: Result | null
  result_note: string | null
  result_on: Temporal.PlainDate | null
  /** Whether the participant said themselves what came of it. */
  own: boolean
  /** When a member saw what the participant said; null as long as nobody has, and where they said nothing. */
  seen_at: Temporal.Instant | null
  version: number
}>

/** What is suggested against a barrier, ready to be taken into a plan. */
export type Suggested = Readonly<{
  code: string
  version: number
  barrier: BarrierCode
  what: string
  owner: Owner
  days: number
  /** The kind of local service that helps, where one does. */
  service: string | null
}>

type Said = Readonly<{ what: string; owner: Owner }>

/** The suggestion an action is made from, and whether it is in its words and by the same one; its day is agreed each time. */
export type Made = Readonly<{ solution: string; solution_version: number; as_suggested: boolean }>

/** What an action keeps of the suggestion it is made from. */
export function madeFrom(action: Said, { code, version, what, owner }: Suggested): Made {
  const as_suggested = action.what === what && action.owner === owner
  return { solution: code, solution_version: version, as_suggested }
}

type Beginning = Readonly<{
  barrier: string | null
  chosen: Suggested | undefined
  /** What was typed before and not sent. */
  kept: Typed
  today: Temporal.PlainDate
}>

/**
 * A new action as its form begins, and the suggestion it is made from: filled in as suggested, ready to be changed. What
 * somebody typed there before and did not send stays, whatever they come back with.
 */
export function newFields({ barrier, chosen, kept, today }: Beginning): Readonly<{ typed: Typed; made: string }> {
  const against = { barrier: barrier ?? '' }
  if (Object.keys(kept).length > 0) return { typed: { ...against, ...kept }, made: textIn(kept, 'solution') }
  if (!chosen) return { typed: against, made: '' }
  const { day, month, year } = today.add({ days: chosen.days })
  const due = { 'due-day': `${day}`, 'due-month': `${month}`, 'due-year': `${year}` }
  return { typed: { ...against, what: chosen.what, owner: chosen.owner, ...due }, made: chosen.code }
}

/** What was typed into a field, empty where nothing was. */
export function textIn(typed: Typed, field: string): string {
  return [typed[field]].flat().at(-1) ?? ''
}

/** Who does it, within how many days, and with the help of which kind of service. */
export function suggestedInWords({ owner, days, service }: Pick<Suggested, 'owner' | 'days' | 'service'>): string {
  const within = `${owners[owner].label}, within ${days === 1 ? '1 day' : `${days} days`}`
  return service === null ? within : `${within}. Kind of service: ${service}`
}

/** What an action answers: the barrier, the words, or both. */
export function answers({ barrier_code, obstacle }: Pick<Action, 'barrier_code' | 'obstacle'>): string | null {
  const parts = [barrier_code && barriers[barrier_code].label, obstacle].filter((part) => part !== null)
  return parts.length > 0 ? parts.join(': ') : null
}

/** Whether nothing more is to be done for this action. */
export function isSettled(action: Pick<Action, 'result'>): boolean {
  return action.result !== null && action.result !== 'not-yet'
}

/** Whether this was said of an action last already, so that saying it again tells nobody anything. */
export function isSaidAlready(
  last: Pick<Action, 'result' | 'result_note'>,
  given: Readonly<{ result: Result; note: string | null }>,
): boolean {
  if (!isSettled(last) || last.result !== given.result) return false
  return given.note === null || given.note === last.result_note
}

type Given = Pick<Action, 'what' | 'barrier' | 'obstacle' | 'owner' | 'due_on'>

/** Whether what was sent is what stands: somebody sent it before, in another tab. */
export const isSameAction = (there: Given, given: Given): boolean =>
  there.due_on.equals(given.due_on) &&
  (['what', 'barrier', 'obstacle', 'owner'] as const).every((one) => there[one] === given[one])

/** Whether the day by which it was to be done has gone by; on the day itself there is still time. */
export function isOverdue(action: Pick<Action, 'result' | 'due_on'>, today: Temporal.PlainDate): boolean {
  return !isSettled(action) && isBefore(action.due_on, today)
}

/** The actions that still wait for somebody, the earliest due first. */
export function openActions(actions: readonly Action[]): Action[] {
  return actions
    .filter((action) => !isSettled(action))
    .toSorted((one, other) => Temporal.PlainDate.compare(one.due_on, other.due_on))
}

/** What is missing from a result: something that did not work is only useful with its reason. */
export function problemsWithResult(given: Readonly<{ result: Result; note: string | null }>): readonly Problem[] {
  if (given.result !== 'did-not-work' || given.note !== null) return []
  return [{ field: 'note', message: 'Say why this did not work' }]
}
