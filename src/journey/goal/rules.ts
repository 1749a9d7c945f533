import type { Problem } from '#platform/form/rules.ts'
import { isBefore } from '#platform/dates.ts'
import { open, type Stage } from '#journey/episode/rules.ts'

/** Whose words a goal is written in. */
export const whoseWords = {
  person: { label: 'Their own words, as they said them' },
  together: { label: 'Words they and I found together' },
  interpreter: { label: 'Their words through an interpreter' },
  supporter: { label: 'The words of somebody who speaks for them' },
} as const

export type WhoseWords = keyof typeof whoseWords

/** What somebody wants to reach. */
export type Goal = Readonly<{
  id: string
  words: string
  whose: WhoseWords
  target_on: Temporal.PlainDate | null
  version: number
}>

/** Whether what was sent is what stands: somebody sent it before, in another tab. */
export function isSameGoal(there: Omit<Goal, 'id' | 'version'>, { words, whose, target_on: target }: typeof there) {
  const isSameDay = target === null ? there.target_on === null : (there.target_on?.equals(target) ?? false)
  return there.words === words && there.whose === whose && isSameDay
}

/** Whether goals and actions can still be changed: a plan that has ended is kept as it was. */
export function mayChangeGoals(stage: Stage): boolean {
  return open.includes(stage)
}

/** The furthest a plan looks ahead: a day beyond it is a slip of the keyboard. */
const furthestYears = 2

/** A day of a plan as it was given, and as it was before when it is changed. */
export type PlannedDay = Readonly<{
  given: Temporal.PlainDate | null
  stored?: Temporal.PlainDate | null | undefined
  today: Temporal.PlainDate
}>

/** What is wrong with a day of a plan, if anything. One that was right when it was entered may stay as it is. */
export function problemsWithDay(field: string, { given, stored, today }: PlannedDay): readonly Problem[] {
  if (given === null || (stored && given.equals(stored))) return []
  if (isBefore(given, today)) return [{ field, message: 'Enter today or a day to come' }]
  if (isBefore(today.add({ years: furthestYears }), given)) {
    return [{ field, message: `Enter a day within the next ${furthestYears} years` }]
  }
  return []
}
