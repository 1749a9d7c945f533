import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { lookForPairs } from '#registers/likeness/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'
import { aPerson } from '#test/people.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

/** One person, known to two organisations of which neither sees the other's people. */
async function knownTwice(familyName: string) {
  const about = { givenName: 'Sam', familyName, also: { postcode: 'LS1 4AP' } }
  const ours = await aPerson(app, about)
  const theirs = await aPerson(app, { ...about, heldBy: app.cast.providerCoach, givenName: 'SAM' })
  await app.inArea('north', (db) => lookForPairs(db, { area: 'north', at: app.clock.now }))
  const { rows } = await app.owner.query('select id from likeness.pair where person in ($1, $2)', [ours, theirs])
  return { ours, theirs, page: `/people/duplicates/elsewhere/${String(rows[0]?.id)}` }
}

const say = async (member: Member, page: string, says: string) =>
  (await app.as(member)).sendAndFollow(page, { id: newId(), says, reason: 'I asked them on the phone' })

const mergedInto = async (person: string) =>
  (await app.owner.query('select merged_into from people.person where id = $1', [person])).rows[0]?.merged_into

describe('A person whom two organisations know', () => {
  it('is shown to each side by its own record alone', async () => {
    const { ours, theirs, page } = await knownTwice('Sideways')
    const manager = await app.as(app.cast.manager)
    const list = await manager.open('/people/duplicates/elsewhere')
    const seen = await manager.open(page)

    expect(list.text).toContain('Sam Sideways')
    expect(seen.html).toContain(ours)
    expect(seen.html).not.toContain(theirs)
    expect(seen.text).not.toContain('SAM')
    expect((await manager.open(`/people/${theirs}`)).status).toBe(404)
  })

  it('becomes one record once both sides say so, and both work with it', async () => {
    const { ours, theirs, page } = await knownTwice('Together')
    const first = await say(app.cast.manager, page, 'same')

    expect(first.text).toContain('When the other organisation says the same')
    expect([await mergedInto(ours), await mergedInto(theirs)]).toEqual([null, null])

    const second = await say(app.cast.providerManager, page, 'same')
    const kept = (await mergedInto(theirs)) ?? (await mergedInto(ours))

    expect(second.text).toContain('the two records are one now')
    expect([ours, theirs]).toContain(kept)
    for (const member of [app.cast.manager, app.cast.providerManager])
      expect((await (await app.as(member)).open(`/people/${kept}/details`)).status).toBe(200)
  })

  it('stays two people as soon as one side says so', async () => {
    const { ours, theirs, page } = await knownTwice('Separate')
    await say(app.cast.manager, page, 'same')
    const seen = await say(app.cast.providerManager, page, 'different')

    expect(seen.text).toContain('They stay two records')
    expect([await mergedInto(ours), await mergedInto(theirs)]).toEqual([null, null])
    expect((await (await app.as(app.cast.manager)).open(page)).status).toBe(404)
  })

  it.each(['manager', 'providerManager'] as const)(
    'is two records again as soon as one side asks: %s',
    async (part) => {
      const { ours, theirs, page } = await knownTwice(`Again ${part}`)
      await say(app.cast.manager, page, 'same')
      await say(app.cast.providerManager, page, 'same')
      const member = await app.as(app.cast[part])
      const list = await member.open('/people/duplicates/elsewhere')
      const seen = await member.sendAndFollow(`${page}/reversal`, { version: '2' })

      expect(list.html).toContain(`href="${page}/reversal"`)
      expect(seen.text).toContain('The decision is taken back')
      expect([await mergedInto(ours), await mergedInto(theirs)]).toEqual([null, null])
      for (const [one, own, other] of [
        [app.cast.manager, ours, theirs],
        [app.cast.providerManager, theirs, ours],
      ] as const) {
        const organisation = await app.as(one)
        expect((await organisation.open(`/people/${own}/details`)).status).toBe(200)
        expect((await organisation.open(`/people/${other}/details`)).status).toBe(404)
        expect((await organisation.open('/people/duplicates/elsewhere')).text).toContain(`Again ${part}`)
      }
      expect((await member.send(`${page}/reversal`, { version: '2' })).status).toBe(303)
    },
  )

  it('is asked again after one side took back that they are two, and not by whoever saw an older version', async () => {
    const { page } = await knownTwice('Apart')
    await say(app.cast.manager, page, 'different')
    const provider = await app.as(app.cast.providerManager)
    const stale = await provider.send(`${page}/reversal`, { version: '1' })
    const elsewhere = await (await app.as(app.cast.managerElsewhere)).open(`${page}/reversal`)

    expect([stale.status, elsewhere.status]).toEqual([409, 404])
    expect((await provider.send(`${page}/reversal`, { version: '2' })).status).toBe(303)
    expect((await provider.open('/people/duplicates/elsewhere')).text).toMatch(/Sam Apart[^]*To be answered/i)
  })

  it('is not told of where the other record is restricted, nor to another area', async () => {
    const { theirs, page } = await knownTwice('Hidden')
    const elsewhere = await (await app.as(app.cast.managerElsewhere)).open(page)
    await app.owner.query('update people.person set restricted = true where id = $1', [theirs])
    const manager = await app.as(app.cast.manager)
    const absent = await manager.open(`/people/duplicates/elsewhere/${newId()}`)
    const refused = await manager.open(page)

    expect((await manager.open('/people/duplicates/elsewhere')).text).not.toContain('Hidden')
    expect([refused.status, refused.text]).toEqual([404, absent.text])
    expect(elsewhere.status).toBe(404)
  })

  it('needs an answer and how one knows', async () => {
    const { page } = await knownTwice('Asked')
    const manager = await app.as(app.cast.manager)
    const sent = await manager.send(page, { id: newId(), says: '', reason: '' })

    expect([sent.status, sent.text.includes('Say how you know')]).toEqual([422, true])
  })
})
