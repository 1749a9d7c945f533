import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { aMeeting } from '#test/people/facts.ts'
import { anEpisode } from '#test/people/episode.ts'
import { aSentOnward } from '#test/people/onward.ts'
import { aHandover, handedOver } from '#test/people/handing-over.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const standing = async (episode: string) =>
  (await app.owner.query('select provider, coach from episode.standing where episode = $1', [episode])).rows[0]
const offered = async (also: Fields = {}, givenName = 'Quinn', familyName = 'Quick') => {
  const spell = await anEpisode(app, { givenName, familyName })
  return { ...spell, ...(await aHandover(app, spell.episode, also)) }
}

describe('Somebody who is offered to another provider', () => {
  it('stays where they are until it accepts, and is not told by name before', async () => {
    const { episode, person, id } = await offered({ first: 'Works best in the mornings', reach: 'Ring Quinn at home' })
    const taker = await app.as(app.cast.providerManager)
    const page = await taker.open(`/handovers/${id}`)
    const list = await taker.open('/handovers')

    for (const { text } of [page, list]) {
      expect(text).toContain('Works best in the mornings')
      expect(text).not.toMatch(/Quinn|Quick/)
    }
    expect(page.text).toContain('Age 40 to 49')
    expect(page.html).not.toContain(person)
    expect((await taker.open(`/people/${person}`)).status).toBe(404)
    expect((await standing(episode)).provider).toBe(app.cast.coach.organisation)
  })

  it('has the services they are passed on to in the summary, as far as something is still to come of it', async () => {
    const open = await aSentOnward(app, { name: 'Riverside debt advice' })
    const over = await aSentOnward(app, { name: 'Hillside gardening', plan: open })
    await over.browser.send(`/onward/${over.onward}/withdrawal`, { id: newId(), reason: 'asked' })
    const { html } = await (await app.as(app.cast.manager)).open(`/episodes/${open.episode}/handover`)

    expect(html).toContain('Passed on to Riverside debt advice: sent')
    expect(html).not.toContain('Passed on to Hillside gardening')
  })

  it('is theirs with a coach of their choice once they accept, nothing typed again, and is told', async () => {
    const { episode, person, id } = await offered()
    const taker = await app.as(app.cast.providerManager)
    const { membership: coach, organisation: provider } = app.cast.providerCoach
    const foreign = await taker.send(`/handovers/${id}`, { answer: 'accepted', coach: app.cast.coach.membership })
    const sent = await taker.send(`/handovers/${id}`, { answer: 'accepted', coach, words: '' })
    const again = await taker.send(`/handovers/${id}`, { answer: 'sent-back', words: 'No' })

    expect(foreign.status).toBe(422)
    expect(sent.location).toBe(`/people/${person}`)
    expect(again.location).toBe(`/handovers/${id}`)
    expect(await standing(episode)).toEqual({ coach, provider })
    expect((await taker.open(`/people/${person}`)).text).toContain('Quinn Quick')
    expect((await (await app.asParticipant(person)).open('/my')).text).toContain('Pat Provider is your coach now')
    const before = await (await app.as(app.cast.manager)).open(`/people/${person}`)
    expect(before.text).toMatch(/Quinn Quick .*You can read this until Monday 2 February 2026/)
  })

  it('is sent back with a reason, which is read where they are, and offered again', async () => {
    const { episode, id } = await offered()
    const taker = await app.as(app.cast.providerManager)
    const silent = await taker.send(`/handovers/${id}`, { answer: 'sent-back' })
    await taker.send(`/handovers/${id}`, { answer: 'sent-back', words: 'We have no Polish speaker' })
    const giver = await app.as(app.cast.manager)
    const page = await giver.open(`/handovers/${id}`)

    expect(silent.status).toBe(422)
    expect(page.text).toContain('We have no Polish speaker')
    expect(page.html).toContain(`href="/episodes/${episode}/handover"`)
    expect((await standing(episode)).provider).toBe(app.cast.coach.organisation)
    expect((await aHandover(app, episode)).sent.status).toBe(303)
  })

  it('is taken back before anybody answers, and waits for one answer at a time', async () => {
    const { episode, id } = await offered()
    const giver = await app.as(app.cast.manager)
    expect((await giver.open(`/episodes/${episode}/handover`)).location).toBe(`/handovers/${id}`)
    const taker = await app.as(app.cast.providerManager)
    expect((await taker.send(`/handovers/${id}/withdrawal`)).status).toBe(404)
    await giver.send(`/handovers/${id}/withdrawal`)
    const late = await taker.send(`/handovers/${id}`, { answer: 'accepted' })

    expect(late.location).toBe(`/handovers/${id}`)
    expect((await giver.open(`/handovers/${id}`)).text).toContain('Taken back')
    expect((await standing(episode)).provider).toBe(app.cast.coach.organisation)
  })

  it('counts on the board of whoever offered them after some days without an answer', async () => {
    await app.owner.query(
      `update handing_over.package set answer = 'taken-back', answered_at = now() where answer is null`,
    )
    await offered()
    const early = await (await app.as(app.cast.manager)).open('/board')
    app.clock.pass({ days: 6 })
    const late = await (await app.as(app.cast.manager)).open('/board')
    app.clock.pass({ days: -6 })

    expect(early.text).toContain('0 Handovers without an answer')
    expect(late.text).toContain('1 Handovers without an answer')
  })

  it('needs the person’s agreement, and somebody named where their record is restricted', async () => {
    const { episode, person } = await anEpisode(app)
    const silent = await aHandover(app, episode, { agreed: '' })
    await app.owner.query('update people.person set restricted = true where id = $1', [person])
    await app.owner.query(
      `insert into people.named_access (area, person, membership, from_at, reason) values ('north', $1, $2, now(), 'Runs it')`,
      [person, app.cast.manager.membership],
    )
    const hidden = await aHandover(app, episode)

    expect(silent.sent.text).toContain('Tell them first')
    expect(hidden.sent.text).toContain('name somebody of the other provider for it first')
    for (const { sent } of [silent, hidden]) expect(sent.status).toBe(422)
  })

  it('is refused when something changed while the page was open', async () => {
    const { episode } = await anEpisode(app)
    const { sent } = await aHandover(app, episode, { version: '1' })

    expect(sent.status).toBe(409)
    expect(sent.text).toContain('Look at the record to see what happened')
  })

  it('has what is still booked said before, since only the next provider can change it afterwards', async () => {
    const spell = await anEpisode(app, { givenName: 'Bo', familyName: 'Booked' })
    const meeting = await aMeeting(app, spell, { hours: 48 })
    const page = await (await app.as(app.cast.manager)).open(`/episodes/${spell.episode}/handover`)

    expect(page.text).toContain('Still booked with')
    expect(page.html).toContain(`href="/appointments/${meeting}"`)
  })

  it.each(['managerElsewhere', 'providerManager'] as const)('cannot be offered by %s', async (part) => {
    const { episode } = await anEpisode(app)
    const browser = await app.as(app.cast[part])
    const foreign = await browser.open(`/episodes/${episode}/handover`)
    const missing = await browser.open(`/episodes/${newId()}/handover`)

    expect([foreign.status, foreign.text]).toEqual([missing.status, missing.text])
  })

  it('is there for nobody of a third organisation', async () => {
    const { id } = await offered()
    const { rows } = await app.owner.query('select version from episode.standing limit 1')
    expect(rows).toHaveLength(1)
    await app.owner.query(
      'update handing_over.package set to_provider = (select id from organisations.organisation where name = $2 and area = $3) where id = $1',
      [id, 'Integrated Care Board north', 'north'],
    )
    const browser = await app.as(app.cast.providerManager)
    const foreign = await browser.open(`/handovers/${id}`)
    const missing = await browser.open(`/handovers/${newId()}`)

    expect([foreign.status, foreign.text]).toEqual([missing.status, missing.text])
  })
})

