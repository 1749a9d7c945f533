import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'
import { aPerson } from '#test/people.ts'
import { askedAbout } from '#test/people/asking.ts'
import { anEpisode } from '#test/people/episode.ts'
import { hiddenIn } from '#test/people/file.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))

const isKnown = async (person: string) =>
  (await app.owner.query('select from people.person where id = $1', [person])).rowCount === 1
const hold = async (person: string, by: Member = app.cast.manager) => {
  const id = newId()
  return { id, sent: await (await app.as(by)).send(`/people/${person}/hold`, { id, reason: 'Claim 4711' }) }
}
/** Chooses people on the list of old records, and confirms after looking at them. */
async function eraseOld(people: readonly string[]) {
  const manager = await app.as(app.cast.manager)
  const looked = await manager.send('/erasures/proposal', { chosen: people })
  const fields = { id: hiddenIn(looked.html, 'id'), chosen: hiddenIn(looked.html, 'chosen') }
  return { looked, confirm: () => manager.sendAndFollow('/erasures', { ...fields, sure: 'yes' }), manager }
}

describe('Old records', () => {
  it('are erased once somebody has looked at them, and the others stay for a reason that is shown', async () => {
    const gone = await aPerson(app, { givenName: 'Olga', familyName: 'Old' })
    const held = await aPerson(app, { givenName: 'Hugo', familyName: 'Held' })
    const { person: open } = await anEpisode(app, { givenName: 'Oona', familyName: 'Open' })
    await hold(held)
    app.clock.set('2036-01-07T10:00:00Z')
    const page = await (await app.as(app.cast.manager)).open('/keeping')
    const { looked, confirm, manager } = await eraseOld([gone, held, open])
    expect(page.text).toContain('Held back: Claim 4711')
    expect(page.text).toContain('Support has not ended')
    expect(page.text).toContain('No source: to be decided')
    expect(looked.text).toContain('Olga Old')
    expect(looked.html).toMatch(/nhsuk-button--warning[^>]*>Erase them</)
    expect(looked.text).not.toContain('Hugo Held')
    expect(looked.text).not.toContain('Oona Open')
    expect(await isKnown(gone)).toBe(true)

    const { location = '' } = await manager.send('/erasures', { chosen: gone, id: newId() })
    expect(location).toBe('')
    await confirm()
    await app.work()

    expect([await isKnown(gone), await isKnown(held), await isKnown(open)]).toEqual([false, true, true])
    expect((await manager.open('/keeping')).text).not.toContain('Olga Old')
  })

  it('stay where somebody holds them back after the erasure was confirmed', async () => {
    const person = await aPerson(app, { givenName: 'Late', familyName: 'Held' })
    app.clock.set('2036-01-07T10:00:00Z')
    await (await eraseOld([person])).confirm()
    await hold(person)
    await app.work()
    const done = await (await app.as(app.cast.manager)).open(await lastRun())

    expect(await isKnown(person)).toBe(true)
    expect(done.text).toContain('Left alone 1')
  })

  it('are looked at and erased only by those who may', async () => {
    const coach = await app.as(app.cast.coach)

    expect((await coach.open('/keeping')).status).toBe(403)
    expect((await (await app.as(app.cast.administrator)).send('/erasures/proposal', {})).status).toBe(403)
  })
})

const lastRun = async () =>
  `/erasures/${(await app.owner.query('select id from erasure.run order by id desc limit 1')).rows[0].id}`

describe('A record that is held back', () => {
  it('is not erased by the database itself, and is lifted with a reason', async () => {
    const person = await aPerson(app)
    const { id } = await hold(person)
    const manager = await app.as(app.cast.manager)
    await expect(
      app.inArea('north', (db) =>
        import('#journey/erasure/store.ts').then((store) => store.erasePeople(db, 'north', [person])),
      ),
    ).rejects.toThrow('held back')

    const lift = `/people/${person}/hold/lifting`
    expect((await manager.send(lift, { id, because: '' })).status).toBe(422)
    const lifted = await manager.sendAndFollow(lift, { id, because: 'Claim settled' })
    expect(lifted.text).toContain('Claim settled')
    expect(lifted.text).toContain('Hold this record back')
  })

  it('is found by nobody who may not open it', async () => {
    const person = await aPerson(app)
    const missing = await hold(newId(), app.cast.providerManager)
    const foreign = await hold(person, app.cast.providerManager)

    expect([foreign.sent.status, foreign.sent.text]).toEqual([missing.sent.status, missing.sent.text])
    expect(foreign.sent.status).toBe(404)
  })
})

