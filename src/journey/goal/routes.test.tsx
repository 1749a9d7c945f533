import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aDraftedPlan, anAgreedPlan, anAssessedEpisode, take } from '#test/people/plan.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const goal = {
  words: 'I want to <b>drive</b> my bus again',
  whose: 'person',
  'target-day': '1',
  'target-month': '6',
  'target-year': '2026',
}

describe('A goal', () => {
  it('is added in the words of the person, and sending the form twice adds it once', async () => {
    const { episode, coach } = await anAssessedEpisode(app)
    const browser = await app.as(coach)
    const form = await browser.open(`/episodes/${episode}/plan/goals/new`)
    const id = hidden(form.html, 'id')

    const sent = await browser.send(`/episodes/${episode}/plan/goals`, { ...goal, id })
    const page = await browser.sendAndFollow(`/episodes/${episode}/plan/goals`, { ...goal, id })

    expect(sent.status).toBe(303)
    expect(page.text.split('I want to <b>drive</b> my bus again')).toHaveLength(
      page.text.split('Add an action').length + 2,
    )
    expect(page.html).not.toContain('<b>drive</b>')
    expect(page.text).toContain('1 June 2026')
  })

  it('keeps what was typed when something is missing', async () => {
    const { episode, coach } = await anAssessedEpisode(app)
    const browser = await app.as(coach)

    const page = await browser.send(`/episodes/${episode}/plan/goals`, { ...goal, whose: '', id: newId() })

    expect(page.status).toBe(422)
    expect(page.text).toContain('Select whose words these are')
    expect(page.text).toContain('I want to <b>drive</b> my bus again')
  })

  it('that is changed or taken out twice is saved already the second time', async () => {
    const { goals, coach } = await aDraftedPlan(app)
    const address = `/goals/${goals[0]?.id}`
    const browser = await app.as(coach)
    const change = { ...goal, version: hidden((await browser.open(address)).html, 'version') }
    const twice = async (to: string, fields: Record<string, string>) => {
      const first = await browser.send(to, fields)
      return { first: first.status, second: await browser.sendAndFollow(to, fields) }
    }
    const changed = await twice(address, change)
    const out = await twice(`${address}/removal`, { why: 'It came true' })

    expect([changed.first, out.first]).toEqual([303, 303])
    expect([changed.second.status, out.second.status]).toEqual([200, 200])
    expect(changed.second.text).toContain('Already saved')
    expect(out.second.text).toContain('Already saved')
    const other = await browser.send(`${address}/removal`, { why: 'They moved on' })
    expect(other.text).toMatch(/What you wrote, which was not saved They moved on/)
  })

  it('that two people change at once shows the second what the first saved, beside what they typed', async () => {
    const { goals, coach } = await aDraftedPlan(app)
    const address = `/goals/${goals[0]?.id}`
    const [first, second] = [await app.as(coach), await app.as(app.cast.otherCoach)]
    const version = hidden((await second.open(address)).html, 'version')
    await first.send(address, { ...goal, words: 'I want to work mornings', version })

    const clash = await second.send(address, { ...goal, words: 'I want to work evenings', version })
    const solved = await second.sendAndFollow(address, {
      ...goal,
      words: 'I want to work evenings',
      version: hidden(clash.html, 'version'),
    })

    expect(clash.status).toBe(409)
    expect(clash.text).toContain('I want to work mornings')
    expect(clash.text).toContain('I want to work evenings')
    expect(solved.status).toBe(200)
    expect(solved.text).toContain('I want to work evenings')
  })

  it('that was read before somebody else changed it is shown as it is now after a slip in the form too', async () => {
    const { goals, coach } = await aDraftedPlan(app)
    const address = `/goals/${goals[0]?.id}`
    const [first, second] = [await app.as(coach), await app.as(app.cast.otherCoach)]
    const version = hidden((await second.open(address)).html, 'version')
    await first.send(address, { ...goal, words: 'I want to work mornings', version })

    const slip = await second.send(address, { ...goal, whose: '', version })

    expect(slip.status).toBe(422)
    expect(slip.text).toContain('I want to work mornings')
  })

  it('is taken out with its reason, and is no longer in the plan', async () => {
    const { goals, coach, episode } = await anAgreedPlan(app, { goals: ['I want to sleep', 'I want to swim'] })
    const browser = await app.as(coach)

    const unreasoned = await browser.send(`/goals/${goals[1]?.id}/removal`)
    const page = await browser.sendAndFollow(`/goals/${goals[1]?.id}/removal`, { why: 'Entered twice' })

    expect(unreasoned.text).toContain('Say why it is taken out')
    expect(page.text).toContain('Goal taken out: I want to swim')
    expect((await browser.open(`/goals/${goals[1]?.id}`)).status).toBe(404)
    expect((await browser.open(`/episodes/${episode}/plan/versions`)).text).toContain('I want to swim')
  })

  it('cannot be added once support has ended', async () => {
    const { episode, coach } = await anAgreedPlan(app)
    await take(app, { coach, episode }, [{ kind: 'ended', as: 'left-early' }])
    const browser = await app.as(coach)

    const page = await browser.send(`/episodes/${episode}/plan/goals`, { ...goal, id: newId() })

    expect(page.status).toBe(422)
    expect(page.text).toContain('This plan can no longer be changed')
  })

  it.each(['providerCoach', 'coachElsewhere'] as const)('is the same as no goal to the %s', async (who) => {
    const { episode, goals } = await aDraftedPlan(app)
    const browser = await app.as(app.cast[who])
    const addresses = (plan: string, one: string) => [
      `/episodes/${plan}/plan/goals/new`,
      `/goals/${one}`,
      `/goals/${one}/removal`,
    ]

    const foreign = addresses(episode, goals[0]?.id ?? '')
    const absent = addresses(newId(), newId())

    for (const [index, address] of foreign.entries()) {
      const refused = await browser.open(address)
      const missing = await browser.open(absent[index] ?? '')
      expect(refused.status).toBe(404)
      expect(refused.text).toBe(missing.text)
    }
    const sent = await browser.send(`/goals/${goals[0]?.id}`, { ...goal, version: '1' })
    expect(sent.status).toBe(404)
  })
})

function hidden(html: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
}
