import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { SettingsProblem } from '#platform/settings.ts'
import { checkIn, oneAtATime } from './embedded/guests.ts'
import { type Place, preparePlace } from './embedded/place.ts'
import { startProblem } from './embedded/problems.ts'
import { findRunning, initialise, launch, type ServerSettings, shutDown } from './embedded/server.ts'

/** The built-in database while somebody uses it: the owner's address, the application's address, and how to leave. */
export type Embedded = Readonly<{ ownerUrl: string; url: string; stop(): Promise<void> }>

type Passwords = Readonly<{ owner: string; login: string }>

const owner = 'workwell_owner'
const login = 'workwell_login'
const database = 'workwell'

/**
 * Opens the PostgreSQL that comes with the product, on data under `home`. Copies of the process share one server: the
 * first starts it (or adopts one left behind by a crash), the last to leave stops it.
 */
export async function startEmbedded(home: string, settings: ServerSettings = {}): Promise<Embedded> {
  try {
    const place = preparePlace(home)
    return await oneAtATime(place.folder, () => enter(place, settings))
  } catch (cause) {
    throw startProblem(home, cause)
  }
}

async function enter(place: Place, settings: ServerSettings): Promise<Embedded> {
  const passwords = keptPasswords(place)
  initialise(place, owner, passwords.owner)
  const port = (await findRunning(place)) ?? (await launch(place, settings))
  const address = (user: string, password: string) => `postgres://${user}:${password}@127.0.0.1:${port}/${database}`
  const ownerUrl = address(owner, passwords.owner)
  await makeLogin(ownerUrl, passwords)
  const checkOut = checkIn(place.folder)
  const leave = async () => {
    if (checkOut()) await shutDown(place)
  }
  return { ownerUrl, url: address(login, passwords.login), stop: () => oneAtATime(place.folder, leave) }
}

function keptPasswords(place: Place): Passwords {
  const file = join(place.folder, 'passwords.json')
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Passwords
  if (existsSync(join(place.data, 'PG_VERSION'))) {
    throw new SettingsProblem(`${file} is missing but the data is there: restore it, or move ${place.data} away.`)
  }
  const made = { owner: randomBytes(24).toString('hex'), login: randomBytes(24).toString('hex') }
  writeFileSync(file, JSON.stringify(made), { mode: 0o600 })
  return made
}

async function makeLogin(ownerUrl: string, { login: password }: Passwords): Promise<void> {
  const client = await connectAsOwner(ownerUrl)
  try {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [login])
    if (rowCount === 0) {
      await client.query(`create role ${login} login nosuperuser nobypassrls nocreatedb password '${password}'`)
    }
  } finally {
    await client.end()
  }
}

async function connectAsOwner(ownerUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: ownerUrl })
  try {
    await client.connect()
    return client
  } catch (cause) {
    if (!(cause instanceof pg.DatabaseError && cause.code === '3D000')) throw cause
    await makeDatabase(ownerUrl)
    return connectAsOwner(ownerUrl)
  }
}

async function makeDatabase(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl.replace(/[^/]+$/, 'postgres') })
  await client.connect()
  try {
    await client.query(`create database ${database}`)
  } finally {
    await client.end()
  }
}
