import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { anAnswer } from '#test/people.ts'
import { anAgreedPlan } from '#test/people/plan.ts'
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
const wide = (page: Page) => page.setViewportSize({ width: 1280, height: 900 })
const dated = (name: string, day: string, month = '1', year = '2026') => ({
  [`${name}-day`]: day,
  [`${name}-month`]: month,
  [`${name}-year`]: year,
})

describe('From a question to the team to help that is paid for', { timeout: 60_000 }, () => {
  const faults: string[] = []
  const seen = async (page: Page, path?: string) => faults.push(...(await look(page, path)))

  it('a coach asks the team; one person is told and lets it stand, another says no', async () => {
    const [stays, objects] = [await anAgreedPlan(app), await anAgreedPlan(app)]
    await anAnswer(app, stays.person, 'contact', true)
    const coach = await chromium.as(app.cast.coach)
    for (const { episode } of [objects, stays]) {
      await seen(coach, `/episodes/${episode}/matters/new`)
      expect(await coach.getByLabel('What does the team need').inputValue()).toContain(
        'Wants: I want to be back at my desk',
      )
      await fill(coach, { asks: 'Would physiotherapy help before lifting again?', told: 'phone' })
      await press(coach, 'Put it to the team')
      await seen(coach)
    }
    const own = await chromium.carrying((await app.asParticipant(objects.person)).cookies)
    await narrow(own)
    await seen(own, '/my/team')
    expect(await words(own)).toContain('it changes nothing about your support or your benefits')
    await press(own, 'I do not want the team to talk about this')
    await seen(own)
    expect(await words(own)).toContain('You said no')
    await seen(coach, '/day')
    await coach.getByRole('link', { name: 'Read it for' }).click()
    expect(await words(coach)).toContain('nobody holds it against them')
  })

  it('the team meets, decides, and the decision is an action on the plan', async () => {
    const admin = await chromium.as(app.cast.administrator)
    await seen(admin, '/team/meetings/new')
    await fill(admin, { ...dated('on', '5'), starts: '14:00', place: 'Room 2', chair: app.cast.clinician.membership })
    await admin.getByLabel('Clive Clinician').check()
    await press(admin, 'Plan it')
    const clinician = await chromium.as(app.cast.clinician)
    await seen(clinician, '/team')
    expect(await words(clinician)).toContain('The queue: 1 question')
    await clinician.getByRole('link', { name: 'Open this meeting' }).click()
    await seen(clinician)
    await narrow(clinician)
    await seen(clinician)
    await clinician.getByRole('link', { name: 'Decide' }).click()
    await fill(clinician, { decided: 'Six sessions of physiotherapy', becomes: 'action', doer: 'service' })
    await clinician.locator('select[name=goal]').selectOption({ index: 1 })
    await fill(clinician, dated('due', '20'))
    await seen(clinician)
    await press(clinician, 'Save the decision')
    await wide(clinician)
    await seen(clinician)
    expect(await words(clinician)).toContain('It is an action on the plan.')
  })

  it('a budget is set for the year', async () => {
    const manager = await chromium.as(app.cast.manager)
    await seen(manager, '/budget/limits/new')
    await fill(manager, {
      ...dated('from', '1', '4', '2025'),
      ...dated('last', '31', '3'),
      area: '50,000',
      person: '1,000',
    })
    await press(manager, 'Save')
    await seen(manager)
    expect(await words(manager)).toContain('£50,000.00')
  })

  it('money is asked for, approved by the team, and they went; the person reads that it is agreed', async () => {
    const coach = await chromium.as(app.cast.coach)
    const { rows } = await app.owner.query<{ episode: string; person: string }>(
      `select standing.episode, standing.person from team.decision join matter.matter on matter.id = decision.matter
       join episode.standing on standing.episode = matter.episode`,
    )
    const spell = rows[0]
    await seen(coach, `/episodes/${spell?.episode}/budget/new`)
    await fill(coach, {
      what: 'Six sessions of physiotherapy',
      supplier: 'physical',
      cost: '240',
      why: 'To lift again',
    })
    await press(coach, 'Ask for it')
    await seen(coach)
    const clinician = await chromium.as(app.cast.clinician)
    await clinician.goto(new URL(coach.url()).pathname)
    await fill(clinician, { answer: 'yes', way: 'team' })
    await clinician.locator('select[name=meeting]').selectOption({ index: 1 })
    await seen(clinician)
    await press(clinician, 'Save the answer')
    expect(await words(clinician)).toContain('By the team on')
    await coach.reload()
    await fill(coach, { kind: 'attended' })
    await press(coach, 'Save')
    await narrow(coach)
    await seen(coach)
    expect(await words(coach)).toContain('Attended')
    const own = await chromium.carrying((await app.asParticipant(spell?.person ?? '')).cookies)
    await seen(own, '/my/plan')
    expect(await words(own)).toContain('Six sessions of physiotherapy')
    expect(await words(own)).not.toContain('£')
  })

  it('passes the machine check for accessibility on every page it stood on', () => {
    expect(faults).toEqual([])
  })
})
