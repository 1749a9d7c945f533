import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { spokenCode } from '#platform/link/proof.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aPerson } from '#test/people.ts'
import { aSentOnward, anInbox, onwardLink } from '#test/people/onward.ts'
import { listOnwardOf } from './store.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

/** Somebody who was passed on, and whose record was then found to be of the same person as another that is kept. */
async function passedOnAndMerged() {
  const sent = await aSentOnward(app, { name: `Debt advice ${newId().slice(-6)}` })
  const kept = await aPerson(app)
  await app.owner.query('update people.person set merged_into = $1 where id = $2', [kept, sent.person])
  return { ...sent, kept }
}

const eventsOf = async (onward: string, person: string) =>
  (await app.inArea('north', (db) => listOnwardOf(db, 'north', [person])))
    .find(({ id }) => id === onward)
    ?.events.map(({ kind, witness }) => `${kind} by ${witness}`)

describe('An onward referral of a record that was merged', () => {
  it('stands on the record that is kept, for the coach and on the person’s own pages', async () => {
    const { kept, onward } = await passedOnAndMerged()
    const coach = await app.as(app.cast.coach)
    const list = await coach.open(`/people/${kept}/onward`)
    const own = await app.asParticipant(kept)

    expect(list.html).toContain(`/onward/${onward}`)
    expect((await coach.open(`/onward/${onward}`)).status).toBe(200)
    expect((await own.open('/my/services')).html).toContain(`/my/services/${onward}`)
    expect((await own.open(`/my/services/${onward}`)).status).toBe(200)
  })

  it('is answered by the link and in the inbox, and by the person, as before', async () => {
    const { kept, person, onward, service } = await passedOnAndMerged()
    await anInbox(app, service)
    const inbox = await (await app.as(app.cast.serviceWorker)).open('/inbox')
    const link = await onwardLink(app, onward)
    const visitor = app.visitor()
    await visitor.open(link)
    const page = await visitor.send(link, { code: spokenCode(app.settings.secret, onward) })
    const proof = /name="proof" value="([^"]+)"/.exec(page.html)?.[1] ?? ''
    await visitor.send(link, { proof, id: newId(), said: 'accepted', byName: 'Dee Desk' })
    const own = await app.asParticipant(kept)
    await own.send(`/my/services/${onward}/help`, { id: newId(), answer: 'helped', note: '' })

    expect(inbox.html).toContain(`/inbox/${onward}`)
    expect(await eventsOf(onward, person)).toEqual(
      expect.arrayContaining(['accepted by service', 'said by person', 'started by person']),
    )
  })

  it('is stopped by the person on the record that is kept, and its link closes', async () => {
    const { kept, person, onward } = await passedOnAndMerged()
    const link = await onwardLink(app, onward)
    await (await app.asParticipant(kept)).send(`/my/services/${onward}/withdrawal`, { id: newId() })
    await app.work()

    expect(await eventsOf(onward, person)).toContain('withdrawn by person')
    expect((await app.visitor().open(link)).status).toBe(410)
  })
})
