import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { anAgreedPlan } from '#test/people/plan.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const dated = (name: string, text: string): Fields => {
  const { day, month, year } = Temporal.PlainDate.from(text)
  return { [`${name}-day`]: `${day}`, [`${name}-month`]: `${month}`, [`${name}-year`]: `${year}` }
}
const standing = async (episode: string) => {
  const { rows } = await app.owner.query(
    'select stage, paused_days, limit_on::text, next_due_what, next_due_on::text from episode.standing where episode = $1',
    [episode],
  )
  return rows[0]
}
const waiting = (more: Fields = {}): Fields => ({
  ...{ waits: 'nhs', whom: 'Physiotherapy' },
  ...dated('since', '2026-01-05'),
  ...dated('check', '2026-01-19'),
  ...more,
})
const begun = async (more: Fields = {}) => {
  const spell = await anAgreedPlan(app)
  const coach = await app.as(app.cast.coach)
  const pause = newId()
  const form = waiting({ id: pause, ...more })
  const sent = await coach.send(`/episodes/${spell.episode}/pause`, form)
  return { ...spell, coach, sent, form, pause }
}

describe('Waiting on others', () => {
  it('hides no appointment, and is looked at again after it', async () => {
    const { episode } = await anAgreedPlan(app)
    const first = await app.as(app.cast.coach)
    const appointment = newId()
    await first.send(`/episodes/${episode}/appointments`, {
      ...{ id: appointment, member: app.cast.coach.membership, minutes: '30', mode: 'phone', time: '10:00' },
      ...{ ...dated('day', '2026-01-13'), purpose: 'review', interpreter: 'none', tell: 'staff' },
    })
    await first.send(`/episodes/${episode}/pause`, waiting({ id: newId() }))
    const begun = await standing(episode)
    app.clock.set('2026-01-13T11:00:00Z')
    const later = await app.as(app.cast.coach)
    await later.send(`/appointments/${appointment}/results`, { id: newId(), kind: 'attended' })

    expect(begun).toMatchObject({ stage: 'waiting', next_due_what: 'appointment', next_due_on: '2026-01-13' })
    expect(await standing(episode)).toMatchObject({ next_due_what: 'check', next_due_on: '2026-01-19' })
  })

  it('goes on to an appointment that comes before the next contact', async () => {
    const { episode, pause, coach } = await begun()
    await coach.send(`/episodes/${episode}/appointments`, {
      ...{ id: newId(), member: app.cast.coach.membership, minutes: '30', mode: 'phone', time: '16:00' },
      ...{ ...dated('day', '2026-01-05'), purpose: 'review', interpreter: 'none', tell: 'staff' },
    })
    await coach.send(`/episodes/${episode}/pause/resumption`, { pause, ...dated('on', '2026-01-05') })

    expect(await standing(episode)).toMatchObject({ next_due_what: 'appointment', next_due_on: '2026-01-05' })
  })

  it('stops the clock, and the days are not counted when support goes on', async () => {
    const { episode, pause, person, sent } = await begun()
    const before = await standing(episode)
    app.clock.set('2026-01-19T09:00:00Z')
    const coach = await app.as(app.cast.coach)
    const shown = await coach.open(`/episodes/${episode}/pause`)

    const seen = await coach.send(`/episodes/${episode}/pause/resumption`, { pause, ...dated('on', '2026-01-19') })
    await coach.send(`/episodes/${episode}/pause/resumption`, { pause, ...dated('on', '2026-01-19') })

    expect(sent.location).toBe(`/people/${person}`)
    expect(before).toMatchObject({ stage: 'waiting', next_due_what: 'check', next_due_on: '2026-01-19' })
    expect(shown.text).toContain('14 days not counted so far')
    expect(shown.text).toContain('Goals that wait')
    expect(seen.status).toBe(303)
    const { limit_on: limit, ...after } = await standing(episode)
    expect(after).toEqual({
      ...{ stage: 'active', paused_days: 14, next_due_what: 'contact', next_due_on: '2026-01-20' },
    })
    expect(Temporal.PlainDate.from(before.limit_on).until(limit).days).toBe(14)
  })

  it('is looked at again on another day when it is still waited for', async () => {
    const { episode, pause, coach } = await begun()

    await coach.send(`/episodes/${episode}/pause/looks`, { id: newId(), pause, ...dated('check', '2026-02-02') })

    expect(await standing(episode)).toMatchObject({ stage: 'waiting', next_due_on: '2026-02-02' })
    expect((await coach.open(`/episodes/${episode}/pause`)).text).toContain('2 February 2026')
  })

  it('begins once although the form is sent twice', async () => {
    const { episode, coach, form } = await begun()

    const again = await coach.send(`/episodes/${episode}/pause`, form)

    expect(again.status).toBe(303)
    const { rows } = await app.owner.query('select 1 from pause.pause where episode = $1', [episode])
    expect(rows).toHaveLength(1)
  })

  it('gives back what a second form says, sent while support waits already or after it went on', async () => {
    const { episode, coach, pause } = await begun()
    const page = `/episodes/${episode}/pause`
    const form = waiting({ id: newId(), waits: 'council', whom: 'Housing office', note: 'Ring Ms Lee' })
    const late = await coach.send(page, form)
    await coach.send(`${page}/resumption`, { pause, ...dated('on', '2026-01-05'), came: '' })
    const look = { id: newId(), pause, ...dated('check', '2026-01-20'), note: 'Still no answer' }
    const lateLook = await coach.send(`${page}/looks`, look)

    expect([late.status, lateLook.status]).toEqual([404, 404])
    expect(late.text).toMatch(/What you wrote, which was not saved.*Ring Ms Lee/)
    expect(late.html).toContain(`href="${page}"`)
    expect(lateLook.text).toMatch(/What you wrote, which was not saved.*Still no answer/)
  })

  it('has a day on which somebody looks again', async () => {
    const { sent } = await begun(dated('check', '2026-01-05'))

    expect(sent.status).toBe(422)
    expect(sent.text).toContain('Enter a day to come')
    expect(sent.html).toContain('Physiotherapy')
  })

  it.each(['providerCoach', 'coachElsewhere'] as const)('is not there for a %s', async (part) => {
    const { episode, pause } = await begun()
    const other = await app.as(app.cast[part])
    const [foreign, absent] = [
      await other.open(`/episodes/${episode}/pause`),
      await other.open(`/episodes/${newId()}/pause`),
    ]
    const sent = await other.send(`/episodes/${episode}/pause/resumption`, { pause, ...dated('on', '2026-01-05') })

    expect([foreign.status, foreign.text]).toEqual([absent.status, absent.text])
    expect([foreign.status, sent.status]).toEqual([404, 404])
    expect(await standing(episode)).toMatchObject({ stage: 'waiting' })
  })
})
