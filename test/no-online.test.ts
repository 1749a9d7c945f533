import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { messageLinkPath } from '#platform/link/links.ts'
import { sendMessage, type Writing } from '#platform/notify/outbox.ts'
import { linkMark } from '#platform/notify/rules.ts'
import { cannotGoNow, closedOnline, leadsOnline, noLinkSent } from '#registers/online/rules.ts'
import { withExamples } from '#registers/templates/rules.ts'
import { tellOfChange } from '#journey/changeover/store.ts'
import { templates } from '#writing-pages.ts'
import { startApp, type TestApp } from './app.ts'
import { aPerson, anAnswer } from './people.ts'
import { aDraftedOnward } from './people/onward.ts'
import { aDraftedPlan } from './people/plan.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const close = async (person: string) =>
  (await app.as(app.cast.coach)).send(`/people/${person}/online`, { reason: 'shared-phone' })

/** Somebody who agreed to be contacted, and whose access online is closed. */
async function somebodyOffline() {
  const person = await aPerson(app)
  await anAnswer(app, person, 'contact', true)
  await close(person)
  return person
}

/** What became of a message to somebody. */
async function sent(person: string, words: Pick<Writing, 'body' | 'link'>) {
  const message = { area: 'north', person, kind: 'copy.ready', channel: 'text', now: app.clock.now } as const
  const to = { address: '07700 900123', allowedBy: 'asked-for' } as const
  const id = await app.inArea('north', (db) => sendMessage(db, { ...message, ...to, ...words }))
  await app.work()
  const { rows } = await app.owner.query('select settled_as, reason from notify.message where id = $1', [id])
  return rows[0]
}

const born = { 'bornOn-day': '14', 'bornOn-month': '3', 'bornOn-year': '1981' }

const toldOf = async (person: string, kind: string) =>
  (await app.owner.query('select id, body from notify.message where person = $1 and kind = $2', [person, kind])).rows

