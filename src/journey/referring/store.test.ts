import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { messageLinkPath } from '#platform/link/links.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Browser } from '#test/browser.ts'
import { anInbox } from '#test/people/onward.ts'
import { aService } from '#test/people/services.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
  const usual = `insert into areas.setting (area, name, from_on, value, set_at) values ('north', $1, '2025-01-01', $2, now())`
  await app.owner.query(usual, ['receivingOrganisation', JSON.stringify(app.cast.administrator.organisation)])
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const robin = {
  ...{ agreement: 'agreed', givenName: 'Robin', familyName: 'Marsh', phone: '07700 900123', postcode: 'ZA1 1AA' },
  ...{ 'bornOn-day': '14', 'bornOn-month': '3', 'bornOn-year': '1981', feedback: 'status' },
}

/** Opens the form as it is linked to, and sends it with what stood in it. */
async function refersFrom(browser: Browser, service: string, more: Record<string, string>) {
  const path = `/in/north/refer?from=${service}`
  const page = await browser.open(path)
  const id = newId()
  const sent = await browser.send(path, { id, ...robin, ...more })
  return { page, id, sent }
}

const kept = async (id: string) => {
  const asked = 'select from_listing, referrer_organisation, referrer_name, route from referral.referral where id = $1'
  return (await app.owner.query(asked, [id])).rows[0]
}

describe('A listed service that refers somebody in', () => {
  it('is named by its entry and not typed, and the referral keeps which one it was', async () => {
    const service = await aService(app, { name: 'Riverside Debt Advice' })
    const visitor = app.visitor()
    const entry = await visitor.open(`/in/north/support-near-you/${service}`)
    const told = { referrerName: 'Dee Desk', referrerEmail: 'dee@riverside.example.org', route: 'voluntary' }
    const other = { referrerOrganisation: 'Somebody Else' }
    const one = await refersFrom(visitor, service, { ...told, ...other })
    const triage = await (await app.as(app.cast.administrator)).open(`/referrals/${one.id}`)

    expect(entry.html).toContain(`href="/in/north/refer?from=${service}"`)
    expect(one.page.text).toContain('You refer for Riverside Debt Advice')
    expect(one.page.html).not.toContain('name="referrerOrganisation"')
    expect(one.sent.status).toBe(303)
    expect(await kept(one.id)).toMatchObject({ from_listing: service, referrer_organisation: 'Riverside Debt Advice' })
    expect(triage.html).toContain(`<a href="/services/${service}">Riverside Debt Advice</a>`)
  })

  it('keeps the service where something is missing, and asks for the organisation of whoever works elsewhere', async () => {
    const service = await aService(app, { name: 'Riverside Debt Advice' })
    const visitor = app.visitor()
    const one = await refersFrom(visitor, service, { route: '' })
    const plain = await visitor.open('/in/north/refer')

    expect([one.sent.status, one.sent.text]).toEqual([422, expect.stringContaining('You refer for Riverside')])
    expect(one.sent.html).toContain(`action="/in/north/refer?from=${service}"`)
    expect(plain.html).toContain('name="referrerOrganisation"')
  })

  it('is not named where it is for staff alone, but to its own people', async () => {
    const service = await aService(app, { name: 'Quiet Room', staffOnly: true })
    await anInbox(app, service)
    const stranger = await app.visitor().open(`/in/north/refer?from=${service}`)
    const theirs = await (await app.as(app.cast.serviceWorker)).open(`/in/north/refer?from=${service}`)
    const nobodys = await app.visitor().open(`/in/north/refer?from=${newId()}`)

    expect(stranger.text).not.toContain('Quiet Room')
    expect(nobodys.text).not.toContain('You refer for')
    expect(theirs.text).toContain('You refer for Quiet Room')
  })

  it('refers from its inbox without typing who it is, and sees what came of it as other referrers do', async () => {
    const service = await aService(app, { name: 'Lockside Money Advice' })
    await anInbox(app, service)
    const worker = await app.as(app.cast.serviceWorker)
    const inbox = await worker.open('/inbox')
    const one = await refersFrom(worker, service, {})
    const typed = Object.fromEntries(
      [...one.page.html.matchAll(/name="(referrerName|referrerEmail)"[^>]*value="([^"]+)"/g)].map(([, n, v]) => [n, v]),
    )
    const sent = await refersFrom(worker, service, { ...typed, route: 'voluntary' })
    await app.work()
    const list = await worker.open('/my-referrals')
    const { rows } = await app.owner.query(
      `select id from notify.message where about = $1 and recipient = 'another' order by id limit 1`,
      [sent.id],
    )
    const link = messageLinkPath(app.settings.secret, { area: 'north', id: rows[0].id })

    expect(inbox.html).toContain(`href="/in/north/refer?from=${service}"`)
    expect(typed['referrerName']).toBe('Wes Lockside')
    expect(one.page.html).toMatch(/<option value="voluntary" selected="">/)
    expect(await kept(sent.id)).toMatchObject({ from_listing: service, referrer_name: 'Wes Lockside' })
    expect(list.text).toContain('1 sent in all')
    expect((await app.visitor().open(link)).status).toBe(200)
  })
})
