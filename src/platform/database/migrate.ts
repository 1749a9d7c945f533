import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import pg from 'pg'
import { prepareQueue } from '#platform/jobs/queue.ts'
import { SettingsProblem } from '#platform/settings.ts'
import { versionProblem } from './problems.ts'

const folder = fileURLToPath(new URL('../../../migrations/', import.meta.url))

// The owner works the queue, and serves pages where there is no other login: whoever made a role may not yet become it.
// The login of the embedded server may become the restricted role and nothing else. Elsewhere docs/running.md says how.
const lettingIn = `do $$ begin
  if not pg_has_role('workwell_app', 'set') then grant workwell_app to current_user; end if;
  if not pg_has_role('workwell_worker', 'set') then grant workwell_worker to current_user; end if;
exception when insufficient_privilege then
  -- Somebody else made the roles for several databases. Whoever has to become one and may not is named when it is tried.
  null;
end $$;
do $$ begin
  if exists (select from pg_roles where rolname = 'workwell_login') then grant workwell_app to workwell_login; end if;
end $$`

/** Brings the database at the owner's address to this version: our numbered migrations, then the queue's own. */
export async function migrate(ownerUrl: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 2 })
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  const ours = migrations()
  try {
    await refuseForeign(pool, ownerUrl, ours)
    const migrator = new Migrator({
      db,
      provider: { getMigrations: async () => ours },
      migrationTableSchema: 'public',
      // Numbers are given out before the work is done, so that a lower one may arrive after a higher one was applied.
      allowUnorderedMigrations: true,
    })
    const { error, results } = await migrator.migrateToLatest()
    const failed = results?.find((result) => result.status === 'Error')
    if (error)
      throw new Error(`Migration ${failed?.migrationName ?? 'of the queue'} could not be applied`, { cause: error })
    await pool.query(lettingIn)
    await prepareQueue(ownerUrl, (statement) => pool.query(statement))
  } finally {
    await db.destroy()
  }
}

/** Stops where this version does not fit the server or what is in the database: an older copy would not know what it finds. */
async function refuseForeign(pool: pg.Pool, ownerUrl: string, ours: Record<string, Migration>): Promise<void> {
  const { rows } = await pool.query<{ version: number; applied: string | null }>(
    `select current_setting('server_version_num')::integer as version, to_regclass('public.kysely_migration')::text as applied`,
  )
  const tooOld = versionProblem(ownerUrl, rows[0]?.version ?? 0)
  if (tooOld) throw tooOld
  if (!rows[0]?.applied) return
  const applied = await pool.query<{ name: string }>('select name from public.kysely_migration order by name desc')
  const newer = applied.rows.find(({ name }) => !(name in ours))
  if (newer)
    throw new SettingsProblem(
      `The database was brought to a later version than this one (it has ${newer.name}): start that version or one after it.`,
    )
}

function migrations(): Record<string, Migration> {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .toSorted()
  return Object.fromEntries(
    files.map((file) => [
      file.replace(/\.sql$/, ''),
      { up: async (db: Kysely<unknown>) => void (await sql.raw(readFileSync(folder + file, 'utf8')).execute(db)) },
    ]),
  )
}
