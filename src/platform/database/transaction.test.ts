import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Clone, cloneDatabase } from '#test/database.ts'
import { type Databases, openDatabases } from './router.ts'
import { type Db, sendWithCommit } from './transaction.ts'

let clone: Clone
let databases: Databases
beforeAll(async () => {
  clone = await cloneDatabase()
  databases = openDatabases({ url: clone.url, most: 1 })
})
afterAll(async () => {
  await databases.close()
  await clone.drop()
})

const inArea = <T>(area: string, work: (db: Db) => Promise<T>) => databases.databaseFor(area).transaction(work)
const waiting = (db: Db, area: string, entry = randomUUIDv7()) =>
  db.insertInto('journal.unsealed').values({ area, entry })
const count = (area: string) =>
  inArea(area, async (db) => (await db.selectFrom('journal.unsealed').select('entry').execute()).length)

describe('What is sent with the commit', () => {
  it('is there once the work is done, in the order in which it was given', async () => {
    const entry = randomUUIDv7()
    await inArea('first', async (db) =>
      sendWithCommit(db, [
        waiting(db, 'first'),
        waiting(db, 'first', entry),
        db.deleteFrom('journal.unsealed').where('entry', '=', entry),
      ]),
    )

    expect(await count('first')).toBe(1)
  })

  it('takes the work back with it when it fails, and says why', async () => {
    const entry = randomUUIDv7()
    const twice = inArea('second', async (db) => {
      await waiting(db, 'second', entry).execute()
      sendWithCommit(db, [waiting(db, 'second', entry)])
    })
    await expect(twice).rejects.toThrow('duplicate key')

    expect(await count('second')).toBe(0)
  })

  it('is not sent when the work fails', async () => {
    const refused = inArea('third', async (db) => {
      sendWithCommit(db, [waiting(db, 'third')])
      throw new Error('Changed our mind')
    })
    await expect(refused).rejects.toThrow('Changed our mind')

    expect(await count('third')).toBe(0)
  })
})

describe('A transaction that has ended', () => {
  it('takes no further statement, since its connection may be in the middle of another', async () => {
    const kept = await inArea('fourth', async (db) => ({ db }))

    await expect(waiting(kept.db, 'fourth').execute()).rejects.toThrow('after its transaction had ended')
    expect(await count('fourth')).toBe(0)
  })
})

describe('A question in a transaction of its own', () => {
  it('is asked as the restricted role, and sees the rows of no area', async () => {
    await inArea('fifth', (db) => waiting(db, 'fifth').execute())
    const [answer] = await databases.ask((db) =>
      db.selectNoFrom([
        sql<string>`current_user`.as('role'),
        sql<number>`(select count(*) from journal.unsealed)`.as('seen'),
      ]),
    )

    expect(answer).toEqual({ role: 'workwell_app', seen: 0 })
  })

  it('that cannot be answered leaves the connection as it was', async () => {
    await expect(databases.ask((db) => db.selectNoFrom(sql`1 / 0`.as('nothing')))).rejects.toThrow('division by zero')

    expect(await databases.ask((db) => db.selectNoFrom(sql<number>`1`.as('one')))).toEqual([{ one: 1 }])
  })
})
