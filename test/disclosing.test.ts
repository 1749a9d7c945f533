import { globSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueLink } from '#platform/link/links.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { isFor, type Who } from '#platform/access/rules.ts'
import { codeKind } from '#registers/code/rules.ts'
import { recordPermission } from '#registers/permissions/store.ts'
import { toOthers } from '#journey/record/addressee/rules.ts'
import { waits } from '#programme/waits-for-members/rules.ts'
import { doors, jobTellings, linkGrounds, messageGrounds, outsideRoles, tellingOf } from '#disclosing.ts'
import { linking } from '#linking.ts'
import { templates } from '#writing-pages.ts'
import { startApp, type TestApp } from './app.ts'
import { aPerson } from './people.ts'

/** Everything that writes a message or gives out a link, and how it says what allows it. */
const disclosing: Readonly<Record<string, readonly string[]>> = {
  // The newest answer to being contacted, and for whoever referred what they may be told.
  'src/journey/acknowledgement/store.ts': ['recordPermission(db, { ...said, ...contact })', 'allowedBy: may.by'],
  'src/journey/feedback/store.ts': ['allowedBy: may.by'],
  'src/journey/fit-note-result/routes.tsx': ['allowedBy: may.by'],
  'src/journey/copy/store.ts': [`allowedBy: 'asked-for'`],
  'src/journey/rectification/store.ts': [`allowedBy: 'asked-for'`],
  'src/journey/message/routes.tsx': ['allowedBy: contact.id'],
  'src/journey/changeover/store.ts': ['allowedBy: contact.id'],
  'src/journey/support/matter/routes.tsx': ['allowedBy: contact.id'],
  // Whoever is on duty is told that something waits, and of whom only once they have signed in.
  'src/journey/alert/store.ts': [`allowedBy: 'on-duty'`],
  'src/journey/appointment/routes.tsx': [`allowedBy: 'asked-for'`],
  'src/journey/booking/routes.tsx': [`allowedBy: 'asked-for'`],
  // Sent while somebody agrees to be contacted, or handed to them.
  'src/journey/asked-by-link/routes.tsx': ['allowedBy: id', `allowedBy: 'asked-for'`],
  'src/journey/support/passport/routes.tsx': [`allowedBy: 'asked-for'`],
  // Whoever chooses a time was asked to by their coach, and is told of what they chose.
  'src/journey/offer/routes.tsx': [`allowedBy: 'asked-for'`],
  // A plan goes to whoever agreed to be contacted, or is handed on by their coach.
  'src/journey/plan-offer/routes.tsx': ['allowedBy: contact.id', `allowedBy: 'asked-for'`],
  // A service is written to on the yes to exactly that, and told to stop because somebody asks for it.
  'src/journey/onward-sending/store.ts': ['allowedBy, link:', `allowedBy: 'asked-for'`],
  'src/journey/onward-sending/routes.tsx': ['allowedBy: contact.id'],
  'src/journey/onward-asking/store.ts': ['allowedBy: contact.id'],
  'src/journey/onward-telling/store.ts': ['allowedBy: contact.id'],
  'src/programme/waits-for-members/store.ts': [`allowedBy: 'on-duty'`],
  // Whoever agreed to be contacted is reminded of what they wanted to do.
  'src/journey/action-reminder/store.ts': ['allowedBy: contact.id'],
  'src/journey/self-booking/store.ts': [`allowedBy: 'asked-for'`],
  'src/journey/self-referral/routes.tsx': [`allowedBy: 'asked-for'`],
  // Whoever referred is told what they were told when it was made; what goes beyond, its page asks about each time.
  'src/journey/question/routes.tsx': ['allowedBy: may.by'],
  'src/journey/referrer/routes.tsx': [`allowedBy: 'received'`],
  'src/journey/support/employers-answer/routes.tsx': ['allowedBy, link:'],
  'src/journey/support/employer-letter/routes.tsx': ['...said, allowedBy, now'],
  'src/journey/request/routes.tsx': ['allowedBy: may.by', '...{ allowedBy, link:'],
  'src/platform/link/routes.tsx': [`allowedBy: 'asked-for'`],
  // One that goes out anew is allowed by what allowed the one before.
  'src/platform/link/renewal.ts': ['allowedBy, issuedAt, expiresAt } = link'],
  'src/registers/code/jobs.ts': [`allowedBy: 'asked-for'`],
  'src/registers/own-logins/routes.tsx': [`allowedBy: 'asked-for'`],
  'src/registers/own-ways/routes.tsx': [`allowedBy: 'asked-for'`],
  'src/registers/own-ways/store.ts': [`allowedBy: 'asked-for'`],
  // Whoever runs a service hears of its own listing, which says nothing of anybody.
  // An employee is asked because their employer named them, and the employer is thanked: neither says anything of anybody.
  'src/journey/asked-by-employer/store.ts': [`allowedBy: 'by-employer'`, `allowedBy: 'asked-for'`],
  'src/registers/owner-check/store.ts': [`allowedBy: 'listed'`],
  'src/registers/membership/routes.tsx': [`allowedBy: 'invited'`],
  'src/setting-up.ts': [`allowedBy: 'invited'`],
  // The link of a message is allowed by what allows the message, and one given anew by what allowed the one before.
  'src/platform/link/links.ts': ['...link, allowedBy,', '...link, expiresAt'],
}

