import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Db } from '#platform/database/transaction.ts'
import { workStandings } from '#registers/listing/rules.ts'
import { decisionName, heldBy, type Intensive, type LocalEntry, neededBy, nothingDecided, referring } from './rules.ts'

const words = z.string().min(1)
const day = z.iso
  .date()
  .nullable()
  .transform((on) => (on === null ? null : Temporal.PlainDate.from(on)))
// Checked: the keys of a code list are its codes.
const codeOf = <List extends object>(list: List) => z.enum(Object.keys(list) as [keyof List & string])

const rule = z.strictObject({
  ...{ code: words, fromOn: day, untilOn: day, source: words, by: codeOf(heldBy), label: words, ask: words },
  ...{ leaves: words.nullable().default(null), about: z.enum(['health', 'benefits']).nullable().default(null) },
  ...{ least: z.number().int().nullable().default(null), works: z.array(codeOf(workStandings)).default([]) },
  ...{ orAsked: z.boolean().default(false), countries: z.array(words).default([]) },
})
const need = z.strictObject({
  ...{ code: words, by: codeOf(neededBy), source: words, label: words, hint: words.nullable().default(null) },
})
const shape = z.strictObject({
  about: words,
  sources: z.record(words, z.strictObject({ title: words, url: z.url().nullable(), on: day, licence: words })),
  programmes: z.array(
    z.strictObject({
      ...{ code: words, service: z.uuid(), name: words, summary: words, refers: codeOf(referring) },
      ...{ notice: words.nullable().default(null), rules: z.array(rule).min(1), needs: z.array(need).min(1) },
    }),
  ),
})

const file = fileURLToPath(new URL('../../../data/programmes/intensive.json', import.meta.url))
let supplied: readonly Intensive[] | undefined

/** The intensive programmes as they stand in data/, each rule with what it is based on. */
export function listIntensive(): readonly Intensive[] {
  supplied ??= read()
  return supplied
}

function read(): Intensive[] {
  const { sources, programmes } = shape.parse(JSON.parse(readFileSync(file, 'utf8')))
  const withSource = <One extends Readonly<{ source: string }>>(one: One) => {
    const source = sources[one.source]
    if (!source) throw new Error(`data/programmes/intensive.json names the source “${one.source}” and does not have it`)
    return { ...one, source }
  }
  return programmes.map((one) => ({ ...one, rules: one.rules.map(withSource), needs: one.needs.map(withSource) }))
}

/** One intensive programme by its code. */
export const findIntensive = (code: string): Intensive | undefined => listIntensive().find((one) => one.code === code)

const decided = z.object({
  leastAge: z.number().nullable(),
  works: z.array(codeOf(workStandings)),
  councils: z.array(z.string()),
  needs: z.array(z.string()),
})

/** What a decision of an area holds, as it was kept. */
export const localFrom = (value: unknown): LocalEntry => decided.parse(value)

/** What an area decided about each programme that is in force on a day, by the code of the programme. */
export async function listLocalEntry(db: Db, area: string, on: Temporal.PlainDate) {
  const rows = await db
    .selectFrom('areas.setting')
    .distinctOn('name')
    .select(['name', 'value'])
    .where('area', '=', area)
    .where(
      'name',
      'in',
      listIntensive().map(({ code }) => decisionName(code)),
    )
    .where('from_on', '<=', on)
    .orderBy('name')
    .orderBy('from_on', 'desc')
    .orderBy('set_at', 'desc')
    .execute()
  const known = new Map(rows.map(({ name, value }) => [name, localFrom(value)]))
  return (code: string): LocalEntry => known.get(decisionName(code)) ?? nothingDecided
}
