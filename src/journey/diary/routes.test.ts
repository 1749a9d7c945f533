import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Browser } from '#test/browser.ts'
import { hoursOf } from '#test/people/availability.ts'
import { anEpisode } from '#test/people/episode.ts'
import { aMeeting } from '#test/people/facts.ts'
import { dayFields } from '#test/people/story.ts'

let app: TestApp
let coach: Browser
let week: string
beforeAll(async () => {
  app = await startApp()
  coach = await app.as(app.cast.coach)
  week = `/coaches/${app.cast.coach.membership}/week`
})
afterAll(() => app.close())

const own = () => `/coaches/${app.cast.coach.membership}`
const hours = { weekdays: ['1', '3'], starts: '9:00', ends: '11:30', modes: 'phone' }

describe('The week of a coach', () => {
  it('shows what is free once the coach has set hours, and leads to booking it for somebody', async () => {
    const { episode } = await anEpisode(app, { familyName: 'Booking' })
    const empty = await coach.open(`${week}?from=2026-01-12`)
    await coach.send(`${own()}/hours`, { ...hours, id: newId(), ...dayFields(app, 'from') })
    const seen = await coach.open(`${week}?from=2026-01-12&episode=${episode}`)
    const href = /href="(\/episodes\/[^"]+)">Book 09:00 to 10:00/.exec(seen.html)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const form = await coach.open(href)

    expect(empty.text).toContain('No hours are set for this week')
    expect(seen.text.match(/Book \d\d:\d\d to/g)).toEqual([
      'Book 09:00 to',
      'Book 10:15 to',
      'Book 09:00 to',
      'Book 10:15 to',
    ])
    expect(form.html).toMatch(/name="time"[^>]*value="09:00"|value="09:00"[^>]*name="time"/)
    expect(form.html).toMatch(/name="day-day"[^>]*value="12"|value="12"[^>]*name="day-day"/)
  })

  it('names who has a time, and only that it is taken where the reader may not know', async () => {
    await aMeeting(app, await anEpisode(app, { familyName: 'Visible' }), { hours: 24 * 7 - 1 })
    const seen = await coach.open(`${week}?from=2026-01-12`)
    const stranger = await (await app.as(app.cast.providerCoach)).open(week)

    expect(seen.text).toContain('09:00 to 09:45: Robin Visible , by telephone')
    expect(seen.text).toContain('10:00 to 11:00: free')
    expect(stranger.status).toBe(404)
    const { rows } = await app.owner.query(
      `select codes from journal.entry where what = 'diary.week' order by id desc limit 1`,
    )
    expect(rows[0].codes.shown).toHaveLength(1)
  })

  it('loses a day that differs and the days of an absence, and gets them back', async () => {
    const away = { kind: 'away', id: newId(), ...dayFields(app, 'on', 9) }
    await coach.send(`${own()}/exceptions`, away)
    const without = await coach.open(`${week}?from=2026-01-12`)
    await coach.send(`${own()}/exceptions/${away.id}/withdrawal`)
    const back = await coach.open(`${week}?from=2026-01-12`)
    await app.owner.query(
      `insert into absence.absence (area, id, member, cover, from_on, until_on, arranged_by, arranged_at)
       values ('north', $1, $2, $3, '2026-01-14', '2026-01-15', $3, now())`,
      [newId(), app.cast.coach.membership, app.cast.manager.membership],
    )
    const absent = await coach.open(`${week}?from=2026-01-12`)

    const wednesday = (text: string) => text.split('Wednesday 14 January 2026')[1]?.split('Thursday')[0]
    expect(wednesday(without.text)).not.toContain(': free')
    expect(wednesday(back.text)).toContain(': free')
    expect(wednesday(absent.text)).toContain('Away by an arranged absence')
  })

  it('is set by the coach and by those who arrange, and by no other colleague', async () => {
    const [colleague, manager] = [await app.as(app.cast.otherCoach), await app.as(app.cast.manager)]
    const given = { ...hours, id: newId(), ...dayFields(app, 'from') }

    expect((await colleague.send(`${own()}/hours`, given)).status).toBe(404)
    expect((await colleague.open(`${own()}/hours`)).status).toBe(404)
    const clash = await manager.send(`${own()}/hours`, given)
    expect([clash.status, clash.text]).toEqual([422, expect.stringContaining('These hours overlap with Monday')])
    expect((await manager.open(`${own()}/calendar`)).status).toBe(404)
  })
})

