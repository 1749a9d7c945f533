import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { findActor } from '#registers/organisations/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import type { Member } from '#test/cast.ts'
import { anEpisode } from '#test/people/episode.ts'
import { listDayAppointments, listWithoutResult } from './store.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

/** Somebody with an appointment by telephone on 13 January from 10:30 to 11:30, unless another time is given. */
async function aBooking(more: Fields = {}) {
  const { person, episode } = await anEpisode(app)
  const id = newId()
  const coach = await app.as(app.cast.coach)
  const sent = await coach.send(`/episodes/${episode}/appointments`, {
    ...{ id, member: app.cast.coach.membership, purpose: 'first', minutes: '60', mode: 'phone', interpreter: 'none' },
    ...{ 'day-day': '13', 'day-month': '1', 'day-year': '2026', time: '10:30', tell: 'message', anyway: 'yes' },
    ...more,
  })
  expect(sent.status).toBe(303)
  return { person, episode, id, coach }
}

const standing = async (episode: string) => {
  const { rows } = await app.owner.query(
    'select stage, last_contact_at::text, next_due_what, next_due_on::text from episode.standing where episode = $1',
    [episode],
  )
  return rows[0]
}
const result = (fields: Fields): Fields => ({ id: newId(), ...fields })
const missed = (who: string, reason: string) => result({ kind: 'missed', 'missed-who': who, 'missed-reason': reason })
const cancelled = (who: string, reason: string) =>
  result({ kind: 'cancelled', 'cancelled-who': who, 'cancelled-reason': reason, tell: 'yes' })

async function actorOf({ area, account, membership }: Member) {
  const on = Temporal.PlainDate.from('2026-01-05')
  const actor = await app.inArea(area, (db) => findActor(db, { area, account, membership, on }))
  if (!actor) throw new Error('The cast has no such member')
  return actor
}

describe('What became of an appointment', () => {
  it('is asked once it is over', async () => {
    const { id, episode, coach } = await aBooking({ time: '08:00', minutes: '30' })
    const before = await coach.open(`/appointments/${id}`)
    app.clock.set('2026-01-13T09:00:00Z')
    const later = await (await app.as(app.cast.coach)).open(`/episodes/${episode}/appointments`)

    expect(before.text).not.toContain('How did it go?')
    expect(later.text).toContain('Needs a result')
  })

  it('is a contact when the person came, late or not, and the first conversation is written up next', async () => {
    const { id, episode } = await aBooking({ time: '09:00' })
    app.clock.set('2026-01-13T12:00:00Z')
    const coach = await app.as(app.cast.coach)

    const seen = await coach.sendAndFollow(`/appointments/${id}/results`, result({ kind: 'attended', late: '15' }))

    expect(seen.text).toContain('Came, 15 minutes late')
    expect(await standing(episode)).toEqual({
      ...{ stage: 'booked', last_contact_at: '2026-01-13 09:00:00+00' },
      ...{ next_due_what: 'assessment', next_due_on: '2026-01-13' },
    })
  })

  it('leads to another try when the person did not come', async () => {
    const { id, episode } = await aBooking({ time: '12:00' })
    app.clock.set('2026-01-13T14:00:00Z')
    const coach = await app.as(app.cast.coach)

    await coach.send(`/appointments/${id}/results`, missed('person', 'forgot'))
    const list = await coach.open(`/episodes/${episode}/appointments`)

    expect(await standing(episode)).toMatchObject({
      ...{ stage: 'trying', last_contact_at: null, next_due_what: 'contact', next_due_on: '2026-01-16' },
    })
    expect(list.text).toContain('Once the person did not come')
  })

  it('is not the person’s no-show when the service did not come', async () => {
    const { id, episode } = await aBooking({ time: '14:00' })
    app.clock.set('2026-01-13T16:00:00Z')
    const coach = await app.as(app.cast.coach)

    const wrong = await coach.send(`/appointments/${id}/results`, missed('service', 'forgot'))
    await coach.send(`/appointments/${id}/results`, missed('service', 'staff-ill'))
    const list = await coach.open(`/episodes/${episode}/appointments`)

    expect(wrong.text).toContain('Select a reason that fits who it was')
    expect(list.text).not.toContain('did not come')
    expect(await standing(episode)).toMatchObject({ next_due_what: 'booking', next_due_on: '2026-01-14' })
  })

  it('is said once: who comes second sees what the first one said', async () => {
    const { id } = await aBooking({ time: '15:00' })
    app.clock.set('2026-01-13T17:00:00Z')
    const coach = await app.as(app.cast.coach)
    await coach.send(`/appointments/${id}/results`, result({ kind: 'attended' }))

    const seen = await coach.send(`/appointments/${id}/results`, missed('person', 'ill'))

    expect(seen.status).toBe(409)
    expect(seen.text).toContain('Somebody else has said meanwhile')
  })
})

