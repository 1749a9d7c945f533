import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { zone } from '#platform/dates.ts'
import { type Item, itemCodes } from '#programme/counting/rules.ts'
import { type CountedRow, listCounted } from '#programme/counting/store.ts'
import { countMeasured } from '#programme/measuring/store.ts'
import { healthGroups, type Source } from '#programme/grouping/rules.ts'
import { findGroup, listGroupsOf, listReads } from '#programme/grouping/store.ts'
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
type Sql = RawBuilder<unknown>
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
      ${cellsOf(area, single)} from counted ${readFor(area, single)}) facts
    group by grouping sets (${sql.join(grouped)})`.execute(db)
  const overlapping = await countOverlapping(db, actor, item, month)
  return familyOf(item, { rows, names, overlapping })
}

const partsOf = (crossing: Crossing): string[] => [crossings[crossing].rows, crossings[crossing].columns]

function cellsOf(area: string, of: readonly Breakdown[]) {
  const cells = of.map((code) => sql`, ${findGroup(area, breakdowns[code].by)} as ${sql.ref(code)}`)
  return sql.join(cells, sql``)
}

type Overlapping = Readonly<{ code: Breakdown; cell: string; count: number }>

/** Breakdowns in which a row may stand in several cells, or in none. */
async function countOverlapping(db: Db, actor: Actor, item: Item, month: Month): Promise<readonly Overlapping[]> {
  const { area } = actor
  const several = breakdownsOf(item).filter(mayOverlap)
  if (several.length === 0) return []
  const cells = several.map((code) => sql`(${sql.lit(code)}, ${listGroupsOf(area, breakdowns[code].by)})`)
  const { rows } = await sql<Overlapping>`with counted as materialized (${listCounted(actor, item, month)})
    select taken.code, cell, count(*)::integer as count from counted ${readFor(area, several)}
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

/** What groups read beside the counted row. A source added to the rules without its rows here does not compile. */
const sources: Readonly<Record<Source, (area: string) => Sql>> = {
  person: (area: string) => sql`join people.person person on person.area = ${area} and person.id = counted.person`,
  equality: (area: string) =>
    sql`left join people.equality equality on equality.area = ${area} and equality.person = counted.person`,
  // Joined, not looked up row by row: a month's people live in few councils.
  home: () => sql`left join places.council home on home.code = person.council`,
  provider: (area: string) =>
    sql`left join organisations.organisation provider on provider.area = ${area} and provider.id = counted.provider`,
  talk: (
    area: string,
  ) => sql`left join lateral (select talk.id, talk.employment_status, talk.health from assessment.assessment talk
    where talk.area = ${area} and talk.episode = counted.episode and talk.finished_at is not null order by talk.id limit 1) talk on true`,
  barrier: (area: string) =>
    sql`left join assessment.barrier barrier on barrier.area = ${area} and barrier.assessment = talk.id and barrier.main`,
  kinds: () =>
    sql`left join lateral (select array_agg(kind.code) as codes from ${kindsOfHealth} where kind.kinds && talk.health) kinds on true`,
  pair: (
    area: string,
  ) => sql`left join lateral (select answer.items ->> 'lasting' as lasting, answer.items ->> 'restricting' as restricting
    from questionnaires.answer answer where answer.area = ${area} and answer.asked_for = counted.episode
      and answer.instrument = 'long-lasting-condition' order by answer.answered_at desc, answer.id desc limit 1) pair on true`,
  completion: (area: string) => sql`left join lateral (select made.id, made.no_outcome, made.work_status, made.off_sick
    from completion.completion made where made.area = ${area} and made.episode = counted.episode
      and not exists (select from completion.withdrawal back where back.area = made.area and back.completion = made.id)
    order by made.id desc limit 1) completion on true`,
  heard13: (area: string) =>
    sql`left join follow_up.follow_up heard13 on heard13.area = ${area} and heard13.episode = counted.episode and heard13.weeks = 13
      and not exists (select from follow_up.withdrawal back where back.area = heard13.area and back.follow_up = heard13.id)`,
  // Who has died by the first follow-up is not asked a second time.
  heard26: (
    area: string,
  ) => sql`left join lateral (select heard.* from follow_up.follow_up heard where heard.area = ${area}
    and heard.episode = counted.episode and (heard.weeks = 26 or heard.result = 'died')
    and not exists (select from follow_up.withdrawal back where back.area = heard.area and back.follow_up = heard.id) order by heard.weeks desc limit 1) heard26 on true`,
  contact: (area: string) => sql`join contact.contact contact on contact.area = ${area} and contact.id = counted.id`,
  meeting: (area: string) =>
    sql`join appointment.appointment meeting on meeting.area = ${area} and meeting.id = counted.id`,
  became: (area: string) => sql`left join lateral (select result.kind, result.who from appointment.result result
    where result.area = ${area} and result.appointment = counted.id and not exists (select from appointment.withdrawal back
      where back.area = result.area and back.result = result.id) order by result.id desc limit 1) became on true`,
}

const kindsOfHealth = sql`(values ${sql.join(
  Object.entries(healthGroups).map(
    ([code, { kinds }]) => sql`(${sql.lit(code)}, array[${sql.join(kinds.map((kind) => sql.lit(kind)))}]::text[])`,
  ),
)}) as kind (code, kinds)`

/**
 * What has to be joined to the counted rows so that they can be put into these groups: the days on England's clocks, and
 * what each group reads. "Offset 0" keeps the days from being worked out again for every use.
 */
function readFor(area: string, of: readonly Breakdown[]): Sql {
  const needed = of.flatMap((breakdown) => listReads(breakdowns[breakdown].by))
  // Checked: the keys of a list are its codes; in its order, for some read from others.
  const all = Object.keys(sources) as Source[]
  const day = (moment: Sql): Sql => sql`(${moment} at time zone ${sql.lit(zone)})::date`
  const read = all.filter((source) => needed.includes(source)).map((source) => sources[source](area))
  return sql`cross join lateral (select ${day(sql`counted.at`)} as happened_on, ${day(sql`counted.received_at`)} as received_on offset 0) days
    ${sql.join(read, sql` `)}`
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
    select counted.id, counted.episode, counted.person, counted.at from counted ${readFor(
      area,
      parts.map(({ breakdown }) => breakdown),
    )} where true ${sql.join(conditions, sql` `)}`
}
