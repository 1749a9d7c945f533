import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { type Around, cosineOf, type Middle, milesInDegree, squaresAround } from '#registers/around/rules.ts'
import { isInTown } from '#registers/around/store.ts'
import { hourOfWeek, type Mark, markNumber } from '#registers/marks/rules.ts'
import type { ServiceState } from '#registers/services/rules.ts'
import { type Fits, listAllHaving, listBest, listHaving, listLevels, listMeaning } from '#registers/stems/store.ts'
import { findOneStem, rowsOfOne, type Words } from '#registers/stems/rules.ts'
import type { OneWord } from '#registers/saying-some/rules.ts'
import { listSayingSome } from '#registers/saying-some/store.ts'
import { marksWanted, mostFound, type Seeker, type Sifting, usualMiles } from './rules.ts'

type Sql = RawBuilder<unknown>

const cut = sql`limit ${sql.lit(mostFound + 1)}`
const all = (conditions: readonly (Sql | false)[]) =>
  sql`${sql.join([sql`true`, ...conditions.filter((one) => one !== false)], sql` and `)}`
const bits = (marks: Iterable<Mark>) => sql`${markNumber(marks)}::bigint`

// `offset 0` keeps each look a look of its own. Planned once for all values, the database would otherwise read a whole table
// and compare each row with all that is looked for.

type Before = Readonly<{ id: string; tier: number; miles: number | null }>

/** The words that are looked for, and what was found before other ways of saying it were brought in. */
export type Asked = Words & Readonly<{ before: readonly Before[] }>

/**
 * The services that come into question, up to a thousand and one, with how well the words fit and how far they are.
 * Everything is narrowed down while indexes are read, by the bits that stand in each of them: the wide rows of services
 * are read for these few alone.
 */
export function listCandidates(sifting: Sifting, words: Asked, reach?: number): Sql {
  const { around } = sifting
  if (words.sought.length > 0) return withWords(sifting, words)
  if (!around) return sql`select service, 0 as tier, null::float8 as miles from (${everywhere(sifting)}) as one`
  // What is done by phone or online is as near as any.
  return sql`select service, 0 as tier, miles from (
    (select service, miles from (${nearTo(sifting, around, reach)}) as near order by miles, service ${cut})
    union all
    (select service, null from (${everywhere(sifting, sql`not located`)}) as remote)) as there`
}

const fitsOf =
  (sifting: Sifting): Fits =>
  (row) =>
    all([suits(sifting, sql`${row}.marks`), timely(sifting, row)])

// What says some of the words is looked through from the top: a dozen pages are enough, and each word of each is looked up.
const mostPartly = 300

/** The services that come into question because they say some of the words, with which each says. */
export function listPartly(sifting: Sifting, words: readonly OneWord[]): Sql {
  const { area, around } = sifting
  const search = { area, fits: fitsOf(sifting), hours: false, near: around !== null, most: mostPartly }
  const near = around ? sql`with near as materialized (${nearTo(sifting, around)})` : sql``
  return sql`${near} select service, tier, says, miles from (${listSayingSome(words, search)}) as partly`
}

function withWords(sifting: Sifting, { before, ...words }: Asked): Sql {
  const { around, wanted, area } = sifting
  const fits = fitsOf(sifting)
  const stem = findOneStem(words)
  const nearest = wanted.order === 'nearest' && around !== null
  const most = (mostFound + 1) * (stem ? rowsOfOne(words.known, stem) : 1)
  if (stem && around && !nearest) return withWordAround(sifting, around, { stem, most, fits })
  const search = { area, fits, hours: wanted.open, near: around !== null, most: several }
  // Of what is near there are seldom a thousand: level by level, most of it would be read twice.
  const found = around ? listAllHaving(words, search) : listHaving(words, search)
  const hits = stem && !around ? listBest(area, { stem, most }, fits) : found
  const near = around ? sql`with near as materialized (${nearTo(sifting, around)} order by 1)` : sql``
  return sql`${near} select hit.service, max(hit.tier) as tier, min(hit.miles) as miles
    from (${words.wide ? sql`${knownBefore(before)} union all (${listMeaning(words, search)})` : hits}) as hit group by hit.service
    order by ${nearest ? sql`3, ` : sql``}2 desc, max(hit.marks & ${bits(['dated'])}), 1 ${cut}`
}

// Those without days of their own come first where there are more than are put in order: so a few more are read.
const several = Math.ceil((mostFound + 1) * 1.25)

/** What was found for just the words stays, with how well these fit, where other ways of saying it are brought in. */
const knownBefore = (before: readonly Before[]) => sql`select service, 0::bigint as marks, tier, miles
  from unnest(${before.map(({ id }) => id)}::uuid[], ${before.map(({ tier }) => tier)}::integer[],
    ${before.map(({ miles }) => miles)}::float8[]) as before(service, tier, miles)`

