import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayOf } from '#platform/dates.ts'
import { saveDecision } from '#registers/areas/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { anAnswer } from '#test/people.ts'
import { anOffer } from '#test/people/asking.ts'
import { anEpisode } from '#test/people/episode.ts'
import { withdrawChange } from './store.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

/** Somebody who may be texted and went from one coach to another. */
async function passedOn(contact = true) {
  const spell = await anEpisode(app, { givenName: 'Tessa', familyName: 'Told' })
  await anAnswer(app, spell.person, 'contact', contact)
  const offer = await anOffer(app, spell.episode)
  await (await app.as(app.cast.otherCoach)).send(`/passing-on/${offer}`, { answer: 'accepted', words: '' })
  return spell
}

const messagesTo = async (person: string) =>
  (
    await app.owner.query(
      `select body, channel, settled_as, reason from notify.message where person = $1 and kind = 'changeover.told'`,
      [person],
    )
  ).rows

describe('Somebody who has another coach now', () => {
  it('is told by text that somebody else is there, without a name or what it is about', async () => {
    const { person } = await passedOn()
    app.clock.pass({ hours: 2 })
    await app.work()
    const [message, ...others] = await messagesTo(person)

    expect(others).toEqual([])
    expect(message).toMatchObject({ channel: 'text', settled_as: 'sent' })
    expect(message.body).toContain('Somebody else is there for you from now on')
    expect(message.body).not.toMatch(/Colin|Carol|coach|work|health/i)
    expect(message.body).toContain('Hello, this is your team.')
  })

  it('is told who writes in the words of the area, where it has chosen some', async () => {
    const decided = { area: 'north', name: 'calledInMessages', value: 'The Tuesday Office', reason: null }
    const since = { fromOn: dayOf(app.clock.now), by: app.cast.administrator.membership, at: app.clock.now }
    await app.inArea('north', (db) => saveDecision(db, { ...decided, ...since }))
    const { person } = await passedOn()

    expect((await messagesTo(person))[0].body).toContain('Hello, this is The Tuesday Office.')
  })

  it('finds who it is on their pages, until they have read it', async () => {
    const { person } = await passedOn()
    const own = await app.asParticipant(person)
    expect((await own.open('/my')).text).toContain('Colin Colleague is your coach now')
    const page = await own.open('/my/changes')
    expect(page.text).toContain('Before, it was Carol Coach')
    const [, reading = ''] = /action="(\/my\/changes\/[^"]+)"/.exec(page.html) ?? []
    await own.send(reading)

    expect((await own.open('/my')).text).not.toContain('Colin Colleague is your coach now')
    expect((await own.open('/my/changes')).text).toContain('Colin Colleague is your coach now')
  })

  it('is not written to where they do not want to be, and finds it on their pages all the same', async () => {
    const { person } = await passedOn(false)
    const own = await app.asParticipant(person)

    expect(await messagesTo(person)).toEqual([])
    expect((await own.open('/my')).text).toContain('Colin Colleague is your coach now')
  })

  it('hears nothing where it was taken back within the hour, or where they have read it by then', async () => {
    const [back, read] = [await passedOn(), await passedOn()]
    const { rows } = await app.owner.query('select id from changeover.change where person = $1', [back.person])
    await app.inArea('north', (db) => withdrawChange(db, 'north', rows[0].id, app.clock.now))
    const own = await app.asParticipant(read.person)
    const [, reading = ''] = /action="(\/my\/changes\/[^"]+)"/.exec((await own.open('/my/changes')).html) ?? []
    await own.send(reading)
    app.clock.pass({ hours: 2 })
    await app.work()

    for (const { person } of [back, read]) expect((await messagesTo(person))[0].settled_as).toBe('held back')
  })

  it('says of nobody else’s change that they have read it', async () => {
    const [mine, theirs] = [await passedOn(), await passedOn()]
    const { rows } = await app.owner.query('select id from changeover.change where person = $1', [theirs.person])
    const own = await app.asParticipant(mine.person)
    const foreign = await own.send(`/my/changes/${rows[0].id}/reading`)
    const missing = await own.send(`/my/changes/${crypto.randomUUID()}/reading`)

    expect([foreign.status, foreign.text]).toEqual([missing.status, missing.text])
    expect((await (await app.asParticipant(theirs.person)).open('/my')).text).toContain('is your coach now')
  })
})
