import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import { resolve } from 'node:path'
import type pg from 'pg'
import { startEmbedded } from '#platform/database/embedded.ts'
import { dropDatabase, listDatabases } from './databases.ts'
import { folderInMemory } from './memory.ts'

const home = resolve(import.meta.dirname, '../../.workwell/test')

// Nothing a test wrote has to survive a power cut.
const forgetful = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  shared_buffers: '256MB',
}

// Names say which machine and which run a database belongs to, because runs may share a server.
const machine = `workwell_test_${createHash('sha256').update(hostname()).digest('hex').slice(0, 6)}_`

/** The server the tests use: the one DATABASE_URL names (as its owner), else an embedded one of their own. */
export async function openServer() {
  const external = process.env['DATABASE_URL']
  const folder = external ? undefined : folderInMemory(home)
  const server = external
    ? { ownerUrl: external, url: external, stop: async () => undefined }
    : await startEmbedded(home, forgetful)
  const prefix = `${machine}${process.pid}`
  const dropAll = async (owner: pg.Client, names: string[]) => {
    for (const name of names) await dropDatabase(owner, name)
  }
  return {
    ...server,
    prefix,
    folder,
    dropOwn: async (owner: pg.Client) => dropAll(owner, await listDatabases(owner, prefix)),
    dropLeftOvers: async (owner: pg.Client) => {
      const names = await listDatabases(owner, machine)
      await dropAll(
        owner,
        names.filter((name) => !runs(Number(name.slice(machine.length).split('_')[0]))),
      )
    },
  }
}

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
