import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { listSteps } from '#journey/episode/store.ts'
import { findActor } from '#registers/organisations/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { anEpisode } from '#test/people/episode.ts'
import { findContact, listContacts } from './store.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const standing = async (episode: string) => {
  const { rows } = await app.owner.query(
    `select stage, first_tried_at::text, last_contact_at::text, next_due_what, next_due_on::text from episode.standing where episode = $1`,
    [episode],
  )
  return rows[0]
}

const logged = async (episode: string, fields: Fields = {}) => {
  const coach = await app.as(app.cast.coach)
  const id = newId()
  const seen = await coach.send(`/episodes/${episode}/contacts`, { id, way: 'mobile', result: 'no-answer', ...fields })
  return { id, seen, coach }
}

const change = (statement: string, values: readonly unknown[]) => app.owner.query(statement, [...values])

describe('Logging a contact', () => {
  it('asks three things and says beside each answer what comes next', async () => {
    const { episode } = await anEpisode(app)

    const seen = await (await app.as(app.cast.coach)).open(`/episodes/${episode}/contacts/new`)

    expect(seen.text).toContain('First try due by Wednesday 7 January 2026')
    expect(seen.text).toMatch(/No answer Next: contact, Thursday 8 January 2026/)
    expect(seen.text).toMatch(/We spoke or they wrote back Next: book an appointment, tomorrow/)
    expect(seen.text).toContain('07700 900461')
  })

  it('moves the clock and proposes the next contact when nobody answers', async () => {
    const { person, episode } = await anEpisode(app)

    const { seen } = await logged(episode)

    expect(seen.location).toBe(`/people/${person}`)
    expect(await standing(episode)).toMatchObject({
      ...{ stage: 'trying', next_due_what: 'contact', next_due_on: '2026-01-08' },
      ...{ first_tried_at: '2026-01-05 10:00:00+00', last_contact_at: null },
    })
  })

  it('asks in one press whether the number is theirs, after a talk at one that nobody knows to be', async () => {
    const { person, episode } = await anEpisode(app)
    const set = 'update people.means set theirs_of = $1, theirs_by = $2, theirs_at = now() where person = $3'
    await change(set, [null, null, person])
    const unanswered = await logged(episode)
    const { seen, coach } = await logged(episode, { result: 'reached' })
    const page = await coach.open(seen.location ?? '')
    const press = /action="([^"]*\/confirmation)"[^]*?name="version" value="(\d+)"/.exec(page.html) ?? []
    await coach.send(press[1] ?? '', { version: press[2] ?? '' })
    const again = await logged(episode, { result: 'reached' })

    expect(unanswered.seen.location).toBe(`/people/${person}`)
    expect(page.text).toContain('If they told you that the number is theirs, say so here.')
    expect((await coach.open(`/people/${person}/details/means`)).text).toContain('Known to be theirs')
    expect(again.seen.location).toBe(`/people/${person}`)
  })

  it('counts as contact once somebody was spoken to, at the time it happened', async () => {
    app.clock.set('2026-01-04T10:00:00Z')
    const { episode } = await anEpisode(app)
    app.clock.set('2026-01-05T10:00:00Z')

    await logged(episode, { result: 'reached', 'on-day': '4', 'on-month': '1', 'on-year': '2026', time: '16:30' })

    expect(await standing(episode)).toMatchObject({
      last_contact_at: '2026-01-04 16:30:00+00',
      next_due_what: 'booking',
    })
  })

  it('calls back on the day the person asked for', async () => {
    const { episode } = await anEpisode(app)
    const asked = { 'call-back-day': '7', 'call-back-month': '1', 'call-back-year': '2026', 'call-back-time': '14:30' }

    await logged(episode, { result: 'call-back', ...asked })

    expect(await standing(episode)).toMatchObject({ next_due_what: 'call-back', next_due_on: '2026-01-07' })
  })

  it('lets the coach set another next contact', async () => {
    const { episode } = await anEpisode(app)

    await logged(episode, { 'next-day': '20', 'next-month': '1', 'next-year': '2026', 'next-way': 'text' })

    expect(await standing(episode)).toMatchObject({ next_due_what: 'contact', next_due_on: '2026-01-20' })
  })

  it('makes one contact of a form that is sent twice', async () => {
    const { episode } = await anEpisode(app)
    const id = newId()

    await logged(episode, { id })
    await logged(episode, { id })

    const steps = await app.inArea('north', (db) => listSteps(db, 'north', episode))
    expect(steps.filter(({ fact_row }) => fact_row === id).map(({ step }) => step.kind)).toEqual(['tried', 'due'])
  })

  it('keeps what was typed when something is missing', async () => {
    const { episode } = await anEpisode(app)

    const { seen } = await logged(episode, { way: '', note: 'Their sister answered' })

    expect(seen.status).toBe(422)
    expect(seen.text).toContain('Select how you tried')
    expect(seen.text).toContain('Their sister answered')
  })

  it('refuses a way that is not safe until a reason is given, and shows the rule', async () => {
    const { person, episode } = await anEpisode(app)
    await change('update people.means set safe = false where person = $1', [person])
    await change(`update people.person set safe_note = 'Never ring after five' where id = $1`, [person])

    const { seen, coach } = await logged(episode)
    const shown = await coach.open(`/episodes/${episode}/contacts/new`)
    const again = await logged(episode, { why: 'They asked us to ring this number today' })

    expect(seen.status).toBe(422)
    expect(seen.text).toContain('Say why a way that is not safe was used')
    expect(shown.text).toContain('Never ring after five')
    expect(again.seen.status).toBe(303)
  })

  it('says that somebody may be unreachable after three tries in two channels, and ends nobody', async () => {
    const { episode } = await anEpisode(app)
    const said = async () => (await (await app.as(app.cast.coach)).open(`/episodes/${episode}/contacts`)).text
    await logged(episode)
    app.clock.pass({ days: 3 })
    await logged(episode)
    app.clock.pass({ days: 5 })
    await logged(episode)
    expect(await said()).not.toContain('They may be unreachable')
    app.clock.pass({ days: 1 })
    await logged(episode, { way: 'text' })

    expect(await said()).toContain('They may be unreachable')
    expect(await said()).toContain('nobody while a safety concern is open')
    expect(await standing(episode)).toMatchObject({ stage: 'trying' })
  })

  it('is not possible before the referral is accepted or after support has ended', async () => {
    const { episode } = await anEpisode(app, { steps: [[{ kind: 'ended', as: 'declined' }, 0]] })

    const { seen } = await logged(episode)

    expect(seen.status).toBe(422)
    expect(seen.text).toContain('This spell of support has ended')
  })
})

