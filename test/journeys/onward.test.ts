import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { aPlannedPerson, onwardLink } from '#test/people/onward.ts'
import { aService } from '#test/people/services.ts'
import { type Chromium, fill, look, openChromium, press } from './chromium.ts'

let app: TestApp
let chromium: Chromium
beforeAll(async () => {
  app = await startApp()
  chromium = await openChromium(app)
})
afterAll(async () => {
  await chromium.close()
  await app.close()
})

type Page = Awaited<ReturnType<Chromium['as']>>
const words = (page: Page) => page.locator('main').innerText()
const dated = (name: string, day: string, month = '1') => ({
  [`${name}-day`]: day,
  [`${name}-month`]: month,
  [`${name}-year`]: '2026',
})

describe('Somebody is passed on to a service, and it is known what came of it', { timeout: 90_000 }, () => {
  const faults: string[] = []
  let coach: Page
  let own: Page
  let person = ''
  let episode = ''

  /** The coach finds a service, writes what it would be sent, and asks the person by a message. */
  async function referred(name: string): Promise<string> {
    await coach.goto(`/people/${person}`)
    await coach.getByRole('link', { name: 'Refer onward' }).click()
    await fill(coach, { words: name })
    await press(coach, 'Search')
    faults.push(...(await look(coach)))
    await coach.getByRole('link', { name: `Refer to ${name}` }).click()
    await fill(coach, { kind: 'formal', wanted: 'Help with three letters about rent', ticked: ['phone'] })
    await fill(coach, { email: 'intake@example.org', ...dated('due', '2', '2') })
    await coach.locator('[name="purpose"]').selectOption({ index: 1 })
    faults.push(...(await look(coach)))
    await press(coach, 'See what would be sent')
    const onward = new URL(coach.url()).pathname.split('/').at(-1) ?? ''
    await coach.getByRole('link', { name: 'Show it to them' }).click()
    await fill(coach, { how: 'message' })
    faults.push(...(await look(coach)))
    await press(coach, 'Go on')
    return onward
  }

  it('is found by the coach, read and agreed by the person, and answered and ended by the service', async () => {
    const plan = await aPlannedPerson(app)
    ;[person, episode] = [plan.person, plan.episode]
    await aService(app, { name: 'Harbour advice' })
    await aService(app, { name: 'Lantern advice', email: 'hello@lantern.example.org', waitWeeks: 1 })
    coach = await chromium.as(app.cast.coach)
    const onward = await referred('Harbour advice')
    own = await chromium.carrying((await app.asParticipant(person)).cookies)
    faults.push(...(await look(own, '/my/services')))
    await own.getByRole('link', { name: /Read it and answer/ }).click()
    faults.push(...(await look(own)))
    expect(await words(own)).toMatch(/May we send this\?[^]*Help with three letters about rent/)
    await press(own, 'Yes, send it')
    expect(await words(own)).toContain('We send it')
    await app.work()
    await coach.goto(`/onward/${onward}`)
    faults.push(...(await look(coach)))
    const code = /code: (\d{3} \d{3})/.exec(await words(coach))?.[1] ?? ''
    const service = await chromium.stranger(false, 320)
    await service.goto(await onwardLink(app, onward))
    await fill(service, { code })
    await press(service, 'Continue')
    await fill(service, { said: 'accepted', byName: 'Ada Lowe' })
    await press(service, 'Send your answer')
    expect(await words(service)).toContain('Thank you for your answer')
    const later = await chromium.stranger(true, 320)
    faults.push(...(await look(later, await onwardLink(app, onward))))
    await fill(later, { code })
    await press(later, 'Continue')
    faults.push(...(await look(later)))
    await fill(later, { said: 'ended', outcome: 'helped', ...dated('ended', '5'), byName: 'Ada Lowe' })
    await press(later, 'Send your answer')
    expect(await words(later)).toContain('the link is closed')
    await coach.goto(`/onward/${onward}`)
    expect(await words(coach)).toMatch(/Ended: they got the help they came for/)
  })

  it('hears of the next service after silence, and would rather wait: nothing goes to the next', async () => {
    await aService(app, { name: 'Quiet advice' })
    const onward = await referred('Quiet advice')
    await own.goto(`/my/services/${onward}`)
    await press(own, 'Yes, send it')
    await app.work()
    app.clock.pass({ hours: 24 * 15 })
    await app.inArea('north', async (db) => app.product.jobs['onward.silence']?.(db, { area: 'north' }, app.clock.now))
    coach = await chromium.as(app.cast.coach)
    await coach.goto('/day')
    expect(await words(coach)).toContain('Another is proposed')
    faults.push(...(await look(coach, `/onward/${onward}/next`)))
    expect(await words(coach)).toMatch(/Lantern advice[^]*Help with three letters about rent/)
    own = await chromium.carrying((await app.asParticipant(person)).cookies)
    faults.push(...(await look(own, `/my/services/${onward}/next`)))
    await fill(own, { answer: 'wait' })
    await press(own, 'Send your answer')
    expect(await words(own)).toContain('We wait with you')
    await app.work()
    const { rows } = await app.owner.query(`select from notify.message where address like '%lantern%'`)
    expect(rows).toEqual([])
    await coach.goto(`/onward/${onward}/next`)
    expect(await words(coach)).toContain('They would rather wait')
    expect(episode).not.toBe('')
  })

  it('has nothing that axe finds fault with', () => {
    expect(faults).toEqual([])
  })
})
