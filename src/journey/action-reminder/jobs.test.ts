import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { anAnswer } from '#test/people.ts'
import { anAgreedPlan, aResult, take } from '#test/people/plan.ts'
import type { Browser } from '#test/browser.ts'

let app: TestApp
let coach: Browser
beforeAll(async () => {
  app = await startApp()
  coach = await app.as(app.cast.coach)
})
afterAll(() => app.close())

/** The clock strikes early in the morning, and at ten the messages go. */
async function morning(day: string): Promise<void> {
  app.clock.set(`${day}T05:10:00Z`)
  await app.inArea('north', async (db) => app.product.jobs['action.remind']?.(db, { area: 'north' }, app.clock.now))
  app.clock.set(`${day}T10:30:00Z`)
  await app.work()
}

const told = async (person: string) =>
  (
    await app.owner.query<{ channel: string; body: string; settled_as: string | null; reason: string | null }>(
      `select channel, body, settled_as, reason from notify.message where person = $1 and kind = 'action.reminder' order by id`,
      [person],
    )
  ).rows

const due = { 'due-day': '19', 'due-month': '1', 'due-year': '2026' }

describe('Something of a plan that falls due', () => {
  let spell: Awaited<ReturnType<typeof anAgreedPlan>>
  let action: string
  beforeEach(async () => {
    app.clock.set('2026-01-05T10:00:00Z')
    spell = await anAgreedPlan(app)
    action = spell.goals[0]?.action ?? ''
    await anAnswer(app, spell.person, 'contact', true)
  })

  it('is said again to whoever wanted to do it, once, on its day and not before, in words that name nothing', async () => {
    await morning('2026-01-18')
    const before = await told(spell.person)
    for (const day of ['2026-01-19', '2026-01-20']) await morning(day)

    expect(before).toEqual([])
    const [message, ...more] = await told(spell.person)
    expect(more).toEqual([])
    expect(message).toMatchObject({ channel: 'text', settled_as: 'sent' })
    expect(message?.body).toContain('There is something you wanted to do by now. See what it is: http')
    expect(message?.body).not.toMatch(/plan|phased|return/i)
  })

  it('is left to the coach of whoever may not sign in: no message leads them to their own pages', async () => {
    await coach.send(`/people/${spell.person}/online`, { reason: 'shared-phone' })
    await morning('2026-01-19')

    expect(await told(spell.person)).toEqual([])
    const { rows } = await app.owner.query('select told from action_reminder.reminder where action = $1', [action])
    expect(rows).toEqual([{ told: false }])
  })

  it.each([
    ['was done', () => aResult(app, app.cast.coach, action, 'done')],
    ['was taken out', () => coach.send(`/actions/${action}/removal`)],
    ['waits, with their support', () => take(app, spell, [{ kind: 'paused' }])],
    ['has ended, with their support', () => take(app, spell, [{ kind: 'ended', as: 'left-early' }])],
    [
      'is somebody else’s now',
      () => app.owner.query(`update action.action set owner = 'coach' where id = $1`, [action]),
    ],
  ])('is not said again where it %s, before the message is written or after', async (_what, happens) => {
    const other = await anAgreedPlan(app)
    await anAnswer(app, other.person, 'contact', true)
    app.clock.set('2026-01-19T05:10:00Z')
    coach = await app.as(app.cast.coach)
    await app.inArea('north', async (db) => app.product.jobs['action.remind']?.(db, { area: 'north' }, app.clock.now))
    await happens()
    app.clock.set('2026-01-19T10:30:00Z')
    await app.work()
    const held = await told(spell.person)
    await morning('2026-01-20')

    expect(held).toMatchObject([{ settled_as: 'held back' }])
    expect(await told(spell.person)).toHaveLength(1)
    expect(await told(other.person)).toMatchObject([{ settled_as: 'sent' }])
  })

  it('is said again on its new day where it was moved', async () => {
    await morning('2026-01-19')
    await app.owner.query(`update action.action set due_on = '2026-01-30' where id = $1`, [action])
    await morning('2026-01-21')
    const between = (await told(spell.person)).length
    await morning('2026-01-30')

    expect([between, (await told(spell.person)).length]).toEqual([1, 2])
  })

  it('goes into one message with all that is due, and leaves out what they never agreed to', async () => {
    const second = await anAgreedPlan(app, { goals: ['I want my mornings back', 'I want to cycle'] })
    await anAnswer(app, second.person, 'contact', true)
    coach = await app.as(app.cast.coach)
    await coach.send(`/goals/${second.goals[0]?.id}/actions`, {
      id: newId(),
      what: 'Buy a bell',
      owner: 'participant',
      ...due,
    })
    await morning('2026-01-19')
    const { rows } = await app.owner.query(
      `select count(distinct telling)::integer as messages, count(*)::integer as actions from action_reminder.reminder
       join action.action on action.id = reminder.action join goal.goal on goal.id = action.goal where goal.episode = $1`,
      [second.episode],
    )

    expect(rows).toEqual([{ messages: 1, actions: 2 }])
    expect(await told(second.person)).toHaveLength(1)
  })

  it('stands on the day of the coach where no message may go', async () => {
    await app.owner.query(`update people.person set given_name = 'Nell' where id = $1`, [spell.person])
    await anAnswer(app, spell.person, 'contact', false)
    await morning('2026-01-19')
    const day = await (await app.as(app.cast.coach)).open('/day?reason=action')

    expect(await told(spell.person)).toEqual([])
    expect(day.text).toMatch(/Nell Marsh Due in the plan No message could remind them: Ask for a phased return/)
  })
})

