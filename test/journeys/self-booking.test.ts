import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { issueLink } from '#platform/link/links.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { hoursOf } from '#test/people/availability.ts'
import { anEpisode } from '#test/people/episode.ts'
import { type Chromium, fill, look, openChromium, press } from './chromium.ts'

let app: TestApp
let chromium: Chromium
beforeAll(async () => {
  app = await startApp()
  chromium = await openChromium(app)
  await hoursOf(app)
})
afterAll(async () => {
  await chromium.close()
  await app.close()
})

/** Somebody on a small phone who has opened the link by which they choose a time with Carol Coach. */
async function choosing(familyName: string): Promise<Page> {
  const { person, episode } = await anEpisode(app, { familyName })
  const [offer, coach] = [newId(), await app.as(app.cast.coach)]
  const { membership: member } = app.cast.coach
  const asks = { id: offer, member, purpose: 'first', modes: ['phone'], days: '14', handing: 'message' }
  await coach.send(`/episodes/${episode}/offers`, asks)
  const page = await chromium.stranger(true, 320)
  const path = await app.inArea('north', (db) =>
    issueLink(db, {
      ...{ area: 'north', purpose: 'appointment', person, subject: offer, allowedBy: 'asked-for', by: null },
      ...{ now: app.clock.now, expiresAt: app.clock.now.add({ hours: 24 }) },
    }),
  )
  await page.goto(path)
  return page
}

const textOf = (page: Page) => page.locator('main').innerText()
const firstTime = (page: Page) => page.locator('main input[name="time"]').first()

/** What axe finds on the page that is open, and whether a phone has to be moved sideways to read it. */
async function faultsOf(page: Page): Promise<string[]> {
  const sideways = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
  return [...(await look(page)), ...(sideways === true ? ['scrolls sideways'] : [])]
}

/** All of them take the first time that each of them sees, at once; gives those who did not get it. */
async function allTakeTheFirst(pages: readonly Page[]): Promise<Page[]> {
  for (const page of pages) await firstTime(page).check()
  await Promise.all(pages.map((page) => press(page, 'Book this time')))
  const booked = await Promise.all(pages.map(async (page) => (await textOf(page)).includes('Your appointment')))
  return pages.filter((_, place) => booked[place] === false)
}

describe('People who want the same free time, each on a phone of their own', { timeout: 60_000 }, () => {
  it('press at once: one has it, the others keep what they wrote, are offered the next times and book one', async () => {
    const pages = await Promise.all(['Early', 'Eager', 'Earnest'].map(choosing))
    const faults = (await Promise.all(pages.slice(0, 1).map(faultsOf))).flat()
    const wanted = await Promise.all(pages.map((page) => firstTime(page).inputValue()))
    for (const page of pages) await fill(page, { note: 'I read lips' })

    const late = await allTakeTheFirst(pages)

    expect(new Set(wanted).size).toBe(1)
    expect(late).toHaveLength(2)
    for (const page of late) {
      const said = page.locator('.nhsuk-error-summary')
      expect(await said.innerText()).toContain('That time has just been taken. Choose another one')
      expect(await page.evaluate(`document.activeElement.matches('.nhsuk-error-summary')`)).toBe(true)
      expect(await page.locator('main [name="note"]').inputValue()).toBe('I read lips')
      const offered = page.locator('main input[name="time"]')
      expect(await offered.count()).toBeGreaterThan(1)
      expect(await page.locator(`main input[name="time"][value="${wanted[0] ?? ''}"]`).count()).toBe(0)
      faults.push(...(await faultsOf(page)))
    }

    const last = await allTakeTheFirst(late)
    expect(last).toHaveLength(1)
    expect(await allTakeTheFirst(last)).toEqual([])
    for (const page of pages) faults.push(...(await faultsOf(page)))
    const { rows } = await app.owner.query<{ starts_at: Date; note: string }>(
      'select starts_at, note from appointment.appointment order by starts_at',
    )

    expect(new Set(rows.map(({ starts_at }) => starts_at.toISOString())).size).toBe(3)
    expect(rows.map(({ note }) => note)).toEqual(['I read lips', 'I read lips', 'I read lips'])
    expect(faults).toEqual([])
  })
})
