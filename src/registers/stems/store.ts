import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { markNumber } from '#registers/marks/rules.ts'
import type { Sought } from '#registers/meaning/store.ts'
import {
  beginOf,
  endOf,
  fitting,
  isAny,
  type Known,
  type Meant,
  meant,
  mostOfFew,
  mostWords,
  partsOf,
  type Rarest,
  rarestFirst,
  rarestOf,
  type Ways,
  type Words,
} from './rules.ts'

type Sql = RawBuilder<unknown>

/** How a row of services with a word is narrowed down, by what stands in the indexes; nothing where it is not. */
export type Fits = (row: Sql) => Sql | false

/** How services are looked for: what they have to fit, whether by their `hours` too, whether among what is `near`, and how many. */
export type Search = Readonly<{ area: string; fits: Fits; hours: boolean; near: boolean; most: number }>

/** Which words of the directory are meant by what somebody looks for: those that go on from a stem, and whether many say them. */
export async function listWordsOf(db: Db, area: string, sought: readonly Sought[]): Promise<Known> {
  const stems = [...new Set(sought.flatMap(({ own, others }) => [...own, ...others.flat()]))]
  // From each word to the next, which costs as many looks as there are words and not as there are services.
  const { rows } = await sql<{ stem: string; word: string; services: number }>`
    select stem.stem, word.word, (select count(*)::integer from (select from services.word as there
      where there.area = ${area} and there.word = word.word limit ${mostOfFew + 1}) as counted) as services
    from unnest(${stems}::text[], ${stems.map(beginOf)}::text[], ${stems.map(endOf)}::text[]) as stem(stem, since, until)
    cross join lateral (with recursive one as (
        (select word from services.word where area = ${area} and word >= stem.since and word < stem.until
          order by word limit 1)
        union all
        select (select word from services.word where area = ${area} and word > one.word and word < stem.until
          order by word limit 1) from one where one.word is not null)
      select word from one where word is not null limit ${mostWords + 1}) as word`.execute(db)
  const found = Map.groupBy(rows, ({ stem }) => stem)
  return new Map(stems.map((stem) => [stem, meantBy(found.get(stem) ?? [])]))
}

function meantBy(words: readonly Readonly<{ word: string; services: number }>[]): Meant {
  const of = (isMany: boolean) =>
    words.filter(({ services }) => services > mostOfFew === isMany).map(({ word }) => word)
  return { many: of(true), few: of(false), services: words.reduce((sum, { services }) => sum + services, 0) }
}

/**
 * The services that have all the words, each with how well (see the rules): in its name, in what else it is called or in its
 * text. One may come several times, the best of which counts. Where hardly any say one of the words, the others are
 * looked up for these. Where many say each, they are read side by side in the order of services, level by level and no
 * further than it takes.
 */
export function listHaving(words: Words, search: Search): Sql {
  const { sought, known } = words
  const stems = sought.flatMap(({ own }) => own)
  const severalTimes = stems.some((stem) => meant(known, stem).many.length > 1)
  const level = (from: number, until: number) => {
    const rows = sideBySide({ stems, known, from, until }, search)
    return severalTimes
      ? sql`select distinct on (service) * from (${rows}) as each order by service, tier desc`
      : sql`${rows} order by 1`
  }
  const most = sql.lit(search.most)
  // One that is called so by one of several words may say another in its text, and would then be counted twice.
  const left = severalTimes
    ? sql`case when count(*) < ${most} then ${most} else 0 end`
    : sql`greatest(0, ${most} - count(*))`
  // Names are read by themselves only where more is called so than is wanted.
  return (
    listByRarest(words, search) ??
    sql`select * from (with called as materialized (${level(2, 3)} limit ${most}),
      names as materialized (${level(3, 3)} limit (select case when count(*) < ${most} then 0 else ${most} end from called)),
      texts as materialized (${level(1, 1)} limit (select ${left} from called))
      select * from names union all select * from called union all select * from texts) as best`
  )
}

/** The same, all of them, in no order. */
export function listAllHaving(words: Words, search: Search): Sql {
  const { sought, known } = words
  const stems = sought.flatMap(({ own }) => own)
  return listByRarest(words, search) ?? sideBySide({ stems, known, from: 1, until: 3 }, search)
}

