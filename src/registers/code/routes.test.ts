import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findAnswered } from '#platform/notify/arrivals.ts'
import { ownCookie } from '#registers/online/rules.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Browser } from '#test/browser.ts'
import { anAnswer, aPerson } from '#test/people.ts'

let app: TestApp
let person: string
let phone: string
let last = 100
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  phone = `07700 900${(last += 1)}`
  person = await known()
})

const at = '/in/north/sign-in'
const known = (also = {}) => aPerson(app, { givenName: 'Mina', means: [{ kind: 'mobile', value: phone }], also })

/** Asks for a code and lets the work be done; answers with the browser and what it saw. */
async function ask(way = phone, browser = app.visitor()) {
  await browser.open(at)
  const asked = await browser.sendAndFollow(at, { way })
  await app.work()
  return { browser, asked }
}

const sentTo = async (whom: string | null) => {
  const { rows } = await app.owner.query<{
    id: string
    body: string
    subject: string | null
    settled_as: string
    about: string
  }>(
    `select id, body, subject, settled_as, about from notify.message where person is not distinct from $1 and kind = 'online.code' order by id`,
    [whom],
  )
  return rows
}

/** The code as it went, which a demonstration shows in the outbox. */
async function codeFor(whom: string | null = person): Promise<string> {
  const message = (await sentTo(whom)).at(-1)
  const page = await (await app.as(app.cast.manager)).open(`/outbox/${message?.id ?? ''}`)
  return /Your code is (\d{6})/.exec(page.text)?.[1] ?? 'none'
}

const typeIn = (browser: Browser, code: string) => browser.sendAndFollow(`${at}/code`, { code })
const isIn = (browser: Browser) => browser.cookies.has(ownCookie(app.settings.origin))

describe('Signing in with a code', () => {
  it('leads to their own pages, by a message that tells nobody else anything', async () => {
    const { browser } = await ask()
    const [message] = await sentTo(person)

    const home = await typeIn(browser, await codeFor())

    expect(home.text).toContain('Hello Mina')
    expect(message).toMatchObject({ settled_as: 'sent', subject: null })
    expect(message?.body).toBe('Your code is {code}. You can use it for 10 minutes. Do not tell it to anybody.')
  })

  it('goes to the page that was asked for before', async () => {
    const browser = app.visitor()
    const { location = '' } = await browser.open('/my?x=1')
    const page = await browser.open((await browser.open(location)).location ?? location)
    expect(page.text).toContain('Choose the service')
    await browser.open(`${at}?to=%2Fmy`)
    await browser.send(at, { way: phone, to: '//elsewhere.example.org' })
    await app.work()

    expect((await browser.send(`${at}/code`, { code: await codeFor() })).location).toBe('/my')
  })

  it('looks the same and sends nothing where nobody is known', async () => {
    const stranger = await ask('07700 900999')
    const someone = await ask()
    const same = (text: string) => text.replaceAll(/07700 900\d+/g, '')

    expect(same(stranger.asked.text)).toBe(same(someone.asked.text))
    expect((await typeIn(stranger.browser, '123456')).text.replaceAll(/07700 900\d+/g, '')).toBe(
      same((await typeIn(someone.browser, await wrongCode())).text),
    )
    const { rows } = await app.owner.query(`select from notify.message where address like '%900999'`)
    expect(rows).toEqual([])
  })

  it('goes out at night, and is not one of the messages of a week', async () => {
    app.clock.set('2026-01-05T23:30:00Z')
    await ask()
    app.clock.set('2026-01-06T10:00:00Z')

    expect(await sentTo(person)).toMatchObject([{ settled_as: 'sent' }])
  })

  it('keeps the code nowhere, and shows it to nobody who reads the outbox for real', async () => {
    await ask()
    const code = await codeFor()
    const { rows } = await app.owner.query<{ kept: string }>(
      `select row_to_json(request)::text as kept from code.request union all
       select row_to_json(message)::text from notify.message`,
    )

    expect(rows.some(({ kept }) => kept.includes(code))).toBe(false)
  })
})

const wrongCode = async () => ((await codeFor()) === '111111' ? '222222' : '111111')

