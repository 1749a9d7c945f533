import { type BarrierCode, barrierCodes, barriers } from '#journey/assessment/rules.ts'
import { lookedForBy } from '#journey/matching/rules.ts'

/** A need that no single barrier stands for: other words were looked for. */
export const otherNeed = 'other'

export type Need = BarrierCode | typeof otherNeed

/** How it was seen that nothing is there. */
export const seenBy = {
  coach: { label: 'A coach says so' },
  search: { label: 'A search found nothing' },
} as const

export type SeenBy = keyof typeof seenBy

/** What can be said to have no service: each barrier, and what is none of them. */
export const needs: Readonly<Record<Need, Readonly<{ label: string }>>> = {
  ...barriers,
  [otherNeed]: { label: 'Something else' },
}

/** A need in words. */
export const needInWords = (need: string): string =>
  Object.entries(needs).find(([code]) => code === need)?.[1].label ?? needs[otherNeed].label

/** For which of somebody's needs a search was made: those whose words were looked for, or another where none was. */
export function needsLookedFor(words: string | null, own: readonly BarrierCode[]): Need[] {
  const looked = words?.trim().toLowerCase()
  if (looked === undefined || looked === '') return []
  const meant = (of: readonly BarrierCode[]) => of.filter((code) => lookedForBy[code]?.toLowerCase() === looked)
  const theirs = meant(own)
  const [any] = meant(barrierCodes)
  return theirs.length > 0 ? theirs : [any ?? otherNeed]
}
