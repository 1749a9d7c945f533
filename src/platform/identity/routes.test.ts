import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endSessionsOf } from './store.ts'
import { aBrowser, type Browser, type Shown } from './testing/browser.ts'
import { alsoInNorthmoor, inNorthmoor, inSouthmoor, lee, priya, sam } from './testing/people.ts'
import { aDatabase, aProduct, type Product, settingsWith, type TestDatabase } from './testing/product.ts'
import { startStandIn } from './stand-in.ts'

const home = mkdtempSync(join(tmpdir(), 'workwell-identity-'))
let database: TestDatabase
let product: Product

beforeAll(async () => {
  database = await aDatabase(home)
  product = await aProduct(database.databases)
}, 60_000)

afterAll(async () => {
  await product.close()
  await database.close()
  rmSync(home, { recursive: true, force: true })
})

const seen = (shown: Shown) =>
  JSON.parse(shown.text) as { page: string; session: { account: string; membership: string | null } | null }
const frontPage = async (browser: Browser, { origin } = product) => seen(await browser.open(`${origin}/`))

/** The page of the stand-in on which one says who one is. */
const asks = (browser: Browser, to = '', { origin } = product) =>
  browser.open(`${origin}/sign-in${to === '' ? '' : `?to=${encodeURIComponent(to)}`}`)

const linkTo = (page: Shown, name: string) => new RegExp(`href="([^"]+)">${name}<`).exec(page.text)?.[1] ?? ''

async function signIn(browser: Browser, name: string, to = '', at = product): Promise<Shown> {
  const page = await asks(browser, to, at)
  return browser.open(at.origin + linkTo(page, name))
}

/** Everything up to the address that brings the browser back, which is not opened. */
async function almostBack(browser: Browser): Promise<string> {
  const page = await asks(browser)
  const last = await browser.open(
    product.origin + linkTo(page, priya.name),
    `${product.origin}/sign-in/stand-in/callback`,
  )
  return last.to ?? ''
}

