import { type RawBuilder, sql } from 'kysely'
import { dayOf } from '#platform/dates.ts'
import { type Around, cosineOf, milesInDegree, squaresAround } from '#registers/around/rules.ts'
import { hourOfWeek, type Mark, markNumber } from '#registers/marks/rules.ts'
import type { Sought } from '#registers/meaning/store.ts'
import type { ServiceState } from '#registers/services/rules.ts'
import { marksWanted, mostFound, type Seeker, type Sifting, usualMiles } from './rules.ts'

type Sql = RawBuilder<unknown>
type Words = Readonly<{ sought: readonly Sought[]; wide: boolean }>

const cut = sql`limit ${sql.lit(mostFound + 1)}`
const all = (conditions: readonly (Sql | false)[]) =>
  sql`${sql.join([sql`true`, ...conditions.filter((one) => one !== false)], sql` and `)}`
const bits = (marks: Iterable<Mark>) => sql`${markNumber(marks)}::bigint`

// `offset 0` keeps each look a look of its own. Planned once for all values, the database would otherwise read a whole table
// and compare each row with all that is looked for.

/**
 * The services that come into question, up to a thousand and one, with how well the words fit and how far they are.
 * Everything is narrowed down while indexes are read, by the bits that stand in each of them: the wide rows of services
 * are read for these few alone.
 */
export function listCandidates(sifting: Sifting, words: Words): Sql {
  const { around } = sifting
  if (words.sought.length > 0) return withWords(sifting, words)
  if (!around) return sql`select service, 0 as tier, null::float8 as miles from (${everywhere(sifting)}) as one`
  // What is done by phone or online is as near as any.
  return sql`select service, 0 as tier, miles from (
    (select service, miles from (${nearTo(sifting, around)}) as near order by miles ${cut})
    union all
    (select service, null from (${everywhere(sifting, sql`not located`)}) as remote)) as there`
}

function withWords(sifting: Sifting, words: Words): Sql {
  const { around, wanted } = sifting
  const near = around ? sql`left join (${nearTo(sifting, around)}) as near on near.service = hit.service` : sql``
  const reached = around ? sql`(near.service is not null or hit.marks & ${bits(['remote'])} <> 0)` : false
  return sql`select hit.service, hit.tier, ${around ? sql`near.miles` : sql`null::float8`} as miles
    from (${hitBy(sifting, words)}) as hit ${near}
    where ${all([reached, timely(sifting, sql`hit.service`, sql`hit.marks`)])}
    order by ${wanted.order === 'nearest' && around ? sql`near.miles, ` : sql``}hit.tier desc,
      hit.marks & ${bits(['dated'])}, hit.service ${cut}`
}

/** Which services have the words, each stem a bit of what was found in them, and where they have them. */
function hitBy(sifting: Sifting, { sought, wide }: Words): Sql {
  const ways = sought.map(({ own, others }) => [own, ...(wide ? others : [])])
  const stems = [...new Set(ways.flat(2))].slice(0, 62)
  const mask = (some: readonly string[]) =>
    sql`${some.reduce((sum, stem) => sum | (1n << BigInt(Math.max(0, stems.indexOf(stem)))), 0n).toString()}::bigint`
  const own = mask(sought.flatMap((part) => part.own))
  const has = (some: readonly string[]) => sql`found & ${mask(some)} = ${mask(some)}`
  const each = ways.map((way) => sql`(${sql.join(way.map(has), sql` or `)})`)
  return sql`select service, marks, case when named & ${own} = ${own} then 4 when called & ${own} = ${own} then 3
      when found & ${own} = ${own} then 2 else 1 end as tier
    from (select word.service, max(word.marks) as marks, bit_or(stem.bit) as found,
        bit_or(case when word.weight >= 2 then stem.bit else 0 end) as called,
        bit_or(case when word.weight = 3 then stem.bit else 0 end) as named
      from unnest(${stems.map(beginOf)}::text[], ${stems.map(endOf)}::text[], ${stems.map((_, place) => (1n << BigInt(place)).toString())}::bigint[])
        as stem(since, until, bit)
      cross join lateral (select service, weight, marks from services.word where word.area = ${sifting.area}
        and word.word >= stem.since and word.word < stem.until and ${suits(sifting, sql`word.marks`)} offset 0) as word
      group by word.service) as one
    where ${sql.join(each, sql` and `)}`
}

// What begins with a word stands between it and the word followed by the last of all characters.
const beginOf = (stem: string) => stem.replace(/\*$/, '')
const endOf = (stem: string) => (stem.endsWith('*') ? `${beginOf(stem)}\u{10FFFF}` : `${stem}\u0001`)

