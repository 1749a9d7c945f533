import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aConversation, aDraftedPlan, anAgreedPlan, anAssessedEpisode, take } from '#test/people/plan.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const kind = { type: 'seek-work', 'review-day': '2', 'review-month': '2', 'review-year': '2026', version: '0' }

describe('A plan', () => {
  it('begins with its kind and the day of the next review', async () => {
    const { episode, coach } = await anAssessedEpisode(app)
    const browser = await app.as(coach)
    const empty = await browser.open(`/episodes/${episode}/plan`)

    const page = await browser.sendAndFollow(`/episodes/${episode}/plan/kind`, kind)

    expect(empty.text).toContain('No plan yet')
    expect(page.text).toContain('Seek Work')
    expect(page.text).toContain('2 February 2026')
  })

  it('shows what is in the way and nobody does anything about, and leads to an action that answers it', async () => {
    const spell = await aDraftedPlan(app)
    await aConversation(app, spell, { barriers: ['pain', 'sleep'] })
    const browser = await app.as(spell.coach)
    const address = `/episodes/${spell.episode}/plan`
    const before = await browser.open(address)
    const [, add = ''] = /href="(\/goals\/[^"]+barrier=[0-9a-f-]+)"/.exec(before.html) ?? []
    const form = await browser.open(add)
    const [, barrier = ''] = /barrier=(.+)$/.exec(add) ?? []
    const action = { what: 'See the GP', owner: 'participant', barrier, obstacle: '' }
    const day = { 'due-day': '12', 'due-month': '1', 'due-year': '2026' }
    await browser.send(add.replace(/\/new.*/, ''), { id: newId(), ...action, ...day })
    const after = await browser.open(address)

    expect(before.text).toMatch(/nothing planned for it yet Pain, 7 of 10 Main .*Add an action against: Pain.*Sleep/)
    expect(form.html).toContain(`<option value="${barrier}" selected="">Pain</option>`)
    expect(after.text).not.toMatch(/nothing planned for it yet Pain/)
    expect(after.text).toMatch(/nothing planned for it yet Sleep/)
  })

  it('that two people begin at once shows the second what the first saved', async () => {
    const { episode, coach } = await anAssessedEpisode(app)
    await (
      await app.as(app.cast.otherCoach)
    ).send(`/episodes/${episode}/plan/kind`, { ...kind, type: 'thrive-in-work' })

    const clash = await (await app.as(coach)).send(`/episodes/${episode}/plan/kind`, kind)

    expect(clash.status).toBe(409)
    expect(clash.text).toContain('Thrive in Work')
  })

  it('asks to be looked at when the usual weeks are over, and support goes on', async () => {
    const { episode, coach } = await anAgreedPlan(app)
    app.clock.set('2026-03-30T09:00:00Z')
    const browser = await app.as(coach)
    const due = await browser.open(`/episodes/${episode}/plan`)

    const day = { 'reviewed-day': '30', 'reviewed-month': '3', 'reviewed-year': '2026' }
    const next = { 'next-day': '27', 'next-month': '4', 'next-year': '2026' }
    const review = { id: newId(), ...day, ...next, said: 'Two days a week go well', result: 'goes-on' }
    await browser.send(`/episodes/${episode}/plan/reviews`, review)
    const after = await browser.sendAndFollow(`/episodes/${episode}/plan/reviews`, review)

    app.clock.set('2026-01-05T10:00:00Z')
    expect(due.text).toContain('The weeks this area usually offers are over')
    expect(due.text).toContain('Support goes on until you and the person end it')
    expect(after.text).not.toContain('The weeks this area usually offers are over')
    expect(after.text.split('Two days a week go well')).toHaveLength(2)
    expect(after.text).toContain('27 April 2026')
  })

  it('is printed for the person in their own words, without words of the staff', async () => {
    const { episode, coach } = await anAgreedPlan(app, { goals: ['I want to be a gardener again'] })

    const page = await (await app.as(coach)).open(`/episodes/${episode}/plan/print`)

    expect(page.text).toContain('I want to be a gardener again')
    expect(page.text).toContain('We agreed this plan on 5 January 2026')
    expect(page.text).toContain('Your coach is Carol Coach')
    expect(page.text).toContain('It does not affect your benefits')
    expect(main(page.html).replaceAll(/<[^>]*>/g, ' ')).not.toMatch(/participant|barrier|episode|outcome/i)
    expect(page.text).not.toContain('Work and Health Coach')
  })

  it('of an earlier spell of support stays readable, and can no longer be changed', async () => {
    const earlier = await anAgreedPlan(app, { goals: ['I want to keep my shop open'] })
    await take(app, earlier, [{ kind: 'ended', as: 'left-early' }])
    const later = await anAssessedEpisode(app, { person: earlier.person })
    const browser = await app.as(later.coach)

    const now = await browser.open(`/episodes/${later.episode}/plan`)
    const before = await browser.open(`/episodes/${earlier.episode}/plan`)

    expect(now.html).toContain(`/episodes/${earlier.episode}/plan`)
    expect(now.text).not.toContain('I want to keep my shop open')
    expect(before.text).toContain('I want to keep my shop open')
    expect(before.text).not.toContain('Add another goal')
  })

  it('has its kind and its promised rhythm saved once from two tabs, and something else is read first', async () => {
    const { episode, coach } = await anAssessedEpisode(app)
    const browser = await app.as(coach)
    const rhythm = { every: 'month', version: '0' }
    const other = { ...kind, 'review-day': '3' }
    for (const [page, sent, anew] of [
      ['plan/kind', kind, other],
      ['rhythm', rhythm, { ...rhythm, every: 'none' }],
    ] as const) {
      await browser.send(`/episodes/${episode}/${page}`, sent)
      const second = await browser.sendAndFollow(`/episodes/${episode}/${page}`, sent)
      expect([second.status, second.text]).toEqual([200, expect.stringContaining('Already saved')])
      expect((await browser.send(`/episodes/${episode}/${page}`, anew)).status).toBe(409)
    }
  })

  it.each(['providerCoach', 'coachElsewhere'] as const)('is the same as no plan to the %s', async (who) => {
    const { episode } = await aDraftedPlan(app)
    const browser = await app.as(app.cast[who])

    for (const page of ['', '/print', '/kind', '/reviews/new']) {
      const refused = await browser.open(`/episodes/${episode}/plan${page}`)
      const missing = await browser.open(`/episodes/${newId()}/plan${page}`)
      expect(refused.status).toBe(404)
      expect(refused.text).toBe(missing.text)
    }
    expect((await browser.send(`/episodes/${episode}/plan/kind`, kind)).status).toBe(404)
  })
})

function main(html: string): string {
  return /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? ''
}
