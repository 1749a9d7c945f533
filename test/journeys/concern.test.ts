import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { anEpisode } from '#test/people/episode.ts'
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

/** Chromium's own words of a page's main part. */
const words = (page: Awaited<ReturnType<Chromium['as']>>) => page.locator('main').innerText()

const dated = (name: string, day: string) => ({
  [`${name}-day`]: day,
  [`${name}-month`]: '1',
  [`${name}-year`]: '2026',
})

describe('A concern, from the log to its resolution', { timeout: 60_000 }, () => {
  const faults: string[] = []
  let episode = ''

  it('is written down by a coach beside the six points, and the duty lead is told', async () => {
    const { coach, manager, seniorCoach, clinician } = app.cast
    episode = (await anEpisode(app, { givenName: 'Wren', familyName: 'Worried' })).episode
    const duty = { id: newId(), lead: seniorCoach.membership, deputy: clinician.membership }
    await (await app.as(manager)).send('/duty', { ...duty, ...dated('from', '5'), ...dated('last', '9') })
    const page = await chromium.as(coach)
    faults.push(...(await look(page, `/episodes/${episode}/concerns/new`)))
    await fill(page, { kind: 'self-harm', 'act-by': 'now', 'raised-by': 'person', seen: 'Rang in tears from work' })
    await fill(page, { said: 'I do not want to wake up', done: 'Stayed on the line', ...dated('next-look-on', '5') })
    await press(page, 'Save this concern')
    faults.push(...(await look(page)))

    expect(await words(page)).toContain('Rang in tears from work')
    const leading = await chromium.as(seniorCoach)
    faults.push(...(await look(leading, '/day')))
    expect(await words(leading)).toContain('A safety concern that nobody has yet')
  })

  it('goes to the deputy and the manager when nobody says that they have it', async () => {
    app.clock.set('2026-01-05T10:15:00Z')
    await app.work()
    app.clock.set('2026-01-05T10:30:00Z')
    await app.work()
    const page = await chromium.as(app.cast.manager)
    faults.push(...(await look(page, '/concerns?owner=nobody')))
    await page.getByRole('link', { name: 'Wren Worried' }).click()

    const seen = await words(page)
    expect(seen).toContain('Sara Senior was told as duty lead, when it was raised')
    expect(seen).toContain('Clive Clinician was told as deputy, because nobody had said that they have it')
    expect(seen).toContain('Max Manager was told as service manager')
    faults.push(...(await look(page)))
  })

  it('is taken on, ticked off point by point, and closed with a reason', async () => {
    const page = await chromium.as(app.cast.manager)
    await page.goto('/concerns')
    await page.getByRole('link', { name: 'Wren Worried' }).click()
    await press(page, 'I have this')
    expect(await words(page)).toContain('With Max Manager')
    await page.getByLabel('1. Take it seriously').check()
    await page.getByLabel('4. Call for help').check()
    await press(page, 'Save what is done')
    await fill(page, { done: 'Saw the crisis team with her', 'closed-as': 'with-others' })
    await press(page, 'Save')
    faults.push(...(await look(page)))
    expect(await words(page)).toContain('Enter why it can be closed')
    await fill(page, { 'closed-why': 'The crisis team sees her every day this week' })
    await press(page, 'Save')

    const seen = await words(page)
    expect(seen).toContain('The crisis team sees her every day this week')
    expect(seen.match(/Done today 10:30, Max Manager/g)).toHaveLength(2)
    faults.push(...(await look(page, '/concerns')))
    expect(await words(page)).not.toContain('Wren Worried')
    const before = await app.owner.query('select id from alert.told')
    app.clock.set('2026-01-07T10:00:00Z')
    await app.work()
    expect((await app.owner.query('select id from alert.told')).rows).toHaveLength(before.rows.length)
  })

  it('passes the machine check for accessibility on every page it stood on', () => {
    expect(faults).toEqual([])
  })
})