describe('A code is not sent', () => {
  const nothing = async () => expect(await sentTo(person)).toEqual([])

  it('to a number that is not safe, not wanted, or no longer theirs', async () => {
    for (const change of ['safe = false', 'safe = true, wanted = false', 'wanted = true, ended_at = now()']) {
      await app.owner.query(`update people.means set ${change} where person = $1`, [person])
      await ask()
      await nothing()
      app.clock.pass({ minutes: 16 })
    }
  })

  it('to somebody whose access was closed, who wants no contact or who has died', async () => {
    await (await app.as(app.cast.coach)).send(`/people/${person}/online`, { reason: 'at-risk' })
    await ask()
    await nothing()
    await (await app.as(app.cast.coach)).send(`/people/${person}/online/lifting`)
    await anAnswer(app, person, 'contact', false)
    await ask()
    await nothing()
    await anAnswer(app, person, 'contact', true)
    await app.owner.query(`update people.person set died_on = '2026-01-02' where id = $1`, [person])
    await ask()
    await nothing()
  })

  it('more than three times in a quarter of an hour from one browser, whether anybody is known or not', async () => {
    const seen = []
    const stranger = app.visitor()
    for (const way of [phone, '07700 900998']) {
      for (let times = 0; times < 3; times += 1) expect((await ask(way, stranger)).asked.status).toBe(200)
      seen.push((await ask(way, stranger)).asked)
    }

    expect(seen.map(({ status }) => status)).toEqual([429, 429])
    expect(seen[0]?.text).toBe(seen[1]?.text)
    // Whose number it is has a browser of their own, and is not kept out by what somebody else did.
    expect((await ask(phone, app.visitor('192.0.2.7'))).asked.text).toContain('Enter your code')
    app.clock.pass({ minutes: 15 })
    expect((await ask()).asked.text).toContain('Enter your code')
  })

  it('to what is neither a mobile number nor an email address', async () => {
    const { asked } = await ask('01632 960001')

    expect(asked.status).toBe(422)
    expect(asked.text).toContain('Enter a mobile number, like 07700 900 982')
    expect(asked.html).toContain('value="01632 960001"')
  })
})

describe('A code opens nothing', () => {
  it('after five wrong ones, even when it is right', async () => {
    const { browser } = await ask()
    const wrong = await wrongCode()
    for (let tries = 0; tries < 4; tries += 1)
      expect((await typeIn(browser, wrong)).text).toContain('This is not the code')

    expect((await typeIn(browser, wrong)).text).toContain('cannot be used any more')
    expect((await typeIn(browser, await codeFor())).text).toContain('cannot be used any more')
    expect(isIn(browser)).toBe(false)
  })

  it('after ten minutes, or a second time', async () => {
    const late = await ask()
    app.clock.pass({ minutes: 10 })
    expect((await typeIn(late.browser, await codeFor())).text).toContain('cannot be used any more')

    const used = await ask()
    const code = await codeFor()
    await typeIn(used.browser, code)
    used.browser.cookies.delete(ownCookie(app.settings.origin))
    await used.browser.open(at)
    expect((await typeIn(used.browser, code)).text).toContain('cannot be used any more')
  })

  it('in another browser than the one that asked', async () => {
    await ask()
    const other = app.visitor()
    await other.open(at)

    expect((await other.send(`${at}/code`, { code: await codeFor() })).location).toBe(at)
  })

  it('once access was closed after it was sent', async () => {
    const { browser } = await ask()
    const code = await codeFor()
    await (await app.as(app.cast.coach)).send(`/people/${person}/online`, { reason: 'at-risk' })

    expect((await typeIn(browser, code)).text).toContain('This is not the code')
    expect(isIn(browser)).toBe(false)
  })
})

describe('A phone that two people share', () => {
  it('asks whoever has the code when they were born, and opens their pages only', async () => {
    await known({ bornOn: Temporal.PlainDate.from('1991-03-27'), preferredName: 'Omar' })
    const { browser } = await ask()

    const asked = await typeIn(browser, await codeFor(null))
    expect(asked.text).toContain('What is your date of birth?')
    expect(isIn(browser)).toBe(false)
    const born = (day: string) => ({ 'bornOn-day': day, 'bornOn-month': '3', 'bornOn-year': '1991' })
    expect((await browser.send(`${at}/birth-date`, born('28'))).text).toContain('This is not the date of birth')
    expect((await browser.sendAndFollow(`${at}/birth-date`, born('27'))).text).toContain('Hello Omar')
  })
})

describe('A member and a participant', () => {
  it('are never signed in at one browser: whoever comes in ends what was open', async () => {
    const browser = await app.as(app.cast.coach)
    const member = [...browser.cookies]
    await ask(phone, browser)
    await typeIn(browser, await codeFor())

    expect((await browser.open('/my')).text).toContain('Hello Mina')
    for (const [name, value] of member) browser.cookies.set(name, value)
    expect((await browser.open('/day')).location).toContain('/sign-in?to=')
  })

  it('stands in the outbox under nobody: in no readers list, in no week of messages, and unread by whoever runs the system', async () => {
    const other = await known({ preferredName: 'Omar' })
    await ask()
    const [message] = (await sentTo(null)).slice(-1)
    expect(message).toMatchObject({ settled_as: 'sent' })
    for (const whom of [person, other]) expect(await sentTo(whom)).toEqual([])
    const read = await (await app.as(app.cast.administrator)).open(`/outbox/${message?.id}`)
    const run = await (await app.as(app.cast.systemAdministrator)).open(`/outbox/${message?.id}`)
    const looks = await app.owner.query(`select from journal.entry where person = any($1) and what = 'outbox.read'`, [
      [person, other],
    ])

    expect(read.text).toMatch(new RegExp(`Whoever has this number.*${phone}`))
    expect(run.text).toContain('You can read the text when you may open the record')
    expect(run.text).not.toContain(phone)
    expect(looks.rows).toEqual([])
    const answered = await app.inArea('north', (db) =>
      findAnswered(db, 'north', phone, app.clock.now.subtract({ hours: 1 })),
    )
    expect(answered).toBeUndefined()
  })
})
