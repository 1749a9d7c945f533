import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Browser } from '#test/browser.ts'
import { aHandedLink } from '#test/people/handed-link.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(async () => {
  app.clock.set('2026-01-05T10:00:00Z')
  await endAll()
})
afterAll(() => app.close())

const made = async (browser: Browser, organisation: string, id = newId()) =>
  browser.send('/area/links/new', { id, organisation })

/** Opens the page behind a link and presses its button. */
async function begins(visitor: Browser, path: string) {
  await visitor.open(path)
  return visitor.send(path)
}

/** Ends every link, so that the next test begins with none. */
const endAll = () =>
  app.owner.query(`update handed_link.link set ended_at = now(), ended_by = made_by where ended_at is null`)

const numbers = async (link: string) => {
  const asked = `select (select coalesce(sum(times), 0)::int from handed_link.started where link = $1) as started,
    (select count(*)::int from referral.referral where by_link = $1) as sent`
  return (await app.owner.query(asked, [link])).rows[0]
}

const answers = {
  name: { givenName: 'Robin', familyName: 'Marsh', email: 'robin@example.org', safe: 'email' },
  home: { 'bornOn-day': '2', 'bornOn-month': '6', 'bornOn-year': '1990', postcode: 'LS1 4AP' },
  work: { workStatus: 'off-sick' },
  help: { reason: 'Fewer hours for a time' },
}

/** Fills the form in and sends it; gives the address of the confirmation. */
async function refersThemselves(visitor: Browser): Promise<string> {
  for (const [part, given] of Object.entries(answers))
    expect((await visitor.send(`/in/north/refer-yourself/${part}`, given)).status).toBe(303)
  const check = await visitor.open('/in/north/refer-yourself/check')
  const id = /name="id" value="([^"]+)"/.exec(check.html)?.[1] ?? ''
  return (await visitor.send('/in/north/refer-yourself/check', { id, wording: '1' })).location ?? ''
}

describe('A link that a practice hands over', () => {
  it('is made by a manager for an organisation of the register, one at a time', async () => {
    const manager = await app.as(app.cast.manager)
    const form = await manager.open('/area/links/new')
    const { organisation } = app.cast.referrer
    const id = newId()
    const [first, again, another] = [
      await made(manager, organisation, id),
      await made(manager, organisation, id),
      await made(manager, organisation),
    ]
    const provider = await made(manager, app.cast.coach.organisation)
    const list = await manager.open('/area/links')

    expect(form.html.indexOf('Park Surgery')).toBeLessThan(form.html.indexOf('Lockside Advice'))
    expect(form.html).not.toContain('>Lead Provider north</option>')
    for (const sent of [first, again, another]) expect(sent.location).toBe(`/area/links/${id}`)
    expect(provider.status).toBe(422)
    expect(list.text).toContain('1 link')
    expect(list.text).toMatch(
      /Park Surgery north GP practice or primary care [34679CDFGHJKMNPQRTVWXY]{6} 5 Jan 2026 Max Manager 0 0 Works/,
    )
    expect((await manager.open('/area/links?search=lock')).text).toContain('No link is called that')
    expect((await manager.open('/area')).html).toContain('href="/area/links"')
  })

  it('has a poster, cards and a text in each language, with the address beside the code', async () => {
    const link = await aHandedLink(app)
    const manager = await app.as(app.cast.manager)
    const page = await manager.open(`/area/links/${link.id}`)
    const sheets = await manager.open(`/area/links/${link.id}/print`)
    const polish = await manager.open(`/area/links/${link.id}/print?words=pl`)
    const address = `${app.settings.origin}${link.path}`

    expect(page.html.match(new RegExp(`value="[^"]* ${address}"`, 'g'))).toHaveLength(6)
    expect(sheets.text).toContain(address.replace(/^https?:\/\//, ''))
    expect(sheets.html.match(/<svg class="ww-qr"[^>]*role="img"/g)).toHaveLength(9)
    expect(sheets.text).toContain('Your practice, Park Surgery north, gave you this.')
    expect(polish.html).toMatch(/<div lang="pl" dir="ltr">/)
    expect(polish.text).toContain('Czy zdrowie utrudnia Państwu pracę?')
  })

  it('counts who begins and who sends, and not who opens it', async () => {
    const link = await aHandedLink(app)
    const [visitor, other] = [app.visitor(), app.visitor()]
    const page = await visitor.open(link.path.replace(link.code, link.code.toLowerCase()))
    const before = await numbers(link.id)
    const begun = await begins(visitor, link.path)
    await begins(visitor, link.path)
    await begins(other, link.path)
    const confirmed = await refersThemselves(visitor)
    const manager = await app.as(app.cast.manager)
    const list = await manager.open('/area/links')
    const triage = await manager.open(confirmed.replace('/in/north/referred/', '/referrals/'))

    expect(page.text).toContain('Your practice, Park Surgery north, gave you this.')
    expect(page.text).toContain('We do not tell Park Surgery north whether you ask for help.')
    expect(before).toEqual({ started: 0, sent: 0 })
    expect(begun.location).toBe('/in/north/refer-yourself')
    expect(await numbers(link.id)).toEqual({ started: 2, sent: 1 })
    expect(list.text).toMatch(/Max Manager 2 1 Works/)
    expect(triage.text).toContain('Came by the link of Park Surgery north, which is not told that they asked for help')
    expect(triage.text).toContain('Referred themselves')
  })

  it('counts a browser again on another day, and forgets where somebody came from who begins afresh or comes later', async () => {
    const link = await aHandedLink(app)
    const [visitor, late] = [app.visitor(), app.visitor()]
    await begins(visitor, link.path)
    await visitor.send('/in/north/refer-yourself/fresh-start')
    await refersThemselves(visitor)
    await begins(late, link.path)
    app.clock.pass({ hours: 25 })
    await refersThemselves(late)
    await begins(late, link.path)

    expect(await numbers(link.id)).toEqual({ started: 3, sent: 0 })
  })

  it('leads to the first page with a kind word where it has ended or is none', async () => {
    const link = await aHandedLink(app)
    const manager = await app.as(app.cast.manager)
    const ended = await manager.send(`/area/links/${link.id}/ending`)
    await manager.send(`/area/links/${link.id}/ending`)
    const visitor = app.visitor()
    await visitor.open('/in/north/refer-yourself/name')

    expect(ended.location).toBe(`/area/links/${link.id}`)
    expect((await manager.open(`/area/links/${link.id}/print`)).status).toBe(404)
    for (const path of [link.path, '/in/north/from/NOTONE', '/in/north/from/777777']) {
      const led = await visitor.open(path)
      expect([path, led.location]).toEqual([path, '/in/north'])
      expect((await visitor.open('/in/north')).text).toContain('You can still ask for help here.')
      expect((await visitor.send(path)).location).toBe('/in/north/refer-yourself')
    }
    expect(await numbers(link.id)).toEqual({ started: 0, sent: 0 })
  })

  it('tells nobody outside the service how it is used, and an area lead no small number', async () => {
    const link = await aHandedLink(app)
    await begins(app.visitor(), link.path)
    const lead = await (await app.as(app.cast.areaLead)).open('/area/links')

    expect(lead.text).toMatch(/Max Manager \* \* Works/)
    for (const part of ['referrer', 'coach', 'jobcentrePartner'] as const)
      expect((await (await app.as(app.cast[part])).open('/area/links')).status).toBe(403)
    expect((await (await app.as(app.cast.managerElsewhere)).open(`/area/links/${link.id}`)).status).toBe(404)
  })
})
