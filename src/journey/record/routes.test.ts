import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { anEpisode, type Standing } from '#test/people/episode.ts'

let app: TestApp
let robin: Standing
beforeAll(async () => {
  app = await startApp()
  robin = await anEpisode(app, { givenName: '<b>Robin</b>', steps: [[{ kind: 'tried' }, 1]] })
})
afterAll(() => app.close())

describe('The record of a person', () => {
  it('tells the story, the newest first, and offers what can be done next', async () => {
    const seen = await (await app.as(app.cast.coach)).open(`/people/${robin.person}`)

    expect(seen.text).toMatch(/Tried to reach.*Carol Coach.*Accepted.*Referral received/)
    expect(seen.html).toContain(`/episodes/${robin.episode}/contacts/new`)
    expect(seen.html).not.toContain(`/episodes/${robin.episode}/completion`)
  })

  it('shows text that people gave as text, whatever is in it', async () => {
    const seen = await (await app.as(app.cast.coach)).open(`/people/${robin.person}`)

    expect(seen.html).toContain('&lt;b&gt;Robin&lt;/b&gt;')
    expect(seen.html).not.toContain('<b>Robin</b>')
  })

  it.each(['providerCoach', 'coachElsewhere', 'managerElsewhere'] as const)(
    'is for a %s as if it were not there',
    async (part) => {
      const browser = await app.as(app.cast[part])
      const foreign = await browser.open(`/people/${robin.person}`)
      const absent = await browser.open(`/people/${randomUUIDv7()}`)

      expect(foreign.status).toBe(404)
      expect([foreign.status, foreign.text]).toEqual([absent.status, absent.text])
    },
  )

  it.each(['areaLead', 'councilLead', 'jobcentrePartner', 'nationalTeam'] as const)(
    'is not for a %s at all',
    async (part) => {
      expect((await (await app.as(app.cast[part])).open(`/people/${robin.person}`)).status).toBe(403)
    },
  )

  it('is not opened without a trace', async () => {
    await (await app.as(app.cast.coach)).open(`/people/${robin.person}`)
    const { rows } = await app.owner.query(
      `select account, role, person from journal.entry where what = 'record.opened' order by id desc limit 1`,
    )

    expect(rows).toEqual([{ account: app.cast.coach.account, role: 'coach', person: robin.person }])
  })

  it('cannot be opened when the journal cannot be written', async () => {
    await app.owner.query('revoke insert on journal.entry from workwell_app')
    const seen = await (await app.as(app.cast.coach)).open(`/people/${robin.person}`)
    await app.owner.query('grant insert on journal.entry to workwell_app')

    expect(seen.status).toBe(500)
    expect(seen.text).not.toContain('Robin')
  })

  it('sends somebody who is not signed in to sign in first', async () => {
    const seen = await app.visitor().open(`/people/${robin.person}`)

    expect(seen.location).toBe(`/sign-in?to=${encodeURIComponent(`/people/${robin.person}`)}`)
  })
})
