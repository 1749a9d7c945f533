import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addAccount, addLogin } from '#platform/identity/accounts.ts'
import { cookieNames } from '#platform/identity/cookies.ts'
import { openSession } from '#platform/identity/store.ts'
import { newToken } from '#platform/identity/tokens.ts'
import { findArea, findSettings } from '#registers/areas/store.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { setUp } from '#setting-up.ts'
import { startApp, type TestApp } from './app.ts'
import { type Browser, browser } from './browser.ts'
import { type Clone, cloneDatabase } from './database.ts'

let app: TestApp
let second: Clone
beforeAll(async () => {
  second = await cloneDatabase()
  const far = { url: second.url, directUrl: second.ownerUrl }
  app = await startApp({ WORKWELL_AREA_DATABASES: JSON.stringify({ far }) })
})
afterAll(async () => {
  await app.close()
  await second.drop()
})

const wanted = {
  area: 'black-country',
  name: 'WorkWell Black Country',
  organisation: 'Lead',
  administrator: 'Ann Admin',
  email: 'ann@example.org',
}
type Wanted = Partial<Record<keyof typeof wanted | 'kind', string>> & { board?: readonly string[] }

const begin = (changed: Wanted = {}) =>
  setUp(
    { databases: app.databases, origin: app.settings.origin, now: app.clock.now },
    { options: { ...wanted, ...changed }, words: [] },
  )
const linkIn = (said: string) => /\/l\/[a-z-]+\.[\w-]{43}/.exec(said)?.[0] ?? ''

/** A browser in which somebody has signed in whom nobody has invited, by whatever address their provider gives. */
async function somebody(name: string): Promise<Browser> {
  const token = newToken()
  await app.databases.national(async (db) => {
    const account = await addAccount(db, { name, email: 'quite.another@example.net' }, app.clock.now)
    await addLogin(db, account, { provider: 'stand-in', subject: name }, app.clock.now)
    const session = { token, account, provider: 'stand-in', secondFactor: true }
    await openSession(db, { ...session, idToken: undefined, returnPath: undefined }, app.clock.now)
  })
  return browser(app.product.fastify, new Map([[cookieNames(app.settings.origin).session, token]]))
}

const membersOf = (area: string) =>
  app.inArea(area, (db) => listMembers(db, area, Temporal.PlainDate.from('2026-01-05')))

describe('Setting up for real use', () => {
  it('makes the first area, whom it serves, who receives referrals, and an administrator', async () => {
    const said = await begin({ board: ['qua', 'QHL'] })
    const [area, settings] = await app.inArea('black-country', async (db) => [
      await findArea(db, 'black-country'),
      await findSettings(db, 'black-country', Temporal.PlainDate.from('2026-01-05')),
    ])
    const covered = await app.owner.query(`select board from areas.coverage where area = 'black-country' order by 1`)

    expect(said).toMatch(/\n {2}http:\/\/localhost:\d+\/l\/black-country\.[\w-]{43}\n/)
    expect(said).toContain('until 12 January 2026')
    expect(area).toMatchObject({ name: 'WorkWell Black Country', synthetic: false })
    expect(settings.receivingOrganisation).not.toBeNull()
    expect(covered.rows).toEqual([{ board: 'QHL' }, { board: 'QUA' }])
    const roles = (await membersOf('black-country')).map(({ role }) => role)
    expect(roles.toSorted()).toEqual(['administrator', 'system-administrator'])
  })

  it.each([
    [undefined, 'board', 'controller'],
    ['council', 'council', 'controller'],
    ['provider', 'provider', 'processor'],
  ])('says of an organisation given as %s what it is by law for the records', async (given, kind, role) => {
    const area = `run-by-${kind}`
    await begin({ area, email: `${kind}@example.org`, ...(given === undefined ? {} : { kind: given }) })

    const { rows } = await app.owner.query('select kind, data_role from organisations.organisation where area = $1', [
      area,
    ])
    expect(rows).toEqual([{ kind, data_role: role }])
    await expect(begin({ area: 'run-by-none', kind: 'club' })).rejects.toThrow(
      '--kind must be board, council or provider',
    )
  })

  it('makes an administrator of whoever signs in with its link, once, whichever address they have', async () => {
    const link = linkIn(await begin({ area: 'dudley' }))
    const asked = await app.visitor().open(link)
    const ann = await somebody('Ann A.')
    const shown = await ann.open(link)
    const joined = await ann.sendAndFollow(link)
    const late = await (await somebody('Somebody Else')).send(link)

    expect(asked.text).toContain('This invitation is for Ann Admin')
    expect(asked.html).toContain(`href="/sign-in?to=${encodeURIComponent(link)}"`)
    expect(shown.text).toContain('You are signed in as Ann A.')
    expect(joined.text).toContain('Choose the role you are working in')
    expect(joined.text).toContain('System administrator')
    expect([late.status, late.text]).toEqual([410, expect.stringContaining('This link is no longer in use')])
    await expect(begin({ area: 'dudley' })).rejects.toThrow('its administrator has signed in')
  })

  it('gives a new link when it is run again, and the one before works no longer', async () => {
    const first = linkIn(await begin({ area: 'walsall' }))
    const again = await begin({ area: 'walsall', email: '', name: '', organisation: '', administrator: '' })
    app.clock.pass({ days: 6 })
    const [old, fresh] = [await app.visitor().open(first), await app.visitor().open(linkIn(again))]
    app.clock.pass({ days: 2 })
    const late = await app.visitor().open(linkIn(again))
    app.clock.set('2026-01-05T10:00:00Z')

    expect(again).toContain('walsall was set up before and stays as it is')
    expect([old.status, fresh.status]).toEqual([410, 200])
    expect(late.text).toContain('This link has expired')
    expect(await membersOf('walsall')).toHaveLength(2)
  })

  it('sets up an area in the database that settings name for it, and looks for it there', async () => {
    const link = linkIn(await begin({ area: 'far' }))
    const ann = await somebody('Ann Afar')
    const joined = await ann.sendAndFollow(link)

    expect(joined.text).toContain('System administrator')
    expect(await app.owner.query(`select from areas.area where area = 'far'`)).toMatchObject({ rowCount: 0 })
    await expect(begin({ area: 'far' })).rejects.toThrow('its administrator has signed in')
  })

  it.each([
    [{ area: 'Black Country' }, 'small letters, digits and hyphens'],
    [{ email: 'ann' }, 'must be an email address'],
    [{ organisation: '' }, 'Say --organisation'],
    [{ board: ['QHG', 'XXX'] }, '--board XXX is no Integrated Care Board today'],
  ])('says in one sentence what is wrong with %o', async (changed, sentence) => {
    await expect(begin({ area: 'elsewhere', ...changed })).rejects.toThrow(sentence)
    expect(await membersOf('elsewhere')).toEqual([])
  })
})
