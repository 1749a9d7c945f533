import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { aSentOnward } from '#test/people/onward.ts'
import { countInWords } from './rules.ts'

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

  it('counts no further than a thousand', () => {
    expect([0, 1, 1000, 1001].map(countInWords)).toEqual([
      '0 onward referrals',
      '1 onward referral',
      '1,000 onward referrals',
      'More than 1,000 onward referrals, the newest first',
    ])
  })
})