/** Services that are near, each with the miles to the nearest of its locations; none where these are not known. */
function nearTo(sifting: Sifting, { middle, outward, typed }: Around): Sql {
  const { area, wanted } = sifting
  const inside = { outward: sql`location.outward = ${outward}`, town: townBegins(typed) }
  const named = sql`select at.service, null::float8 as miles from services.location
    join services.at_location as at on at.area = ${area} and at.location = location.id
    join services.service on service.area = ${area} and service.id = at.service
    where location.area = ${area} and ${outward === null ? inside.town : inside.outward}
      and ${suits(sifting, sql`service.marks`)} and ${timely(sifting, sql`at.service`) || sql`true`}`
  if (!middle) return sql`select distinct service, miles from (${named}) as there`
  const miles = wanted.within === null ? usualMiles : Number(wanted.within)
  const { from, until } = squaresAround(middle, miles)
  const [up, along] = [
    sql`(near.latitude - ${middle.latitude}::float8)`,
    sql`((near.longitude - ${middle.longitude}::float8) * ${cosineOf(middle.latitude)}::float8)`,
  ]
  return sql`select service, min(miles) as miles from (
      (select near.service, ${milesInDegree}::float8 * sqrt(${up} * ${up} + ${along} * ${along}) as miles
      from unnest(${from}::integer[], ${until}::integer[]) as squares(since, until)
      cross join lateral (select near.service, near.latitude, near.longitude from services.near where near.area = ${area}
        and near.cell >= squares.since and near.cell <= squares.until
        and ${all([suits(sifting, sql`near.marks`), timely(sifting, sql`near.service`, sql`near.marks`)])} offset 0) as near)
      union all (select service, miles from (${named} and location.latitude is null) as there)) as each
    where miles is null or miles <= ${miles} group by service`
}

const townBegins = (typed: string) => {
  const town = typed.trim().toLowerCase()
  return sql`lower(location.town) collate "C" >= ${town} and lower(location.town) collate "C" < ${`${town}\u{10FFFF}`}`
}

/** Services without looking at words or places, in the order of their names or waits, whose indexes say all that is asked. */
function everywhere(sifting: Sifting, more: Sql | false = false): Sql {
  const { area, wanted, now, published } = sifting
  const byWait = wanted.order === 'wait' && more === false
  return sql`select service.id as service from services.service where service.area = ${area} and ${all([
    suits(sifting, sql`service.marks`),
    more,
    published && sql`service.published`,
    wanted.state !== null && isStanding(wanted.state, dayOf(now)),
    wanted.open && isOpenIn(now),
  ])} order by ${byWait ? sql`service.wait_weeks, ` : sql``}service.name_key, service.id ${cut}`
}

/** Whether a row with these marks has all that is asked, and room where that is. */
function suits({ wanted, for: person }: Sifting, marks: Sql): Sql {
  const asked = bits([...marksWanted(wanted), ...(person?.work ? [person.work] : [])])
  return all([sql`${marks} & ${asked} = ${asked}`, wanted.room && sql`${marks} & ${bits(['places', 'few'])} <> 0`])
}

/** Whether a service stands, and is open, as is asked; most have no days and are open for that alone. */
function timely({ area, wanted, now }: Sifting, service: Sql, marks?: Sql): Sql | false {
  const asked = [wanted.state !== null && isStanding(wanted.state, dayOf(now)), wanted.open && isOpenIn(now)]
  if (asked.every((one) => one === false)) return false
  const there = sql`exists (select from services.service where service.area = ${area} and service.id = ${service}
    and ${all(asked)})`
  const always = marks !== undefined && wanted.state === 'open' && !wanted.open
  return always ? sql`(${marks} & ${bits(['dated'])} = 0 or ${there})` : there
}

function isOpenIn(now: Temporal.Instant): Sql {
  const local = now.toZonedDateTimeISO('Europe/London')
  return sql`get_bit(service.hours, ${hourOfWeek(local.dayOfWeek, local.hour)}::integer) = 1`
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
  const others = sql`from jsonb_array_elements(service.document -> 'otherHours') as other
    where other ->> 'from' <= ${day} and other ->> 'until' >= ${day}`
  return sql`case when exists (select ${others})
    then exists (select ${others} and other ->> 'opens' <= ${clock} and coalesce(other ->> 'closes' > ${clock}, true))
    else exists (select from services.opening where opening.area = ${area} and opening.service = service.id and (
      (day = ${today} and opens <= ${clock}::time and (closes > ${clock}::time or closes <= opens))
      or (day = ${yesterday} and closes <= opens and closes > ${clock}::time))) end`
}
