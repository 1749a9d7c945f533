import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { answeredByEmail } from '#test/people/emailed.ts'
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

describe('A service answers by email', { timeout: 90_000 }, () => {
  const faults: string[] = []

  it('is read by the coach from their day, who adds what is missing and keeps it, and it stands as what the service said', async () => {
    const { onward } = await answeredByEmail(app, 'NO\nWe have stopped giving this help.', { name: 'Tideway advice' })
    const coach = await chromium.as(app.cast.coach)
    faults.push(...(await look(coach, '/day')))
    expect(await words(coach)).toContain('An answer about a service came by email')
    await coach.locator(`a[href="/onward/${onward}"]`).first().click()
    faults.push(...(await look(coach)))
    expect(await words(coach)).toMatch(/We have stopped giving this help[^]*We read it as: they decline/)
    await coach.getByRole('link', { name: 'Keep this as their answer' }).click()
    faults.push(...(await look(coach)))
    await press(coach, 'Keep it')
    expect(await words(coach)).toMatch(/Select why[^]*We have stopped giving this help/)
    await fill(coach, { reason: 'no-longer' })
    await press(coach, 'Keep it')
    faults.push(...(await look(coach)))
    expect(await words(coach)).toMatch(/Declined: we do not give this help any more[^]*Tideway advice, by email/)
    await coach.goto('/day')
    expect(await words(coach)).not.toContain('An answer about a service came by email')
  })

  it('has nothing that axe finds fault with', () => {
    expect(faults).toEqual([])
  })
})
