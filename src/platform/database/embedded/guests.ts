import { mkdirSync, openSync, closeSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { SettingsProblem } from '#platform/settings.ts'

let stays = 0

/** Notes that this process uses the server; what is returned forgets it and says whether nobody else does. */
export function checkIn(folder: string): () => boolean {
  const book = join(folder, 'guests')
  mkdirSync(book, { recursive: true })
  stays += 1
  const entry = join(book, `${process.pid}-${stays}`)
  writeFileSync(entry, '')
  return () => {
    rmSync(entry, { force: true })
    return guestsOf(book).length === 0
  }
}

/** Lets one process at a time start or stop the server. */
export async function oneAtATime<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const lock = join(folder, 'lock')
  const deadline = Date.now() + 120_000
  while (!take(lock)) {
    if (Date.now() > deadline) {
      throw new SettingsProblem(
        `Another copy has been starting the database for two minutes: stop it or remove ${lock}.`,
      )
    }
    await wait(25)
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

/** Whether a process of this number lives. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    return process.kill(pid, 0)
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM'
  }
}

function guestsOf(book: string): string[] {
  return readdirSync(book).filter((entry) => {
    const alive = isAlive(Number(entry.split('-')[0]))
    if (!alive) rmSync(join(book, entry), { force: true })
    return alive
  })
}

function take(lock: string): boolean {
  try {
    const file = openSync(lock, 'wx', 0o600)
    writeFileSync(file, String(process.pid))
    closeSync(file)
    return true
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause
    dropStale(lock)
    return false
  }
}

function dropStale(lock: string): void {
  try {
    const holder = readFileSync(lock, 'utf8')
    const written = holder !== '' || Date.now() - statSync(lock).mtimeMs > 5_000
    if (written && !isAlive(Number(holder))) rmSync(lock, { force: true })
  } catch {
    // It was given back between our two looks.
  }
}
