import { type RawBuilder, sql } from 'kysely'
import { markNumber } from '#registers/marks/rules.ts'
import { beginOf, endOf, mostOfFew } from '#registers/stems/rules.ts'
import { type Fits, listBest, type Search } from '#registers/stems/store.ts'
import { type OneWord, tells, wordsSaid } from './rules.ts'

type Sql = RawBuilder<unknown>

/**
 * The services that say some of the words, each with which: those that say most of them first, and of these what says the
 * rarest, or says it in its name. What few say is read whole; of what many say no more than the best are looked at, and it is
 * looked up for what says another: however often a word is said, it costs no more.
 */
export function listSayingSome(words: readonly OneWord[], search: Search): Sql {
  const { area, fits, near, most } = search
  const remote = sql`${markNumber(['remote'])}::bigint`
  const within: Fits = (row) =>
    near
      ? sql`${fits(row) || sql`true`} and (${row}.marks & ${remote} <> 0
        or ${row}.service in (select near.service from near))`
      : fits(row)
  const said = words.map((word, place): Said => ({ ...word, bit: 2 ** place })).filter(({ services }) => services > 0)
  const [few, often] = [
    said.filter(({ services }) => services <= mostOfFew),
    said.filter(({ services }) => services > mostOfFew),
  ]
  const best = (stem: string) => ({ stem, most: Math.ceil(most / said.length) * (stem.endsWith('*') ? 3 : 1) })
  const begun = [
    sql`(select service from few group by service order by count(*) desc, sum(telling) desc, service limit ${most})`,
    ...often.map(({ stem }) => sql`(select service from (${listBest(area, best(stem), within)}) as one)`),
  ]
  return sql`with few as materialized (select there.service, said.bit, said.telling * (max(there.weight) + 1) as telling
      from ${asRows(few)} cross join lateral (select word.service, word.weight from services.word where word.area = ${area}
        and word.word >= said.since and word.word < said.until and ${within(sql.ref('word')) || sql`true`} offset 0) as there
      group by there.service, said.bit, said.telling),
    begun as materialized (${sql.join(begun, sql` union `)})
    select one.service, (${sql.lit(wordsSaid)} * one.number + least(${sql.lit(wordsSaid - 1)}, 4 * one.telling))::integer as tier,
      one.bits as says, ${near ? sql`near.miles` : sql`null::float8`} as miles
    from (select service, count(*)::integer as number, sum(bit)::integer as bits, sum(telling) as telling
      from (select few.service, few.bit, few.telling from few join begun on begun.service = few.service
        union all select begun.service, said.bit, said.telling * (there.weight + 1) from begun cross join ${asRows(often)}
        cross join lateral (select max(word.weight) as weight from services.word where word.area = ${area}
          and word.service = begun.service and word.word >= said.since and word.word < said.until offset 0) as there
        where there.weight is not null) as each group by service) as one
    ${near ? sql`left join near on near.service = one.service` : sql``}`
}

type Said = OneWord & Readonly<{ bit: number }>

const asRows = (words: readonly Said[]) =>
  sql`unnest(${words.map(({ stem }) => beginOf(stem))}::text[], ${words.map(({ stem }) => endOf(stem))}::text[],
    ${words.map(({ bit }) => bit)}::integer[], ${words.map(tells)}::float8[]) as said(since, until, bit, telling)`
