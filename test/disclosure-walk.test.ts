import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isFor, type Role } from '#platform/access/rules.ts'
import { newId } from '#platform/ids.ts'
import { recordStep } from '#journey/episode/store.ts'
import { isGround, messageGrounds, outsideRoles } from '#disclosing.ts'
import { startApp, type TestApp } from './app.ts'
import type { Browser, Seen } from './browser.ts'
import { anOrganisation, bare, everyState, linkSent, somebodyAt, telltales, type Told } from './disclosure/people.ts'

const states = Object.keys(everyState)
const born = { 'bornOn-day': '14', 'bornOn-month': '3', 'bornOn-year': '1981' }
/** Words that say more than that a referral was received. */
const more =
  /accepted|has started|support|ended|closed|declined|withdrawn|eligible|reach|did not come|missed|no answer/i

let app: TestApp
const closed = ['jobcentre', 'employer'] as const
type Closed = (typeof closed)[number]
let told: Readonly<Record<Closed | 'gp', readonly Told[]>>

const emailOf = (route: string) => (state: string) => `${state.replaceAll(' ', '-')}@${route}.example.org`

beforeAll(async () => {
  app = await startApp()
  const made = async (route: Closed | 'gp') => {
    const all: Told[] = []
    for (const state of states)
      all.push(await somebodyAt(app, state, { route, organisation: `The ${route}`, email: emailOf(route) }))
    return all
  }
  told = { jobcentre: await made('jobcentre'), employer: await made('employer'), gp: await made('gp') }
  for (const { person } of told.gp) await said(person, { gp: 'yes', 'gp-allows': 'status' })
  app.clock.pass({ hours: 1 })
  await app.work()
})
afterAll(() => app.close())

/**
 * Everything that whoever holds the link gets to read, page by page. Somebody who has signed in reads it, because strangers
 * are held up who read as much within a minute as is read here.
 */
async function readBehind(of: Told): Promise<string[]> {
  const visitor = await app.as(app.cast.nationalTeam)
  const first = await visitor.open(of.link)
  const wrong = await visitor.send(of.link, { do: 'see', ...born, 'bornOn-day': '15' })
  const seen = await visitor.send(of.link, { do: 'see', ...born })
  const proof = /name="proof" value="([^"]+)"/.exec(seen.html)?.[1] ?? ''
  const takingBack = await visitor.send(of.link, { do: 'withdrawing', proof })
  return [first, wrong, seen, takingBack].map((page) => bare(page, of))
}

const said = async (person: string, answers: Record<string, string>) => {
  const seen = await (
    await app.as(app.cast.coach)
  ).send(`/people/${person}/agreements`, {
    ...{ form: newId(), how: 'telephone', ...answers },
  })
  if (seen.status !== 303) throw new Error(seen.text)
}
const died = (person: string) =>
  app.owner.query(`update people.person set died_on = '2026-01-05' where id = $1`, [person])
const withdraws = async (person: string) =>
  (await app.as(app.cast.coach)).send(`/people/${person}/withdrawal`, { form: newId(), how: 'telephone' })

const messagesTo = async (route: string) =>
  (
    await app.owner.query<{ kind: string; words: string; state: string }>(
      `select kind, concat_ws(' ', subject, body) as words, address as state from notify.message
       where recipient = 'another' and address like $1 order by id`,
      [`%@${route}.example.org`],
    )
  ).rows

describe.each(closed)('A referrer of the kind %s, with what is usual', (route) => {
  it('is written one message for each, all in the same words', async () => {
    const messages = await messagesTo(route)

    expect(messages.map(({ kind }) => kind)).toEqual(states.map(() => 'referral.received'))
    expect(new Set(messages.map(({ words }) => words.replaceAll(/WW-\w{4}-\w{3}/g, 'REFERENCE'))).size).toBe(1)
    expect(found(messages.map(({ words }) => words).join(' '), telltales)).toEqual([])
  })

  it('reads the same pages behind the link, byte for byte, wherever somebody stands', async () => {
    const all = await Promise.all(told[route].map(readBehind))

    for (const [place] of (all[0] ?? []).entries()) {
      const differing = all.flatMap((pages, nth) => (pages[place] === all[0]?.[place] ? [] : [states[nth]]))
      expect(differing).toEqual([])
    }
    expect(found(all.flat().join(' '), telltales)).toEqual([])
    expect(found(textOf(all[0]?.[2] ?? ''), /accepted|has started|declined|reached|Carol/i)).toEqual([])
  })

  it('sees on the list of their organisation that each was sent, in the same row for each, and no count by state', async () => {
    const role = route === 'jobcentre' ? 'jobcentre-partner' : 'referrer'
    const member = await anOrganisation(app, { kind: route, role, emails: states.map(emailOf(route)) })
    const list = await (await app.as(member)).open('/my-referrals')
    const rows = rowsOf(list)

    expect(list.text).toContain(`${states.length} sent in all`)
    expect(rows).toHaveLength(states.length)
    expect(new Set(rows).size).toBe(1)
    expect(found(list.text, telltales)).toEqual([])
    expect(found(rows.join(' '), more)).toEqual([])
    expect(found(list.text, /\d+ (accepted|started|ended|waiting)/i)).toEqual([])
  })
})

