import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { listActions } from '#journey/action/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aSentOnward } from '#test/people/onward.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const days = (name: string, day: string) => ({
  [`${name}-day`]: day,
  [`${name}-month`]: '1',
  [`${name}-year`]: '2026',
})

async function passedOnTwice() {
  const first = await aSentOnward(app, { name: 'Keel programme' })
  const { person, episode, goals, coach } = first
  const second = await aSentOnward(app, { name: 'Mast advice', plan: { person, episode, goals, coach } })
  return { ...first, second: second.onward, at: `/people/${person}/support-now` }
}

/** The service started and ended, as the coach heard it. */
async function ended({ browser, onward }: Awaited<ReturnType<typeof passedOnTwice>>, outcome: string) {
  const heard = (said: object, version: number) =>
    browser.send(`/onward/${onward}/happenings`, { id: newId(), witness: 'service', version: `${version}`, ...said })
  const { rows } = await app.owner.query('select version from onward.referral where id = $1', [onward])
  const { version } = rows[0]
  await heard({ said: 'started', ...days('started', '5') }, version)
  await heard({ said: 'ended', outcome, ...days('ended', '5') }, version + 1)
}

describe('Somebody who is supported in-house and outside at once', () => {
  it('stands on one page with where each is, since when, and who acts next', async () => {
    const { browser, at, person } = await passedOnTwice()
    const page = await browser.open(at)
    const record = await browser.open(`/people/${person}`)

    expect(page.text).toMatch(
      /In-house.*Ask for a phased return Due Monday 19 January 2026, in the plan since today The participant/,
    )
    expect(page.text).toMatch(/Outside.*Mast advice Sent since today, formal The service: answers/)
    expect(page.text).toMatch(/Keel programme Sent since today, formal The service: answers/)
    expect(page.text).not.toContain('Back to coaching')
    expect(record.html).toContain(at)
  })

  it('comes back to coaching in one step: the plan says what came of it, and the coach has the next thing', async () => {
    const passed = await passedOnTwice()
    const { browser, at, onward, episode, person } = passed
    await ended(passed, 'helped')
    const before = await browser.open(at)
    const after = await browser.sendAndFollow(`/onward/${onward}/return`)
    await browser.send(`/onward/${onward}/return`)
    const actions = await app.inArea('north', (db) => listActions(db, 'north', episode))
    const plan = await browser.open(`/episodes/${episode}/plan`)
    const record = await browser.open(`/people/${person}`)

    expect(before.text).toMatch(/Help from outside has ended.*Keel programme Ended today Back to coaching/)
    expect(after.text).toMatch(
      /Talk about what comes next after Keel programme Due Monday 12 January 2026, in the plan since today The coach/,
    )
    expect(after.text).toMatch(/Mast advice Sent since today/)
    expect(after.text).not.toContain('Back to coaching:')
    expect(actions.filter(({ what }) => what.startsWith('Talk about what comes next'))).toHaveLength(1)
    expect(actions.find(({ what }) => what.startsWith('Keel programme'))).toMatchObject({
      ...{ result: 'done', result_note: 'Keel programme: Ended: they got the help they came for' },
    })
    expect(plan.text).toContain('Keel programme: Ended: they got the help they came for')
    expect(record.text).toContain('Ended: they got the help they came for')
    expect(record.text).toContain('Back to coaching from Keel programme')
  })

  it('has the plan say that it did not work where they left early or the service said no', async () => {
    const passed = await passedOnTwice()
    await ended(passed, 'stopped')
    const declined = { id: newId(), witness: 'service', said: 'declined', reason: 'full' }
    const { rows } = await app.owner.query('select version from onward.referral where id = $1', [passed.second])
    await passed.browser.send(`/onward/${passed.second}/happenings`, { ...declined, version: `${rows[0].version}` })
    for (const onward of [passed.onward, passed.second]) await passed.browser.send(`/onward/${onward}/return`)
    const actions = await app.inArea('north', (db) => listActions(db, 'north', passed.episode))

    expect(
      actions.filter(({ owner }) => owner === 'service').map(({ result, result_note: note }) => [result, note]),
    ).toEqual(
      expect.arrayContaining([
        ['did-not-work', 'Keel programme: Ended: they stopped coming'],
        ['did-not-work', 'Mast advice: Declined: we have no places and no waiting list'],
      ]),
    )
  })

  it('counts its weeks again where support waited for that service, and goes on waiting for anything else', async () => {
    const passed = await passedOnTwice()
    const { browser, onward, episode, second } = passed
    const standing = async () =>
      (
        await app.owner.query('select stage, paused_days, next_due_what from episode.standing where episode = $1', [
          episode,
        ])
      ).rows[0]
    const wait = (whom: string) =>
      browser.send(`/episodes/${episode}/pause`, {
        ...{ id: newId(), waits: 'service', whom, ...days('since', '5'), ...days('check', '30') },
      })
    await wait('Mast advice')
    await ended(passed, 'helped')
    app.clock.set('2026-01-12T10:00:00Z')
    const { coach } = passed
    const later = await app.as(coach)
    await later.send(`/onward/${onward}/return`)
    const waiting = await standing()
    await later.send(`/onward/${second}/withdrawal`, { id: newId(), reason: 'asked' })
    const after = await standing()
    const record = await later.open(`/people/${passed.person}`)

    expect(waiting).toMatchObject({ stage: 'waiting', paused_days: 0 })
    expect(after).toMatchObject({ stage: 'assessed', paused_days: 7, next_due_what: 'contact' })
    expect(record.text).toContain('Mast advice: it was withdrawn')
  })

  it('counts its weeks again when they come back from the service that was waited for', async () => {
    const passed = await passedOnTwice()
    const { browser, onward, episode } = passed
    const page = `/episodes/${episode}/pause`
    const form = { waits: 'service', whom: 'Keel programme', ...days('since', '5'), ...days('check', '30') }
    await browser.send(page, { id: newId(), ...form })
    await ended(passed, 'helped')
    const before = await browser.open(page)
    await browser.send(`/onward/${onward}/return`)
    const after = await browser.open(page)

    expect(before.text).toContain('Keel programme')
    expect(before.text).toContain('not counted so far')
    expect(after.text).not.toContain('not counted so far')
    expect((await browser.open(`/people/${passed.person}`)).text).toContain('Keel programme: back to coaching')
  })

  it('cannot come back from what goes on', async () => {
    const { browser, onward } = await passedOnTwice()

    expect((await browser.send(`/onward/${onward}/return`)).status).toBe(404)
  })

  it.each(['coachElsewhere', 'providerCoach'] as const)('is not there for a %s', async (part) => {
    const { at, onward } = await passedOnTwice()
    const browser = await app.as(app.cast[part])

    expect((await browser.open(at)).status).toBe(404)
    expect((await browser.send(`/onward/${onward}/return`)).status).toBe(404)
  })
})
