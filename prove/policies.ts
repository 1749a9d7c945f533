import type pg from 'pg'

/** The policy by which only the open area's rows of a table are seen. */
export type Policy = Readonly<{ table: string; policy: string }>

// What is known everywhere (areas, what they cover, Jobcentres) has another policy for reading, and is no secret.
const owned = `
  select format('%I.%I', n.nspname, c.relname) as table, p.polname as policy
  from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
  where n.nspname <> 'graphile_worker' and p.polname = 'own_area' and p.polcmd in ('*', 'r') and pg_get_expr(p.polqual, p.polrelid) like '%app.area%'
  order by 1`

/** Every policy that holds a table to its area. */
export async function policiesOf(owner: pg.Client): Promise<readonly Policy[]> {
  const { rows } = await owner.query<Policy>(owned)
  return rows
}

/** Puts a row of another area into every table that an area owns. What the row says is nothing, so no rule is asked. */
export async function fillForeignRows(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ table: string; names: string; said: string; checks: string[] }>(`
    select o.table, string_agg(quote_ident(a.attname), ', ') as names,
      string_agg(case when a.attname = 'area' then quote_literal('elsewhere')
        else format('(%s)::%s', case when t.typname like 'time%' and t.typname not like 'timestamp%' then quote_literal('10:00') else case t.typcategory when 'N' then '0' when 'B' then 'false' when 'D' then quote_literal('2020-01-01')
          when 'A' then quote_literal('{}') when 'R' then quote_literal('empty') when 'T' then quote_literal('1 day')
          else case t.typname when 'uuid' then quote_literal(gen_random_uuid()) when 'jsonb' then quote_literal('{}')
            when 'json' then quote_literal('{}') when 'bytea' then quote_literal('\\x00') else quote_literal('x') end end end,
          format_type(a.atttypid, a.atttypmod)) end, ', ') as said,
      array(select quote_ident(k.conname)::text from pg_constraint k
        where k.conrelid = o.table::regclass and k.contype in ('c', 'x')) as checks
    from (${owned}) o join pg_attribute a on a.attrelid = o.table::regclass and a.attnum > 0 and not a.attisdropped
      and a.attgenerated = '' and a.attidentity = ''
    join pg_type t on t.oid = a.atttypid group by o.table`)
  await owner.query(`set session_replication_role = replica`)
  for (const { table, names, said, checks } of rows) {
    for (const name of checks) await owner.query(`alter table ${table} drop constraint ${name}`)
    await owner.query(`insert into ${table} (${names}) values (${said})`)
  }
  await owner.query(`set session_replication_role = origin`)
}

/** The tables in which somebody who works in one area sees rows of another. */
export async function leakingTables(owner: pg.Client, policies: readonly Policy[]): Promise<readonly string[]> {
  const seen = policies.map(
    ({ table }) => `select '${table}' as table where exists (select from ${table} where area <> 'north')`,
  )
  await owner.query(`set role workwell_app; set app.area = 'north'`)
  const { rows } = await owner.query<{ table: string }>(seen.join(' union all '))
  await owner.query('reset role')
  return rows.map(({ table }) => table)
}

/** Does the work while a policy lets everybody see everything, and then puts it back. */
export async function withoutPolicy<T>(
  owner: pg.Client,
  { table, policy }: Policy,
  work: () => Promise<T>,
): Promise<T> {
  await owner.query('begin')
  await owner.query(`alter policy ${policy} on ${table} using (true)`)
  const result = await work()
  await owner.query('rollback')
  return result
}