describe('Taking a contact back', () => {
  it('puts the clocks back to where they were and leaves the contact in the history', async () => {
    const { episode } = await anEpisode(app)
    const before = await standing(episode)
    const { id, coach } = await logged(episode, { result: 'reached', note: 'Wants mornings' })

    const seen = await coach.sendAndFollow(`/contacts/${id}/withdrawal`, { reason: 'wrong-person', note: '' })
    await coach.send(`/contacts/${id}/withdrawal`)

    expect(await standing(episode)).toEqual(before)
    expect(seen.text).toContain('Taken back')
    expect(seen.text).toContain('Logged on the wrong person')
    expect(seen.text).toContain('Wants mornings')
  })

  it('does not count as a try any more', async () => {
    const { episode } = await anEpisode(app)
    for (const [way, days] of [
      ['mobile', 1],
      ['text', 2],
      ['mobile', 3],
    ] as const) {
      app.clock.pass({ days })
      const { id, coach } = await logged(episode, { way })
      if (days === 3) await coach.send(`/contacts/${id}/withdrawal`)
    }

    const seen = await (await app.as(app.cast.coach)).open(`/episodes/${episode}/contacts`)

    expect(seen.text).not.toContain('They may be unreachable')
  })
})

describe('Contacts are not there', () => {
  const others = ['providerCoach', 'coachElsewhere'] as const

  it.each(others)('for a %s, as if there were no such episode', async (part) => {
    const { episode } = await anEpisode(app)
    const { id } = await logged(episode)
    const other = await app.as(app.cast[part])
    for (const path of ['/episodes/?/contacts', '/episodes/?/contacts/new', '/contacts/?/withdrawal']) {
      const foreign = await other.open(path.replace('?', path.startsWith('/contacts') ? id : episode))
      const absent = await other.open(path.replace('?', newId()))

      expect([foreign.status, foreign.text]).toEqual([absent.status, absent.text])
      expect(foreign.status).toBe(404)
    }
  })

  it.each(others)('to be written by a %s', async (part) => {
    const { episode } = await anEpisode(app)
    const before = await standing(episode)
    const fields = { id: newId(), way: 'mobile', result: 'reached' }
    const other = await app.as(app.cast[part])

    const foreign = await other.send(`/episodes/${episode}/contacts`, fields)
    const absent = await other.send(`/episodes/${newId()}/contacts`, fields)

    expect([foreign.status, foreign.text]).toEqual([absent.status, absent.text])
    expect(await standing(episode)).toEqual(before)
  })

  it('are not for those who see counts only', async () => {
    const { episode } = await anEpisode(app)

    expect((await (await app.as(app.cast.areaLead)).open(`/episodes/${episode}/contacts`)).status).toBe(403)
  })

  it('in the store itself, whatever the pages ask besides', async () => {
    const { episode } = await anEpisode(app)
    const { id } = await logged(episode)
    const { area, account, membership } = app.cast.providerCoach
    const on = Temporal.PlainDate.from('2026-01-05')
    const seen = await app.inArea(area, async (db) => {
      const actor = await findActor(db, { area, account, membership, on })
      return actor && [await listContacts(db, actor, { episode }), await findContact(db, actor, id)]
    })

    expect(seen).toEqual([[], undefined])
  })
})
