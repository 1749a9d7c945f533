import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { aFileOfReferrals } from '#test/people/file.ts'
import { type Chromium, look, openChromium, press } from './chromium.ts'

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

describe('An administrator with a file of another system', { timeout: 120_000 }, () => {
  it('sends it, sees what would come of it, brings it in, and takes it back', async () => {
    const page = await chromium.as(app.cast.administrator)
    const said = () => page.locator('main').innerText()
    const faults = await look(page, '/imports')
    await page.getByRole('link', { name: 'Bring in referrals' }).click()
    const file = aFileOfReferrals(700, 'Journey').replace('Forename', 'Wer')
    await page.locator('main input[type="file"]').setInputFiles({
      ...{ name: 'old system.csv', mimeType: 'text/csv', buffer: Buffer.from(file) },
    })
    await press(page, 'Send and look into it')
    await press(page, /^Try every row/)
    await page.getByRole('link', { name: /^Say which column holds: First name/ }).click()
    faults.push(...(await look(page)))
    await page.getByLabel('Wer', { exact: true }).selectOption({ label: 'First name' })
    await press(page, /^Try every row/)

    expect(await said()).toContain('0 of 700 rows')
    faults.push(...(await look(page)))
    await app.work()
    // The page looks again by itself, and shows the result when there is one.
    await page.getByRole('heading', { name: 'What would come of it' }).waitFor()
    expect(await said()).toContain('700 rows = 600 to be taken + 0 here already + 100 to be returned')
    faults.push(...(await look(page)))
    await press(page, 'Bring 600 rows in')
    await app.work()
    await page.getByRole('heading', { name: 'What came of it' }).waitFor()
    expect(await said()).toContain('700 rows = 600 taken + 0 here already + 100 returned')
    await page.getByRole('link', { name: 'Take it back' }).click()
    faults.push(...(await look(page)))
    await press(page, 'Take 600 people back')
    await app.work()
    await page.getByText('600 rows are taken back, as if they had never come. Nobody stayed.').waitFor()

    expect(faults).toEqual([])
  })
})
