import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type pg from 'pg'
import { dropDatabase } from './databases.ts'

const root = resolve(import.meta.dirname, '../..')
const beginning = 'workwell_template_'

/** Migrates an empty database once for each version of the migrations, and gives its name. */
export async function prepareTemplate(owner: pg.Client, addressOf: (name: string) => string): Promise<string> {
  const name = `${beginning}${versionOfMigrations()}`
  // Two runs may begin at once; the second finds the template made.
  await owner.query('select pg_advisory_lock(hashtext($1))', [beginning])
  if (!(await isFinished(owner, name))) await makeTemplate(owner, name, addressOf(name))
  await owner.query('select pg_advisory_unlock(hashtext($1))', [beginning])
  return name
}

async function makeTemplate(owner: pg.Client, name: string, address: string): Promise<void> {
  const { prepareDatabase } = await import('#app.ts')
  await dropOld(owner)
  await dropDatabase(owner, name)
  await owner.query(`create database ${name}`)
  await prepareDatabase(address)
  // A connection would keep others from copying it.
  await owner.query(`alter database ${name} allow_connections false`)
}

async function isFinished(owner: pg.Client, name: string): Promise<boolean> {
  const { rowCount } = await owner.query('select from pg_database where datname = $1 and not datallowconn', [name])
  return rowCount === 1
}

// The last few stay, for runs that go on and for changing between branches.
async function dropOld(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ datname: string }>(
    'select datname from pg_database where starts_with(datname, $1) order by oid desc offset 4',
    [beginning],
  )
  for (const { datname } of rows) await dropDatabase(owner, datname)
}

function versionOfMigrations(): string {
  const migrations = filesOf('migrations').filter((file) => file.endsWith('.sql'))
  const hash = createHash('sha256')
  for (const file of [
    ...migrations,
    ...filesOf('data/places'),
    ...filesOf('data/calendar'),
    'src/platform/database/migrate.ts',
    'src/platform/jobs/queue.ts',
    'package-lock.json',
  ]) {
    hash.update(file).update(readFileSync(resolve(root, file)))
  }
  return hash.digest('hex').slice(0, 12)
}

function filesOf(folder: string): string[] {
  return readdirSync(resolve(root, folder))
    .toSorted()
    .map((file) => `${folder}/${file}`)
}
