import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from './app.ts'
import type { Fields } from './browser.ts'
import { anAgreedPlan } from './people/plan.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-12T10:00:00Z'))
afterAll(() => app.close())

const typed = 'Pain after an hour of standing'
const matter = { asks: 'Would physiotherapy help?', summary: typed, told: 'in-person' }
const money = { what: 'Six sessions', supplier: 'physical', cost: '240', why: typed }
const goal = { words: typed, whose: 'person' }
const help = { kind: 'coaching', done: typed, minutes: '30' }

/** Somebody whose support ends while a coach has a form of theirs open in another tab. */
async function ended() {
  const spell = await anAgreedPlan(app, { coach: app.cast.coach })
  const coach = await app.as(app.cast.coach)
  const day = { 'ended-day': '12', 'ended-month': '1', 'ended-year': '2026' }
  const end = { as: 'left-early', told: 'telephone', ...day, version: '0', id: newId() }
  const sent = await coach.send(`/episodes/${spell.episode}/ending`, end)
  expect(sent.status).toBe(303)
  return { ...spell, coach }
}

describe('A form that was open while support ended', () => {
  it.each<[string, Fields]>([
    ['matters', matter],
    ['budget', money],
    ['plan/goals', goal],
    ['support', help],
  ])('%s says so, and gives back what was written in it', async (form, fields) => {
    const { coach, episode } = await ended()
    const late = await coach.send(`/episodes/${episode}/${form}`, { id: newId(), ...fields })

    expect(late.status).toBeGreaterThanOrEqual(400)
    expect(late.text).not.toContain('Page not found')
    expect(late.text).toMatch(/has changed since you opened|has ended/)
    expect(late.text).toContain('What you wrote, which was not saved')
    expect(late.text).toContain(typed)
    expect(late.text).not.toMatch(/in-person|physical|coaching/)
  })

  it('gives what is not theirs the same answer as what is not there', async () => {
    const { episode } = await anAgreedPlan(app, { coach: app.cast.coach })
    const stranger = await app.as(app.cast.coachElsewhere)
    const [foreign, missing] = [
      await stranger.send(`/episodes/${episode}/matters`, { id: newId(), ...matter }),
      await stranger.send(`/episodes/${newId()}/matters`, { id: newId(), ...matter }),
    ]

    expect(foreign.status).toBe(404)
    expect(foreign.text).toBe(missing.text)
  })
})
