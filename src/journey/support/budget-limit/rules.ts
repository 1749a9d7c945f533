import { isBefore, longDay } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'

/** Who sets the limits of the area, and who may approve. */
export const setters = ['service-manager', 'area-lead'] as const

/** The most that anything of the budget may be: a slip of the keyboard beyond it. */
const mostPence = 10_000_000_000

/** Money as it is read, from whole pence: £1,250.00. Never by dividing, which would round. */
export function inPounds(pence: number): string {
  const digits = `${Math.abs(pence)}`.padStart(3, '0')
  const pounds = digits.slice(0, -2).replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return `${pence < 0 ? '−' : ''}£${pounds}.${digits.slice(-2)}`
}

/** Whole pence from money as people write it: 120, 120.50, £1,250; undefined when it is none. */
export function penceFrom(written: string): number | undefined {
  const [, pounds, pence = ''] = /^£? ?(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,2}))?$/.exec(written.trim()) ?? []
  if (pounds === undefined) return undefined
  const found = Number(`${pounds.replaceAll(',', '')}${pence.padEnd(2, '0')}`)
  return found <= mostPence ? found : undefined
}

/** Money as it is typed into a field again: 1250.00. */
export function typedPounds(pence: number): string {
  return inPounds(pence).replaceAll(/[£,]/g, '')
}

/** A time with a budget of its own, and how much may be committed in it. */
export type Period = Readonly<{
  id: string
  fromOn: Temporal.PlainDate
  /** The first day that is no part of it. */
  untilOn: Temporal.PlainDate
  areaPence: number
  personPence: number
  /** How often its amounts were set: the version its reader saw. */
  number: number
}>

/** A period in words: its first and last day. */
export function periodInWords({ fromOn, untilOn }: Pick<Period, 'fromOn' | 'untilOn'>): string {
  return `${longDay(fromOn)} to ${longDay(untilOn.subtract({ days: 1 }))}`
}

/** The period of a day. */
export function periodOn<One extends Pick<Period, 'fromOn' | 'untilOn'>>(
  periods: readonly One[],
  on: Temporal.PlainDate,
): One | undefined {
  return periods.find(({ fromOn, untilOn }) => !isBefore(on, fromOn) && isBefore(on, untilOn))
}

type Given = Readonly<{ from: Temporal.PlainDate; last: Temporal.PlainDate }>

/** What is wrong with the days of a new period, if anything. */
export function periodProblems(
  { from, last }: Given,
  others: readonly Pick<Period, 'fromOn' | 'untilOn'>[],
): Problem[] {
  if (isBefore(last, from)) return [{ field: 'last', message: 'The last day comes before the first' }]
  const until = last.add({ days: 1 })
  const other = others.find(({ fromOn, untilOn }) => isBefore(from, untilOn) && isBefore(fromOn, until))
  return other ? [{ field: 'from', message: `These days are part of ${periodInWords(other)} already` }] : []
}

type Amounts = Readonly<{ areaPence: number; personPence: number }>

/** What is wrong with the amounts of a period, if anything: neither may be less than what is committed already. */
export function amountProblems({ areaPence, personPence }: Amounts, committed: Amounts): Problem[] {
  const found: (Problem | false)[] = [
    areaPence < committed.areaPence && {
      field: 'area',
      message: `${inPounds(committed.areaPence)} is committed already: enter that or more`,
    },
    personPence < committed.personPence && {
      field: 'person',
      message: `${inPounds(committed.personPence)} is committed for one person already: enter that or more`,
    },
    personPence > areaPence && { field: 'person', message: 'One person cannot have more than the whole area' },
  ]
  return found.filter((problem) => problem !== false)
}