describe('Free times against those who wait', () => {
  it('are called too few while more people wait than can be seen soon', async () => {
    await anEpisode(app)
    const manager = await app.as(app.cast.manager)
    const few = await manager.open('/coaches')
    const board = await manager.open('/board')
    await hoursOf(app, app.cast.otherCoach)
    const enough = await manager.open('/coaches')

    expect(few.text).toMatch(
      /Too few free times There (is|are) [0-4] free times? within the next 5 working days, fewer than 5/,
    )
    expect(board.text).toMatch(
      /Too few free times Within the next 5 working days .* fewer than 5, while \d+ people wait/,
    )
    expect(enough.text).not.toContain('Too few free times')
    expect((await manager.open('/board')).text).not.toContain('Too few free times')
    expect(enough.text).toMatch(/Colin Colleague \d+ Tomorrow 10:00/)
  })
})

describe('The calendar that a coach subscribes to', () => {
  const asked = async (browser: Browser, shows: string) => {
    const seen = await browser.send(`${own()}/calendar`, { shows })
    return /value="[^"]*(\/calendars\/[^"]+)"/.exec(seen.html)?.[1] ?? ''
  }

  it('holds times and no names, and stops at its old address when it gets a new one', async () => {
    const first = await asked(coach, 'nothing')
    const file = await app.visitor().open(first)
    const second = await asked(coach, 'initials')
    const initials = await app.visitor().open(second)

    expect(file.headers['content-type']).toContain('text/calendar')
    expect(file.html).toContain('SUMMARY:Appointment\r\n')
    expect(file.html).not.toMatch(/Robin|Visible|Carol|01632/)
    expect((await app.visitor().open(first)).status).toBe(404)
    expect(initials.html).toContain('SUMMARY:Appointment RV\r\n')
    expect((await app.visitor().open(second.replace('north', 'south'))).status).toBe(404)
  })

  it('never shows the initials of a restricted record, and nothing once it is taken away', async () => {
    await app.owner.query(`update people.person set restricted = true where family_name = 'Visible'`)
    const address = await asked(coach, 'initials')
    const hidden = await app.visitor().open(address)
    await coach.send(`${own()}/calendar/removal`)

    expect(hidden.html).toContain('SUMMARY:Appointment\r\n')
    expect((await app.visitor().open(address)).status).toBe(404)
  })
})

describe('An interpreter', () => {
  it('is shown as to be found until somebody has confirmed one', async () => {
    const standing = await anEpisode(app, { familyName: 'Speaker' })
    await app.owner.query(`update people.person set interpreter = 'Polish' where id = $1`, [standing.person])
    const appointment = await aMeeting(app, standing, { hours: 50 })
    await app.owner.query(`update appointment.appointment set interpreter = 'needed' where id = $1`, [appointment])
    const form = `/appointments/${appointment}/interpreter`
    const before = await coach.open('/interpreters')
    await coach.send(form, { id: newId(), state: 'asked', language: 'Polish' })
    const asking = await coach.open('/interpreters')
    await coach.send(form, { id: newId(), state: 'confirmed', language: 'Polish', note: 'Ref 12' })
    const after = await coach.open('/interpreters')

    expect(before.text).toMatch(/Polish Robin Speaker .* To be asked for/)
    expect(asking.text).toContain('Asked for, not confirmed')
    expect(after.text).toContain('Every interpreter that is needed is confirmed')
    expect((await coach.open(`/appointments/${appointment}`)).text).toContain('Interpreter Confirmed')
    expect((await (await app.as(app.cast.providerCoach)).open(form)).status).toBe(404)
  })
})
