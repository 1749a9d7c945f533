import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { anEpisode } from '#test/people/episode.ts'

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
const aNote = (more: Fields = {}): Fields => ({
  ...{ id: newId(), kind: 'med3', outcome: 'not-fit', comments: 'Cannot stand for long', condition: 'Sciatica' },
  ...{ issuer: 'Dr Ada Ayo', profession: 'doctor', organisation: 'The Surgery', again: 'yes' },
  ...dated('assessed', '2026-01-05'),
  ...dated('stated', '2026-01-05'),
  ...dated('from', '2026-01-05'),
  ...dated('until', '2026-01-12'),
  ...more,
})
const written = async (more: Fields = {}) => {
  const { person } = await anEpisode(app, { familyName: newId().slice(-6) })
  const coach = await app.as(app.cast.coach)
  const path = `/people/${person}/fit-notes`
  const fields = aNote(more)
  const form = `${path}/new/${String(fields['kind'])}`
  const sent = await coach.sendAndFollow(form, fields)
  return { person, coach, path, form, fields, sent, note: String(fields['id']) }
}

describe('A fit note', () => {
  it('is written down as it is, once, and stands on the record with its end', async () => {
    const { person, coach, path, form, fields, sent } = await written()
    const twice = await coach.send(form, fields)
    const list = await coach.open(path)
    const record = await coach.open(`/people/${person}`)

    expect(sent.text).toContain('Not fit for work')
    expect(twice.status).toBe(303)
    expect(list.text.match(/Cannot stand for long/g)).toHaveLength(1)
    expect(list.text).toMatch(/Ends soon.*Sciatica.*Dr Ada Ayo, doctor, The Surgery, 5 January 2026/)
    expect(record.text).toMatch(/Fit note: not fit for work, until .*12 January 2026 Ends soon/)
    expect(record.text).toContain('Fit note from 5 January 2026 to 12 January 2026: not fit for work')
  })

  it('of a number of weeks, or without an end, is kept with its last day', async () => {
    const none = { 'until-day': '', 'until-month': '', 'until-year': '' }
    const weeks = await written({ ...none, weeks: '4' })
    const open = await written({ ...none, open: 'yes' })
    const neither = await written(none)

    expect(weeks.sent.text).toContain('from 5 January 2026 to 1 February 2026')
    expect(open.sent.text).toContain('from 5 January 2026 without an end')
    expect(neither.sent.status).toBe(422)
    expect(neither.sent.text).toContain('Enter the last day, or for how many weeks, or that it has no end')
    expect(neither.sent.html).toContain('Dr Ada Ayo')
  })

  it('that is longer than it may be is warned of and kept', async () => {
    const { sent } = await written({ ...dated('until', '2026-05-04'), ...dated('since', '2026-01-01') })

    expect(sent.text).toContain('Longer than three months')
  })

  it('says what may help at work, and a report what is difficult there', async () => {
    const fit = { outcome: 'may-be-fit', advice: ['phased-return', 'amended-duties'] }
    const { sent } = await written(fit)
    const report = { kind: 'ahp-report', profession: 'physiotherapist', registration: 'PH12345' }
    const lines = { difficulty1: 'Lifting', recommendation1: 'Not above 5 kg', difficulty3: 'Stairs' }
    const again = { again: 'yes', ...dated('review', '2026-02-20'), contact: '01632 960444' }
    const said = await written({ ...fit, ...report, ...lines, ...again })
    const early = await written({ ...fit, ...report, ...dated('review', '2025-06-01') })
    const neither = await written({ ...fit, ...report, ...again, again: 'no' })

    expect(sent.text).toContain('A phased return to work, Amended duties')
    expect(said.sent.text).toMatch(/Lifting: Not above 5 kg.*Stairs.*Yes, 20 February 2026.*PH12345.*01632 960444/)
    expect(early.sent.text).toContain('This is before the assessment')
    expect(neither.sent.text).toContain('It says that they need not be assessed again')
  })

  it('is put right in one step, and only while it still stands', async () => {
    const { coach, path, note, fields } = await written()
    const form = await coach.open(`${path}/new/med3?instead=${note}`)
    const right = aNote({ comments: 'Cannot sit for long', instead: note })
    const put = await coach.sendAndFollow(`${path}/new/med3`, right)
    const late = await coach.send(`${path}/new/med3`, aNote({ instead: note }))
    await coach.send(`${path}/new/med3`, right)

    expect(form.html).toContain(String(fields['comments']))
    expect(put.text).toContain('Cannot sit for long')
    expect(put.text).not.toContain('Cannot stand for long')
    expect(late.status).toBe(409)
    expect(late.text).toContain('Somebody else has taken this note back')
  })

  it('is taken back with a reason, and stands in the story as taken back', async () => {
    const { person, coach, path, note } = await written()
    const without = await coach.send(`${path}/${note}/withdrawal`, {})
    const taken = await coach.sendAndFollow(`${path}/${note}/withdrawal`, { reason: 'It is his brother’s' })

    expect(without.status).toBe(422)
    expect(taken.text).toContain('No fit note is written down')
    expect((await coach.open(`/people/${person}`)).text).toMatch(/12 January 2026: not fit for work Taken back/)
  })

  it('comes up on the day a week before its end, until somebody says what follows or asks again', async () => {
    const { coach, path, note, person } = await written(dated('until', '2026-01-13'))
    const day = async (at: string) => {
      app.clock.set(at)
      const browser = await app.as(app.cast.coach)
      return (await browser.open('/day?reason=note')).html.includes(`/people/${person}/fit-notes`)
    }
    const days = [
      await day('2026-01-05T10:00:00Z'),
      await day('2026-01-06T10:00:00Z'),
      await day('2026-01-20T10:00:00Z'),
    ]
    const again = await app.as(app.cast.coach)
    const said = { id: newId(), what: 'another' }
    const open = await again.send(`${path}/${note}/follow-on`, said)
    const asked = await again.sendAndFollow(`${path}/${note}/follow-on`, { ...said, ...dated('ask', '2026-01-27') })
    const after = [await day('2026-01-21T10:00:00Z'), await day('2026-01-27T10:00:00Z')]
    const last = await app.as(app.cast.coach)
    await last.send(`${path}/${note}/follow-on`, { id: newId(), what: 'back', words: 'Since Monday' })

    expect(coach.cookies.size).toBeGreaterThan(0)
    expect(days).toEqual([false, true, true])
    expect(open.text).toContain('Enter the day on which you ask again')
    expect(asked.text).toContain('They asked for another note, or will')
    expect(after).toEqual([false, true])
    expect(await day('2026-01-28T10:00:00Z')).toBe(false)
  })

  it('does not come up while a later one holds', async () => {
    const { coach, path, person } = await written()
    await coach.send(`${path}/new/med3`, aNote({ ...dated('from', '2026-01-13'), ...dated('until', '2026-03-01') }))

    expect((await coach.open('/day?reason=note')).html).not.toContain(`/people/${person}/fit-notes`)
  })

  it.each(['providerCoach', 'coachElsewhere'] as const)('is as if it were not there for a %s', async (part) => {
    const { path, note } = await written()
    const other = await app.as(app.cast[part])
    const [foreign, absent] = [await other.open(path), await other.open(`/people/${newId()}/fit-notes`)]
    const sent = await other.send(`${path}/${note}/withdrawal`, { reason: 'Not ours' })

    expect([foreign.status, foreign.text]).toEqual([absent.status, absent.text])
    expect([foreign.status, sent.status]).toEqual([404, 404])
  })
})
