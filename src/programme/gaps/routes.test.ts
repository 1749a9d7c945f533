import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { saveMissing } from '#journey/gap/store.ts'
import { recordEvent } from '#journey/onward/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aSentOnward } from '#test/people/onward.ts'
import { aConversation, aDraftedPlan } from '#test/people/plan.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
  app.clock.set('2026-01-05T10:00:00Z')
  const one = await lacking('transport')
  await lacking('transport', 'E08000035')
  await app.owner.query(`update people.person set restricted = true where id = $1`, [one])
  const { onward, person, episode, coach } = await aSentOnward(app)
  await aConversation(app, { person, episode, coach }, { barriers: ['money'], workAbility: '4' })
  await app.owner.query(`update people.person set postcode = 'LS1 4AP' where id = $1`, [person])
  const declined = { area: 'north', id: newId(), referral: onward, kind: 'declined', witness: 'service' } as const
  await app.inArea('north', (db) => recordEvent(db, { ...declined, reason: 'full', at: app.clock.now }))
})
afterAll(() => app.close())

async function lacking(need: string, council: string | null = null): Promise<string> {
  const { person, episode, coach } = await aDraftedPlan(app)
  await app.owner.query(`update people.person set council = $2 where id = $1`, [person, council])
  const said = { area: 'north', id: newId(), episode, person, need, by: coach.membership, at: app.clock.now }
  await app.inArea('north', (db) => saveMissing(db, { ...said, seenBy: 'coach' }))
  return person
}

describe('Needs without a service', () => {
  it('are read by whoever runs the service, by need and place, with where each count comes from', async () => {
    const manager = await app.as(app.cast.manager)
    const page = await manager.open('/gaps')
    const leeds = await manager.open('/gaps?quarter=2026-1&place=E08000035')
    const before = await manager.open('/gaps?quarter=2025-4')

    expect(page.text).toMatch(/3 needs of people had no service/)
    expect(page.text).toMatch(/Getting there: transport 2 Money or debt 1/)
    expect(page.text).toMatch(/Leeds 1/)
    expect(page.text).toMatch(/LS1 1/)
    expect(page.text).toMatch(/Not known 1/)
    expect(page.text).toMatch(/A coach said that there is nothing 2 .*A service had no places, or gives it no more 1/)
    expect(page.text).toContain('An onward referral that was declined because there are no places')
    expect(leeds.text).toMatch(/By need: Leeds alone.*Getting there: transport 1 .*By place/)
    expect(before.text).toContain('No need without a service in October to December 2025')
    expect((await manager.open('/gaps?quarter=2019-1')).status).toBe(404)
  })

  it('are a file with the same numbers, in which nobody is named', async () => {
    const file = await (await app.as(app.cast.manager)).open('/gaps.csv?quarter=2026-1')

    expect(file.html).toContain('quarter,area,group,need,place,way,number,rule')
    expect(file.html).toMatch(/2026-1,north,all,,,,3,exact/)
    expect(file.html).toMatch(/place-and-need,Getting there: transport,Leeds,,1,exact/)
    expect(file.html).not.toContain('Marsh')
  })

  it('are hidden where they are few from whoever sees numbers and no people', async () => {
    const lead = await app.as(app.cast.areaLead)
    const [page, file] = [await lead.open('/gaps'), await lead.open('/gaps.csv')]

    expect(page.text).toContain('These are too few to be told of')
    expect(file.html).not.toMatch(/,[1-4],under-5/)
    expect(file.html).toContain('all,,,,*,under-5')
  })

  it('are for nobody else, and of another organisation for its own alone', async () => {
    expect((await (await app.as(app.cast.coach)).open('/gaps')).status).toBe(403)
    for (const part of ['providerManager', 'managerElsewhere'] as const)
      expect((await (await app.as(app.cast[part])).open('/gaps?quarter=2026-1')).text).toContain(
        'No need without a service',
      )
  })
})
