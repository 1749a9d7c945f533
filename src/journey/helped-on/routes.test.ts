import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'
import { aReferral } from '#test/people/referral.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

/** Somebody who is not eligible, and whom nobody has told yet where they get help instead. */
async function somebodyUntold(familyName: string) {
  const referral = await aReferral(app, { person: { familyName } })
  const administrator = await app.as(app.cast.administrator)
  const fields = { id: newId(), decision: 'not-eligible', reason: 'Moved away', whereTo: 'Careers advice in Bradford' }
  const decided = await administrator.sendAndFollow(`/referrals/${referral.id}/decision`, fields)
  return { ...referral, administrator, decided, path: `/referrals/${referral.id}/telling` }
}

const told = ({ membership }: Member) => ({
  ...{ toldBy: membership, toldHow: 'telephone' },
  ...{ 'toldOn-day': '5', 'toldOn-month': '1', 'toldOn-year': '2026' },
})

describe('Somebody who is not eligible', () => {
  it('is decided about before they are told, and stands on a list until somebody has told them', async () => {
    const { administrator, decided, path } = await somebodyUntold('Untold')
    const referrals = await administrator.open('/referrals')
    const list = await administrator.open('/referrals/to-tell')
    const seen = await administrator.sendAndFollow(path, told(app.cast.coach))
    const after = await administrator.open('/referrals/to-tell')

    expect(decided.text).toContain('Told by They have not been told yet')
    expect(decided.html).toContain(`href="${path}"`)
    expect(referrals.text).toContain('1 not eligible, to be told')
    expect(list.text).toMatch(/Untold Careers advice in Bradford Today 10:00 Record that they were told/)
    expect(seen.text).toContain('Told by Carol Coach, by telephone, 5 January 2026')
    expect(after.text).toContain('Whoever is found not eligible appears here')
    expect((await administrator.open('/referrals')).text).not.toContain('to be told')
  })

  it('is told on a real day, by somebody of the team, once', async () => {
    const { administrator, path } = await somebodyUntold('Asked')
    const empty = await administrator.send(path, {})
    const early = await administrator.send(path, { ...told(app.cast.coach), 'toldOn-day': '4' })
    const stranger = await administrator.send(path, told(app.cast.coachElsewhere))
    await administrator.send(path, told(app.cast.coach))

    expect(empty.text).toContain('Choose who told them')
    expect(empty.text).toContain('Select how they were told')
    expect(early.text).toContain('the day cannot be before that')
    expect(stranger.text).toContain('Choose who told them from the list')
    expect([empty.status, early.status, stranger.status]).toEqual([422, 422, 422])
    expect((await administrator.send(path, told(app.cast.otherCoach))).status).toBe(404)
  })

  it('stands on the list no longer once the decision is taken back', async () => {
    const { administrator, decided, id } = await somebodyUntold('Taken')
    const decision = /name="decision" value="([^"]+)"/.exec(decided.html)?.[1] ?? ''
    await administrator.send(`/referrals/${id}/decision/withdrawal`, { decision, withdrawalReason: 'A slip' })

    expect((await administrator.open('/referrals/to-tell')).text).not.toContain('Taken')
  })

  it.each(['providerCoach', 'coachElsewhere'] as const)('is not there for a %s', async (part) => {
    const { path } = await somebodyUntold('Hidden')
    const browser = await app.as(app.cast[part])
    const [foreign, absent] = [await browser.open(path), await browser.open(`/referrals/${newId()}/telling`)]

    expect([foreign.status, foreign.text]).toEqual([404, absent.text])
    expect((await browser.send(path, told(app.cast.coach))).status).toBe(404)
    expect((await browser.open('/referrals/to-tell')).status).toBe(403)
  })

  it('of another organisation is on nobody else’s list', async () => {
    await somebodyUntold('Ours')

    for (const part of ['providerManager', 'managerElsewhere'] as const)
      expect((await (await app.as(app.cast[part])).open('/referrals/to-tell')).text).not.toContain('Ours')
  })
})
