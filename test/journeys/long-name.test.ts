import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { aReferral } from '#test/people/referral.ts'
import { type Chromium, openChromium } from './chromium.ts'

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

it(
  'A very long name breaks on the list of referrals, and the page does not scroll sideways',
  { timeout: 60_000 },
  async () => {
    await aReferral(app, { person: { familyName: 'Longname'.repeat(12) } })
    const page = await chromium.as(app.cast.administrator)
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.goto('/referrals')

    expect(await page.locator('tbody').innerText()).toContain('Longname')
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
  },
)
