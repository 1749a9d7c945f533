import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { anAgreedPlan } from '#test/people/plan.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const dated = (name: string, text: string): Fields => {
  const { day, month, year } = Temporal.PlainDate.from(text)
  return { [`${name}-day`]: `${day}`, [`${name}-month`]: `${month}`, [`${name}-year`]: `${year}` }
}
const job = (): Fields => ({
  ...{ id: newId(), version: '0', usual: ['1', '2', '3', '4', '5'], hours: '37.5', pay: '500' },
  ...dated('off', '2026-04-20'),
  ...dated('begins', '2026-06-01'),
})
const week = (place: number, days: string[], hours: string, more: Fields = {}): Fields => ({
  ...{ [`days${place}`]: days, [`hours${place}`]: hours, [`duties${place}`]: '' },
  ...more,
})
const begun = async () => {
  const { episode, person } = await anAgreedPlan(app)
  const path = `/episodes/${episode}/phased-return`
  return { episode, person, path, coach: await app.as(app.cast.coach) }
}

describe('A phased return to work', () => {
  it('is laid out from how it begins, changed week by week, and shown with a guide to pay', async () => {
    const { path, coach } = await begun()
    const empty = await coach.open(path)
    const first = { length: '4', firstDays: '2', firstHours: '4' }
    const proposal = await coach.send(`${path}/proposal`, { ...job(), ...first })
    const weeks = { ...week(1, ['1', '3'], '4', { duties1: 'No lifting' }), ...week(2, ['1', '3', '5'], '5') }
    const kept = await coach.sendAndFollow(path, { ...job(), ...weeks, review2: 'yes' })

    expect(empty.text).toContain('No phased return is laid out')
    expect(proposal.text).toContain('Week 4, from 22 June 2026')
    expect(proposal.html).toMatch(/name="hours4"[^>]*value="6.5"|value="6.5"[^>]*name="hours4"/)
    expect(proposal.html.match(/name="days1"[^>]*checked|checked[^>]*name="days1"/g)).toHaveLength(2)
    expect(kept.text).toMatch(/Usual hours from.*15 June 2026/)
    expect(kept.text).toMatch(/Monday and Wednesday 4 hours a day, 8 hours No lifting Go on £106.67 £73.95 for 3 days/)
    expect(kept.text).toMatch(/As usual Look at it together £200.00 £49.30 for 2 days/)
    expect(kept.text).toContain('The pay is a guide')
  })

  it('takes hours with a comma for what they are, and says in words what hours it cannot read', async () => {
    const { path, coach } = await begun()
    const first = { length: '4', firstDays: '2', firstHours: '4,5' }
    const proposal = await coach.send(`${path}/proposal`, { ...job(), hours: '37,5', ...first })
    const refused = await coach.send(`${path}/proposal`, { ...job(), hours: '37h30', ...first })
    const kept = await coach.sendAndFollow(path, { ...job(), hours: '37,5', ...week(1, ['1', '3'], '4,5') })

    expect(proposal.text).toContain('Week 4, from 22 June 2026')
    expect(proposal.html).toMatch(/name="hours1"[^>]*value="4.5"|value="4.5"[^>]*name="hours1"/)
    expect([refused.status, refused.text.includes('Enter the hours of a usual week, like 37.5')]).toEqual([422, true])
    expect(kept.text).toContain('37.5 hours a week')
    expect(kept.text).toContain('4.5 hours a day, 9 hours')
  })

  it('is printed for the employer without pay or health, and says whether they may be told', async () => {
    const { path, coach, person } = await begun()
    await coach.send(path, { ...job(), ...week(1, ['1', '3'], '4') })
    const before = await coach.open(`${path}/for-the-employer`)
    const agreed = { form: newId(), how: 'telephone', employer: 'yes', 'employer-name': 'Northern Foods' }
    await coach.send(`/people/${person}/agreements`, { ...agreed, 'employer-allows': 'status' })
    const printed = await coach.open(`${path}/for-the-employer`)

    expect(printed.text).toContain('Monday and Wednesday')
    expect(printed.text).not.toMatch(/£|Sick Pay|guide|condition/)
    expect(before.text).toContain('they have not agreed that we tell their employer anything')
    expect(printed.text).toContain('They agreed that Northern Foods may be told')
  })

  it('keeps every version, and shows both where two change it at once', async () => {
    const { path, coach } = await begun()
    const mine = { ...job(), ...week(1, ['1'], '4') }
    await coach.send(path, mine)
    const twice = await coach.send(path, mine)
    const late = await coach.send(path, { ...job(), ...week(1, ['2'], '6', { duties1: 'At the desk' }) })
    const second = await coach.sendAndFollow(path, { ...job(), version: '1', ...week(1, ['4'], '7') })

    expect(twice.status).toBe(303)
    expect(late.status).toBe(409)
    expect(late.text).toContain('Week 1: Monday, 4 hours a day')
    expect(late.html).toContain('At the desk')
    expect(second.text).toContain('Thursday')
    expect((await coach.open(`${path}?version=1`)).text).toContain('Monday')
    expect((await coach.open(`${path}?version=7`)).status).toBe(404)
  })

  it('says what is missing at its field, and loses nothing', async () => {
    const { path, coach } = await begun()
    const nothing = await coach.send(`${path}/proposal`, { ...job(), hours: '' })
    const wrong = await coach.send(path, { ...job(), ...week(1, [], '4', { duties1: 'At the desk' }) })

    expect(nothing.text).toContain('Enter the hours of a usual week')
    expect(nothing.text).toContain('Enter over how many weeks')
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('Select the days of week 1')
    expect(wrong.html).toContain('At the desk')
  })

  it.each(['providerCoach', 'coachElsewhere'] as const)('is as if it were not there for a %s', async (part) => {
    const { path, coach } = await begun()
    await coach.send(path, { ...job(), ...week(1, ['1'], '4') })
    const other = await app.as(app.cast[part])
    const [foreign, absent] = [await other.open(path), await other.open(`/episodes/${newId()}/phased-return`)]

    expect([foreign.status, foreign.text]).toEqual([absent.status, absent.text])
    expect(foreign.status).toBe(404)
  })
})
