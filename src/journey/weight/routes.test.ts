import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { anEpisode, type Standing } from '#test/people/episode.ts'
import { aConversation } from '#test/people/plan.ts'
import { dayFields } from '#test/people/story.ts'
import { usualPoints } from '#registers/weighting/rules.ts'
import { weightOf } from './rules.ts'
import { findWeighed, findWeights, findCoachWeights } from './store.ts'

let app: TestApp
let spell: Standing
// Somebody in support with much in the way, an interpreter, a concern and a promise; restricted for some tests.
beforeAll(async () => {
  app = await startApp()
  spell = await anEpisode(app, { familyName: 'Heavy', steps: [[{ kind: 'assessed' }, 0]] })
  await aConversation(app, spell, { barriers: ['pain', 'anxiety', 'sleep', 'caring'] })
  await app.owner.query(`update people.person set interpreter = 'Urdu' where id = $1`, [spell.person])
  const coach = await app.as(app.cast.coach)
  const worry = { id: newId(), kind: 'self-harm', seen: 'Said: I cannot go on', done: 'Stayed on the line' }
  await coach.send(`/episodes/${spell.episode}/concerns`, { ...worry, ...dayFields(app, 'next-look-on', 1) })
  await coach.send(`/episodes/${spell.episode}/rhythm`, { every: 'week', version: '0' })
})
afterAll(() => app.close())

const on = Temporal.PlainDate.from('2026-01-05')

describe('What the people of a coach weigh', () => {
  it('is the same added up by the database and said in words', async () => {
    const actor = { ...app.cast.coach, areaName: '', organisations: [app.cast.coach.organisation] }
    const others = [
      await anEpisode(app, { coach: app.cast.otherCoach }),
      await anEpisode(app, { coach: app.cast.otherCoach, steps: [[{ kind: 'booked', for: app.clock.now }, 0]] }),
    ]
    const episodes = [spell, ...others].map(({ episode }) => episode)
    await app.inArea('north', async (db) => {
      const found = await findWeights(db, { area: 'north', episodes, on })
      const sums = await findCoachWeights(db, actor, on)
      for (const episode of episodes) {
        const weighed = await findWeighed(db, actor, episode, usualPoints)
        expect(weighed && weightOf(weighed, usualPoints)).toBe(found.get(episode))
      }
      expect(sums.get(app.cast.coach.membership)).toBe(found.get(spell.episode))
      expect(sums.get(app.cast.otherCoach.membership)).toBe(2 + 4)
    })
  })

  it('is a step away on the record, where the promise stands in the story', async () => {
    const coach = await app.as(app.cast.coach)
    const record = await coach.open(`/people/${spell.person}`)
    const contacts = await coach.open(`/people/${spell.person}?kind=contact`)

    expect(record.html).toContain(`href="/episodes/${spell.episode}/weight"`)
    expect(contacts.text).toContain('Promised to hear from their coach every week')
    expect(contacts.html).toContain(`href="/episodes/${spell.episode}/rhythm"`)
  })

  it('can be opened to every reason, on the record and on the list', async () => {
    const coach = await app.as(app.cast.coach)
    const why = await coach.open(`/episodes/${spell.episode}/weight`)
    const list = await coach.open('/weights')

    expect(why.text).toMatch(/Why 16 points/)
    for (const reason of ['4 things stand in the way 1', 'An interpreter is needed 2', 'A safety concern is open 2'])
      expect(why.text).toContain(reason)
    expect(why.text).toContain('Promised contact: every week 3')
    expect(why.text).toContain('nothing about the person')
    expect(list.text).toContain('16 points of 200 at most')
  })

  it('is set by the area from a day on, and never lets a rarer contact weigh more', async () => {
    const manager = await app.as(app.cast.manager)
    const version = /name="version" value="([^"]*)"/.exec((await manager.open('/area/weighting')).html)?.[1] ?? ''
    const given = Object.fromEntries(Object.entries(usualPoints).map(([name, value]) => [name, `${value}`]))
    const from = { 'from-day': '1', 'from-month': '2', 'from-year': '2026' }
    const wrong = await manager.send('/area/weighting', { ...given, ...from, version, weightWeekly: '1' })
    const saved = await manager.sendAndFollow('/area/weighting', { ...given, ...from, version, weightConcern: '5' })
    const running = { ...app.cast.manager, areaName: '', organisations: [app.cast.manager.organisation] }
    const sums = (day: string) =>
      app.inArea('north', (db) => findCoachWeights(db, running, Temporal.PlainDate.from(day)))
    const of = app.cast.coach.membership

    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('Being in touch more often cannot weigh less')
    expect(saved.text).toContain('A safety concern is open 5 points 2 points')
    expect((await sums('2026-02-01')).get(of)).toBe(((await sums('2026-01-31')).get(of) ?? 0) + 3)
  })

  it('says nothing of a record that the reader may not open, not even that there is one', async () => {
    const manager = await app.as(app.cast.manager)
    const said = async () =>
      Promise.all(
        [`/weights?coach=${app.cast.coach.membership}`, '/board', '/allocation'].map(
          async (path) => (await manager.open(path)).text,
        ),
      )
    const before = await said()
    const hidden = await anEpisode(app, { familyName: 'Unnamed' })
    await app.owner.query('update people.person set restricted = true where id = $1', [hidden.person])
    const [why, absent] = [
      await manager.open(`/episodes/${hidden.episode}/weight`),
      await manager.open(`/episodes/${newId()}/weight`),
    ]

    expect(await said()).toEqual(before)
    expect([why.status, why.text]).toEqual([absent.status, absent.text])
  })

  it('is not for participants, and a coach does not see what a colleague carries', async () => {
    const other = await (await app.as(app.cast.otherCoach)).open(`/weights?coach=${app.cast.coach.membership}`)
    const own = await (await app.asParticipant(spell.person)).open(`/episodes/${spell.episode}/weight`)

    expect(other.status).toBe(404)
    expect(own.status).not.toBe(200)
  })
})

