import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { journalCommands } from './commands.ts'
import { digestOf, forgetSalt, writeEntry } from './journal.ts'
import { breakInWords, headLine } from './seal-rules.ts'
import { findHead, sealJournal } from './sealer.ts'
import { verify } from './verify.ts'

// A break is never mended, so every test has a journal of its own.
let app: TestApp
beforeEach(async () => {
  app = await startApp()
})
afterEach(() => app.close())

const write = (what: string, text?: string) =>
  app.inArea('north', async (db) =>
    writeEntry(db, {
      ...{ area: 'north', by: app.cast.coach, at: app.clock.now },
      happening: { kind: 'act', what, codes: { channel: 'text', tries: 2 }, ...(text ? { vouchesFor: text } : {}) },
    }),
  )
const seal = () => app.inArea('north', (db) => sealJournal(db, 'north', app.clock.now))
const look = (heads: Parameters<typeof verify>[2] = []) => app.inArea('north', (db) => verify(db, 'north', heads))
const head = () => app.inArea('north', (db) => findHead(db, 'north'))
const entries = async (): Promise<string[]> =>
  (await app.owner.query(`select id from journal.entry where area = 'north' order by id`)).rows.map(({ id }) => id)

/** Two sealed batches: two entries and one. */
async function aSealedJournal(): Promise<string[]> {
  await write('contact.logged', 'She starts on Monday')
  await write('plan.agreed')
  await seal()
  await write('plan.completed')
  await seal()
  return entries()
}

describe('A sealed journal', () => {
  it('is unbroken, and says what is not sealed yet and since when', async () => {
    await aSealedJournal()
    await write('contact.logged')

    expect(await look()).toEqual({
      ...{ seals: 2, entries: 3, firstBreak: undefined },
      ...{ unsealed: 1, oldestUnsealedAt: app.clock.now },
    })
  })

  it('is sealed by the clock for each area', async () => {
    await write('contact.logged')

    for (const area of ['north', 'south'])
      await app.inArea(area, async (db) => app.product.jobs['journal.seal']?.(db, { area }, app.clock.now))

    expect(app.product.schedules).toContainEqual({ job: 'journal.seal', match: '*/5 * * * *' })
    expect(await look()).toMatchObject({ seals: 1, entries: 1, unsealed: 0 })
  })

  it('may be changed by nobody under the role of the product', async () => {
    await aSealedJournal()
    const tries = [
      `update journal.entry set what = 'nothing.happened'`,
      'delete from journal.entry',
      `update journal.seal set entries = 1`,
      'delete from journal.seal',
    ]
    for (const statement of tries) {
      await app.owner.query(`begin; set local role workwell_app; set local app.area = 'north'`)
      await expect(app.owner.query(statement)).rejects.toThrow('permission denied')
      await app.owner.query('rollback')
    }
  })

  it.each([
    ['its moment', `at = at - interval '1 microsecond'`],
    ['who did it', 'account = null'],
    ['a code', `codes = codes || '{"tries": 3}'`],
    ['the text it vouches for', `digest = '\\x00'`],
  ])('names the entry of which somebody changed %s', async (_what, change) => {
    const [entry] = await aSealedJournal()
    await app.owner.query(`update journal.entry set ${change} where id = $1`, [entry])

    expect((await look()).firstBreak).toEqual({ what: 'changed', entry, seal: 1 })
  })

  it('names the entry that somebody took away', async () => {
    const [, entry] = await aSealedJournal()
    await app.owner.query('delete from journal.entry where id = $1', [entry])

    expect((await look()).firstBreak).toEqual({ what: 'missing', entry, seal: 1 })
  })

  it('names the entry that somebody put into the past', async () => {
    await aSealedJournal()
    const entry = '0199b0d2-0000-7000-8000-000000000001'
    await app.owner.query(
      `insert into journal.entry (area, id, at, kind, what) values ('north', $1, '2025-06-01', 'act', 'plan.agreed')`,
      [entry],
    )
    await seal()

    expect((await look()).firstBreak).toEqual({ what: 'added', entry })
  })

  it('names the entry that somebody took away before it was sealed', async () => {
    await aSealedJournal()
    await write('contact.logged')
    const entry = (await entries()).at(-1)
    await app.owner.query('delete from journal.entry where id = $1', [entry])

    expect((await look()).firstBreak).toEqual({ what: 'lost', entry })
  })

  it.each([
    ['cut out', 'delete from journal.seal where number = 1', { what: 'seal missing', seal: 1 }],
    [
      'given another time',
      `update journal.seal set sealed_at = now() where number = 2`,
      { what: 'seal changed', seal: 2 },
    ],
    [
      'made to stand alone',
      `update journal.seal set previous = hash where number = 2`,
      { what: 'seal changed', seal: 2 },
    ],
  ])('names the seal that was %s', async (_what, statement, found) => {
    await aSealedJournal()
    await app.owner.query(statement)

    expect((await look()).firstBreak).toEqual(found)
  })

  it('is known to have been made anew by a head that was kept elsewhere', async () => {
    await aSealedJournal()
    const kept = await head()
    await app.owner.query('delete from journal.seal where number = 2')
    await app.owner.query(`update journal.entry set what = 'plan.changed' where what = 'plan.completed'`)
    const [, , last] = await entries()
    await app.owner.query(`insert into journal.unsealed values ('north', $1)`, [last])
    expect((await look(kept ? [kept] : [])).firstBreak).toEqual({ what: 'seal missing', seal: 2 })

    await seal()

    expect((await look()).firstBreak).toBeUndefined()
    expect((await look(kept ? [kept] : [])).firstBreak).toEqual({ what: 'seal replaced', seal: 2 })
  })

  it('stays whole when the text an entry vouches for is forgotten', async () => {
    const [entry = ''] = await aSealedJournal()
    const { rows } = await app.owner.query(
      'select salt, digest from journal.entry join journal.salt on salt.entry = id',
    )
    expect(digestOf(rows[0].salt, 'She starts on Monday')).toEqual(rows[0].digest)

    await app.inArea('north', (db) => forgetSalt(db, 'north', entry))

    expect((await look()).firstBreak).toBeUndefined()
    expect((await app.owner.query('select from journal.salt')).rowCount).toBe(0)
  })
})

