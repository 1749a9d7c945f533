import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Commands, numberOption, runCommand } from '#platform/command/command.ts'
import { versionProblem } from '#platform/database/problems.ts'
import { readSettings, SettingsProblem } from '#platform/settings.ts'
import { withClient } from './database/databases.ts'
import { type Clone, cloneDatabase } from './database.ts'

const root = resolve(import.meta.dirname, '..')
const home = mkdtempSync(join(tmpdir(), 'workwell starting-'))
let clone: Clone
let taken: Server
beforeAll(async () => {
  clone = await cloneDatabase()
  // Root hands the embedded database to another user, who must be able to reach it.
  chmodSync(home, 0o711)
  writeFileSync(join(home, 'file'), '')
  taken = createServer().listen(0, '127.0.0.1')
})
afterAll(async () => {
  taken.close()
  rmSync(home, { recursive: true, force: true })
  await clone.drop()
})

type Told = Readonly<{ code: number | null; said: string }>

/** Starts the product in a process of its own, and waits until it ends. */
async function start(words: string, env: Readonly<Record<string, string>> = {}): Promise<Told> {
  const program = ['--import', 'tsx', join(root, 'src/main.ts'), ...words.split(' ')]
  const own = { PATH: process.env['PATH'] ?? '', WORKWELL_ENV: 'test', WORKWELL_HOME: home, LOG_LEVEL: 'silent' }
  const child = spawn(process.execPath, program, {
    cwd: root,
    env: { ...own, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (part: Buffer) => (said += part.toString()))
  return new Promise((ended) => child.on('exit', (code) => ended({ code, said: said.trim() })))
}

const portTaken = () => {
  const address = taken.address()
  return String(typeof address === 'object' && address ? (address satisfies AddressInfo).port : 0)
}
const changed = (part: Partial<URL>) => Object.assign(new URL(clone.ownerUrl), part).toString()

type Case = readonly [what: string, words: string, env: () => Record<string, string>, sentence: string | RegExp]

// Each is a whole process: what only the words or the settings decide is asked below, without one.
const cases: readonly Case[] = [
  ['a command that there is not', 'sreve', () => ({}), 'There is no command "sreve". See: npm run workwell -- --help'],
  ['a home that is a device', 'serve', () => ({ WORKWELL_HOME: '/dev/null' }), '/dev/null cannot be written'],
  [
    'a database that is away',
    'migrate',
    () => ({ DATABASE_URL: 'postgres://a@127.0.0.1:1/b' }),
    'The database "b" at 127.0.0.1:1 does not answer (ECONNREFUSED)',
  ],
  [
    'a wrong password',
    'migrate',
    () => ({ DATABASE_URL: changed({ password: 'wrong' }) }),
    /does not let \w+ in: correct the user or the password/,
  ],
  [
    'a database that there is not',
    'migrate',
    () => ({ DATABASE_URL: changed({ pathname: '/nothing' }) }),
    'There is no database "nothing"',
  ],
]

const commands: Commands = {
  serve: { summary: '', usage: '', run: async () => undefined },
  'journal verify': { summary: '', usage: '', run: async () => undefined },
  population: {
    summary: '',
    usage: '',
    options: { people: { type: 'string' } },
    run: async (given) => void numberOption(given, 'people', 1, 5),
  },
}

describe('Starting with', () => {
  it.each(cases)('%s ends with one sentence that says what to do', async (_what, words, env, sentence) => {
    const { code, said } = await start(words, env())

    expect(said).toMatch(sentence)
    expect(said.split('\n')).toHaveLength(1)
    expect(code).toBe(1)
  })

  it('a port in use leaves no database running', async () => {
    const { code, said } = await start('serve', { PORT: portTaken(), WORKWELL_HOME: join(home, 'own') })

    expect([code, said]).toEqual([1, expect.stringContaining('is in use: stop what uses it, or set PORT to another.')])
    expect(existsSync(join(home, 'own/postgres/data/PG_VERSION'))).toBe(true)
    expect(existsSync(join(home, 'own/postgres/data/postmaster.pid'))).toBe(false)
  })

  it.each([
    ['serve extra', 'serve does not know what to do with "extra". See: npm run workwell -- serve --help'],
    ['journal verify extra', 'journal verify does not know what to do with "extra".'],
    ['journal', 'There is no command "journal".'],
    ['serve --fast', "Unknown option '--fast'."],
    ['population --people many', '--people must be a whole number from 1 to 5.'],
  ])('the words %s is a mistake', async (words, sentence) => {
    await expect(runCommand(commands, words.split(' '))).rejects.toThrow(sentence)
  })

  it.each([
    [{ PORT: '70000' }, 'Setting PORT: must be a whole number up to 65535.'],
    [{ LOG_LEVEL: 'loud' }, 'Setting LOG_LEVEL: must be one of trace, debug, info, warn, error, silent.'],
    [{ DATABASE_URL: 'mysql://db' }, 'Setting DATABASE_URL: must start with postgres:// or postgresql://.'],
    [{ DATABASE_URL: 'postgres://a:b/c@d/e' }, 'write signs such as @ : / # in a password as %40 %3A %2F %23'],
    [{ WORKWELL_PROVIDERS: '{"a"' }, 'Setting WORKWELL_PROVIDERS: must be JSON'],
    [{ WORKWELL_PROVIDERS: '[{"key":"a","clientSecret":"hidden"}]' }, 'Setting WORKWELL_PROVIDERS: 0.label:'],
    [
      { WORKWELL_AREA_DATABASES: '{"north":"x"}' },
      'Setting WORKWELL_AREA_DATABASES: north: must start with postgres://',
    ],
    [{ WORKWELL_HOME: '/proc/none' }, '/proc/none cannot be written (ENOENT)'],
    [{ WORKWELL_HOME: join(home, 'file/below') }, 'or set WORKWELL_HOME to a folder of theirs.'],
    [{ WORKWELL_ENV: 'production', WORKWELL_STAND_IN: 'yes' }, 'WORKWELL_STAND_IN=yes is refused in production'],
  ])('the settings %o says which is wrong, and nothing that may be secret', (env, sentence) => {
    const reading = () => readSettings({ WORKWELL_HOME: home, ...env }, root)

    expect(reading).toThrow(SettingsProblem)
    expect(reading).toThrow(sentence)
    expect(reading).not.toThrow(/hidden|\n/)
  })

  it('a database that a later version has been at is refused', async () => {
    const later = await cloneDatabase()
    await withClient(later.ownerUrl, (owner) =>
      owner.query(`insert into kysely_migration (name, timestamp) values ('9999_tomorrow', '')`),
    )
    const { code, said } = await start('migrate', { DATABASE_URL: later.ownerUrl })
    await later.drop()

    expect(said).toContain('The database was brought to a later version than this one (it has 9999_tomorrow)')
    expect(code).toBe(1)
  })

  it('an older PostgreSQL than the product knows is refused', () => {
    expect(versionProblem('postgres://a@db:5432/b', 160_000)).toBeUndefined()
    expect(versionProblem('postgres://a@db:5432/b', 150_007)?.message).toBe(
      'The database "b" at db:5432 is PostgreSQL 15: WorkWell needs 16 or later.',
    )
  })

  it('made-up people is refused where somebody is already', async () => {
    const filled = await cloneDatabase()
    await withClient(filled.ownerUrl, (owner) =>
      owner.query(`insert into areas.area (area, name, crisis_text, from_on) values ('north', 'North', 'x', now())`),
    )
    const { code, said } = await start('population --people 5', { DATABASE_URL: filled.ownerUrl })
    await filled.drop()

    expect(said).toContain('Made-up people go into an empty database only, and this one has north')
    expect(code).toBe(1)
  })
})
