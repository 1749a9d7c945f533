import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountFor, addAccount, addLogin, findAccount, findLogin, inviteAccount } from './accounts.ts'
import { openIdProviders } from './openid.ts'
import { standInStore } from './stand-in-store.ts'
import { aBrowser, type Browser, type Shown } from './testing/browser.ts'
import { aDatabase, aProduct, freePort, type Product, settingsWith, type TestDatabase } from './testing/product.ts'
import { careLogin, careOrigin, type CareLogin } from './testing/provider.ts'
import { inNorthmoor } from './testing/people.ts'

const home = mkdtempSync(join(tmpdir(), 'workwell-openid-'))
const now = () => Temporal.Now.instant()
let database: TestDatabase
let care: CareLogin
let product: Product

beforeAll(async () => {
  database = await aDatabase(home)
  const origin = `http://localhost:${await freePort()}`
  care = await careLogin(`${origin}/sign-in/care/callback`, `${origin}/signed-out`)
  product = await aProduct(database.databases, { origin, providers: [care.settings] }, care.send)
}, 60_000)

afterAll(async () => {
  await product.close()
  await care.close()
  await database.close()
  rmSync(home, { recursive: true, force: true })
})

const national: TestDatabase['databases']['national'] = (work) => database.databases.national(work)
const browserHere = (at = product) => aBrowser({ ...care.hosts, [at.origin]: at.listens })
const accountOf = (subject: string) => national((db) => findLogin(db, 'care', subject))
const signInAs = async (saying: Parameters<CareLogin['says']>[0], browser = browserHere()): Promise<Shown> => {
  care.says(saying)
  return browser.open(`${product.origin}/sign-in/care`)
}

/** The ID token says something else as well, under the signature that was made without it. */
const withClaims = (more: object) => (answer: string) => {
  const tokens = JSON.parse(answer) as { id_token: string }
  const [header = '', claims = '', signature = ''] = tokens.id_token.split('.')
  const said = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), ...more }
  const changed = [header, Buffer.from(JSON.stringify(said)).toString('base64url'), signature].join('.')
  return JSON.stringify({ ...tokens, id_token: changed })
}

