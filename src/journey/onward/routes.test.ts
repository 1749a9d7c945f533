import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { stateOf } from './rules.ts'
import { findOnwardOf, listOnwardOf } from './store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aDraftedOnward, aPlannedPerson, aSentOnward, formalReferral, onwardLink } from '#test/people/onward.ts'
import { aService } from '#test/people/services.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const onwardOf = async (person: string) => (await app.inArea('north', (db) => listOnwardOf(db, 'north', [person])))[0]
const sentTo = async (onward: string) => {
  const { rows } = await app.owner.query<{ kind: string; address: string; settled_as: string | null }>(
    'select kind, address, settled_as from notify.message where about = $1 order by id',
    [onward],
  )
  return rows
}

describe('Somebody who is passed on to a service', () => {
  it('is found a service that is open, and it becomes an action of the plan before anything is sent', async () => {
    const { person, episode, browser, onward } = await aDraftedOnward(app, { name: 'Harbour money advice' })
    const found = await browser.sendAndFollow(`/episodes/${episode}/onward/services`, { words: 'harbour' })
    const page = await browser.open(`/onward/${onward}`)

    expect(found.text).toMatch(/Find a service to refer to.*Harbour money advice.*Refer to Harbour money advice/)
    expect(found.html).toContain(`/episodes/${episode}/onward/new?service=`)
    expect(page.text).toMatch(/Not shown yet.*Show it to them/)
    expect(page.text).toMatch(/Phone number 07700 900461.*What stands in the way Does not open letters about money/)
    expect(page.text).not.toContain('14 March 1981')
    expect(await sentTo(onward)).toEqual([])
    expect((await browser.open(`/episodes/${episode}/plan`)).text).toContain('Harbour money advice: Help to sort out')
    expect((await browser.open(`/people/${person}`)).text).toMatch(
      /Onward referrals.*Harbour money advice Not shown yet/,
    )
  })

  it('is seen to have been referred to a service before a second time, with since when and which', async () => {
    const service = await aService(app, { name: 'Lockgate advice' })
    const { episode, goals, coach } = await aPlannedPerson(app)
    const browser = await app.as(coach)
    const path = `/episodes/${episode}/onward/new?service=${service}`
    const first = await browser.open(path)
    const sent = await browser.send(`/episodes/${episode}/onward`, formalReferral(service, goals[0]?.id ?? ''))
    const second = await browser.open(path)
    const again = await browser.send(`/episodes/${episode}/onward`, formalReferral(service, goals[0]?.id ?? ''))

    expect(first.text).not.toContain('There is an open referral')
    expect(second.text).toContain('There is an open referral to Lockgate advice since 5 January 2026')
    expect(second.html).toContain(`href="${sent.location}"`)
    expect(again.status).toBe(303)
  })

  it('is found a service with whether it is open at this hour, as every list of services says it', async () => {
    const openings = [{ day: 1, opens: '09:00', closes: '17:00', location: null }] as const
    await aService(app, { name: 'Towpath advice', openings })
    const { episode, coach } = await aPlannedPerson(app)
    const found = async (at: string) => {
      app.clock.set(at)
      const browser = await app.as(coach)
      return (await browser.sendAndFollow(`/episodes/${episode}/onward/services`, { words: 'towpath' })).text
    }

    expect(await found('2026-01-05T10:00:00Z')).toMatch(/Towpath advice.*Open now/)
    expect(await found('2026-01-05T19:00:00Z')).toMatch(/Towpath advice.*Not open now.*Refer to Towpath advice/)
  })

  it('is found a service by the same search as on their record: what fits them, and every way to narrow it down', async () => {
    await aService(app, { name: 'Ferry advice', languages: ['Polish'], mostAge: 70, cost: 'free' })
    await aService(app, { name: 'Ferry club', leastAge: 80, cost: 'paid' })
    const { person, episode, coach } = await aPlannedPerson(app)
    const browser = await app.as(coach)
    const path = `/episodes/${episode}/onward/services`
    const all = await browser.sendAndFollow(path, { words: 'ferry' })
    const polish = await browser.sendAndFollow(path, { words: 'ferry', language: 'polish', order: 'nearest' })
    const theirs = await browser.open(`/people/${person}/services`)

    expect(all.text).toMatch(/Ferry advice.*it is for up to 70/)
    expect(all.text).toMatch(/Ferry club.*and it is for 80 or over/)
    expect(polish.text).toContain('Nearest first needs a town or postcode')
    for (const page of [polish, theirs]) {
      expect(page.text).toContain('Ferry advice')
      expect(page.text).not.toContain('Ferry club')
    }
  })

  it('is told of what they use themselves, and not referred to it', async () => {
    const service = await aService(app, { name: 'Sandbank calculator', ways: ['use'] })
    const { episode, coach } = await aPlannedPerson(app)
    const browser = await app.as(coach)
    const list = await browser.sendAndFollow(`/episodes/${episode}/onward/services`, { words: 'sandbank' })
    const form = await browser.open(`/episodes/${episode}/onward/new?service=${service}`)

    expect(list.text).toMatch(/Sandbank calculator.*They use it themselves: nobody is referred/)
    expect(list.html).not.toContain(`onward/new?service=${service}`)
    expect(form.status).toBe(422)
    expect(form.text).toContain('Sandbank calculator is used by people themselves, and nobody is referred to it')
  })

  it('is sent in the quiet hours, and their coach reads when it goes, until it has gone', async () => {
    const { onward, browser } = await aDraftedOnward(app)
    app.clock.set('2026-01-05T20:30:00Z')
    const coach = await app.as(app.cast.coach)
    await coach.send(`/onward/${onward}/showing`, { id: newId(), how: 'telephone', answer: 'yes', version: '1' })
    await app.work()
    const waits = await coach.open(`/onward/${onward}`)
    app.clock.set('2026-01-06T08:05:00Z')
    await app.work()
    const gone = await (await app.as(app.cast.coach)).open(`/onward/${onward}`)

    expect(browser).toBeDefined()
    expect(waits.text).toMatch(/Sent to the service.*The email goes tomorrow 0?8:00: nothing goes in the quiet hours/)
    expect(gone.text).toContain('Sent to the service')
    expect(gone.text).not.toContain('The email goes')
  })

  it('is not referred to a service that is paused, and reads since when and until when', async () => {
    const { episode, goals, coach } = await aPlannedPerson(app)
    const paused = { pausedFrom: '2026-01-01', pausedUntil: '2026-03-01', name: 'Quayside advice' }
    const service = await aService(app, paused)
    const browser = await app.as(coach)
    const form = await browser.open(`/episodes/${episode}/onward/new?service=${service}`)
    const sent = await browser.send(`/episodes/${episode}/onward`, formalReferral(service, goals[0]?.id ?? ''))
    const list = await browser.sendAndFollow(`/episodes/${episode}/onward/services`, { words: 'quayside' })

    expect([form.status, sent.status]).toEqual([422, 422])
    expect(form.text).toMatch(/Quayside advice is paused \(since 1 Jan 2026, open again from 1 Mar 2026\)/)
    expect(list.text).toContain('It is paused: nobody can be referred now')
    expect(list.text).not.toContain('Refer to Quayside advice')
  })

  it('says yes on the phone, and exactly what they did not leave out is sent, on a permission for this service', async () => {
    const also = { ticked: ['phone', 'born'], health: 'My back' }
    const yes = { leftOut: 'born' }
    const { person, onward, browser } = await aSentOnward(app, { name: 'Weir advice', also, yes })
    const kept = await onwardOf(person)
    const { rows } = await app.owner.query(
      `select recipient, allows, facts from permissions.permission where person = $1 and switch = 'onward'`,
      [person],
    )

    expect(kept?.events.find(({ kind }) => kind === 'agreed')?.parts).toEqual(['name', 'wanted', 'phone', 'barrier'])
    expect(rows).toEqual([{ recipient: 'Weir advice', allows: 'summary', facts: ['phone', 'help'] }])
    expect(await sentTo(onward)).toEqual([
      { kind: 'onward.sent', address: 'intake@riverside.example.org', settled_as: 'sent' },
    ])
    expect((await browser.open('/onward')).text).toMatch(/Waiting on services.*Weir advice 1 /)
    const page = (await browser.open(`/onward/${onward}`)).text
    expect(page).toMatch(/Sent.*tell it this code: \d{3} \d{3}/)
    // What the coach reads out by phone is what was agreed, and says what was not.
    expect(page).toContain('They left out, so do not tell the service: date of birth, ')
    expect(page).not.toContain('My back')
    const { state } = (await app.inArea('north', (db) => findOnwardOf(db, { area: 'north', person, id: onward }))) ?? {}
    expect(state).toBe('sent')
    expect(kept?.state).toBe(stateOf(kept?.events.map(({ kind }) => kind) ?? []))
  })

  it('is shown before it is agreed to, as it is read, where both are written down at once', async () => {
    for (const last of ['4', '5']) {
      const { person } = await aSentOnward(app, { yes: { id: `${newId().slice(0, -1)}${last}` } })
      expect((await onwardOf(person))?.events.map(({ kind }) => kind)).toEqual(['shown', 'agreed', 'sent'])
    }
  })

  it('says no, and nothing is sent', async () => {
    const { onward, browser, person } = await aDraftedOnward(app)
    const no = { id: newId(), how: 'in-person', answer: 'no', version: '1', note: 'Not now' }
    await browser.send(`/onward/${onward}/showing`, no)
    await app.work()

    expect((await onwardOf(person))?.state).toBe('refused')
    expect(await sentTo(onward)).toEqual([])
  })

  it('is sent nothing of a packet that was changed after they saw it', async () => {
    const { onward, browser, person } = await aDraftedOnward(app)
    const other = { kind: 'formal', wanted: 'Something else', email: 'intake@riverside.example.org', version: '1' }
    await browser.send(`/onward/${onward}/change`, other)
    const late = await browser.send(`/onward/${onward}/showing`, {
      ...{ id: newId(), how: 'telephone', answer: 'yes', version: '1' },
    })

    expect([late.status, (await onwardOf(person))?.state]).toEqual([409, 'drafted'])
    expect(late.text).toContain('Something else')
  })

  it('is sent once, however often the form is sent', async () => {
    const { onward, browser } = await aDraftedOnward(app)
    const yes = { id: newId(), how: 'telephone', answer: 'yes', version: '1' }
    await browser.send(`/onward/${onward}/showing`, yes)
    const again = await browser.send(`/onward/${onward}/showing`, yes)

    expect([again.status, (await sentTo(onward)).length]).toEqual([303, 1])
  })

  it('gets the details of a signpost, and the service is sent nothing', async () => {
    const { onward, browser, person } = await aDraftedOnward(app, { also: { kind: 'signpost' } })
    await browser.send(`/onward/${onward}/telling`, { id: newId() })

    expect((await onwardOf(person))?.state).toBe('told')
    expect((await onwardOf(person))?.parts.map(({ part }) => part)).toEqual(['name', 'wanted'])
    expect(await sentTo(onward)).toEqual([])
  })

  it('is withdrawn: the link closes, and the service reads that it stops, and nothing of anybody', async () => {
    const { onward, browser, person } = await aSentOnward(app)
    await browser.send(`/onward/${onward}/withdrawal`, { id: newId(), reason: 'asked' })
    await app.work()
    const { rows } = await app.owner.query<{ body: string }>(
      'select body from notify.message where kind = $1 and about = $2',
      [...['onward.stopped', onward]],
    )

    expect((await onwardOf(person))?.state).toBe('withdrawn')
    expect(rows[0]?.body).toContain(onward.replaceAll('-', '').slice(-8).toUpperCase())
    expect(rows[0]?.body).not.toMatch(/Robin|Marsh/)
    const late = await app.visitor().open(await onwardLink(app, onward))
    expect([late.status, late.text.includes('This link is no longer in use')]).toEqual([410, true])
  })

  it('is nobody else’s to see, and where they can be found is not offered of a restricted record', async () => {
    const { onward, person, episode, service, browser } = await aDraftedOnward(app)
    const elsewhere = await app.as(app.cast.providerCoach)
    expect((await browser.open('/onward')).text).toMatch(/Onward referrals.*Robin Marsh/)
    expect((await elsewhere.open('/onward')).text).not.toContain('Robin Marsh')
    const [hidden, absent] = [await elsewhere.open(`/onward/${onward}`), await elsewhere.open(`/onward/${newId()}`)]
    expect([hidden.status, hidden.text]).toEqual([absent.status, absent.text])

    const { manager, coach } = app.cast
    const restricted = { reason: 'at-risk', version: '1', named: [manager.membership, coach.membership] }
    await (await app.as(manager)).send(`/people/${person}/restriction`, restricted)
    const form = await browser.open(`/episodes/${episode}/onward/new?service=${service}`)
    expect(form.text).not.toContain('07700 900461')
  })
})
