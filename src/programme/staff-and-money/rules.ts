import { type Role, roles } from '#platform/access/rules.ts'
import type { Problem } from '#platform/form/rules.ts'

/** The roles that are counted as staff in post: those who give support or run it. */
export const posts = {
  coach: roles.coach,
  'senior-coach': roles['senior-coach'],
  clinician: roles.clinician,
  administrator: roles.administrator,
  'service-manager': roles['service-manager'],
} as const satisfies Partial<Record<Role, { label: string }>>

export type Post = keyof typeof posts

// Checked: the keys of a code list are its codes.
export const postCodes = Object.keys(posts) as Post[]

export const moneyKinds = { planned: { label: 'Planned' }, spent: { label: 'Spent' } } as const

export type MoneyKind = keyof typeof moneyKinds

// Checked: as above.
export const moneyKindCodes = Object.keys(moneyKinds) as MoneyKind[]

/** Staff of a role at the end of a month: counted from memberships, beside what somebody planned. */
export type StaffLine = Readonly<{ post: Post; inPost: number; planned: number | null }>

/** A month's staff and money. What nobody entered is null, never nought. */
export type StaffAndMoney = Readonly<{
  staff: readonly StaffLine[]
  money: Readonly<Record<MoneyKind, number | null>>
}>

/** Said wherever a number of this part stands. */
export const enteredNotCounted =
  'Staff in post are counted from memberships on the last day of the month, as people: hours are not recorded. Planned staff and money are entered by a named person; nothing in the record proves them.'

/** Money as it is read. */
export function inPounds(pounds: number): string {
  return `£${pounds.toLocaleString('en-GB')}`
}

/** How far what is differs from what was planned; nothing where nobody planned. */
export function against(planned: number | null, is: number | null): number | null {
  return planned === null || is === null ? null : is - planned
}

/** "12 more", "3 fewer" or "as planned". */
export function againstInWords(difference: number | null, inUnits: (amount: number) => string): string {
  if (difference === null) return '–'
  if (difference === 0) return 'as planned'
  return `${inUnits(Math.abs(difference))} ${difference > 0 ? 'more' : 'less'}`
}

/** What is wrong with entering a number that stands already: it is replaced, so somebody will ask why. */
export function problemsWithEntering(
  before: number | null,
  { now, why }: Readonly<{ now: number; why: string | null }>,
  field: string,
): Problem[] {
  if (before === null) return []
  if (before === now) return [{ field, message: 'This is what stands already' }]
  return why === null
    ? [{ field: 'why', message: 'Say why the number changes: what was entered before stays as history' }]
    : []
}

/** What is wrong with money for a month that has not begun: it can be planned and not yet spent. */
export function problemsWithMonth(
  kind: MoneyKind,
  month: Temporal.PlainYearMonth,
  today: Temporal.PlainDate,
): Problem[] {
  const toCome = Temporal.PlainYearMonth.compare(month, today.toPlainYearMonth()) > 0
  return kind === 'spent' && toCome
    ? [{ field: 'month', message: 'This month has not begun: money can be planned for it, not spent' }]
    : []
}

/** The months for which money can be entered: 24 back and 24 to come. */
export function monthsAround(today: Temporal.PlainDate): Temporal.PlainYearMonth[] {
  return Array.from({ length: 49 }, (_, place) => today.toPlainYearMonth().add({ months: 24 - place }))
}