const headingIn = (html: string) => /<h1[^>]*>([^<]*)/.exec(html)?.[1]

describe('After a handover', () => {
  const call = { way: 'mobile', result: 'reached', note: 'After the handover' }

  it('lets the one before find and read the record, and change nothing in it', async () => {
    const { episode, person } = await anEpisode(app, { givenName: 'Rita', familyName: 'Read' })
    const before = await app.as(app.cast.coach)
    const concern = newId()
    const look = { 'next-look-on-day': '6', 'next-look-on-month': '1', 'next-look-on-year': '2026' }
    const worry = { id: concern, kind: 'self-harm', seen: 'Some nights are dark', done: 'Rang', ...look }
    await before.send(`/episodes/${episode}/concerns`, worry)
    await before.send(`/people/${person}/agreements`, { form: newId(), how: 'telephone', 'take-part': 'yes' })
    const conversation = newId()
    const spoken = { id: conversation, version: '0', 'words-work': 'Long shifts' }
    await before.send(`/episodes/${episode}/assessment`, spoken)
    await handedOver(app, episode)
    const parts = ['plan', 'contacts', 'support', 'appointments', 'concerns']
    const said = `/assessments/${conversation}`
    const read = [`/people/${person}`, `/people/${person}/agreements`, said]
    for (const part of parts) read.push(`/episodes/${episode}/${part}`)
    const pages = await Promise.all(read.map((page) => before.open(page)))
    const found = await before.send('/people/search', { search: 'Rita Read' })
    const absent = await before.open(`/people/${newId()}`)
    const hidden = [
      await before.open(`/episodes/${episode}/contacts/new`),
      await before.open(`/people/${person}/details/names`),
    ]
    const nowhere = await before.send(`/episodes/${newId()}/contacts`, { ...call, id: newId() })
    const refused = [
      await before.send(`/episodes/${episode}/contacts`, { ...call, id: newId() }),
      await before.send(`/people/${person}/agreements`, { form: newId(), how: 'telephone', 'take-part': 'no' }),
      await before.send(`/concerns/${concern}/looks`, { id: newId(), done: 'Rang again', ...look }),
    ]

    for (const page of pages) {
      expect(page.status).toBe(200)
      expect(page.html).not.toMatch(
        /contacts\/new|support\/new|appointments\/new|concerns\/new|plan\/kind|details\/|agreements\/new|withdrawal|again=yes/,
      )
    }
    expect(found.text).toContain('Rita Read')
    for (const one of hidden) expect([one.status, one.text]).toEqual([404, absent.text])
    for (const one of refused) expect([one.status, headingIn(one.html)]).toEqual([404, headingIn(nowhere.html)])
  })

  it('lets the one before read for the days that the area decided, and the next one write at once', async () => {
    const { episode, person } = await anEpisode(app)
    await handedOver(app, episode)
    const next = await app.as(app.cast.providerManager)
    const written = await next.send(`/episodes/${episode}/contacts`, { ...call, id: newId() })
    app.clock.set('2026-02-02T23:30:00Z')
    const lastEvening = await (await app.as(app.cast.coach)).open(`/people/${person}`)
    app.clock.set('2026-02-03T00:00:00Z')
    const before = await app.as(app.cast.coach)
    const [after, absent] = await Promise.all([person, newId()].map((one) => before.open(`/people/${one}`)))
    const kept = await (await app.as(app.cast.providerManager)).open(`/people/${person}`)
    app.clock.set('2026-01-05T10:00:00Z')

    expect(written.status).toBe(303)
    expect(lastEvening.text).toContain('You can read this until today')
    expect([after?.status, after?.text]).toEqual([404, absent?.text])
    expect(kept.text).toContain('After the handover')
    expect(kept.text).not.toContain('You can read this until')
  })

  it('that goes back makes the record theirs to write in again', async () => {
    const { episode, person } = await anEpisode(app)
    await handedOver(app, episode)
    const { manager, providerManager } = app.cast
    await handedOver(app, episode, { from: providerManager, to: manager })
    const [own, theirs] = await Promise.all(
      [app.cast.manager, app.cast.providerManager].map(async (one) => (await app.as(one)).open(`/people/${person}`)),
    )

    expect(own?.text).not.toContain('You can read this until')
    expect(theirs?.text).toContain('You can read this until')
  })
})
