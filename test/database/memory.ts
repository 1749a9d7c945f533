import { createHash } from 'node:crypto'
import { accessSync, constants, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { handOver, preparePlace } from '#platform/database/embedded/place.ts'

// What this machine keeps in memory, and how much must be free in it: the copies of a run need some 100 MB at a time.
const memory = '/dev/shm'
const enough = 512 * 1024 * 1024

/**
 * A folder in memory for the copies that an embedded server makes, where the machine has room for it. It is made before
 * the server starts, which may have to read in its log that it was there before the machine was switched off.
 */
export function folderInMemory(home: string): string | undefined {
  if (!hasRoom()) return undefined
  const folder = join(memory, `workwell-test-${createHash('sha256').update(home).digest('hex').slice(0, 12)}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  handOver(folder, preparePlace(home).account)
  return folder
}

function hasRoom(): boolean {
  try {
    accessSync(memory, constants.W_OK)
  } catch {
    return false
  }
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize >= enough
}

function emptyOut(folder: string): void {
  for (const entry of readdirSync(folder)) rmSync(join(folder, entry), { recursive: true, force: true })
}

/** Lets databases be made in the folder, anew where the memory has lost what stood in it; gives where they go. */
export async function makeRoom(owner: pg.Client, folder: string): Promise<string> {
  const name = 'workwell_memory'
  await owner.query('select pg_advisory_lock(hashtext($1))', [name])
  const { rowCount } = await owner.query('select from pg_tablespace where spcname = $1', [name])
  // A server that does not know the folder is another than the one that filled it: that one's home was taken away.
  if (rowCount === 0) emptyOut(folder)
  const isLost = readdirSync(folder).length === 0
  if (rowCount === 1 && isLost) await owner.query(`drop tablespace ${name}`)
  if (rowCount === 0 || isLost) await owner.query(`create tablespace ${name} location '${folder}'`)
  await owner.query('select pg_advisory_unlock(hashtext($1))', [name])
  return name
}
