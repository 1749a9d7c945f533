import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { anAcceptedEpisode, anAgreedPlan } from '#test/people/plan.ts'
import { listCarryingOn } from './store.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const standing = async (episode: string) => {
  const { rows } = await app.owner.query(
    'select stage, next_due_what, next_due_on::text from episode.standing where episode = $1',
    [episode],
  )
  return rows[0]
}
const carryOn = {
  ...{ outcome: 'carry-on', reason: 'The adjustments come in May' },
  ...{ 'until-day': '11', 'until-month': '5', 'until-year': '2026' },
}

describe('Reviewing the weeks of support', () => {
  it('lets support carry on until a day, for a reason, and asks again then', async () => {
    const { episode } = await anAgreedPlan(app)
    app.clock.set('2026-03-30T10:00:00Z')
    const coach = await app.as(app.cast.coach)
    const before = await coach.open(`/episodes/${episode}/review`)

    const id = newId()
    await coach.send(`/episodes/${episode}/reviews`, { id, ...carryOn })
    await coach.send(`/episodes/${episode}/reviews`, { id, ...carryOn })
    const after = await coach.open(`/episodes/${episode}/review`)

    expect(before.text).toMatch(/Week 13 of 12\. The review is due today/)
    expect(after.text).toContain('Review by Monday 11 May 2026')
    expect(after.text).toContain('The adjustments come in May')
    expect(await standing(episode)).toMatchObject({ next_due_what: 'review', next_due_on: '2026-05-11' })
    const until = await app.inArea('north', (db) => listCarryingOn(db, 'north', [app.cast.coach.membership]))
    expect(until.get(episode)?.toString()).toBe('2026-05-11')
  })

  it('moves towards completion without ending anything', async () => {
    const { episode } = await anAgreedPlan(app)
    const { stage } = await standing(episode)
    app.clock.set('2026-04-02T10:00:00Z')

    const coach = await app.as(app.cast.coach)
    const seen = await coach.send(`/episodes/${episode}/reviews`, { id: newId(), outcome: 'completing', reason: '' })

    expect(seen.status).toBe(303)
    expect(await standing(episode)).toEqual({ stage, next_due_what: 'completion', next_due_on: '2026-04-07' })
  })

  it('asks why support carries on', async () => {
    const { episode } = await anAgreedPlan(app)
    const coach = await app.as(app.cast.coach)

    const seen = await coach.send(`/episodes/${episode}/reviews`, { id: newId(), ...carryOn, reason: '' })

    expect(seen.status).toBe(422)
    expect(seen.text).toContain('Enter why support carries on')
  })

  it('is not possible before a plan is agreed', async () => {
    const { episode } = await anAcceptedEpisode(app)

    const seen = await (await app.as(app.cast.coach)).open(`/episodes/${episode}/review`)

    expect(seen.status).toBe(422)
    expect(seen.text).toContain('once a plan is agreed')
  })

  it.each(['providerCoach', 'coachElsewhere'] as const)('is not there for a %s', async (part) => {
    const { episode } = await anAgreedPlan(app)
    const other = await app.as(app.cast[part])
    const [foreign, absent] = [
      await other.open(`/episodes/${episode}/review`),
      await other.open(`/episodes/${newId()}/review`),
    ]
    const sent = await other.send(`/episodes/${episode}/reviews`, { id: newId(), ...carryOn })

    expect([foreign.status, foreign.text]).toEqual([absent.status, absent.text])
    expect([foreign.status, sent.status]).toEqual([404, 404])
  })
})
