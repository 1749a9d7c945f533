import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const from = { 'from-day': '1', 'from-month': '1', 'from-year': '2026' }

describe('Organisations', () => {
  it('are added with what they are for the records they hold', async () => {
    const administrator = await app.as(app.cast.administrator)
    const form = { ...from, name: 'Harbour Advice', kind: 'voluntary', data_role: 'none', version: '0' }
    const list = await administrator.sendAndFollow(`/organisations/${randomUUIDv7()}`, form)

    expect(list.text).toContain('Harbour Advice')
    expect(list.text).toContain('Holds no records')
  })

  it('have the code of the health service as it is written, or none', async () => {
    const administrator = await app.as(app.cast.administrator)
    const path = `/organisations/${randomUUIDv7()}`
    const form = { ...from, name: 'Hill Surgery', kind: 'practice', data_role: 'none', version: '0' }
    const wrong = await administrator.send(path, { ...form, ods_code: 'b 83!' })

    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('Enter an ODS code')])
    expect((await administrator.sendAndFollow(path, { ...form, ods_code: ' b8 3001 ' })).text).toContain('B83001')
  })

  it('are shown as they are now, unless another time is chosen', async () => {
    const { html } = await (await app.as(app.cast.administrator)).open('/organisations')
    const times = /<select[^>]*name="when".*?<\/select>/s.exec(html)?.[0] ?? ''

    expect([...times.matchAll(/<option value="([^"]*)"/g)].map(([, value]) => value)).toEqual([
      'now',
      'to-come',
      'ended',
    ])
  })

  it('are not seen from another area', async () => {
    const elsewhere = await app.as(app.cast.managerElsewhere)
    const foreign = await elsewhere.open(`/organisations/${app.cast.coach.organisation}`)
    const absent = await elsewhere.open(`/organisations/${randomUUIDv7()}`)

    expect([foreign.status, foreign.text]).toEqual([absent.status, absent.text])
    expect((await elsewhere.open('/organisations')).text).not.toContain('Lead Provider north')
  })

  it('that hold records are added by the system administrator only', async () => {
    const form = { ...from, name: 'Quay Support', kind: 'provider', data_role: 'processor', version: '0' }
    const path = `/organisations/${randomUUIDv7()}`
    const refused = await (await app.as(app.cast.manager)).send(path, form)

    expect(refused.status).toBe(422)
    expect(refused.text).toContain('Ask the system administrator to add an organisation that holds records')
    expect((await (await app.as(app.cast.systemAdministrator)).send(path, form)).status).toBe(303)
  })

  it('are changed by their own, who leave what they are for the records', async () => {
    const managing = await app.as(app.cast.providerManager)
    const own = `/organisations/${app.cast.providerManager.organisation}`
    const form = { ...from, name: 'Second Provider north', kind: 'provider', version: '1' }

    expect((await managing.send(own, { ...form, data_role: 'controller' })).status).toBe(422)
    expect((await managing.send(own, { ...form, data_role: 'processor', phone: '01632 960555' })).status).toBe(303)
  })

  it('of others that hold records are not found by a provider', async () => {
    const managing = await app.as(app.cast.providerManager)
    const other = `/organisations/${app.cast.manager.organisation}`
    const form = { ...from, name: 'Taken over', kind: 'provider', data_role: 'processor', version: '1' }
    const [foreign, absent] = [await managing.open(other), await managing.open(`/organisations/${randomUUIDv7()}`)]

    expect([foreign.status, foreign.text]).toEqual([404, absent.text])
    expect((await managing.send(other, form)).status).toBe(404)
    expect((await managing.open('/organisations')).html).not.toContain(other)
  })

  it('are names without links for who may change none of them', async () => {
    const { html, text } = await (await app.as(app.cast.areaLead)).open('/organisations')

    expect(text).toContain('Lead Provider north')
    expect(html).not.toContain('href="/organisations/')
  })

  it('that are to come or have left are shown apart, and can be corrected', async () => {
    const system = await app.as(app.cast.systemAdministrator)
    const path = `/organisations/${randomUUIDv7()}`
    const form = { ...from, name: 'Lighthouse Practice', kind: 'practice', data_role: 'none' }
    const listed = async (when: string) => (await system.open(`/organisations?when=${when}`)).text
    await system.send(path, { ...form, 'from-month': '6', version: '0' })

    expect(await listed('now')).not.toContain('Lighthouse Practice')
    expect(await listed('to-come')).toContain('Lighthouse Practice')
    const until = { 'until-day': '4', 'until-month': '1', 'until-year': '2026' }
    await system.send(path, { ...form, ...until, version: '1' })
    expect(await listed('ended')).toContain('Lighthouse Practice')
    expect((await system.send(path, { ...form, version: '2' })).status).toBe(303)
    expect(await listed('now')).toContain('Lighthouse Practice')
  })

  it('have each their own name, and a second of the same is told so', async () => {
    const system = await app.as(app.cast.systemAdministrator)
    const form = { ...from, name: 'lead provider NORTH', kind: 'voluntary', data_role: 'none', version: '0' }
    const sent = await system.send(`/organisations/${randomUUIDv7()}`, form)

    expect(sent.status).toBe(422)
    expect(sent.text).toContain('There is an organisation of this name here already')
  })
})