describe('another organisation’s provider', () => {
  it('is offered beside the stand-in, by its own name', async () => {
    const page = await browserHere().open(`${product.origin}/sign-in?to=/plans`)
    expect(page.text).toContain('href="/sign-in/care?to=%2Fplans"')
    expect(page.text).toContain('Sign in with Care login')
  })

  it('is asked with what its settings say, and never with less than state, nonce and a PKCE challenge', async () => {
    await signInAs({ subject: 'asked', name: 'Asked About' })
    const asked = Object.fromEntries(care.asked.at(-1) ?? [])
    expect(asked).toMatchObject({
      vtr: '["P9.Cp.Cd"]',
      scope: 'openid profile email',
      response_type: 'code',
      code_challenge_method: 'S256',
    })
    for (const secret of ['state', 'nonce', 'code_challenge']) expect(asked[secret]).toHaveLength(43)
  })

  it('knows us by a signed statement for its token endpoint, and by our name', async () => {
    await signInAs({ subject: 'statement', name: 'Any Body' })
    const sent = care.tokenRequests.at(-1)
    const [header, statement] = (sent?.body.get('client_assertion') ?? '')
      .split('.')
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()))
    expect(header).toMatchObject({ alg: 'RS512', kid: 'ours' })
    expect(statement).toMatchObject({ aud: `${careOrigin}/token`, iss: 'workwell', sub: 'workwell' })
    expect(statement.exp - statement.iat).toBeLessThanOrEqual(300)
    expect(sent?.headers['user-agent']).toMatch(/^WorkWell/)
    expect(sent?.body.get('client_secret')).toBeNull()
  })

  it('says the name from its userinfo', async () => {
    await signInAs({ subject: 'named', name: 'Named There', email: 'named@example.org', emailVerified: true })
    const account = await accountOf('named')
    expect(await national((db) => findAccount(db, account ?? ''))).toMatchObject({
      name: 'Named There',
      email: 'named@example.org',
    })
  })

  it('that is away gives a page that says so, and is asked again the next time', async () => {
    const elsewhere = await aProduct(database.databases, { providers: [care.settings] }, care.send)
    care.away(true)
    const page = await browserHere(elsewhere).open(`${elsewhere.origin}/sign-in/care`)
    care.away(false)
    const again = await browserHere(elsewhere).step(`${elsewhere.origin}/sign-in/care`)
    await elsewhere.close()
    expect(page.status).toBe(503)
    expect(page.text).toContain('You cannot sign in with Care login right now')
    expect(page.text).not.toContain('fetch failed')
    expect(again.to).toMatch(`${careOrigin}/auth`)
  })

  it('that goes away between leaving and coming back gives the same page', async () => {
    const browser = browserHere()
    care.says({ subject: 'between', name: 'Between' })
    const last = await browser.open(`${product.origin}/sign-in/care`, `${product.origin}/sign-in/care/callback`)
    care.away(true)
    const back = await browser.step(last.to ?? '')
    care.away(false)
    expect(back.status).toBe(503)
    expect(await accountOf('between')).toBeUndefined()
  })

  it('signs out there too, through a link of its own', async () => {
    const browser = browserHere()
    const page = await signInAs({ subject: 'leaving', name: 'Leaving Now' }, browser)
    const out = await browser.send(page, '/sign-out')
    const signedOut = await browser.open(out.to ?? '')
    expect(signedOut.text).toContain('href="/sign-out/care"')
    const there = await browser.step(`${product.origin}/sign-out/care`)
    expect(there.to).toMatch(`${careOrigin}/session/end?id_token_hint=`)
    expect(new URL(there.to ?? '').searchParams.get('post_logout_redirect_uri')).toBe(`${product.origin}/signed-out`)
    const again = await browser.step(`${product.origin}/sign-out/care`)
    expect(again.to).toBe(`${product.origin}/signed-out`)
  })

  it('is not believed when somebody in between changed or kept its word', async () => {
    const answers: string[] = []
    care.meddle((answer) => (answers.push(answer), answer))
    expect((await signInAs({ subject: 'first', name: 'First' })).status).toBe(200)
    care.meddle(withClaims({ amr: ['otp'] }))
    const changed = await signInAs({ subject: 'second', name: 'Second' })
    care.meddle(() => answers[0] ?? '')
    const kept = await signInAs({ subject: 'third', name: 'Third' })
    care.meddle((answer) => answer)
    expect([changed.status, kept.status]).toEqual([400, 400])
    expect(await accountOf('second')).toBeUndefined()
  })

  it('cannot be set up over plain http, under the name of the stand-in in production, or with a broken key', () => {
    const settings = settingsWith({ environment: 'production', standIn: false })
    const { clientKey: _, ...plain } = care.settings
    const opening = (change: object) => () => openIdProviders(settings, [{ ...plain, ...change }])
    expect(opening({ issuer: 'http://login.example.org' })).toThrow('https')
    expect(opening({ key: 'stand-in' })).toThrow('refused in production')
    expect(opening({ clientKey: { pem: 'nonsense', algorithm: 'RS512' } })).toThrow('not a private key')
  })
})

describe('a sign-in that comes back', () => {
  const cameBack = async (browser: Browser, at = product) => {
    care.says({ subject: 'back', name: 'Back Again' })
    return (await browser.open(`${at.origin}/sign-in/care`, `${at.origin}/sign-in/care/callback`)).to ?? ''
  }

  it('a second time does not even reach the provider', async () => {
    const browser = browserHere()
    const callback = await cameBack(browser)
    await browser.step(callback)
    const asked = care.tokenRequests.length
    expect((await browser.step(callback)).status).toBe(400)
    expect(care.tokenRequests).toHaveLength(asked)
  })

  it('after 10 minutes does not either', async () => {
    const slow = await aProduct(database.databases, { origin: product.origin, providers: [care.settings] }, care.send)
    const browser = browserHere(slow)
    const callback = await cameBack(browser, slow)
    const asked = care.tokenRequests.length
    slow.later({ minutes: 10 })
    const back = await browser.step(callback)
    await slow.close()
    expect(back.status).toBe(400)
    expect(care.tokenRequests).toHaveLength(asked)
  })
})

describe('a sign-in that must be fresh', () => {
  it('is refused when the provider only remembered the person', async () => {
    const fresh = { ...care.settings, parameters: { ...care.settings.parameters, prompt: 'login' } }
    const strict = await aProduct(database.databases, { origin: product.origin, providers: [fresh] }, care.send)
    care.says({ subject: 'remembered', name: 'Remembered', authTime: -3600 })
    const old = await browserHere(strict).open(`${strict.origin}/sign-in/care`)
    care.says({ subject: 'remembered', name: 'Remembered' })
    const now = await browserHere(strict).open(`${strict.origin}/sign-in/care`)
    await strict.close()
    expect(old.status).toBe(400)
    expect(now.status).toBe(200)
  })
})