describe('Cancelling', () => {
  it('lets the time go, holds the messages back and tells the person', async () => {
    const { id, person, episode, coach } = await aBooking({ 'day-day': '20' })
    await coach.send(`/appointments/${id}/results`, cancelled('coach', 'staff-away'))
    const again = await aBooking({ 'day-day': '20' })
    for (const day of ['13', '17']) {
      app.clock.set(`2026-01-${day}T11:00:00Z`)
      await app.work()
    }

    const { rows } = await app.owner.query(
      'select kind, settled_as, reason from notify.message where person = $1 order by not_before, id',
      [person],
    )
    expect(again.id).toBeTruthy()
    expect(await standing(episode)).toMatchObject({ stage: 'trying', next_due_what: 'booking' })
    expect(rows).toEqual([
      { kind: 'appointment.booked', settled_as: 'held back', reason: 'The appointment has changed since' },
      { kind: 'appointment.cancelled', settled_as: 'sent', reason: null },
      { kind: 'appointment.reminder', settled_as: 'held back', reason: 'The appointment has changed since' },
      { kind: 'appointment.reminder', settled_as: 'held back', reason: 'The appointment has changed since' },
    ])
  })

  it('can be taken back while the time is free, and the episode is booked again', async () => {
    const { id, episode, coach } = await aBooking({ 'day-day': '21' })
    const before = await standing(episode)
    await coach.send(`/appointments/${id}/results`, cancelled('person', 'ill'))

    const seen = await coach.sendAndFollow(`/appointments/${id}/withdrawal`)
    await coach.send(`/appointments/${id}/withdrawal`)

    expect(seen.text).toContain('It was taken back')
    expect(await standing(episode)).toEqual(before)
  })

  it('cannot be taken back once the time was given to somebody else', async () => {
    const { id, coach } = await aBooking({ 'day-day': '22' })
    await coach.send(`/appointments/${id}/results`, cancelled('person', 'ill'))
    await aBooking({ 'day-day': '22' })

    const seen = await coach.send(`/appointments/${id}/withdrawal`)

    expect(seen.status).toBe(422)
    expect(seen.text).toContain('Carol Coach has another appointment at this time by now')
  })

  it('leaves the episode booked where another appointment stands', async () => {
    const { id, episode, coach } = await aBooking({ 'day-day': '27' })
    await coach.send(`/episodes/${episode}/appointments`, {
      ...{ id: newId(), member: app.cast.coach.membership, purpose: 'support', minutes: '30', mode: 'phone' },
      ...{ 'day-day': '29', 'day-month': '1', 'day-year': '2026', time: '15:00', interpreter: 'none' },
    })

    await coach.send(`/appointments/${id}/results`, cancelled('person', 'work'))

    expect(await standing(episode)).toMatchObject({ stage: 'booked', next_due_on: '2026-01-29' })
  })
})

