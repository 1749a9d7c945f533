import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hearReply } from '#registers/means/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { anAnswer } from '#test/people.ts'
import { anEpisode } from '#test/people/episode.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const mobile = '07700 900461'

let hour = 9

/** Somebody who is told of an appointment by text at once, and reminded of it by text twice. */
async function somebodyTold(familyName: string) {
  const made = await anEpisode(app, { givenName: 'Joanna', familyName })
  const coach = await app.as(app.cast.coach)
  hour += 1
  const day = {
    'day-day': '20',
    'day-month': '1',
    'day-year': '2026',
    minutes: '30',
    mode: 'phone',
    time: `${hour}:00`,
  }
  const given = { ...day, member: app.cast.coach.membership, purpose: 'first', interpreter: 'none', tell: 'message' }
  await coach.send(`/episodes/${made.episode}/appointments`, { ...given, id: randomUUIDv7() })
  await app.work()
  return { ...made, coach }
}

const addEmail = async (person: string, also: Record<string, string> = {}) =>
  (await app.as(app.cast.coach)).send(`/people/${person}/details/means/new`, {
    ...{ id: randomUUIDv7(), kind: 'email', email: 'joanna@example.org', wanted: 'yes', safe: 'yes', ...also },
  })

async function stop(person: string): Promise<void> {
  const reply = { area: 'north', id: randomUUIDv7(), person, address: mobile, carriedAs: randomUUIDv7() }
  const text = { body: 'STOP', optsOut: true, asksToCancel: false, receivedAt: app.clock.now }
  await app.inArea('north', (db) => hearReply(db, { ...reply, ...text }, app.clock.now))
  await app.work()
}

const messagesTo = async (person: string) =>
  (
    await app.owner.query<{ id: string; way: string; kind: string; state: string; subject: string; reason: string }>(
      `select id, channel as way, kind, coalesce(settled_as, 'waiting') as state, subject, reason, not_before::text as at
       from notify.message where person = $1 order by id`,
      [person],
    )
  ).rows

describe('A text that is not to go as one any more', () => {
  it('goes by an email that is safe and wanted, at the same time and under a subject that says nothing', async () => {
    const { person, coach } = await somebodyTold('Stopped')
    await addEmail(person)
    await stop(person)
    const texts = (await messagesTo(person)).filter(({ way }) => way === 'text').map(({ state }) => state)
    const emails = (await messagesTo(person)).filter(({ way }) => way === 'email')

    expect(texts).toEqual(['sent', 'held back', 'held back'])
    expect(emails).toMatchObject([
      { kind: 'appointment.reminder', state: 'waiting', subject: 'Appointment' },
      { kind: 'appointment.reminder', state: 'waiting', subject: 'Appointment' },
    ])
    expect((await coach.open('/day')).text).not.toContain('A message did not go out')
    for (const day of ['13', '17']) {
      app.clock.set(`2026-01-${day}T15:00:00Z`)
      await app.work()
    }
    expect((await messagesTo(person)).filter(({ way, state }) => way === 'email' && state === 'sent')).toHaveLength(2)
  })

  it('also where the way was closed between writing and sending', async () => {
    const { person } = await somebodyTold('Closed')
    await addEmail(person)
    await app.owner.query(`update people.means set wanted = false where person = $1 and kind = 'mobile'`, [person])
    app.clock.set('2026-01-13T15:00:00Z')
    await app.work()

    expect(await messagesTo(person)).toMatchObject([
      { way: 'text', state: 'sent' },
      { way: 'text', state: 'held back', reason: expect.stringContaining('it goes by email instead') },
      { way: 'text', state: 'waiting' },
      { way: 'email', state: 'sent' },
    ])
  })

  it('goes nowhere where the email is not safe, or they want to hear nothing', async () => {
    const unsafe = await somebodyTold('Unsafe')
    await addEmail(unsafe.person, { safe: '' })
    await stop(unsafe.person)
    const silent = await somebodyTold('Silent')
    await addEmail(silent.person)
    await anAnswer(app, silent.person, 'contact', false)
    await stop(silent.person)

    for (const { person } of [unsafe, silent])
      expect((await messagesTo(person)).filter(({ way }) => way === 'email')).toEqual([])
  })
})

describe('A message that went out by no way', () => {
  it('is named on the day of the coach with what to do, and goes by email once there is one', async () => {
    const { person, coach } = await somebodyTold('Nowhere')
    await stop(person)
    const day = await coach.open('/day')
    expect(day.text).toContain(
      'A message did not go out, text message to them: “A reminder of an appointment”. The person does not want to be reached this way',
    )
    const [, unsent] = await messagesTo(person)
    const path = `/people/${person}/unsent/${unsent?.id}`
    expect(day.html).toContain(path)
    const before = await coach.open(path)
    expect(before.text).toMatch(/Held back.*does not want to be reached this way.*Add another way/)
    expect(before.text).not.toContain('Send it by email')
    await addEmail(person)
    expect((await coach.open(path)).text).toContain('Send it by email')
    const after = await coach.sendAndFollow(`${path}/email`)
    await coach.send(`${path}/email`)

    expect(after.text).toMatch(/It goes out by email\..*It goes another way instead/)
    expect((await messagesTo(person)).filter(({ way }) => way === 'email')).toHaveLength(1)
    expect((await coach.open('/day')).html).not.toContain(path)
  })

  it('is nobody else’s to see, and does not stand under another person', async () => {
    const { person, coach } = await somebodyTold('Hidden')
    const other = await somebodyTold('Other')
    const [message] = await messagesTo(person)
    const elsewhere = await (await app.as(app.cast.providerCoach)).open(`/people/${person}/unsent/${message?.id}`)
    const absent = await coach.open(`/people/${person}/unsent/${randomUUIDv7()}`)

    expect([elsewhere.status, elsewhere.text]).toEqual([absent.status, absent.text])
    expect((await coach.open(`/people/${other.person}/unsent/${message?.id}`)).status).toBe(404)
  })
})
