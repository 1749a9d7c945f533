import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { aSentOnward, onwardLink } from '#test/people/onward.ts'
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

describe('A service and the person say what cannot both be so', { timeout: 90_000 }, () => {
  const faults: string[] = []

  it('is seen by their coach on the day, who asks, writes what holds, and leaves what was said as it was', async () => {
    const { onward, person } = await aSentOnward(app, { name: 'Tideway advice' })
    const coach = await chromium.as(app.cast.coach)
    await coach.goto(`/onward/${onward}`)
    const code = /code: (\d{3} \d{3})/.exec(await words(coach))?.[1] ?? ''
    const service = await chromium.stranger(true, 320)
    await service.goto(await onwardLink(app, onward))
    await fill(service, { code })
    await press(service, 'Continue')
    const day = { 'started-day': '5', 'started-month': '1', 'started-year': '2026' }
    await fill(service, { said: 'started', byName: 'Ada Lowe', ...day })
    await press(service, 'Send your answer')
    expect(await words(service)).toContain('Thank you for your answer')

    const own = await chromium.carrying((await app.asParticipant(person)).cookies)
    faults.push(...(await look(own, `/my/services/${onward}/help`)))
    await fill(own, { answer: 'nobody', note: 'I waited for a call' })
    await press(own, 'Send')
    faults.push(...(await look(own)))
    expect(await words(own)).toContain('Thank you for telling us')

    faults.push(...(await look(coach, '/day')))
    expect(await words(coach)).toContain('What is said of a service cannot all be so')
    await coach.locator(`a[href="/onward/${onward}/settling"]`).first().click()
    faults.push(...(await look(coach)))
    expect(await words(coach)).toMatch(/Started[^]*Nobody got in touch[^]*I waited for a call/i)
    await press(coach, 'Keep it')
    expect(await words(coach)).toMatch(/Select what holds[^]*Enter how you know/)
    await fill(coach, { holds: 'not-begun', note: 'Rang Ada Lowe: it was somebody else of the same name' })
    await press(coach, 'Keep it')
    faults.push(...(await look(coach)))
    expect(await words(coach)).toMatch(/Said what holds: [^]*somebody else of the same name[^]*Started/)
    await coach.goto('/day')
    expect(await words(coach)).not.toContain('What is said of a service cannot all be so')
  })

  it('has nothing that axe finds fault with', () => {
    expect(faults).toEqual([])
  })
})