describe('A reminder', () => {
  it('of an appointment that was moved is held back, and the one of the new time goes', async () => {
    const { id, person, coach } = await aBooking({ 'day-day': '19' })
    await coach.send(`/appointments/${id}/new-time`, {
      ...{ id: newId(), member: app.cast.coach.membership, minutes: '60', mode: 'phone', interpreter: 'none' },
      ...{ 'day-day': '28', 'day-month': '1', 'day-year': '2026', time: '09:30', tell: 'message' },
      ...{ who: 'coach', reason: 'staff-away' },
    })
    app.clock.set('2026-01-21T12:00:00Z')
    await app.work()

    const { rows } = await app.owner.query(
      `select settled_as, count(*)::int as number from notify.message where person = $1 and kind = 'appointment.reminder'
       group by settled_as order by 1`,
      [person],
    )
    expect(rows).toEqual([
      { settled_as: 'held back', number: 2 },
      { settled_as: 'sent', number: 1 },
      { settled_as: null, number: 1 },
    ])
  })
})

describe('The calendar file', () => {
  it('says no more than "Appointment" and is the next version once it was cancelled', async () => {
    const { id, coach } = await aBooking({ 'day-day': '23', mode: 'in-person', place: '4 High Street' })
    const seen = await coach.open(`/appointments/${id}/calendar`)
    await coach.send(`/appointments/${id}/results`, cancelled('person', 'ill'))
    const after = await coach.open(`/appointments/${id}/calendar`)

    expect(seen.headers['content-type']).toContain('text/calendar')
    expect(seen.html).toContain('SUMMARY:Appointment\r\n')
    expect(seen.html).toContain('LOCATION:4 High Street\r\n')
    expect(seen.html).not.toMatch(/Robin|Marsh|WorkWell Support/)
    expect(after.html).toContain('SEQUENCE:1\r\n')
    expect(after.html).toContain('STATUS:CANCELLED\r\n')
  })
})

describe('A day of appointments', () => {
  it('is the day on England’s clocks, in order, without what was cancelled', async () => {
    const off = await aBooking({ 'day-day': '30', time: '16:00' })
    const late = await aBooking({ 'day-day': '30', time: '14:00' })
    const early = await aBooking({ 'day-day': '30', time: '09:00' })
    await off.coach.send(`/appointments/${off.id}/results`, cancelled('person', 'ill'))
    const actor = await actorOf(app.cast.coach)
    const members = [actor.membership]
    const day = Temporal.PlainDate.from('2026-01-30')

    const found = await app.inArea('north', (db) => listDayAppointments(db, actor, { members, day }))
    const now = Temporal.Instant.from('2026-01-30T15:30:00Z')
    const without = await app.inArea('north', (db) => listWithoutResult(db, actor, { coaches: members, now }))

    expect(found.map(({ id }) => id)).toEqual([early.id, late.id])
    expect(without.map(({ id }) => id)).toEqual(expect.arrayContaining([early.id, late.id]))
    expect(without.map(({ id }) => id)).not.toContain(off.id)
  })

  it('holds nobody whom the reader may not see', async () => {
    await aBooking({ 'day-day': '26' })
    const actor = await actorOf(app.cast.providerCoach)
    const asked = { members: [app.cast.coach.membership], day: Temporal.PlainDate.from('2026-01-26') }

    expect(await app.inArea('north', (db) => listDayAppointments(db, actor, asked))).toEqual([])
  })
})

describe('Appointments are not there', () => {
  it.each(['providerCoach', 'coachElsewhere'] as const)('for a %s, as if there were none', async (part) => {
    const { id, episode } = await aBooking({ 'day-day': part === 'providerCoach' ? '12' : '14' })
    const other = await app.as(app.cast[part])
    for (const path of ['/appointments/?', '/appointments/?/calendar', '/episodes/?/appointments']) {
      const foreign = await other.open(path.replace('?', path.startsWith('/episodes') ? episode : id))
      const absent = await other.open(path.replace('?', newId()))
      expect([foreign.status, foreign.text]).toEqual([absent.status, absent.text])
      expect(foreign.status).toBe(404)
    }
    for (const path of ['/appointments/?/results', '/appointments/?/withdrawal']) {
      const foreign = await other.send(path.replace('?', id), cancelled('person', 'ill'))
      const absent = await other.send(path.replace('?', newId()), cancelled('person', 'ill'))
      expect([foreign.status, foreign.text]).toEqual([absent.status, absent.text])
    }
    expect(await standing(episode)).toMatchObject({ stage: 'booked' })
  })
})
