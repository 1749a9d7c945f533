import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aService, moneyKind, withNationalServices } from '#test/people/services.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
  await withNationalServices(app)
})
afterAll(() => app.close())

const found = async (query: string) => {
  const { html } = await (
    await app.as(app.cast.coach)
  ).sendAndFollow('/services', Object.fromEntries(new URLSearchParams(query)))
  return Array.from(html.matchAll(/href="\/services\/[0-9a-f-]{36}">([^<]+)</g), ([, name]) => name)
}

describe('The directory', () => {
  it('has the national services from the first day, brought once', async () => {
    await withNationalServices(app)
    const { rows } = await app.owner.query(
      `select count(*)::integer as number from services.version where about = 'service'`,
    )
    const page = await (await app.as(app.cast.coach)).open('/services')

    expect(rows).toEqual([{ number: 40 }])
    expect(page.text).toContain('40 services')
  })

  it('finds by the beginnings of words, by other names and by who runs a service, those with it in their name first', async () => {
    expect(await found('words=debt')).toEqual(
      expect.arrayContaining(['StepChange Debt Charity', 'National Debtline', 'Citizens Advice Adviceline (England)']),
    )
    expect((await found('words=debts'))[0]).toContain('Debt')
    expect(await found('words=money+worries')).toContain('MoneyHelper')
    expect(await found('words=%26%7C!')).toEqual([])
    expect(await found('words=zebra')).toEqual([])
  })

  it('narrows by kind, by how a service stands and by place, where what is done by phone is near everywhere', async () => {
    await aService(app, { at: {} })
    await aService(app, { name: 'Far away advice', at: { name: 'Hill Hall', town: 'Hillford', postcode: 'ZA9 1ZZ' } })
    const inTown = await found(`kind=${moneyKind}&place=river&words=advice`)

    expect(inTown).toContain('Riverside debt advice')
    expect(inTown).toContain('National Debtline')
    expect(inTown).not.toContain('Far away advice')
    expect(await found('place=za9&words=advice')).toContain('Far away advice')
    expect(await found('state=closed')).toEqual([
      ...['Individual Placement and Support in Primary Care', 'Universal Support', 'Work and Health Programme'],
    ])
  })

  it('keeps closed programmes to be seen, with the day and what to use instead', async () => {
    const coach = await app.as(app.cast.coach)
    const { html } = await coach.open('/services?words=universal+support&state=closed')
    const page = await coach.open(/href="(\/services\/[0-9a-f-]{36})"/.exec(html)?.[1] ?? '')

    expect(page.text).toContain('Closed: nobody can be referred')
    expect(page.text).toContain('since 26 Nov 2024')
    expect(page.text).toContain('use Connect to Work')
  })

  it('says that nobody has checked a number, and from where it is known', async () => {
    const coach = await app.as(app.cast.coach)
    const { html } = await coach.open('/services?words=stepchange')
    const page = await coach.open(/href="(\/services\/[0-9a-f-]{36})"/.exec(html)?.[1] ?? '')

    expect(page.text).toContain('0800 138 1111')
    expect(page.text).toContain('Nobody has compared it with the service’s own page yet')
    expect(page.text).toContain('Public listings')
  })

  it('is each area’s own: another area’s service and none at all are the same', async () => {
    const id = await aService(app, { name: 'Only in the north' })
    const elsewhere = await app.as(app.cast.coachElsewhere)
    const [foreign, missing] = [await elsewhere.open(`/services/${id}`), await elsewhere.open(`/services/${newId()}`)]

    expect(foreign.status).toBe(404)
    expect(foreign.text).toBe(missing.text)
    expect((await elsewhere.open('/services?words=north')).text).not.toContain('Only in the north')
  })

  it('tells who works in a local service nothing of what is for staff alone', async () => {
    const hall = { name: 'Secret house', address: ['4 Hidden Lane'], staffOnly: true }
    const [id, open] = [
      await aService(app, { name: 'Refuge for somebody', staffOnly: true }),
      await aService(app, { name: 'Open refuge', at: hall }),
    ]
    const worker = await app.as(app.cast.serviceWorker)
    const [hidden, missing] = [await worker.open(`/services/${id}`), await worker.open(`/services/${newId()}`)]
    const list = await worker.open('/services?words=refuge')

    expect([hidden.status, hidden.text]).toEqual([404, missing.text])
    expect((await worker.open(`/services/${id}/history`)).status).toBe(404)
    expect(list.text).toContain('Open refuge')
    expect(list.text).not.toContain('Refuge for somebody')
    expect((await worker.open(`/services/${open}`)).text).not.toMatch(/Secret house|Hidden Lane/)
    expect((await (await app.as(app.cast.coach)).open(`/services/${id}`)).status).toBe(200)
  })
})