describe.each(closed)('The organisation of a referrer of the kind %s', (route) => {
  it('cannot ask the list how somebody stands, by what it chooses or by what it looks for', async () => {
    const role = route === 'jobcentre' ? 'jobcentre-partner' : 'referrer'
    const member = await app.as(await anOrganisation(app, { kind: route, role, emails: states.map(emailOf(route)) }))
    const list = await member.open('/my-referrals')
    const bodyOf = ({ html }: Seen) => html.slice(html.indexOf('<main'), html.indexOf('</main>'))
    const looked = told[route].map(async (of) => {
      const seen = await member.send('/my-referrals', { search: of.reference, state: 'ended' })
      expect(seen.text).toContain('1 referral,')
      return bare(seen, of).replaceAll(of.id, 'ID')
    })

    expect(list.html).not.toContain('name="state"')
    for (const state of ['received', 'accepted', 'started', 'ended'])
      expect(bodyOf(await member.open(`/my-referrals?state=${state}`))).toBe(bodyOf(list))
    expect(new Set(await Promise.all(looked)).size).toBe(1)
  })
})

describe.each(closed)('A referrer of the kind %s, once the person has answered', (route) => {
  it('reads the same pages still when the person says no to them, to everything, or has died', async () => {
    const [usual, refusing, leaving, dead] = told[route]
    if (!usual || !refusing || !leaving || !dead) throw new Error('There are not enough people')
    await said(refusing.person, { [route]: 'no' })
    await withdraws(leaving.person)
    await died(dead.person)

    const before = await readBehind(usual)
    for (const one of [refusing, leaving, dead]) expect(await isTheSame(one, before)).toBe(true)
  })

  it('is told more by the one who switches it on, and by nobody else; and that somebody stopped never', async () => {
    const [on, off, early] = ['assessed', 'active', 'declined'].map((state) =>
      told[route].find((one) => one.state === state),
    )
    if (!on || !off || !early) throw new Error('There are not enough people')
    for (const one of [on, early]) await said(one.person, { [route]: 'yes', [`${route}-allows`]: 'status' })

    const read = async (of: Told) => (await readBehind(of)).map(textOf).join(' ')
    expect(found(await read(on), /Support has started/)).not.toEqual([])
    expect(found(await read(off), /Support has started/)).toEqual([])
    expect(found(await read(early), /has ended|declined/)).toEqual([])
  })
})

describe('With every permission off', () => {
  it('a surgery hears nothing more by message, link or list, wherever the person stands', async () => {
    for (const { person } of told.gp) await withdraws(person)
    app.clock.pass({ minutes: 5 })
    const pages = await Promise.all(told.gp.map(readBehind))
    const member = await anOrganisation(app, { kind: 'practice', role: 'referrer', emails: states.map(emailOf('gp')) })
    const list = await (await app.as(member)).open('/my-referrals')

    for (const [place] of (pages[0] ?? []).entries()) expect(new Set(pages.map((page) => page[place])).size).toBe(1)
    expect(found(pages.flat().join(' '), telltales)).toEqual([])
    expect(found(rowsOf(list).join(' '), more)).toEqual([])
    expect(found((await messagesTo('gp')).map(({ words }) => words).join(' '), telltales)).toEqual([])
  })

  it('a surgery is not written to where the person left before the message went', async () => {
    const of = told.gp.find(({ state }) => state === 'allocated')
    if (!of) throw new Error('There is nobody')
    const before = (await messagesTo('gp')).length
    const on = { area: 'north', episode: of.episode, at: app.clock.now, by: app.cast.coach.membership }
    await app.inArea('north', (db) => recordStep(db, { ...on, step: { kind: 'assessed' } }))
    app.clock.pass({ hours: 1 })
    await app.work()

    expect(await messagesTo('gp')).toHaveLength(before)
  })

  it('nobody outside can be asked anything, and whoever refers again hears nothing', async () => {
    const one = told.gp[1]
    if (!one) throw new Error('There is nobody')
    const coach = await app.as(app.cast.coach)
    const question = await coach.send(`/referrals/${one.id}/question`, { id: newId(), asks: 'Anything?' })
    const kinds = ['service', 'employer', 'occupational-health']
    const asked = await Promise.all(
      kinds.map((kind) =>
        coach.send(`/people/${one.person}/requests`, {
          ...{ id: newId(), kind, organisation: 'Anybody', email: 'anybody@outside.example.org', asks: 'May we?' },
        }),
      ),
    )

    expect([question, ...asked].map(({ status }) => status)).toEqual([422, 422, 422, 422])
    expect(await messagesTo('outside')).toEqual([])
  })

  it.each([
    ['the permission is taken back', (person: string) => said(person, { employer: 'no' })],
    ['the person dies', (person: string) => died(person)],
  ])('the link of a request opens nothing any more, as soon as %s', async (_how, happens) => {
    const of = await somebodyAt(app, 'active', { route: 'gp', organisation: 'The gp', email: emailOf('gp') })
    await said(of.person, { employer: 'yes', 'employer-allows': 'summary' })
    const id = newId()
    const employer = { kind: 'employer', organisation: 'Hillside', email: 'boss@asked.example.org', asks: 'May she?' }
    await (await app.as(app.cast.coach)).send(`/people/${of.person}/requests`, { id, ...employer })
    await app.work()
    const link = await linkSent(app, id)
    expect((await app.visitor().open(link)).text).toContain('Your six-digit code')

    await happens(of.person)

    expect((await app.visitor().open(link)).text).toContain('no longer in use')
  })
})

