import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { aHandedLink } from '#test/people/handed-link.ts'
import { aReferral } from '#test/people/referral.ts'
import { aService } from '#test/people/services.ts'

let app: TestApp
const services: Record<string, string> = {}
beforeAll(async () => {
  app = await startApp()
  app.clock.set('2026-01-05T10:00:00Z')
  services['debt'] = await aService(app, { name: 'Keel debt advice' })
  services['housing'] = await aService(app, { name: 'Mast housing' })
  const first = await referredBy('debt')
  for (const from of ['debt', 'debt', 'housing']) await referredBy(from)
  await app.owner.query(
    `update episode.standing set accepted_at = $2, started_at = $2, stage = 'active'
     where episode = (select episode from referral.referral where id = $1)`,
    [first, '2026-01-05T11:00:00Z'],
  )
  await aReferral(app)
})
afterAll(() => app.close())

async function referredBy(from: string): Promise<string> {
  const { id: referral } = await aReferral(app)
  await app.owner.query('update referral.referral set from_listing = $2 where id = $1', [referral, services[from]])
  return referral
}

describe('Services that refer in', () => {
  it('are read by whoever runs the service, with how many and what became of them', async () => {
    const manager = await app.as(app.cast.manager)
    const page = await manager.open('/referring-services')
    const before = await manager.open('/referring-services?quarter=2025-4')

    expect(page.text).toMatch(/Keel debt advice 3 2 0 1 0 Mast housing 1 1 0 0 0 All services 4 3 0 1 0/)
    expect(page.html).toContain(`/services/${services['debt']}/figures`)
    expect(page.text).toContain('This quarter is not over')
    expect(before.text).toContain('No service referred anybody in October to December 2025')
    expect((await manager.open('/referring-services?quarter=2019-1')).status).toBe(404)
    expect((await manager.open('/more')).html).toContain('href="/referring-services"')
  })

  it('are a file with the same numbers, in which nobody is named', async () => {
    const manager = await app.as(app.cast.manager)
    const [page, file] = [await manager.open('/referring-services'), await manager.open('/referring-services.csv')]

    expect(page.html).toContain('href="/referring-services.csv?quarter=2026-1"')
    expect(file.html).toContain('2026-1,north,all,,,4,3,0,1,0,exact')
    expect(file.html).toContain(`2026-1,north,service,${services['debt']},Keel debt advice,3,2,0,1,0,exact`)
    expect(file.html).not.toContain('Marsh')
    expect((await manager.open('/referring-services.csv?quarter=2019-1')).status).toBe(404)
  })

  it('have beside them the organisations by whose link people came', async () => {
    const [{ id: link }, { id: referral }] = [await aHandedLink(app), await aReferral(app)]
    await app.owner.query('update referral.referral set by_link = $2 where id = $1', [referral, link])
    const page = await (await app.as(app.cast.manager)).open('/referring-services')
    const lead = await (await app.as(app.cast.areaLead)).open('/referring-services')

    expect(page.text).toMatch(
      /By a link that somebody handed over .* Park Surgery north 1 1 0 0 0 All organisations 1 1 0 0 0/,
    )
    expect(lead.text).not.toContain('Park Surgery')
  })

  it('lead from how a service answers referrals to whom it refers', async () => {
    const page = await (await app.as(app.cast.manager)).open(`/services/${services['debt']}/figures`)

    expect(page.html).toContain('href="/referring-services"')
  })

  it('are hidden where they are few from whoever sees numbers and no people', async () => {
    const page = await (await app.as(app.cast.areaLead)).open('/referring-services')

    expect(page.text).toContain('These are too few to be told of')
    expect(page.text).not.toContain('Keel debt advice')
    const file = await (await app.as(app.cast.areaLead)).open('/referring-services.csv')
    expect(file.html).toMatch(/all,,,\*(?:,\*)+,under-5\s*$/)
    expect(file.html).not.toContain('Keel debt advice')
  })

  it('are for nobody else, and of another organisation for its own people alone', async () => {
    for (const path of ['/referring-services', '/referring-services.csv'])
      expect((await (await app.as(app.cast.coach)).open(path)).status).toBe(403)
    for (const part of ['providerManager', 'managerElsewhere'] as const)
      expect((await (await app.as(app.cast[part])).open('/referring-services')).text).toContain(
        'No service referred anybody',
      )
  })
})