/** Why something is not sent to an employer: one function asks the next, and that one whether it may be told. */
const askedAtWork = [
  ['src/journey/support/employers-answer/store.ts', 'findWhyNotSent'],
  ['src/journey/support/three-way/store.ts', 'findWhyUnsaid'],
] as const

/** Who asks through functions of other files: each file and its function, in the order in which they ask. */
const askedElsewhere: Readonly<Record<string, readonly (readonly [file: string, asking: string])[]>> = {
  'src/journey/support/employers-answer/routes.tsx': askedAtWork,
  'src/journey/support/employer-letter/routes.tsx': askedAtWork,
}

const files = globSync('src/**/*.{ts,tsx}')
  .filter((file) => !file.includes('.test.'))
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }))
const bodyOf = (name: string, file: string | undefined) =>
  files.find((one) => one.file === file)?.text.match(new RegExp(`function ${name}\\([^]*?\n}`))?.[0]
const writes = files.filter(({ text }) => /(?<!function )\b(sendMessage|issueLink)\(/.test(text))

/** Whether somebody may use a route who is not of the team: anybody, a participant, or a role without records. */
const outside = (who: Who) => who === 'participant' || who === 'anyone' || outsideRoles.some((role) => isFor(who, role))
const opensBy = (door: string, path: string) =>
  door.endsWith('*') ? path.startsWith(door.slice(0, -1)) : path === door

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

describe('What leaves the product', () => {
  it('is written in no other place than those that say what allows it', () => {
    expect(writes.map(({ file }) => file).toSorted()).toEqual(Object.keys(disclosing).toSorted())
  })

  it.each(Object.entries(disclosing))('names what allows it: %s', (file, ways) => {
    const text = writes.find((one) => one.file === file)?.text ?? ''

    for (const way of ways) expect(text).toContain(way)
  })

  it('is said in words that an area can change, whatever the kind of the message', () => {
    expect([...new Set(templates.map(({ kind }) => kind))].toSorted()).toEqual(Object.keys(messageGrounds).toSorted())
    expect(new Set(templates.map(({ code }) => code)).size).toBe(templates.length)
    // What is sent without them would be nobody's to change.
    const wordless = writes.filter(
      ({ text }) => /sendMessage\(/.test(text) && !/(findWords|findCodeWords|words)\(/.test(text),
    )
    expect(wordless.map(({ file }) => file)).toEqual([])
  })

  it('asks whether somebody else may be told wherever they are told about a person', () => {
    const toOthers = writes.filter(
      ({ text }) => /recipient: 'another'/.test(text) && !/'(asked-for|invited|on-duty|listed)'/.test(text),
    )

    expect(toOthers.map(({ file }) => file).toSorted()).toEqual([
      'src/journey/acknowledgement/store.ts',
      'src/journey/feedback/store.ts',
      'src/journey/fit-note-result/routes.tsx',
      'src/journey/question/routes.tsx',
      'src/journey/request/routes.tsx',
      'src/journey/support/employer-letter/routes.tsx',
      'src/journey/support/employers-answer/routes.tsx',
    ])
    for (const { file, text } of toOthers) {
      const asked = askedElsewhere[file] ?? []
      for (const [place, [, by]] of asked.entries()) {
        const [before, name] = asked[place - 1] ?? []
        expect(before && name ? bodyOf(name, before) : text).toContain(`${by}(db`)
      }
      const [last, by] = asked.at(-1) ?? []
      expect(last && by ? bodyOf(by, last) : text).toMatch(/mayDisclose\(db/)
    }
  })

  it('goes to another system in two places only, which ask whether it may at the moment in which it goes', () => {
    const posting = files.filter(({ text }) => /(?<!function )\bpostOutside\(/.test(text)).map(({ file }) => file)

    // A gateway, and a records system, are told who we are, and nothing of anybody.
    const jobs = ['src/exchange/bars/reply/jobs.ts', 'src/exchange/webhooks/webhook-event/jobs.ts']
    expect(posting.toSorted()).toEqual([...jobs, 'src/platform/bars/token.ts', 'src/platform/smart/launch.ts'])
    const asking = [
      ['src/exchange/bars/reply/jobs.ts', 'send', 'findWhyNot('],
      ['src/exchange/bars/reply/jobs.ts', 'findWhyNot', 'findSendable(db'],
      ['src/exchange/bars/reply/jobs.ts', 'replyToSenders', 'findSendable(db'],
      ['src/exchange/bars/reply/store.ts', 'findSendable', 'mayDisclose(db'],
      ['src/exchange/webhooks/webhook-event/jobs.ts', 'send', 'findWhyNot('],
      ['src/exchange/webhooks/webhook-event/jobs.ts', 'findWhyNot', 'findSendable(db'],
      ['src/exchange/webhooks/webhook-event/jobs.ts', 'tellOf', 'findSendable(db'],
    ] as const
    for (const [file, name, asked] of asking) expect(bodyOf(name, file)).toContain(asked)
  })

  it.each(['GET', 'POST'])('is said of each address that somebody outside may open: %s', (method) => {
    const open = app.product.lines.filter(({ rule: { who } }) => outside(who))
    const unsaid = open.filter((line) => line.method === method && tellingOf(line.path) === undefined)

    expect(open.length).toBeGreaterThan(50)
    expect(unsaid.map(({ path }) => path)).toEqual([])
  })

  it('is said of no address that is not there', () => {
    const known = app.product.lines.map(({ path }) => doors.find(([door]) => opensBy(door, path))?.[0])

    expect(doors.map(([door]) => door).filter((door) => !known.includes(door))).toEqual([])
  })

  it('about people goes out by an address that asks, wherever a record or a list is shown to somebody outside', () => {
    const records = app.product.lines.filter(({ rule: { who, reads } }) => reads !== undefined && outside(who))
    const silent = records.filter(({ path }) => !['asked', 'own', 'counts'].includes(tellingOf(path) ?? ''))

    expect(silent.map(({ path }) => path)).toEqual([])
  })

  it('is said of each purpose of a link', () => {
    const { purposes } = linking(app.settings, app.databases)

    expect(Object.keys(linkGrounds).toSorted()).toEqual(Object.keys(purposes).toSorted())
    for (const one of Object.values(linkGrounds)) expect(one.length).toBeGreaterThan(0)
  })

  it('is said of each kind of message', () => {
    const written = writes.flatMap(({ text }) =>
      [...text.matchAll(/kind: '([a-z-]+\.[a-z-]+)'/g)].map(([, kind]) => kind),
    )
    const unsaid = written.filter((kind) => kind !== undefined && !(kind in messageGrounds))

    expect(written.length).toBeGreaterThan(2)
    expect(unsaid).toEqual([])
  })

  it('is said on the timeline of whoever it is about with the words for whom it went to', () => {
    const toTheirOwn = new Set(templates.filter(({ to }) => to === 'person').map(({ kind }) => kind))
    const toSomebodyElse = new Set(templates.filter(({ to }) => to !== 'person').map(({ kind }) => kind))
    // Of nobody: what waits where members sign in.
    const aboutNobody: readonly string[] = Object.values(waits)
    const unsaid = Object.keys(messageGrounds).filter((kind) => toOthers(kind) === 'to somebody else')

    expect(unsaid.filter((kind) => toSomebodyElse.has(kind) && !aboutNobody.includes(kind))).toEqual([])
    expect(unsaid.filter((kind) => !toTheirOwn.has(kind) && !aboutNobody.includes(kind))).toEqual([])
    const saidToReferrers = Object.keys(messageGrounds).filter((kind) => /referred/.test(toOthers(kind)))
    const referrers = templates.filter(({ to }) => to === 'referrer').map(({ kind }) => kind)
    expect(saidToReferrers.toSorted()).toEqual([...new Set(referrers)].toSorted())
    // The code to a number of theirs that they have not shown to be theirs goes to a way, and not to the person.
    expect(toOthers(codeKind)).toContain('a number or address that they gave')
  })

  it('leaves a job through the outbox or not at all', () => {
    const sending = Object.keys(app.product.jobs).filter((job) => job in jobTellings)

    expect(sending.toSorted()).toEqual(Object.keys(jobTellings).toSorted())
    expect(
      Object.keys(app.product.jobs).filter(
        (job) => /send|tell|moved|told|unheard|mail/.test(job) && !(job in jobTellings),
      ),
    ).toEqual([])
  })

  it('does not go, or open, on a ground of another kind', async () => {
    const { now } = app.clock
    const research = await app.inArea('north', async (db) =>
      recordPermission(db, {
        ...{ area: 'north', person: await aPerson(app), switch: 'research', given: true, how: 'telephone' },
        ...{ lawfulBasis: 'consent', wordingVersion: 1, by: null, at: now },
      }),
    )
    const about = { area: 'north', person: await aPerson(app), recipient: 'another', kind: 'request.sent' } as const
    const words = { channel: 'email', address: 'boss@example.org', body: 'Hello' } as const
    const id = await app.inArea('north', (db) => sendMessage(db, { ...about, ...words, allowedBy: research, now }))
    const link = {
      area: 'north',
      purpose: 'request',
      expiresAt: now.add({ hours: 1 }),
      allowedBy: research,
      by: null,
      now,
    }
    const path = await app.inArea('north', (db) => issueLink(db, link))
    await app.work()

    const { rows } = await app.owner.query('select settled_as, reason from notify.message where id = $1', [id])
    expect(rows).toEqual([{ settled_as: 'held back', reason: 'Nothing allows such a message' }])
    expect((await app.visitor().open(path)).status).toBe(410)
  })

  it('is refused where it names neither a permission nor another ground that is known', async () => {
    const { now } = app.clock
    const about = { area: 'north', allowedBy: 'because', now } as const
    const message = { ...about, kind: 'tried', channel: 'email', address: 'a@example.org', body: 'Hello' } as const
    const link = { ...about, purpose: 'come-back', expiresAt: now.add({ hours: 1 }), by: null }

    await expect(app.inArea('north', (db) => sendMessage(db, message))).rejects.toThrow('Neither a permission')
    await expect(app.inArea('north', (db) => issueLink(db, link))).rejects.toThrow('Neither a permission')
  })
})
