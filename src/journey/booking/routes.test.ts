import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import type { Member } from '#test/cast.ts'
import { anEpisode } from '#test/people/episode.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const form = (member: Member, more: Fields = {}): Fields => ({
  ...{ id: newId(), member: member.membership, purpose: 'first', minutes: '60', mode: 'phone', interpreter: 'none' },
  ...{ 'day-day': '13', 'day-month': '1', 'day-year': '2026', time: '10:30', tell: 'message' },
  ...more,
})
const on = (date: string): Fields => ({ 'day-day': date, 'day-month': '1', 'day-year': '2026' })

async function book(episode: string, more: Fields = {}, by: Member = app.cast.coach) {
  const browser = await app.as(by)
  return browser.send(`/episodes/${episode}/appointments`, form(by, more))
}

const standing = async (episode: string) => {
  const { rows } = await app.owner.query(
    'select stage, first_appointment_at::text, next_due_what, next_due_on::text from episode.standing where episode = $1',
    [episode],
  )
  return rows[0]
}
const messages = async (person: string) => {
  const { rows } = await app.owner.query(
    'select kind, channel, body, not_before::text, settled_as, reason from notify.message where person = $1 order by not_before, id',
    [person],
  )
  return rows
}
const slots = async () => (await app.owner.query('select count(*)::int as number from appointment.slot')).rows[0].number

