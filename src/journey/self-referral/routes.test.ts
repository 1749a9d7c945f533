import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Browser, Fields } from '#test/browser.ts'
import { aReferral } from '#test/people/referral.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())
// Nobody is told of many referrals a day, and every test sends its own.
beforeEach(async () => {
  await app.work()
  await app.owner.query(`update notify.message set settled_at = settled_at - interval '2 days'`)
})

const address = '/in/north/refer-yourself'
const own: Readonly<Record<string, Fields>> = {
  name: { givenName: 'Sam', familyName: 'Ashworth', phone: '07700 900321', safe: ['call', 'text', 'voicemail'] },
  home: { 'bornOn-day': '2', 'bornOn-month': '6', 'bornOn-year': '1990', postcode: 'ls1 4ap' },
  work: {
    workStatus: 'off-sick',
    fitNote: 'yes',
    'fitNoteEndsOn-day': '30',
    'fitNoteEndsOn-month': '1',
    'fitNoteEndsOn-year': '2026',
  },
  help: { reason: 'Shorter days to begin with', accessNeeds: ['quiet-room'], howHeard: 'friend-family' },
}

async function answered(visitor: Browser, changed: Readonly<Record<string, Fields>> = {}) {
  await visitor.open(address)
  let seen = await visitor.open(`${address}/name`)
  for (const [part, fields] of Object.entries({ ...own, ...changed })) {
    seen = await visitor.sendAndFollow(`${address}/${part}`, fields)
  }
  return seen
}

const idOn = (html: string) => /name="id" value="([^"]+)"/.exec(html)?.[1] ?? ''

async function sent(changed: Readonly<Record<string, Fields>> = {}) {
  const visitor = app.visitor()
  const id = idOn((await answered(visitor, changed)).html)
  return { visitor, id, seen: await visitor.sendAndFollow(`${address}/check`, { id }) }
}

const rowOf = async (id: string) =>
  (
    await app.owner.query(
      `select referral.*, given.reference, person.*, standing.stage, standing.first_try_by::text as due
       from referral.referral join referral.reference given on given.referral = referral.id
       join people.person on person.id = referral.person
       join episode.standing on standing.episode = referral.episode where referral.id = $1`,
      [id],
    )
  ).rows[0]

describe('A program that fills in every field', () => {
  it('comes no further than the page where it did, even when it goes to the last by itself', async () => {
    const name = { ...own.name, familyName: 'Automaton', 'notes-for-us': 'Buy now' }
    const { visitor } = await sent({ name })

    const { rows } = await app.owner.query(`select from people.person where family_name = 'Automaton'`)
    expect(rows).toEqual([])
    const again = await visitor.open(`${address}/name`)
    expect(again.html).toContain('value="Sam"')
    expect(again.text).toContain('Leave this field empty')
  })
})

