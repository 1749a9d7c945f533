import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aPlannedPerson, formalReferral } from '#test/people/onward.ts'
import { withNationalServices } from '#test/people/services.ts'

const connect = 'dd450575-6b1f-55c9-bdab-0152b38c125d'
let app: TestApp
beforeAll(async () => {
  app = await startApp()
  await withNationalServices(app)
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

async function somebody() {
  const plan = await aPlannedPerson(app)
  const at = `/people/${plan.person}/programmes/connect-to-work`
  return { ...plan, at, browser: await app.as(plan.coach) }
}

const decided = {
  ...{ leastAge: '18', councils: [], needs: 'A letter of the practice', reason: 'Letter of the lead council' },
  ...{ 'from-day': '5', 'from-month': '1', 'from-year': '2026', version: '0' },
}

describe('Somebody held against the entry rules of a programme', () => {
  it('is found on their record, with each rule met, not met or to be asked about', async () => {
    const { browser, person, at } = await somebody()
    const record = await browser.open(`/people/${person}`)
    const all = await browser.open(`/people/${person}/programmes`)
    const page = await browser.open(at)

    expect(record.html).toContain(`/people/${person}/programmes`)
    expect(all.text).toMatch(/Connect to Work.*Access to Work.*Restart Scheme.*NHS Talking Therapies/)
    expect(page.text).toMatch(/They choose it themselves Not known Ask whether they want it/)
    expect(page.text).toContain('It leaves this to each area, and yours has not decided')
    expect(page.text).toMatch(/Their yes to exactly what is sent Missing/)
  })

  it('has what they answer and what is there written down, and the newest word counts', async () => {
    const { browser, at } = await somebody()
    const first = await browser.sendAndFollow(`${at}/checks`, { 'answer-wants': 'yes', done: 'meeting', version: '0' })
    const second = await browser.sendAndFollow(`${at}/checks`, { 'answer-wants': 'no', done: [], version: '2' })

    expect((await browser.open(at.replace(/.programmes.*/, ''))).text).toMatch(
      /Connect to Work: they choose it themselves.*No.*Connect to Work: they know what the first meeting is for/,
    )
    expect(first.text).toMatch(/They choose it themselves Met Answered yes, written down on 5 January 2026 by/)
    expect(first.text).toMatch(/may bring somebody Ready Ticked by .*, 5 January 2026/)
    expect(second.text).toMatch(/They choose it themselves Not met Answered no/)
    expect(second.text).toMatch(/may bring somebody Missing Not ticked/)
  })

  it('is not overwritten by somebody who saw less', async () => {
    const { browser, at } = await somebody()
    await browser.send(`${at}/checks`, { 'answer-wants': 'yes', version: '0' })
    const late = await browser.send(`${at}/checks`, { 'answer-wants': 'no', version: '0' })

    expect(late.status).toBe(409)
    expect((await browser.open(at)).text).toMatch(/They choose it themselves Met/)
  })

  it('is told to the programme only as rules they meet, only where it was ticked, and never of health', async () => {
    const { browser, at, episode, goals } = await somebody()
    await browser.send(`${at}/checks`, { 'answer-wants': 'yes', 'answer-health': 'yes', version: '0' })
    const form = await browser.open(`/episodes/${episode}/onward/new?service=${connect}`)
    const given = { ...formalReferral(connect, goals[0]?.id ?? ''), id: newId(), ticked: ['phone', 'entry'] }
    await browser.send(`/episodes/${episode}/onward`, given)
    const page = await browser.open(`/onward/${given.id}`)
    const check = await browser.open(at)

    expect(form.text).toContain('Rules for joining that are met They choose it themselves')
    expect(page.text).toContain('Rules for joining that are met They choose it themselves')
    expect(page.text).not.toContain('complex barrier')
    expect(check.text).toMatch(/Referral: Connect to Work Not shown yet since today/)
    expect(check.text).toMatch(/Where the delivery area takes referrals Ready/)
  })

  it.each(['coachElsewhere', 'providerCoach'] as const)('is not there for a %s', async (part) => {
    const { at, person } = await somebody()
    const browser = await app.as(app.cast[part])

    expect((await browser.open(at)).status).toBe(404)
    expect((await browser.open(`/people/${person}/programmes`)).status).toBe(404)
    expect((await browser.send(`${at}/checks`, { 'answer-wants': 'yes', version: '0' })).status).toBe(404)
  })
})

describe('What the sources of a programme leave open', () => {
  it('is decided by the area from a day on, with what it is based on, and then holds for everybody', async () => {
    const manager = await app.as(app.cast.manager)
    const path = '/intensive-programmes/connect-to-work'
    const refused = await manager.send(`${path}/decisions`, { ...decided, reason: '' })
    const unknown = await manager.send(`${path}/decisions`, { ...decided, councils: 'E99999999' })
    const kept = await manager.sendAndFollow(`${path}/decisions`, decided)
    const stale = await manager.send(`${path}/decisions`, { ...decided, reason: 'Another letter' })
    const { browser, at } = await somebody()
    const page = await browser.open(at)

    expect([refused.status, unknown.status, stale.status]).toEqual([422, 422, 409])
    expect(refused.text).toContain('Enter on what it is based')
    expect(unknown.text).toContain('Choose councils from the list')
    expect(kept.text).toContain('Decided here: From the age of 18. Needed besides: A letter of the practice.')
    expect(page.text).toMatch(/Old enough Met They are 44; it takes people from 18 on/)
    expect(page.text).toContain('A letter of the practice Missing Not ticked')
    expect((await browser.open(`${path}/decisions`)).status).toBe(403)
  })
})
