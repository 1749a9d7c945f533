import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'
import { anEpisode, type Standing } from '#test/people/episode.ts'
import { listCaseloads } from '#journey/room/store.ts'

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

describe('How many people a coach looks after', () => {
  it('counts nobody whose record is closed to whoever asks', async () => {
    const before = await caseloadOf(app.cast.coach)
    const { person } = await anEpisode(app)
    const open = await caseloadOf(app.cast.coach)
    await app.owner.query('update people.person set restricted = true where id = $1', [person])

    expect([open?.open, (await caseloadOf(app.cast.coach))?.open]).toEqual([(before?.open ?? 0) + 1, before?.open])
  })
})

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
    expect(seen.text).toMatch(
      /Colin Colleague: room for \d+ more \(\d+ of 40\), \d+ of 200 points with them, speaks Urdu/,
    )
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
  it('without saying to whom keeps the list and who was ticked, and leads to where it is said', async () => {
    const [ada, bea] = [await waiting('Ada'), await waiting('Bea')]
    const given = 'update episode.standing set coach = $1 where episode = any($2)'
    await app.owner.query(given, [app.cast.otherCoach.membership, [ada.episode, bea.episode]])
    const browser = await app.as(app.cast.manager)
    const of = { of: app.cast.otherCoach.membership, route: '', need: '', order: 'name', after: '' }
    const chosen = `${ada.episode}.${app.cast.otherCoach.membership}`
    const elsewhere = await waiting('Cleo')
    const refused = await browser.send('/allocation/proposal', {
      ...{ ...of, chosen: [chosen, `${elsewhere.episode}.nobody`], coach: '' },
    })
    const nobody = await browser.send('/allocation/proposal', { ...of, coach: app.cast.coach.membership })
    const ticked = (html: string) => [...html.matchAll(/<input[^>]*checked=""[^>]*>/g)].map(([box]) => box).join()

    expect(refused.status).toBe(422)
    expect(refused.text).toContain('People of Colin Colleague')
    expect(refused.text).toContain('Bea Waiting')
    expect(ticked(refused.html)).toContain(chosen)
    expect(ticked(refused.html)).toContain(elsewhere.episode)
    expect(ticked(refused.html)).not.toContain(bea.episode)
    expect(refused.html).toMatch(/<select[^>]* id="coach"[^>]*aria-describedby/)
    expect(refused.html.match(/ id="coach"/g)).toHaveLength(1)
    expect(nobody.text).toContain('Choose at least one person')
    expect(nobody.html).toMatch(/<input[^>]*type="checkbox" id="chosen"/)
    expect(nobody.html).toMatch(new RegExp(`value="${app.cast.coach.membership}" selected`))
  })

  it('shows the effect before it is done, and keeps the reason', async () => {
    const people = [await waiting('Ida'), await waiting('Joe')]
    const before = (await caseloadOf(app.cast.coach))?.open ?? 0
    const browser = await app.as(app.cast.manager)
    const effect = await browser.send('/allocation/proposal', form(people, app.cast.coach))
    const done = await browser.sendAndFollow('/allocation', form(people, app.cast.coach))

    expect(effect.text).toContain('Give 2 people to Carol Coach')
    expect(effect.text).toContain(`Carol Coach ${before} now, ${before + 2} then, of 40 at most`)
    expect(done.text).toContain('2 people have a new coach')
    expect((await coachOf(people[0]?.episode ?? ''))?.coach).toBe(app.cast.coach.membership)
    expect((await caseloadOf(app.cast.coach))?.open).toBe(before + 2)
  })

  it('says so when a caseload goes over its cap, and then wants to know why', async () => {
    const person = await waiting('Kim')
    const browser = await app.as(app.cast.manager)
    const fewest = { id: newId(), share: '60', people: '1', why: 'Begins here' }
    const from = { 'from-day': '5', 'from-month': '1', 'from-year': '2026' }
    await browser.send(`/capacity/${app.cast.seniorCoach.membership}`, { ...fewest, ...from })
    await browser.sendAndFollow('/allocation', form([person], app.cast.seniorCoach))
    const second = await waiting('Lee')
    const effect = await browser.send('/allocation/proposal', form([second], app.cast.seniorCoach))
    const refused = await browser.send('/allocation', form([second], app.cast.seniorCoach))
    const done = await browser.sendAndFollow('/allocation', {
      ...form([second], app.cast.seniorCoach),
      note: 'Until Friday',
    })

    expect(effect.text).toContain('1 person more than Sara Senior can look after')
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
