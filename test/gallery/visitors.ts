import { type Browser, chromium, type Page } from 'playwright-core'
import { fill, press } from '#test/journeys/chromium.ts'

/** Browsers of the people of the demonstration, each with a page of their own. */
export type Visitors = Readonly<{
  stranger(): Promise<Page>
  /** The first of whom the demonstration says that they have this role, signed in. */
  as(role: string): Promise<Page>
  /** Somebody who signs in as themselves, with the code that was sent to them. */
  participant(means: string, bornOn: string): Promise<Page>
  /** Nobody's: to look at a file. */
  reader(): Promise<Page>
  close(): Promise<void>
}>

/** Opens the browser with which the gallery is made. */
export async function openVisitors(origin: string): Promise<Visitors> {
  const browser: Browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'],
  })
  const opened = async (viewport = { width: 1280, height: 900 }) =>
    (await browser.newContext({ baseURL: origin, viewport })).newPage()
  const as = async (role: string) => {
    const page = await opened()
    await page.goto('/sign-in')
    const card = page.locator('.ww-card', { has: page.getByRole('heading', { name: role, exact: true }) })
    await card.getByRole('button').or(card.getByRole('link')).first().click()
    await page.waitForLoadState('load')
    return page
  }
  const participant = async (way: string, bornOn: string) => {
    const page = await opened()
    await page.goto('/my/sign-in')
    await fill(page, { way })
    await press(page, /Send|Continue/)
    await fill(page, { code: await codeIn(await as('Service manager')) })
    await press(page, /Continue|Sign in/)
    if ((await page.locator('[name^="bornOn"]').count()) === 0) return page
    await fill(page, dayFields('bornOn', bornOn))
    await press(page, /Continue|Sign in/)
    return page
  }
  const close = () => browser.close()
  return { stranger: () => opened(), as, participant, reader: () => opened(sheet), close }
}

/** A sheet of A4 at 96 dots to the inch. */
const sheet = { width: 794, height: 1123 } as const

/** A day as a form asks for it. */
export function dayFields(name: string, day: string): Readonly<Record<string, string>> {
  const [year = '', month = '', date = ''] = day.split('-').map((part) => `${Number(part)}`)
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year }
}

/** The newest code in the outbox, as whoever runs the service may read it. */
async function codeIn(manager: Page): Promise<string> {
  for (let tries = 0; tries < 40; tries += 1) {
    await manager.goto('/outbox')
    const newest = manager.locator('main table a[href^="/outbox/"]').first()
    if ((await newest.count()) > 0) await Promise.all([manager.waitForURL(/outbox\/./), newest.click()])
    const code = /\b\d{3} ?\d{3}\b(?! ?\d)/.exec(
      await manager.locator('.nhsuk-inset-text').allInnerTexts().then(String),
    )
    if (code) return code[0]
    await manager.waitForTimeout(250)
  }
  throw new Error('No code to sign in with came into the outbox.')
}
