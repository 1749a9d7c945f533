import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { zone } from '#platform/dates.ts'
import { type Item, itemCodes } from '#programme/counting/rules.ts'
import { type CountedRow, listCounted } from '#programme/counting/store.ts'
import { countMeasured } from '#programme/measuring/store.ts'
import { findGroup, listGroupsOf, readFor } from '#programme/grouping/store.ts'
import {
  type Breakdown,
  breakdownCodes,
  breakdowns,
  breakdownsOf,
  type Counts,
  crossingCodes,
  crossings,
  crossingsOf,
  type Family,
  type Figures,
} from './rules.ts'

type Month = Temporal.PlainYearMonth
/** Figures with every item there is. */
type Counted = Figures & Readonly<{ families: Readonly<Record<Item, Family>> }>
type Found = Readonly<{ taken: string; cell: string; count: number }>

// What stands beside the breakdowns in the answer of a count; none of them is the code of a breakdown.
const everybody = '#everybody'
const broughtIn = '#brought-in'
const days = '#days'
const between = '\u001f'

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

async function countFamily(db: Db, actor: Actor, item: Item, month: Month): Promise<Family> {
  const { area } = actor
  const of = breakdownsOf(item)
  const dayOf = (moment: RawBuilder<unknown>) => sql`(${moment} at time zone ${sql.lit(zone)})::date`
  const takings = [
    taking(everybody, sql`array['']`),
    taking(broughtIn, sql`array[standing.imported::text]`),
    taking(days, sql`array[(${dayOf(sql`counted.at`)} - ${dayOf(sql`standing.received_at`)})::text]`),
    ...of.map((breakdown) => taking(breakdown, listGroupsOf(area, breakdowns[breakdown].by))),
    ...crossingsOf(item).map((crossing) => {
      const { rows, columns } = crossings[crossing]
      const [row, column] = [findGroup(area, breakdowns[rows].by), findGroup(area, breakdowns[columns].by)]
      return taking(crossing, sql`array[${row} || ${sql.lit(between)} || ${column}]`)
    }),
  ]
  const { rows } = await sql<Found>`with counted as materialized (${listCounted(actor, item, month)})
    select taken.code as taken, cell, count(*)::integer as count from counted ${readStandings(area, of)}
    cross join lateral (values ${sql.join(takings)}) as taken (code, cells) cross join lateral unnest(taken.cells) as cell
    group by 1, 2`.execute(db)
  return familyOf(rows)
}

const taking = (code: string, cells: RawBuilder<unknown>) => sql`(${sql.lit(code)}, ${cells}::text[])`

function readStandings(area: string, of: readonly Breakdown[]) {
  return sql`join episode.standing standing on standing.area = ${area} and standing.episode = counted.episode
    ${readFor(
      area,
      of.map((breakdown) => breakdowns[breakdown].by),
    )}`
}

function familyOf(found: readonly Found[]): Family {
  const of = (taken: string): Counts =>
    Object.fromEntries(found.filter((one) => one.taken === taken).map(({ cell, count }) => [cell, count]))
  const takings = new Set(found.map(({ taken }) => taken))
  return {
    count: of(everybody)[''] ?? 0,
    imported: of(broughtIn)['true'] ?? 0,
    days: of(days),
    cells: Object.fromEntries(breakdownCodes.filter((code) => takings.has(code)).map((code) => [code, of(code)])),
    crossings: Object.fromEntries(
      crossingCodes.filter((code) => takings.has(code)).map((code) => [code, crossed(of(code))]),
    ),
  }
}

function crossed(counts: Counts): Readonly<Record<string, Counts>> {
  const rows: Record<string, Record<string, number>> = {}
  for (const [cell, count] of Object.entries(counts)) {
    const [row = '', column = ''] = cell.split(between)
    rows[row] = { ...rows[row], [column]: count }
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
    select counted.id, counted.episode, counted.person, counted.at from counted ${readStandings(
      area,
      parts.map(({ breakdown }) => breakdown),
    )} where true ${sql.join(conditions, sql` `)}`
}
