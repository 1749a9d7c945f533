import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RouteLine } from '#platform/http/route.ts'
import { openLog } from '#platform/log.ts'
import { startApp, type TestApp } from './app.ts'
import type { Browser, Fields, Seen } from './browser.ts'
import { fillArea } from './journeys/tour/filled.ts'

// What nobody else is called, and no other number is: wherever it turns up, it is this person.
const telltale = {
  name: 'Zebedia',
  family: 'Quillfeather',
  phone: '07700 900731',
  email: 'quillfeather@example.org',
  address: '9 Zanzibar Cottages',
  nhs: '9990000077',
  words: 'Quillfeather said xylophonitis',
} as const
const anyOfIt = /zebedia|quillfeather|07700 ?900 ?731|7700900731|zanzibar|9990000077|999 000 0077|xylophonitis/i

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
function typedIn(name: string): string | readonly string[] {
  if (/phone|mobile|tel/i.test(name)) return telltale.phone
  if (/email|address|contact/i.test(name)) return name === 'address' ? telltale.address : telltale.email
  if (/given|first|preferred|called/i.test(name)) return telltale.name
  if (/nhs/i.test(name)) return telltale.nhs
  if (/^(version|id|form)$/.test(name)) return '1'
  return telltale.words
}

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
    for (const line of forms) {
      const typed: Fields = Object.fromEntries(Object.keys(line.rule.form ?? {}).map((name) => [name, typedIn(name)]))
      keep(await (await browserFor(line)).send(addressOf(line.path), typed))
    }

    expect(forms.length).toBeGreaterThan(100)
  })

  it('makes a referral, is looked for, and is written about', { timeout: 60_000 }, async () => {
    const visitor = app.visitor()
    const path = '/in/north/refer-yourself'
    const reach = {
      phone: telltale.phone,
      email: telltale.email,
      address: telltale.address,
      safe: ['call', 'text', 'email'],
    }
    const born = {
      'bornOn-day': '2',
      'bornOn-month': '6',
      'bornOn-year': '1990',
      postcode: 'LS1 4AP',
      nhsNumber: telltale.nhs,
    }
    await visitor.open(`${path}/name`)
    keep(await visitor.send(`${path}/name`, { givenName: telltale.name, familyName: telltale.family, ...reach }))
    keep(await visitor.send(`${path}/home`, born))
    keep(await visitor.send(`${path}/work`, { workStatus: 'off-sick' }))
    keep(await visitor.send(`${path}/help`, { reason: telltale.words }))
    const check = keep(await visitor.open(`${path}/check`))
    const id = /name="id" value="([^"]+)"/.exec(check.html)?.[1] ?? ''
    expect(keep(await visitor.send(`${path}/check`, { id })).location).toContain('/referred/')
    const { rows } = await app.owner.query('select person from referral.referral where id = $1', [id])
    const administrator = await app.as(app.cast.administrator)
    for (const q of [telltale.name, telltale.family, telltale.phone, telltale.nhs, telltale.email]) {
      keep(await administrator.sendAndFollow('/people/search', { q, find: q, text: q, search: q }))
    }
    for (const page of ['/referrals', `/referrals/${id}`, '/people', `/people/${rows[0].person}`, '/outbox']) {
      const seen = keep(await administrator.open(page))
      expect([page, seen.status]).toEqual([page, 200])
    }
    await app.work()
  })

  it('stands in no address, no line of the log, no measurement and no subject of a message', async () => {
    const { rows: subjects } = await app.owner.query(`select subject from notify.message where subject is not null`)
    const { rows: journal } = await app.owner.query(`select what, codes::text from journal.entry`)
    const metrics = (await app.product.fastify.inject('/metrics')).payload
    const telling = (lines: readonly string[]) =>
      lines.filter((line) =>
        anyOfIt.test(decodeURIComponent(line.replaceAll('%', '%25').replaceAll(/%25([0-9A-F]{2})/gi, '%$1'))),
      )

    expect([addresses.length > 1000, logged.length > 200, subjects.length > 3, journal.length > 50]).not.toContain(
      false,
    )
    expect(telling(addresses)).toEqual([])
    expect(telling(logged)).toEqual([])
    expect(telling(subjects.map(({ subject }) => String(subject)))).toEqual([])
    expect(telling(journal.map(({ what, codes }) => `${what} ${codes}`))).toEqual([])
    expect(metrics).toContain('# HELP')
    expect(telling([metrics])).toEqual([])
  })
})