/** The services that say it in other words, or partly, each with how well. Those that have just the words may be among them. */
export function listMeaning(words: Words, search: Search): Sql {
  const parts = partsOf(words)
  const rarest = listByRarest(words, search)
  if (rarest) return rarest
  const ways = parts.map((part) =>
    part.map((stems, place) => waySaid(search, words.known, { stems, isOwn: place === 0 })),
  )
  const joined = ways.map((part, place) => sql`(${sql.join(part, sql` union all `)}) as ${named('part', place)}`)
  const conditions = [search.fits(sql.ref('part0')), ...sameService('part', parts.length), reached(search, 'part0')]
  const tier = sql`least(${sql.join(parts.map((_, place) => sql`${named('part', place)}.tier`))})`
  return sql`select part0.service, part0.marks, ${tier} as tier, ${milesIn(search)} as miles
    from ${sql.join(joined, sql` cross join `)} ${joinNear(search, 'part0')}
    where ${allOf(conditions)} order by 1 limit ${search.most * 2}`
}

// Beside the weight of the place in which it stands.
const ownFits = sql.lit(fitting.own.text - fitting.other.text)
const named = (what: string, place: number) => sql.ref(`${what}${place}`)
const worstOf = (stems: readonly string[]) =>
  sql`least(${sql.join(stems.map((_, place) => sql`${named('stem', place)}.weight`))})`
const allOf = (conditions: readonly (Sql | false)[]) =>
  sql`${sql.join([sql`true`, ...conditions.filter((one) => one !== false)], sql` and `)}`
const sameService = (what: string, count: number) =>
  Array.from({ length: count - 1 }, (_, place) => sql`${named(what, place + 1)}.service = ${named(what, 0)}.service`)

const milesIn = ({ near }: Search) => (near ? sql`near.miles` : sql`null::float8`)
const joinNear = ({ near }: Search, row: string) =>
  near ? sql`left join near on near.service = ${sql.ref(row)}.service` : sql``
const reached = ({ near }: Search, row: string) =>
  near && sql`(near.service is not null or ${sql.ref(row)}.marks & ${markNumber(['remote'])}::bigint <> 0)`

type Beside = Readonly<{ stems: readonly string[]; known: Known; from: number; until: number }>

/** Services with all stems, by the worst of where these stand: 3 is the name, 2 what else it is called, 1 the text. */
function sideBySide({ stems, known, from, until }: Beside, search: Search): Sql {
  const each = stems.map(
    (stem, place) =>
      sql`(${rowsOf(search, meant(known, stem), { stem, level: from, isFirst: place === 0 })}) as ${named('stem', place)}`,
  )
  const weight = worstOf(stems)
  const conditions = [
    ...[search.fits(sql.ref('stem0')), ...sameService('stem', stems.length), reached(search, 'stem0')],
    until < 3 && sql`${weight} = ${sql.lit(until)}`,
  ]
  return sql`select stem0.service, stem0.marks, ${weight} + ${ownFits} as tier, ${milesIn(search)} as miles
    from ${sql.join(each, sql` cross join `)} ${joinNear(search, 'stem0')} where ${allOf(conditions)}`
}

/** One way of saying something, in the order of services. */
function waySaid(
  search: Search,
  known: Known,
  { stems, isOwn }: Readonly<{ stems: readonly string[]; isOwn: boolean }>,
) {
  const each = stems.map(
    (stem, place) =>
      sql`(${rowsOf(search, meant(known, stem), { stem, level: 1, isFirst: place === 0 })}) as ${named('stem', place)}`,
  )
  return sql`(select stem0.service, ${worstOf(stems)}${isOwn ? sql` + ${ownFits}` : sql``} as tier, stem0.marks${search.hours ? sql`, stem0.hours` : sql``} from ${sql.join(each, sql` cross join `)}
    where ${allOf(sameService('stem', stems.length))} order by 1)`
}

type Rows = Readonly<{ stem: string; level: number; isFirst: boolean }>

// Each level is an index of its own in the order of services.
const levelIs: Readonly<Record<number, Sql>> = { 3: sql`and weight = 3`, 2: sql`and weight >= 2` }

/**
 * What many say stands in an index in the order of services; the rest is put in that order. The first says by what it is
 * narrowed down, the others only where they stand: read from a narrow index, that costs half.
 */
