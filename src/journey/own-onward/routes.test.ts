import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { declines } from '#journey/onward/rules.ts'
import { recordEvent } from '#journey/onward/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aDraftedOnward, aSentOnward } from '#test/people/onward.ts'
import { aService } from '#test/people/services.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const reached = {
  ...{ phones: [{ number: '01632 960007', about: 'Mornings' }], url: 'https://lock.example.org/', contact: null },
  ...{ email: 'hello@lock.example.org', hours: 'Not in August' },
  openings: [{ day: 1, opens: '09:00', closes: '17:00', location: null }] as const,
}

/** Somebody who was told of a service that can be reached in every way. */
async function told(given: Parameters<typeof aService>[1] = {}) {
  const service = await aService(app, { name: `Lock advice ${newId().slice(-6)}`, ...reached, ...given })
  const drafted = await aDraftedOnward(app, { service, also: { kind: 'signpost' } })
  await drafted.browser.send(`/onward/${drafted.onward}/telling`, { id: newId() })
  return { ...drafted, own: await app.asParticipant(drafted.person) }
}

const details = /01632 960007.*Mornings.*lock\.example\.org.*hello@lock\.example\.org.*Monday.*Not in August/

describe('The services of a participant', () => {
  it('show the details of one they were told of, and that nothing about them was sent', async () => {
    const { own, onward, service, browser } = await told()
    const page = await own.open(`/my/services/${onward}`)

    expect(page.text).toMatch(details)
    expect(page.html).toContain(`/in/north/support-near-you/${service}`)
    expect(page.text).toContain('Nothing about you was sent to the service')
    expect(page.text).not.toContain('is told to stop')
    expect((await browser.open(`/onward/${onward}`)).text).toMatch(details)
  })

  it('show no details of a service that only staff may see, and those of a sent one say that it is told to stop', async () => {
    const hidden = await told({ staffOnly: true })
    const sent = await aSentOnward(app)
    const own = await app.asParticipant(sent.person)

    expect((await hidden.own.open(`/my/services/${hidden.onward}`)).text).not.toContain('01632 960007')
    expect((await own.open(`/my/services/${sent.onward}`)).text).toContain('The service is told to stop')
  })

  it('say what happens next after each reason for which a service declines', async () => {
    const { person, onward } = await aSentOnward(app)
    const own = await app.asParticipant(person)
    const said = { area: 'north', referral: onward, kind: 'declined', witness: 'service', at: app.clock.now } as const
    const next: string[] = []
    for (const reason of Object.keys(declines)) {
      app.clock.pass({ minutes: 1 })
      await app.inArea('north', (db) => recordEvent(db, { ...said, id: newId(), reason, at: app.clock.now }))
      const { text } = await own.open(`/my/services/${onward}`)
      next.push(/Your coach (looks|tells|asks|talks)[^.]*\./.exec(text)?.[0] ?? reason)
    }

    expect(next).toEqual([
      ...['another', 'another', 'another', 'else', 'more', 'reach', 'instead', 'another', 'instead'].map((word) =>
        expect.stringContaining(word),
      ),
    ])
  })
})
