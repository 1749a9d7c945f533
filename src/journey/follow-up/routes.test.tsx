import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { findPerson } from '#registers/people/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aCompletedPlan, anAgreedPlan, type Spell } from '#test/people/plan.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))

const answers = {
  ...{ result: 'answered', inWork: 'yes', sameEmployer: 'yes', hours: '37.5', health: 'better', adjustments: 'some' },
  ...{ 'heard-day': '6', 'heard-month': '4', 'heard-year': '2026', said: 'The desk made all the difference' },
}

async function due(weeks: 13 | 26 = 13) {
  const spell = await aCompletedPlan(app)
  app.clock.set(weeks === 13 ? '2026-04-06T09:00:00Z' : '2026-07-06T09:00:00Z')
  return { spell, browser: await app.as(spell.coach), address: `/episodes/${spell.episode}/follow-ups/${weeks}` }
}

describe('A follow-up', () => {
  it('has what to say on the page, and keeps what was heard', async () => {
    const { spell, browser, address } = await due()
    const script = await browser.open(address)

    const sent = await browser.send(address, { ...answers, id: newId(), weeksOf7Hours: '13', weeksOf16Hours: '12' })

    const page = await browser.open(address)
    expect(script.text).toContain('07700 900461')
    expect(script.text).toContain('“Hello Robin, this is Carol Coach from WorkWell. Three months ago')
    expect(sent.location).toBe(`/people/${spell.person}`)
    expect(page.text).toContain('The desk made all the difference')
    expect(page.text).toContain('Yes, with 7 hours or more a week')
    expect(await standingOf(spell)).toMatchObject({ stage: 'aftercare', follow_up_13_on: null })
  })

  it('twice with one form is recorded once', async () => {
    const { browser, address } = await due()
    const form = { ...answers, id: newId() }

    const both = await Promise.all([browser.send(address, form), browser.send(address, form)])

    expect(both.map(({ status }) => status)).toEqual([303, 303])
  })

  it('after 26 weeks closes the episode', async () => {
    const { spell, browser, address } = await due(26)

    await browser.send(address, { ...answers, 'heard-month': '7', id: newId() })

    expect(await standingOf(spell)).toMatchObject({ stage: 'closed', follow_up_26_on: null })
  })

  it('that was recorded by mistake is taken back with a reason, and is due again', async () => {
    const { spell, browser, address } = await due(26)
    const form = { ...answers, 'heard-month': '7', result: 'died', id: newId() }
    await browser.send(address, form)
    const bare = await browser.send(`${address}/withdrawal`, { id: newId(), reason: '' })
    const back = await browser.send(`${address}/withdrawal`, { id: newId(), reason: 'It was another person' })
    const again = await browser.send(address, form)
    const record = await browser.open(`/people/${spell.person}`)
    const person = await app.inArea('north', (db) => findPerson(db, actorOf(spell), spell.person))

    expect([bare.status, bare.text]).toEqual([422, expect.stringContaining('Say why the follow-up is taken back')])
    expect([back.status, again.location]).toEqual([303, `/people/${spell.person}`])
    expect(person?.died_on).toBeNull()
    expect(record.text).toMatch(/Follow-up after 26 weeks: they have died Taken back .*It was another person/)
    expect(await standingOf(spell)).toMatchObject({ stage: 'aftercare' })
    expect((await browser.send(address, { ...form, result: 'answered', id: newId() })).status).toBe(303)
  })

  it('is taken back before the one that came after it, and only by who may', async () => {
    const { spell, browser, address } = await due()
    await browser.send(address, { ...answers, id: newId() })
    app.clock.set('2026-07-06T09:00:00Z')
    const later = await app.as(spell.coach)
    await later.send(address.replace(/13$/, '26'), { ...answers, 'heard-month': '7', id: newId() })
    const mistake = { id: newId(), reason: 'Mistake' }
    const refused = await later.send(`${address}/withdrawal`, mistake)

    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('Take that one back first')])
    const foreign = await (await app.as(app.cast.providerCoach)).send(`${address}/withdrawal`, mistake)
    expect(foreign.status).toBe(404)
  })

  it('that nobody answers closes after three tries', async () => {
    const { spell, browser, address } = await due()
    const unreached = { ...answers, result: 'not-reached', id: newId() }
    const attempt = newId()
    await browser.send(`${address}/attempts`, { id: attempt, channel: 'telephone' })
    await browser.send(`${address}/attempts`, { id: attempt, channel: 'telephone' })
    await browser.send(`${address}/attempts`, { id: newId(), channel: 'text' })
    const early = await browser.send(address, unreached)
    await browser.send(`${address}/attempts`, { id: newId(), channel: 'email' })

    const closed = await browser.send(address, unreached)

    expect(early.status).toBe(422)
    expect(early.text).toContain('Try once more first')
    expect(closed.status).toBe(303)
    expect(await standingOf(spell)).toMatchObject({ stage: 'aftercare', follow_up_13_on: null })
  })

  it('that hears of a death stops everything', async () => {
    const { spell, browser, address } = await due()

    await browser.send(address, { ...answers, result: 'died', id: newId() })

    const person = await app.inArea('north', (db) => findPerson(db, actorOf(spell), spell.person))
    expect(person?.died_on?.toString()).toBe('2026-04-06')
    expect(await standingOf(spell)).toMatchObject({ stage: 'closed', follow_up_26_on: null })
  })

  it('asks what is missing', async () => {
    const { browser, address } = await due()

    const page = await browser.send(address, { ...answers, inWork: '', id: newId() })

    expect(page.status).toBe(422)
    expect(page.text).toContain('Select whether they are in work')
    expect(page.text).toContain('The desk made all the difference')
  })

  it('is not there before a plan is completed, weeks early, or at other weeks', async () => {
    const agreed = await anAgreedPlan(app)
    const completed = await aCompletedPlan(app)
    const browser = await app.as(agreed.coach)

    expect((await browser.open(`/episodes/${agreed.episode}/follow-ups/13`)).text).toContain('Only a completed plan')
    expect((await browser.open(`/episodes/${completed.episode}/follow-ups/13`)).text).toContain(
      'opens on 23 March 2026',
    )
    expect((await browser.open(`/episodes/${completed.episode}/follow-ups/14`)).status).toBe(404)
  })

  it.each(['providerCoach', 'coachElsewhere'] as const)('is the same as no record to the %s', async (who) => {
    const { address } = await due()
    const browser = await app.as(app.cast[who])

    const refused = await browser.open(address)
    const missing = await browser.open(`/episodes/${newId()}/follow-ups/13`)

    expect(refused.status).toBe(404)
    expect(refused.text).toBe(missing.text)
    expect((await browser.send(address, { ...answers, id: newId() })).status).toBe(404)
    expect((await browser.send(`${address}/attempts`, { id: newId(), channel: 'text' })).status).toBe(404)
  })
})

const actorOf = ({ coach }: Spell) => ({ ...coach, areaName: '', organisations: [coach.organisation] })

async function standingOf(spell: Spell) {
  return app.inArea(spell.coach.area, (db) => findEpisode(db, actorOf(spell), spell.episode))
}
