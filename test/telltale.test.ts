import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RouteLine } from '#platform/http/route.ts'
import { newId } from '#platform/ids.ts'
import { openLog } from '#platform/log.ts'
import { startApp, type TestApp } from './app.ts'
import type { Browser, Fields, Seen } from './browser.ts'
import { fillArea } from './journeys/tour/filled.ts'
import { aReferral } from './people/referral.ts'
import { anybody, telling, tellingOf, type Anybody } from './telltale/anybody.ts'

const everybody = Array.from({ length: 40 }, (_, seed) => anybody(seed))
const referred = anybody(4711)
const written = anybody(4712)
const signs = new Set([referred, written, ...everybody].flatMap(tellingOf))

const logged: string[] = []
const addresses: string[] = []
let app: TestApp
let filled: Awaited<ReturnType<typeof fillArea>>
beforeAll(async () => {
  app = await startApp({}, openLog('trace', { write: (line) => void logged.push(line) }))
  filled = await fillArea(app)
}, 60_000)
afterAll(() => app.close())

/** What somebody types into a field of this name. */
function typedIn(name: string, somebody: Anybody): string {
  if (/phone|mobile|tel/i.test(name)) return somebody.phone
  if (/email|address|contact/i.test(name)) return name === 'address' ? somebody.address : somebody.email
  if (/given|first|preferred|called/i.test(name)) return somebody.name
  if (/family|last/i.test(name)) return somebody.family
  if (/nhs/i.test(name)) return somebody.nhs
  if (/^(version|id|form)$/.test(name)) return '1'
  return somebody.words
}

/** Searches that look for nobody: what is found by them is no person, and whoever looks for somebody has a search for that. */
const aboutNobody: Readonly<Record<string, string>> = {
  '/places': 'a day on which the map is drawn',
  '/services/owners': 'the name of an organisation',
  '/services/locations': 'the name of a building',
  '/services/owners/:owner/joining': 'the name of an organisation',
  '/services/locations/:location/joining': 'the name of a building',
  '/area/links': 'the name of an organisation, or the code on a poster',
  '/area/solutions': 'words of a suggestion that is for everybody',
}

const takesWords = (query: NonNullable<RouteLine['rule']['query']>) =>
  Object.values(query).some((field) => field.safeParse('Anybody Else').data === 'Anybody Else')

function keep(page: Seen): Seen {
  if (page.location !== undefined) addresses.push(page.location)
  for (const [, href = ''] of page.html.matchAll(/\b(?:href|action|src)="([^"]*)"/g)) {
    if (!/^(mailto|tel):/.test(href)) addresses.push(href)
  }
  return page
}

const addressOf = (path: string) => path.replaceAll(/:(\w+)/g, (_all, part: string) => filled.parts[part] ?? part)

const browsers = new Map<string, Promise<Browser>>()

/** Somebody for whom a route is; whoever comes again is signed in already. */
async function browserFor({ rule: { who } }: RouteLine): Promise<Browser> {
  const members = Object.values(app.cast).filter(({ area }) => area === 'north')
  const member = who === 'signed-in' ? app.cast.coach : members.find(({ role }) => who.includes(role))
  if (who === 'anyone' || (who !== 'participant' && !member)) return app.visitor()
  const known = who === 'participant' || !member ? 'participant' : member.membership
  const opened =
    browsers.get(known) ??
    (member && who !== 'participant' ? app.as(member) : app.asParticipant(filled.completed.person))
  browsers.set(known, opened)
  return opened
}