describe('Somebody asks for help for themselves', () => {
  it('and may say their NHS number and what makes work hardest, and need say neither', async () => {
    const { id, seen } = await sent({
      home: { ...own.home, nhsNumber: '900 000 0009' },
      help: { ...own.help, mainBarrier: 'psychological' },
    })
    const without = await sent()

    expect(seen.status).toBe(200)
    expect(await rowOf(id)).toMatchObject({ nhs_number: '9000000009', main_barrier: 'psychological' })
    expect(await rowOf(without.id)).toMatchObject({ nhs_number: null, main_barrier: null })
  })

  it('and is told when the NHS number cannot be one', async () => {
    const visitor = app.visitor()
    await visitor.open(`${address}/home`)
    const seen = await visitor.send(`${address}/home`, { ...own.home, nhsNumber: '123 456 7890' })

    expect(seen.text).toContain('Enter a real NHS number, 10 digits, or leave it empty')
  })

  it('goes through the pages one by one and sees every answer before it is sent', async () => {
    const visitor = app.visitor()
    const begun = await visitor.open(address)
    const check = await answered(visitor)

    expect(begun.location).toBe(`${address}/name`)
    for (const said of [
      'Sam Ashworth',
      '07700 900321',
      '2 June 1990',
      'Employed, but off sick',
      'until',
      'Shorter days',
    ]) {
      expect(check.text.toLowerCase()).toContain(said.toLowerCase())
    }
    expect(check.html).toContain(`${address}/work?change=yes`)
  })

  it('sends it and hears the reference, what happens next and by when, whom to ring, and that benefits are safe', async () => {
    const { id, seen } = await sent()
    const referral = await rowOf(id)

    expect(referral).toMatchObject({
      ...{ route: 'self', channel: 'online', agreement: 'self', stage: 'received', work_status: 'off-sick' },
      ...{ given_name: 'Sam', postcode: 'LS1 4AP', access_needs: ['quiet-room'], reason: 'Shorter days to begin with' },
    })
    expect(seen.text).toContain(referral.reference)
    expect(seen.text).toContain('7 January 2026')
    expect(seen.text).toContain('01632 960001')
    expect(seen.text).toContain('Samaritans: 116 123')
    expect(seen.text).toContain('does not affect your benefits')
    expect(seen.text).not.toContain('Ashworth')
  })

  it('agrees to be contacted in words that are shown, and their version is kept', async () => {
    const { id } = await sent()
    await app.owner.query(
      `insert into permissions.wording (area, switch, version, text, from_on) values ('north', 'contact', 2, 'May we ring you?', '2026-01-01')`,
    )
    const later = app.visitor()
    const check = await answered(later)
    const newer = { id: idOn(check.html), wording: '2' }
    await later.send(`${address}/check`, newer)
    await app.owner.query(`delete from permissions.wording where area = 'north'`)
    const agreed = async (referral: string) =>
      (
        await app.owner.query(
          `select wording_version from permissions.permission where switch = 'contact' and person = $1`,
          [(await rowOf(referral)).person],
        )
      ).rows

    expect(check.text).toContain('May we ring you?')
    expect(check.html).toContain('<input type="hidden" name="wording" value="2"/>')
    expect(await agreed(id)).toEqual([{ wording_version: 1 }])
    expect(await agreed(newer.id)).toEqual([{ wording_version: 2 }])
  })

  it('is told on the page what is sent to them and where, with most of the number left out', async () => {
    const { id, visitor, seen } = await sent()
    app.clock.set('2026-01-05T12:00:00Z')
    await app.work()
    const later = await visitor.open(`/in/north/referred/${id}`)
    app.clock.set('2026-01-05T10:00:00Z')

    expect(seen.text).toContain('We are sending a text message to the number that ends in 321')
    expect(later.text).toContain('We have sent a text message to the number that ends in 321')
    expect(seen.text).not.toContain('07700')
    expect(seen.text).not.toContain('Get a link')
  })

  it('takes a link along where nothing is sent to them', async () => {
    const { id, visitor, seen } = await sent({ name: { ...own['name'], safe: ['call'] } })
    const page = await visitor.send(`/in/north/referred/${id}/link`)
    const [link = ''] = /\/l\/north\.[\w-]+/.exec(page.html) ?? []

    expect(seen.text).toContain('We send you nothing')
    expect(seen.html).toContain(`action="/in/north/referred/${id}/link"`)
    expect((await app.visitor().open(link)).text).toContain('try to reach you by 7 January 2026')
  })

  it('gives nobody a link to a request that somebody else made for a person', async () => {
    const { id } = await aReferral(app, { route: 'gp', referrer: { feedback: 'status' } })
    const visitor = app.visitor()
    const page = await visitor.open(`/in/north/referred/${id}`)
    await visitor.open('/in/north/refer')

    expect((await visitor.send(`/in/north/referred/${id}/link`)).status).toBe(404)
    expect((await visitor.send(`/in/north/referred/${newId()}/link`)).status).toBe(404)
    expect(page.text).not.toMatch(/ends in|Get a link/)
  })

  it('is told at once by text, and what they agreed to is kept', async () => {
    const { id } = await sent()
    const { person } = await rowOf(id)
    await app.work()
    const messages = await app.owner.query('select id, channel, address from notify.message where about = $1', [id])
    const said = await app.owner.query('select switch, given, how from permissions.permission where person = $1', [
      person,
    ])

    const outbox = await (await app.as(app.cast.administrator)).open(`/outbox/${messages.rows[0]?.id}`)
    const back = await app.visitor().open(/\/l\/[\w.-]+/.exec(outbox.text)?.[0] ?? '')

    expect(messages.rows).toMatchObject([{ channel: 'text', address: '07700 900321' }])
    expect(back.text).toContain('try to reach you by 7 January 2026')
    expect(back.text).not.toContain('Ashworth')
    expect(said.rows).toEqual([{ switch: 'contact', given: true, how: 'online' }])
  })

  it('is not written to in a way that they left out', async () => {
    const { id } = await sent({ name: { ...own['name'], email: 'shared@example.org', safe: ['call'] } })

    expect((await app.owner.query('select id from notify.message where about = $1', [id])).rows).toEqual([])
  })

  it('by the bank holidays of England', async () => {
    app.clock.set('2026-04-02T09:00:00Z')
    const { id } = await sent()
    const { due } = await rowOf(id)
    app.clock.set('2026-01-05T10:00:00Z')

    expect(due).toBe('2026-04-08')
  })

  it('leaves out what no keyboard writes', async () => {
    const { id } = await sent({ name: { ...own['name'], givenName: 'S\u0000am', familyName: 'Ash\r\nworth' } })

    expect(await rowOf(id)).toMatchObject({ given_name: 'Sam', family_name: 'Ash worth' })
  })

  it('cannot be used to flood a telephone, and whoever tries is not told', async () => {
    const ways = ['07700 900555', '07700900555', '+44 7700 900555', '07700-900-555', '07700 900 555']
    const all = []
    for (const phone of ways) all.push(await sent({ name: { ...own['name'], phone } }))
    await app.work()
    const became = async (id: string) =>
      (await app.owner.query('select settled_as, reason from notify.message where about = $1', [id])).rows

    const shown = all.map(({ seen }) => seen.text.replaceAll(/WW-[\w-]+/g, ''))
    expect(new Set(shown).size).toBe(1)
    const settled = (await Promise.all(all.map(({ id }) => became(id)))).flat()
    expect(settled.map(({ settled_as: as }) => as)).toEqual(['sent', 'sent', 'sent', 'held back', 'held back'])
    expect(settled.at(-1)?.reason).toBe('This address was told of enough referrals within a day')
    const last = await all.at(-1)?.visitor.open(`/in/north/referred/${all.at(-1)?.id}`)
    expect(last?.text).toContain('Our message to you could not be sent')

    app.clock.pass({ days: 1, minutes: 1 })
    const { id } = await sent({ name: { ...own['name'], phone: ways[0] ?? '' } })
    await app.work()
    app.clock.set('2026-01-05T10:00:00Z')
    expect(await became(id)).toMatchObject([{ settled_as: 'sent' }])
  })

  it('may leave out everything that is not needed', async () => {
    const { id } = await sent({ work: { workStatus: 'prefer-not-to-say' }, help: {} })

    expect(await rowOf(id)).toMatchObject({ work_status: 'prefer-not-to-say', fit_note: null, reason: null })
  })

  it('sends it twice and has one referral with one reference', async () => {
    const { visitor, id, seen } = await sent()
    const again = await visitor.sendAndFollow(`${address}/check`, { id })
    const { rows } = await app.owner.query('select id from referral.referral where id = $1', [id])

    expect(again.text).toBe(seen.text)
    expect(rows).toHaveLength(1)
  })

  it('is never asked for a diagnosis', async () => {
    const visitor = app.visitor()
    for (const part of Object.keys(own)) {
      const seen = await visitor.open(`${address}/${part}`)
      const asked = [...seen.html.matchAll(/<(?:label|legend)[^>]*>([\s\S]*?)<\/(?:label|legend)>/g)].map(
        ([all]) => all,
      )

      expect(asked.length).toBeGreaterThan(1)
      expect(asked.join(' ')).not.toMatch(/diagnos|condition|illness|disab|symptom|medic/i)
    }
  })
})

