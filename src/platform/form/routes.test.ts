import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formToken } from '#platform/http/csrf.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Browser, Seen } from '#test/browser.ts'
import { draftKey } from './draft-rules.ts'
import { endDraft, findDraft, saveDraft } from './drafts.ts'
import type { Typed } from './rules.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const record = '0199b0d2-0000-7000-8000-000000000001'

/** What a form in this browser sends while somebody types. */
async function type(browser: Browser, owner: string, fields: Readonly<Record<string, string>>): Promise<Seen> {
  const csrf = formToken(app.settings.secret, owner)
  return browser.send('/drafts', { csrf, ...fields })
}

const coachOwner = () => `account:${app.cast.coach.account}`
const kept = (area: string, owner: string, page: string, about?: string): Promise<Typed | undefined> =>
  app.inArea(area, (db) => findDraft(db, { area, owner, page, record: about }, app.clock.now))

describe('Drafts', () => {
  it('keep what a member of staff types and on which version, without what else the page put into the form', async () => {
    const coach = await app.as(app.cast.coach)

    const saved = await type(coach, coachOwner(), {
      draft: draftKey({ page: 'contact', record }),
      version: '3',
      note: 'rang at',
      'when-day': '4',
    })

    expect(saved.status).toBe(204)
    expect(await kept('north', coachOwner(), 'contact', record)).toEqual({
      version: '3',
      note: 'rang at',
      'when-day': '4',
    })
  })

  it('keep the newest in place of what was kept before', async () => {
    const coach = await app.as(app.cast.coach)
    await type(coach, coachOwner(), { draft: 'newest', note: 'first' })

    await type(coach, coachOwner(), { draft: 'newest', note: 'second' })

    expect(await kept('north', coachOwner(), 'newest')).toEqual({ note: 'second' })
  })

  it('of somebody without an account are kept in the area that the form names', async () => {
    const { browser, owner } = await stranger()

    const saved = await type(browser, owner, { draft: 'refer-yourself', area: 'south', name: 'Sam' })

    expect(saved.status).toBe(204)
    expect(await kept('south', owner, 'refer-yourself')).toEqual({ name: 'Sam' })
    expect(await kept('north', owner, 'refer-yourself')).toBeUndefined()
  })

  it('are found by nobody but who typed them', async () => {
    const coach = await app.as(app.cast.coach)
    await type(coach, coachOwner(), { draft: 'mine', note: 'mine alone' })

    expect(await kept('north', `account:${app.cast.otherCoach.account}`, 'mine')).toBeUndefined()
    expect(await kept('south', coachOwner(), 'mine')).toBeUndefined()
  })

  it('are gone once the form was sent', async () => {
    const draft = { area: 'north', owner: coachOwner(), page: 'sent' }
    await app.inArea('north', (db) => saveDraft(db, { ...draft, typed: { note: 'all of it' }, now: app.clock.now }))

    await app.inArea('north', (db) => endDraft(db, draft))

    expect(await kept('north', coachOwner(), 'sent')).toBeUndefined()
  })

  it('of a stranger who leaves quickly are gone, and so is what told their browser from others', async () => {
    const { browser, owner } = await stranger()
    await type(browser, owner, { draft: 'refer-yourself:name', area: 'north', name: 'Sam' })
    await type(browser, owner, { draft: 'refer', area: 'north', name: 'Alex' })

    const left = await browser.open('/in/north/leave')

    expect(left.location).toBe('https://www.bbc.co.uk/weather')
    expect(browser.cookies.get('workwell-visit')).toBe('')
    expect(await kept('north', owner, 'refer-yourself', 'name')).toBeUndefined()
    expect(await kept('north', owner, 'refer')).toBeUndefined()
  })

  it('of a member of staff stay, whichever public page they leave', async () => {
    const coach = await app.as(app.cast.coach)
    await type(coach, coachOwner(), { draft: 'stays', note: 'not done yet' })

    expect((await coach.open('/in/north/leave')).location).toBe('https://www.bbc.co.uk/weather')
    expect((await coach.open('/leave')).location).toBe('https://www.bbc.co.uk/weather')
    expect(await kept('north', coachOwner(), 'stays')).toEqual({ note: 'not done yet' })
  })

  it.each([
    ['an area that there is not', { draft: 'refer-yourself', area: 'nowhere' }],
    ['no area at all', { draft: 'refer-yourself' }],
    ['a name that no form gives', { draft: 'refer/yourself', area: 'south' }],
    ['no name', { area: 'south' }],
  ])('of strangers are refused for %s', async (_what, fields) => {
    const { browser, owner } = await stranger()

    expect((await type(browser, owner, fields)).status).toBe(404)
  })

  it('longer than a stranger needs are refused, while a long conversation of a coach is kept', async () => {
    const { browser, owner } = await stranger()
    const coach = await app.as(app.cast.coach)
    const long = 'a'.repeat(30_000)

    expect((await type(browser, owner, { draft: 'refer-yourself', area: 'south', name: long })).status).toBe(413)
    expect((await type(coach, coachOwner(), { draft: 'long', note: long })).status).toBe(204)
  })

  it('are not taken from a page of another site', async () => {
    const coach = await app.as(app.cast.coach)

    expect((await coach.send('/drafts', { csrf: 'made up', draft: 'contact' })).status).toBe(403)
  })

  it('of an office of people who type fast are never refused as too many', async () => {
    const coach = await app.as(app.cast.coach)
    const { browser, owner } = await stranger()
    const burst = (who: Browser, whose: string) =>
      Promise.all(Array.from({ length: 130 }, () => type(who, whose, { draft: 'fast', area: 'north', note: 'x' })))

    const staff = await burst(coach, coachOwner())
    const strangers = await burst(browser, owner)

    expect(new Set(staff.map(({ status }) => status))).toEqual(new Set([204]))
    expect(strangers.map(({ status }) => status)).toContain(429)
  })
})

describe('Expired drafts', () => {
  it.each([
    ['visit:somebody', 'a day', '2026-01-06T09:59:59Z', '2026-01-06T10:00:00Z'],
    ['account:somebody', '30 days', '2026-02-04T09:59:59Z', '2026-02-04T10:00:00Z'],
  ])('%s: forgotten after %s', async (owner, _time, before, after) => {
    app.clock.set('2026-01-05T10:00:00Z')
    await app.inArea('north', (db) =>
      saveDraft(db, { area: 'north', owner, page: 'expiring', typed: { note: 'x' }, now: app.clock.now }),
    )

    app.clock.set(before)
    await forgetting()
    expect(await kept('north', owner, 'expiring')).toEqual({ note: 'x' })
    app.clock.set(after)
    expect(await kept('north', owner, 'expiring')).toBeUndefined()
    await forgetting()
    const { rows } = await app.owner.query('select from form.draft where owner = $1', [owner])
    expect(rows).toHaveLength(0)
  })
})

async function forgetting(): Promise<void> {
  await app.inArea('north', async (db) => {
    await app.product.jobs['form.forget-drafts']?.(db, { area: 'north' }, app.clock.now)
  })
}

async function stranger(): Promise<{ browser: Browser; owner: string }> {
  const browser = app.visitor()
  const visit = Buffer.from(crypto.getRandomValues(new Uint8Array(24))).toString('base64url')
  browser.cookies.set('workwell-visit', visit)
  return { browser, owner: `visit:${await hashed(visit)}` }
}

async function hashed(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Buffer.from(digest).toString('base64url')
}
