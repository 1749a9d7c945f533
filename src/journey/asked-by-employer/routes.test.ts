import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { sign } from '#platform/language/signatures.ts'
import { messageLinkPath } from '#platform/link/links.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Browser, Fields } from '#test/browser.ts'
import { aPerson } from '#test/people.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(async () => {
  app.clock.set('2026-01-05T10:00:00Z')
  for (const table of ['ask', 'asked', 'never']) await app.owner.query(`delete from asked_by_employer.${table}`)
  await app.owner.query(`delete from notify.message where kind like 'unseen.%'`)
})
afterAll(() => app.close())

const path = '/in/north/for-employers'
const bakery = { employerName: 'Sam Field', organisation: 'Hillside Bakery' }
let number = 100
let from = 0
/** An employee nobody has named before, whom an employer nobody knows of names. */
function somebody(more: Fields = {}): Fields {
  number += 1
  const said = {
    givenName: 'Ottoline',
    familyName: 'Quarrington',
    way: 'text',
    mobile: `07700 900${number}`,
    spoken: 'yes',
  }
  return { id: newId(), ...said, ...bakery, employerEmail: `sam${number}@bakery.example.org`, ...more }
}

async function names(fields: Fields = somebody()) {
  // An address on the internet sends so many of these in an hour.
  from += 1
  const employer = app.visitor(`192.0.2.${from}`)
  await employer.open(path)
  const sent = await employer.send(path, fields)
  const thanks = sent.location ? await employer.open(sent.location) : sent
  return { employer, sent, thanks }
}

/** The link that went to an employee with the newest message, once everything is sent. */
async function linkOfNewest(): Promise<string> {
  await app.work()
  const { rows } = await app.owner.query(
    `select id, area from notify.message where kind = 'unseen.employee-asked' and settled_as = 'sent' order by id desc limit 1`,
  )
  return messageLinkPath(app.settings.secret, rows[0])
}

const count = async (of: string) => Number((await app.owner.query(`select count(*) from ${of}`)).rows[0].count)
const asks = () => count('asked_by_employer.ask')
const toEmployees = () => count(`notify.message where kind = 'unseen.employee-asked'`)
const thanked = () => count(`notify.message where kind = 'unseen.employer-thanked'`)

/** Answers what is still open after the first page, and sends it. */
async function sends(employee: Browser) {
  const name = await employee.open('/in/north/refer-yourself/name')
  const value = (field: string) => new RegExp(`name="${field}"[^>]*value="([^"]*)"`).exec(name.html)?.[1] ?? ''
  const filled = { givenName: value('givenName'), familyName: value('familyName'), phone: value('phone') }
  const parts = {
    name: { ...filled, safe: ['text'] },
    home: { 'bornOn-day': '2', 'bornOn-month': '6', 'bornOn-year': '1990', postcode: 'LS1 4AP' },
    work: { workStatus: 'employed' },
    help: { reason: 'Fewer hours for a time' },
  }
  for (const [part, given] of Object.entries(parts)) {
    const answered = await employee.send(`/in/north/refer-yourself/${part}`, given)
    expect([part, answered.status, answered.status === 303 ? '' : answered.text]).toEqual([part, 303, ''])
  }
  const check = await employee.open('/in/north/refer-yourself/check')
  const id = /name="id" value="([^"]+)"/.exec(check.html)?.[1] ?? ''
  return { id, filled, confirmed: await employee.sendAndFollow('/in/north/refer-yourself/check', { id, wording: '1' }) }
}