function rowsOf({ area, hours }: Search, words: Meant, { stem, level, isFirst }: Rows): Sql {
  const narrowed = isFirst ? sql`, marks${hours ? sql`, hours` : sql``}` : sql``
  const rows = (which: Sql) =>
    sql`select service, weight${narrowed} from services.word where area = ${area} ${which} ${levelIs[level] ?? sql``}`
  if (isAny(words)) return rows(sql`and word >= ${beginOf(stem)} and word < ${endOf(stem)}`)
  const parts = [
    ...words.many.map((word) => rows(sql`and word = ${word}`)),
    ...(words.few.length > 0 ? [rows(sql`and word = any(${[...words.few]}::text[])`)] : []),
  ]
  if (parts.length === 0) return rows(sql`and false`)
  const [only] = parts
  if (parts.length === 1 && only) return only
  return sql.join(
    parts.map((part) => sql`(${part} order by service)`),
    sql` union all `,
  )
}

/** Every other word is looked up for the services that have the rarest, where these are few; nothing where they are not. */
function listByRarest(words: Words, search: Search): Sql | undefined {
  const { known } = words
  const parts = partsOf(words)
  const rarest = rarestOf(parts, known)
  if (rarest === undefined) return undefined
  const begun = sql`select service, marks, weight, ${sql.lit(fitting.own.name)} as tier from services.word as begun where area = ${search.area}
    and word = any(${rarest.words}::text[]) and ${search.fits(sql.ref('begun')) || sql`true`}`
  // One after the other, what fewest say first: what has no tier any more is looked up no further.
  const tiers = rarestFirst(known, parts).reduce(
    (rows, ways) => sql`select begun.service, begun.marks, begun.weight,
      least(begun.tier, ${tierOf(search.area, ways, rarest)}) as tier from (${rows}) as begun where begun.tier > 0 offset 0`,
    begun,
  )
  return sql`select one.service, one.marks, one.tier, ${milesIn(search)} as miles from (${tiers}) as one
    ${joinNear(search, 'one')} where one.tier > 0 and ${allOf([reached(search, 'one')])}`
}

/** How well a service says one part, in whichever way it does so best; 0 where it does not. */
function tierOf(area: string, ways: Ways, rarest: Rarest): Sql {
  const weight = (stem: string) =>
    stem === rarest.stem
      ? sql`begun.weight`
      : sql`coalesce((select max(there.weight) from services.word as there where there.area = ${area}
      and there.service = begun.service and there.word >= ${beginOf(stem)} and there.word < ${endOf(stem)}), 0)`
  const [own = [], ...others] = ways.map((stems) => sql`least(${sql.join(stems.map(weight))})`)
  return sql`greatest(nullif(${own}, 0) + ${ownFits}, ${sql.join([...others, sql`0`])})`
}

/**
 * The best services that have one stem and are within reach, as `near` says it with the miles: level by level, so that where
 * many say it they are read only as far as it takes. A service may come several times, the best of which counts.
 */
export function listLevels(area: string, { stem, most }: Level, fits: Fits): Sql {
  const enough = sql`limit ${most}`
  return sql`select one.service, level.rank, level.tier, one.miles
    from unnest(array[6, 5, 4, 3, 2, 1], array[6, 6, 5, 5, 4, 4]) as level(rank, tier)
    cross join lateral (select word.service, near.miles from services.word left join near on near.service = word.service
      where word.area = ${area} and word.rank = level.rank and word.word >= ${beginOf(stem)} and word.word < ${endOf(stem)}
      and ${fits(sql.ref('word')) || sql`true`} ${enough} offset 0) as one ${enough}`
}

/** A stem, and how many rows are read of it. */
type Level = Readonly<{ stem: string; most: number }>

/** The best services that have one stem, up to so many: however many say it, no more are read. */
export function listBest(area: string, { stem, most }: Level, fits: Fits): Sql {
  const enough = sql`limit ${most}`
  return sql`select word.service, word.marks, level.tier, null::float8 as miles
    from unnest(array[6, 5, 4, 3, 2, 1], array[6, 6, 5, 5, 4, 4]) as level(rank, tier)
    cross join lateral (select word.service, word.marks from services.word where word.area = ${area}
      and word.rank = level.rank and word.word >= ${beginOf(stem)} and word.word < ${endOf(stem)}
      and ${fits(sql.ref('word')) || sql`true`} ${enough} offset 0) as word ${enough}`
}
