import type { Families, Family } from '#programme/breakdown/rules.ts'
import { type Item, itemCodes, items, monthCounted } from '#programme/counting/rules.ts'
import { countAt, isSmall } from '#programme/masking/rules.ts'
import { groupsOfItem, type Returned, type Shows } from '#programme/release/rules.ts'

/**
 * A signed month as it is shown outside the reporting boundary. Who kept an earlier version must not learn from the
 * difference what a small number would have told: an item that changed by a few stays as it was released before, and
 * of one that changed by many the cells that changed by a few are hidden.
 */
export type Released = Readonly<{
  figures: Returned
  shows: Shows
  /** Items of which a later version is not shown. */
  asBefore: readonly Item[]
}>

type Kept = Readonly<{ families: readonly Family[]; from: number }>

/** What of all versions of a month may be shown outside, the first signed version first. */
export function releasedOf(
  versions: readonly Returned[],
  { below, completedThen }: Readonly<{ below: number; completedThen: (item: Item) => number | undefined }>,
): Released | undefined {
  const latest = versions.at(-1)
  if (latest === undefined) return undefined
  const kept = new Map(itemCodes.map((item) => [item, keptOf(item, versions, below)]))
  const from = (item: Item): number => kept.get(item)?.from ?? 0
  const shown = (item: Item): Family | undefined => kept.get(item)?.families.at(-1)
  const families: Families = Object.fromEntries(
    itemCodes.flatMap((item) => {
      const family = shown(item)
      return family ? [[item, family]] : []
    }),
  )
  const start = versions[from('started')]?.measures.start ?? {}
  const end = versions[from('completed')]?.measures.end ?? {}
  return {
    figures: { families, measures: { start, end }, entered: latest.entered },
    shows: {
      below,
      also: (item, group, key) => changedByFew(item, kept.get(item)?.families ?? [], { group, key, below }),
      alsoWhole: (item) => isFew((shown(item)?.count ?? 0) - (completedThen(item) ?? shown(item)?.count ?? 0), below),
    },
    asBefore: itemCodes.filter((item) => from(item) < versions.length - 1 && isChanged(item, versions, from(item))),
  }
}

/** The versions of an item that were shown outside one after the other, and which of all it was last. */
function keptOf(item: Item, versions: readonly Returned[], below: number): Kept {
  return versions.reduce<Kept>(
    (kept, { families }, place) => {
      const next = families[item]
      if (next === undefined || kept.families.some((earlier) => tellsOfFew(item, { earlier, next, below }))) return kept
      return { families: [...kept.families, next], from: place }
    },
    { families: [], from: 0 },
  )
}

const isFew = (change: number, below: number): boolean => isSmall(Math.abs(change), below)

type Change = Readonly<{ earlier: Family; next: Family; below: number }>

/** Whether an item changed so little that the change itself is a small number. */
function tellsOfFew(item: Item, { earlier, next, below }: Change): boolean {
  const change = next.count - earlier.count
  if (change !== 0) return isFew(change, below)
  return changes(item, earlier, next).every((one) => Math.abs(one) < below)
}

function changes(item: Item, earlier: Family, next: Family): number[] {
  const before = new Map(groupsOfItem(item, earlier).map((group) => [group.code, group]))
  return groupsOfItem(item, next).flatMap((group) => {
    const was = before.get(group.code) ?? { code: group.code, cells: [] }
    const keys = new Set([...was.cells, ...group.cells].map(({ row, column }) => `${row}|${column}`))
    return [...keys].map((key) => countAt(group, key) - countAt(was, key))
  })
}

type Place = Readonly<{ group: string; key: string; below: number }>

function changedByFew(item: Item, families: readonly Family[], { group, key, below }: Place): boolean {
  const counts = families.map((family) => {
    const found = groupsOfItem(item, family).find(({ code }) => code === group)
    return found ? countAt(found, key) : 0
  })
  const now = counts.at(-1) ?? 0
  return counts.some((was) => isFew(now - was, below))
}

function isChanged(item: Item, versions: readonly Returned[], from: number): boolean {
  const [shown, latest] = [versions[from]?.families[item], versions.at(-1)?.families[item]]
  if (!shown || !latest) return shown !== latest
  return shown.count !== latest.count || changes(item, shown, latest).some((change) => change !== 0)
}

/** Months whose completions are counted again in this one, and must be the same people to the last. */
export function cohortsOf(month: Temporal.PlainYearMonth): [Item, Temporal.PlainYearMonth][] {
  return itemCodes.filter((item) => 'earlier' in items[item]).map((item) => [item, monthCounted(item, month)])
}
