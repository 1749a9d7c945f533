import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { anAnswer } from '#test/people.ts'
import { anOffer } from '#test/people/asking.ts'
import { hoursOf } from '#test/people/availability.ts'
import { aDraftedOnward, aSentOnward } from '#test/people/onward.ts'
import { aReferral } from '#test/people/referral.ts'
import { aCompletedPlan, anAcceptedEpisode, anAgreedPlan } from '#test/people/plan.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const home = async (person: string) => (await app.asParticipant(person)).open('/my')

const book = async (episode: string, day = '13') => {
  const coach = await app.as(app.cast.coach)
  const appointment = newId()
  const booked = await coach.send(`/episodes/${episode}/appointments`, {
    ...{ id: appointment, member: app.cast.coach.membership, purpose: 'first', minutes: '60', mode: 'in-person' },
    ...{ place: 'Library, first floor', 'day-day': day, 'day-month': '1', 'day-year': '2026', time: '10:30' },
    ...{ interpreter: 'none', tell: 'staff', anyway: 'yes', note: 'She is afraid of her brother' },
  })
  if (booked.status >= 400) throw new Error(booked.text)
  return { coach, appointment }
}

describe('The first page of a participant', () => {
  it('says the next appointment with its place, and not what the team wrote beside it', async () => {
    const { person, episode } = await anAcceptedEpisode(app)
    await book(episode)

    const page = await home(person)

    expect(page.text).toContain('Tuesday 13 January 2026, 10:30')
    expect(page.text).toContain('In person with Carol Coach')
    expect(page.text).toContain('Library, first floor')
    expect(page.text).not.toContain('brother')
  })

  it('leads to what support there is near them while they wait and once their support is over, and not in between', async () => {
    const near = 'href="/in/north/support-near-you"'
    const [{ person: waiting }, { person: supported }] = [await aReferral(app), await anAgreedPlan(app)]
    const { person: over } = await aCompletedPlan(app)
    const waits = await home(waiting)

    expect(waits.text).toContain('While you wait')
    expect([waits, await home(over)].map(({ html }) => html.includes(near))).toEqual([true, true])
    expect((await home(supported)).html).not.toContain(near)
  })

  it('leads to the services that somebody was put in touch with for as long as there is one to read of', async () => {
    const { person, onward } = await aSentOnward(app)
    const { person: unasked } = await aDraftedOnward(app)
    const me = await app.asParticipant(person)
    const sent = await me.open('/my')
    await me.send(`/my/services/${onward}/withdrawal`, { id: newId() })
    const stopped = await me.open('/my')

    expect([sent, stopped].map(({ html }) => html.includes('href="/my/services"'))).toEqual([true, true])
    expect((await home(unasked)).html).not.toContain('/my/services')
  })

  it('says that none is booked once it was called off', async () => {
    const { person, episode } = await anAcceptedEpisode(app)
    const { coach, appointment } = await book(episode, '14')
    await coach.send(`/appointments/${appointment}/results`, {
      ...{ id: newId(), kind: 'cancelled', 'cancelled-who': 'coach', 'cancelled-reason': 'staff-ill', tell: '' },
    })

    expect((await home(person)).text).toContain('No appointment is booked')
  })

  it('leads to a time that is to be chosen, and to what their coach wrote until they have read it', async () => {
    const { person, episode } = await anAcceptedEpisode(app)
    await anAnswer(app, person, 'contact', true)
    const coach = await app.as(app.cast.coach)
    const offer = { id: newId(), member: app.cast.coach.membership, purpose: 'first', modes: ['phone'], days: '14' }
    await hoursOf(app)
    await coach.open(`/people/${person}`)
    await coach.send(`/episodes/${episode}/offers`, { ...offer, handing: 'message' })
    await coach.send(`/people/${person}/messages`, { id: newId(), words: 'Ring me about the lift' })
    const participant = await app.asParticipant(person)

    const page = await participant.open('/my')

    expect(page.text).toContain('Your coach has written to you')
    expect(page.text).not.toContain('lift')
    expect(page.html).toContain(`href="/my/appointments/${offer.id}"`)
    expect(page.text).not.toContain('No appointment is booked')
    await participant.open('/my/messages')
    expect((await participant.open('/my')).text).not.toContain('Your coach has written to you')
  })

  it('says what the person wanted to do, and whom they can ring', async () => {
    const { person } = await anAgreedPlan(app)

    const page = await home(person)

    expect(page.text).toContain('Ask for a phased return By Monday 19 January 2026')
    expect(page.text).toContain('Your coach Carol Coach Call 01632 960001')
    expect(page.html).toContain('href="/in/north/privacy"')
  })

  it('takes a message to their coach, and has no box where nobody would read it', async () => {
    const { person } = await anAgreedPlan(app)
    const participant = await app.asParticipant(person)
    await participant.open('/my')
    const sent = await participant.sendAndFollow('/my/messages', { id: newId(), words: 'May I bring my sister?' })

    expect((await participant.open('/my')).html).toContain('<textarea')
    expect(sent.text).toContain('May I bring my sister?')
    expect((await home((await aReferral(app)).person)).html).not.toContain('<textarea')
  })

  it('says to somebody who was just referred by when they hear from us', async () => {
    const { person } = await aReferral(app)

    expect((await home(person)).text).toContain(
      'We have your request. Somebody gets in touch with you by 7 January 2026',
    )
  })

  it('says that support is over, and never why', async () => {
    const { person } = await aCompletedPlan(app)

    const page = await home(person)

    expect(page.text).toContain('Your support has come to its end')
    expect(page.html).toContain('href="/in/north/refer-yourself"')
  })

  it('says that support is over, and of nobody that they are there now, where somebody left before reading who it was', async () => {
    const { person, episode } = await anAcceptedEpisode(app)
    const offer = await anOffer(app, episode)
    await (await app.as(app.cast.otherCoach)).send(`/passing-on/${offer}`, { answer: 'accepted', words: '' })
    const me = await app.asParticipant(person)
    const before = await me.open('/my')
    await me.send('/my/leaving', { id: newId(), wish: 'stop' })
    const after = await me.open('/my')

    expect(before.text).toContain('Somebody else is there for you now')
    expect(after.text).toContain('Your support has come to its end')
    expect(after.text).not.toContain('Somebody else is there for you now')
  })
})

describe('Who has seen my record', () => {
  it('is said by role and organisation, in plain words, without the person’s own visits', async () => {
    const { person } = await anAgreedPlan(app)
    await (await app.as(app.cast.manager)).open(`/people/${person}/details`)
    const mine = await app.asParticipant(person)
    await mine.open('/my')

    const page = await mine.open('/my/readers')

    expect(page.text).toContain(`Service manager , ${app.cast.manager.organisationName}`)
    expect(page.text).toContain('Name, date of birth, home and needs')
    expect(page.text).not.toContain('Max Manager')
    expect(page.text).not.toContain('themselves')
  })
})
