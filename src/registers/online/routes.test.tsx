import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { mount } from '#platform/http/route.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aPerson } from '#test/people.ts'
import { cookieParts, ownCookie } from './rules.ts'

const signIn = '/my/sign-in?to=%2Fmy'

let app: TestApp
let person: string
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  person = await aPerson(app, { givenName: 'Mina', familyName: 'Signedin' })
})

const tokenOf = (browser: Awaited<ReturnType<TestApp['asParticipant']>>) =>
  browser.cookies.get(ownCookie(app.settings.origin))

describe('A participant who has signed in', () => {
  it('sees their own page, which nothing keeps, with a way out', async () => {
    const page = await (await app.asParticipant(person)).open('/my')

    expect(page.text).toContain('Hello Mina')
    expect(page.text).toContain('WorkWell north')
    expect(page.html).toContain('action="/my/exit"')
    expect(page.headers['cache-control']).toBe('no-store')
  })

  it('leaves quickly: is led out by a page that says nothing of us, and going back shows nothing', async () => {
    const browser = await app.asParticipant(person)
    const cookie = tokenOf(browser) ?? ''
    expect((await browser.open('/in/north')).html).toContain('action="/my/exit"')

    const out = await browser.send('/my/exit')

    expect(out.html).toContain('<meta http-equiv="refresh" content="0;url=https://www.bbc.co.uk/weather">')
    expect(out.html).not.toContain('WorkWell')
    expect(tokenOf(browser)).toBeFalsy()
    browser.cookies.set(ownCookie(app.settings.origin), cookie)
    expect((await browser.open('/my')).location).toBe(signIn)
    const { rows } = await app.owner.query(`select what from journal.entry where person = $1 order by id`, [person])
    expect(rows.at(-1)).toEqual({ what: 'online.signed-out' })
  })

  it('is led out all the same where the session was over already, and is never signed out by an address alone', async () => {
    const browser = await app.asParticipant(person)
    expect((await browser.open('/my/exit')).status).toBe(404)
    expect((await browser.open('/my')).status).toBe(200)
    app.clock.pass({ minutes: 31 })

    expect((await browser.send('/my/exit')).html).toContain('url=https://www.bbc.co.uk/weather')
  })

  it('is written into the journal as themselves, on their own record', async () => {
    await (await app.asParticipant(person)).open('/my')

    const { rows } = await app.owner.query(`select role, account, what from journal.entry where person = $1`, [person])
    expect(rows).toEqual([{ role: 'participant', account: null, what: 'participant.home' }])
  })

  it('is nobody on the pages of members', async () => {
    const browser = await app.asParticipant(person)

    for (const path of ['/day', `/people/${person}`, '/board'])
      expect((await browser.open(path)).location).toContain('/sign-in?to=')
  })

  it('is signed out after half an hour without use, and after twelve hours in any case', async () => {
    const idle = await app.asParticipant(person)
    app.clock.pass({ minutes: 30 })
    expect((await idle.open('/my')).location).toBe(signIn)

    const busy = await app.asParticipant(person)
    for (let hour = 0; hour < 24; hour += 1) {
      expect((await busy.open('/my')).status).toBe(200)
      app.clock.pass({ minutes: 29, seconds: 59 })
    }
    app.clock.pass({ minutes: 1 })
    expect((await busy.open('/my')).location).toBe(signIn)
  })

  it('signs out, and the same cookie opens nothing after that', async () => {
    const browser = await app.asParticipant(person)
    const cookie = tokenOf(browser) ?? ''
    await browser.open('/my')

    const out = await browser.sendAndFollow('/my/sign-out')

    expect(out.text).toContain('You have signed out')
    browser.cookies.set(ownCookie(app.settings.origin), cookie)
    expect((await browser.open('/my')).location).toBe(signIn)
  })

  it('keeps their session through a merge of their records, and sees the one that is kept', async () => {
    const kept = await aPerson(app, { givenName: 'Kept' })
    const browser = await app.asParticipant(person)
    await app.owner.query('update people.person set merged_into = $1 where id = $2', [kept, person])

    expect((await browser.open('/my')).text).toContain('Hello Kept')
  })

  it('is signed out when their death is recorded', async () => {
    const browser = await app.asParticipant(person)
    await app.owner.query(`update people.person set died_on = '2026-01-04' where id = $1`, [person])

    expect((await browser.open('/my')).location).toBe(signIn)
  })

  it('has a session of one area only', async () => {
    const browser = await app.asParticipant(person)
    const { token } = cookieParts(tokenOf(browser)) ?? { token: '' }
    browser.cookies.set(ownCookie(app.settings.origin), `south.${token}`)

    expect((await browser.open('/my')).location).toBe(signIn)
  })
})