describe('Nothing that was typed is lost', () => {
  it('a page with a mistake shows what was typed, what is wrong, and keeps it for coming back', async () => {
    const visitor = app.visitor()
    await visitor.open(`${address}/name`)
    const seen = await visitor.send(`${address}/name`, {
      ...own['name'],
      phone: '123',
      familyName: '"><script>alert(1)',
    })
    const later = await visitor.open(`${address}/name`)

    expect(seen.status).toBe(422)
    for (const { html } of [seen, later]) {
      expect(html).toContain('value="123"')
      expect(html).not.toContain('<script>alert')
    }
    expect(seen.text).toContain('Enter a phone number like')
  })

  it('one answer is changed and the others stay', async () => {
    const visitor = app.visitor()
    await answered(visitor)
    const form = await visitor.open(`${address}/work?change=yes`)
    const check = await visitor.sendAndFollow(`${address}/work?change=yes`, { workStatus: 'unemployed' })

    expect(form.html).toMatch(/value="off-sick"[^>]*checked|checked=""[^>]*value="off-sick"/)
    expect(check.text).toContain('Not working, and looking for work')
    expect(check.text).toContain('Sam Ashworth')
  })

  it('who goes to the end too early is led to the first page that is open', async () => {
    const visitor = app.visitor()
    await visitor.open(`${address}/name`)
    await visitor.send(`${address}/name`, own['name'])

    expect((await visitor.open(`${address}/check`)).location).toBe(`${address}/home`)
  })

  it('who comes back when the day is over is told so', async () => {
    const visitor = app.visitor()
    const id = idOn((await answered(visitor)).html)
    app.clock.pass({ hours: 25 })
    const seen = await visitor.send(`${address}/check`, { id })
    app.clock.set('2026-01-05T10:00:00Z')

    expect(seen.status).toBe(422)
    expect(seen.text).toContain('kept for a day')
  })

  it('nobody else sees it, and it can be deleted', async () => {
    const visitor = app.visitor()
    await answered(visitor)
    expect((await app.visitor().open(`${address}/name`)).html).not.toContain('Ashworth')

    await visitor.send(`${address}/fresh-start`)
    expect((await visitor.open(`${address}/name`)).html).not.toContain('Ashworth')
  })

  it('once it is sent the next person on the same computer finds empty pages', async () => {
    const { visitor } = await sent()

    expect((await visitor.open(`${address}/name`)).html).not.toContain('Ashworth')
  })
})

