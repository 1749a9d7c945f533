import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { numbersFrom } from '#test/chance.ts'
import { monthsUntil, totalsTable } from './rules.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const week = (day: string) => {
  const from = Temporal.PlainDate.from(day)
  return { 'week-day': `${from.day}`, 'week-month': `${from.month}`, 'week-year': `${from.year}` }
}
const work = (more: Fields = {}): Fields => ({
  ...{ id1: newId(), id2: newId(), id3: newId(), ...week('2026-01-05') },
  ...{ kind1: 'outreach', minutes1: '90', note1: 'Library drop-in', on1: '2026-01-05' },
  ...more,
})

describe('Other work', () => {
  it('is each colleague’s own: changed and taken back by nobody else', async () => {
    const [coach, other] = [await app.as(app.cast.coach), await app.as(app.cast.otherCoach)]
    const id1 = newId()
    const seen = await coach.sendAndFollow('/activities', work({ id1 }))
    const on = { 'on-day': '5', 'on-month': '1', 'on-year': '2026', version: '1' }
    const change = { kind: 'travel', minutes: '60', note: 'To the library', ...on }
    const refused = [
      await other.open(`/activities/${id1}`),
      await other.send(`/activities/${id1}`, change),
      await other.send(`/activities/${id1}/withdrawal`),
    ]
    const changed = await coach.sendAndFollow(`/activities/${id1}`, change)
    const late = await coach.send(`/activities/${id1}`, { ...change, minutes: '45' })
    const back = await coach.sendAndFollow(`/activities/${id1}/withdrawal`)

    expect(seen.text).toContain('1 hour 30 minutes')
    expect((await other.open('/activities')).text).not.toContain('Library drop-in')
    expect(refused.map(({ status }) => status)).toEqual([404, 404, 404])
    expect(changed.text).toMatch(/Travel Monday 5 January 2026|Travel 5 January 2026/)
    expect(late.status).toBe(409)
    expect(back.text).not.toContain('To the library')
  })

  it('of a week is written down at once, and rows left empty are nothing', async () => {
    const coach = await app.as(app.cast.coach)
    const before = { ...week('2025-12-29'), on1: '2025-12-30', on3: '2026-01-02' }
    const saved = await coach.sendAndFollow('/activities', work({ ...before, kind3: 'training', minutes3: '45' }))

    expect(saved.text).toContain('2 pieces of work are saved')
    expect(saved.text).toContain('Written down in this week: 2 hours 15 minutes')
    expect((await coach.open('/activities')).text).not.toContain('Training 2 January 2026')
  })

  it('says what is missing in which row, and loses nothing', async () => {
    const coach = await app.as(app.cast.coach)
    const seen = await coach.send('/activities', work({ on1: '2026-01-06', note2: 'A talk at the college' }))

    expect(seen.status).toBe(422)
    expect(seen.text).toContain('Choose a day of this week that has come')
    expect(seen.html).toMatch(/href="#kind2"/)
    expect(seen.html).toContain('A talk at the college')
  })

  it('is of kinds that the area names, and keeps those that have ended', async () => {
    const manager = await app.as(app.cast.manager)
    const form = await manager.open('/area/other-work')
    const version = /name="version" value="([^"]*)"/.exec(form.html)?.[1] ?? ''
    const held = Object.fromEntries(
      [...form.html.matchAll(/name="(label\d+)"[^>]*value="([^"]*)"/g)].map(([, name = '', label = '']) => [
        name,
        label,
      ]),
    )
    const chosen = Object.fromEntries(Object.keys(held).map((name) => [name.replace('label', 'offered'), 'yes']))
    const { offered0: _, ...others } = chosen
    const twice = await manager.send('/area/other-work', { ...held, ...chosen, version, label9: 'Travel' })
    await manager.send('/area/other-work', { ...held, ...others, version, label9: 'Reflective practice' })
    const coach = await app.as(app.cast.coach)
    const gone = await coach.send('/activities', work())
    const own = await coach.sendAndFollow('/activities', work({ kind1: 'own-10', minutes1: '20' }))
    const totals = await manager.open('/activities/totals')

    expect(twice.text).toContain('There is a kind of this name already')
    expect(gone.status).toBe(422)
    expect(own.text).toContain('Reflective practice')
    expect(totals.text).toMatch(/Outreach and making the service known/)
  })

  it('adds up by kind and month for those who run the service, and shows no notes', async () => {
    const manager = await app.as(app.cast.manager)
    const page = await manager.open('/activities/totals?months=3')
    const file = await manager.open('/activities/totals.csv?months=3')
    const elsewhere = await (await app.as(app.cast.providerManager)).open('/activities/totals')

    expect(page.text).not.toMatch(/Library|college/)
    expect(file.text).toContain('month,kind,minutes')
    expect(file.text).toContain('2026-01,Training,45')
    expect(elsewhere.text).toContain('Hours appear here once somebody has written other work down')
    expect((await (await app.as(app.cast.coach)).open('/activities/totals')).status).toBe(403)
  })

  it('loses no minute and counts none twice, whatever was written down', () => {
    const months = monthsUntil(Temporal.PlainDate.from('2026-01-05'), 6)
    for (let seed = 1; seed <= 200; seed += 1) {
      const number = numbersFrom(seed)
      const totals = Array.from({ length: number(30) }, () => ({
        ...{ kind: ['travel', 'training', 'own-10'][number(3)] ?? 'travel', minutes: 1 + number(600) },
        month: months[number(6)]?.toString() ?? '',
      }))
      const lines = totalsTable(totals, months)
      const sum = (minutes: readonly number[]) => minutes.reduce((all, one) => all + one, 0)
      const whole = sum(totals.map(({ minutes }) => minutes))

      expect(sum(lines.at(-1)?.minutes ?? [])).toBe(whole)
      expect(sum(lines.slice(0, -1).flatMap(({ minutes }) => minutes))).toBe(whole)
    }
  })
})
