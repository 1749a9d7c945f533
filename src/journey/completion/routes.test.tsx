import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { findEpisode, listSteps } from '#journey/episode/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import {
  aCompletedPlan,
  aConversation,
  anAgreedPlan,
  anAssessedEpisode,
  aWorkAbility,
  type Spell,
  take,
} from '#test/people/plan.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const work = { workStatus: 'employed', hours: '24', workAbility: '7' }
const day = { 'completed-day': '5', 'completed-month': '1', 'completed-year': '2026' }
const form = { ...work, ...day, outcomes: ['same-job', 'adjustments'], next: 'Keep the Thursday off' }

type Planned = Awaited<ReturnType<typeof anAgreedPlan>>

async function complete({ coach, episode, goals }: Planned, fields: Record<string, string | string[]> = {}) {
  const browser = await app.as(coach)
  const met = Object.fromEntries(goals.map(({ id }) => [`result-${id}`, 'met']))
  const sent = { id: newId(), ...form, ...met, ...fields }
  return { browser, sent, answer: await browser.send(`/episodes/${episode}/completion`, sent) }
}

describe('Completing a plan', () => {
  it('opens on the plan, goal by goal, with what was done', async () => {
    const spell = await anAgreedPlan(app, { goals: ['I want to paint again', 'I want to sleep'] })

    const page = await (await app.as(spell.coach)).open(`/episodes/${spell.episode}/completion`)

    expect(page.text).toContain('“I want to paint again”')
    expect(page.text).toContain('“I want to sleep”')
    expect(page.text).toContain('Ask for a phased return: still open')
  })

  it('keeps what became of each goal and what the person leaves with, and sets the days of the follow-ups', async () => {
    const spell = await anAgreedPlan(app)
    const goal = spell.goals[0]?.id ?? ''

    const { browser, answer } = await complete(spell, { [`person-${goal}`]: 'I am <em>proud</em>' })

    const page = await browser.open(`/episodes/${spell.episode}/completion`)
    const standing = await standingOf(spell)
    expect(answer.location).toBe(`/people/${spell.person}`)
    expect(page.text).toContain('Returned to the same job. Adjustments at work are in place')
    expect(page.text).toContain('In their words: I am <em>proud</em>')
    expect(page.html).not.toContain('<em>proud')
    expect(standing).toMatchObject({ stage: 'aftercare' })
    expect([standing?.follow_up_13_on, standing?.follow_up_26_on].map(String)).toEqual(['2026-04-06', '2026-07-06'])
  })

  it('shows how things stood at the first conversation beside how they stand now', async () => {
    const spell = await anAgreedPlan(app)
    await aConversation(app, spell, { workAbility: '3' })
    const browser = await app.as(spell.coach)
    const before = await browser.open(`/episodes/${spell.episode}/completion`)
    await aWorkAbility(app, spell, '8')

    const after = await browser.open(`/episodes/${spell.episode}/completion`)

    const question = 'How well could you work today, in the job you have or would like?'
    expect(before.text).toContain('At the first conversation: employed, off sick, 0 hours a week')
    expect(before.text).toMatch(new RegExp(`${question.replace('?', '\\?')} 3 Not asked again`))
    expect(after.text).toMatch(new RegExp(`${question.replace('?', '\\?')} 3 8`))
  })

  it('tells the coach which goal still stands in the way, and keeps what was typed', async () => {
    const spell = await anAgreedPlan(app, { goals: ['I want to paint again', 'I want to sleep'] })

    const { answer } = await complete(spell, { [`result-${spell.goals[1]?.id}`]: '' })

    expect(answer.status).toBe(422)
    expect(answer.text).toContain('Say what became of this goal: “I want to sleep”')
    expect(answer.text).not.toContain('Say what became of this goal: “I want to paint again”')
    expect(answer.text).toContain('Keep the Thursday off')
    expect((await standingOf(spell))?.stage).toBe('plan-agreed')
  })

  it('is not saved without an outcome or the reason why there is none', async () => {
    const spell = await anAgreedPlan(app)

    const without = await complete(spell, { outcomes: [] })
    const reasoned = await complete(spell, { outcomes: [], noOutcome: 'waiting' })

    expect(without.answer.text).toContain('Select at least one outcome, or say below why there is none')
    expect(reasoned.answer.status).toBe(303)
  })

  it('twice with one form leaves one', async () => {
    const spell = await anAgreedPlan(app)
    const { browser, sent } = await complete(spell)

    const again = await browser.send(`/episodes/${spell.episode}/completion`, sent)

    const steps = await app.inArea('north', (db) => listSteps(db, 'north', spell.episode))
    expect(again.status).toBe(303)
    expect(steps.filter(({ step }) => step.kind === 'completed')).toHaveLength(1)
  })

  it('by two people at once leaves the first', async () => {
    const spell = await anAgreedPlan(app)

    const both = await Promise.all([complete(spell), complete(spell)])

    expect(both.map(({ answer }) => answer.status).toSorted()).toEqual([303, 422])
  })

  it('is asked for the agreement first, and is checked again when it is sent', async () => {
    const unagreed = await anAssessedEpisode(app)
    const ended = await anAgreedPlan(app)
    await take(app, ended, [{ kind: 'ended', as: 'left-early' }])
    const browser = await app.as(unagreed.coach)

    const page = await browser.open(`/episodes/${unagreed.episode}/completion`)
    const { answer } = await complete(ended)

    expect(page.status).toBe(422)
    expect(page.text).toContain('This plan has not been agreed')
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('This spell of support ended early')
  })

  it('by mistake is taken back with a reason, and can be done again', async () => {
    const spell = await aCompletedPlan(app)
    const browser = await app.as(spell.coach)
    const address = `/episodes/${spell.episode}/completion`

    const bare = await browser.send(`${address}/withdrawal`, { id: newId(), reason: '' })
    await browser.send(`${address}/withdrawal`, { id: newId(), reason: 'Wrong person' })
    const standing = await standingOf(spell)
    const { answer } = await complete(spell)

    expect(bare.text).toContain('Say why the completion is taken back')
    expect(standing).toMatchObject({ stage: 'plan-agreed', ended_at: null, follow_up_13_on: null })
    expect(answer.status).toBe(303)
  })

  it('is not taken back once the person is here again with a new spell of support', async () => {
    const spell = await aCompletedPlan(app)
    await anAssessedEpisode(app, { person: spell.person })

    const address = `/episodes/${spell.episode}/completion/withdrawal`
    const page = await (await app.as(spell.coach)).send(address, { id: newId(), reason: 'Wrong' })

    expect(page.status).toBe(422)
    expect(page.text).toContain('A new spell of support has begun')
  })

  it.each(['providerCoach', 'coachElsewhere'] as const)('is the same as no plan to the %s', async (who) => {
    const { episode, goals } = await anAgreedPlan(app)
    const browser = await app.as(app.cast[who])

    const refused = await browser.open(`/episodes/${episode}/completion`)
    const missing = await browser.open(`/episodes/${newId()}/completion`)
    const sent = await browser.send(`/episodes/${episode}/completion`, {
      ...form,
      id: newId(),
      [`result-${goals[0]?.id}`]: 'met',
    })

    expect(refused.status).toBe(404)
    expect(refused.text).toBe(missing.text)
    expect(sent.status).toBe(404)
  })
})

async function standingOf({ coach, episode }: Pick<Spell, 'coach' | 'episode'>) {
  const actor = { ...coach, areaName: '', organisations: [coach.organisation] }
  return app.inArea(coach.area, (db) => findEpisode(db, actor, episode))
}