describe('The sealer', () => {
  it('seals an entry that was written early and committed late', async () => {
    let commit = () => undefined as void
    const held = new Promise<void>((done) => {
      commit = done
    })
    const late = app.inArea('north', async (db) => {
      const happening = { kind: 'act', what: 'contact.late' } as const
      writeEntry(db, { area: 'north', by: undefined, happening, at: app.clock.now })
      await held
    })
    await write('contact.logged')
    expect(await seal()).toBe(1)
    commit()
    await late

    expect(await seal()).toBe(1)
    expect(await look()).toMatchObject({ seals: 2, entries: 2, unsealed: 0, firstBreak: undefined })
  })

  it('makes one chain although several seal at once', async () => {
    for (let entry = 0; entry < 20; entry += 1) await write('contact.logged')

    const sealed = await Promise.all([seal(), seal(), seal(), seal()])

    expect(sealed.reduce((sum, one) => sum + one, 0)).toBe(20)
    expect(await look()).toMatchObject({ seals: 1, entries: 20, firstBreak: undefined })
  })

  it('seals more than one batch at a time', async () => {
    await app.owner.query(
      `insert into journal.entry (area, id, at, kind, what) select 'north', gen_random_uuid(), now(), 'act', 'contact.logged' from generate_series(1, 4100)`,
    )
    await app.owner.query(`insert into journal.unsealed select area, id from journal.entry`)

    expect(await seal()).toBe(4100)
    expect(await look()).toMatchObject({ seals: 3, entries: 4100, firstBreak: undefined })
  })
})

describe('The command', () => {
  const said: string[] = []
  const commands = () =>
    journalCommands((work) =>
      work({
        ...{ databases: app.databases, areas: async () => ['north', 'south'], now: () => app.clock.now },
        say: (line) => void said.push(line),
      }),
    )
  const run = (name: 'journal verify' | 'journal heads', options: Record<string, string>) => {
    said.length = 0
    return commands()[name]?.run({ options, words: [] })
  }

  it('says of each area that it is unbroken and how far behind the sealer is', async () => {
    await aSealedJournal()
    await write('contact.logged')
    app.clock.pass({ minutes: 4 })

    await run('journal verify', {})

    expect(said).toEqual([
      'north: 3 entries in 2 seals, unbroken; 1 wait, the oldest for 4 minutes.',
      'south: 0 entries in 0 seals, unbroken; none waits.',
    ])
  })

  it('ends with one sentence at a break, also against heads that were kept', async () => {
    const [, , entry] = await aSealedJournal()
    const file = join(mkdtempSync(join(tmpdir(), 'workwell-')), 'heads.txt')
    await run('journal heads', { area: 'north' })
    const kept = await head()
    expect(said).toEqual([kept && headLine(kept)])
    writeFileSync(file, `${said.join('\n')}\n`)
    await run('journal verify', { heads: file })

    await app.owner.query('delete from journal.entry where id = $1', [entry])

    await expect(run('journal verify', { heads: file })).rejects.toThrow(
      breakInWords('north', { what: 'missing', entry: entry ?? '', seal: 2 }),
    )
  })

  it('says so when the area or the file is none', async () => {
    await expect(run('journal verify', { area: 'nowhere' })).rejects.toThrow('There is no area "nowhere".')
    await expect(run('journal verify', { heads: '/nowhere/heads' })).rejects.toThrow('cannot be read')
  })
})