type OneStem = Readonly<{ stem: string; most: number; fits: Fits }>

/** One word around a place: the levels of how well it fits are read one after the other, until there are a thousand. */
function withWordAround(sifting: Sifting, around: Around, { fits, ...level }: OneStem): Sql {
  const reached: Fits = (row) =>
    all([fits(row), sql`(near.service is not null or ${row}.marks & ${bits(['remote'])} <> 0)`])
  return sql`with near as not materialized (${nearTo(sifting, around)})
    select hit.service, max(hit.tier) as tier, min(hit.miles) as miles
    from (${listLevels(sifting.area, level, reached)}) as hit
    group by hit.service order by max(hit.rank) desc, 1 ${cut}`
}

/** Services that are near, each with the miles to the nearest of its locations; none where these are not known. */
function nearTo(sifting: Sifting, { middle, outward, typed }: Around, reach = milesOf(sifting)): Sql {
  const { area, published } = sifting
  const inside = { outward: sql`location.outward = ${outward}`, town: isInTown(typed) }
  const named = sql`select at.service, null::float8 as miles from services.location
    join services.at_location as at on at.area = ${area} and at.location = location.id
    join services.service on service.area = ${area} and service.id = at.service
    where location.area = ${area} and ${outward === null ? inside.town : inside.outward}
      and (location.published or not ${published}::boolean)
      and ${suits(sifting, sql`service.marks`)} and ${timely(sifting, sql.ref('service'), sql`service.id`) || sql`true`}`
  if (!middle) return sql`select distinct service, miles from (${named}) as there`
  return sql`select service, min(miles) as miles from ((${inSquares(sifting, middle, reach)})
      union all (select service, miles from (${named} and location.latitude is null) as there)) as each
    where miles is null or miles <= ${reach} group by service`
}

const milesOf = ({ wanted }: Sifting) => (wanted.within === null ? usualMiles : Number(wanted.within))

/** What is given in the squares around a place, each location with its miles; some are further away than was asked. */
function inSquares(sifting: Sifting, middle: Middle, reach: number): Sql {
  const { from, until } = squaresAround(middle, reach)
  const [up, along] = [
    sql`(near.latitude - ${middle.latitude}::float8)`,
    sql`((near.longitude - ${middle.longitude}::float8) * ${cosineOf(middle.latitude)}::float8)`,
  ]
  return sql`select near.service, near.miles
    from unnest(${from}::integer[], ${until}::integer[]) as squares(since, until)
    cross join lateral (select near.service,
      ${milesInDegree}::float8 * sqrt(${up} * ${up} + ${along} * ${along}) as miles from services.near
      where near.area = ${sifting.area} and near.cell >= squares.since and near.cell <= squares.until
      and ${all([keptBackFrom(sifting), suits(sifting, sql`near.marks`), timely(sifting, sql.ref('near'))])} offset 0) as near`
}

/** Nobody learns by how far it is where a place is that is kept back from strangers. */
const keptBackFrom = ({ published }: Sifting) => published && sql`near.marks & ${bits(['kept-back'])} = 0`

/** Within how many miles to look: as near as a thousand are, since no more are put in order. */
export async function findReach(db: Db, sifting: Sifting): Promise<number> {
  const { around } = sifting
  const most = milesOf(sifting)
  if (!around?.middle) return most
  for (const reach of steps.filter((step) => step < most)) {
    const { rows } = await sql<{ number: number }>`
      select count(distinct service)::integer as number from (
        select service from (${inSquares(sifting, around.middle, reach)}) as near where miles <= ${reach}
        limit ${enough}) as one`.execute(db)
    if ((rows[0]?.number ?? 0) > mostFound) return reach
  }
  return most
}

// A service may be given at several places.
const [steps, enough] = [[1, 3, 10, 25], 3 * mostFound]

/** Services without looking at words or places, in the order of their names or waits, whose indexes say all that is asked. */
function everywhere(sifting: Sifting, more: Sql | false = false): Sql {
  const { area, wanted, now, published } = sifting
  const byWait = wanted.order === 'wait' && more === false
  return sql`select id as service from services.service where ${all([
    ...[sql`service.area = ${area}`, more, suits(sifting, sql`service.marks`), published && sql`service.published`],
    wanted.state !== null && isStanding(wanted.state, dayOf(now)),
    wanted.open && isOpenIn(now, sql.ref('service')),
  ])} order by ${byWait ? sql`wait_weeks, ` : sql``}name_key, id ${cut}`
}

