import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Clone, cloneDatabase } from '#test/database.ts'
import { type Databases, openDatabases } from './router.ts'
import type { Db } from './transaction.ts'

let one: Clone
let other: Clone
let databases: Databases
beforeAll(async () => {
  ;[one, other] = [await cloneDatabase(), await cloneDatabase()]
  databases = openDatabases({ url: one.url, areas: { south: other.url }, most: 3 })
})
afterAll(async () => {
  await databases.close()
  await one.drop()
  await other.drop()
})

const note = (db: Db, area: string) =>
  db
    .insertInto('journal.entry')
    .values({
      area,
      id: randomUUIDv7(),
      at: Temporal.Now.instant(),
      kind: 'act',
      what: 'test.noted',
      account: null,
      role: null,
      organisation: null,
      person: null,
      subject: null,
      digest: null,
    })
    .execute()
const count = async (db: Db) =>
  (
    await db
      .selectFrom('journal.entry')
      .select((row) => row.fn.countAll<number>().as('entries'))
      .executeTakeFirstOrThrow()
  ).entries
const inArea = <T>(area: string, work: (db: Db) => Promise<T>) => databases.databaseFor(area).transaction(work)

describe('An area in a database of its own', () => {
  it('keeps its rows there and nowhere else', async () => {
    await inArea('north', (db) => note(db, 'north'))
    await inArea('south', (db) => note(db, 'south'))
    await inArea('south', (db) => note(db, 'south'))

    expect(await rowsOf(one)).toEqual([{ area: 'north', entries: 1 }])
    expect(await rowsOf(other)).toEqual([{ area: 'south', entries: 2 }])
  })

  it('is asked in the same words, whichever database it is', async () => {
    expect(await inArea('north', count)).toBe(1)
    expect(await inArea('south', count)).toBe(2)
    expect(await databases.everywhere(async () => 'here')).toEqual(['here', 'here'])
  })
})

describe('Row-level security', () => {
  it('shows no row when no area is open', async () => {
    expect(await databases.national(count)).toBe(0)
  })

  it("shows no other area's rows", async () => {
    expect(await inArea('east', count)).toBe(0)
  })

  it('refuses to write for another area', async () => {
    await expect(inArea('north', (db) => note(db, 'east'))).rejects.toThrow(/row-level security/)
  })

  it('leaves nothing set for whoever uses the connection next', async () => {
    await inArea('north', count)
    const left = await databases.national((db) =>
      sql<{ area: string }>`select coalesce(current_setting('app.area', true), '') as area`.execute(db),
    )

    expect(left.rows[0]?.area).toBe('')
  })

  it('cannot be switched off by the application', async () => {
    await expect(
      inArea('north', (db) => sql`alter table journal.entry disable row level security`.execute(db)),
    ).rejects.toThrow(/must be owner/)
    await expect(
      inArea('north', (db) => sql`update journal.entry set what = 'test.changed'`.execute(db)),
    ).rejects.toThrow(/permission denied/)
  })

  it('is a plain refusal for anything that is not the code of an area', async () => {
    await expect(inArea(`north'; reset role; --`, count)).rejects.toThrow('Not the code of an area')
  })
})

describe('A transaction', () => {
  it('is undone whole when the work throws', async () => {
    const before = await inArea('north', count)
    const work = inArea('north', async (db) => {
      await note(db, 'north')
      throw new Error('Something later went wrong')
    })

    await expect(work).rejects.toThrow('Something later went wrong')
    expect(await inArea('north', count)).toBe(before)
  })

  it('is not taken for done when a statement of its pipeline failed unseen', async () => {
    const work = inArea('north', async (db) => {
      await sql`select 1 / 0`.execute(db).catch(() => undefined)
    })

    await expect(work).rejects.toThrow('The transaction was rolled back')
  })

  it('sends statements that were started together in one go', async () => {
    const answers = await inArea('north', (db) => Promise.all([count(db), count(db), count(db)]))

    expect(answers).toEqual([1, 1, 1])
  })

  it('gives moments and days as what they are', async () => {
    const { rows } = await databases.national((db) =>
      sql<{
        moment: Temporal.Instant
        day: Temporal.PlainDate
      }>`select ${Temporal.Instant.from('2026-03-29T00:30:00Z')}::timestamptz as moment,
        ${Temporal.PlainDate.from('2024-02-29')}::date as day`.execute(db),
    )

    expect(rows[0]?.moment.toString()).toBe('2026-03-29T00:30:00Z')
    expect(rows[0]?.day.toString()).toBe('2024-02-29')
  })
})

async function rowsOf(clone: Clone) {
  const owner = new pg.Client({ connectionString: clone.ownerUrl })
  await owner.connect()
  const { rows } = await owner.query(
    'select area, count(*)::integer as entries from journal.entry group by area order by area',
  )
  await owner.end()
  return rows
}
