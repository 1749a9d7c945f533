import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aDraftedPlan, anAgreedPlan, take } from '#test/people/plan.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const five = {
  ...{ much_less: 'Off work', less: 'Two days a week', expected: 'Three days', more: 'Four days' },
  ...{ much_more: '<b>Five</b> days', baseline: 'less', weight: '1' },
}
const levelsForm = (version: string, over: Readonly<Record<string, string>> = {}) => ({
  ...five,
  id: newId(),
  version,
  ...over,
})
const scaleIn = (html: string) => /name="scale" value="([^"]+)"/.exec(html)?.[1] ?? ''
const rating = (scale: string, level: string, day = '5') => ({
  ...{ id: newId(), scale, level, ratedBy: 'together', 'on-day': day, 'on-month': '1', 'on-year': '2026' },
})

describe('The levels of a goal', () => {
  it('are set once all five are said, and show the T score and where the goal stood', async () => {
    const { episode, goals } = await aDraftedPlan(app)
    const coach = await app.as(app.cast.coach)
    const [goal] = goals
    const missing = await coach.send(`/goals/${goal?.id}/levels`, levelsForm('0', { more: '' }))
    const page = await coach.sendAndFollow(`/goals/${goal?.id}/levels`, levelsForm('0'))

    expect(missing.text).toContain('Say what more than hoped would look like')
    expect(missing.html).toContain('value="Two days a week"')
    expect(page.text).toMatch(/T score now: 40\.0.*Now: less than hoped \(−1\)\. “Two days a week”/)
    expect((await coach.open(`/episodes/${episode}/plan`)).text).toMatch(/Now: less than hoped/)
    expect(page.html).not.toContain('<b>Five</b>')
  })

  it('are rated again, and the score moves with the goal', async () => {
    const { episode, goals } = await aDraftedPlan(app)
    const coach = await app.as(app.cast.coach)
    const there = `/goals/${goals[0]?.id}`
    await coach.send(`${there}/levels`, levelsForm('0'))
    const scale = scaleIn((await coach.open(`${there}/ratings`)).html)
    const early = await coach.send(`${there}/ratings`, rating(scale, 'more', '4'))
    const late = await coach.send(`${there}/ratings`, rating(scale, 'more', '6'))
    const sent = rating(scale, 'more')
    await coach.send(`${there}/ratings`, sent)
    const page = await coach.sendAndFollow(`${there}/ratings`, sent)

    expect(early.text).toContain('Enter a day since the levels were set')
    expect(late.text).toContain('Enter today or a day that has been')
    expect(page.text).toMatch(/T score now: 60\.0.*When the levels were set it was 40\.0/)
    expect(page.text).toContain('it never shows that the service caused it')
    expect(page.html).toContain('aria-label="T score: 40.0 when the levels were set, 60.0 on 5 January 2026"')
    expect((await app.owner.query('select from goal_scaling.rating where goal = $1', [goals[0]?.id])).rowCount).toBe(1)
    expect((await coach.open(`/episodes/${episode}/plan`)).text).toContain('Now: more than hoped')
  })

  it('that are changed begin anew, and what was said by the earlier ones stays', async () => {
    const { goals } = await aDraftedPlan(app)
    const coach = await app.as(app.cast.coach)
    const there = `/goals/${goals[0]?.id}`
    await coach.send(`${there}/levels`, levelsForm('0'))
    const scale = scaleIn((await coach.open(`${there}/ratings`)).html)
    await coach.send(`${there}/ratings`, rating(scale, 'much_more'))
    const page = await coach.sendAndFollow(`${there}/levels`, levelsForm('1', { baseline: 'expected' }))
    const stale = await coach.send(`${there}/ratings`, rating(scale, 'more'))

    expect(page.text).toMatch(/T score now: 50\.0.*Much more than hoped \(\+2\), by earlier levels/)
    expect([stale.status, stale.text.includes('The levels were changed meanwhile')]).toEqual([422, true])
  })

  it('cannot be set once support has ended, and are nothing to those to whom the goal is nothing', async () => {
    const { episode, goals } = await anAgreedPlan(app)
    await take(app, { coach: app.cast.coach, episode }, [{ kind: 'ended', as: 'left-early' }])
    const coach = await app.as(app.cast.coach)
    const elsewhere = await app.as(app.cast.coachElsewhere)

    expect((await coach.send(`/goals/${goals[0]?.id}/levels`, levelsForm('0'))).status).toBe(422)
    for (const [one, none] of [
      [`/goals/${goals[0]?.id}/levels`, `/goals/${newId()}/levels`],
      [`/goals/${goals[0]?.id}/ratings`, `/goals/${newId()}/ratings`],
      [`/episodes/${episode}/goal-scaling`, `/episodes/${newId()}/goal-scaling`],
    ] as const) {
      const [foreign, absent] = [await elsewhere.open(one), await elsewhere.open(none)]
      expect([foreign.status, foreign.text]).toEqual([404, absent.text])
    }
  })
})
