import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'
import { anEpisode, type Standing } from '#test/people/episode.ts'
import { aMeeting } from '#test/people/facts.ts'
import { listCaseloads } from './store.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

let last = 0
const waiting = (givenName: string, coach?: Member) => {
  last += 1
  return anEpisode(app, { unallocated: true, givenName, familyName: `Waiting${last}`, ...(coach ? { coach } : {}) })
}

const form = (people: readonly Standing[], coach: Member, now = 'nobody') => ({
  ...{ id: newId(), coach: coach.membership, reason: 'room' },
  chosen: people.map(({ episode }) => `${episode}.${now}`).join(' '),
})

async function coachOf(episode: string) {
  const { rows } = await app.owner.query<{ coach: string | null; provider: string }>(
    'select coach, provider from episode.standing where episode = $1',
    [episode],
  )
  return rows[0]
}

const caseloadOf = async (member: Member) => {
  const all = await app.inArea('north', (db) =>
    listCaseloads(
      db,
      { ...app.cast.manager, areaName: '', organisations: [app.cast.manager.organisation] },
      Temporal.PlainDate.from('2026-01-05'),
    ),
  )
  return all.find(({ coach }) => coach === member.membership)
}

describe('The queue of people without a coach', () => {
  it('shows the clock, the needs and who would suit', async () => {
    const { person } = await waiting('Asha')
    await app.owner.query(
      `update people.person set language = 'Urdu', interpreter = 'Urdu', access_needs = '{step-free}', council = 'Leeds', postcode = 'LS1 4AP' where id = $1`,
      [person],
    )
    await app.owner.query(`update organisations.member set languages = '{Urdu}' where id = $1`, [
      app.cast.otherCoach.membership,
    ])
    const seen = await (await app.as(app.cast.seniorCoach)).open('/allocation')

    expect(seen.text).toContain('Asha Waiting1')
    expect(seen.text).toContain('First try by Wednesday 7 January 2026')
    expect(seen.text).toContain('Urdu; interpreter: Urdu; Step-free access')
    expect(seen.text).toContain('Leeds, LS1')
    expect(seen.text).toMatch(/Colin Colleague: room for \d+ more \(\d+ of 40\), speaks Urdu/)
  })

  it('does not take anybody to speak English who was not asked', async () => {
    await waiting('Unasked')
    const seen = await (await app.as(app.cast.seniorCoach)).open('/allocation')

    expect(seen.text).toContain('Language not given')
    expect(seen.text).not.toContain('English')
  })

  it('has what is late first', async () => {
    const { episode } = await waiting('Late')
    await app.owner.query(`update episode.standing set first_try_by = '2026-01-02' where episode = $1`, [episode])
    const seen = await (await app.as(app.cast.manager)).open('/allocation')
    const late = await (await app.as(app.cast.manager)).open('/allocation?need=late')

    expect(seen.text).toMatch(/Late Waiting\d+ Late First try 3 days late, due 2 January 2026.*Asha/)
    expect(late.text).not.toContain('Asha')
  })

  it('goes on page by page without losing or repeating anybody', async () => {
    for (let number = 0; number < 55; number += 1) await waiting('Page')
    const browser = await app.as(app.cast.manager)
    const names = (text: string) => [...text.matchAll(/(\w+ Waiting\d+)/g)].map(([name]) => name)
    const first = await browser.open('/allocation?order=name')
    const next = /href="(\/allocation\?[^"]*after=[^"]*)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = await browser.open(next)
    const all = [...names(first.text), ...names(second.text)]

    expect(next).not.toMatch(/Waiting|Page/)
    expect(new Set(all).size).toBe(last)
    // Out of the way of the tests that follow, and of no coach whom they count.
    await app.owner.query(`update episode.standing set coach = $1 where coach is null`, [app.cast.clinician.membership])
  })

  it('has only the people of the own organisation', async () => {
    await waiting('Foreign', app.cast.providerCoach)
    const seen = await (await app.as(app.cast.manager)).open('/allocation')

    expect(seen.text).not.toContain('Foreign')
  })

  it.each(['coach', 'clinician', 'areaLead'] as const)('is not for a %s', async (part) => {
    expect((await (await app.as(app.cast[part])).open('/allocation')).status).toBe(403)
  })
})

