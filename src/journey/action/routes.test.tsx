import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aConversation, aDraftedPlan, aResult } from '#test/people/plan.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const action = {
  ...{ what: 'Talk to my line manager', owner: 'participant', obstacle: 'I dread the conversation' },
  ...{ 'due-day': '12', 'due-month': '1', 'due-year': '2026' },
}

async function aGoal() {
  const { goals, coach, episode } = await aDraftedPlan(app)
  const [{ id: goal, action: first } = { id: '', action: '' }] = goals
  return { goal, first, coach, plan: `/episodes/${episode}/plan` }
}

describe('An action', () => {
  it('says who does what by when, and which obstacle it answers', async () => {
    const { goal, coach } = await aGoal()
    const browser = await app.as(coach)

    const page = await browser.sendAndFollow(`/goals/${goal}/actions`, { ...action, id: newId() })

    expect(page.text).toContain('Talk to my line manager')
    expect(page.text).toContain('Because of: I dread the conversation')
    expect(page.text).toContain('12 January 2026')
  })

  it('answers a barrier of the first conversation, and none of anybody else', async () => {
    const spell = await aDraftedPlan(app)
    const other = await aDraftedPlan(app)
    await aConversation(app, spell, { barriers: ['sleep', 'transport'] })
    await aConversation(app, other, { barriers: ['housing'] })
    const browser = await app.as(spell.coach)
    const goal = spell.goals[0]?.id ?? ''
    const form = await browser.open(`/goals/${goal}/actions/new`)
    const barrierIn = (html: string) => /<option value="([0-9a-f-]{36})"/.exec(html)?.[1] ?? ''
    const foreign = barrierIn((await browser.open(`/goals/${other.goals[0]?.id}/actions/new`)).html)

    const refused = await browser.send(`/goals/${goal}/actions`, { ...action, id: newId(), barrier: foreign })
    const barrier = barrierIn(form.html)
    const page = await browser.sendAndFollow(`/goals/${goal}/actions`, { ...action, id: newId(), barrier })

    expect(form.text).toContain('Sleep')
    expect(form.text).toContain('Getting there: transport')
    expect(refused.status).toBe(422)
    expect(page.text).toContain('Because of: Sleep: I dread the conversation')
  })

  it('that was being typed is there when the coach comes back, and gone once it was sent', async () => {
    const { goal, coach } = await aGoal()
    const browser = await app.as(coach)
    const address = `/goals/${goal}/actions/new`
    await browser.open(address)
    await browser.send('/drafts', { draft: `action-new:${goal}`, what: 'Ring the union' })

    const back = await browser.open(address)
    await browser.send(`/goals/${goal}/actions`, { ...action, id: newId() })
    const next = await browser.open(address)

    expect(back.html).toContain('Ring the union')
    expect(next.html).not.toContain('Ring the union')
  })

  it('needs a day that is still to come', async () => {
    const { goal, coach } = await aGoal()
    const browser = await app.as(coach)

    const page = await browser.send(`/goals/${goal}/actions`, { ...action, 'due-day': '4', id: newId() })

    expect(page.status).toBe(422)
    expect(page.text).toContain('Enter today or a day to come')
    expect(page.html).toContain('Talk to my line manager')
  })

  it('is ticked off from the plan, and the answer can be taken back', async () => {
    const { first, coach } = await aGoal()
    const browser = await app.as(coach)

    const done = await browser.sendAndFollow(`/actions/${first}/result`, { id: newId(), result: 'done', note: '' })
    const undone = await browser.sendAndFollow(`/actions/${first}/result`, { id: newId(), result: 'not-yet' })

    expect(done.text).not.toContain('Mark as done')
    expect(undone.text).toContain('Mark as done')
  })

  it('that did not work is kept with the reason why', async () => {
    const { first, coach, plan } = await aGoal()
    const browser = await app.as(coach)

    const bare = await browser.send(`/actions/${first}/result`, { id: newId(), result: 'did-not-work' })
    await browser.send(`/actions/${first}/result`, { id: newId(), result: 'did-not-work', note: 'HR never replied' })

    expect(bare.text).toContain('Say why this did not work')
    expect((await browser.open(plan)).text).toContain('5 January 2026: HR never replied')
  })

  it('that is past its day is marked as overdue', async () => {
    const { coach, plan } = await aGoal()
    app.clock.set('2026-01-20T10:00:00Z')

    const page = await (await app.as(coach)).open(plan)

    app.clock.set('2026-01-05T10:00:00Z')
    expect(page.text).toContain('Overdue')
  })

  it('that is changed twice is saved already the second time', async () => {
    const { first, coach } = await aGoal()
    const [browser, address] = [await app.as(coach), `/actions/${first}`]
    const version = /name="version" value="(\d+)"/.exec((await browser.open(address)).html)?.[1] ?? ''
    const sent = await browser.send(address, { ...action, version })
    const again = await browser.sendAndFollow(address, { ...action, version })

    expect(sent.status).toBe(303)
    expect(again.text).toContain('Already saved')
  })

  it('that two people change at once shows the second what the first saved', async () => {
    const { first, coach } = await aGoal()
    const [one, other] = [await app.as(coach), await app.as(app.cast.otherCoach)]
    const changed = { ...action, version: '1' }
    await one.send(`/actions/${first}`, changed)

    const clash = await other.send(`/actions/${first}`, { ...changed, what: 'Write to my line manager' })

    expect(clash.status).toBe(409)
    expect(clash.text).toContain('Talk to my line manager')
    expect(clash.html).toContain('Write to my line manager')
  })

  it('is taken out of the plan', async () => {
    const { first, coach } = await aGoal()
    await aResult(app, coach, first, 'not-needed')
    const browser = await app.as(coach)

    const page = await browser.sendAndFollow(`/actions/${first}/removal`)

    expect(page.text).not.toContain('Ask for a phased return')
    expect((await browser.open(`/actions/${first}`)).status).toBe(404)
  })

  it.each(['providerCoach', 'coachElsewhere'] as const)('is the same as no action to the %s', async (who) => {
    const { first, goal } = await aGoal()
    const browser = await app.as(app.cast[who])

    for (const address of [`/actions/:id`, `/actions/:id/result`, `/goals/:id/actions/new`]) {
      const refused = await browser.open(address.replace(':id', address.startsWith('/goals') ? goal : first))
      const missing = await browser.open(address.replace(':id', newId()))
      expect(refused.status).toBe(404)
      expect(refused.text).toBe(missing.text)
    }
    expect((await browser.send(`/actions/${first}/result`, { id: newId(), result: 'done' })).status).toBe(404)
  })
})
