import { dayInWords, isBefore } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { lengths } from '#journey/support/log/rules.ts'

/** How many pieces of work one form takes. */
export const rowsAtOnce = 3

/** A week as it is written down: from its Monday to its Sunday. */
export type Week = Readonly<{ from: Temporal.PlainDate; until: Temporal.PlainDate }>

/** The week that a day lies in. */
export function weekOf(day: Temporal.PlainDate): Week {
  const from = day.subtract({ days: day.dayOfWeek - 1 })
  return { from, until: from.add({ days: 7 }) }
}

/** The days of a week on which work can have been done by a day, as a list to choose from. */
export function daysOf(
  { from }: Week,
  today: Temporal.PlainDate,
): Readonly<Record<string, Readonly<{ label: string }>>> {
  const days = Array.from({ length: 7 }, (_, place) => from.add({ days: place }))
  return Object.fromEntries(
    days.filter((day) => !isBefore(today, day)).map((day) => [`${day}`, { label: beginning(dayInWords(day, today)) }]),
  )
}

const beginning = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}`

/** One piece of work as it is typed. */
export type Row = Readonly<{ kind: string | null; on: string | null; minutes: number | null; note: string | null }>

/** A piece of work that can be kept. */
export type Piece = Readonly<{
  place: number
  kind: string
  on: Temporal.PlainDate
  minutes: number
  note: string | null
}>

const isEmpty = ({ kind, minutes, note }: Row) => kind === null && minutes === null && note === null

/** What is wrong with the pieces of a form; rows in which nothing was typed are left out. */
export function rowProblems(
  rows: readonly Row[],
  { kinds, days }: Readonly<{ kinds: object; days: object }>,
): Problem[] {
  if (rows.every(isEmpty)) return [{ field: 'kind1', message: 'Select what it was' }]
  return rows.flatMap((row, place) => (isEmpty(row) ? [] : problemsOf(row, place + 1, { kinds, days })))
}

function problemsOf(
  { kind, on, minutes }: Row,
  at: number,
  { kinds, days }: Readonly<{ kinds: object; days: object }>,
) {
  const problems: readonly (Problem | false)[] = [
    (kind === null || !(kind in kinds)) && { field: `kind${at}`, message: 'Select what it was' },
    (on === null || !(on in days)) && { field: `on${at}`, message: 'Choose a day of this week that has come' },
    minutes === null && {
      field: `minutes${at}`,
      message: `Enter how many minutes it took, from ${lengths.least} to ${lengths.most}`,
    },
  ]
  return problems.filter((problem) => problem !== false)
}

/** The pieces of a form in which nothing is wrong. */
export function piecesOf(rows: readonly Row[]): Piece[] {
  return rows.flatMap(({ kind, on, minutes, note }, place) =>
    kind === null || on === null || minutes === null
      ? []
      : [{ place, kind, on: Temporal.PlainDate.from(on), minutes, note }],
  )
}

/** Minutes of each kind in each month. */
export type Total = Readonly<{ kind: string; month: string; minutes: number }>

/** The months up to this one, the newest last. */
export function monthsUntil(today: Temporal.PlainDate, number: number): Temporal.PlainYearMonth[] {
  const last = today.toPlainYearMonth()
  return Array.from({ length: number }, (_, place) => last.subtract({ months: number - 1 - place }))
}

/** What each kind took in each month, the whole of it last: of minutes nothing is lost and nothing counted twice. */
export function totalsTable(totals: readonly Total[], months: readonly Temporal.PlainYearMonth[]) {
  const of = (kind: string | null, month: string) =>
    totals
      .filter((one) => (kind === null || one.kind === kind) && one.month === month)
      .reduce((sum, { minutes }) => sum + minutes, 0)
  const kinds = [...new Set(totals.map(({ kind }) => kind))]
  const line = (kind: string | null) => ({ kind, minutes: months.map((month) => of(kind, month.toString())) })
  return [...kinds.map(line), line(null)]
}

/** Minutes as hours, to a quarter: "12.5". */
export function inHours(minutes: number): string {
  return `${Math.round(minutes / 15) / 4}`
}
