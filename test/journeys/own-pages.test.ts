import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { anAnswer } from '#test/people.ts'
import { hoursOf } from '#test/people/availability.ts'
import { withQuestionnaires } from '#test/people/first-conversation.ts'
import { anAgreedPlan } from '#test/people/plan.ts'
import { type Chromium, fill, look, openChromium } from './chromium.ts'

const outside = 'https://www.bbc.co.uk/weather'

let app: TestApp
let chromium: Chromium
let beside: Page
let last = 460
beforeAll(async () => {
  app = await startApp()
  chromium = await openChromium(app)
  beside = await chromium.stranger(true, 320)
  await hoursOf(app)
  await withQuestionnaires(app, 'north', ['phq-9'])
}, 60_000)
afterAll(async () => {
  await chromium.close()
  await app.close()
})

/** Somebody with a plan, a number that nobody else has, and a coach who has written, booked and asked them to choose. */
async function somebody() {
  const { person, episode } = await anAgreedPlan(app, { goals: ['I want to be back at my desk three days a week'] })
  const phone = `07700 900${(last += 1)}`
  await app.owner.query(`update people.means set value = $1 where person = $2`, [phone, person])
  await anAnswer(app, person, 'contact', true)
  const coach = await app.as(app.cast.coach)
  const send = async (path: string, fields: Readonly<Record<string, string | readonly string[]>>) => {
    const seen = await coach.send(path, { id: newId(), ...fields })
    if (seen.status >= 400) throw new Error(`${path} answered ${seen.status}: ${seen.text.slice(0, 800)}`)
  }
  await coach.open(`/people/${person}`)
  await send(`/people/${person}/messages`, { words: 'How did the first morning back go?', asks: 'yes' })
  await send(`/episodes/${episode}/safety-plan`, { version: '0', signs: 'I stop answering the phone', shown: 'yes' })
  const { membership: member } = app.cast.coach
  await send(`/episodes/${episode}/offers`, {
    member,
    purpose: 'review',
    modes: ['phone'],
    days: '14',
    handing: 'message',
  })
  return { person, phone }
}

/** The code as it went to somebody, read in the outbox of the demonstration. */
async function codeFor(person: string): Promise<string> {
  await app.work()
  const { rows } = await app.owner.query<{ id: string }>(
    `select id from notify.message where person = $1 and kind = 'online.code' order by id desc limit 1`,
    [person],
  )
  const message = await (await app.as(app.cast.manager)).open(`/outbox/${rows[0]?.id ?? ''}`)
  return /Your code is (\d{6})/.exec(message.text)?.[1] ?? ''
}

type Walk = Readonly<{
  page: Page
  person: string
  phone: string
  /** Looks at the page that is open, and gives what is wrong with it. */
  see(page: Page): Promise<string[]>
  faults: string[]
}>

/** Keeps what is wrong with the page that is open. */
async function note({ page, see, faults }: Walk): Promise<void> {
  faults.push(...(await see(page)))
}

const looked = new Set<string>()

/**
 * What axe finds on a page as it stands where no script runs: the same page in a browser in which axe can. Each kind of
 * page is looked at once, and once more with a slip: what it says after each thing that is done is seen with script.
 */
async function seeWithoutScript(page: Page): Promise<string[]> {
  const kind = `${kindOf(page.url())} ${await page.locator('.nhsuk-error-summary').count()}`
  if (looked.has(kind)) return []
  looked.add(kind)
  const html = (await page.content()).replaceAll(/<script\b[^>]*><\/script>/g, '')
  const answer = { contentType: 'text/html; charset=utf-8', body: html }
  await beside.route(page.url(), (route) => route.fulfill(answer), { times: 1 })
  return look(beside, page.url())
}

/** Sends a form of the page, whatever language it is in. */
async function sends(walk: Walk, form: string | Locator, given: Readonly<Record<string, string>> = {}): Promise<void> {
  const { page } = walk
  await fill(page, given)
  const found = typeof form === 'string' ? page.locator(`main form[action="${form}"]`).first() : form
  await Promise.all([page.waitForEvent('load'), found.locator('button[type="submit"]').last().click()])
  await note(walk)
}

const textOf = (page: Page) => page.locator('main').innerText()

async function signsIn(walk: Walk, start: string): Promise<void> {
  const { page, person, phone } = walk
  await page.goto(start)
  await page.locator('a[href="/in/north/sign-in"]').first().click()
  await note(walk)
  await sends(walk, '/in/north/sign-in', { way: phone })
  await sends(walk, '/in/north/sign-in/code', { code: await codeFor(person) })
  expect(new URL(page.url()).pathname).toBe('/my')
}

/** Pages of one kind differ in whom or what they are about. */
const kindOf = (path: string): string =>
  path
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')
    .replace(/(agreements)\/\w+/, '$1/:switch')
    .replaceAll(/=[^&]*/g, '')

