import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayOf } from '#platform/dates.ts'
import { issueLink } from '#platform/link/links.ts'
import { recordDeath } from '#registers/people/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aPerson } from '#test/people.ts'
import { aReferral } from '#test/people/referral.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const aLink = (person: string, subject: string) =>
  app.inArea('north', (db) =>
    issueLink(db, {
      ...{ area: 'north', purpose: 'come-back', person, subject, allowedBy: 'asked-for', by: null, now: app.clock.now },
      expiresAt: app.clock.now.add({ hours: 24 }),
    }),
  )

describe('Somebody who comes back by their link', () => {
  it('sees their reference and what happens next, and nothing about themselves', async () => {
    const { id, person, reference } = await aReferral(app, { answers: { reason: 'My back hurts' } })

    const seen = await app.visitor().open(await aLink(person, id))

    expect(seen.text).toContain(`Your reference is ${reference}`)
    expect(seen.text).toContain('try to reach you by 7 January 2026')
    expect(seen.text).toContain('01632 960001')
    expect(seen.html).toContain('href="/in/north/support-near-you"')
    expect(seen.text).not.toMatch(/Robin|Marsh|back hurts/)
    const { rows } = await app.owner.query(`select what from journal.entry where person = $1`, [person])
    expect(rows).toContainEqual({ what: 'link.opened' })
  })

  it('finds the link closed once the person has died, at once', async () => {
    const { id, person } = await aReferral(app)
    const link = await aLink(person, id)
    await app.inArea('north', (db) => recordDeath(db, 'north', person, { on: dayOf(app.clock.now), dayKnown: true }))

    expect((await app.visitor().open(link)).text).toContain('no longer in use')
  })

  it('sees nothing of a request that is not theirs', async () => {
    const { id } = await aReferral(app)

    expect((await app.visitor().open(await aLink(await aPerson(app), id))).status).toBe(404)
  })
})