describe('How much a coach can look after', () => {
  const path = () => `/capacity/${app.cast.otherCoach.membership}`
  const from = (day: string) => ({ 'from-day': day, 'from-month': '1', 'from-year': '2026' })
  const board = async () => (await (await app.as(app.cast.manager)).open('/board')).text

  it('is their share of what the area says, or fewer for somebody new, from a day on', async () => {
    const manager = await app.as(app.cast.manager)
    const refused = await manager.send(path(), { id: newId(), share: '100', people: '10', ...from('1') })
    const fewer = newId()
    await manager.send(path(), { id: newId(), share: '60', ...from('2') })
    const before = await board()
    await manager.send(path(), { id: fewer, share: '60', people: '10', points: '40', why: 'New', ...from('5') })
    const after = await board()
    await manager.send(`${path()}/${fewer}/withdrawal`, {})

    expect(refused.text).toContain('Say why it is another number than the area’s')
    expect(before).toMatch(/Colin Colleague 2 people of Colin Colleague 24 6 of 120/)
    expect(after).toMatch(/Colin Colleague 2 people of Colin Colleague 10 6 of 40/)
    expect(await board()).toMatch(/Colin Colleague 2 people of Colin Colleague 24/)
  })

  it('is marked where their people weigh more', async () => {
    const manager = await app.as(app.cast.manager)
    const list = `/weights?coach=${app.cast.coach.membership}`
    const fine = await manager.open(list)
    const points = { share: '100', people: '10', points: '5', why: 'Comes back slowly' }
    await manager.send(`/capacity/${app.cast.coach.membership}`, { id: newId(), ...points, ...from('5') })
    const over = await manager.open(list)

    expect(fine.text).not.toContain('That is more than one coach should have')
    expect(over.text).toMatch(/\d+ points? of 5 at most.*\d+ points? over That is more than one coach should have/)
  })

  it('is said by those who run the service of that coach, and by nobody else', async () => {
    for (const part of ['coach', 'seniorCoach', 'areaLead'] as const)
      expect((await (await app.as(app.cast[part])).open(path())).status).toBe(403)
    for (const part of ['providerManager', 'managerElsewhere'] as const)
      expect((await (await app.as(app.cast[part])).open(path())).status).toBe(404)
  })
})
