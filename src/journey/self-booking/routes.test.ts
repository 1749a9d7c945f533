import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { issueLink } from '#platform/link/links.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Browser, Seen } from '#test/browser.ts'
import { hoursOf } from '#test/people/availability.ts'
import { anEpisode } from '#test/people/episode.ts'
import { dayFields } from '#test/people/story.ts'

let app: TestApp
let coach: Browser
beforeAll(async () => {
  app = await startApp()
  coach = await app.as(app.cast.coach)
  await hoursOf(app)
})
afterAll(() => app.close())

type Asked = Readonly<{ person: string; episode: string; offer: string; path: string }>

/** Somebody is asked to choose a time, and has the link. */
async function asked(about: Readonly<{ member?: string; modes?: string[]; familyName?: string }> = {}): Promise<Asked> {
  const { familyName = 'Chooser', member = app.cast.coach.membership, modes = ['phone'] } = about
  const { person, episode } = await anEpisode(app, { familyName })
  const offer = newId()
  const given = { id: offer, member, purpose: 'first', modes, days: '14', handing: 'message' }
  expect((await coach.send(`/episodes/${episode}/offers`, given)).status).toBe(303)
  return { person, episode, offer, path: await linkFor(person, offer) }
}

const linkFor = (person: string, subject: string) =>
  app.inArea('north', (db) =>
    issueLink(db, {
      ...{ area: 'north', purpose: 'appointment', person, subject, allowedBy: 'asked-for', by: null },
      ...{ now: app.clock.now, expiresAt: app.clock.now.add({ hours: 24 * 30 }) },
    }),
  )

const timesIn = ({ html }: Seen) =>
  [...html.matchAll(/name="time"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="time"/g)].map(
    ([, one, other]) => one ?? other ?? '',
  )
const seenIn = ({ html }: Seen) => /name="seen" value="([^"]+)"/.exec(html)?.[1] ?? ''
const idIn = ({ html }: Seen) => /name="id" value="([^"]+)"/.exec(html)?.[1] ?? ''

/** Opens the link and takes the first time, or a given one. */
async function chosen(browser: Browser, path: string, time?: string) {
  const page = await browser.open(path)
  const send = { do: 'book', id: idIn(page), way: 'phone', time: time ?? timesIn(page)[0] ?? '', note: 'A quiet line' }
  return browser.send(path.split('?')[0] ?? path, send)
}

const ofEpisode = async (episode: string) =>
  (
    await app.owner.query<{ id: string; starts_at: Date; booked_by: string | null; kind: string | null; note: string }>(
      `select a.id, a.starts_at, a.booked_by, a.note, r.kind from appointment.appointment a
       left join appointment.result r on r.appointment = a.id where a.episode = $1 order by a.booked_at`,
      [episode],
    )
  ).rows

