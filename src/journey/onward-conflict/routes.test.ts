import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { listOnwardOf } from '#journey/onward/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aDraftedOnward, saidDifferently } from '#test/people/onward.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const eventsOf = async (person: string) =>
  (await app.inArea('north', (db) => listOnwardOf(db, 'north', [person])))[0]?.events ?? []

describe('A service and somebody who say what cannot both be so', () => {
  it('stand on the day of their coach, who reads who said what and writes what holds; all that was said stays', async () => {
    const { person, onward, browser } = await saidDifferently(app, { name: 'Tideway advice' })
    const before = await browser.open('/day?reason=answer')
    const page = await browser.open(`/onward/${onward}/settling`)
    const onPage = await browser.open(`/onward/${onward}`)
    const empty = await browser.send(`/onward/${onward}/settling`, {
      id: newId(),
      holds: 'begun',
      note: '',
      version: '4',
    })
    const kept = { id: newId(), holds: 'begun', note: 'They rang her at her mother’s', version: '4' }
    await browser.send(`/onward/${onward}/settling`, kept)
    await browser.send(`/onward/${onward}/settling`, kept)
    const after = await browser.open('/day?reason=answer')

    expect(before.text).toContain('What is said of a service cannot all be so')
    expect(before.html).toContain(`/onward/${onward}/settling`)
    expect(page.text).toMatch(/Tideway advice Started.*Robin Marsh.*nobody got in touch.*I waited for a call/)
    expect(onPage.text).toContain('The service and the participant say different things of how it went')
    expect(empty.status).toBe(422)
    expect((await eventsOf(person)).map(({ kind, witness, reason }) => [kind, witness, reason])).toEqual([
      ['told', 'team', null],
      ['started', 'service', null],
      ['said', 'person', 'nobody'],
      ['settled', 'team', 'begun'],
    ])
    expect(after.html).not.toContain(`/onward/${onward}/settling`)
    expect((await browser.open(`/onward/${onward}`)).text).toMatch(/Said what holds: it began.*at her mother’s/)
  })

  it.each([
    ['not-begun', 'told', /You have the details/],
    ['unknown', 'started', /It has started/],
  ])('stand where a coach says what holds, for the participant too: %s', async (said, state, own) => {
    const { person, onward, browser } = await saidDifferently(app)
    const kept = { id: newId(), holds: said, note: 'I rang both', version: '4' }
    await browser.send(`/onward/${onward}/settling`, kept)
    const [stands] = await app.inArea('north', (db) => listOnwardOf(db, 'north', [person]))
    const page = await (await app.asParticipant(person)).open(`/my/services/${onward}`)
    const { rows } = await app.owner.query('select started_on from onward.referral where id = $1', [onward])

    expect(stands?.state).toBe(state)
    expect(page.text).toMatch(own)
    expect(rows[0].started_on === null).toBe(said === 'not-begun')
  })

  it('are nobody else’s to see, and where nothing was said there is nothing to settle', async () => {
    const { onward } = await saidDifferently(app)
    const { onward: drafted, browser } = await aDraftedOnward(app)
    const elsewhere = await app.as(app.cast.providerCoach)
    const nothing = { id: newId(), holds: 'begun', note: 'I asked', version: '1' }

    expect((await elsewhere.open(`/onward/${onward}/settling`)).status).toBe(404)
    expect((await browser.open(`/onward/${drafted}/settling`)).text).toContain('Nobody has said anything yet')
    expect((await browser.send(`/onward/${drafted}/settling`, nothing)).status).toBe(409)
  })
})
