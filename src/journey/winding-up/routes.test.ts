import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { anEpisode } from '#test/people/episode.ts'
import { aWindingUp, windsUp } from '#test/people/winding-up.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const page = () => `/organisations/${app.cast.providerManager.organisation}/winding-up`
const organisation = async () =>
  (
    await app.owner.query('select until_on::text, no_new_from::text from organisations.organisation where id = $1', [
      app.cast.providerManager.organisation,
    ])
  ).rows[0]

describe('An organisation that ends', () => {
  it('is said with what comes of it, and a reason, a day to come and somebody who keeps its records', async () => {
    await anEpisode(app, { coach: app.cast.providerCoach })
    const manager = await app.as(app.cast.providerManager)
    const form = await manager.open(page())
    const past = await manager.send(page(), windsUp(app, { 'endsOn-year': '2025' }))
    const unexplained = await manager.send(page(), windsUp(app, { reason: 'other' }))
    const itself = await manager.send(page(), windsUp(app, { keeper: app.cast.providerManager.organisation }))

    expect(form.text).toContain('1 person who is with it now')
    expect(form.text).toContain('Its 2 members lose access')
    for (const { status } of [past, unexplained, itself]) expect(status).toBe(422)
    expect(past.text).toContain('Enter a day after today')
    expect(itself.text).toContain('Choose who keeps the records')
    expect(await organisation()).toEqual({ until_on: null, no_new_from: null })
  })

  it('cannot be the one to which new referrals still come', async () => {
    const manager = await app.as(app.cast.manager)
    const { organisation: own } = app.cast.manager
    const fields = windsUp(app, { keeper: app.cast.providerManager.organisation })
    const refused = await manager.send(`/organisations/${own}/winding-up`, fields)

    expect(refused.status).toBe(422)
    expect(refused.text).toContain('New referrals still come to this organisation')
  })

  it('takes nobody new, is no place to hand over to, and can be taken back until its day', async () => {
    const { episode } = await anEpisode(app)
    const notice = await aWindingUp(app)
    const manager = await app.as(app.cast.manager)
    const second = app.cast.providerManager.organisation
    expect(await organisation()).toEqual({ until_on: '2026-01-31', no_new_from: '2026-01-05' })
    expect((await manager.open(`/episodes/${episode}/handover`)).html).not.toContain(second)
    expect((await manager.open('/winding-up')).text).toContain('Second Provider north')
    const own = await app.as(app.cast.providerManager)
    expect((await own.send(`/winding-up/${notice}/withdrawal`)).status).toBe(422)
    await own.send(`/winding-up/${notice}/withdrawal`, { because: 'The contract was extended' })

    const back = (await own.open(`/winding-up/${notice}`)).text
    expect(back).toContain('Was to end 31 January 2026')
    expect(back).not.toMatch(/Ends Saturday|Takes nobody new from|until 31 January/)
    expect(await organisation()).toEqual({ until_on: null, no_new_from: null })
    expect((await manager.open(`/episodes/${episode}/handover`)).html).toContain(second)
    app.clock.set('2026-02-02T10:00:00Z')
    await app.work()
    expect((await (await app.as(app.cast.providerManager)).open('/board')).status).toBe(200)
    app.clock.set('2026-01-05T10:00:00Z')
  })

  it('is said by its own and by whoever runs the area, and known to nobody else', async () => {
    const notice = await aWindingUp(app)
    const { administrator, systemAdministrator, manager } = app.cast
    const foreign = await (await app.as(administrator)).open(page())
    const missing = await (await app.as(administrator)).open(page().replace(/[0-9a-f-]{36}/, crypto.randomUUID()))
    const keeper = await (await app.as(manager)).send(`/winding-up/${notice}/withdrawal`, { because: 'No' })
    const again = await (await app.as(systemAdministrator)).open(page())

    expect([foreign.status, foreign.text]).toEqual([missing.status, missing.text])
    expect(keeper.status).toBe(404)
    expect(again.location).toBe(`/winding-up/${notice}`)
  })
})
