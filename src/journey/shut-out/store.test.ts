import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { dayFields } from '#test/people/employer.ts'
import { aMeeting } from '#test/people/facts.ts'
import { anEpisode } from '#test/people/episode.ts'

let app: TestApp
let person: string
let episode: string
let concern: string
beforeAll(async () => {
  app = await startApp()
  app.clock.set('2026-01-05T10:00:00Z')
  const { otherCoach, manager, seniorCoach } = app.cast
  const spell = await anEpisode(app, { coach: otherCoach, givenName: 'Ida', familyName: 'Guarded' })
  person = spell.person
  episode = spell.episode
  concern = newId()
  const coach = await app.as(otherCoach)
  const said = { id: concern, kind: 'self-harm', seen: 'Said: I cannot go on', done: 'Rang the crisis team' }
  const written = await coach.send(`/episodes/${spell.episode}/concerns`, {
    ...said,
    ...dayFields('next-look-on', '2026-01-06'),
  })
  expect(written.status).toBe(303)
  await (await app.as(seniorCoach)).send(`/concerns/${concern}/owner`, { owner: otherCoach.membership })
  const before = await coach.open('/day')
  expect(before.text).toContain('A safety concern that was handed to you')
  await coach.send(`/concerns/${concern}/taking`)
  const named = { reason: 'relative', version: '1', named: [manager.membership], anyway: 'yes' }
  expect((await (await app.as(manager)).send(`/people/${person}/restriction`, named)).status).toBe(303)
})
afterAll(() => app.close())

describe('Where a restriction shuts out the coach of somebody', () => {
  it('tells the next one at once of a concern that the coach had, and says why', async () => {
    const { rows } = await app.owner.query('select owner from alert.alert where id = $1', [concern])
    const page = await (await app.as(app.cast.manager)).open(`/concerns/${concern}`)

    expect(rows).toEqual([{ owner: app.cast.manager.membership }])
    expect(page.text).toContain('because the record was restricted')
  })

  it('leads nobody to an alert whose record is closed to them', async () => {
    const [manager, coach, senior] = await Promise.all(
      [app.cast.manager, app.cast.otherCoach, app.cast.seniorCoach].map((member) => app.as(member)),
    )
    const link = `href="/concerns/${concern}"`

    expect((await manager?.open('/day'))?.html).toContain(link)
    for (const one of [coach, senior]) expect((await one?.open('/day'))?.html).not.toContain(link)
  })

  it('has it on the day of whoever is named and may give them to somebody else, until they have', async () => {
    const day = async () => (await (await app.as(app.cast.manager)).open('/day')).text
    await (await app.asParticipant(person)).send('/my/messages', { id: newId(), words: 'Please ring, it is bad again' })
    await aMeeting(app, { person, episode, coach: app.cast.otherCoach }, { hours: 24 })
    const [before, unseen] = [await day(), await (await app.as(app.cast.otherCoach)).open('/day')]
    const named = [app.cast.manager.membership, app.cast.otherCoach.membership]
    const form = { reason: 'relative', version: '2', named }
    expect((await (await app.as(app.cast.manager)).send(`/people/${person}/restriction`, form)).status).toBe(303)

    expect(before).toMatch(
      /Without a coach .*Colin Colleague cannot open the record: give them to somebody else, and move what is booked/,
    )
    expect(before).toContain('Waits for an answer to a message')
    expect(unseen.text).not.toContain('Ida Guarded')
    expect(await day()).not.toMatch(/cannot open the record|Waits for an answer to a message/)
  })
})

describe('On their own pages', () => {
  it('somebody reads that their coach reads what they write only where the coach can', async () => {
    const { person: whose } = await anEpisode(app, { coach: app.cast.otherCoach, familyName: 'Hidden' })
    const own = await app.asParticipant(whose)
    const before = [await own.open('/my'), await own.open('/my/messages')]
    const named = { reason: 'relative', version: '1', named: [app.cast.manager.membership], anyway: 'yes' }
    await (await app.as(app.cast.manager)).send(`/people/${whose}/restriction`, named)
    const after = [await own.open('/my'), await own.open('/my/messages')]

    for (const { text } of before) expect(text).toContain('Colin Colleague')
    for (const { text } of after) expect(text).not.toContain('Colin Colleague')
    expect(after[1]?.text).toContain('Our team reads what you write here')
  })
})
