import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aService } from '#test/people/services.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const partsOf = async (service: string) => {
  const { rows } = await app.owner.query<{ owner: string; location: string; version: number }>(
    `select service.owner, service.version, at.location from services.service left join services.at_location as at
      on at.area = service.area and at.service = service.id where service.id = $1`,
    [service],
  )
  return rows[0] ?? { owner: '', location: '', version: 0 }
}

const trust = { name: 'Riverside Trust', about: '', url: '', email: '', contact: '' }

describe('Who runs services', () => {
  it('is changed at once by whoever decides, for all of its services, and everything that was said stays to be read', async () => {
    const service = await aService(app, { name: 'Warm lunches', runBy: 'Lunch club' })
    const { owner } = await partsOf(service)
    const manager = await app.as(app.cast.manager)
    const at = `/services/owners/${owner}`
    const wrong = await manager.send(`${at}/change`, { ...trust, id: newId(), version: '1', url: 'lunch', email: 'no' })
    const said = { name: 'Lunch and supper club', contact: 'Cook, 01632 960001', note: 'Their new name' }
    const seen = await manager.sendAndFollow(`${at}/change`, { ...trust, ...said, id: newId(), version: '1' })

    expect([wrong.status, wrong.html.includes('href="#url"'), wrong.html.includes('href="#email"')]).toEqual([
      422,
      true,
      true,
    ])
    expect(seen.text).toMatch(/Lunch and supper club.*Changed: Name, Whom to ask for.*Their new name/)
    expect((await manager.open('/services?words=supper')).text).toContain('Warm lunches')
    expect((await manager.open('/services/owners?words=lunch')).text).toContain('Lunch and supper club')
    const back = await manager.sendAndFollow(`${at}/versions/1/return`, { reason: 'They took it back', version: '2' })
    expect(back.text).toMatch(/Lunch club.*Back to version 1: They took it back/)
  })

  it('is proposed by a coach, and stands once somebody accepts it, with what was changed meanwhile', async () => {
    const service = await aService(app, { at: {}, runBy: 'Proposed trust' })
    const { location } = await partsOf(service)
    const [coach, manager] = [await app.as(app.cast.coach), await app.as(app.cast.manager)]
    const at = `/services/locations/${location}`
    const hall = {
      name: 'Riverside Hall',
      address: '1 High Street',
      town: 'Riverton',
      postcode: 'ZA1 1ZZ',
      access: 'step-free',
    }
    const proposed = { ...hall, id: newId(), version: '1', accessWords: 'Ring the bell', note: 'I was there' }
    expect((await coach.sendAndFollow(`${at}/change`, proposed)).text).toContain('Your proposal was sent')
    await manager.send(`${at}/change`, { ...hall, id: newId(), version: '1', county: 'Kent', postcode: 'za1 1zz' })
    const list = await manager.open('/services/proposals')
    expect(list.text).toMatch(/Riverside Hall.*A change to a location.*I was there/)
    const page = /href="(\/services\/proposals\/[0-9a-f-]{36})">Riverside Hall/.exec(list.html)?.[1] ?? ''
    expect((await manager.open(page)).text).toContain('Ring the bell')
    expect((await coach.send(`${page}/decision`, { answer: 'yes', version: '2' })).status).toBe(403)
    const accepted = await manager.sendAndFollow(`${page}/decision`, { answer: 'yes', version: '2' })

    expect(accepted.text).toMatch(/Riverside Hall.*Kent.*Ring the bell/)
    expect((await coach.open(`/services/${service}`)).text).toContain('Ring the bell')
    expect((await coach.open(`${at}/joining`)).status).toBe(403)
  })

  it('is joined with another that is the same: the services go over, and nothing that was said is lost', async () => {
    const [first, second] = [
      await aService(app, { name: 'First of two', at: { name: 'Old hall' }, runBy: 'Twice trust' }),
      await aService(app, { name: 'Second of two', at: { name: 'Old hall' }, runBy: 'Twice trust ltd' }),
    ]
    const [kept, gone] = [await partsOf(first), await partsOf(second)]
    const manager = await app.as(app.cast.manager)
    const owners = `/services/owners/${gone.owner}/joining`
    expect((await manager.open(owners)).text).toContain('It gets the one service of this one')
    expect((await manager.send(owners, { kept: gone.owner, version: '1' })).status).toBe(422)
    const joined = await manager.sendAndFollow(owners, { kept: kept.owner, version: '1', note: 'Same charity number' })
    await manager.send(`/services/locations/${gone.location}/joining`, { kept: kept.location, version: '1' })

    expect(joined.text).toMatch(/Twice trust.*First of two.*Second of two/)
    expect(await partsOf(second)).toEqual({ owner: kept.owner, location: kept.location, version: 3 })
    expect((await manager.open(`/services/owners/${gone.owner}`)).text).toMatch(
      /It is the same as Twice trust.*Joined with Twice trust. Same charity number/,
    )
    expect((await manager.open('/services/owners?words=twice')).text).not.toContain('Twice trust ltd')
    expect((await manager.open(`/services/${second}/history`)).text).toContain('Twice trust ltd')
    expect((await manager.open(`/services/owners/${gone.owner}/change`)).status).toBe(404)
  })
})

describe('A location that is joined with another', () => {
  it('leaves to it what only it says, how to get in above all, and that it keeps somebody safe', async () => {
    const [first, second] = [
      await aService(app, { name: 'Third of two', at: { name: 'Twin hall', access: ['lift'], accessWords: null } }),
      await aService(app, {
        name: 'Fourth of two',
        at: { name: 'Twin hall', access: ['step-free'], accessWords: 'Ring the bell', staffOnly: true },
      }),
    ]
    const [kept, gone] = [await partsOf(first), await partsOf(second)]
    const manager = await app.as(app.cast.manager)
    await manager.send(`/services/locations/${gone.location}/joining`, { kept: kept.location, version: '1' })
    const page = await manager.open(`/services/locations/${kept.location}`)

    expect(page.text).toMatch(/lift/i)
    expect(page.text).toMatch(/step-free/i)
    expect(page.text).toMatch(/Ring the bell.*Shown to staff only Yes/)
  })
})

describe('A service', () => {
  it('says again what it said in an earlier version, with the reason, and what it said between stays', async () => {
    const service = await aService(app, { name: 'Back and forth', waitWeeks: 2 })
    const manager = await app.as(app.cast.manager)
    await manager.send(`/services/${service}/standing`, { what: 'close', notice: 'A mistake', version: '1' })
    const history = await manager.open(`/services/${service}/history`)
    const page = `/services/${service}/versions/1/return`
    expect(history.html).toContain(`href="${page}"`)
    expect((await manager.open(page)).text).toMatch(/Notice.*A mistake/)
    expect((await manager.send(page, { reason: '', version: '2' })).status).toBe(422)
    const back = await manager.sendAndFollow(page, { reason: 'Closed by mistake', version: '2' })

    expect(back.text).toMatch(/Back to version 1: Closed by mistake.*A mistake/)
    expect((await manager.open(`/services/${service}`)).text).not.toContain('Closed: nobody can be referred')
    expect((await manager.open(`/services/${service}/versions/9/return`)).status).toBe(404)
    expect((await (await app.as(app.cast.coach)).open(page)).status).toBe(403)
  })
})
