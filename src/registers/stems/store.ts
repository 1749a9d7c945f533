import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Sought } from '#registers/meaning/store.ts'

type Sql = RawBuilder<unknown>

/** What somebody looks for, as the words of the directory that are meant by it. */
export type Words = Readonly<{ sought: readonly Sought[]; wide: boolean; known: Known }>

/** The words of the directory that begin with a stem, where a stem may go on. */
type Known = ReadonlyMap<string, readonly string[]>

/** How a row of services with a word is narrowed down, by what stands in the indexes; nothing where it is not. */
export type Fits = (row: Sql) => Sql | false

// More words than these begin alike only where hardly a letter was typed.
const mostWords = 40

// What begins with a word stands between it and the word followed by the last of all characters.
const beginOf = (stem: string) => stem.replace(/\*$/, '')
const endOf = (stem: string) => (stem.endsWith('*') ? `${beginOf(stem)}\u{10FFFF}` : `${stem}\u0001`)

/** Which words of the directory are meant by what somebody looks for: those that go on from a stem, where there are few. */
export async function listWordsOf(db: Db, area: string, sought: readonly Sought[]): Promise<Known> {
  const stems = [...new Set(sought.flatMap(({ own, others }) => [...own, ...others.flat()]))]
  const open = stems.filter((stem) => stem.endsWith('*'))
  const known = new Map<string, readonly string[]>(stems.map((stem) => [stem, [beginOf(stem)]]))
  if (open.length === 0) return known
  // From each word to the next, which costs as many looks as there are words and not as there are services.
  const { rows } = await sql<{ stem: string; words: string[] }>`
    select stem.stem, array(with recursive one as (
        (select word from services.word where area = ${area} and word >= stem.since and word < stem.until
          order by word limit 1)
        union all
        select (select word from services.word where area = ${area} and word > one.word and word < stem.until
          order by word limit 1) from one where one.word is not null)
      select word from one where word is not null limit ${mostWords + 1}) as words
    from unnest(${open}::text[], ${open.map(beginOf)}::text[], ${open.map(endOf)}::text[]) as stem(stem, since, until)`.execute(
    db,
  )
  for (const { stem, words } of rows) known.set(stem, words)
  return known
}

/**
 * The services that have the words, each with how well: 4 where all stand in its name, 3 in what else it is called, 2 in
 * its text, 1 where it says the same in other words. One may come several times, the best of which counts.
 */
export function listHaving(area: string, { sought, wide, known }: Words, fits: Fits): Sql {
  const parts = sought.map(({ own, others }) => [own, ...(wide ? others : [])])
  const ways = parts.map((part) =>
    part.map((stems, place) =>
      wayOf(
        stems.map((stem) => rowsOf(area, known, stem)),
        place === 0,
      ),
    ),
  )
  const joined = ways.map((part, place) => sql`(${sql.join(part, sql` union all `)}) as ${part_(place)}`)
  const tiers = parts.map((_, place) => sql`${part_(place)}.tier`)
  const first = part_(0)
  const same = sql.join(
    [sql`true`, ...parts.slice(1).map((_, place) => sql`${part_(place + 1)}.service = ${first}.service`)],
    sql` and `,
  )
  return sql`select ${first}.service, ${first}.marks, ${first}.hours, least(${sql.join(tiers)}) as tier
    from ${sql.join(joined)} where ${same} and ${fits(first) || sql`true`}`
}

const part_ = (place: number) => sql.ref(`part${place}`)

/** The services that have all stems of one way of saying it. */
function wayOf(rows: readonly Sql[], isOwn: boolean): Sql {
  const each = rows.map((row, place) => sql`(${row}) as ${sql.ref(`stem${place}`)}`)
  const weights = rows.map((_, place) => sql`${sql.ref(`stem${place}`)}.weight`)
  const same = rows.slice(1).map((_, place) => sql`${sql.ref(`stem${place + 1}`)}.service = stem0.service`)
  const tier = isOwn ? sql`least(${sql.join(weights)}) + 1` : sql`1`
  return sql`select stem0.service, stem0.marks, stem0.hours, ${tier} as tier
    from ${sql.join(each)} where ${sql.join([sql`true`, ...same], sql` and `)}`
}

/** Each word by itself where they are few: each is in the order of services, and how many say it is known. */
function rowsOf(area: string, known: Known, stem: string): Sql {
  const words = known.get(stem) ?? []
  const rows = sql`select service, weight, marks, hours from services.word where area = ${area}`
  if (words.length > mostWords) return sql`${rows} and word >= ${beginOf(stem)} and word < ${endOf(stem)}`
  return words.length === 1 ? sql`${rows} and word = ${words[0]}` : sql`${rows} and word = any(${[...words]}::text[])`
}

/** The one stem that is looked for as it stands, where there is no more. */
export function findOneStem({ sought, wide }: Words): string | undefined {
  const [one] = sought
  return sought.length === 1 && one?.own.length === 1 && !wide ? one.own[0] : undefined
}

/**
 * The best services that have one stem and are within reach, as `near` says it with the miles: level by level, so that where
 * many say it they are read only as far as it takes. A service may come several times, the best of which counts.
 */
export function listLevels(area: string, { stem, most }: Level, fits: Fits): Sql {
  const enough = sql`limit ${stem.endsWith('*') ? most * 3 : most}`
  return sql`select one.service, level.rank, level.tier, one.miles
    from unnest(array[6, 5, 4, 3, 2, 1], array[4, 4, 3, 3, 2, 2]) as level(rank, tier)
    cross join lateral (select word.service, near.miles from services.word left join near on near.service = word.service
      where word.area = ${area} and word.rank = level.rank and word.word >= ${beginOf(stem)} and word.word < ${endOf(stem)}
      and ${fits(sql.ref('word')) || sql`true`} ${enough} offset 0) as one ${enough}`
}

type Level = Readonly<{ stem: string; most: number }>

/** The best services that have one stem, up to so many: however many say it, no more are read. */
export function listBest(area: string, stem: string, { fits, most }: Readonly<{ fits: Fits; most: number }>): Sql {
  // A service may have several words that go on from a stem.
  const enough = sql`limit ${stem.endsWith('*') ? most * 3 : most}`
  return sql`select word.service, word.marks, level.tier
    from unnest(array[6, 5, 4, 3, 2, 1], array[4, 4, 3, 3, 2, 2]) as level(rank, tier)
    cross join lateral (select word.service, word.marks from services.word where word.area = ${area}
      and word.rank = level.rank and word.word >= ${beginOf(stem)} and word.word < ${endOf(stem)}
      and ${fits(sql.ref('word')) || sql`true`} ${enough} offset 0) as word ${enough}`
}
