import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEmbedded } from './embedded.ts'

const root = resolve(import.meta.dirname, '../../..')
const quick = { fsync: 'off', shared_buffers: '32MB' }

let home: string
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'workwell '))
})
afterAll(() => rmSync(home, { recursive: true }))

const pidFile = () => join(home, 'postgres', 'data', 'postmaster.pid')
const serverPid = () => Number(readFileSync(pidFile(), 'utf8').split('\n')[0])

async function ask(url: string, question: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ answer: unknown }>(question)
    return rows[0]?.answer
  } finally {
    await client.end()
  }
}

describe('The built-in database', () => {
  it('starts from nothing on this machine only, with a login that is held to the rules of the rows', async () => {
    const database = await startEmbedded(home, quick)
    const mayEscape = 'select rolsuper or rolbypassrls as answer from pg_roles where rolname = current_user'

    expect(await ask(database.url, mayEscape)).toBe(false)
    expect(await ask(database.ownerUrl, mayEscape)).toBe(true)
    expect(await ask(database.url, `select current_setting('listen_addresses') as answer`)).toBe('127.0.0.1')
    expect(await ask(database.url, `select current_setting('fsync') as answer`)).toBe('off')
    await database.stop()
    expect(existsSync(pidFile())).toBe(false)
  })

  it('is shared by several copies, and only the last to leave stops it', async () => {
    const first = await startEmbedded(home, quick)
    const second = await startEmbedded(home, quick)

    expect(second.url).toBe(first.url)
    await first.stop()
    expect(await ask(second.url, 'select 1 as answer')).toBe(1)
    await second.stop()
    expect(existsSync(pidFile())).toBe(false)
  })

  it('is found again when the copy that started it was killed', async () => {
    const code = `import { startEmbedded } from '#platform/database/embedded.ts'
      await startEmbedded(${JSON.stringify(home)}, ${JSON.stringify(quick)}); console.log('ready'); setInterval(() => {}, 1000)`
    const copy = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], { cwd: root })
    await once(copy.stdout, 'data')
    copy.kill('SIGKILL')
    await once(copy, 'exit')
    const left = serverPid()

    const database = await startEmbedded(home, quick)
    expect(serverPid()).toBe(left)
    await database.stop()
    expect(existsSync(pidFile())).toBe(false)
  })

  it('starts after a crash, even when the number of the dead server now belongs to another program', async () => {
    writeFileSync(pidFile(), `${process.pid}\n${home}\n1\n5432\n\n127.0.0.1\n1 1\nready\n`)

    const database = await startEmbedded(home, quick)
    expect(await ask(database.url, 'select 1 as answer')).toBe(1)
    await database.stop()
  })

  it('says what to do when the passwords are lost', async () => {
    rmSync(join(home, 'postgres', 'passwords.json'))

    await expect(startEmbedded(home, quick)).rejects.toThrow(/passwords\.json is missing .*: restore it, or move/)
  })
})
