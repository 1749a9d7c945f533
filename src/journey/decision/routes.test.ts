import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { findOpenEpisode, recordStep } from '#journey/episode/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { allIsWell, answered, servedGround } from '#test/people/eligibility.ts'
import { aReferral } from '#test/people/referral.ts'
import { listDecisions } from './store.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
  await servedGround(app, { board: 'QWO' })
})
afterAll(() => app.close())

const handover = (toldBy: string): Fields => ({
  ...{ decision: 'not-eligible', reason: 'They moved away', whereTo: 'Careers advice in Bradford', toldBy },
  ...{ toldHow: 'telephone', 'toldOn-day': '5', 'toldOn-month': '1', 'toldOn-year': '2026' },
})

async function decide(referral: string, fields: Fields) {
  const browser = await app.as(app.cast.administrator)
  return browser.sendAndFollow(`/referrals/${referral}/decision`, { id: newId(), ...fields })
}

async function stageOf(person: string) {
  const { rows } = await app.owner.query<{ stage: string; ended_as: string | null }>(
    'select stage, ended_as from episode.standing where person = $1',
    [person],
  )
  return rows[0]
}

describe('Deciding about a referral', () => {
  it('shows each rule with its reason, and asks for what is missing', async () => {
    const { id } = await aReferral(app)
    const seen = await (await app.as(app.cast.administrator)).open(`/referrals/${id}/eligibility`)

    expect(seen.text).toContain('Needs a look')
    expect(seen.text).toContain('They are 44. We support people aged 16 and over.')
    expect(seen.text).toContain('They have not been asked whether health affects their work.')
    expect(seen.text).toContain('Are they allowed to work in the UK?')
    expect(seen.text).not.toMatch(/benefits? (claim|status)/i)
  })

  it('says eligible once what was missing is answered', async () => {
    const { id } = await aReferral(app)
    const browser = await app.as(app.cast.administrator)
    const seen = await browser.sendAndFollow(`/referrals/${id}/answers`, { id: newId(), ...allIsWell })

    expect(seen.text).toContain('The rules say: Eligible')
    expect(seen.text).toContain('Their GP practice is in the area, as they told us.')
  })

  it('accepts somebody, after which they wait for a coach', async () => {
    const { id, person } = await aReferral(app)
    await answered(app, id, allIsWell)
    const seen = await decide(id, { decision: 'accepted' })

    expect(seen.text).toContain('Accepted')
    expect(await stageOf(person)).toEqual({ stage: 'accepted', ended_as: null })
  })

  it('wants a reason before it goes against the rules', async () => {
    const { id, person } = await aReferral(app)
    const refused = await decide(id, { decision: 'accepted' })
    const accepted = await decide(id, { decision: 'accepted', reason: 'They will bring their letter' })

    expect(refused.status).toBe(422)
    expect(refused.text).toContain('Say why you accept')
    expect(accepted.text).toContain('They will bring their letter')
    expect((await stageOf(person))?.stage).toBe('accepted')
  })

  it('turns nobody away without a place to go', async () => {
    const { id, person } = await aReferral(app)
    const refused = await decide(id, { decision: 'not-eligible', reason: 'They moved away' })

    expect(refused.status).toBe(422)
    expect(refused.text).toContain('Say where they can get help instead')
    expect(refused.text).not.toContain('Choose who told them')
    expect((await stageOf(person))?.stage).toBe('received')
  })

  it('keeps where somebody was helped on to, who told them, how and when', async () => {
    const { id, person } = await aReferral(app)
    const seen = await decide(id, handover(app.cast.coach.membership))

    expect(seen.text).toContain('Careers advice in Bradford')
    expect(seen.text).toContain('Carol Coach, by telephone, 5 January 2026')
    expect(await stageOf(person)).toEqual({ stage: 'ended', ended_as: 'not-eligible' })
  })

  it('notes that somebody does not want support', async () => {
    const { id, person } = await aReferral(app)
    await decide(id, { decision: 'declined' })

    expect(await stageOf(person)).toEqual({ stage: 'ended', ended_as: 'declined' })
  })

  it('makes one decision of a form that is sent twice', async () => {
    const { id, person } = await aReferral(app)
    await answered(app, id, allIsWell)
    const form = { id: newId(), decision: 'accepted' }
    await decide(id, form)
    const again = await decide(id, form)

    const episode = await app.inArea('north', (db) => findOpenEpisode(db, 'north', person))
    const made = await app.inArea('north', (db) => listDecisions(db, 'north', episode ?? ''))
    expect(again.status).toBe(200)
    expect(made).toHaveLength(1)
  })

  it('tells who comes second what was decided meanwhile', async () => {
    const { id } = await aReferral(app)
    await decide(id, { decision: 'declined' })
    const second = await decide(id, { decision: 'accepted', reason: 'They rang again' })

    expect(second.status).toBe(422)
    expect(second.text).toContain('Somebody else has decided meanwhile')
    expect(second.text).toContain('They did not want support')
  })

  it('takes a decision back with a reason, and keeps both', async () => {
    const { id, person } = await aReferral(app)
    await decide(id, handover(app.cast.coach.membership))
    const browser = await app.as(app.cast.administrator)
    const page = await browser.open(`/referrals/${id}/eligibility`)
    const decision = /name="decision" value="([^"]+)"/.exec(page.html)?.[1] ?? ''
    const seen = await browser.sendAndFollow(`/referrals/${id}/decision/withdrawal`, {
      decision,
      withdrawalReason: 'They have not moved after all',
    })

    expect(seen.text).toContain('Decisions taken back')
    expect(seen.text).toContain('They have not moved after all')
    expect((await stageOf(person))?.stage).toBe('received')
  })

  it('cannot be taken back once something else has happened', async () => {
    const { id, person } = await aReferral(app)
    await answered(app, id, allIsWell)
    await decide(id, { decision: 'accepted' })
    const browser = await app.as(app.cast.administrator)
    const page = await browser.open(`/referrals/${id}/eligibility`)
    const decision = /name="decision" value="([^"]+)"/.exec(page.html)?.[1] ?? ''
    await app.inArea('north', async (db) => {
      const episode = (await findOpenEpisode(db, 'north', person)) ?? ''
      await recordStep(db, { area: 'north', episode, step: { kind: 'tried' }, at: app.clock.now, by: null })
    })
    const refused = await browser.send(`/referrals/${id}/decision/withdrawal`, { decision, withdrawalReason: 'A slip' })

    expect(refused.status).toBe(422)
    expect(refused.text).toContain('Something else has happened since')
  })

  it.each(['coachElsewhere', 'providerCoach'] as const)('is not there for a %s', async (part) => {
    const { id } = await aReferral(app)
    const browser = await app.as(app.cast[part])
    const foreign = await browser.open(`/referrals/${id}/eligibility`)
    const missing = await browser.open(`/referrals/${newId()}/eligibility`)
    const sent = await browser.send(`/referrals/${id}/decision`, { id: newId(), decision: 'declined' })

    expect([foreign.status, foreign.text]).toEqual([missing.status, missing.text])
    expect(sent.status).toBe(404)
  })

  it('is not for a clinician or an area lead', async () => {
    const { id } = await aReferral(app)
    const seen = [app.cast.clinician, app.cast.areaLead].map(async (member) =>
      (await app.as(member)).open(`/referrals/${id}/eligibility`),
    )

    expect((await Promise.all(seen)).map(({ status }) => status)).toEqual([403, 403])
  })
})
