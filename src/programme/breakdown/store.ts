import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { type Item, itemCodes } from '#programme/counting/rules.ts'
import { type CountedRow, listCounted } from '#programme/counting/store.ts'
import { countMeasured } from '#programme/measuring/store.ts'
import { findGroup, listGroupsOf, readFor } from '#programme/grouping/store.ts'
import {
  type Breakdown,
  breakdowns,
  breakdownsOf,
  type Counts,
  type Crossing,
  crossings,
  crossingsOf,
  type Family,
  type Figures,
  mayOverlap,
} from './rules.ts'

type Month = Temporal.PlainYearMonth
/** Figures with every item there is. */
type Counted = Figures & Readonly<{ families: Readonly<Record<Item, Family>> }>

// What is counted beside the breakdowns; none of them is the code of a breakdown.
const broughtIn = 'brought-in'
const days = 'days'

/** Everything of a month, counted from the rows now: of the area, or of the people one's organisation holds. */
export async function countFigures(db: Db, actor: Actor, month: Month): Promise<Counted> {
  const [families, start, end] = await Promise.all([
    countFamilies(db, actor, month),
    countMeasured(db, actor, 'start', month),
    countMeasured(db, actor, 'end', month),
  ])
  return { families, measures: { start: Object.fromEntries(start), end: Object.fromEntries(end) } }
}

// Each item with its breakdowns in one reading of its rows.
async function countFamilies(db: Db, actor: Actor, month: Month): Promise<Record<Item, Family>> {
  const families = await Promise.all(
    itemCodes.map(async (item) => [item, await countFamily(db, actor, item, month)] as const),
  )
  // Checked: one for every item.
  return Object.fromEntries(families) as Record<Item, Family>
}

/** The columns a row of an answer is grouped by, as a bit mask: a bit is set where the column is not among them. */
type Found = Readonly<{ apart: number; count: number }> & Readonly<Record<string, unknown>>

async function countFamily(db: Db, actor: Actor, item: Item, month: Month): Promise<Family> {
  const { area } = actor
  const single = breakdownsOf(item).filter((breakdown) => !mayOverlap(breakdown))
  const names = [broughtIn, days, ...single]
  const columns = sql.join(names.map((name) => sql.ref(`facts.${name}`)))
  const sets = [[], ...names.map((name) => [name]), ...crossingsOf(item).map((code) => partsOf(code))]
  const grouped = sets.map((set) => sql`(${sql.join(set.map((name) => sql.ref(`facts.${name}`)))})`)
  const { rows } = await sql<Found>`with counted as materialized (${listCounted(actor, item, month)})
    select grouping(${columns}) as apart, ${columns}, count(*)::integer as count
    from (select counted.imported::text as ${sql.ref(broughtIn)}, (days.happened_on - days.received_on)::text as ${sql.ref(days)}
      ${cellsOf(area, single)} from counted ${readCells(area, single)}) facts
    group by grouping sets (${sql.join(grouped)})`.execute(db)
  const overlapping = await countOverlapping(db, actor, item, month)
  return familyOf(item, { rows, names, overlapping })
}

const partsOf = (crossing: Crossing): string[] => [crossings[crossing].rows, crossings[crossing].columns]

function cellsOf(area: string, of: readonly Breakdown[]) {
  const cells = of.map((code) => sql`, ${findGroup(area, breakdowns[code].by)} as ${sql.ref(code)}`)
  return sql.join(cells, sql``)
}

const readCells = (area: string, of: readonly Breakdown[]) =>
  readFor(
    area,
    of.map((breakdown) => breakdowns[breakdown].by),
  )

type Overlapping = Readonly<{ code: Breakdown; cell: string; count: number }>

/** Breakdowns in which a row may stand in several cells, or in none. */
async function countOverlapping(db: Db, actor: Actor, item: Item, month: Month): Promise<readonly Overlapping[]> {
  const { area } = actor
  const several = breakdownsOf(item).filter(mayOverlap)
  if (several.length === 0) return []
  const cells = several.map((code) => sql`(${sql.lit(code)}, ${listGroupsOf(area, breakdowns[code].by)})`)
  const { rows } = await sql<Overlapping>`with counted as materialized (${listCounted(actor, item, month)})
    select taken.code, cell, count(*)::integer as count from counted ${readCells(area, several)}
    cross join lateral (values ${sql.join(cells)}) as taken (code, cells) cross join lateral unnest(taken.cells) as cell
    group by taken.code, cell`.execute(db)
  return rows
}

type Answers = Readonly<{ rows: readonly Found[]; names: readonly string[]; overlapping: readonly Overlapping[] }>

function familyOf(item: Item, { rows, names, overlapping }: Answers): Family {
  const groupedBy = (wanted: readonly string[]): readonly Found[] => {
    const apart = names.reduce((mask, name) => mask * 2 + (wanted.includes(name) ? 0 : 1), 0)
    return rows.filter((row) => row.apart === apart)
  }
  const of = (name: string): Counts =>
    Object.fromEntries(groupedBy([name]).map((row) => [String(row[name]), row.count]))
  const several = (code: Breakdown): Counts =>
    Object.fromEntries(overlapping.filter((one) => one.code === code).map(({ cell, count }) => [cell, count]))
  const tables = crossingsOf(item).map((code) => [code, crossed(groupedBy(partsOf(code)), partsOf(code))] as const)
  return {
    count: groupedBy([])[0]?.count ?? 0,
    imported: of(broughtIn)['true'] ?? 0,
    days: of(days),
    cells: Object.fromEntries(breakdownsOf(item).map((code) => [code, mayOverlap(code) ? several(code) : of(code)])),
    crossings: Object.fromEntries(tables),
  }
}

function crossed(found: readonly Found[], [across = '', down = '']: readonly string[]) {
  const rows: Record<string, Record<string, number>> = {}
  for (const row of found) {
    const name = String(row[across])
    rows[name] = { ...rows[name], [String(row[down])]: row.count }
  }
  return rows
}

/** What a number stands for: an item of a month, or those of it that fall into a cell, or into none of that code. */
export type Behind = Readonly<{
  item: Item
  month: Month
  parts: readonly Readonly<{ breakdown: Breakdown; cell: string; without: boolean }>[]
}>

/** The rows behind a number, as a query to list them by. */
export function listBehindNumber(actor: Actor, { item, month, parts }: Behind): RawBuilder<CountedRow> {
  const { area } = actor
  const conditions = parts.map(({ breakdown, cell, without }) => {
    const cells = listGroupsOf(area, breakdowns[breakdown].by)
    return without ? sql`and not ${cell} = any(${cells})` : sql`and ${cell} = any(${cells})`
  })
  return sql`with counted as materialized (${listCounted(actor, item, month)})
    select counted.id, counted.episode, counted.person, counted.at from counted ${readCells(
      area,
      parts.map(({ breakdown }) => breakdown),
    )} where true ${sql.join(conditions, sql` `)}`
}
