import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { messageLinkPath } from '#platform/link/links.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { type Browser, browser, type Seen } from '#test/browser.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const invitation = (email: string) => ({
  ...{ 'from-day': '1', 'from-month': '1', 'from-year': '2026', version: '0' },
  ...{ name: 'New Coach', email, organisation: app.cast.coach.organisation, role: 'coach' },
})

type Letter = Readonly<{ id: string; address: string; subject: string; body: string; link_purpose: string | null }>

/** Somebody is invited to be a coach: the page of their membership, who invited them, and the link they were sent. */
async function invited(email: string) {
  const page = `/members/${randomUUIDv7()}`
  const administrator = await app.as(app.cast.administrator)
  await administrator.send(page, invitation(email))
  return { page, administrator, ...(await lastLetter()) }
}

async function lastLetter(): Promise<Readonly<{ letter: Letter | undefined; link: string }>> {
  await app.work()
  const { rows } = await app.owner.query<Letter>(
    `select id, address, subject, body, link_purpose from notify.message where kind = 'member.invited' order by id desc limit 1`,
  )
  const [letter] = rows
  return { letter, link: messageLinkPath(app.settings.secret, { area: 'north', id: letter?.id ?? '' }) }
}

/** Goes where each answer leads until there is a page. */
async function follow(visitor: Browser, path: string): Promise<Seen & { path: string }> {
  const { origin } = app.settings
  const seen = await visitor.open(path.replace(origin, ''))
  return seen.location === undefined ? { ...seen, path } : follow(visitor, seen.location)
}

/** Signs in from the page of a link, as somebody whom the provider knows. */
async function signInFrom(visitor: Browser, link: string, as: string): Promise<Seen & { path: string }> {
  const asked = await visitor.open(link)
  const [, to = ''] = /href="\/sign-in\?to=([^"]+)"/.exec(asked.html) ?? []
  return follow(visitor, `/sign-in/stand-in?to=${to}&as=${as}`)
}

describe('An invitation to work in an area', () => {
  it('goes to the address given, with a link whose key is kept nowhere', async () => {
    const { letter, link } = await invited('new.coach@example.org')

    expect(letter).toMatchObject({ address: 'new.coach@example.org', subject: 'Your invitation to WorkWell north' })
    expect(letter?.body).toContain('Your role: Work and Health Coach, Lead Provider north, from 1 January 2026.')
    expect(letter?.body).toContain('can be used until 4 February 2026')
    expect(letter?.body).not.toContain(link)
    expect((await app.visitor().open(link)).text).toContain('Join WorkWell north')
  })

  it('goes at once also in the evening, when nothing goes to the people of the service', async () => {
    app.clock.set('2026-01-05T21:30:00Z')
    const { letter } = await invited('late.coach@example.org')

    const { rows } = await app.owner.query('select settled_as from notify.message where id = $1', [letter?.id])
    expect(rows).toEqual([{ settled_as: 'sent' }])
  })

  it('leads through signing in and back to itself, and is taken up there once', async () => {
    const { link, page } = await invited('takes.it.up@example.org')
    const visitor = browser(app.product.fastify)
    const back = await signInFrom(visitor, link, app.cast.coachElsewhere.account)
    const waiting = await app.owner.query(`select return_path from identity.session where return_path like '/l/%'`)
    const joined = await follow(visitor, (await visitor.send(link)).location ?? '')
    const again = await app.visitor().open(link)

    expect(back.path).toBe(link)
    expect(back.text).toContain('You are signed in as Elle Elsewhere')
    expect(waiting.rowCount).toBe(0)
    expect(joined.text).toContain('Lead Provider north')
    expect(again.status).toBe(410)
    const { rows } = await app.owner.query(`select codes from journal.entry where what = 'member.joined'`)
    expect(rows).toMatchObject([{ codes: { memberships: [page.slice('/members/'.length)] } }])
  })

  it('is refused once somebody has signed in to the account that waits', async () => {
    const { link } = await invited('verified@example.org')
    await app.owner.query(`update identity.account set invited_until = null where email = 'verified@example.org'`)
    const visitor = await app.as(app.cast.coachElsewhere)
    const [shown, sent] = [await visitor.open(link), await visitor.send(link)]

    expect([shown.status, shown.text]).toEqual([410, expect.stringContaining('This invitation has been taken up')])
    expect(sent.status).toBe(410)
  })

  it('opens nothing once the role has ended', async () => {
    const { page, administrator, link } = await invited('not.needed@example.org')
    const until = { 'until-day': '5', 'until-month': '1', 'until-year': '2026' }
    await administrator.send(page, { ...invitation('not.needed@example.org'), ...until, version: '1' })

    expect((await app.visitor().open(link)).status).toBe(404)
  })

  it('is sent anew by whoever may give the role, and the link before stops working', async () => {
    const { page, administrator, link } = await invited('lost.it@example.org')
    const shown = await administrator.open(page)
    const sent = await administrator.sendAndFollow(`${page}/invitation`)
    const fresh = await lastLetter()

    expect(shown.text).toContain('They have not signed in yet')
    expect(sent.text).toContain('A new invitation was written')
    expect(fresh.link).not.toBe(link)
    expect((await app.visitor().open(link)).status).toBe(410)
    expect((await app.visitor().open(fresh.link)).status).toBe(200)
    expect((await (await app.as(app.cast.providerManager)).send(`${page}/invitation`)).status).toBe(404)
  })

  it('goes to the right address when a wrong one is corrected before anybody joined', async () => {
    const { page, administrator, link } = await invited('mistyped@example.org')
    await administrator.send(page, { ...invitation('well.typed@example.org'), version: '1' })
    const corrected = await lastLetter()

    expect(corrected.letter?.address).toBe('well.typed@example.org')
    expect((await app.visitor().open(link)).status).not.toBe(200)
    expect((await app.visitor().open(corrected.link)).status).toBe(200)
  })

  it('has no link for somebody who has an account: they sign in as before', async () => {
    await app.owner.query(`update identity.account set email = 'known@example.org' where id = $1`, [
      app.cast.coachElsewhere.account,
    ])
    const { letter } = await invited('known@example.org')

    expect(letter).toMatchObject({ address: 'known@example.org', link_purpose: null })
    expect(letter?.body).toContain(`choose the new role: ${app.settings.origin}/sign-in`)
  })
})
