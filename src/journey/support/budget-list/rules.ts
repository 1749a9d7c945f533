import type { Standing, Supplier } from '#journey/support/budget/rules.ts'

/** By what the list of requests is sorted. */
export const sortings = {
  asked: { label: 'Asked' },
  cost: { label: 'Cost' },
} as const

export type SortBy = keyof typeof sortings

export const directions = { ascending: true, descending: true } as const

export type Filter = Readonly<{
  standing: Standing | null
  supplier: Supplier | null
  sort: SortBy
  direction: keyof typeof directions
}>

/** The words that somebody looks for in a request: each has to be in it. */
export function wordsIn(typed: string): string[] {
  return typed.split(/\s+/).filter((word) => word !== '')
}

/** How many are on a page. */
export const pageLength = 50

/** The address of the list as it is narrowed down and sorted, on a page. */
export function addressOf({ standing, supplier, sort, direction }: Filter, page: number): string {
  const asked = new URLSearchParams({ sort, direction, ...(standing && { standing }), ...(supplier && { supplier }) })
  if (page > 1) asked.set('page', `${page}`)
  return `/budget?${asked.toString()}`
}

/** Money of a period by how it stands: what waits for approval, what is committed, and what of that is paid. */
export type Spend = Readonly<{ supplier: Supplier; committed: number; paid: number; number: number }>

/** The sums of several kinds of supplier together. */
export function togetherOf(spends: readonly Spend[]): Omit<Spend, 'supplier'> {
  const sum = (of: (one: Spend) => number) => spends.reduce((before, one) => before + of(one), 0)
  return { committed: sum((one) => one.committed), paid: sum((one) => one.paid), number: sum((one) => one.number) }
}
