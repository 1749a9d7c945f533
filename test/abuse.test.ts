import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { issueLink } from '#platform/link/links.ts'
import { startApp, type TestApp } from './app.ts'
import type { Browser } from './browser.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp({ WORKWELL_FORM_SECONDS: '10' })
  const receiving = `insert into areas.setting (area, name, from_on, value, set_at)
    values ('north', 'receivingOrganisation', '2025-01-01', $1, now())`
  await app.owner.query(receiving, [JSON.stringify(app.cast.administrator.organisation)])
})
afterAll(() => app.close())

const path = '/in/north/refer-yourself'
const hidden = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? ''
const parts = {
  name: { givenName: 'Sam', familyName: 'Ashworth', phone: '07700 900321', safe: ['call', 'text'] },
  home: { 'bornOn-day': '2', 'bornOn-month': '6', 'bornOn-year': '1990', postcode: 'LS1 4AP' },
  work: { workStatus: 'off-sick', fitNote: 'no' },
  help: { reason: 'Shorter days to begin with' },
} as const

/** Answers every page and sends them, so many seconds after the first of them was shown. */
async function sentAfter(
  seconds: number,
  { token = true, familyName = 'Ashworth', phone = '07700 900321', postcode = 'LS1 4AP' } = {},
) {
  const visitor = app.visitor()
  for (const [part, fields] of Object.entries(parts)) {
    const { html } = await visitor.open(`${path}/${part}`)
    const name = part === 'name' ? { familyName, phone } : part === 'home' ? { postcode } : {}
    await visitor.send(`${path}/${part}`, {
      ...fields,
      ...name,
      ...(token ? { 'shown-at': hidden(html, 'shown-at') } : {}),
    })
  }
  app.clock.pass({ seconds })
  const id = hidden((await visitor.open(`${path}/check`)).html, 'id')
  const seen = await visitor.sendAndFollow(`${path}/check`, { id })
  return { id, seen }
}

const messagesAbout = async (id: string) =>
  (await app.owner.query('select id from notify.message where about = $1', [id])).rows

/** The same referral so many times more, as if it had come again and again just now. */
async function copied(id: string, times: number): Promise<void> {
  // Each has a reference of its own, which these do without.
  await app.owner.query('set session_replication_role = replica')
  const { rows } = await app.owner.query<{ columns: string }>(
    `select string_agg(column_name, ', ') as columns from information_schema.columns
     where table_schema = 'referral' and table_name = 'referral' and is_generated = 'NEVER' and column_name <> 'id'`,
  )
  const columns = rows[0]?.columns ?? ''
  await app.owner.query(
    `insert into referral.referral (id, ${columns}) select gen_random_uuid(), ${columns}
     from referral.referral, generate_series(1, $2::int) where id = $1`,
    [id, times],
  )
  await app.owner.query('set session_replication_role = origin')
}

