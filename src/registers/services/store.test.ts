import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Db } from '#platform/database/transaction.ts'
import type { Location } from './rules.ts'
import { saveLocations } from './store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aService, moneyKind } from '#test/people/services.ts'

let app: TestApp
let [open, hidden] = ['', '']
beforeAll(async () => {
  app = await startApp()
  open = await aService(app, { name: 'Open to all', at: {}, ...around })
  const kept = { name: 'Refuge', runBy: 'Safe Homes', staffOnly: true } as const
  hidden = await aService(app, { ...kept, at: { name: 'Safe house', staffOnly: true }, ...around })
})
afterAll(() => app.close())

const around = {
  openings: [{ day: 1, opens: '09:00', closes: '17:00', location: null }],
  served: [{ kind: 'outward', code: 'M14' }],
  kinds: [moneyKind],
} as const

const tables = ['word', 'service_term', 'opening', 'served', 'at_location'] as const
// Words are read by their own area alone, and without one only what a function says of them.
const wordOpenToAll = (db: Db) =>
  sql<{
    service: string
  }>`select service from services.published_with('advic') where service = any(${[open, hidden]}::uuid[])`.execute(db)

/** Of these two services, how many have rows that this reader sees, table by table. */
const seenBy = async (db: Db) => {
  const counted = tables.map(async (table) => {
    const { rows } = await sql<{ service: string }>`select distinct service from ${sql.table(`services.${table}`)}
      where service = any(${[open, hidden]}::uuid[])`.execute(db)
    return [table, rows.map(({ service }) => (service === open ? 'open' : 'hidden')).toSorted()] as const
  })
  return Object.fromEntries(await Promise.all(counted))
}

const ownersSeenBy = async (db: Db) => {
  const { rows } = await sql<{ name: string }>`select name from services.owner
    where name in ('Riverside Trust', 'Safe Homes') order by 1`.execute(db)
  return rows.map(({ name }) => name)
}

describe('What is for staff only', () => {
  it('is read by its own area', async () => {
    const own = await app.inArea('north', seenBy)

    expect(own).toEqual(Object.fromEntries(tables.map((table) => [table, ['hidden', 'open']])))
    expect(await app.inArea('north', ownersSeenBy)).toEqual(['Riverside Trust', 'Safe Homes'])
  })

  it('is read by nobody else: neither its words, hours, kinds and places nor who runs nothing besides', async () => {
    const everywhere = await app.databases.national(seenBy)

    expect(everywhere).toEqual({ ...Object.fromEntries(tables.map((table) => [table, ['open']])), word: [] })
    expect((await app.databases.national(wordOpenToAll)).rows).toEqual([{ service: open }])
    expect(await app.databases.national(ownersSeenBy)).toEqual(['Riverside Trust'])
    expect(await app.inArea('south', seenBy)).toEqual(Object.fromEntries(tables.map((table) => [table, []])))
  })

  it('is kept back from everybody else once its location is for staff only', async () => {
    const placed = (db: Db) =>
      sql<{ location: string }>`select location from services.at_location where service = ${open}`.execute(db)
    const [at] = (await app.databases.national(placed)).rows
    const opened = (db: Db) => sql`select from services.opening where location = ${at?.location}`.execute(db)
    await app.owner.query(
      `insert into services.opening (area, service, place, location, day, opens, closes, published)
       values ('north', $1, 9, $2, 2, '10:00', '12:00', true)`,
      [open, at?.location],
    )
    expect((await app.databases.national(opened)).rows).toHaveLength(1)
    const said = { area: 'north', cameFrom: 'member', source: null, note: null, by: null, at: app.clock.now } as const
    await app.inArea('north', async (db) => {
      const kept = await sql<{ version: number; document: Location }>`select version, document from services.location
        where id = ${at?.location}`.execute(db)
      const [location] = kept.rows
      if (!at || !location) throw new Error('The service has a location')
      const staffOnly = { ...location.document, staffOnly: true }
      await saveLocations(db, said, [{ id: at.location, version: location.version + 1, location: staffOnly }])
    })

    expect((await app.databases.national(placed)).rows).toEqual([])
    expect((await app.databases.national(opened)).rows).toEqual([])
    expect((await app.inArea('north', placed)).rows).toEqual([at])
  })
})
