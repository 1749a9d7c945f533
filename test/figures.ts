import type { Family } from '#programme/breakdown/rules.ts'
import { type Item, itemCodes } from '#programme/counting/rules.ts'
import type { Returned } from '#programme/release/rules.ts'

const nothing: Family = { count: 0, imported: 0, days: {}, cells: {}, crossings: {} }

/** A month in which this was counted, nothing else, and nobody entered anything. */
export function aMonth(items: Partial<Record<Item, Partial<Family>>>, rest: Partial<Returned> = {}): Returned {
  return {
    families: Object.fromEntries(itemCodes.map((item) => [item, { ...nothing, ...items[item] }])),
    measures: { start: {}, end: {} },
    entered: { staff: [], money: { planned: null, spent: null } },
    ...rest,
  }
}
