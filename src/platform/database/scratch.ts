import pg from 'pg'
import type { Settings } from '#platform/settings.ts'
import { startEmbedded } from './embedded.ts'
import { migrate } from './migrate.ts'

/** Runs the work on a freshly migrated database that nobody else uses, and takes it away again. */
export async function scratchDatabase<T>(settings: Settings, work: (ownerUrl: string) => Promise<T>): Promise<T> {
  const embedded = settings.databaseDirectUrl === undefined ? await startEmbedded(settings.home) : undefined
  const owner = settings.databaseDirectUrl ?? embedded?.ownerUrl ?? ''
  const name = `workwell_scratch_${process.pid}`
  const admin = new pg.Client({ connectionString: owner })
  await admin.connect()
  const address = new URL(owner)
  address.pathname = `/${name}`
  try {
    await admin.query(`create database ${name}`)
    await migrate(address.toString())
    return await work(address.toString())
  } finally {
    await admin.query(`drop database if exists ${name} with (force)`)
    await admin.end()
    await embedded?.stop()
  }
}
