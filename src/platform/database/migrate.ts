import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import pg from 'pg'
import { prepareQueue } from '#platform/jobs/queue.ts'

const folder = fileURLToPath(new URL('../../../migrations/', import.meta.url))

// The login of the embedded server may become the restricted role and nothing else. Elsewhere docs/running.md says how.
const lettingTheLoginIn = `do $$ begin
  if exists (select from pg_roles where rolname = 'workwell_login') then grant workwell_app to workwell_login; end if;
end $$`

/** Brings the database at the owner's address to this version: our numbered migrations, then the queue's own. */
export async function migrate(ownerUrl: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 2 })
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    const migrator = new Migrator({
      db,
      provider: { getMigrations: async () => migrations() },
      migrationTableSchema: 'public',
      // Numbers are given out before the work is done, so that a lower one may arrive after a higher one was applied.
      allowUnorderedMigrations: true,
    })
    const { error, results } = await migrator.migrateToLatest()
    const failed = results?.find((result) => result.status === 'Error')
    if (error) throw new Error(`Migration ${failed?.migrationName ?? ''} could not be applied`, { cause: error })
    await pool.query(lettingTheLoginIn)
    await prepareQueue(ownerUrl, (statement) => pool.query(statement))
  } finally {
    await db.destroy()
  }
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
