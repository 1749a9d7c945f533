import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { messageLinkPath } from '#platform/link/links.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { anAnswer } from '#test/people.ts'
import { anAssessedEpisode, type Spell } from '#test/people/plan.ts'
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

const words = (page: Page) => page.locator('main').innerText()
const isNarrow = (page: Page) => page.evaluate('document.documentElement.scrollWidth <= innerWidth')
const dated = (name: string, day: string, month: string) => ({
  [`${name}-day`]: day,
  [`${name}-month`]: month,
  [`${name}-year`]: '2026',
})

/** Where the newest message about the plan leads, as the person finds it on their phone. */
async function linkSent(): Promise<string> {
  await app.work()
  const { rows } = await app.owner.query<{ id: string }>(
    `select id from notify.message where kind = 'plan.offered' and settled_as = 'sent' order by id desc limit 1`,
  )
  return messageLinkPath(app.settings.secret, { area: 'north', id: rows[0]?.id ?? '' })
}

describe('A plan, from the first draft to its second version', { timeout: 90_000 }, () => {
  const faults: string[] = []
  let spell: Spell
  let plan: string
  let coach: Page
  let phone: Page

  /** The person opens the link that came last, and says when they were born. */
  async function open(): Promise<void> {
    await phone.goto(await linkSent())
    faults.push(...(await look(phone)))
    await fill(phone, dated('bornOn', '14', '3'))
    await fill(phone, { 'bornOn-year': '1981' })
    await press(phone, 'Continue')
    faults.push(...(await look(phone)))
    expect(await isNarrow(phone)).toBe(true)
  }

  it('is drafted by the coach and sent', async () => {
    spell = await anAssessedEpisode(app)
    plan = `/episodes/${spell.episode}/plan`
    await anAnswer(app, spell.person, 'contact', true)
    coach = await chromium.as(app.cast.coach)
    await coach.goto(`${plan}/kind`)
    await fill(coach, { type: 'return-to-work', ...dated('review', '2', '2') })
    await press(coach, /Save/)
    await coach.goto(`${plan}/goals/new`)
    await fill(coach, { words: 'I want my mornings back', whose: 'person' })
    await press(coach, /goal/)
    await coach
      .getByRole('link', { name: /Add an action/ })
      .first()
      .click()
    await fill(coach, { what: 'Ask for a later start', owner: 'participant', ...dated('due', '12', '1') })
    await press(coach, 'Add this action')
    await coach.getByRole('link', { name: 'Send it to them to agree by themselves' }).click()
    faults.push(...(await look(coach)))
    await press(coach, 'Send it')

    expect(await words(coach)).toContain('Sent to them on 5 January 2026 by text message, not answered yet')
  })

  it('is read on a phone by whoever wants to talk about it first', async () => {
    phone = await chromium.stranger(true, 320)
    await open()
    expect(await words(phone)).toMatch(/I want my mornings back[^]*Ask for a later start[^]*You, by Monday 12 January/)
    await fill(phone, { words: 'A week is too soon' })
    await press(phone, 'I want to talk about it first')
    faults.push(...(await look(phone)))

    expect(await words(phone)).toContain('Your coach knows that you want to talk')
    expect(await isNarrow(phone)).toBe(true)
  })

  it('is changed by the coach, who read on their day what they said', async () => {
    await coach.goto('/day')
    await coach
      .getByRole('link', { name: /Read what they said/ })
      .first()
      .click()
    expect(await words(coach)).toContain('“A week is too soon”')
    await press(coach, 'I have read it')
    await coach.getByRole('link', { name: /Change Ask for a later start/ }).click()
    await fill(coach, dated('due', '26', '1'))
    await press(coach, /Save/)
    await coach.getByRole('link', { name: 'Send it again' }).click()
    faults.push(...(await look(coach)))
    await press(coach, 'Send it again')

    expect(await words(coach)).toContain('not answered yet')
  })

  it('shows what is different since it was read, and is agreed', async () => {
    await open()
    expect(await words(phone)).toContain('What is new or changed since you last read it is marked')
    expect(await words(phone)).toMatch(/Ask for a later start\s+Changed\s+You, by Monday 26 January 2026\s+Before: /)
    await press(phone, 'I agree with this plan')
    faults.push(...(await look(phone)))
    await coach.goto(plan)

    expect(await words(phone)).toContain('You have agreed this plan')
    expect(await words(coach)).toContain('Version 1, agreed on 5 January 2026 by a link that was sent to them')
  })

  it('is agreed by telephone the second time, and stands on their own pages as it was agreed', async () => {
    await coach
      .getByRole('link', { name: /Add an action/ })
      .first()
      .click()
    await fill(coach, { what: 'Borrow a bicycle', owner: 'participant', ...dated('due', '2', '2') })
    await press(coach, 'Add this action')
    const own = await chromium.carrying((await app.asParticipant(spell.person)).cookies)
    faults.push(...(await look(own, '/my/plan')))
    const before = await words(own)
    await coach.getByRole('link', { name: 'Agree these changes' }).click()
    faults.push(...(await look(coach)))
    await fill(coach, { ...dated('agreed', '5', '1'), how: 'telephone', both: 'yes' })
    await press(coach, 'Agree this plan')
    faults.push(...(await look(coach)))
    await own.setViewportSize({ width: 320, height: 900 })
    faults.push(...(await look(own, '/my/plan')))
    const [after, narrow] = [await words(own), await isNarrow(own)]
    await own.getByRole('link', { name: 'Print my plan' }).click()
    await own.getByRole('link', { name: 'Easy read' }).last().click()
    faults.push(...(await look(own)))

    expect(before).toMatch(/Suggested, not agreed yet[^]*Borrow a bicycle\s+New/)
    expect(await words(coach)).toContain('Version 2, agreed on 5 January 2026 by telephone with Carol Coach')
    expect(after).toMatch(/Borrow a bicycle\s+To do/)
    expect(after).not.toContain('Suggested')
    expect(narrow).toBe(true)
    expect(await words(own)).toMatch(/What will we do\?[^]*Borrow a bicycle[^]*Do you have to do this\?/)
  })

  it('fits a phone of the coach also for somebody with a very long name', async () => {
    const long = 'Wolfeschlegelsteinhausenbergerdorffwelchevor'
    await app.owner.query('update people.person set family_name = $1 where id = $2', [long, spell.person])
    await coach.setViewportSize({ width: 320, height: 900 })
    await coach.goto(plan)

    expect(await words(coach)).toContain(long)
    expect(await isNarrow(coach)).toBe(true)
  })

  it('has nothing that axe finds fault with', () => {
    expect(faults).toEqual([])
  })
})