async function hrefsOn(page: Page): Promise<string[]> {
  // A file is saved and not opened.
  const links = await page.locator('a[href^="/my/"]:not([href$=".json"])').all()
  return Promise.all(links.map(async (one) => (await one.getAttribute('href')) ?? ''))
}

/** Every page of their own that somebody finds from their first one on, each kind once. */
async function goesEverywhere(walk: Walk): Promise<string[]> {
  const { page } = walk
  const seen = new Map([['/my', '/my']])
  for (const [kind, path] of seen) {
    if (kind !== '/my') {
      await page.goto(path)
      await note(walk)
    }
    const links = await hrefsOn(page)
    for (const link of links.filter((one) => !/calendar|file$|language=/.test(one)))
      if (!seen.has(kindOf(link))) seen.set(kindOf(link), link)
  }
  return [...seen.keys()]
}

/** Does on each page what it is for, and ends with the wish to be rung before leaving. */
async function doesEverything(walk: Walk): Promise<void> {
  const { page } = walk
  await page.goto('/my/plan')
  await page.locator('main a[href^="/my/actions/"]').first().click()
  await page.waitForLoadState('load')
  const action = new URL(page.url()).pathname
  await sends(walk, `${action}/result`)
  expect(await page.locator('.nhsuk-error-summary').count()).toBe(1)
  await sends(walk, `${action}/result`, { result: 'did-not-work', note: 'My manager was away' })
  expect(await textOf(page)).toContain('My manager was away')
  await sends(walk, `${action}/reversal`)
  await sends(walk, `${action}/result`)
  await page.goto('/my/messages')
  await sends(walk, '/my/messages', { words: 'It went well until noon' })
  expect(await textOf(page)).toContain('It went well until noon')
  await page.goto('/my/appointments')
  await page.locator('main a[href^="/my/appointments/"]').first().click()
  await page.waitForLoadState('load')
  await page.locator('main input[name="time"]').first().check()
  await sends(walk, new URL(page.url()).pathname)
  await page.goto('/my/questions/phq-9')
  await sends(walk, '/my/questions/phq-9', { 'phq-9-item-1': '1' })
  await page.goto('/my/agreements/gp')
  await sends(walk, '/my/agreements/gp', { given: 'yes', allows: 'received' })
  expect(new URL(page.url()).pathname).toBe('/my/agreements')
  await page.goto('/my/copy')
  await sends(walk, '/my/copy')
  app.clock.pass({ minutes: 1 })
  await page.goto('/my/leaving')
  await sends(walk, '/my/leaving', { wish: 'call-first' })
  // That it was said, and no draft of it.
  expect(await page.locator('main .nhsuk-inset-text').count()).toBe(1)
}

async function walkOf(page: Page, see: Walk['see'] = look): Promise<Walk> {
  await page.route(`${outside}**`, (route) => route.fulfill({ contentType: 'text/html', body: '<p>Rain later</p>' }))
  const seeAndMeasure = async () => {
    const sideways = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
    return [...(await see(page)), ...(sideways === true ? [`${page.url()} scrolls sideways`] : [])]
  }
  return { page, see: seeAndMeasure, ...(await somebody()), faults: [] }
}

/** Round all pages, with everything done on them that can be. */
async function goRound(walk: Walk, start = '/in/north'): Promise<string[]> {
  await signsIn(walk, start)
  const pages = await goesEverywhere(walk)
  await doesEverything(walk)
  return pages
}

const openSessions = async ({ person }: Walk) =>
  (await app.owner.query('select from online.session where person = $1 and ended_at is null', [person])).rowCount

describe('A participant’s whole space on a phone 320 pixels wide', { timeout: 90_000 }, () => {
  // In English with script every page of it is seen by the tour.
  it('has nothing that axe finds, fits in Arabic from the right, and shows nothing to whoever goes back after it was left quickly', async () => {
    const walk = await walkOf(await chromium.stranger(true, 320))
    const pages = await goRound(walk, '/in/north?language=ar')
    expect(await walk.page.locator('html').getAttribute('dir')).toBe('rtl')
    expect(walk.faults).toEqual([])
    expect(pages.length).toBeGreaterThan(15)

    await walk.page.goto('/my')
    await walk.page.goto('/my/plan')
    for (let times = 0; times < 3; times += 1) await walk.page.keyboard.press('Escape')
    await walk.page.waitForURL(outside)
    await expect.poll(() => openSessions(walk)).toBe(0)
    await walk.page.goBack()
    expect(walk.page.url()).toContain('/sign-in')
  })

  it('is the same in English without script, and is left by a button', async () => {
    const walk = await walkOf(await chromium.stranger(false, 320), seeWithoutScript)
    await goRound(walk)
    expect(walk.faults).toEqual([])

    await walk.page.locator('[data-quick-exit]').click()
    await walk.page.waitForURL(outside)
    await walk.page.goto('/my')
    expect(walk.page.url()).toContain('/sign-in')
  })
})