describe('Booking an appointment', () => {
  it('says what is not sent where nobody knows that a way is theirs, and no more once somebody does', async () => {
    const { episode, person } = await anEpisode(app)
    const coach = await app.as(app.cast.coach)
    const path = `/episodes/${episode}/appointments/new`
    const set = 'update people.means set theirs_of = $1, theirs_by = $2, theirs_at = now() where person = $3'
    await app.owner.query(set, [null, null, person])
    const doubted = await coach.open(path)
    await app.owner.query(set, [person, app.cast.coach.membership, person])
    const known = await coach.open(path)

    expect(doubted.text).toContain('The link to change the time does not open, and no plan, question or message')
    expect(known.text).not.toContain('Ask them whether this is theirs')
  })

  it('asks about an interpreter only where somebody needs one, and leads to letting people choose', async () => {
    const { episode, person } = await anEpisode(app)
    const coach = await app.as(app.cast.coach)
    const chosen = `/episodes/${episode}/appointments/new?day=2026-01-22&time=11:30&purpose=first`
    const isNone = /value="none"[^>]*checked|checked[^>]*value="none"/
    const plain = await coach.open(chosen)
    const booked = await book(episode, { ...on('22'), time: '11:30', interpreter: '' })
    await app.owner.query(`update people.person set interpreter = 'Polish' where id = $1`, [person])
    const needed = await coach.open(chosen)

    expect(plain.text).toContain('Somebody interprets all the same')
    expect(isNone.test(plain.html)).toBe(true)
    expect(plain.html).toContain(`href="/episodes/${episode}/offers/new"`)
    expect(booked.location).toMatch(/^\/appointments\//)
    expect(needed.text).not.toContain('Somebody interprets all the same')
    expect(isNone.test(needed.html)).toBe(false)
  })

  it('says to whoever books for somebody reached by letter only that their postal address is missing', async () => {
    const { episode, person } = await anEpisode(app)
    await app.owner.query(`update people.person set access_needs = '{letter-only}' where id = $1`, [person])

    const seen = await (await app.as(app.cast.coach)).open(`/episodes/${episode}/appointments/new`)

    expect(seen.text).toContain('no postal address stands among the ways to reach them')
    expect(seen.html).toContain(`href="/people/${person}/details/means/new"`)
  })

  it('moves the episode on and makes the appointment what is due', async () => {
    const { episode } = await anEpisode(app)

    const seen = await book(episode, { time: '09:00' })

    expect(seen.location).toMatch(/^\/appointments\//)
    expect(await standing(episode)).toEqual({
      ...{ stage: 'booked', first_appointment_at: '2026-01-13 09:00:00+00' },
      ...{ next_due_what: 'appointment', next_due_on: '2026-01-13' },
    })
  })

  it('tells the person by the means that is safe and wanted, and twice again before', async () => {
    const { person, episode } = await anEpisode(app)
    await book(episode, { ...on('20'), time: '09:00' })

    const sent = await messages(person)

    expect(sent.map(({ kind, not_before: at }) => [kind, at])).toEqual([
      ['appointment.booked', '2026-01-05 10:00:00+00'],
      ['appointment.reminder', '2026-01-13 09:00:00+00'],
      ['appointment.reminder', '2026-01-17 09:00:00+00'],
    ])
    expect(sent[0].body).toContain('Tuesday 20 January 2026 at 09:00, by telephone, with Carol Coach')
  })

  it('sends nothing where no means is safe, or where the coach tells the person', async () => {
    const [unsafe, told] = [await anEpisode(app), await anEpisode(app)]
    await app.owner.query('update people.means set safe = false where person = $1', [unsafe.person])
    await book(unsafe.episode, { ...on('21'), time: '09:00' })
    await book(told.episode, { ...on('21'), time: '10:00', tell: 'staff' })

    expect([await messages(unsafe.person), await messages(told.person)]).toEqual([[], []])
  })

  it('books once although the form is sent twice', async () => {
    const { episode } = await anEpisode(app)
    const id = newId()

    const first = await book(episode, { id, ...on('22') })
    const second = await book(episode, { id, ...on('22') })

    expect([first.location, second.location]).toEqual([`/appointments/${id}`, `/appointments/${id}`])
    const { rows } = await app.owner.query('select 1 from appointment.appointment where episode = $1', [episode])
    expect(rows).toHaveLength(1)
  })

  it('gives one colleague’s time to one of two who ask for it at the same moment', async () => {
    const [one, other] = [await anEpisode(app), await anEpisode(app)]
    const [browser, second] = [await app.as(app.cast.coach), await app.as(app.cast.otherCoach)]
    const [here, there] = [one, other].map(({ episode }) => `/episodes/${episode}/appointments`)
    await Promise.all([browser.open(`${here ?? ''}/new`), second.open(`${there ?? ''}/new`)])

    const seen = await Promise.all([
      browser.send(here ?? '', form(app.cast.coach, on('23'))),
      second.send(there ?? '', form(app.cast.coach, { ...on('23'), time: '11:00' })),
    ])

    expect(seen.map(({ status }) => status).toSorted()).toEqual([303, 422])
    expect(seen.find(({ status }) => status === 422)?.text).toMatch(
      /Carol Coach already has an appointment from 1\d:\d0/,
    )
  })

  it('lets one appointment begin when another ends, and colleagues meet at the same time', async () => {
    const [one, other, third] = [await anEpisode(app), await anEpisode(app), await anEpisode(app)]

    const seen = [
      await book(one.episode, { ...on('26'), time: '10:00' }),
      await book(other.episode, { ...on('26'), time: '11:00' }),
      await book(third.episode, { ...on('26'), time: '10:30' }, app.cast.otherCoach),
    ]

    expect(seen.map(({ status }) => status)).toEqual([303, 303, 303])
  })

  it('asks before it books on a weekend, and books when that is meant', async () => {
    const { episode } = await anEpisode(app)

    const asked = await book(episode, on('10'))
    const meant = await book(episode, { ...on('10'), anyway: 'yes' })

    expect([asked.status, meant.status]).toEqual([422, 303])
    expect(asked.text).toContain('10 January 2026 is at the weekend')
    expect(asked.html).toContain('value="10:30"')
  })

  it('is not with somebody of another provider', async () => {
    const { episode } = await anEpisode(app)

    const seen = await book(episode, { member: app.cast.providerCoach.membership, ...on('27') })

    expect(seen.status).toBe(422)
    expect(seen.text).toContain('Choose who the appointment is with')
    expect(seen.text).not.toContain('Pat Provider')
  })
})

describe('Moving an appointment', () => {
  const moving = { who: 'person', reason: 'work' }

  it('keeps its history as a chain, lets the old time go and tells the person', async () => {
    const { person, episode } = await anEpisode(app)
    const first = newId()
    await book(episode, { id: first, ...on('28') })
    const coach = await app.as(app.cast.coach)
    const before = await slots()

    const seen = await coach.sendAndFollow(
      `/appointments/${first}/new-time`,
      form(app.cast.coach, { ...on('29'), ...moving }),
    )
    const old = await coach.open(`/appointments/${first}`)

    expect(seen.text).toContain('Other times of this appointment')
    expect(old.text).toContain('Moved to another time (the person, work)')
    expect(await slots()).toBe(before)
    expect(await standing(episode)).toMatchObject({ stage: 'booked', first_appointment_at: '2026-01-29 10:30:00+00' })
    const told = (await messages(person)).filter(({ kind }) => kind !== 'appointment.reminder')
    expect(told.map(({ kind }) => kind)).toEqual(['appointment.booked', 'appointment.moved'])
    expect(told.at(-1).body).toContain('Your appointment has a new time')
    expect((await book((await anEpisode(app)).episode, on('28'))).status).toBe(303)
  })

  it('may overlap its own old time', async () => {
    const { episode } = await anEpisode(app)
    const id = newId()
    await book(episode, { id, ...on('30'), time: '13:00' })

    const seen = await (
      await app.as(app.cast.coach)
    ).send(`/appointments/${id}/new-time`, form(app.cast.coach, { ...on('30'), time: '13:30', ...moving }))

    expect(seen.status).toBe(303)
  })

  it('leaves the old time taken where the new one is not free', async () => {
    const [one, other] = [await anEpisode(app), await anEpisode(app)]
    const id = newId()
    await book(one.episode, { id, ...on('15') })
    await book(other.episode, on('16'))
    const before = await slots()

    const seen = await (
      await app.as(app.cast.coach)
    ).send(`/appointments/${id}/new-time`, form(app.cast.coach, { ...on('16'), ...moving }))

    expect(seen.text).toContain('Carol Coach already has an appointment from 10:30 to 11:30')
    expect(await slots()).toBe(before)
    expect((await book((await anEpisode(app)).episode, on('15'))).status).toBe(422)
  })

  it('happens once: who comes second is told', async () => {
    const { episode } = await anEpisode(app)
    const id = newId()
    await book(episode, { id, ...on('19') })
    const coach = await app.as(app.cast.coach)
    const path = `/appointments/${id}/new-time`
    await coach.send(path, form(app.cast.coach, { ...on('19'), time: '14:00', ...moving }))

    const typed = { ...on('19'), time: '16:00', place: 'The library', note: 'Bring the letter', ...moving }
    const seen = await coach.send(path, form(app.cast.coach, typed))

    expect(seen.status).toBe(422)
    expect(seen.text).toMatch(/What you entered, which was not saved .*Carol Coach.*19 January 2026.*16:00/)
    expect(seen.text).toMatch(/The library.*Bring the letter/)
    expect(seen.text).toContain('It was cancelled, moved or has taken place already')
  })
})

describe('Booking is not there', () => {
  it.each(['providerCoach', 'coachElsewhere'] as const)('for a %s, as if there were no such person', async (part) => {
    const { episode } = await anEpisode(app)
    const id = newId()
    await book(episode, { id, ...on('14'), time: part === 'providerCoach' ? '09:00' : '11:00' })
    const other = await app.as(app.cast[part])
    const pairs = [
      [`/episodes/${episode}/appointments/new`, `/episodes/${newId()}/appointments/new`],
      [`/appointments/${id}/new-time`, `/appointments/${newId()}/new-time`],
    ] as const
    for (const [foreign, absent] of pairs) {
      const [seen, none] = [await other.open(foreign), await other.open(absent)]
      expect([seen.status, seen.text]).toEqual([none.status, none.text])
      expect(seen.status).toBe(404)
    }
    const sent = await other.send(`/episodes/${episode}/appointments`, form(app.cast[part], on('30')))
    expect(sent.status).toBe(404)
  })
})
