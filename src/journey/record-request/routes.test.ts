import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { anAcceptedPerson } from '#test/people/first-conversation.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const asked = { 'askedOn-day': '5', 'askedOn-month': '1', 'askedOn-year': '2026' }

/** Somebody who asked to be erased and said that something is wrong, as the manager wrote it down. */
async function whoAsked() {
  const { person } = await anAcceptedPerson(app)
  const manager = await app.as(app.cast.manager)
  const [erasure, correction] = [randomUUIDv7(), randomUUIDv7()]
  const how = { ...asked, how: 'letter' }
  await manager.send(`/people/${person}/erasure-requests`, { ...how, id: erasure, said: 'Please forget me' })
  await manager.send(`/people/${person}/corrections`, { ...how, id: correction, about: 'who', says: 'My name' })
  return { person, erasure, correction }
}

describe('The list of requests about records', () => {
  it('shows what waits for an answer, what is due soon and what is late, until it is answered', async () => {
    const { erasure, correction } = await whoAsked()
    const list = await (await app.as(app.cast.manager)).open('/record-requests')
    for (const path of [`/erasure-requests/${erasure}`, `/corrections/${correction}`])
      expect(list.html).toContain(`href="${path}"`)
    expect(list.text).toContain('Open')
    app.clock.set('2026-02-02T10:00:00Z')
    const manager = await app.as(app.cast.manager)
    expect((await manager.open('/record-requests')).text).toContain('Due soon')
    expect((await manager.open('/board')).text).toContain('2 requests about records are due within 7 days')
    app.clock.set('2026-02-06T10:00:00Z')
    const later = await app.as(app.cast.manager)
    expect((await later.open('/record-requests')).text).toContain('Overdue')
    expect((await later.open('/board')).text).toContain('2 requests about records are overdue')
    await later.send(`/corrections/${correction}`, { result: 'noted', words: 'It stays' })
    const decided = { decision: 'keep', keeps: 'task', why: 'We need it' }
    await later.send(`/erasure-requests/${erasure}`, decided)

    const after = await later.open('/record-requests')
    expect(after.html).not.toContain(correction)
    expect(after.html).not.toContain(erasure)
  })

  it('is not for a coach, and shows nobody whom the reader does not reach', async () => {
    const { erasure } = await whoAsked()
    expect((await (await app.as(app.cast.coach)).open('/record-requests')).status).toBe(403)
    expect((await (await app.as(app.cast.seniorCoach)).open('/board')).text).not.toContain('requests about records')
    const elsewhere = await app.as(app.cast.managerElsewhere)
    expect((await elsewhere.open('/record-requests')).html).not.toContain(erasure)
  })
})