describe('Somebody who is asked to choose a time', () => {
  it('gets a link in a message without a name or a reason, and sees times and nothing about themselves', async () => {
    const { offer, path } = await asked()
    await app.work()
    const { rows } = await app.owner.query('select body, settled_as from notify.message where about = $1', [offer])
    const seen = await app.visitor().open(path)

    expect(rows).toEqual([
      { settled_as: 'sent', body: expect.stringMatching(/^Please choose a time for your appointment: http/) },
    ])
    expect(rows[0].body).not.toMatch(/Robin|Carol|health|support|coach|WorkWell/i)
    expect(seen.text).toContain('Choose a time for your appointment')
    expect(seen.text).toContain('Tuesday 6 January 2026')
    expect(seen.text).not.toMatch(/Robin|Chooser|Carol|First conversation|07700/)
  })

  it('books without an account, once however often it is sent, and by themselves in the record', async () => {
    const { person, episode, offer, path } = await asked()
    const browser = app.visitor()
    const first = await chosen(browser, path)
    const again = await browser.send(path, { do: 'book', id: offer, way: 'phone', time: '2026-01-07T09:00:00Z' })
    const shown = await browser.open(path)
    const booked = await ofEpisode(episode)

    expect([first.status, again.status]).toEqual([303, 303])
    expect(booked).toMatchObject([{ id: offer, booked_by: null, note: 'A quiet line' }])
    expect(shown.text).toMatch(/Your appointment When Tuesday 6 January 2026, 10:\d\d – 11:\d\d How By telephone/)
    const { rows } = await app.owner.query(
      `select codes->>'by' as by from journal.entry where person = $1 and what = 'appointment.booked'`,
      [person],
    )
    expect(rows).toEqual([{ by: 'person' }])
    expect((await coach.open(`/appointments/${offer}`)).text).toContain(
      'Chosen by The person, by themselves What the person wrote A quiet line',
    )
    expect((await coach.open('/day')).text).toMatch(/Robin Chooser Chose a time by themselves: tomorrow/)
  })

  it('chooses the way to meet first where there is more than one, and is told where and how to get in', async () => {
    const { path } = await asked({ modes: ['phone', 'in-person'] })
    const browser = app.visitor()
    const ways = await browser.open(path)
    const page = await browser.open(`${path}?way=in-person`)
    await browser.send(path, { do: 'book', id: idIn(page), way: 'in-person', time: timesIn(page)[1] ?? '' })
    const shown = await browser.open(path)

    expect(ways.text).toContain('How would you like to meet? By telephone: we ring you In person')
    expect(page.text).toContain('4 High Street, Leeds')
    expect(shown.text).toContain('Where 4 High Street, Leeds Getting in Ring the bell at the side door')
  })

  it('is not offered a building that they cannot get into, and longer times where they need them', async () => {
    await hoursOf(app, app.cast.otherCoach, { modes: ['in-person'], stepFree: false })
    const { person, path } = await asked({ member: app.cast.otherCoach.membership, modes: ['in-person', 'phone'] })
    const before = await app.visitor().open(path)
    await app.owner.query(`update people.person set access_needs = '{step-free}' where id = $1`, [person])
    const after = await app.visitor().open(path)
    const { person: slow, path: long } = await asked()
    await app.owner.query(`update people.person set access_needs = '{longer-appointment}' where id = $1`, [slow])

    expect(before.text).toContain('4 High Street')
    expect(after.text).toContain('There are no free times just now')
    expect((await app.visitor().open(long)).text).toContain('It takes about 90 minutes')
  })

  it('has an interpreter looked for with the time', async () => {
    const { person, path, offer } = await asked({ familyName: 'Speaker' })
    await app.owner.query(`update people.person set interpreter = 'Polish' where id = $1`, [person])
    const browser = app.visitor()
    const page = await browser.open(path)
    await chosen(browser, path)

    expect(page.text).toContain('We will look for an interpreter')
    expect(page.text).not.toContain('Polish')
    expect((await coach.open('/interpreters')).text).toMatch(/Polish Robin Speaker .* To be asked for/)
    expect((await coach.open(`/appointments/${offer}`)).text).toContain('Interpreter To be asked for')
  })
})

describe('Self-booking under contention', () => {
  it('gives a time that many want at once to exactly one, and the others are offered others until none is left', async () => {
    await hoursOf(app, app.cast.seniorCoach, { weekdays: [4], starts: '09:00', ends: '11:30', modes: ['phone'] })
    await app.owner.query(`update availability.hours set until_on = '2026-01-09' where member = $1`, [
      app.cast.seniorCoach.membership,
    ])
    const many = await Promise.all(Array.from({ length: 8 }, () => asked({ member: app.cast.seniorCoach.membership })))
    const wanted = '2026-01-08T09:00:00Z'
    const browsers = many.map(({ path }) => ({ browser: app.visitor(), path }))
    for (const { browser, path } of browsers) await browser.open(path)
    const send = ({ browser, path }: (typeof browsers)[number], time: string) =>
      browser.send(path, { do: 'book', id: newId(), way: 'phone', time, note: 'I read lips' })

    const all = await Promise.all(browsers.map((one) => send(one, wanted)))
    const late = browsers.filter((_, place) => all[place]?.status !== 303)
    const told = all.filter(({ status }) => status !== 303)

    expect(all.map(({ status }) => status).toSorted()).toEqual([303, ...Array.from({ length: 7 }, () => 409)])
    for (const { text, html } of told) {
      expect(text).toContain('That time has just been taken. Choose another one')
      expect(text).toContain('10:15 – 11:15')
      expect(text).not.toContain('09:00 – 10:00')
      expect(html).toContain('I read lips')
    }

    const last = await Promise.all(late.map((one) => send(one, '2026-01-08T10:15:00Z')))
    const held = await app.owner.query(`select count(*)::integer as n from appointment.slot where member = $1`, [
      app.cast.seniorCoach.membership,
    ])

    expect(last.map(({ status }) => status).toSorted()).toEqual([303, ...Array.from({ length: 6 }, () => 409)])
    expect(
      last.filter(({ status }) => status === 409).every(({ text }) => text.includes('That was the last free time')),
    ).toBe(true)
    expect(held.rows).toEqual([{ n: 2 }])
    const [first] = late
    const rung = await first?.browser.send(first.path, { do: 'ring' })
    expect(rung?.text).toContain('We will ring you')
  })
})

