import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { type Chromium, fill, openChromium, press } from './chromium.ts'

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

describe('Somebody who must not be seen here', { timeout: 60_000 }, () => {
  it.each([
    ['with script', true],
    ['without script', false],
  ])('leaves, and nothing of what they typed is there for who comes next: %s', async (_how, script) => {
    const page = await chromium.stranger(script)
    await page.route('https://www.bbc.co.uk/**', (route) => route.fulfill({ body: 'Sunny spells' }))
    await page.goto('/in/north/refer-yourself/name')
    await fill(page, { givenName: 'Wanda', familyName: 'Wayfarer', phone: '07700 900321', safe: ['call'] })
    await press(page, /Continue/)
    await page.getByRole('link', { name: 'Leave this page quickly' }).click()
    await page.waitForURL('https://www.bbc.co.uk/weather')

    await expect.poll(async () => (await app.owner.query('select page from form.draft')).rows).toEqual([])
    await page.goto('/in/north/refer-yourself/name')
    expect(await page.locator('main [name="givenName"]').inputValue()).toBe('')
    expect(await page.locator('main [name="phone"]').inputValue()).toBe('')
  })
})
