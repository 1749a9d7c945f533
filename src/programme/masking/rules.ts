/** What stands in place of a number that is too small to be shown. */
export const hidden = '*'

/** A number as it leaves the service: shown, or hidden. */
export type Shown = number | typeof hidden

/** How numbers about people are shown to those who may not see the people. */
export type Policy = Readonly<{
  label: string
  explains: string
  hides: (count: number) => boolean
  shows: (count: number) => number
}>

const toNearestFive = (count: number) => Math.round(count / 5) * 5

/** The rules by which small numbers are masked. WorkWell's own is not published: the rule is named, and can be changed. */
export const policies = {
  'hes-1-7-round5': {
    label: 'Hospital Episode Statistics rule',
    explains:
      'Numbers from 1 to 7 are shown as *, others are rounded to the nearest 5, and 0 stays 0. Where a single hidden number could be worked out from a total, the next smallest is hidden as well.',
    hides: (count) => count >= 1 && count <= 7,
    shows: toNearestFive,
  },
  'fitnote-under-5': {
    label: 'Fit note statistics rule',
    explains: 'Numbers from 1 to 4 are shown as *.',
    hides: (count) => count >= 1 && count <= 4,
    shows: (count) => count,
  },
  'ons-10-5': {
    label: 'Office for National Statistics 10-5 rule',
    explains: 'Numbers under 10 are shown as *, others are rounded to the nearest 5.',
    hides: (count) => count < 10,
    shows: toNearestFive,
  },
  exact: {
    label: 'Exact numbers',
    explains: 'Numbers are exact.',
    hides: () => false,
    shows: (count) => count,
  },
} as const satisfies Readonly<Record<string, Policy>>

export type PolicyCode = keyof typeof policies

/** One number of a group whose total is shown too. */
export type Cell = Readonly<{ code: string; count: number }>

export type MaskedGroup = Readonly<{ total: Shown; cells: ReadonlyMap<string, Shown> }>

/** One number that stands alone. */
export function shownAs(count: number, policy: PolicyCode): Shown {
  return policies[policy].hides(count) ? hidden : policies[policy].shows(count)
}

/**
 * A group of numbers that add up to a total. The total is rounded from what it really is, never added up from what is
 * shown. A number that would be hidden alone takes the next smallest with it, because the total would give it away.
 */
export function masked(cells: readonly Cell[], policy: PolicyCode): MaskedGroup {
  const { hides } = policies[policy]
  const first = cells.filter(({ count }) => hides(count))
  const others = cells.filter(({ count }) => count > 0 && !hides(count))
  const next = first.length === 1 ? others.toSorted((one, other) => one.count - other.count)[0] : undefined
  const total = cells.reduce((sum, { count }) => sum + count, 0)
  const shown = (cell: Cell) => (cell === next ? hidden : shownAs(cell.count, policy))
  return { total: shownAs(total, policy), cells: new Map(cells.map((cell) => [cell.code, shown(cell)])) }
}

/** A share in whole per cent; hidden or absent when either number may not be shown, for a rate would give it away. */
export function share(part: Shown, whole: Shown): Shown | undefined {
  if (part === hidden || whole === hidden) return hidden
  return whole === 0 ? undefined : Math.round((100 * part) / whole)
}
