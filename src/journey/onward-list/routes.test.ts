import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { aSentOnward } from '#test/people/onward.ts'
import { countInWords, whoIsCounted } from './rules.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

describe('The list of everybody who was passed on', () => {
  it('shows a coach the people of their own caseload, and who leads them all of the organisation', async () => {
    await aSentOnward(app)
    const listOf = async (who: keyof TestApp['cast']) => (await (await app.as(app.cast[who])).open('/onward')).text

    expect(await listOf('coach')).toMatch(/Waiting on services.*People who wait.*1 onward referral /)
    expect(await listOf('seniorCoach')).toContain('1 onward referral ')
    expect(await listOf('otherCoach')).toMatch(/Nobody waits for a service now.*0 onward referrals/)
  })

  it('says how many there are behind its last page too', async () => {
    const page = await (await app.as(app.cast.coach)).open('/onward?page=3')

    expect(page.text).toMatch(/1 onward referral .*Nobody fits/)
  })

  it('counts no further than five hundred, and of those who wait the ones who have waited longest', () => {
    expect([0, 1, 500, 501].map(countInWords)).toEqual([
      '0 onward referrals',
      '1 onward referral',
      '500 onward referrals',
      'More than 500 onward referrals, the newest first',
    ])
    expect(whoIsCounted([{ people: 200 }, { people: 299 }])).toBeUndefined()
    expect(whoIsCounted([{ people: 200 }, { people: 300 }])).toBe(
      'Only the 500 people who have waited longest are counted here.',
    )
  })
})
