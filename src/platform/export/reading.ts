import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { unseen } from '#platform/notify/unseen.ts'
import type { Key, Way } from './rules.ts'

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

/** The keys between tables that areas own, each by the one column that it has beside the area. */
export async function listKeys(db: Db): Promise<Key[]> {
  const { rows } = await sql<Readonly<Record<'from' | 'fromColumn' | 'to' | 'toColumn', string>>>`
    select replace(child.oid::regclass::text, '"', '') as from, own.attname::text as "fromColumn",
      replace(parent.oid::regclass::text, '"', '') as to, theirs.attname::text as "toColumn"
    from pg_constraint k join pg_class child on child.oid = k.conrelid join pg_class parent on parent.oid = k.confrelid
    cross join lateral unnest(k.conkey, k.confkey) as pair (ours, others)
    join pg_attribute own on own.attrelid = child.oid and own.attnum = pair.ours
    join pg_attribute theirs on theirs.attrelid = parent.oid and theirs.attnum = pair.others
    where k.contype = 'f' and array_length(k.conkey, 1) = 2 and own.attname <> 'area'
    order by 1, 2`.execute(db)
  return rows.map(({ from, fromColumn, to, toColumn }) => ({
    from: { table: from, column: fromColumn },
    to: { table: to, column: toColumn },
  }))
}

/** Which rows of a table are about these people, as a condition on the rows named `one`. */
export function isAboutPeople(
  table: string,
  { ways, people, area }: Readonly<{ ways: ReadonlyMap<string, Way>; people: RawBuilder<unknown>; area: string }>,
): RawBuilder<boolean> {
  const way = ways.get(table)
  if (way === undefined) return sql<boolean>`false`
  const column = sql.ref(`one.${way.column}`)
  if (way.of === 'people') return sql<boolean>`${column} in (${people})`
  const { table: parent, column: named } = way.of
  return sql<boolean>`${column} in (select ${sql.ref(`one.${named}`)} from ${sql.table(parent)} as one
    where one.area = ${sql.lit(area)} and ${isAboutPeople(parent, { ways, people, area })})`
}

/** Which rows of a table are exported where all of an area are: no message of which nobody of the service sees anything. */
export const seenBySomebody = ({ schema, name }: Pick<OwnedTable, 'schema' | 'name'>) =>
  `${schema}.${name}` === 'notify.message' ? sql<boolean>`one.kind not like ${sql.lit(`${unseen}%`)}` : undefined

const atOnce = 1000

/** Gives the rows of an area in one table, some at a time, each value as the database writes it; null where there is none. */
export async function* readRows(
  db: Db,
  { schema, name, columns }: OwnedTable,
  { area, which = sql<boolean>`true` }: Readonly<{ area: string; which?: RawBuilder<boolean> | undefined }>,
) {
  const cells = sql.join(columns.map((column) => sql`${sql.ref(`one.${column}`)}::text`))
  await sql`declare rows_of_area cursor for select array[${cells}] as cells
    from ${sql.table(`${schema}.${name}`)} as one where one.area = ${sql.lit(area)} and ${which}`.execute(db)
  for (;;) {
    const { rows } = await sql<{ cells: readonly (string | null)[] }>`
      fetch forward ${sql.lit(atOnce)} from rows_of_area`.execute(db)
    yield rows.map(({ cells: row }) => row)
    if (rows.length < atOnce) break
  }
  await sql`close rows_of_area`.execute(db)
}