describe('signing in', () => {
  it('leads to the page that was asked for, in the only role there is', async () => {
    const shown = await signIn(aBrowser(), priya.name, '/plans?sort=due')
    expect(seen(shown)).toMatchObject({
      page: '/plans?sort=due',
      session: { membership: inNorthmoor.membership, area: 'northmoor' },
    })
  })

  it('is one click where somebody is named already', async () => {
    const shown = await aBrowser().open(`${product.origin}/sign-in/stand-in?as=${sam.subject}`)
    expect(shown.text).toContain('Choose the role')
  })

  it('takes nothing but links, so that it works under the policy of our pages', async () => {
    const browser = aBrowser()
    const page = await asks(browser)
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self'")
    expect(page.text).not.toMatch(/method="post"|<script(?! type="module" src="\/assets\/)|style="/)
    expect(page.text).toContain('<h2 class="nhsuk-heading-m">Southmoor</h2>')
  })

  it('finds people by name', async () => {
    const browser = aBrowser()
    const page = await asks(browser)
    const found = await browser.open(`${page.at}?search=oduya`)
    expect(found.text).toContain(sam.name)
    expect(found.text).not.toContain(priya.name)
  })

  it('gives the same account each time, and a new session', async () => {
    const browser = aBrowser()
    const first = seen(await signIn(browser, priya.name)).session
    const token = browser.cookie('workwell')?.value ?? ''
    const second = seen(await signIn(browser, priya.name)).session
    expect(second?.account).toBe(first?.account)
    expect(browser.cookie('workwell')?.value).not.toBe(token)
    const old = aBrowser()
    await signIn(old, sam.name)
    old.setCookie('workwell', token)
    expect((await frontPage(old)).session).toBeNull()
  })

  it('as somebody else in the same browser asks again who comes', async () => {
    const browser = aBrowser()
    await signIn(browser, priya.name)
    const shown = await signIn(browser, lee.name)
    expect(shown.text).toContain(`You are signed in as ${lee.name}`)
  })

  it('works when one copy of the product sends away and another takes back', async () => {
    const other = await aProduct(database.databases, { origin: product.origin })
    const page = await asks(aBrowser())
    expect(page.status).toBe(200)
    const browser = aBrowser()
    const asked = await asks(browser)
    const moved = aBrowser({ [product.origin]: other.listens })
    for (const name of [
      'workwell-sign-in',
      'stand-in-interaction',
      'stand-in-interaction.sig',
      'stand-in-resume',
      'stand-in-resume.sig',
    ])
      moved.take(browser.cookie(name))
    const shown = await moved.open(product.origin + linkTo(asked, priya.name))
    await other.close()
    expect(seen(shown).session?.membership).toBe(inNorthmoor.membership)
  })
})

describe('the role somebody works in', () => {
  it('is chosen where there are several, and leads to the page asked for', async () => {
    const browser = aBrowser()
    const page = await signIn(browser, sam.name, '/plans')
    expect(page.text).toContain('Choose the role you are working in')
    const sent = await browser.send(page, '/memberships', { membership: inSouthmoor.membership })
    expect(sent.to).toBe(`${product.origin}/plans`)
    expect((await frontPage(browser)).session).toMatchObject({ membership: inSouthmoor.membership, area: 'southmoor' })
  })

  it('is shown, and can be changed', async () => {
    const browser = aBrowser()
    const page = await signIn(browser, sam.name)
    await browser.send(page, '/memberships', { membership: inSouthmoor.membership })
    const again = await browser.open(`${product.origin}/memberships`)
    expect(again.text.match(/On now/g)).toHaveLength(1)
    const sent = await browser.send(again, '/memberships', { membership: alsoInNorthmoor.membership })
    expect(sent.to).toBe(`${product.origin}/`)
    expect((await frontPage(browser)).session?.membership).toBe(alsoInNorthmoor.membership)
  })

  it('cannot be somebody else’s', async () => {
    const browser = aBrowser()
    const page = await signIn(browser, sam.name)
    const sent = await browser.send(page, '/memberships', { membership: inNorthmoor.membership })
    expect(sent.status).toBe(422)
    expect(sent.text).toContain('Choose one of your roles')
    expect((await frontPage(browser)).session?.membership).toBeNull()
  })

  it('is missing for somebody nobody has added, who is told what to do', async () => {
    const page = await signIn(aBrowser(), lee.name)
    expect(page.text).toContain('You do not have a role in WorkWell yet')
  })

  it('is only asked of somebody who has signed in', async () => {
    const page = await aBrowser().step(`${product.origin}/memberships`)
    expect(page.to).toBe(`${product.origin}/sign-in?to=%2Fmemberships`)
  })
})

describe('a sign-in that comes back wrongly', () => {
  it('is refused the second time', async () => {
    const browser = aBrowser()
    const callback = await almostBack(browser)
    expect((await browser.step(callback)).to).toBe(`${product.origin}/`)
    const again = await browser.step(callback)
    expect(again.status).toBe(400)
    expect(again.text).toContain('Sign in again')
    expect(again.headers.getSetCookie().join()).not.toContain('workwell=')
  })

  it('is refused with another state, with none, and with another code', async () => {
    const browser = aBrowser()
    const callback = new URL(await almostBack(browser))
    const changed = (name: string, value: string) => {
      const url = new URL(callback)
      url.searchParams.set(name, value)
      return url.href
    }
    expect((await browser.step(changed('state', 'A'.repeat(43)))).status).toBe(400)
    expect((await browser.step(changed('state', ''))).status).toBe(400)
    expect((await browser.step(changed('code', 'B'.repeat(43)))).status).toBe(400)
    expect((await frontPage(browser)).session).toBeNull()
  })

  it('is refused in another browser, which cannot use it up either', async () => {
    const browser = aBrowser()
    const attacker = aBrowser()
    await asks(attacker)
    const callback = await almostBack(browser)
    expect((await attacker.step(callback)).status).toBe(400)
    expect((await frontPage(attacker)).session).toBeNull()
    expect((await browser.step(callback)).to).toBe(`${product.origin}/`)
  })

  it('is refused when the person did not want to', async () => {
    const browser = aBrowser()
    const callback = new URL(await almostBack(browser))
    callback.searchParams.delete('code')
    callback.searchParams.set('error', 'access_denied')
    callback.searchParams.set('error_description', 'words of the provider')
    const back = await browser.step(callback.href)
    expect(back.status).toBe(400)
    expect(back.text).not.toContain('words of the provider')
  })

  it.each(['https://evil.example/', '//evil.example/', '/\\evil.example'])('never leads to %s', async (to) => {
    const straight = `${product.origin}/sign-in/stand-in?as=${priya.subject}&to=${encodeURIComponent(to)}`
    expect((await aBrowser().open(straight, 'https://evil')).at).toBe(`${product.origin}/`)
    expect((await signIn(aBrowser(), priya.name, to)).at).toBe(`${product.origin}/`)
  })

  it('does not let another browser say who comes', async () => {
    const page = await asks(aBrowser())
    const other = await aBrowser().open(product.origin + linkTo(page, priya.name))
    expect(other.status).toBe(400)
    expect(other.text).toContain('Start signing in again')
  })
})

describe('a session', () => {
  it('is not in the database in a form that could be used', async () => {
    const browser = aBrowser()
    await signIn(browser, priya.name)
    const token = browser.cookie('workwell')?.value ?? ''
    const binding = browser.cookie('workwell-sign-in')?.value ?? ''
    const { rows } = await database.owner.query<{ all: string }>(
      `select coalesce(string_agg(t::text, ' '), '') as all from (
         select to_jsonb(s) as t from identity.session s union all select to_jsonb(p) from identity.pending p
         union all select to_jsonb(i) from identity.stand_in i union all select to_jsonb(l) from identity.login l) as everything`,
    )
    expect(rows[0]?.all.length).toBeGreaterThan(500)
    for (const secret of [token, binding]) {
      expect(secret).toHaveLength(43)
      expect(rows[0]?.all).not.toContain(secret)
      expect(rows[0]?.all).not.toContain(Buffer.from(secret, 'base64url').toString('hex'))
    }
  })

  it('cannot be had with a changed token', async () => {
    const browser = aBrowser()
    await signIn(browser, priya.name)
    const token = browser.cookie('workwell')?.value ?? ''
    for (const changed of [
      `${token.slice(0, -2)}AA`,
      `${token}A`,
      token.slice(1),
      '',
      `' or true --`,
      `${token}; area=southmoor`,
    ]) {
      browser.setCookie('workwell', changed)
      const { session } = await frontPage(browser)
      expect([changed, session]).toEqual([changed, changed.startsWith(`${token};`) ? expect.anything() : null])
    }
  })

  it('ends when the person signs out, for every copy of its cookie', async () => {
    const browser = aBrowser()
    await signIn(browser, sam.name)
    const token = browser.cookie('workwell')?.value ?? ''
    const page = await browser.open(`${product.origin}/memberships`)
    const out = await browser.send(page, '/sign-out')
    expect(out.to).toBe(`${product.origin}/signed-out`)
    expect(browser.cookie('workwell')).toBeUndefined()
    const thief = aBrowser()
    await signIn(thief, priya.name)
    thief.setCookie('workwell', token)
    expect((await frontPage(thief)).session).toBeNull()
  })

  it('is not ended by another site', async () => {
    const browser = aBrowser()
    await signIn(browser, priya.name)
    const out = await browser.step(`${product.origin}/sign-out`, new URLSearchParams({ csrf: 'guessed' }))
    expect(out.status).toBe(403)
    expect((await frontPage(browser)).session).not.toBeNull()
  })

  it('ends everywhere at once for somebody who left', async () => {
    const [one, two] = [aBrowser(), aBrowser()]
    const account = seen(await signIn(one, priya.name)).session?.account ?? ''
    await signIn(two, priya.name)
    const ended = await database.databases.national((db) =>
      endSessionsOf(db, account, 'revoked', Temporal.Now.instant()),
    )
    expect(ended).toBeGreaterThanOrEqual(2)
    expect((await frontPage(one)).session).toBeNull()
    expect((await frontPage(two)).session).toBeNull()
  })

  it('ends after 30 minutes without use, and not before', async () => {
    const today = await aProduct(database.databases)
    const browser = aBrowser()
    await signIn(browser, priya.name, '', today)
    today.later({ minutes: 29 })
    const used = await frontPage(browser, today)
    today.later({ minutes: 29 })
    const stillUsed = await frontPage(browser, today)
    today.later({ minutes: 30 })
    const left = await frontPage(browser, today)
    await today.close()
    expect([used.session, stillUsed.session, left.session]).toEqual([expect.anything(), expect.anything(), null])
  })

  it('ends after 12 hours however much it is used', async () => {
    const today = await aProduct(database.databases)
    const browser = aBrowser()
    await signIn(browser, priya.name, '', today)
    const asked: unknown[] = []
    for (let quarters = 0; quarters < 48; quarters += 1) {
      asked.push((await frontPage(browser, today)).session)
      today.later({ minutes: 15 })
    }
    const atNight = await frontPage(browser, today)
    await today.close()
    expect(asked.filter((session) => session === null)).toHaveLength(0)
    expect(atNight.session).toBeNull()
  })

  it('has a cookie that script cannot read and other sites cannot send with a form', async () => {
    const browser = aBrowser()
    await signIn(browser, priya.name)
    expect(browser.cookie('workwell')?.line).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/)
  })

  it('has a cookie bound to the host and to https where the product is reached by https', async () => {
    const origin = 'https://workwell.example.org'
    const secure = await aProduct(database.databases, { origin })
    const browser = aBrowser({ [origin]: secure.listens })
    const shown = await signIn(browser, priya.name, '/plans', secure)
    await secure.close()
    expect(seen(shown).session?.membership).toBe(inNorthmoor.membership)
    expect(browser.cookie('__Host-workwell')?.line).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
    expect(browser.cookie('stand-in-session')?.line).toMatch(/secure/i)
  })
})