describe('An employer who names somebody', () => {
  it('is asked nothing about them but who they are and how they are written to', async () => {
    const page = await app.visitor().open(path)
    const asked = [...page.html.matchAll(/<(?:input|textarea|select)[^>]* name="([a-zA-Z]+)"/g)].map(([, name]) => name)

    expect(page.html).not.toContain('<textarea')
    const about = ['givenName', 'familyName', 'way', 'mobile', 'email', 'spoken']
    const theirs = ['employerName', 'organisation', 'employerEmail']
    expect(asked.filter((name) => [...about, ...theirs].includes(name ?? ''))).toHaveLength(about.length + 4)
    expect(asked.filter((name) => /health|reason|note|words|born|why/i.test(name ?? ''))).toEqual([])
    expect(page.text).toContain('Do not tell us anything about their health')
    expect((await app.visitor().open('/in/north')).html).toContain(`href="${path}"`)
    expect((await app.visitor().open('/in/north/refer')).html).toContain(`href="${path}"`)
  })

  it('has to have spoken with them, and smuggles no address and no words into a name', async () => {
    const before = await asks()
    for (const wrong of [{ spoken: '' }, { organisation: 'see evil.example/win' }, { givenName: 'Ring 0770090012' }]) {
      const { sent } = await names(somebody(wrong))
      expect([wrong, sent.status]).toEqual([wrong, 422])
      expect(sent.html).toContain('Quarrington')
    }
    expect((await names(somebody({ mobile: '01632 960123' }))).sent.status).toBe(422)
    expect((await names(somebody({ way: 'email', email: 'nobody' }))).sent.status).toBe(422)
    expect(await asks()).toBe(before)
  })

  it('reads the same, byte for byte, whatever comes of it, and so does their mail', async () => {
    const employer = app.visitor()
    await employer.open(path)
    const first = somebody()
    const blocked = somebody()
    await names(blocked)
    const employee = app.visitor()
    const link = await linkOfNewest()
    await employee.open(link)
    await employee.send(link, { answer: 'never' })
    const pages = []
    for (const fields of [first, { ...first, id: newId() }, { ...blocked, id: newId() }]) {
      app.clock.pass({ days: fields === first ? 0 : 1 })
      const sent = await employer.send(path, fields)
      expect(sent.location).toBe(`${path}/thanks`)
      pages.push((await employer.open(sent.location ?? '')).html.replaceAll(/value="[^"]*"|data-csrf="[^"]*"/g, ''))
    }
    await app.work()
    const { rows: mails } = await app.owner.query(
      `select distinct subject, body from notify.message where kind = 'unseen.employer-thanked' and body <> ''`,
    )

    expect(new Set(pages).size).toBe(1)
    expect(mails).toHaveLength(1)
    expect(JSON.stringify(mails)).not.toMatch(/Ottoline|Quarrington|Hillside/)
  })

  it('has one message sent to a person a day, three in two weeks, and names ten people a day', async () => {
    const fields = somebody()
    const before = await toEmployees()
    await names(fields)
    await names({ ...fields, id: newId() })
    await names({ ...fields, id: newId(), employerEmail: 'another@bakery.example.org' })
    expect(await toEmployees()).toBe(before + 1)
    for (let day = 1; day <= 5; day += 1) {
      app.clock.pass({ days: 1 })
      await names({ ...fields, id: newId() })
    }
    const employerEmail = 'busy@bakery.example.org'
    const [people, mails] = [await toEmployees(), await thanked()]
    for (let one = 0; one < 12; one += 1) await names(somebody({ employerEmail }))

    expect(people).toBeLessThanOrEqual(before + 3)
    expect([(await toEmployees()) - people, (await thanked()) - mails]).toEqual([10, 10])
  })

  it('has nobody written to who does not want to be written to by us at all', async () => {
    const fields = somebody()
    const before = await toEmployees()
    const means = [{ kind: 'mobile', value: String(fields['mobile']), wanted: false }] as const
    await aPerson(app, { givenName: 'Known', familyName: 'Already', means })
    await names(fields)

    expect(await toEmployees()).toBe(before)
  })
})

