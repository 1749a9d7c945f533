import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'

/** A table of which an area owns rows, with what it means and its columns in order. */
export type OwnedTable = Readonly<{ schema: string; name: string; means: string | null; columns: readonly string[] }>

/** Every table that belongs to areas, as the database itself knows them: one that is added later is among them. */
export async function listOwnedTables(db: Db): Promise<OwnedTable[]> {
  const { rows } = await sql<OwnedTable>`
    select n.nspname as schema, c.relname as name, obj_description(c.oid, 'pg_class') as means,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        order by a.attnum) as columns
    from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
    where p.polname = 'own_area' order by 1, 2`.execute(db)
  return rows
}

const atOnce = 1000

/** Gives the rows of an area in one table, some at a time, each value as the database writes it; null where there is none. */
export async function* readRows(db: Db, { schema, name, columns }: OwnedTable, area: string) {
  const cells = sql.join(columns.map((column) => sql`${sql.ref(`one.${column}`)}::text`))
  await sql`declare rows_of_area cursor for select array[${cells}] as cells
    from ${sql.table(`${schema}.${name}`)} as one where one.area = ${sql.lit(area)}`.execute(db)
  for (;;) {
    const { rows } = await sql<{ cells: readonly (string | null)[] }>`
      fetch forward ${sql.lit(atOnce)} from rows_of_area`.execute(db)
    yield rows.map(({ cells: row }) => row)
    if (rows.length < atOnce) break
  }
  await sql`close rows_of_area`.execute(db)
}
