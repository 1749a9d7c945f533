import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'

/** A real browser on the product of one test file. */
export type Chromium = Readonly<{
  /** A page in which this member is signed in. */
  as(member: Member): Promise<Page>
  /** A page of somebody whose browser has these cookies. */
  carrying(cookies: ReadonlyMap<string, string>): Promise<Page>
  /** A page of a stranger, with or without script. */
  stranger(script: boolean, width?: number): Promise<Page>
  close(): Promise<void>
}>

/** Starts Chromium and lets the product listen on a free port of this machine. */
export async function openChromium(app: TestApp): Promise<Chromium> {
  const address = new URL(await app.product.fastify.listen({ port: 0, host: '127.0.0.1' })).host
  const { origin } = app.settings
  const browser: Browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // The product is known by the address of its settings, wherever it found a free port.
      `--host-resolver-rules=MAP ${new URL(origin).host} ${address}`,
    ],
  })
  const page = async (width: number, script: boolean, cookies: ReadonlyMap<string, string> = new Map()) => {
    const viewport = { width, height: 900 }
    const context = await browser.newContext({ baseURL: origin, javaScriptEnabled: script, viewport })
    await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: origin })))
    return context.newPage()
  }
  const carrying = (cookies: ReadonlyMap<string, string>) => page(1280, true, cookies)
  return {
    as: async (member) => carrying((await app.as(member)).cookies),
    carrying,
    stranger: (script, width = 1280) => page(width, script),
    close: () => browser.close(),
  }
}

/** What a person gives a form, field by field as it is named. */
export type Given = Readonly<Record<string, string | readonly string[]>>

/** Fills the fields of the page's form as a person would: types, ticks and chooses. */
export async function fill(page: Page, given: Given): Promise<void> {
  for (const [name, values] of Object.entries(given)) {
    for (const value of [values].flat()) await give(page, name, value)
  }
}

async function give(page: Page, name: string, value: string): Promise<void> {
  const choice = page.locator(`main input:is([type="radio"], [type="checkbox"])[name="${name}"][value="${value}"]`)
  if ((await choice.count()) > 0) return choice.first().check()
  const field = page.locator(`main [name="${name}"]`).first()
  const isList = (await page.locator(`main select[name="${name}"]`).count()) > 0
  if (isList) await field.selectOption(value)
  else await field.fill(value)
}

/** Presses a button of the page's own content and waits for the next page. */
export async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.locator('main').getByRole('button', { name }).first().click()
  await page.waitForLoadState('load')
}

/** Opens a page and says what axe finds wrong with it, and whether it scrolls sideways. */
export async function look(page: Page, path?: string): Promise<string[]> {
  if (path !== undefined) await page.goto(path)
  await page.evaluate(axe.source)
  // As text, because it runs in the page and not here.
  const found: unknown =
    await page.evaluate(`axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'], preload: false })
    .then(({ violations }) => violations.map(({ id, nodes }) => location.pathname + ': ' + id + ' at ' + nodes[0].target))`)
  return Array.isArray(found) ? found.map(String) : ['axe did not answer']
}
