import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import pg from 'pg'
import { type Clone, cloneDatabase } from '#test/database.ts'
import { type Databases, openDatabases } from '#platform/database/router.ts'
import { standingOf } from '#journey/episode/rules.ts'
import { listSteps } from '#journey/episode/store.ts'
import { populate } from './import.ts'

const now = Temporal.Instant.from('2026-02-16T10:00:00Z')
const wanted = { areas: 2, people: 400, seed: 7, now }
let clone: Clone
let databases: Databases
let owner: pg.Client
beforeAll(async () => {
  clone = await cloneDatabase()
  databases = openDatabases({ url: clone.url, most: 3 })
  owner = new pg.Client({ connectionString: clone.ownerUrl })
  await owner.connect()
  await populate(databases, wanted, () => undefined)
})
afterAll(async () => {
  await databases.close()
  await owner.end()
  await clone.drop()
})

const one = async (sql: string) => (await owner.query<{ value: number }>(sql)).rows[0]?.value

describe('The made-up population', () => {
  it('has as many people as were asked for, spread over the areas', async () => {
    expect(await one(`select count(*)::integer as value from people.person where synthetic`)).toBe(400)
    expect(await one(`select count(distinct area)::integer as value from people.person`)).toBe(2)
  })

  it('stands where its steps say, every one of them', async () => {
    const { rows } = await owner.query<{ area: string; episode: string; stage: string }>(
      `select area, episode, stage from episode.standing`,
    )
    const different = []
    for (const { area, episode, stage } of rows) {
      const steps = await databases.databaseFor(area).transaction((db) => listSteps(db, area, episode))
      if (standingOf(steps)?.stage !== stage) different.push(episode)
    }

    expect(rows.length).toBe(400)
    expect(different).toEqual([])
  })

  it('has nothing in the future but what is due', async () => {
    expect(await one(`select count(*)::integer as value from episode.step where at > '2026-02-16T11:00:00Z'`)).toBe(0)
  })

  it('uses only numbers and addresses that belong to nobody', async () => {
    expect(
      await one(
        `select count(*)::integer as value from people.means where value !~ '^07700 900[0-9]{3}$|@example\\.org$'`,
      ),
    ).toBe(0)
    expect(
      await one(
        `select count(*)::integer as value from people.person where nhs_number is not null and nhs_number !~ '^999'`,
      ),
    ).toBe(0)
  })

  it('gives every coach people of their own provider only', async () => {
    expect(
      await one(
        `select count(*)::integer as value from episode.standing s join organisations.member m on m.area = s.area and m.id = s.coach where m.organisation <> s.provider`,
      ),
    ).toBe(0)
  })
})