describe('What others do of a plan', () => {
  it.each([
    ['coach', 'You said that you would'],
    ['employer', 'Ask their employer'],
    ['service', 'Ask the service'],
  ] as const)('stands on the day of the coach once it is due, until it is settled: %s', async (owner, words) => {
    app.clock.set('2026-01-05T10:00:00Z')
    const spell = await anAgreedPlan(app, { owner })
    const name = `Otto${owner}`
    await app.owner.query('update people.person set given_name = $1 where id = $2', [name, spell.person])
    await morning('2026-01-18')
    const early = await (await app.as(app.cast.coach)).open('/day')
    await morning('2026-01-19')
    coach = await app.as(app.cast.coach)
    const now = await coach.open('/day?reason=action')
    await coach.send(`/actions/${spell.goals[0]?.action}/result`, { id: newId(), result: 'done', note: '' })

    expect(early.text).not.toContain(`${name} Marsh Due in the plan`)
    expect(now.text).toContain(
      `${name} Marsh Due in the plan ${words}: Ask for a phased return Today Say what came of it`,
    )
    expect(now.html).toContain(`/actions/${spell.goals[0]?.action}/result`)
    expect((await coach.open('/day')).text).not.toContain(`${name} Marsh Due in the plan`)
    expect(await told(spell.person)).toEqual([])
  })

  it('stands there one by one where several things of one person are due, each until its own result', async () => {
    app.clock.set('2026-01-05T10:00:00Z')
    const spell = await anAgreedPlan(app, {
      owner: 'coach',
      goals: ['Back at my desk', 'Sleep through', 'Drive again'],
    })
    await app.owner.query(`update people.person set given_name = 'Sever' where id = $1`, [spell.person])
    await morning('2026-01-19')
    const lines = async () => {
      const { html } = await (await app.as(app.cast.coach)).open('/day?reason=action')
      return spell.goals.map(({ action }) => html.includes(`href="/actions/${action}/result"`))
    }
    const before = await lines()
    await (
      await app.as(app.cast.coach)
    ).send(`/actions/${spell.goals[1]?.action}/result`, { id: newId(), result: 'done', note: '' })

    expect(before).toEqual([true, true, true])
    expect(await lines()).toEqual([true, false, true])
  })
})