describe('for real', () => {
  const roles = async () => [inNorthmoor]
  const real = { environment: 'production', standIn: false } as const

  it('a second factor is asked of staff', async () => {
    const origin = 'https://workwell.example.org'
    const login = await careLogin(`${origin}/sign-in/care/callback`, `${origin}/signed-out`)
    const live = await aProduct(database.databases, { ...real, origin, providers: [login.settings] }, login.send, roles)
    const visit = async (amr: string[]) => {
      login.says({ subject: 'staff', name: 'Member Of Staff', amr })
      return aBrowser({ ...login.hosts, [origin]: live.listens }).open(`${origin}/sign-in/care`)
    }
    const without = await visit(['pwd'])
    const both = await visit(['pwd', 'otp'])
    await live.close()
    await login.close()
    expect(without.text).toContain('Sign in with a second step')
    expect(JSON.parse(both.text).session).toMatchObject({ membership: inNorthmoor.membership })
  })
})

describe('an invitation', () => {
  const invited = (email: string, until = now().add({ hours: 24 })) =>
    national((db) => inviteAccount(db, { name: 'Invited Person', email, until }, now()))

  it('is taken up by a first sign-in with that address, verified', async () => {
    const account = await invited('Jo.Invited@example.org')
    await signInAs({ subject: 'jo', name: 'Jo', email: 'jo.invited@EXAMPLE.org', emailVerified: true })
    expect(await accountOf('jo')).toBe(account)
  })

  it('is not taken up by an address that the provider has not verified', async () => {
    const account = await invited('ali@example.org')
    await signInAs({ subject: 'ali', name: 'Ali', email: 'ali@example.org', emailVerified: false })
    const made = await accountOf('ali')
    expect(made).not.toBe(account)
    expect(await national((db) => findAccount(db, made ?? ''))).toMatchObject({ email: null })
  })

  it('is taken up once', async () => {
    const account = await invited('once@example.org')
    await signInAs({ subject: 'quick', name: 'Quick', email: 'once@example.org', emailVerified: true })
    await signInAs({ subject: 'slow', name: 'Slow', email: 'once@example.org', emailVerified: true })
    expect(await accountOf('quick')).toBe(account)
    expect(await accountOf('slow')).not.toBe(account)
  })

  it('runs out', async () => {
    const account = await invited('late@example.org', now().subtract({ hours: 1 }))
    await signInAs({ subject: 'late', name: 'Late', email: 'late@example.org', emailVerified: true })
    expect(await accountOf('late')).not.toBe(account)
  })

  it('sent twice waits for the same account, and goes to the account that has the address already', async () => {
    const account = await invited('twice@example.org')
    expect(await invited('twice@example.org')).toBe(account)
    await signInAs({ subject: 'twice', name: 'Twice', email: 'twice@example.org', emailVerified: true })
    expect(await invited('twice@example.org')).toBe(account)
  })

  it('does not move somebody who is known by another account', async () => {
    const own = await national((db) => addAccount(db, { name: 'Known' }, now()))
    await national((db) => addLogin(db, own, { provider: 'care', subject: 'known' }, now()))
    const account = await invited('known@example.org')
    await signInAs({ subject: 'known', name: 'Known', email: 'known@example.org', emailVerified: true })
    expect(await accountOf('known')).toBe(own)
    expect(own).not.toBe(account)
  })
})

describe('what happens at once', () => {
  it('two first sign-ins make one account', async () => {
    const person = { provider: 'care', subject: 'both', name: 'Both At Once', verifiedEmail: undefined }
    const made = await Promise.all([1, 2, 3, 4].map(() => national((db) => accountFor(db, person, now()))))
    expect(new Set(made).size).toBe(1)
  })

  it('a code of the stand-in is used once', async () => {
    const codes = standInStore('AuthorizationCode', { national, now })
    await codes.upsert('one', { grantId: 'grant' }, 60)
    await codes.consume('one')
    expect(await codes.find('one')).toMatchObject({ grantId: 'grant', consumed: expect.any(Number) })
    await codes.revokeByGrantId('grant')
    expect(await codes.find('one')).toBeUndefined()
  })
})