describe('Every message that was written', () => {
  it('was of a kind that is known, and rested on one of its grounds', async () => {
    const { rows } = await app.owner.query<{ kind: string; ground: string }>(
      `select distinct message.kind, coalesce(permission.switch, message.allowed_by) as ground from notify.message as message
       left join permissions.permission as permission on permission.id::text = message.allowed_by`,
    )

    expect(rows.length).toBeGreaterThan(5)
    expect(rows.filter(({ kind, ground }) => !isGround(messageGrounds[kind] ?? [], ground))).toEqual([])
  })
})

describe('Every page of the product', () => {
  it.each(outsideRoles)('tells the role %s nothing of anybody', async (role) => {
    const member = await anOrganisation(app, { kind: kindFor(role), role, emails: [`${role}@role.example.org`] })

    await walk(await app.as(member), role)
  })

  it('tells a stranger nothing of anybody', async () => {
    await walk(app.visitor(), undefined)
  })
})

/** What of a text gives somebody away: little enough to be read where it fails. */
const found = (text: string, what: RegExp): string[] =>
  new RegExp(what.source, what.flags).exec(text)?.slice(0, 1) ?? []

const isTheSame = async (of: Told, pages: readonly string[]) => (await readBehind(of)).join() === pages.join()

const rowsOf = ({ html }: Seen): string[] =>
  [...html.matchAll(/<tr role="row">(<th role="rowheader".*?)<\/tr>/g)].map(([, row = '']) =>
    textOf(row).replaceAll(/WW-\w{4}-\w{3}/g, 'REFERENCE'),
  )

const kindFor = (role: Role) =>
  role === 'jobcentre-partner' ? 'jobcentre' : role === 'area-lead' ? 'board' : 'national'

/** Opens every page that this reader may, and for a Jobcentre and a stranger every other page as well. */
async function walk(browser: Browser, role: Role | undefined): Promise<void> {
  const whole = role === undefined || role === 'jobcentre-partner'
  const lines = app.product.lines.filter(({ method, rule: { who } }) => method === 'GET' && (whole || isFor(who, role)))
  const away: string[] = []
  for (const { path, rule } of lines) {
    const seen = await browser.open(addressOf(path))
    if (telltales.test(seen.html)) away.push(path)
    const allowed = rule.who === 'anyone' || isFor(rule.who, role)
    if (!allowed && seen.status < 300) away.push(`${path} opened`)
  }
  expect(lines.length).toBeGreaterThan(5)
  expect(away).toEqual([])
}

/** The address of a page about somebody who would be known again. */
function addressOf(path: string): string {
  const of = told.jobcentre[6]
  const parts: Readonly<Record<string, string | undefined>> = {
    ...{
      area: 'north',
      person: of?.person,
      episode: of?.episode,
      referral: of?.id,
      link: of?.link.slice('/l/'.length),
    },
    ...{ part: 'name', offered: 'gp', provider: 'stand-in', year: '2026', month: '2025-12', weeks: '13', sign: 'x' },
  }
  return path.replaceAll(/:(\w+)/g, (_whole, name: string) => parts[name] ?? newId()).replace('*', '')
}

function textOf(html: string): string {
  return html
    .replaceAll(/<(script|style|head)[\s\S]*?<\/\1>/g, ' ')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