describe('An appointment that somebody looks at by their link', () => {
  it('is confirmed, and the coach sees that they will come', async () => {
    const { path, offer } = await asked({ familyName: 'Surely' })
    const browser = app.visitor()
    await chosen(browser, path)
    await browser.send(path, { do: 'confirm' })

    expect((await browser.open(path)).text).toContain('You have said that you will come')
    expect((await coach.open(`/appointments/${offer}`)).text).toContain('Will come Said so today')
  })

  it('is moved by them, keeps its place in their calendar, and the time before is free again', async () => {
    const { path, episode, offer } = await asked({ familyName: 'Mover' })
    const browser = app.visitor()
    await chosen(browser, path)
    const own = await browser.open(path)
    const before = await browser.open(`${path}?step=calendar`)
    app.clock.pass({ minutes: 5 })
    const page = await browser.open(`${path}?step=change`)
    const other = timesIn(page).at(-1) ?? ''
    const choosing = { do: 'book', way: 'phone', time: other }
    await browser.send(path, { ...choosing, id: idIn(page), seen: seenIn(page) })
    const after = await browser.open(`${path}?step=calendar`)
    const rows = await ofEpisode(episode)

    expect(own.text).toContain('how we meet (with the address or the link), and our phone number')
    expect(rows.map(({ kind }) => kind)).toEqual(['moved', null])
    expect(rows[1]?.starts_at.toISOString()).toBe(new Date(other).toISOString())
    expect(before.html).toContain(`UID:${offer}\r\nSEQUENCE:0\r\n`)
    expect(after.html).toContain(`UID:${offer}\r\nSEQUENCE:1\r\n`)
    expect(after.html).not.toMatch(/Carol|Robin/)
    const { rows: held } = await app.owner.query(
      'select appointment from appointment.slot where appointment = any($1)',
      [rows.map(({ id }) => id)],
    )
    expect(held).toEqual([{ appointment: rows[1]?.id }])
    expect((await coach.open('/day')).text).toMatch(/Robin Mover Moved an appointment by themselves/)
  })

  it('is not moved from a page that was open before it stood: that says what is booked, and asks', async () => {
    const { path, episode } = await asked({ familyName: 'Doubler' })
    const [one, other] = [app.visitor(), app.visitor()]
    const page = await other.open(path)
    await chosen(one, path)
    const [{ id: standing } = { id: '' }] = await ofEpisode(episode)
    const choosing = { do: 'book', id: idIn(page), way: 'phone', time: timesIn(page)[1] ?? '', note: 'A quiet line' }
    const asksFirst = await other.send(path, { ...choosing, seen: seenIn(page) })
    const kept = await ofEpisode(episode)
    await other.send(path, { ...choosing, seen: seenIn(asksFirst) })

    expect([asksFirst.status, seenIn(asksFirst), kept.length]).toEqual([409, standing, 1])
    expect(asksFirst.text).toMatch(/You have an appointment already: \w+ \d+ January 2026, \d\d:\d\d/)
    expect(asksFirst.html).toContain('A quiet line')
    expect((await ofEpisode(episode)).map(({ kind }) => kind)).toEqual(['moved', null])
  })

  it('is cancelled by them with their reason, and can be chosen anew', async () => {
    const { path, episode } = await asked({ familyName: 'Canceller' })
    const browser = app.visitor()
    await chosen(browser, path)
    const ask = await browser.open(`${path}?step=cancel`)
    await browser.send(path, { do: 'cancel', reason: 'caring' })
    const gone = await browser.open(path)
    const file = await browser.open(`${path}?step=calendar`)
    const { rows } = await app.owner.query(
      `select who, reason, by from appointment.result where appointment = any(select id from appointment.appointment where episode = $1)`,
      [episode],
    )
    const { rows: standing } = await app.owner.query(
      'select stage, next_due_what from episode.standing where episode = $1',
      [episode],
    )

    expect(ask.text).toContain('I am caring for somebody')
    expect(gone.text).toContain('This appointment is cancelled')
    expect(file.html).toContain('METHOD:CANCEL')
    expect(rows).toEqual([{ who: 'person', reason: 'caring', by: null }])
    expect(standing).toMatchObject([{ next_due_what: 'booking' }])
    expect((await coach.open('/day')).text).toMatch(/Robin Canceller Cancelled an appointment by themselves/)
    app.clock.pass({ minutes: 5 })
    await chosen(browser, `${path}?step=change`)
    expect((await browser.open(`${path}?step=calendar`)).html).toContain('SEQUENCE:2\r\n')
  })

  it('is reminded of at the days the area set, and not once it was moved or cancelled', async () => {
    const { path, episode } = await asked({ familyName: 'Later' })
    const browser = app.visitor()
    await chosen(browser, path, '2026-01-20T09:00:00Z')
    const { rows } = await app.owner.query<{ not_before: Date; body: string }>(
      `select not_before, body from notify.message where kind = 'appointment.reminder' and about =
       (select id from appointment.appointment where episode = $1) order by not_before`,
      [episode],
    )
    await browser.send(path, { do: 'cancel' })
    app.clock.set('2026-01-17T12:00:00Z')
    await app.work()
    const { rows: after } = await app.owner.query(
      `select distinct settled_as from notify.message where kind = 'appointment.reminder' and person =
       (select person from episode.episode where id = $1)`,
      [episode],
    )
    app.clock.set('2026-01-05T10:30:00Z')

    expect(rows.map(({ not_before }) => not_before.toISOString())).toEqual([
      '2026-01-13T09:00:00.000Z',
      '2026-01-17T09:00:00.000Z',
    ])
    expect(rows[0]?.body).toMatch(/To confirm, change or cancel it: http.*\{link\} or ring 01632 960001/)
    expect(after).toEqual([{ settled_as: 'held back' }])
  })
})