describe('Giving people to a coach', () => {
  it('shows the effect before it is done, and keeps the reason', async () => {
    const people = [await waiting('Ida'), await waiting('Joe')]
    const before = (await caseloadOf(app.cast.coach))?.open ?? 0
    const browser = await app.as(app.cast.manager)
    const effect = await browser.send('/allocation/proposal', form(people, app.cast.coach))
    const done = await browser.sendAndFollow('/allocation', form(people, app.cast.coach))

    expect(effect.text).toContain('Give 2 people to Carol Coach')
    expect(effect.text).toContain(`${before} people now ${before + 2} people then of 40 at most`)
    expect(done.text).toContain('2 people have a new coach')
    expect((await coachOf(people[0]?.episode ?? ''))?.coach).toBe(app.cast.coach.membership)
    expect((await caseloadOf(app.cast.coach))?.open).toBe(before + 2)
  })

  it('says so when a caseload goes over its cap, and then wants to know why', async () => {
    const person = await waiting('Kim')
    await app.owner.query('update organisations.member set caseload_cap = 1 where id = $1', [
      app.cast.seniorCoach.membership,
    ])
    const browser = await app.as(app.cast.manager)
    await browser.sendAndFollow('/allocation', form([person], app.cast.seniorCoach))
    const second = await waiting('Lee')
    const effect = await browser.send('/allocation/proposal', form([second], app.cast.seniorCoach))
    const refused = await browser.send('/allocation', form([second], app.cast.seniorCoach))
    const done = await browser.sendAndFollow('/allocation', {
      ...form([second], app.cast.seniorCoach),
      note: 'Until Friday',
    })

    expect(effect.text).toContain('1 more than Sara Senior can look after')
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('Say why they can look after more people than their cap')
    expect(done.text).toContain('One person has a new coach')
  })

  it('by two at once gives the person to one, and tells the other who it was', async () => {
    const person = await waiting('Mia')
    const [one, other] = await Promise.all([app.as(app.cast.manager), app.as(app.cast.seniorCoach)])
    await Promise.all([one.open('/allocation'), other.open('/allocation')])
    const sent = await Promise.all([
      one.send('/allocation', form([person], app.cast.coach)),
      other.send('/allocation', form([person], app.cast.otherCoach)),
    ])
    const lost = sent.find(({ status }) => status === 422)
    const steps = await app.owner.query(`select from episode.step where episode = $1 and kind = 'allocated'`, [
      person.episode,
    ])

    expect(sent.map(({ status }) => status).toSorted()).toEqual([303, 422])
    expect(lost?.text).toMatch(/was given to (Carol Coach by Max Manager|Colin Colleague by Sara Senior) meanwhile/)
    expect(steps.rows).toHaveLength(1)
  })

  it('makes one allocation of a form that is sent twice', async () => {
    const person = await waiting('Noa')
    const browser = await app.as(app.cast.manager)
    const twice = form([person], app.cast.coach)
    await browser.send('/allocation', twice)
    const again = await browser.send('/allocation', twice)
    const made = await app.owner.query('select from allocation.allocation where episode = $1', [person.episode])

    expect(again.status).toBe(303)
    expect(made.rows).toHaveLength(1)
  })

  it('does not find the people of another organisation, nor its coaches', async () => {
    const foreign = await waiting('Otto', app.cast.providerCoach)
    const own = await waiting('Pia')
    const browser = await app.as(app.cast.manager)
    const person = await browser.send('/allocation', form([foreign], app.cast.coach))
    const nobody = await browser.send('/allocation', { ...form([own], app.cast.coach), chosen: `${newId()}.nobody` })
    const coach = await browser.send('/allocation', form([own], app.cast.providerCoach))

    expect([person.status, person.text]).toEqual([nobody.status, nobody.text])
    expect(coach.status).toBe(404)
    expect((await coachOf(foreign.episode))?.coach).toBeNull()
  })
})

