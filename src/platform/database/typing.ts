import type pg from 'pg'

const columns = `
  select n.nspname as schema, c.relname as table, a.attname as column, t.typname as type, a.attnotnull as "notNull",
    (a.atthasdef or a.attidentity <> '' ) as "hasDefault", a.attgenerated <> '' as generated
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p', 'v')
  join pg_namespace n on n.oid = c.relnamespace
  join pg_type t on t.oid = a.atttypid
  where a.attnum > 0 and not a.attisdropped
    and n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker', 'public') and n.nspname not like 'pg_%'
  order by n.nspname, c.relname, a.attnum`

type Column = Readonly<{
  schema: string
  table: string
  column: string
  type: string
  notNull: boolean
  hasDefault: boolean
  generated: boolean
}>

const read: Readonly<Record<string, string>> = {
  text: 'string',
  uuid: 'string',
  bool: 'boolean',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  float4: 'number',
  float8: 'number',
  numeric: 'string',
  date: 'Temporal.PlainDate',
  timestamptz: 'Temporal.Instant',
  bit: 'string',
  bytea: 'Buffer',
  daterange: 'string',
  _text: 'string[]',
  _uuid: 'string[]',
  _int4: 'number[]',
  _date: 'Temporal.PlainDate[]',
}

/** The TypeScript types of every table, made from the catalogue of the migrated database. */
export async function tableTypes(client: pg.Client): Promise<string> {
  const { rows } = await client.query<Column>(columns)
  const tables = Map.groupBy(rows, ({ schema, table }) => `${schema}.${table}`)
  const bodies = [...tables].map(([name, found]) => `  '${name}': {\n${found.map(line).join('\n')}\n  }`)
  return [
    '// Made from the migrated database by `npm run workwell -- schema`; compared by `npm run check`.',
    "import type { ColumnType } from 'kysely'",
    '',
    'type Json = ColumnType<unknown, string, string>',
    'type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>',
    'type Made<T> = ColumnType<T, T | undefined, T>',
    'type Computed<T> = ColumnType<T, never, never>',
    '',
    'export type Tables = {',
    ...bodies,
    '}',
    '',
  ].join('\n')
}

function line({ column, type, notNull, hasDefault, generated }: Column): string {
  const plain = type === 'jsonb' || type === 'json' ? 'Json' : type === 'bytea' ? 'Bytes' : (read[type] ?? 'unknown')
  const known = notNull
    ? plain
    : plain === 'Json'
      ? 'ColumnType<unknown, string | null, string | null>'
      : `${plain} | null`
  if (generated) return `    ${column}: Computed<${known}>`
  if (plain === 'Json' && hasDefault) return `    ${column}: ColumnType<unknown, string | undefined, string>`
  return hasDefault ? `    ${column}: Made<${known}>` : `    ${column}: ${known}`
}
