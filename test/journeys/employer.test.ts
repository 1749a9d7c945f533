import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { messageLinkPath } from '#platform/link/links.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { readyToAsk } from '#test/people/employer.ts'
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
const isNarrow = (page: Page) => page.evaluate('document.documentElement.scrollWidth <= innerWidth')
const dated = (name: string, day: string) => ({
  [`${name}-day`]: day,
  [`${name}-month`]: '2',
  [`${name}-year`]: '2026',
})

describe('Changes at work, from the coach to all three', { timeout: 90_000 }, () => {
  const faults: string[] = []
  let coach: Page
  let address = ''
  let code = ''
  let link = ''
  let person = ''

  it('are put to the employer, seen before they go', async () => {
    const ready = await readyToAsk(app)
    person = ready.person
    const long = `Starts at ten ${'unbroken'.repeat(17)}`
    await app.owner.query('update adjustments.words set what = $2 where adjustment = $1', [ready.later, long])
    coach = await chromium.as(app.cast.coach)
    faults.push(...(await look(coach, `${ready.employer}`)))
    await coach.goto(`${ready.spell}/three-way/new`)
    await fill(coach, { asks: 'Could these be done?', items: [ready.chair, ready.later] })
    await coach.getByLabel('The phased return, as it is laid out now').check()
    faults.push(...(await look(coach)))
    await press(coach, 'See it as they will')
    faults.push(...(await look(coach)))
    expect(await words(coach)).toMatch(/A break each hour[^]*No lifting/)
    await press(coach, 'Send it')
    await coach.setViewportSize({ width: 320, height: 900 })
    faults.push(...(await look(coach, `${new URL(coach.url()).pathname}/letter`)))
    expect(await isNarrow(coach)).toBe(true)
    await coach.setViewportSize({ width: 1280, height: 900 })
    await coach.goBack()
    faults.push(...(await look(coach)))
    address = new URL(coach.url()).pathname
    code = /code: (\d{3} \d{3})/.exec(await words(coach))?.[1] ?? ''
    await app.work()
    const { rows } = await app.owner.query(`select id from notify.message where kind = 'request.sent'`)
    link = messageLinkPath(app.settings.secret, { area: 'north', id: rows[0]?.id })
  })

  it('are asked of the employer on a page that anybody can use, also where something is missing', async () => {
    const employer = await chromium.stranger(true, 320)
    await employer.goto(link)
    await fill(employer, { code })
    await press(employer, 'Continue')
    faults.push(...(await look(employer)))
    await press(employer, 'Send my answers')
    expect(await words(employer)).toMatch(/Enter your name and what you do/)
    faults.push(...(await look(employer)))
  })

  it('are answered by the employer on a phone without script, and nothing is lost where something is missing', async () => {
    const employer = await chromium.stranger(false, 320)
    await employer.goto(link)
    await fill(employer, { code })
    await press(employer, 'Continue')
    expect(await isNarrow(employer)).toBe(true)
    await fill(employer, { answer1: 'agree', answer2: 'agree', answer0: 'agree', note: 'We can begin in February' })
    await fill(employer, { ...dated('from1', '2'), ...dated('from2', '2') })
    await press(employer, 'Send my answers')
    expect(await words(employer)).toMatch(/Enter your name and what you do/)
    expect(await employer.locator('[name="note"]').inputValue()).toBe('We can begin in February')
    await fill(employer, { byName: 'Jo Ray, team leader', ...dated('from0', '2') })
    await press(employer, 'Send my answers')

    expect(await words(employer)).toMatch(/Thank you for your answers[^]*Yes, from 2 February 2026/)
    expect(await isNarrow(employer)).toBe(true)
  })

  it('are read by the coach from their day, agreed by the person and by the coach, and told to the employer as agreed', async () => {
    await coach.goto('/day')
    await coach
      .getByRole('link', { name: /Read it/ })
      .first()
      .click()
    expect(new URL(coach.url()).pathname).toBe(address)
    await press(coach, 'I have read it')
    const own = await chromium.carrying((await app.asParticipant(person)).cookies)
    faults.push(...(await look(own, '/my/work')))
    await fill(own, { says: 'agree' })
    await press(own, 'Send')
    expect(await words(own)).toContain('You agreed on')
    faults.push(...(await look(own)))
    await coach.goto(address)
    await fill(coach, { says: 'coach' })
    await press(coach, 'Save')
    expect(await words(coach)).toContain('All three agree')
    faults.push(...(await look(coach)))
    const employer = await chromium.stranger(true, 320)
    faults.push(...(await look(employer, link)))
    await fill(employer, { code })
    await press(employer, 'Continue')
    faults.push(...(await look(employer)))
    expect(await isNarrow(employer)).toBe(true)
    await employer.setViewportSize({ width: 1280, height: 900 })
    faults.push(...(await look(employer)))

    expect(await words(employer)).toMatch(/Agreed by all three/)
    expect(await words(own)).not.toMatch(/\d{3} \d{3}/)
  })

  it('have nothing that axe finds fault with', () => {
    expect(faults).toEqual([])
  })
})