describe('Somebody whose online access is closed', () => {
  it.each([
    ['a link of theirs', `Please answer: ${linkMark}`],
    ['the way to their own pages', 'To see it, go to https://workwell.example.org/my and sign in.'],
    ['the way to one of their own pages', 'Read it: https://workwell.example.org/my/team'],
  ])('gets no message that carries %s', async (_what, body) => {
    const link = { purpose: 'come-back', subject: newId(), expiresAt: app.clock.now.add({ hours: 24 }) }
    const words = { body, link: body.includes(linkMark) ? link : undefined }

    expect(await sent(await somebodyOffline(), words)).toEqual({ settled_as: 'held back', reason: closedOnline })
    const open = await aPerson(app)
    expect(await sent(open, words)).toMatchObject({ settled_as: 'sent' })
  })

  it('gets one that says all there is', async () => {
    const body = 'Your appointment is on 3 March at 10:30, by telephone. To change it, ring 01632 960001.'
    expect(await sent(await somebodyOffline(), { body, link: undefined })).toMatchObject({ settled_as: 'sent' })
  })

  it('is told by none of our messages to go where they cannot', () => {
    const voice = Object.assign((text: string) => text, { dayInWords: () => '3 March' })
    const online = templates.filter(({ to, places }) => to === 'person' && ('link' in places || 'space' in places))
    const said = online.map((one) => withExamples(one.own, one, voice).body)

    expect(online.length).toBeGreaterThan(10)
    // A link takes the place of its mark as it goes.
    expect(said.filter((body) => !leadsOnline(body.replace(/https:\S+\/l\/\S+/, linkMark)))).toEqual([])
  })

  it('is sent no plan, and their coach reads what to do instead', async () => {
    const { person, episode, coach: member } = await aDraftedPlan(app)
    await anAnswer(app, person, 'contact', true)
    const coach = await app.as(member)
    const page = `/episodes/${episode}/plan/sending`
    expect((await coach.open(page)).text).toContain('Send it now')
    await close(person)

    const shown = await coach.open(page)
    expect(shown.text).toContain(`${noLinkSent} Read the plan with them by phone or in person`)
    expect(shown.text).not.toContain('Send it now')
    const stale = await coach.send(page, { id: newId(), handing: 'message' })
    expect([stale.status, stale.text.includes(cannotGoNow)]).toEqual([422, true])
    expect(await toldOf(person, 'plan.offered')).toEqual([])
    const handed = await coach.send(page, { id: newId() })
    expect(handed.text).toMatch(/Open this link with them.*open it on your own device, and do not send it/)
  })

  it('opens nothing of theirs by a link that went to them before', async () => {
    const { person, episode, coach: member } = await aDraftedPlan(app)
    await anAnswer(app, person, 'contact', true)
    const coach = await app.as(member)
    await coach.send(`/episodes/${episode}/plan/sending`, { id: newId(), handing: 'message' })
    await app.work()
    const [told] = await toldOf(person, 'plan.offered')
    const link = messageLinkPath(app.settings.secret, { area: 'north', id: String(told?.id) })
    const them = app.visitor()
    expect((await them.open(link)).text).toContain('When were you born?')
    await close(person)

    expect((await them.send(link, born)).status).toBe(410)
    const refused = await them.open(link)
    expect([refused.status, refused.text.includes('When were you born?')]).toEqual([410, false])
    await them.send(`${link}/renewal`)
    const [, wanted = ''] = /href="([^"]*\/links\/[^"]*)"/.exec((await coach.open('/day?reason=link')).html) ?? []
    expect((await coach.open(wanted)).text).toContain('Their online access is closed')
    const handed = await coach.send(`/episodes/${episode}/plan/sending`, { id: newId(), handing: 'staff' })
    const given = /\/l\/[\w.-]+/.exec(handed.html)?.[0] ?? ''
    expect((await app.visitor().open(given)).text).toContain('When were you born?')
  })

  it('gets no message with a link that was waiting to go as it was closed', async () => {
    const person = await aPerson(app)
    const link = { purpose: 'come-back', subject: newId(), expiresAt: app.clock.now.add({ hours: 24 }) }
    const message = { area: 'north', person, kind: 'copy.ready', channel: 'text', now: app.clock.now } as const
    const to = { address: '07700 900123', allowedBy: 'asked-for', body: `Please answer: ${linkMark}`, link } as const
    const id = await app.inArea('north', (db) => sendMessage(db, { ...message, ...to }))
    await close(person)
    await app.work()

    const { rows } = await app.owner.query('select settled_as, reason from notify.message where id = $1', [id])
    expect(rows).toEqual([{ settled_as: 'held back', reason: closedOnline }])
  })

  it('is sent nothing to choose a time by, and no questions', async () => {
    const { person, episode, coach: member } = await aDraftedPlan(app)
    await anAnswer(app, person, 'contact', true)
    await close(person)
    const coach = await app.as(member)

    expect((await coach.open(`/episodes/${episode}/offers/new`)).text).toContain(`${noLinkSent} Ring them`)
    const asking = `/people/${person}/questionnaires/links`
    expect((await coach.open(asking)).text).toContain(`${noLinkSent} Ask them by phone or in person`)
    const fields = { id: newId(), instruments: ['work-ability'], days: '7' }
    expect((await coach.send(asking, { ...fields, handing: 'message' })).text).toContain(cannotGoNow)
    expect((await coach.send(asking, fields)).text).toContain('Open this link with them')
    expect(await toldOf(person, 'questions.asked')).toEqual([])
  })

  it('is shown what a service would be sent in person or on the phone, and never by a message', async () => {
    const { person, onward, browser: coach } = await aDraftedOnward(app)
    await anAnswer(app, person, 'contact', true)
    await close(person)
    const page = `/onward/${onward}/showing`

    const shown = await coach.open(page)
    expect(shown.text).toContain(`${noLinkSent} Show it in person`)
    expect(shown.html).not.toContain('value="message"')
    const said = { id: newId(), how: 'message', version: '1' }
    expect((await coach.send(page, said)).text).toContain(noLinkSent)
  })

  it('is told of what their team is asked in person or by phone', async () => {
    const { person, episode, coach: member } = await aDraftedPlan(app)
    await anAnswer(app, person, 'contact', true)
    await close(person)
    const coach = await app.as(member)

    const { text, html } = await coach.open(`/episodes/${episode}/matters/new`)
    expect(text).toContain(`${noLinkSent} Tell them in person or by phone.`)
    expect(html).not.toContain('value="sent"')
    const asked = { id: newId(), asks: 'May they lift again?', summary: 'Works at a till', told: 'sent' }
    const refused = await coach.send(`/episodes/${episode}/matters`, asked)
    expect(refused.text).toContain(`${noLinkSent} Tell them in person or by phone`)
  })

  it('hears that somebody else is there for them, without the way to their own pages', async () => {
    const person = await somebodyOffline()
    const change = { area: 'north', person, kind: 'coach', from: null, to: 'Omar Other' } as const
    const { now } = app.clock
    await app.inArea('north', (db) => tellOfChange(db, { ...change, now, origin: 'https://workwell.example.org' }))

    const [told] = await toldOf(person, 'changeover.told')
    expect(String(told?.body)).toContain('Somebody else is there for you from now on')
    expect(leadsOnline(String(told?.body))).toBe(false)
  })

  it('hears of an appointment without a link to change it', async () => {
    const { person, episode, coach: member } = await aDraftedPlan(app)
    await anAnswer(app, person, 'contact', true)
    await close(person)
    const coach = await app.as(member)
    const form = {
      ...{ id: newId(), member: member.membership, 'day-day': '8', 'day-month': '1', 'day-year': '2026' },
      ...{ time: '10:30', minutes: '30', mode: 'phone', purpose: 'support', interpreter: 'none', anyway: 'yes' },
    }
    const page = await coach.open(`/episodes/${episode}/appointments/new`)
    expect(page.text).toContain('without a link to change it: their online access is closed')
    expect((await coach.send(`/episodes/${episode}/appointments`, form)).status).toBe(303)

    const told = await toldOf(person, 'appointment.booked')
    expect(told.map(({ body }) => leadsOnline(String(body)))).toEqual([false])
    expect(String(told[0]?.body)).toContain('10:30')
  })
})