/** Whether a row with these marks has all that is asked, and room where that is. */
function suits({ wanted, for: person }: Sifting, marks: Sql): Sql {
  const asked = [...marksWanted(wanted), ...(person?.work ? [person.work] : [])]
  return all([
    // Not "=", for the same reason as with hours: no number has more of the bits than all.
    asked.length > 0 && sql`${marks} & ${bits(asked)} >= ${bits(asked)}`,
    wanted.room && sql`${marks} & ${bits(['places', 'few'])} <> 0`,
  ])
}

/** Whether a service stands, and is open, as is asked: one without days of its own is open, and is looked at no further. */
function timely({ area, wanted, now }: Sifting, row: Sql, service = sql`${row}.service`): Sql | false {
  const { state, open } = wanted
  if (state === null) return open && isOpenIn(now, row)
  const dated = sql`${row}.marks & ${bits(['dated'])} <> 0`
  const stands = sql`exists (select from services.service where service.area = ${area} and service.id = ${service}
    and ${isStanding(state, dayOf(now))} offset 0)`
  const isSo = state === 'open' ? sql`(not (${dated}) or ${stands})` : sql`${dated} and ${stands}`
  return all([open && isOpenIn(now, row), isSo])
}

function isOpenIn(now: Temporal.Instant, row: Sql): Sql {
  const local = now.toZonedDateTimeISO('Europe/London')
  // Not "= 1": the database takes what equals something for rare, and would read what is open as if hardly any were.
  return sql`get_bit(${row}.hours, ${hourOfWeek(local.dayOfWeek, local.hour)}::integer) <> 0`
}

/** Whether a service stands like this on a day. */
export function isStanding(state: ServiceState, today: Temporal.PlainDate): Sql {
  const on = sql`${today.toString()}::date`
  const notClosed = sql`(service.valid_until is null or service.valid_until > ${on})`
  const begun = sql`(service.valid_from is null or service.valid_from <= ${on})`
  const is = {
    closed: sql`service.valid_until <= ${on}`,
    'to-come': sql`(service.valid_from > ${on} and ${notClosed})`,
    paused: sql`(service.paused_from <= ${on} and (service.paused_until is null or service.paused_until > ${on})
      and ${notClosed} and ${begun})`,
    open: sql`(${notClosed} and ${begun}
      and (service.paused_from is null or service.paused_from > ${on} or service.paused_until <= ${on}))`,
  } as const
  return is[state]
}

/** What is looked at once few are left: what is published, open to the minute, and whom a service says it is for. */
export function isFitting({ area, wanted, now, published, for: person }: Sifting): Sql {
  return all([
    published && sql`service.published`,
    wanted.state !== null && isStanding(wanted.state, dayOf(now)),
    wanted.open && isOpenAt(area, now),
    person !== null && mayUse(area, person),
  ])
}

function mayUse(area: string, { age, outward, councils, boards, countries }: Seeker): Sql {
  return sql`(least_age is null or least_age <= ${age}) and (most_age is null or most_age >= ${age})
    and (not exists (select from services.served where served.area = ${area} and served.service = service.id)
      or ${outward === null} or exists (select from services.served where served.area = ${area}
        and served.service = service.id and case served.kind when 'country' then served.code = any(${[...countries]}::text[])
          when 'council' then served.code = any(${[...councils]}::text[])
          when 'board' then served.code in (select board from places.board_code where ons = any(${[...boards]}::text[]))
          else served.code = ${outward ?? ''} end))`
}

// Hours of a date's own stand before those of an ordinary week; they are in the document alone, since few have any.
function isOpenAt(area: string, now: Temporal.Instant): Sql {
  const local = now.toZonedDateTimeISO('Europe/London')
  const clock = local.toPlainTime().toString({ smallestUnit: 'minute' })
  const [today, yesterday, day] = [local.dayOfWeek, ((local.dayOfWeek + 5) % 7) + 1, local.toPlainDate().toString()]
  const others = sql`from jsonb_array_elements(listed.document -> 'otherHours') as other
    where other ->> 'from' <= ${day} and other ->> 'until' >= ${day}`
  const hour = hourOfWeek(local.dayOfWeek, local.hour)
  // To the minute only where it is not open for all of this hour: that is read from the wide rows.
  return sql`(get_bit(service.whole_hours, ${hour}::integer) = 1 or exists (select from services.service as listed
    where listed.area = ${area} and listed.id = service.id and case when exists (select ${others})
      then exists (select ${others} and other ->> 'opens' <= ${clock} and coalesce(other ->> 'closes' > ${clock}, true))
      else exists (select from services.opening where opening.area = ${area} and opening.service = listed.id and (
        (day = ${today} and opens <= ${clock}::time and (closes > ${clock}::time or closes <= opens))
        or (day = ${yesterday} and closes <= opens and closes > ${clock}::time))) end))`
}
