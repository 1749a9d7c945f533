import { monthInWords } from '#platform/dates.ts'
import type { Problem, Typed } from '#platform/form/rules.ts'

type Month = Temporal.PlainYearMonth

/** What was planned for one month at one moment. */
export type Planned = Readonly<{
  plan: string
  month: Month
  starts: number
  why: string | null
  enteredOn: Temporal.PlainDate
  by: string | null
}>

/** A month with the plan that holds for it and the first that anybody made; none where nobody planned. */
export type PlannedMonth = Readonly<{ month: Month; now: Planned | undefined; first: Planned | undefined }>

/** The year of the programme that a day lies in, from April to March, by the year in which it begins. */
export function programmeYear({ year, month }: Temporal.PlainDate): number {
  return month >= 4 ? year : year - 1
}

/** "April 2026 to March 2027" */
export function yearInWords(year: number): string {
  return `April ${year} to March ${year + 1}`
}

/** The twelve months of a year of the programme. */
export function monthsOf(year: number): Month[] {
  const april = Temporal.PlainYearMonth.from({ year, month: 4 })
  return Array.from({ length: 12 }, (_, after) => april.add({ months: after }))
}

/** Reads the year of an address; undefined where no plan can be for it. */
export function yearFrom(text: string | null, today: Temporal.PlainDate): number | undefined {
  if (text === null) return programmeYear(today)
  return /^20\d{2}$/.test(text) ? Number(text) : undefined
}

/** What holds for each month: the newest plan that names it, beside the first one. */
export function plannedMonths(months: readonly Month[], planned: readonly Planned[]): PlannedMonth[] {
  return months.map((month) => {
    const ofMonth = planned.filter((one) => one.month.equals(month))
    const byAge = ofMonth.toSorted((one, other) => (one.plan < other.plan ? -1 : 1))
    return { month, now: byAge.at(-1), first: byAge[0] }
  })
}

/** The field in which the starts of a month are entered. */
export const fieldOf = ({ month }: Month) => `starts-${month}` as const

/** The months whose number is new, with it. */
export function changedMonths(
  months: readonly PlannedMonth[],
  given: Readonly<Record<string, number | null>>,
): Readonly<{ month: Month; starts: number }>[] {
  return months.flatMap(({ month, now }) => {
    const starts = given[fieldOf(month)]
    return starts === null || starts === undefined || starts === now?.starts ? [] : [{ month, starts }]
  })
}

/** What was typed, with what somebody else planned meanwhile for the months that were left open. */
export function withTheirs(months: readonly PlannedMonth[], typed: Typed): Typed {
  const theirs = months.flatMap(({ month, now }) => {
    const field = fieldOf(month)
    return now && (typed[field] ?? '') === '' ? [[field, `${now.starts}`] as const] : []
  })
  const filled: Typed = Object.fromEntries(theirs)
  return { ...typed, ...filled }
}

type Given = Readonly<{ starts: Readonly<Record<string, number | null>>; why: string | null }>

/** What is wrong with a profile as it was entered: a number that stood is changed with a reason, and not by emptying it. */
export function problemsWithProfile(months: readonly PlannedMonth[], { starts, why }: Given): Problem[] {
  const emptied = months.filter(({ month, now }) => now && (starts[fieldOf(month)] ?? null) === null)
  const changed = changedMonths(months, starts)
  const replaced = changed.some(({ month }) => months.some((one) => one.month.equals(month) && one.now))
  const [first] = months
  return [
    ...emptied.map(({ month }) => ({
      field: fieldOf(month),
      message: `Enter how many are to start in ${monthInWords(month)}: 0 where nobody is`,
    })),
    ...(emptied.length === 0 && changed.length === 0 && first
      ? [{ field: fieldOf(first.month), message: 'Enter a number for at least one month, or change one' }]
      : []),
    ...(replaced && why === null ? [{ field: 'why', message: 'Enter why the profile changes' }] : []),
  ]
}
