import { type RawBuilder, sql } from 'kysely'

/**
 * Many rows for one `insert … select`, sent as one parameter. Some ten times faster than a list of values, and without
 * their limit of 65,535 parameters.
 */
export function manyRows(table: string, columns: readonly string[], rows: readonly object[]): RawBuilder<never> {
  const named = sql.join(columns.map((column) => sql.ref(column)))
  return sql<never>`select ${named} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)`
}
