import { isBefore } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'

/** What is wrong with a day of death. */
export function deathProblems(
  diedOn: Temporal.PlainDate,
  bornOn: Temporal.PlainDate,
  today: Temporal.PlainDate,
): Problem[] {
  if (isBefore(today, diedOn)) return [{ field: 'diedOn', message: 'This day must be today or earlier' }]
  return isBefore(diedOn, bornOn) ? [{ field: 'diedOn', message: 'This day is before they were born' }] : []
}