describe('A form of the public', () => {
  it('that a person took their time for is answered at once', async () => {
    const { id, seen } = await sentAfter(90)

    expect(seen.text).toContain('We have your request')
    expect(await messagesAbout(id)).toHaveLength(1)
  })

  it.each([
    ['faster than a person fills it in', 2, { token: true }],
    ['from no page of ours', 90, { token: false }],
  ])('that comes %s is kept, sends nobody anything, and is looked at', async (_what, seconds, how) => {
    const { id, seen } = await sentAfter(seconds, how)
    const administrator = await app.as(app.cast.administrator)

    expect(seen.text).toContain('makes sure that this came from you')
    expect(await messagesAbout(id)).toEqual([])
    expect((await administrator.open('/referrals?state=held')).text).toContain('Ashworth')
    expect((await administrator.open(`/referrals/${id}`)).text).toContain('faster than a person fills it in')
    await administrator.send(`/referrals/${id}/answer`, { answer: 'agreed', how: 'telephone' })
    expect(await messagesAbout(id)).toHaveLength(1)
  })

  it('that comes quickly after very many of its kind has to wait, and one that took its time does not', async () => {
    const { id } = await sentAfter(2)
    await copied(id, 19)
    const flooded = await sentAfter(2)
    const calm = await sentAfter(90, { familyName: 'Calm', phone: '07700 900654', postcode: 'LS2 7EY' })

    expect(flooded.seen.status).toBe(429)
    expect(flooded.seen.text).toContain('Wait ten minutes, go back and send it again')
    expect(calm.seen.text).toContain('We have your request')
    app.clock.pass({ minutes: 11 })
    expect((await sentAfter(2)).seen.text).toContain('makes sure that this came from you')
  })

  it('has to wait when very many about one person have just come, however long each of them took', async () => {
    app.clock.pass({ minutes: 11 })
    const sent = []
    for (let times = 0; times < 12; times += 1) sent.push((await sentAfter(30, { familyName: 'Again' })).seen.status)

    expect(sent).toEqual([...Array.from({ length: 10 }, () => 200), 429, 429])
    app.clock.pass({ minutes: 11 })
    expect((await sentAfter(90, { familyName: 'Again' })).seen.text).toContain('We have your request')
  })

  it('has to wait also where each names somebody else who is reached at the same number', async () => {
    app.clock.pass({ minutes: 11 })
    const there = { phone: '07700 900987', postcode: 'LS2 7EY' }
    const { id } = await sentAfter(30, { familyName: 'First', ...there })
    await copied(id, 9)
    const another = await sentAfter(30, { familyName: 'Another', ...there, postcode: 'LS1 4AP' })
    const apart = await sentAfter(30, { familyName: 'Quite-Apart', phone: '07700 900988', postcode: 'LS1 4AP' })

    expect(another.seen.status).toBe(429)
    expect(apart.seen.text).toContain('We have your request')
  })

  it('cannot say that it was shown earlier than it was', async () => {
    app.clock.pass({ minutes: 11 })
    const mine = hidden((await app.visitor().open(`${path}/name`)).html, 'shown-at')
    const visitor: Browser = app.visitor()
    for (const [part, fields] of Object.entries(parts)) {
      await visitor.open(`${path}/${part}`)
      await visitor.send(`${path}/${part}`, { ...fields, 'shown-at': mine })
    }
    app.clock.pass({ minutes: 5 })
    const id = hidden((await visitor.open(`${path}/check`)).html, 'id')
    await visitor.send(`${path}/check`, { id })

    expect(await messagesAbout(id)).toEqual([])
  })

  it('sent too often from one place says when to go on and that nothing typed is lost', async () => {
    const visitor = app.visitor()
    await visitor.open('/my-area')
    const answers: Awaited<ReturnType<Browser['send']>>[] = []
    for (let tries = 0; tries <= 120; tries += 1) answers.push(await visitor.send('/my-area', { postcode: 'x' }))
    const last = answers.at(-1)

    expect([answers.at(-2)?.status, last?.status]).toEqual([422, 429])
    expect(last?.text).toContain('Wait ten minutes, go back and send it again. What you typed is still on the page')
    expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0)
  })
})

describe('Who guesses', () => {
  const page = async (address: string) => {
    const { status, html } = await app.visitor().open(address)
    return {
      status,
      html: html.replaceAll(/(name="(csrf|shown-at)" value|data-csrf)="[^"]*"/g, '').replaceAll(/\/l\/[\w.-]+/g, ''),
    }
  }

  it('learns nothing from a link: one that is not ours and one of another area look the same', async () => {
    const until = { expiresAt: app.clock.now.add({ hours: 1 }), by: null, now: app.clock.now }
    const link = { area: 'south', purpose: 'come-back', subject: newId(), allowedBy: 'asked-for' }
    const real = await app.inArea('south', (db) => issueLink(db, { ...link, ...until }))
    const here = await page('/l/north.abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq')

    expect(here.status).toBe(404)
    expect(await page(real.replace('south', 'north'))).toEqual(here)
  })

  it('learns nothing from the reference of a request', async () => {
    const none = await page(`/in/north/referred/${newId()}`)

    expect(none.status).toBe(404)
    expect(await page(`/in/south/referred/${newId()}`)).toEqual(none)
    expect(await page('/in/north/referred/WW-7K3M-9QF')).toEqual(none)
  })

  it('cannot make a key that opens a link: it holds as much chance as no one can try', async () => {
    const link = { area: 'north', purpose: 'come-back', subject: newId(), allowedBy: 'asked-for' }
    const until = { expiresAt: app.clock.now.add({ hours: 1 }), by: null, now: app.clock.now }
    const keys = await app.inArea('north', async (db) =>
      Promise.all(Array.from({ length: 20 }, () => issueLink(db, { ...link, ...until }))),
    )

    expect(new Set(keys).size).toBe(20)
    for (const key of keys) expect(Buffer.from(key.split('.')[1] ?? '', 'base64url').length).toBeGreaterThanOrEqual(32)
  })
})
