import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { anAcceptedEpisode, anAgreedPlan } from '#test/people/plan.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const standing = async (episode: string) => {
  const { rows } = await app.owner.query(
    'select stage, last_contact_at::text, next_due_what, next_due_on::text from episode.standing where episode = $1',
    [episode],
  )
  return rows[0]
}
const help = (more: Fields = {}): Fields => ({
  ...{ id: newId(), kind: 'coaching', done: 'Practised asking for a later start', minutes: '45' },
  ...{ 'next-day': '19', 'next-month': '1', 'next-year': '2026' },
  ...more,
})

describe('Recording support', () => {
  it('makes the episode active, and the next day in touch is what is due', async () => {
    const { episode, person } = await anAgreedPlan(app)
    const coach = await app.as(app.cast.coach)

    const seen = await coach.send(`/episodes/${episode}/support`, help())
    const list = await coach.open(`/episodes/${episode}/support`)

    expect(seen.location).toBe(`/people/${person}`)
    expect(await standing(episode)).toMatchObject({
      ...{ stage: 'active', next_due_what: 'contact', next_due_on: '2026-01-19' },
    })
    expect(list.text).toContain('Practised asking for a later start')
    expect(list.text).toContain('45 minutes in all')
  })

  it('leaves an appointment due that comes before the next day in touch', async () => {
    const { episode } = await anAgreedPlan(app)
    const coach = await app.as(app.cast.coach)
    await coach.send(`/episodes/${episode}/appointments`, {
      ...{
        id: newId(),
        member: app.cast.coach.membership,
        minutes: '30',
        mode: 'phone',
        purpose: 'review',
        time: '9.15',
      },
      ...{ 'day-day': '13', 'day-month': '1', 'day-year': '2026', interpreter: 'none', tell: 'staff' },
    })
    await coach.send(`/episodes/${episode}/contacts`, {
      ...{ id: newId(), way: 'mobile', result: 'reached', note: 'Rang in' },
      ...{ 'next-day': '7', 'next-month': '1', 'next-year': '2026' },
    })
    const sooner = await standing(episode)
    await coach.send(`/episodes/${episode}/support`, help())

    expect(sooner).toMatchObject({ next_due_what: 'contact', next_due_on: '2026-01-07' })
    expect(await standing(episode)).toMatchObject({ next_due_what: 'appointment', next_due_on: '2026-01-13' })
  })

  it('proposes a day before the person would be going quiet', async () => {
    const { episode } = await anAgreedPlan(app)

    const seen = await (await app.as(app.cast.coach)).open(`/episodes/${episode}/support/new`)

    expect(seen.html).toMatch(/name="next-day"[^>]*value="16"/)
  })

  it('happened on the day that was given, not on the day it was written down', async () => {
    const { episode } = await anAgreedPlan(app)
    app.clock.set('2026-01-09T10:00:00Z')
    const on = { 'on-day': '7', 'on-month': '1', 'on-year': '2026' }

    await (await app.as(app.cast.coach)).send(`/episodes/${episode}/support`, help(on))

    expect((await standing(episode)).last_contact_at).toBe('2026-01-07 12:00:00+00')
  })

  it('is taken back with what it caused, once', async () => {
    const { episode } = await anAgreedPlan(app)
    const before = await standing(episode)
    const coach = await app.as(app.cast.coach)
    const id = newId()
    await coach.send(`/episodes/${episode}/support`, help({ id }))
    await coach.send(`/episodes/${episode}/support`, help({ id }))

    const seen = await coach.sendAndFollow(`/support/${id}/withdrawal`)
    await coach.send(`/support/${id}/withdrawal`)

    expect(await standing(episode)).toEqual(before)
    expect(seen.text).toContain('Taken back')
  })

  it('begins once a plan is agreed', async () => {
    const { episode } = await anAcceptedEpisode(app)

    const seen = await (await app.as(app.cast.coach)).send(`/episodes/${episode}/support`, help())

    expect(seen.status).toBe(422)
    expect(seen.text).toContain('Support begins once a plan is agreed')
  })

  it.each(['providerCoach', 'coachElsewhere'] as const)('is not there for a %s', async (part) => {
    const { episode } = await anAgreedPlan(app)
    const id = newId()
    await (await app.as(app.cast.coach)).send(`/episodes/${episode}/support`, help({ id }))
    const before = await standing(episode)
    const other = await app.as(app.cast[part])
    for (const path of ['/episodes/?/support', '/episodes/?/support/new']) {
      const foreign = await other.open(path.replace('?', episode))
      const absent = await other.open(path.replace('?', newId()))
      expect([foreign.status, foreign.text]).toEqual([absent.status, absent.text])
      expect(foreign.status).toBe(404)
    }
    const taken = await other.send(`/support/${id}/withdrawal`)
    const none = await other.send(`/support/${newId()}/withdrawal`)
    expect([taken.status, taken.text]).toEqual([none.status, none.text])
    expect(await standing(episode)).toEqual(before)
  })
})