describe('Somebody who asks to be erased', () => {
  it('has a decision by a named person on a ground, an answer, and is erased once it has gone out', async () => {
    const { person, request } = await askedAbout(app)
    const page = `/erasure-requests/${request}`
    const decide = { decision: 'erase', erases: 'not-needed', why: 'We never began to work with you' }
    const coach = await (await app.as(app.cast.coach)).send(page, decide)
    const manager = await app.as(app.cast.manager)
    const groundless = await manager.send(page, { ...decide, erases: '' })
    const answer = await manager.sendAndFollow(page, decide)

    expect(coach.status).toBe(403)
    expect(groundless.status).toBe(422)
    expect(answer.text).toContain('Dear Asha Asking')
    expect(answer.text).toContain('We never began to work with you')
    expect(answer.text).toContain('0303 123 1113')
    expect(await isKnown(person)).toBe(true)

    await manager.send(`${page}/erasure`, { id: hiddenIn(answer.html, 'id') })
    await app.work()

    expect(await isKnown(person)).toBe(false)
    expect((await manager.open(page)).status).toBe(404)
  })

  it('stays where it is refused, or support goes on', async () => {
    const { person } = await anEpisode(app)
    const { request } = await askedAbout(app, person)
    const manager = await app.as(app.cast.manager)
    const page = `/erasure-requests/${request}`
    const decided = await manager.sendAndFollow(page, { decision: 'erase', erases: 'objected', why: 'You object' })
    await manager.send(`${page}/erasure`, { id: newId() })
    await app.work()

    expect(decided.text).toContain('Support has not ended: end it first')
    expect(await isKnown(person)).toBe(true)
    const { request: refused } = await askedAbout(app)
    const kept = { decision: 'keep', keeps: 'claims', why: 'There is a claim' }
    const answer = await manager.sendAndFollow(`/erasure-requests/${refused}`, kept)
    expect(answer.text).toContain('We have decided to keep your record')
    expect(answer.text).not.toContain('erase Asha Asking now')
  })
})

describe('Somebody who says that something is wrong', () => {
  it('has their words on the record where it stays as it was', async () => {
    const { person, correction } = await askedAbout(app)
    const coach = await app.as(app.cast.coach)
    const waiting = await coach.open(`/people/${person}`)
    await coach.send(`/corrections/${correction}`, { result: 'noted', words: 'The coach wrote down what she heard' })
    const record = await coach.open(`/people/${person}`)
    const hub = await coach.open(`/people/${person}/keeping`)

    expect(hub.text).toContain('Kept by Lead Provider north.')
    expect(waiting.text).toContain('Said that something is wrong')
    expect(record.text).toContain('Note of disagreement')
    expect(record.text).toContain('I never said that I drink')
    expect(hub.text).toContain('It stays as it is, with their words beside it')
  })
})

describe('Anybody', () => {
  it('can read how long a record is kept, by the rules that are in force, and what they may ask', async () => {
    const before = await app.visitor().open('/in/south/your-record')
    const rule = { id: newId(), kind: 'supported', years: '10', reason: 'Agreed by the board' }
    const from = { 'fromOn-day': '5', 'fromOn-month': '1', 'fromOn-year': '2026' }
    await (await app.as(app.cast.managerElsewhere)).send('/keeping/rules', { ...rule, ...from })
    const after = await app.visitor().open('/in/south/your-record')

    expect(before.text).toContain('If we supported you: 8 years')
    expect(after.text).toContain('If we supported you: 10 years')
    expect(after.text).toContain('You can ask us to erase it')
    expect((await app.visitor().open('/in/nowhere/your-record')).status).toBe(404)
  })

  it('reads of one year as one, and so does whoever set it', async () => {
    const manager = await app.as(app.cast.managerElsewhere)
    const rule = { id: newId(), kind: 'not-supported', years: '1', source: 'Our own code', reason: 'Agreed' }
    const from = { 'fromOn-day': '5', 'fromOn-month': '1', 'fromOn-year': '2026' }
    const set = await manager.sendAndFollow('/keeping/rules', { ...rule, ...from })
    const read = await app.visitor().open('/in/south/your-record')

    expect(set.text).toContain('1 year.')
    expect(read.text).toContain('If we did not take you on: 1 year after')
    expect(`${set.text} ${read.text}`).not.toContain('1 years')
  })
})
