import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { filledIn } from '#test/editing/filled.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aService, moneyKind, withNationalServices } from '#test/people/services.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
  await withNationalServices(app)
})
afterAll(() => app.close())

const meals = {
  name: 'Warm meals',
  summary: 'A meal on Fridays',
  owner: 'Riverside Trust',
  kinds: [moneyKind],
  cost: 'free',
}

/** The form of a change as it is shown, sent with this in it. */
async function change(service: string, by: 'coach' | 'manager', fields: object) {
  const browser = await app.as(app.cast[by])
  const page = `/services/${service}/change`
  const { html } = await browser.open(page)
  return browser.sendAndFollow(page, { ...filledIn(html, page), ...fields })
}

async function waiting(named: string): Promise<string> {
  const { html } = await (await app.as(app.cast.manager)).open('/services/proposals')
  const links = [...html.matchAll(/href="(\/services\/proposals\/[0-9a-f-]{36})">([^<]+)</g)]
  return links.find(([, , name]) => name === named)?.[1] ?? ''
}

describe('A new service', () => {
  it('stands in the directory at once where somebody adds it who decides, and twice it stands once', async () => {
    const manager = await app.as(app.cast.manager)
    const id = newId()
    const page = await manager.sendAndFollow('/services/new', {
      ...meals,
      id,
      openings: 'Fri 12:00 to 14:00',
      checked: 'yes',
    })
    await manager.send('/services/new', { ...meals, id })

    expect(page.text).toContain('Friday 12:00 to 14:00')
    expect(page.text).toContain('5 Jan 2026')
    expect((await manager.open('/services?words=warm+meals')).text).toContain('1 service')
  })

  it('that a coach proposes waits, and is in the directory once it was accepted', async () => {
    const [coach, manager] = [await app.as(app.cast.coach), await app.as(app.cast.manager)]
    await coach.send('/services/new', { ...meals, id: newId(), name: 'Cold meals', note: 'Met them at a fair' })
    const before = await coach.open('/services?words=cold+meals')
    const proposal = await waiting('Cold meals')
    const seen = await manager.open(proposal)
    const after = await manager.sendAndFollow(`${proposal}/decision`, { answer: 'yes', version: '0' })

    expect(before.html).not.toContain('>Cold meals<')
    expect(seen.text).toContain('Met them at a fair')
    expect(seen.text).toContain('A meal on Fridays')
    expect(after.text).toContain('Cold meals')
    expect((await coach.open('/services?words=cold+meals')).text).toContain('1 service')
    expect((await coach.send(`${proposal}/decision`, { answer: 'yes', version: '0' })).status).toBe(403)
  })
})