describe('Where there is nothing to be had', () => {
  it.each([
    '/in/nowhere/refer-yourself/name',
    `${address}/diagnosis`,
    `/in/north/referred/${newId()}`,
    '/in/north/referred/%00',
  ])('%s is no page', async (path) => {
    expect((await app.visitor().open(path)).status).toBe(404)
  })

  it('a referral of another area, or one that did not come by the public pages, is not confirmed', async () => {
    const { id } = await sent()
    const typed = await aReferral(app, { channel: 'telephone' })
    const [elsewhere, staff, nothing] = await Promise.all(
      [`/in/south/referred/${id}`, `/in/north/referred/${typed.id}`, `/in/north/referred/${newId()}`].map((path) =>
        app.visitor().open(path),
      ),
    )

    expect([elsewhere?.status, staff?.status]).toEqual([404, 404])
    expect(staff?.text).toBe(nothing?.text)
  })

  it('a professional is told what happens next, also where the referral is held', async () => {
    const asked = await aReferral(app, { route: 'gp', referrer: { feedback: 'status' } })
    const held = await aReferral(app, { route: 'employer', agreement: 'not-asked', referrer: { feedback: 'received' } })
    const visitor = app.visitor()

    expect((await visitor.open(`/in/north/referred/${asked.id}`)).text).toContain('by 7 January 2026')
    expect((await visitor.open(`/in/north/referred/${held.id}`)).text).toContain('The referral is held')
  })

  it('a professional is promised no more than the person has agreed to', async () => {
    const wanting = { referrer: { feedback: 'status' } } as const
    const [agreed, held, jobcentre] = await Promise.all([
      aReferral(app, { route: 'gp', ...wanting }),
      aReferral(app, { route: 'gp', agreement: 'not-asked', ...wanting }),
      aReferral(app, { route: 'jobcentre', ...wanting }),
    ])
    const told = async ({ id }: { id: string }) => (await app.visitor().open(`/in/north/referred/${id}`)).text

    for (const one of [agreed, held]) expect(await told(one)).toContain('We ask the person whether you may hear more')
    expect(await told(jobcentre)).toContain('After that we tell you nothing more')
  })

  it('an area where nobody receives referrals says so, and asks nothing', async () => {
    await app.owner.query(
      `update areas.setting set value = 'null' where area = 'south' and name = 'receivingOrganisation'`,
    )
    const seen = await app.visitor().open('/in/south/refer-yourself/name')

    expect(seen.status).toBe(503)
    expect(seen.text).toContain('Call us instead')
    expect(seen.html).not.toContain('name="givenName"')
  })
})