describe('the stand-in', () => {
  it('is refused in production', async () => {
    const parts = {
      settings: settingsWith({ environment: 'production', origin: 'https://workwell.example.org' }),
      national: database.databases.national,
      now: () => Temporal.Now.instant(),
      people: { list: async () => [], find: async () => undefined },
      problem: () => '',
      onFault: () => undefined,
    }
    await expect(startStandIn(parts)).rejects.toThrow('refused in production')
    await expect(aProduct(database.databases, { ...parts.settings, port: 0 })).rejects.toThrow('refused in production')
  })

  it('is not there where the settings do not ask for it, and its sessions end', async () => {
    const browser = aBrowser()
    await signIn(browser, priya.name)
    const without = await aProduct(database.databases, { standIn: false })
    expect((await aBrowser().open(`${without.origin}/sign-in`)).text).toContain('Nobody can sign in yet')
    expect((await aBrowser().open(`${without.origin}/sign-in/stand-in`)).status).toBe(404)
    expect((await aBrowser().open(`${without.origin}/stand-in/.well-known/openid-configuration`)).status).toBe(404)
    await without.close()
    expect((await frontPage(browser)).session).toBeNull()
  })

  it('is reached under the one origin of the settings, whatever a request says', async () => {
    const answer = await fetch(`${product.listens}/stand-in/.well-known/openid-configuration`, {
      headers: { 'x-forwarded-host': 'evil.example' },
    })
    expect(await answer.text()).not.toContain('evil.example')
  })

  it('shows our own page for what it does not understand', async () => {
    const page = await aBrowser().open(`${product.origin}/stand-in/auth?client_id=unknown`)
    expect(page.status).toBe(400)
    expect(page.text).toContain('Start signing in again')
  })
})

describe('the rights of the application', () => {
  const refused = (sql: string) =>
    database.owner
      .query(`begin; set local role workwell_app; ${sql}; commit`)
      .finally(() => database.owner.query('rollback'))

  it.each([
    `update identity.session set account = gen_random_uuid()`,
    `update identity.session set ends_at = 'infinity'`,
    `update identity.login set account = gen_random_uuid()`,
    `delete from identity.account`,
    `update identity.signing_key set jwk = '{}'`,
    `truncate identity.session`,
  ])('do not reach as far as: %s', async (sql) => {
    await expect(refused(sql)).rejects.toThrow('permission denied')
  })
})
