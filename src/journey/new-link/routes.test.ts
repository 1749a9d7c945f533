import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { messageLinkPath } from '#platform/link/links.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { anEpisode } from '#test/people/episode.ts'
import { aReferral } from '#test/people/referral.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

/** An employer who was asked something and can no longer open the link, because it was answered wrongly too often. */
async function anEmployerLockedOut(familyName: string) {
  const { person } = await anEpisode(app, { givenName: 'Nadia', familyName })
  const coach = await app.as(app.cast.coach)
  const agreed = { form: randomUUIDv7(), how: 'telephone', employer: 'yes', 'employer-allows': 'summary' }
  await coach.send(`/people/${person}/agreements`, agreed)
  const id = randomUUIDv7()
  const asked = { kind: 'employer', organisation: 'Hillside Bakery', email: 'office@example.org', asks: 'When?' }
  await coach.send(`/people/${person}/requests`, { id, ...asked, share: 'phone' })
  await app.work()
  const link = await lockedLinkOf('about', id)
  return { person, request: id, coach, ...link }
}

/** The link of the newest message about something, stopped, and that somebody has asked for a new one. */
async function lockedLinkOf(column: 'about' | 'link_subject', subject: string) {
  const { rows } = await app.owner.query<{ id: string }>(
    `select id from notify.message where ${column} = $1 and link_purpose is not null order by id desc limit 1`,
    [subject],
  )
  const path = messageLinkPath(app.settings.secret, { area: 'north', id: rows[0]?.id ?? '' })
  await app.owner.query('update link.link set failed = 10 where message = $1', [rows[0]?.id])
  const visitor = app.visitor()
  await visitor.open(path)
  const asked = await visitor.send(`${path}/renewal`)
  const link = await app.owner.query<{ id: string }>('select id from link.link where message = $1', [rows[0]?.id])
  return { asked, wanted: link.rows[0]?.id ?? '' }
}

const onDay = async (name: string) =>
  (await (await app.as(app.cast.coach)).open('/day?reason=link')).text.includes(name)

describe('A request for a new link', () => {
  it('stands on the day of the coach and on the page of the request, and goes away once it was sent', async () => {
    const { person, request, coach, asked } = await anEmployerLockedOut('Locked')
    expect(asked.status).toBe(200)
    const day = await coach.open('/day?reason=link')
    expect(day.text).toMatch(/Nadia Locked.*Whoever was asked cannot open their link.*See what they need/)
    expect(day.html).toContain(`href="/requests/${request}"`)
    expect((await coach.open(`/people/${person}?kind=message`)).text).toContain('Email to our own team')
    expect((await coach.open(`/requests/${request}`)).text).toMatch(
      /They asked for a new link.*Nothing needs to be sent/,
    )
    const { html } = await coach.open(`/requests/${request}`)
    const seen = /name="sent" value="([^"]+)"/.exec(html)?.[1] ?? ''
    const after = await coach.sendAndFollow(`/requests/${request}/link`, { sent: seen })

    expect(after.text).not.toContain('They asked for a new link')
    expect(await onDay('Nadia Locked')).toBe(false)
  })

  it('goes away where nothing needs to be sent, and comes back when it is asked for again', async () => {
    const { person, request, coach, wanted } = await anEmployerLockedOut('Settled')
    await coach.send(`/requests/${request}/closing`)
    const closed = await coach.open(`/requests/${request}`)
    expect(closed.text).toContain('The request is not open any more')
    expect(closed.text).not.toContain('Send a new link')
    expect((await coach.open('/day?reason=link')).text).toContain(
      'cannot open their link, and none can be sent any more',
    )
    const settled = await coach.sendAndFollow(`/people/${person}/links/${wanted}/settling`)
    expect(settled.text).toContain('Nobody waits for this link')
    expect(await onDay('Nadia Settled')).toBe(false)
    await app.owner.query(`update link.link set asked_anew_at = anew_settled_at + interval '2 days' where id = $1`, [
      wanted,
    ])
    expect(await onDay('Nadia Settled')).toBe(true)
  })

  it('of whoever referred is handled where their referral is, also before anybody has a coach', async () => {
    const referrer = { name: 'Dr Khan', organisation: 'Park Surgery', email: 'surgery@north.example.org' }
    const { id: referral, person } = await aReferral(app, {
      ...{ route: 'gp', person: { givenName: 'Tariq', familyName: 'Waiting' } },
      referrer: { ...referrer, feedback: 'status' },
    })
    await app.work()
    const { wanted } = await lockedLinkOf('link_subject', referral)
    const administrator = await app.as(app.cast.administrator)
    expect((await administrator.open('/referrals')).text).toContain('Asked for a new link')
    const page = await administrator.open(`/referrals/${referral}`)
    const at = `/people/${person}/links/${wanted}`
    expect(page.text).toContain('Whoever referred them asked for a new link')
    expect(page.html).toContain(`href="${at}"`)
    expect((await administrator.open(at)).text).toContain(
      'A new link goes to the address that the first one was sent to',
    )
    const sent = await administrator.sendAndFollow(`${at}/sending`)
    const second = await administrator.sendAndFollow(`${at}/sending`)

    expect(second.text).toMatch(/A new link was sent already.*No other was sent.*Nobody waits for this link/)
    expect(sent.text).toMatch(/A new link is on its way.*Nobody waits for this link/)
    const { rows } = await app.owner.query('select address from notify.message where person = $1 and kind = $2', [
      ...[person, 'link.renewed'],
    ])
    expect(rows).toEqual([{ address: 'surgery@north.example.org' }])
    expect((await administrator.open('/referrals')).text).not.toContain('Asked for a new link')
  })

  it('is answered once where two people press at the same moment', async () => {
    const { person, wanted } = await anEmployerLockedOut('Twice')
    const [one, other] = [await app.as(app.cast.coach), await app.as(app.cast.manager)]
    const sending = [one, other].map((browser) => browser.send(`/people/${person}/links/${wanted}/sending`))
    await Promise.all(sending)
    const { rows } = await app.owner.query('select id from notify.message where person = $1 and kind = $2', [
      ...[person, 'link.renewed'],
    ])

    expect(rows).toHaveLength(1)
  })

  it('is nobody else’s to answer', async () => {
    const { person, wanted } = await anEmployerLockedOut('Private')
    const elsewhere = await app.as(app.cast.providerCoach)
    const [hidden, absent] = [
      await elsewhere.open(`/people/${person}/links/${wanted}`),
      await elsewhere.open(`/people/${randomUUIDv7()}/links/${randomUUIDv7()}`),
    ]
    expect([hidden.status, hidden.text]).toEqual([absent.status, absent.text])
    expect((await elsewhere.send(`/people/${person}/links/${wanted}/sending`)).status).toBe(404)
    expect(await onDay('Nadia Private')).toBe(true)
  })
})
