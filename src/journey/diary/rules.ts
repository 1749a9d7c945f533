import { isBefore, longDay } from '#platform/dates.ts'
import { interpretingOf, interpretingStates, type Purpose, purposes } from '#journey/appointment/rules.ts'
import type { Times } from '#journey/invitation/rules.ts'

/** The first day of the week that a day lies in, Monday. */
export function weekOf(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.subtract({ days: day.dayOfWeek - 1 })
}

/** The week that an address names, and this one where it names none; undefined where it is no day. */
export function weekAsked(asked: string | null, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  if (asked === null) return weekOf(today)
  if (!/^20\d{2}-\d{2}-\d{2}$/.test(asked)) return undefined
  try {
    return weekOf(Temporal.PlainDate.from(asked, { overflow: 'reject' }))
  } catch {
    return undefined
  }
}

/** "12 to 18 January 2026" or "29 December 2025 to 4 January 2026" */
export function weekInWords(monday: Temporal.PlainDate): string {
  const sunday = monday.add({ days: 6 })
  const isSameMonth = monday.month === sunday.month
  return `${isSameMonth ? monday.day : longDay(monday)} to ${longDay(sunday)}`
}

/** What an appointment is for, as an address names it; the first conversation where it names nothing. */
export const purposeAsked = (asked: Purpose | null): Purpose => asked ?? 'first'

/** One line of a day: free, taken by somebody whose record the reader may open, or just taken. */
export type DiaryLine = Times &
  (
    | Readonly<{ kind: 'free'; how: string; href: string | undefined }>
    | Readonly<{ kind: 'taken'; id: string; name: string; how: string; marks: readonly Mark[] }>
    | Readonly<{ kind: 'hidden' }>
  )

type Mark = Readonly<{ label: string; colour: 'green' | 'orange' | 'red' }>

type Marked = Parameters<typeof interpretingOf>[0] & Readonly<{ confirmedAt: Temporal.Instant | null }>

/** What has to be known of an appointment at a glance: whether they said they will come, and an interpreter not found yet. */
export function marksOf(one: Marked): Mark[] {
  const state = interpretingOf(one)
  const isOpen = state === 'to-ask' || state === 'asked' || state === 'not-found'
  return [
    ...(one.confirmedAt ? [{ label: 'Will come', colour: 'green' } as const] : []),
    ...(isOpen
      ? [{ label: `Interpreter: ${interpretingStates[state].label.toLowerCase()}`, colour: 'orange' } as const]
      : []),
  ]
}

/** Everything of a day by the clock. What is taken and seen by name is not said a second time as merely taken. */
export function linesOfDay(lines: readonly DiaryLine[]): DiaryLine[] {
  const named = lines.filter(({ kind }) => kind === 'taken')
  const isNamed = (one: DiaryLine) => named.some((other) => other.startsAt.equals(one.startsAt))
  return lines
    .filter((one) => one.kind !== 'hidden' || !isNamed(one))
    .toSorted((one, other) => Temporal.Instant.compare(one.startsAt, other.startsAt))
}

/** The days of a week that are shown: all that are working days, and a weekend that holds something. */
export function daysShown(monday: Temporal.PlainDate, days: ReadonlySet<string>): Temporal.PlainDate[] {
  const all = Array.from({ length: 7 }, (_, after) => monday.add({ days: after }))
  return all.filter((day) => day.dayOfWeek <= 5 || days.has(day.toString()))
}

/** Whether a week has passed whole. */
export const hasPassed = (monday: Temporal.PlainDate, today: Temporal.PlainDate) =>
  isBefore(monday.add({ days: 6 }), today)

/** The initials of somebody, for a calendar that only its owner fetches. */
export function initialsOf(
  names: Readonly<{ given_name: string; family_name: string; preferred_name: string | null }>,
) {
  return [names.preferred_name ?? names.given_name, names.family_name].map((name) => name.charAt(0)).join('')
}

/** What somebody may choose to see the length of a free time for. */
export const purposeChoices = purposes
