import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { isStillAllowed, listPermissions } from '#registers/permissions/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aPerson } from '#test/people.ts'
import { listStillOpen, type WentOut } from './store.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

/** Numbers that look like chance and are the same each time (a linear congruence). */
function seeded(seed: number) {
  let state = seed
  return <One>(of: readonly [One, ...One[]]): One => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return of[Math.floor((state / 2 ** 32) * of.length)] ?? of[0]
  }
}

type Said = Readonly<{ person: string; switch: string; at: string; given: boolean } & Record<string, unknown>>

/** What some people said again and again, in every way in which it can be said. */
function histories(people: readonly string[]): Said[] {
  const pick = seeded(20_260_105)
  return people.flatMap((person) =>
    Array.from({ length: 12 }, () => ({
      ...{ area: 'north', id: newId(), person, given: pick([true, true, false]) },
      switch: pick(['onward', 'onward', 'onward', 'take-part', 'contact', 'gp']),
      recipient: pick(['', 'Harbour advice', 'harbour ADVICE', 'Weir advice']),
      ...{
        allows: pick(['received', 'status', 'summary', 'summary']),
        facts: pick([null, ['phone'], ['phone', 'help']]),
      },
      ...{ how: pick(['telephone', 'online', 'referrer']), batch: pick([null, null, null, newId()]) },
      ...{ lawful_basis: 'public-task', at: `2026-01-${pick(['05', '06', '07', '08', '09'])}T10:00:00Z` },
    })),
  )
}

/** What is said of one at a time: the yes stands, and they take part and want contact. */
async function isOpen({ person, allowedBy }: WentOut): Promise<boolean> {
  return app.inArea('north', async (db) => {
    const stands = await isStillAllowed(db, { area: 'north', person, allowedBy })
    const said = await listPermissions(db, 'north', person)
    const whole = said.filter((one) => one.recipient === '' && ['take-part', 'contact'].includes(one.switch))
    return stands.allowed && whole.every(({ given }) => given)
  })
}

describe('What went out on the yeses of many people', () => {
  it('may be read as long as each of them by itself may, whatever they said since, merged and dead among them', async () => {
    const people = await Promise.all(Array.from({ length: 16 }, () => aPerson(app)))
    const [dead, kept, merged, other] = people
    await app.owner.query(
      `insert into permissions.permission select (jsonb_populate_record(null::permissions.permission, one)).*
       from jsonb_array_elements($1::jsonb) as one`,
      [JSON.stringify(histories(people))],
    )
    await app.owner.query(`update people.person set died_on = '2026-01-04' where id = $1`, [dead])
    await app.owner.query(`update people.person set merged_into = $1 where id = any($2)`, [kept, [merged, other]])
    const { rows } = await app.owner.query<WentOut>(
      `select yes.id || ' of ' || whose.id as id, whose.id as person, yes.id as "allowedBy"
       from permissions.permission yes join people.person whose on whose.id = yes.person or whose.id = $1
       where yes.switch = 'onward' and yes.given and yes.person = any($2)`,
      [kept, people],
    )
    const open = await app.inArea('north', (db) => listStillOpen(db, 'north', rows))
    const one = await Promise.all(rows.map(async (went) => ((await isOpen(went)) ? [went.id] : [])))

    expect([...open].toSorted()).toEqual(one.flat().toSorted())
    expect(open.size).toBeGreaterThan(5)
    expect(rows.length - open.size).toBeGreaterThan(50)
  })

  it('is of nobody where nothing went out, and closed where nobody is known who said yes', async () => {
    const [person, allowedBy] = [await aPerson(app), newId()]

    expect(await app.inArea('north', (db) => listStillOpen(db, 'north', []))).toEqual(new Set())
    expect(await app.inArea('north', (db) => listStillOpen(db, 'north', [{ id: 'a', person, allowedBy }]))).toEqual(
      new Set(),
    )
  })
})
