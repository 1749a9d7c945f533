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

type Page = Awaited<ReturnType<Chromium['as']>>
const words = (page: Page) => page.locator('main').innerText()
const narrow = (page: Page) => page.setViewportSize({ width: 320, height: 700 })

describe('Sharing people out, and supervision', { timeout: 60_000 }, () => {
  const faults: string[] = []
  const seen = async (page: Page, path?: string) => faults.push(...(await look(page, path)))

  it('a senior coach sees what an allocation does, compares, and says why it goes over', async () => {
    const { coach, otherCoach, seniorCoach, manager } = app.cast
    await anEpisode(app, { coach: otherCoach, familyName: 'Moved' })
    await anEpisode(app, { unallocated: true, familyName: 'Waiting' })
    const from = { 'from-day': '1', 'from-month': '1', 'from-year': '2026' }
    const few = { id: newId(), share: '60', points: '1', why: 'Begins here', ...from }
    await (await app.as(manager)).send(`/capacity/${coach.membership}`, few)
    const senior = await chromium.as(seniorCoach)
    await seen(senior, '/allocation')
    await senior.getByLabel('Choose Robin Waiting').check()
    await fill(senior, { coach: otherCoach.membership })
    await senior.locator('form[action="/allocation/proposal"] select').selectOption(otherCoach.membership)
    await press(senior, 'Show the effect')
    expect(await words(senior)).toContain('1 now, 2 then, of 40 at most')
    await senior.getByText('Compare with other coaches').click()
    await narrow(senior)
    await seen(senior)
    await press(senior, /Show the effect\s*Carol Coach/)
    await seen(senior)
    expect(await words(senior)).toContain('1 point more than Carol Coach can carry')
    await fill(senior, { reason: 'known' })
    await press(senior, 'Give them to Carol Coach')
    expect(await words(senior)).toContain('Say why they can carry more points than their cap')
    await fill(senior, { note: 'She met them at the library' })
    await press(senior, 'Give them to Carol Coach')
    await seen(senior)
    expect(await words(senior)).toContain('One person has a new coach')
  })

  it('a coach reads why somebody weighs what they do, and says what was promised', async () => {
    const coach = await chromium.as(app.cast.coach)
    await seen(coach, '/weights')
    await coach.getByRole('link', { name: /points: why, for Robin Waiting/ }).click()
    await seen(coach)
    await coach.getByRole('link', { name: /how often they hear from their coach/ }).click()
    await fill(coach, { every: 'week' })
    await seen(coach)
    await press(coach, 'Save')
    expect(await words(coach)).toContain('Why 5 points')
  })

  it('the two of a supervision read what they agreed, and a decision stands on the record', async () => {
    const senior = await chromium.as(app.cast.seniorCoach)
    await seen(senior, '/supervisions')
    await senior.getByRole('link', { name: 'A supervision with Carol Coach' }).click()
    await senior.getByLabel('Robin Waiting').check()
    await fill(senior, { agreed: 'Training in March', 'next-day': '9', 'next-month': '1', 'next-year': '2026' })
    await seen(senior)
    await press(senior, 'Save')
    await senior.getByRole('link', { name: /Put it on the record/ }).click()
    await fill(senior, { decided: 'Ring weekly until the first meeting' })
    await seen(senior)
    await press(senior, 'Put it on the record')
    await seen(senior)
    const coach = await chromium.as(app.cast.coach)
    await narrow(coach)
    await seen(coach, '/day')
    await coach.getByRole('link', { name: /Supervision with Sara Senior/ }).click()
    await coach.getByRole('link', { name: '5 January 2026' }).click()
    await seen(coach)
    expect(await words(coach)).toContain('Training in March')
    await coach.getByRole('link', { name: 'Robin Waiting', exact: true }).click()
    expect(await words(coach)).toContain('Decided in supervision: Ring weekly until the first meeting')
  })

  it('axe finds nothing wrong on any of these pages', () => {
    expect(faults).toEqual([])
  })
})