describe('An employee who was named', () => {
  it('reads by their own link who named them and that nobody is told, and goes on to the form', async () => {
    const before = await asks()
    await names()
    const employee = app.visitor()
    const link = await linkOfNewest()
    const page = await employee.open(link)
    const on = await employee.send(link, { answer: 'yes' })
    const { id, filled, confirmed } = await sends(employee)
    const administrator = await app.as(app.cast.administrator)
    const triage = await administrator.open(`/referrals/${id}`)
    expect(confirmed.text).toContain('We have your request')
    const { rows } = await app.owner.query('select * from referral.referral where id = $1', [id])
    const { rows: permissions } = await app.owner.query(
      `select from permissions.permission where person = $1 and switch = 'employer'`,
      [rows[0].person],
    )

    expect(page.text).toContain('Sam Field of Hillside Bakery told us your name')
    expect(page.text).toContain('We do not tell Hillside Bakery what you do, neither a yes nor a no.')
    expect(on.location).toBe('/in/north/refer-yourself/name')
    expect(filled).toMatchObject({ givenName: 'Ottoline', familyName: 'Quarrington' })
    expect(filled.phone).toMatch(/^07700 900/)
    expect(confirmed.text).toContain('We have your request')
    expect(rows[0]).toMatchObject({ route: 'employer', agreement: 'self', feedback: 'none', referrer_email: null })
    expect(rows[0]).toMatchObject({ referrer_name: 'Sam Field', referrer_organisation: 'Hillside Bakery' })
    expect(permissions).toEqual([])
    expect(triage.text).toContain('The employer told us of them, and they sent this themselves.')
    expect(await asks()).toBe(before)
    expect((await app.visitor().open(link)).status).toBe(410)
  })

  it('is written to in the language that was named once it is signed, and reads the page in it either way', async () => {
    const bodyOf = async () => {
      await app.work()
      const { rows } = await app.owner.query(
        `select body from notify.message where kind = 'unseen.employee-asked' order by id desc limit 1`,
      )
      return String(rows[0].body)
    }
    await names(somebody({ language: 'pl' }))
    const unsigned = await bodyOf()
    const { membership: by } = app.cast.areaLead
    const signing = {
      area: 'north',
      id: newId(),
      language: 'pl',
      name: 'Ewa Nowak',
      qualifiedAs: 'translator',
    } as const
    const checkedOn = Temporal.PlainDate.from('2026-01-05')
    await app.inArea('north', (db) => sign(db, { ...signing, checkedOn, by, at: app.clock.now }))
    await names(somebody({ language: 'pl' }))
    const [signed, link] = [await bodyOf(), await linkOfNewest()]
    await names(somebody())
    const other = await bodyOf()
    const employee = app.visitor()
    const first = await employee.open(`${link}?in=pl`)
    const page = first.location ? await employee.open(first.location) : first
    const said = await employee.send(link, { answer: 'no' })

    expect(unsigned).toMatch(/^Hello, this is/)
    expect(signed).toMatch(/^Dzień dobry, tu/)
    expect(other).toMatch(/^Hello, this is/)
    expect([unsigned, signed, other].map((body) => /\?in=\w+/.exec(body)?.[0])).toEqual(['?in=pl', '?in=pl', undefined])
    expect([page.text, said.text]).toEqual([
      expect.stringContaining('To Państwa wybór'),
      expect.stringContaining('Usunęliśmy te dane'),
    ])
  })

  it('says no, and everything about them is deleted at once', async () => {
    const before = await asks()
    await names()
    const employee = app.visitor()
    const link = await linkOfNewest()
    await employee.open(link)
    const said = await employee.send(link, { answer: 'no' })
    const { rows } = await app.owner.query(
      `select from notify.message where kind = 'unseen.employee-asked' and body like '%Hillside%' and about not in (
         select id from asked_by_employer.ask)`,
    )

    expect(said.text).toContain('We have deleted it')
    expect(await asks()).toBe(before)
    expect(rows).toEqual([])
    expect((await employee.send(link, { answer: 'yes' })).status).toBe(410)
    expect((await employee.open(link)).text).not.toContain('Ask for a new link')
  })

  it('says once that they are never written to again for an employer', async () => {
    const fields = somebody()
    await names(fields)
    const employee = app.visitor()
    const link = await linkOfNewest()
    await employee.open(link)
    const said = await employee.send(link, { answer: 'never' })
    const before = await toEmployees()
    app.clock.pass({ days: 3 })
    await names({ ...fields, id: newId() })

    expect(said.text).toContain('We do not write to you again because an employer asks.')
    expect(await toEmployees()).toBe(before)
  })

  it('is on no page, in no list and in no message that somebody of the service sees before they send it themselves', async () => {
    const fields = somebody({ familyName: 'Zuckerdorn', organisation: 'Millpond Dairy' })
    const mobile = String(fields['mobile'])
    await names(fields)
    const link = await linkOfNewest()
    const employee = app.visitor()
    await employee.open(link)
    await employee.send(link, { answer: 'yes' })
    const { rows: sent } = await app.owner.query(`select id from notify.message where kind like 'unseen.%'`)
    for (const part of ['administrator', 'manager', 'systemAdministrator', 'areaLead'] as const) {
      const member = await app.as(app.cast[part])
      for (const page of ['/outbox', '/referrals', '/people', '/board', '/area', '/jobs', '/monitoring']) {
        const seen = await member.open(page)
        expect([
          part,
          page,
          /Zuckerdorn|Millpond|employee was asked/i.test(seen.text) || seen.text.includes(mobile),
        ]).toEqual([part, page, false])
      }
      for (const { id } of sent) expect((await member.open(`/outbox/${id}`)).status).not.toBe(200)
      const found = await member.send('/people/search', { q: 'Zuckerdorn' })
      expect(found.text).not.toContain('Ottoline')
    }
  })

  it('is forgotten after two weeks where they do nothing, with the message and who was named how often', async () => {
    await names()
    const link = await linkOfNewest()
    app.clock.pass({ days: 15 })
    await app.inArea('north', async (db) =>
      app.product.jobs['employer-asks.delete']?.(db, { area: 'north' }, app.clock.now),
    )

    expect(await asks()).toBe(0)
    expect(await count('asked_by_employer.asked')).toBe(0)
    expect(await count(`notify.message where kind like 'unseen.%' and (body <> '' or address <> '')`)).toBe(0)
    expect((await app.visitor().open(link)).status).toBe(410)
  })
})
