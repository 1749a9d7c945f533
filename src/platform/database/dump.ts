import type pg from 'pg'

const own = `n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker', 'public') and n.nspname not like 'pg_%'`

// Each query gives lines of text in a fixed order, so that two dumps of the same schema are the same to the letter.
const questions: readonly (readonly [title: string, sql: string])[] = [
  [
    'tables',
    `select format('%s.%s  -- %s', n.nspname, c.relname, obj_description(c.oid)) as line
     from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${own} and c.relkind in ('r', 'p') order by 1`,
  ],
  [
    'columns',
    `select format('%s.%s.%s %s%s%s', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
       case when a.attnotnull then ' not null' else '' end,
       coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) as line
     from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p', 'v')
     join pg_namespace n on n.oid = c.relnamespace left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
     where ${own} and a.attnum > 0 and not a.attisdropped order by n.nspname, c.relname, a.attnum`,
  ],
  [
    'constraints',
    `select format('%s.%s %s: %s', n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid)) as line
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     where ${own} and k.contype in ('p', 'f', 'u', 'c', 'x') order by 1`,
  ],
  [
    'indexes',
    `select indexdef as line from pg_indexes i join pg_namespace n on n.nspname = i.schemaname where ${own} order by 1`,
  ],
  [
    'statistics for the planner',
    `select pg_get_statisticsobjdef(s.oid) as line
     from pg_statistic_ext s join pg_namespace n on n.oid = s.stxnamespace where ${own} order by 1`,
  ],
  [
    'row-level security',
    `select format('%s.%s enabled=%s forced=%s %s', n.nspname, c.relname, c.relrowsecurity, c.relforcerowsecurity,
       coalesce((select string_agg(format('%s: using %s', p.polname, pg_get_expr(p.polqual, p.polrelid)), '; ' order by p.polname)
         from pg_policy p where p.polrelid = c.oid), 'no policy')) as line
     from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${own} and c.relkind in ('r', 'p') order by 1`,
  ],
  [
    'rights of the application',
    `select format('%s.%s: %s', table_schema, table_name, string_agg(lower(privilege_type), ', ' order by privilege_type)) as line
     from information_schema.role_table_grants join pg_namespace n on n.nspname = table_schema
     where ${own} and grantee = 'workwell_app' group by table_schema, table_name order by 1`,
  ],
  [
    'functions and procedures',
    `select format('%s.%s(%s)  -- %s', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid), obj_description(p.oid)) as line
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${own} order by 1`,
  ],
]

/** The schema of the migrated database as text, so that a reviewer sees what a migration changes. */
export async function schemaDump(client: pg.Client): Promise<string> {
  const parts: string[] = []
  for (const [title, sql] of questions) {
    const { rows } = await client.query<{ line: string }>(sql)
    parts.push(`# ${title}`, ...rows.map(({ line }) => line), '')
  }
  return parts.join('\n')
}
