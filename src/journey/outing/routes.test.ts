import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { anAcceptedPerson } from '#test/people/first-conversation.ts'
import { laterTime, outingProblems, timesOf } from './rules.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const today = { 'on-day': '5', 'on-month': '1', 'on-year': '2026' }
const outing = (over: Record<string, string> = {}) => ({
  ...{ id: randomUUIDv7(), place: '4 Mill Lane', phone: '01632 960123', leaves: '10:15', back: '11:30', ...today },
  ...over,
})

const jobs = async (id: string) => {
  const { rows } = await app.owner.query<{ key: string }>(
    `select key from graphile_worker._private_jobs where key in ($1, $2) order by key`,
    [`alert:north:${id}`, `outing:north:${id}`],
  )
  return rows.map(({ key }) => key.split(':')[0])
}

describe('A member who goes out alone', () => {
  it('says where, with whom and back by when, and nobody is told once they are back', async () => {
    const { episode } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const sent = outing({ episode })
    const page = await coach.sendAndFollow('/outings', sent)
    expect(page.text).toMatch(/4 Mill Lane.*Priya Shah.*today 11:30.*I am back/i)
    expect((await (await app.as(app.cast.seniorCoach)).open(`/outings/${sent.id}`)).text).toContain('They are back')
    expect(await jobs(sent.id)).toEqual(['outing'])
    expect((await (await app.as(app.cast.seniorCoach)).open('/outings')).text).toContain('Carol Coach')
    await coach.send(`/outings/${sent.id}/return`)

    expect(await jobs(sent.id)).toEqual([])
    app.clock.set('2026-01-05T12:00:00Z')
    await app.work()
    expect((await app.owner.query('select from alert.alert where id = $1', [sent.id])).rows).toEqual([])
  })

  it('is looked for when they are not back, at every hour, until somebody says so', async () => {
    const sent = outing({ leaves: '18:00', back: '19:30' })
    await (await app.as(app.cast.coach)).send('/outings', sent)
    app.clock.set('2026-01-05T19:30:00Z')
    await app.work()
    expect((await (await app.as(app.cast.seniorCoach)).open('/day')).text).toContain('A colleague is not back in time')
    app.clock.set('2026-01-05T19:45:00Z')
    await app.work()
    const manager = await app.as(app.cast.manager)
    expect((await manager.open('/day')).text).toContain('A colleague is not back in time')
    expect((await manager.open(`/outings/${sent.id}`)).text).toContain('Ring them on 01632 960123')
    expect(await jobs(sent.id)).toEqual(['alert'])
    await manager.send(`/outings/${sent.id}/extension`, { back: '20:30' })
    expect(await jobs(sent.id)).toEqual(['outing'])
    app.clock.set('2026-01-05T20:30:00Z')
    await app.work()

    expect(await jobs(sent.id)).toEqual(['alert'])
    await (await app.as(app.cast.manager)).send(`/outings/${sent.id}/return`)
    expect(await jobs(sent.id)).toEqual([])
    expect((await (await app.as(app.cast.manager)).open('/day')).text).not.toContain('not back in time')
  })

  it('does not give away a restricted record, and is not seen by another provider', async () => {
    const { episode, person } = await anAcceptedPerson(app)
    const sent = outing({ episode, place: 'Refuge in Hill Street' })
    await (await app.as(app.cast.coach)).send('/outings', sent)
    const { manager, coach } = app.cast
    const named = [coach.membership, manager.membership]
    const restricted = { reason: 'at-risk', note: 'Her brother', version: '1', named }
    await (await app.as(manager)).send(`/people/${person}/restriction`, restricted)
    const colleague = await app.as(app.cast.otherCoach)

    for (const path of ['/outings', `/outings/${sent.id}`]) {
      const { text, html } = await colleague.open(path)
      expect(text).not.toContain('Hill Street')
      expect(text).toContain('Somebody whose record is restricted')
      expect(html).not.toContain(person)
    }
    expect((await (await app.as(app.cast.providerCoach)).open(`/outings/${sent.id}`)).status).toBe(404)
  })
})

describe('The times of an outing', () => {
  const on = Temporal.PlainDate.from('2026-01-05')
  const now = Temporal.Instant.from('2026-01-05T10:00:00Z')
  const wrong = (leaves: string, back: string) => outingProblems({ on, leaves, back }, now).map(({ field }) => field)

  it('end after midnight where the end comes before the beginning, and are neither over nor endless', () => {
    expect(timesOf({ on, leaves: '22:00', back: '01:00' }).backBy.toString()).toBe('2026-01-06T01:00:00Z')
    expect([wrong('09:00', '11:00'), wrong('08:00', '09:30'), wrong('09:00', '08:00')]).toEqual([
      [],
      ['back'],
      ['back'],
    ])
  })

  it('move to the next time the clock says so', () => {
    expect(laterTime('12:30', now).toString()).toBe('2026-01-05T12:30:00Z')
    expect(laterTime('09:30', now).toString()).toBe('2026-01-06T09:30:00Z')
  })
})