describe('A change to a service', () => {
  it('names the hours that cannot be read at its top, line by line and place by place, whatever else is wrong', async () => {
    const service = await aService(app, { name: 'Clockmakers', at: { name: 'Tower hall', town: 'Riverton' } })
    const manager = await app.as(app.cast.manager)
    const { html } = await manager.open(`/services/${service}/change`)
    const [, place = ''] = /name="(openings-[0-9a-f-]{36})"/.exec(html) ?? []
    const openings = 'Mondays whenever\nFriday 9:00 to 12:00\nsometimes'
    const sent = await manager.send(`/services/${service}/change`, {
      ...{ name: '', summary: 'Clocks', owner: 'Guild', cost: 'free', id: newId(), version: '1' },
      ...{ openings, [place]: '9 to 5' },
    })

    expect(sent.status).toBe(422)
    expect(sent.text).toMatch(
      /There is a problem Enter the name of the service Hours: write “Mondays whenever” and “sometimes” like/,
    )
    expect(sent.text).toMatch(/Hours at Tower hall[^:]*: write “9 to 5” like/)
    expect(sent.html).toContain(`href="#${place}"`)
  })

  it('stands in the history with who made it, what it said before and why', async () => {
    const service = await aService(app, { phones: [{ number: '01632 960001', about: null }] })
    await change(service, 'manager', { phones: '01632 960009', waitWeeks: '6', note: 'They have moved' })
    const history = await (await app.as(app.cast.coach)).open(`/services/${service}/history`)

    expect(history.text).toContain('Max Manager')
    expect(history.text).toContain('They have moved')
    expect(history.text).toContain('Phone: 01632 960001 → 01632 960009')
    expect(history.text).toContain('Waiting time: nothing → 6 weeks')
  })

  it('that was proposed over an older version keeps what was changed since', async () => {
    const service = await aService(app, { name: 'Two at once' })
    await change(service, 'coach', { summary: 'Proposed words', note: 'Better' })
    await change(service, 'manager', { url: 'https://moved.example.org' })
    const proposal = await waiting('Two at once')
    const manager = await app.as(app.cast.manager)
    const page = await manager.sendAndFollow(`${proposal}/decision`, { answer: 'yes', version: '2' })

    expect(page.text).toContain('Proposed words')
    expect(page.text).toContain('moved.example.org')
  })

  it('is declined with a reason, which whoever proposed it reads', async () => {
    const service = await aService(app, { name: 'Not so' })
    await change(service, 'coach', { summary: 'Wrong words' })
    const [manager, proposal] = [await app.as(app.cast.manager), await waiting('Not so')]
    const without = await manager.send(`${proposal}/decision`, { answer: 'no', version: '1' })
    await manager.send(`${proposal}/decision`, { answer: 'no', reason: 'I rang them', version: '1' })

    expect(without.status).toBe(422)
    expect((await (await app.as(app.cast.coach)).open(proposal)).text).toContain('I rang them')
    expect((await manager.open(`/services/${service}`)).text).not.toContain('Wrong words')
  })
})

describe('A service that is paused or closed', () => {
  it('says since when and why, is told so to other systems, and opens again', async () => {
    const service = await aService(app, { name: 'On and off' })
    const manager = await app.as(app.cast.manager)
    const until = { 'until-day': '2', 'until-month': '2', 'until-year': '2026' }
    const page = `/services/${service}/standing`
    const paused = await manager.sendAndFollow(page, {
      what: 'pause',
      ...until,
      notice: 'Short of staff',
      version: '1',
    })
    const feed = await app.product.fastify.inject(`/in/north/open-referral/v3/services/${service}`)
    const open = await manager.sendAndFollow(page, { what: 'open', version: '2' })

    expect(paused.text).toContain('Paused: nobody can be referred now')
    expect(paused.text).toContain('open again from 2 Feb 2026')
    expect(feed.json()).toMatchObject({ status: 'temporarily closed', alert: 'Short of staff' })
    expect(open.text).not.toContain('nobody can be referred')
    expect((await (await app.as(app.cast.coach)).open(page)).status).toBe(403)
  })
})

describe('A location', () => {
  it('is added with how to get in, and a wrong postcode is sent back with what was typed', async () => {
    const service = await aService(app, { name: 'With a hall' })
    const manager = await app.as(app.cast.manager)
    const page = `/services/${service}/locations/new`
    const hall = { id: newId(), name: 'Hill Hall', address: '2 Hill Road', town: 'Hillford', access: ['loop'] }
    const refused = await manager.send(page, { ...hall, postcode: 'nowhere' })
    const added = await manager.sendAndFollow(page, { ...hall, postcode: 'ZA2 1ZZ' })

    expect(refused.status).toBe(422)
    expect(refused.html).toContain('2 Hill Road')
    expect(added.text).toContain('2 Hill Road, Hillford, ZA2 1ZZ')
    expect(added.text).toContain('Hearing loop')
  })

  it('and every page of the directory’s changes is no other area’s', async () => {
    const service = await aService(app)
    const elsewhere = await app.as(app.cast.managerElsewhere)
    for (const page of ['change', 'standing', 'locations/new']) {
      const [foreign, missing] = [
        await elsewhere.open(`/services/${service}/${page}`),
        await elsewhere.open(`/services/${newId()}/${page}`),
      ]
      expect([foreign.status, foreign.text]).toEqual([404, missing.text])
    }
  })
})