describe('What somebody may not see or do', () => {
  it('is another person’s appointment, by a link or signed in', async () => {
    const [one, other] = [await asked(), await asked()]
    const me = await app.asParticipant(one.person)

    expect((await app.visitor().open(await linkFor(one.person, other.offer))).status).toBe(404)
    expect((await me.open(`/my/appointments/${other.offer}`)).status).toBe(404)
    expect((await me.send(`/my/appointments/${other.offer}`, { do: 'cancel' })).status).toBe(404)
  })

  it('is choosing after the offer was taken back, ran out, or support ended', async () => {
    const { path, offer } = await asked()
    const browser = app.visitor()
    const page = await browser.open(path)
    await app.owner.query('update offer.offer set withdrawn_at = now(), withdrawn_by = offered_by where id = $1', [
      offer,
    ])
    const sent = await browser.send(path, { do: 'book', id: idIn(page), way: 'phone', time: timesIn(page)[0] ?? '' })

    expect((await browser.open(path)).text).toContain('You cannot choose a time here now')
    expect(sent.status).toBe(409)
    const taking = await asked()
    await coach.send(`/offers/${taking.offer}/withdrawal`)
    expect((await browser.open(taking.path)).status).toBe(410)
  })

  it('is a time of theirs that overlaps, or one that was given by their coach meanwhile', async () => {
    const { path } = await givenATime('Given', 9)

    expect((await app.visitor().open(path)).text).toContain('Your appointment When Wednesday 14 January 2026, 09:00')
  })

  it('is asked nowhere to choose any more, until that time is cancelled', async () => {
    const { episode, person, appointment } = await givenATime('Overtaken', 10)
    const me = await app.asParticipant(person)
    const isAsked = async () =>
      Promise.all(['/my', '/my/appointments'].map(async (path) => (await me.open(path)).text.includes('Choose a time')))
    const standing = [await isAsked(), (await coach.open(`/episodes/${episode}/offers/new`)).text]
    await coach.send(`/appointments/${appointment}/results`, {
      ...{ id: newId(), kind: 'cancelled', 'cancelled-who': 'coach', 'cancelled-reason': 'staff-ill', tell: '' },
    })

    expect(standing).toEqual([[false, false], expect.stringContaining('Booked by the team')])
    expect(await isAsked()).toEqual([true, true])
  })
})

/** Somebody who was let choose, and whom their coach then gave a time. */
async function givenATime(familyName: string, inDays: number) {
  const [whose, appointment] = [await asked({ familyName }), newId()]
  app.clock.pass({ minutes: 1 })
  await coach.send(`/episodes/${whose.episode}/appointments`, {
    ...{ id: appointment, member: app.cast.clinician.membership, purpose: 'first', minutes: '60', mode: 'phone' },
    ...{ ...dayFields(app, 'day', inDays), time: '09:00', interpreter: 'none', tell: 'staff' },
  })
  return { ...whose, appointment }
}

describe('A participant who has signed in', () => {
  it('sees what they are asked and what is to come, and chooses there', async () => {
    const { person, offer } = await asked({ familyName: 'Signed' })
    const me = await app.asParticipant(person)
    const before = await me.open('/my/appointments')
    const done = await chosen(me, `/my/appointments/${offer}`)
    const after = await me.open('/my/appointments')

    expect(before.text).toContain('Choose a time for an appointment You can choose until 19 January 2026')
    expect(done.location).toBe(`/my/appointments/${offer}`)
    expect(after.text).toContain('Look at it, change or cancel it')
    const { rows } = await app.owner.query(
      `select role from journal.entry where person = $1 and what = 'appointment.booked'`,
      [person],
    )
    expect(rows).toEqual([{ role: 'participant' }])
  })

  it('is not asked to choose again once the time that was booked is over and they came', async () => {
    const { person, appointment } = await givenATime('Came', 4)
    app.clock.pass({ hours: 24 * 4 })
    const came = await coach.send(`/appointments/${appointment}/results`, { id: newId(), kind: 'attended' })
    const home = await (await app.asParticipant(person)).open('/my')

    expect(came.status).toBe(303)
    expect(home.text).not.toContain('Choose a time')
  })
})
