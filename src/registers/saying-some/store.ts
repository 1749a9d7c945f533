import { type RawBuilder, sql } from 'kysely'
import { markNumber } from '#registers/marks/rules.ts'
import { beginOf, endOf } from '#registers/stems/rules.ts'
import { type Fits, listBest, type Search } from '#registers/stems/store.ts'
import { type OneWord, tells, wordsSaid } from './rules.ts'

type Sql = RawBuilder<unknown>

/**
 * The services that say some of the words, each with which: those that say most of them first, and of these what says the
 * rarest, or says it in its name. Of each word no more than the best are looked at, and what else they say is looked up for
 * these alone: however often a word is said, it costs no more.
 */
export function listSayingSome(words: readonly OneWord[], search: Search): Sql {
  const { area, fits, near, most } = search
  const remote = sql`${markNumber(['remote'])}::bigint`
  const within: Fits = (row) =>
    near
      ? sql`${fits(row) || sql`true`} and (${row}.marks & ${remote} <> 0
        or ${row}.service in (select near.service from near))`
      : fits(row)
  const found = words.filter(({ services }) => services > 0)
  const best = { fits: within, most: Math.ceil(most / found.length) }
  const each = found.map(({ stem }) => sql`(select service from (${listBest(area, stem, best)}) as one)`)
  const value = words.map((word) => tells(word))
  return sql`with begun as materialized (select distinct service from (${sql.join(each, sql` union all `)}) as one)
    select one.service, (${sql.lit(wordsSaid)} * one.number + least(${sql.lit(wordsSaid - 1)}, 4 * one.telling))::integer as tier,
      one.bits as says, ${near ? sql`near.miles` : sql`null::float8`} as miles
    from (select begun.service, count(*)::integer as number, sum(said.bit)::integer as bits,
        sum(said.telling * (there.weight + 1)) as telling
      from begun cross join unnest(${words.map(({ stem }) => beginOf(stem))}::text[], ${words.map(({ stem }) => endOf(stem))}::text[],
        ${words.map((_, place) => 2 ** place)}::integer[], ${value}::float8[]) as said(since, until, bit, telling)
      cross join lateral (select max(word.weight) as weight from services.word where word.area = ${area}
        and word.service = begun.service and word.word >= said.since and word.word < said.until offset 0) as there
      where there.weight is not null group by begun.service) as one
    ${near ? sql`left join near on near.service = one.service` : sql``}`
}
