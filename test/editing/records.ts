import { newId } from '#platform/ids.ts'
import { lookForPairs } from '#registers/likeness/store.ts'
import type { TestApp } from '#test/app.ts'
import { aPerson } from '#test/people.ts'

/** The page of one way to reach somebody. */
export async function aWayToReach(app: TestApp): Promise<string> {
  const person = await aPerson(app)
  const { rows } = await app.owner.query<{ id: string }>('select id from people.means where person = $1', [person])
  return `/people/${person}/details/means/${rows[0]?.id}`
}

/** The page of somebody at a person's work. */
export async function aWorkplace(app: TestApp): Promise<string> {
  const [person, id] = [await aPerson(app), newId()]
  const jo = { id, organisation: 'Hillside Bakery', contact: 'Jo Ray', part: 'line-manager', phone: '01632 960111' }
  await (await app.as(app.cast.coach)).send(`/people/${person}/employer`, jo)
  return `/people/${person}/employer/${id}`
}

/** The page of two records that look like one person, which nobody has decided about. */
export async function aPairToDecide(app: TestApp): Promise<string> {
  const also = { postcode: 'LS1 4AP' }
  const person = await aPerson(app, { familyName: 'Twice', also })
  await aPerson(app, { familyName: 'Twice', also })
  await app.inArea('north', (db) => lookForPairs(db, { area: 'north', at: app.clock.now }))
  const found = 'select id, person from likeness.pair where person = $1 or other = $1'
  const { rows } = await app.owner.query<{ id: string; person: string }>(found, [person])
  return `/people/${rows[0]?.person}/duplicates/${rows[0]?.id}`
}

/** A pair that two organisations decided together, each by its own record: what its page is. */
export async function aPairDecidedTogether(app: TestApp): Promise<string> {
  const also = { postcode: 'LS1 4AP' }
  const person = await aPerson(app, { familyName: 'Bothsides', also })
  await aPerson(app, { familyName: 'Bothsides', also, heldBy: app.cast.providerCoach })
  await app.inArea('north', (db) => lookForPairs(db, { area: 'north', at: app.clock.now }))
  const found = 'select id from likeness.pair where person = $1 or other = $1'
  const { rows } = await app.owner.query<{ id: string }>(found, [person])
  const page = `/people/duplicates/elsewhere/${rows[0]?.id}`
  for (const member of [app.cast.manager, app.cast.providerManager])
    await (await app.as(member)).send(page, { id: newId(), says: 'different', reason: 'I asked them on the phone' })
  return page
}
