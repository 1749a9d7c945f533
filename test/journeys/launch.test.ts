import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { patientThere, type RecordsServer, startRecordsSystem } from '#test/neighbours/records-system.ts'
import { aRecordsSystem } from '#test/people/records-system.ts'
import { type Chromium, fill, look, openChromium, press } from './chromium.ts'

let app: TestApp
let there: RecordsServer
let chromium: Chromium
beforeAll(async () => {
  app = await startApp({ WORKWELL_OWN_NETWORK: 'yes' })
  there = await startRecordsSystem(`${app.settings.origin}/in/north/launch/back`)
  await aRecordsSystem(app, there)
  chromium = await openChromium(app)
})
afterAll(async () => {
  await chromium.close()
  await there.close()
  await app.close()
})

type Page = Awaited<ReturnType<Chromium['as']>>
const words = (page: Page) => page.locator('main').innerText()
const valueOf = (page: Page, name: string) => page.locator(`main [name="${name}"]`).first().inputValue()
const isNarrow = (page: Page) => page.evaluate('document.documentElement.scrollWidth <= innerWidth')
const launched = () => there.launch(`${app.settings.origin}/in/north/launch`, patientThere())

const rest = {
  ...{ agreement: 'agreed', safe: ['call'], referrerName: 'Dr Park', referrerEmail: 'park@example.org' },
  feedback: 'none',
}

describe('From the record of a patient to their referral', { timeout: 90_000 }, () => {
  const faults: string[] = []

  it.each([
    ['a desk with script', true, 1280],
    ['a narrow window without', false, 320],
  ] as const)('at %s: the form comes filled in, and goes once the rest is said', async (_where, script, width) => {
    const page = await chromium.stranger(script, width)
    await page.goto(launched())
    if (script) faults.push(...(await look(page)))
    expect(await isNarrow(page)).toBe(true)
    expect(await words(page)).toContain('Your records system has filled in what is marked')
    expect([await valueOf(page, 'givenName'), await valueOf(page, 'postcode')]).toEqual(['Lauren May', 'LS1 4AP'])
    expect(page.url()).not.toMatch(/Lauren|Quillfeather|LS1|9000000009/)
    await press(page, 'Send referral')
    expect(await words(page)).toContain('Select whether the person agrees')
    if (script) faults.push(...(await look(page)))
    await fill(page, { ...rest, givenName: 'Laura' })
    await press(page, 'Send referral')

    expect(await words(page)).toMatch(/WW-[2-9A-Z]{4}-[2-9A-Z]{3}/)
  })

  it('with a system that is silent, the empty form is the way on', async () => {
    there.says.instead = (_request, response) => Boolean(response.writeHead(503).end())
    const page = await chromium.stranger(true, 320)
    await page.goto(launched())
    faults.push(...(await look(page)))
    expect(await words(page)).toContain('Your records system did not answer')
    await page.getByRole('link', { name: 'Fill in the form' }).click()
    await page.waitForLoadState('load')
    there.says.instead = undefined

    expect([await valueOf(page, 'givenName'), await words(page)]).toEqual([
      '',
      expect.not.stringContaining('Your records'),
    ])
  })

  it('has nothing that axe finds fault with', () => {
    expect(faults).toEqual([])
  })
})