describe('Handing over to another provider', () => {
  const handover = (version: string) => ({
    ...{ id: newId(), provider: app.cast.providerManager.organisation, reason: 'place', agreed: 'yes', version },
  })
  const versionOf = async (episode: string) => {
    const { rows } = await app.owner.query<{ version: number }>(
      'select version from episode.standing where episode = $1',
      [episode],
    )
    return `${rows[0]?.version ?? 0}`
  }

  it('says before what is still booked, since only the next provider can change it afterwards', async () => {
    const standing = await anEpisode(app, { givenName: 'Bo', familyName: 'Booked' })
    const meeting = await aMeeting(app, standing, { hours: 48 })
    const browser = await app.as(app.cast.manager)
    const asked = await browser.open(`/episodes/${standing.episode}/handover`)
    const wrong = await browser.send(`/episodes/${standing.episode}/handover`, { ...handover('1'), agreed: '' })

    for (const page of [asked, wrong]) {
      expect(page.text).toContain('Still booked with')
      expect(page.html).toContain(`href="/appointments/${meeting}"`)
    }
  })

  it('gives the record to the next provider, who chooses a coach, and leaves it readable to the one before', async () => {
    const { episode, person } = await anEpisode(app, { givenName: 'Quinn', familyName: 'Quick' })
    const browser = await app.as(app.cast.manager)
    const page = await browser.open(`/episodes/${episode}/handover`)
    const sent = await browser.send(`/episodes/${episode}/handover`, handover(await versionOf(episode)))
    const next = await (await app.as(app.cast.providerManager)).open('/allocation')
    const before = await (await app.as(app.cast.manager)).open('/allocation')
    const read = await (await app.as(app.cast.manager)).open(`/people/${person}`)

    expect(page.text).toContain('Second Provider north')
    expect(sent.location).toBe(`/people/${person}`)
    expect(next.text).toContain('Quinn Quick')
    expect(before.text).not.toContain('Quinn Quick')
    expect(read.text).toMatch(/Quinn Quick .*You can read this until Monday 2 February 2026/)
    expect(await coachOf(episode)).toEqual({ coach: null, provider: app.cast.providerManager.organisation })
  })

  it('needs the person to have been told and to agree', async () => {
    const { episode } = await anEpisode(app)
    const browser = await app.as(app.cast.manager)
    const sent = await browser.send(`/episodes/${episode}/handover`, {
      ...handover(await versionOf(episode)),
      agreed: '',
    })

    expect(sent.status).toBe(422)
    expect(sent.text).toContain('Tell them first')
  })

  it('is refused when something changed while the page was open', async () => {
    const { episode } = await anEpisode(app)
    const sent = await (await app.as(app.cast.manager)).send(`/episodes/${episode}/handover`, handover('1'))

    expect(sent.status).toBe(409)
    expect(sent.text).toContain('Look at the record to see what happened')
  })

  it.each(['managerElsewhere', 'providerManager'] as const)('is not there for %s', async (part) => {
    const { episode } = await anEpisode(app)
    const browser = await app.as(app.cast[part])
    const foreign = await browser.open(`/episodes/${episode}/handover`)
    const missing = await browser.open(`/episodes/${newId()}/handover`)

    expect([foreign.status, foreign.text]).toEqual([missing.status, missing.text])
  })

  const handOver = async (episode: string) =>
    (await app.as(app.cast.manager)).send(`/episodes/${episode}/handover`, handover(await versionOf(episode)))
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
    await before.send(`/episodes/${episode}/assessment`, {
      id: conversation,
      version: '0',
      'words-work': 'Long shifts',
    })
    await handOver(episode)
    const parts = ['plan', 'contacts', 'support', 'appointments', 'concerns']
    const said = `/assessments/${conversation}`
    const read = [`/people/${person}`, `/people/${person}/agreements`, said]
    for (const part of parts) read.push(`/episodes/${episode}/${part}`)
    const pages = await Promise.all(read.map((page) => before.open(page)))
    const found = await before.send('/people/search', { search: 'Rita Read' })
    const absent = await before.open(`/people/${newId()}`)
    const refused = [
      await before.send(`/episodes/${episode}/contacts`, { ...call, id: newId() }),
      await before.open(`/episodes/${episode}/contacts/new`),
      await before.send(`/people/${person}/agreements`, { form: newId(), how: 'telephone', 'take-part': 'no' }),
      await before.open(`/people/${person}/details/names`),
      await before.send(`/concerns/${concern}/looks`, { id: newId(), done: 'Rang again', ...look }),
    ]

    for (const page of pages) {
      expect(page.status).toBe(200)
      expect(page.html).not.toMatch(
        /contacts\/new|support\/new|appointments\/new|concerns\/new|plan\/kind|details\/|agreements\/new|withdrawal|again=yes/,
      )
    }
    expect(found.text).toContain('Rita Read')
    for (const one of refused) expect([one.status, one.text]).toEqual([404, absent.text])
  })

  it('lets the one before read for the days that the area decided, and the next one write at once', async () => {
    const { episode, person } = await anEpisode(app)
    await handOver(episode)
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
    await handOver(episode)
    const back = { ...handover(await versionOf(episode)), provider: app.cast.manager.organisation }
    await (await app.as(app.cast.providerManager)).send(`/episodes/${episode}/handover`, back)
    const [own, theirs] = await Promise.all(
      [app.cast.manager, app.cast.providerManager].map(async (one) => (await app.as(one)).open(`/people/${person}`)),
    )

    expect(own?.text).not.toContain('You can read this until')
    expect(theirs?.text).toContain('You can read this until')
  })
})