describe('What somebody types', () => {
  it('is sent to every form of the product', { timeout: 60_000 }, async () => {
    const forms = app.product.lines.filter(({ method, rule }) => method === 'POST' && rule.form !== undefined)
    for (const [at, line] of forms.entries()) {
      const somebody = everybody[at % everybody.length] ?? referred
      const names = Object.keys(line.rule.form ?? {})
      const typed: Fields = Object.fromEntries(names.map((name) => [name, typedIn(name, somebody)]))
      keep(await (await browserFor(line)).send(addressOf(line.path), typed))
    }

    expect(forms.length).toBeGreaterThan(100)
  })

  it('is typed into every search of the product', { timeout: 60_000 }, async () => {
    const searches = app.product.lines.filter(({ method, rule }) => method === 'GET' && takesWords(rule.query ?? {}))
    for (const [at, line] of searches.entries()) {
      if (line.path in aboutNobody) continue
      const somebody = everybody[at % everybody.length] ?? referred
      const { html } = keep(await (await browserFor(line)).open(addressOf(line.path)))
      for (const [form] of html.matchAll(/<form [^>]*method="get"[^]*?<\/form>/g)) {
        const names = [...form.matchAll(/<input(?![^>]*type="(?:hidden|checkbox|radio)")[^>]* name="([^"]+)"/g)]
        const typed = names.map(([, name = '']): [string, string] => [name, typedIn(name, somebody)])
        addresses.push(`${/ action="([^"]*)"/.exec(form)?.[1] ?? ''}?${new URLSearchParams(typed).toString()}`)
      }
    }

    expect(searches.length).toBeGreaterThan(Object.keys(aboutNobody).length)
  })

  it('makes a referral, is looked for, and is written about', { timeout: 60_000 }, async () => {
    const visitor = app.visitor()
    const path = '/in/north/refer-yourself'
    const reach = {
      phone: referred.phone,
      email: referred.email,
      address: referred.address,
      safe: ['call', 'text', 'email'],
    }
    const born = {
      'bornOn-day': '2',
      'bornOn-month': '6',
      'bornOn-year': '1990',
      postcode: 'LS1 4AP',
      nhsNumber: referred.nhs,
    }
    await visitor.open(`${path}/name`)
    keep(await visitor.send(`${path}/name`, { givenName: referred.name, familyName: referred.family, ...reach }))
    keep(await visitor.send(`${path}/home`, born))
    keep(await visitor.send(`${path}/work`, { workStatus: 'off-sick' }))
    keep(await visitor.send(`${path}/help`, { reason: referred.words }))
    const check = keep(await visitor.open(`${path}/check`))
    const id = /name="id" value="([^"]+)"/.exec(check.html)?.[1] ?? ''
    expect(keep(await visitor.send(`${path}/check`, { id })).location).toContain('/referred/')
    const { rows } = await app.owner.query('select person from referral.referral where id = $1', [id])
    const administrator = await app.as(app.cast.administrator)
    for (const q of [referred.name, referred.family, referred.phone, referred.nhs, referred.email]) {
      keep(await administrator.sendAndFollow('/people/search', { q, find: q, text: q, search: q }))
    }
    for (const page of ['/referrals', `/referrals/${id}`, '/people', `/people/${rows[0].person}`, '/outbox']) {
      const seen = keep(await administrator.open(page))
      expect([page, seen.status]).toEqual([page, 200])
    }
    await app.work()
  })

  it('is of somebody about whom messages with a subject go out: to them, and to whoever referred them', async () => {
    const surgery = { name: written.words, organisation: `Surgery ${written.family}`, email: written.email }
    const { id, person } = await aReferral(app, {
      ...{ route: 'gp', answers: { reason: written.words }, referrer: { ...surgery, feedback: 'status' } },
      person: { givenName: written.name, familyName: written.family, email: written.email, safe: ['email'] },
    })
    const administrator = await app.as(app.cast.administrator)
    const agreed = { form: newId(), how: 'telephone', gp: 'yes', 'gp-allows': 'status' }
    keep(await administrator.send(`/people/${person}/agreements`, agreed))
    keep(await administrator.send(`/referrals/${id}/question`, { id: newId(), asks: written.words }))
    const decided = { id: newId(), decision: 'accepted', reason: written.words }
    keep(await administrator.send(`/referrals/${id}/decision`, decided))
    await app.work()
    const { rows } = await app.owner.query(
      `select kind from notify.message where person = $1 and subject is not null`,
      [person],
    )

    expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(['referral.question', 'referral.received']))
  })

  it('stands in no address, no line of the log, no measurement and no subject of a message', async () => {
    const { rows: subjects } = await app.owner.query(`select subject from notify.message where subject is not null`)
    const { rows: journal } = await app.owner.query(`select what, codes::text from journal.entry`)
    const metrics = (await app.product.fastify.inject('/metrics')).payload
    expect([addresses.length > 1000, logged.length > 200, subjects.length > 3, journal.length > 50]).not.toContain(
      false,
    )
    expect(telling(addresses, signs)).toEqual([])
    expect(telling(logged, signs)).toEqual([])
    expect(
      telling(
        subjects.map(({ subject }) => String(subject)),
        signs,
      ),
    ).toEqual([])
    expect(
      telling(
        journal.map(({ what, codes }) => `${what} ${codes}`),
        signs,
      ),
    ).toEqual([])
    expect(metrics).toContain('# HELP')
    expect(telling([metrics], signs)).toEqual([])
  })

  it('would be found in an address however it is written there', () => {
    const ways: readonly ((value: string) => string)[] = [
      encodeURIComponent,
      (value) => encodeURIComponent(encodeURIComponent(value)),
      (value) => value.toUpperCase(),
      (value) => Buffer.from(`a${value}`).toString('base64url'),
      (value) => createHash('sha256').update(value.toLowerCase()).digest('hex'),
    ]
    const written = everybody.flatMap((somebody) =>
      ways.flatMap((way) => Object.values(somebody).map((value) => `/people/${way(value)}?page=2`)),
    )

    expect(telling(written, signs)).toEqual([...new Set(written)])
  })
})
