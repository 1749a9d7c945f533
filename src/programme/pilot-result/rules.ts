import { type Gets, gets } from '#journey/pilot/rules.ts'
import { hidden, isSmall, masked, type Masked, type Rule } from '#programme/masking/rules.ts'
import { type Measure, measureCodes, measures } from '#programme/measuring/rules.ts'

/** How those who were asked stand, with what they get where they take part. */
export const standings = {
  new: { label: `Take part: ${gets.new.label.toLowerCase()}` },
  usual: { label: `Take part: ${gets.usual.label.toLowerCase()}` },
  asked: { label: 'Not answered yet' },
  no: { label: 'Said no' },
  back: { label: 'Took part, and took it back' },
} as const

export type Standing = keyof typeof standings

/** How many stand how, with small numbers hidden as far as they would say something of somebody. */
export function maskedPeople(counts: ReadonlyMap<string, number>, below: number): Masked {
  // Checked: the keys of the code list are its codes.
  const cells = Object.keys(standings).map((row) => ({ row, column: '', count: counts.get(row) ?? 0 }))
  const count = cells.reduce((sum, cell) => sum + cell.count, 0)
  const rule: Rule = { below }
  return masked({ count, groups: [{ code: 'standing', cells }] }, rule)
}

/** What was measured of a group twice: how many, the means, and how the single changes spread around theirs. */
export type Change = Readonly<{ count: number; before: number; after: number; change: number; spread: number | null }>

/** A number with the range in which it lies with 95 of 100 certainty; without one where too few were measured. */
export type Ranged = Readonly<{ value: number; low: number; high: number }>

/** A line of the comparison as it may be shown. */
export type Shown = Readonly<{ count: number | typeof hidden; change: Change | undefined; range: Ranged | undefined }>

/** One group as it may be shown: with too few measured neither their number nor their means are told. */
export function shownOf(change: Change | undefined, below: number): Shown {
  if (!change || change.count === 0) return { count: 0, change: undefined, range: undefined }
  if (isSmall(change.count, below)) return { count: hidden, change: undefined, range: undefined }
  return { count: change.count, change, range: rangeOf(change) }
}

/** The range of a mean change, by Student's t. */
function rangeOf({ count, change, spread }: Change): Ranged | undefined {
  if (count < 2 || spread === null) return undefined
  return around(change, spread / Math.sqrt(count), count - 1)
}

/** How much the change of those who got what is tried differs from that of the others, by Welch's method. */
export function differenceOf(one: Shown, other: Shown): Ranged | undefined {
  const [first, second] = [one.change, other.change]
  if (!first || !second || first.count < 2 || second.count < 2) return undefined
  if (first.spread === null || second.spread === null) return undefined
  const [a, b] = [first.spread ** 2 / first.count, second.spread ** 2 / second.count]
  const error = Math.sqrt(a + b)
  const freedom = error === 0 ? 1 : (a + b) ** 2 / (a ** 2 / (first.count - 1) + b ** 2 / (second.count - 1))
  return around(first.change - second.change, error, freedom)
}

function around(value: number, error: number, freedom: number): Ranged {
  const wide = tOf(freedom) * error
  return { value, low: value - wide, high: value + wide }
}

/** The 97.5 % point of Student's t, from the normal one by the expansion of Cornish and Fisher (Abramowitz and Stegun, 26.7.5); a table for the few where it is too rough. */
export function tOf(freedom: number): number {
  const few = [12.706, 4.303, 3.182, 2.776]
  const whole = Math.max(1, Math.floor(freedom))
  const exact = few[whole - 1]
  if (exact !== undefined) return exact
  const z = 1.959964
  return (
    z +
    (z ** 3 + z) / (4 * freedom) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3)
  )
}

/** What is compared: the measures of the instruments that the pilot named before it began. */
export function comparedBy(measured: readonly string[]): Measure[] {
  return measureCodes.filter((code) => measured.includes(measures[code].instrument))
}

/** What a comparison says, with what it cannot say. Where chance did not decide, the groups may differ from the start. */
export function howToRead(allotting: string): string {
  if (allotting === 'everybody')
    return 'Everybody who takes part gets what is tried, so there is nobody to compare with.'
  if (allotting === 'chance')
    return 'Chance decided who gets what, so the groups are alike but for chance: the range says how far chance alone may go. Nothing here says why somebody changed.'
  return 'The groups were not made by chance and may differ from the start. A difference between them does not say why it is there.'
}

/** What of a group is named in a table. */
export const groups: readonly Gets[] = ['new', 'usual']

/** A change in words: the number with its range, or the number alone. */
export function rangedInWords(range: Ranged | undefined, value: number | undefined): string {
  const shown = (number: number) => `${number > 0 ? '+' : ''}${(Math.round(number * 10) / 10).toFixed(1)}`
  if (range) return `${shown(range.value)} (${shown(range.low)} to ${shown(range.high)})`
  return value === undefined ? '–' : shown(value)
}
