import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { aPlannedPerson, onwardLink } from '#test/people/onward.ts'
import { withNationalServices } from '#test/people/services.ts'
import { type Chromium, fill, type Given, look, openChromium, press } from './chromium.ts'

let app: TestApp
let chromium: Chromium
beforeAll(async () => {
  app = await startApp()
  await withNationalServices(app)
  chromium = await openChromium(app)
})
afterAll(async () => {
  await chromium.close()
  await app.close()
})

type Page = Awaited<ReturnType<Chromium['as']>>
const words = (page: Page) => page.locator('main').innerText()
const dated = (name: string, day: string, month = '1') => ({
  [`${name}-day`]: day,
  [`${name}-month`]: month,
  [`${name}-year`]: '2026',
})

describe('Somebody goes to an intensive programme and comes back', { timeout: 90_000 }, () => {
  const faults: string[] = []
  let [person, onward, code] = ['', '', '']
  let coach: Page

  it('is held against its rules, and handed over with their yes to exactly what is told', async () => {
    app.clock.set('2026-01-05T10:00:00Z')
    person = (await aPlannedPerson(app)).person
    coach = await chromium.as(app.cast.coach)
    await coach.goto(`/people/${person}`)
    await coach.getByRole('link', { name: 'Intensive programmes: who may come in' }).click()
    faults.push(...(await look(coach)))
    await coach.getByRole('link', { name: 'Entry check of Connect to Work' }).click()
    faults.push(...(await look(coach)))
    await fill(coach, { 'answer-wants': 'yes', 'answer-place': 'yes', done: ['meeting'] })
    await press(coach, 'Save')
    expect(await words(coach)).toMatch(/They choose it themselves\s+Met/)

    await coach.getByRole('link', { name: 'Refer to Connect to Work' }).click()
    await coach.locator('[name="purpose"]').selectOption({ index: 1 })
    await fill(coach, { kind: 'formal', wanted: 'A keyworker to find a job that fits', ticked: ['phone', 'entry'] })
    await fill(coach, { email: 'intake@example.org', ...dated('due', '2', '3') })
    faults.push(...(await look(coach)))
    await press(coach, 'See what would be sent')
    onward = new URL(coach.url()).pathname.split('/').at(-1) ?? ''
    await coach.getByRole('link', { name: 'Show it to them' }).click()
    await fill(coach, { how: 'in-person', answer: 'yes' })
    await press(coach, 'Go on')
    await app.work()
    await coach.goto(`/onward/${onward}`)
    code = /code: (\d{3} \d{3})/.exec(await words(coach))?.[1] ?? ''
    await coach.getByRole('link', { name: /Hand-over pack/ }).click()
    faults.push(...(await look(coach)))
    expect(await words(coach)).toMatch(
      /Rules for joining that are met\s+They choose it themselves. Lives in the delivery area/,
    )
    expect(faults).toEqual([])
  })

  /** The service says something by its link. */
  async function says(given: Given): Promise<void> {
    const service = await chromium.stranger(true, 320)
    await service.goto(await onwardLink(app, onward))
    await fill(service, { code })
    await press(service, 'Continue')
    await fill(service, { ...given, byName: 'Ada Lowe' })
    await press(service, 'Send your answer')
  }

  it('has the result come back from the programme, and goes on in-house in one step', async () => {
    await says({ said: 'started', ...dated('started', '5') })
    await says({ said: 'ended', outcome: 'helped', ...dated('ended', '5') })
    await coach.goto(`/people/${person}`)
    await coach.getByRole('link', { name: 'Support now, in-house and outside' }).click()
    faults.push(...(await look(coach)))
    expect(await words(coach)).toMatch(/Help from outside has ended[^]*Connect to Work[^]*Ended/)
    await press(coach, /^Back to coaching/)
    faults.push(...(await look(coach)))
    expect(await words(coach)).toMatch(/Talk about what comes next after Connect to Work[^]*The coach/)
    expect(await words(coach)).toContain('Ask for a phased return')
    await coach.goto(`/people/${person}`)
    expect(await words(coach)).toContain('Connect to Work: ended: they got the help they came for')
    expect(faults).toEqual([])
  })
})