describe('Access that a member closed', () => {
  const close = async (browser: Awaited<ReturnType<TestApp['as']>>, fields = {}) =>
    browser.sendAndFollow(`/people/${person}/online`, { reason: 'shared-phone', note: 'Her son has it', ...fields })

  it('ends what is open at once, is said on the record with its reason, and can be opened again', async () => {
    const browser = await app.asParticipant(person)
    expect((await browser.open('/my')).status).toBe(200)
    const coach = await app.as(app.cast.coach)

    const closed = await close(coach)

    expect((await browser.open('/my')).location).toBe(signIn)
    expect(closed.text).toContain('Carol Coach closed it on 5 January 2026: Somebody else uses or looks at their phone')
    expect(closed.text).toContain('Her son has it')
    expect((await coach.sendAndFollow(`/people/${person}/online/lifting`)).text).toContain('They last signed in on')
    expect((await (await app.asParticipant(person)).open('/my')).status).toBe(200)
  })

  it('holds for every record of a person', async () => {
    const kept = await aPerson(app, { givenName: 'Kept' })
    await close(await app.as(app.cast.coach))
    await app.owner.query('update people.person set merged_into = $1 where id = $2', [kept, person])

    expect((await (await app.asParticipant(kept)).open('/my')).location).toBe(signIn)
  })

  it('needs a reason, and is not for whoever may not open the record', async () => {
    expect((await close(await app.as(app.cast.coach), { reason: '' })).text).toContain('Select why it is closed')
    for (const other of [app.cast.providerCoach, app.cast.coachElsewhere])
      expect((await close(await app.as(other))).status).toBe(404)
  })
})

describe('A participant’s pages', () => {
  it('are closed to members, to strangers and to whoever makes a cookie up', async () => {
    const coach = await app.as(app.cast.coach)
    const stranger = app.visitor()
    expect((await coach.open('/my')).location).toBe(signIn)
    expect((await stranger.open('/my')).location).toBe(signIn)

    stranger.cookies.set(ownCookie(app.settings.origin), `north.${'a'.repeat(43)}`)
    expect((await stranger.open('/my')).location).toBe(signIn)
  })

  it('are never mixed with those of a member in one browser', async () => {
    const browser = await app.as(app.cast.coach)
    browser.cookies.set(ownCookie(app.settings.origin), tokenOf(await app.asParticipant(person)) ?? '')

    expect((await browser.open('/my')).location).toBe(signIn)
    expect((await browser.open('/day')).status).toBe(200)
  })

  it('cannot be written with a person or an area in their address', () => {
    const { settings, databases, product } = app
    // Checked: a route is refused before anything else of the product is asked for.
    const parts = { settings, databases, now: () => app.clock.now } as never
    const { app: routes } = mount(product.fastify, parts)
    const adding = (path: string) => () => routes.get(path, { who: 'participant' }, async (_, reply) => reply.json({}))

    expect(adding('/my/:person/plan')).toThrow('not for its address to say')
    expect(adding('/in/:area/my')).toThrow('not for its address to say')
  })
})
