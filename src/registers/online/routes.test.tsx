import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { mount } from '#platform/http/route.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aPerson } from '#test/people.ts'
import { cookieParts, ownCookie } from './rules.ts'

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
  it('sees their own page, with a way out that leads nowhere else of ours', async () => {
    const page = await (await app.asParticipant(person)).open('/my')

    expect(page.text).toContain('Hello Mina')
    expect(page.text).toContain('WorkWell north')
    expect(page.html).toContain('href="https://www.bbc.co.uk/weather" rel="nofollow noreferrer"')
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
    expect((await idle.open('/my')).location).toBe('/my/sign-in')

    const busy = await app.asParticipant(person)
    for (let hour = 0; hour < 24; hour += 1) {
      expect((await busy.open('/my')).status).toBe(200)
      app.clock.pass({ minutes: 29, seconds: 59 })
    }
    app.clock.pass({ minutes: 1 })
    expect((await busy.open('/my')).location).toBe('/my/sign-in')
  })

  it('signs out, and the same cookie opens nothing after that', async () => {
    const browser = await app.asParticipant(person)
    const cookie = tokenOf(browser) ?? ''
    await browser.open('/my')

    const out = await browser.sendAndFollow('/my/sign-out')

    expect(out.text).toContain('You have signed out')
    browser.cookies.set(ownCookie(app.settings.origin), cookie)
    expect((await browser.open('/my')).location).toBe('/my/sign-in')
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

    expect((await browser.open('/my')).location).toBe('/my/sign-in')
  })

  it('has a session of one area only', async () => {
    const browser = await app.asParticipant(person)
    const { token } = cookieParts(tokenOf(browser)) ?? { token: '' }
    browser.cookies.set(ownCookie(app.settings.origin), `south.${token}`)

    expect((await browser.open('/my')).location).toBe('/my/sign-in')
  })
})

describe('A participant’s pages', () => {
  it('are closed to members, to strangers and to whoever makes a cookie up', async () => {
    const coach = await app.as(app.cast.coach)
    const stranger = app.visitor()
    expect((await coach.open('/my')).location).toBe('/my/sign-in')
    expect((await stranger.open('/my')).location).toBe('/my/sign-in')

    stranger.cookies.set(ownCookie(app.settings.origin), `north.${'a'.repeat(43)}`)
    expect((await stranger.open('/my')).location).toBe('/my/sign-in')
  })

  it('are never mixed with those of a member in one browser', async () => {
    const browser = await app.as(app.cast.coach)
    browser.cookies.set(ownCookie(app.settings.origin), tokenOf(await app.asParticipant(person)) ?? '')

    expect((await browser.open('/my')).location).toBe('/my/sign-in')
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
