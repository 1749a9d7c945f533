import { type RawBuilder, sql } from 'kysely'
import type { Db } from './transaction.ts'

/**
 * Many rows for one `insert … select`, sent as one parameter: many times faster than a list of values, and without their
 * limit of 65,535 parameters. Columns that are the same in all rows stand in `same` and are sent once. As json and not
 * jsonb, and without what is empty: half the work for the database.
 */
export function manyRows(
  table: string,
  columns: readonly string[],
  rows: readonly object[],
  same: object = {},
): RawBuilder<never> {
  const named = sql.join(columns.map((column) => sql.ref(column)))
  const all = JSON.stringify(written(same))
  const each = JSON.stringify(rows.map(written))
  const usual = sql`json_populate_record(null::${sql.table(table)}, ${all}::json)`
  return sql<never>`select ${named} from json_populate_recordset(${usual}, ${each}::json)`
}

function written(row: object): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(row)) {
    if (value === null) continue
    const isMoment = value instanceof Temporal.Instant || value instanceof Temporal.PlainDate
    kept[name] = isMoment ? textOf(value) : value
  }
  return kept
}

// The same few moments and days stand in many rows, and writing one out is slow.
const texts = new WeakMap<Temporal.Instant | Temporal.PlainDate, string>()

function textOf(moment: Temporal.Instant | Temporal.PlainDate): string {
  const known = texts.get(moment)
  if (known !== undefined) return known
  const text = moment.toString()
  texts.set(moment, text)
  return text
}

/**
 * Lets the database count tables that have grown much, in a transaction of its own. Until it has, it looks rows up as it
 * chose to when there were hardly any, and becomes slower with each that is added.
 */
export async function takeStock(db: Db): Promise<void> {
  await sql`select platform.take_stock()`.execute(db)
}

/**
 * Lets a schema take back what a batch brought of these records; gives those that are gone. The application may delete
 * nothing that happened: each schema offers this one function, which looks at what a batch brought and nothing else.
 */
export async function takeBack(db: Db, schema: string, area: string, ...records: readonly (readonly string[])[]) {
  const lists = sql.join(records.map((ids) => sql`${[...ids]}::uuid[]`))
  const { rows } = await sql<{
    gone: string[]
  }>`select ${sql.id(schema, 'take_back')}(${area}, ${lists}) as gone`.execute(db)
  return rows[0]?.gone ?? []
}

/** What is taken back of a stage: everything of these episodes, and these rows of other ones. */
export type TakenBack = Readonly<{ area: string; episodes: readonly string[]; facts: readonly string[] }>
