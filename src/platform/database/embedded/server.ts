import { type StdioOptions, execFileSync, spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { isAlive } from './guests.ts'
import { handOver, type Place } from './place.ts'
import { serverProblem } from './problems.ts'

/** What the server is told beyond our own choices, by PostgreSQL's names: `{ wal_level: 'logical' }`. */
export type ServerSettings = Readonly<Record<string, string>>

type Running = Readonly<{ pid: number; port: number; ready: boolean }>

const laptop: ServerSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '192MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
}

// Somebody took the port between our look and the server's, or children of a killed server are still going.
const passing = /Address already in use|pre-existing shared memory block/

/** Makes an empty database cluster once; one that was broken off half way is begun again. */
export function initialise(place: Place, owner: string, password: string): void {
  if (existsSync(join(place.data, 'PG_VERSION'))) return
  const unfinished = `${place.data}.unfinished`
  const passwordFile = `${place.data}.password`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  for (const path of [unfinished, passwordFile]) handOver(path, place.account)
  const choices = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--no-sync']
  const made = spawnSync(
    join(place.programs, 'bin', 'initdb'),
    [
      `--pgdata=${unfinished}`,
      `--username=${owner}`,
      `--pwfile=${passwordFile}`,
      '--builtin-locale=C.UTF-8',
      ...choices,
    ],
    { ...asAccount(place, ['ignore', 'pipe', 'pipe']), encoding: 'utf8' },
  )
  rmSync(passwordFile)
  if (made.status !== 0) throw serverProblem(place, `${made.error?.message ?? ''}\n${made.stdout}\n${made.stderr}`)
  renameSync(unfinished, place.data)
}

/** The port of a live server on this data, waiting while it starts or stops; nothing when there is none. */
export async function findRunning(place: Place): Promise<number | undefined> {
  const deadline = Date.now() + 30_000
  for (;;) {
    const running = readRunning(place)
    if (!running) return undefined
    if (!isServer(running.pid)) {
      // After a crash the number may belong to another program, and PostgreSQL would refuse to start because of it.
      rmSync(pidFile(place), { force: true })
      return undefined
    }
    if (running.ready) return running.port
    if (Date.now() > deadline) throw serverProblem(place, readLog(place))
    await wait(20)
  }
}

/** Starts the server on a free port of this machine only, in a session of its own, and waits until it answers. */
export async function launch(place: Place, settings: ServerSettings): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort()
    await startOn(place, port, settings)
    if ((await findRunning(place)) === port) return port
    if (attempt === 20 || !passing.test(readLog(place))) throw serverProblem(place, readLog(place))
    await wait(100)
  }
}

/** Stops the server after it has written everything down; connections that are being closed may finish that first. */
export async function shutDown(place: Place): Promise<void> {
  const running = readRunning(place)
  if (!running) return
  if (await endsAfter('SIGTERM', running.pid, 3_000)) return
  await endsAfter('SIGINT', running.pid, 60_000)
}

// PostgreSQL reads SIGTERM as "when the last connection is gone" and SIGINT as "now, in good order".
async function endsAfter(signal: NodeJS.Signals, pid: number, patience: number): Promise<boolean> {
  const deadline = Date.now() + patience
  if (isServer(pid)) process.kill(pid, signal)
  while (isServer(pid) && Date.now() < deadline) await wait(20)
  return !isServer(pid)
}

async function startOn(place: Place, port: number, settings: ServerSettings): Promise<void> {
  const log = openSync(place.log, 'w', 0o600)
  const flags = Object.entries({ ...laptop, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(join(place.programs, 'bin', 'postgres'), ['-D', place.data, '-p', String(port), ...flags], {
    ...asAccount(place, ['ignore', log, log]),
    // A Ctrl-C meant for us must not stop the server while requests are being finished.
    detached: true,
  })
  closeSync(log)
  server.unref()
  const ended = new Promise<string>((resolve) => {
    server.once('exit', () => resolve(readLog(place)))
    server.once('error', (cause) => resolve(cause.message))
  })
  const appeared = async (): Promise<undefined> => {
    while (server.exitCode === null && readRunning(place)?.pid !== server.pid) await wait(10)
    return undefined
  }
  const failure = await Promise.race([ended, appeared()])
  if (failure !== undefined && !passing.test(failure)) throw serverProblem(place, failure)
}

function asAccount(place: Place, stdio: StdioOptions) {
  return {
    ...place.account,
    cwd: place.programs,
    stdio,
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' },
  }
}

function readRunning(place: Place): Running | undefined {
  if (!existsSync(pidFile(place))) return undefined
  const lines = readFileSync(pidFile(place), 'utf8').split('\n')
  return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
}

function isServer(pid: number): boolean {
  if (!isAlive(pid)) return false
  try {
    if (!existsSync('/proc/self/stat')) {
      return execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).includes('postgres')
    }
    // A dead server nobody has buried (state Z) still has its name.
    const [, name, state] = /\((.*)\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    return name === 'postgres' && state !== 'Z'
  } catch {
    return false
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

const pidFile = (place: Place) => join(place.data, 'postmaster.pid')
const readLog = (place: Place) => (existsSync(place.log) ? readFileSync(place.log, 'utf8') : '')
