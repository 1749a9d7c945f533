import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { anAnswer } from '#test/people.ts'
import { aReferral } from '#test/people/referral.ts'
import { anEpisode, type Made } from '#test/people/episode.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const somebody = async (familyName: string, made: Made = {}) => {
  const spell = await anEpisode(app, { familyName, ...made })
  await anAnswer(app, spell.person, 'take-part', true)
  return { ...spell, me: await app.asParticipant(spell.person) }
}

const book = async (episode: string) => {
  const coach = await app.as(app.cast.coach)
  const day = { 'day-day': '12', 'day-month': '1', 'day-year': '2026', time: '14:00', minutes: '30' }
  const how = { purpose: 'first', mode: 'phone', interpreter: 'none', tell: 'staff', anyway: 'yes' }
  await coach.send(`/episodes/${episode}/appointments`, {
    id: newId(),
    member: app.cast.coach.membership,
    ...day,
    ...how,
  })
}

describe('Somebody who leaves the service', () => {
  it('ends their support at once, calls off what is booked, and their coach is told', async () => {
    const { episode, person, me } = await somebody('Leaving')
    await book(episode)
    const page = await me.open('/my/leaving')
    const id = newId()
    const left = await me.sendAndFollow('/my/leaving', { id, wish: 'stop', why: 'time', said: 'Too much at once' })
    await me.send('/my/leaving', { id, wish: 'stop' })
    const coach = await app.as(app.cast.coach)
    const record = await coach.open(`/people/${person}`)

    expect(page.text).toContain('It does not affect your benefits')
    expect(left.text).toMatch(/Your support has ended.*I changed my mind.*Ask for help again/)
    expect(record.text).toMatch(/Ended early: declined/i)
    expect(record.text).toContain('Stopped by themselves, in their space')
    expect(record.text).toContain('Too much at once')
    expect(record.text).toContain('Appointment cancelled')
    expect((await coach.open('/day')).text).toMatch(/Robin Leaving Said in their space that they want to stop/)
    expect((await coach.open(`/people/${person}/agreements`)).text).toMatch(/Take part in WorkWell No/)
  })

  it('is asked nothing any more, and led to no questions that are not there', async () => {
    const { me } = await somebody('Unasked')
    const before = await me.open('/my/questions')
    await me.send('/my/leaving', { id: newId(), wish: 'stop' })
    const after = await me.open('/my/questions')

    expect(before.html).toContain('href="/my/questions/baseline"')
    expect(after.html).not.toContain('href="/my/questions/')
    expect(after.text).toContain('You have no support from us at the moment, so we ask you nothing.')
  })

  it('reads among what they agreed to that they left, and of no yes as if it still had any effect', async () => {
    const { person, me } = await somebody('Stopped')
    await anAnswer(app, person, 'gp', true)
    const before = await me.open('/my/agreements')
    app.clock.pass({ minutes: 1 })
    await me.send('/my/leaving', { id: newId(), wish: 'stop' })
    const left = await me.open('/my/agreements')
    const toCoach = await (await app.as(app.cast.coach)).open(`/people/${person}/agreements`)
    app.clock.pass({ minutes: 1 })
    await me.send('/my/leaving/withdrawal')
    const back = await me.open('/my/agreements')

    for (const page of [before, back]) expect(page.text).toMatch(/Leave the service.*Share with my GP Yes(?!,)/)
    expect(left.text).toContain('You have left. What waited to be sent was stopped')
    expect(left.text).toMatch(/Share with my GP Yes, before you left/)
    expect(left.text).not.toContain('Leave the service')
    expect(toCoach.text).toMatch(/does not take part any more.*Share with my GP Yes, before they left/)
    expect(left.html).toMatch(/href="\/my\/leaving"[^>]*>To come back later/)
  })

  it('leaves early once support had begun', async () => {
    const { person, me } = await somebody('Begun', { steps: [[{ kind: 'assessed' }, 0]] })
    await me.send('/my/leaving', { id: newId(), wish: 'stop' })
    const { rows } = await app.owner.query('select ended_as from episode.standing where person = $1', [person])

    expect(rows).toEqual([{ ended_as: 'left-early' }])
  })

  it('is rung first where they ask for it, and nothing ends', async () => {
    const { me } = await somebody('Ringing')
    const asked = await me.sendAndFollow('/my/leaving', { id: newId(), wish: 'call-first', said: 'After four please' })
    const coach = await app.as(app.cast.coach)

    expect(asked.text).toContain('You asked us to call you first')
    expect((await coach.open('/day?reason=today')).text).toMatch(
      /Robin Ringing .*Thinks of stopping, and asked for a call first/,
    )
  })

  it('goes on as before where they change their mind in time, and not afterwards', async () => {
    const { person, me } = await somebody('Returning')
    await me.send('/my/leaving', { id: newId(), wish: 'stop' })
    const asked = await me.open('/my/leaving')
    const home = await me.open('/my')
    await me.sendAndFollow('/my/leaving/withdrawal')
    const own = await me.open('/my/agreements')
    const stands = await app.owner.query('select stage, ended_as from episode.standing where person = $1', [person])
    await me.send('/my/leaving', { id: newId(), wish: 'stop' })
    app.clock.pass({ days: 29 })
    const later = await app.asParticipant(person)

    expect(stands.rows).toEqual([{ stage: 'accepted', ended_as: null }])
    expect(home.text).toMatch(/Your other pages .*Your support has ended/)
    expect(home.text).not.toContain('Leave the service')
    expect(asked.text).toMatch(/you agree to this again: I want to take part in WorkWell/)
    expect(own.text).toMatch(/I want to take part in WorkWell.*? You answered on .*?, to version 1 of these words/)
    expect((await later.open('/my/leaving')).text).not.toContain('I changed my mind')
    expect((await later.send('/my/leaving/withdrawal')).status).toBe(404)
  })

  it('is taken back by their coach as any other ending', async () => {
    const { episode, person, me } = await somebody('Reversed')
    await me.send('/my/leaving', { id: newId(), wish: 'stop' })
    const coach = await app.as(app.cast.coach)
    await coach.send(`/episodes/${episode}/ending/withdrawal`, { id: newId(), reason: 'We talked about it' })

    expect((await coach.open(`/people/${person}`)).text).toContain('We talked about it')
    expect((await me.open('/my/leaving')).text).toContain('What happens if you stop')
  })

  it('is told to no Jobcentre and no employer that referred them, whatever they may hear', async () => {
    const referrer = { name: 'Jo', organisation: 'Their office', email: 'jo@example.org', feedback: 'status' } as const
    for (const route of ['jobcentre', 'employer'] as const) {
      const { person } = await aReferral(app, { route, referrer })
      await anAnswer(app, person, route, true)
      await (await app.asParticipant(person)).send('/my/leaving', { id: newId(), wish: 'stop' })
      app.clock.pass({ hours: 2 })
      await app.work()
      const { rows } = await app.owner.query(
        `select ended_as, (select count(*)::integer from notify.message where person = $1 and recipient = 'another'
           and kind <> 'referral.received') as told from episode.standing where person = $1`,
        [person],
      )

      expect(rows).toEqual([{ ended_as: 'declined', told: 0 }])
    }
  })

  it('is told to the GP practice that referred them and may hear how it goes: that it ended, and nothing else', async () => {
    const referrer = { name: 'Jo', organisation: 'Old Mill', email: 'jo@example.org', feedback: 'status' } as const
    const { person } = await aReferral(app, { route: 'gp', referrer })
    await anAnswer(app, person, 'gp', true)
    app.clock.pass({ minutes: 1 })
    const me = await app.asParticipant(person)
    const page = await me.open('/my/leaving')
    await me.send('/my/leaving', { id: newId(), wish: 'stop', why: 'time', said: 'Too much at once' })
    app.clock.pass({ hours: 2 })
    await app.work()
    const { rows } = await app.owner.query(
      `select kind, settled_as, body like '%Too much%' as why from notify.message where person = $1
         and recipient = 'another' and kind <> 'referral.received'`,
      [person],
    )

    expect(page.text).toContain('they are told that it ended. They are not told why.')
    expect(rows).toEqual([{ kind: 'referral.ended', settled_as: 'sent', why: false }])
  })

  it('is told to that GP practice as going on when they change their mind, and as ended when they stop again', async () => {
    const referrer = { name: 'Jo', organisation: 'Old Mill', email: 'jo@example.org', feedback: 'status' } as const
    const { person } = await aReferral(app, { route: 'gp', referrer })
    await anAnswer(app, person, 'gp', true)
    const passing = async () => {
      // By day, so that what is written goes.
      app.clock.pass({ hours: 24 })
      await app.work()
    }
    await passing()
    const stop = async () => (await app.asParticipant(person)).send('/my/leaving', { id: newId(), wish: 'stop' })
    const goOn = async () => (await app.asParticipant(person)).send('/my/leaving/withdrawal', {})
    await stop()
    await passing()
    await goOn()
    await passing()
    await stop()
    await goOn()
    await passing()
    await stop()
    await passing()
    const { rows } = await app.owner.query(
      `select kind, settled_as from notify.message where person = $1 and recipient = 'another'
         and kind <> 'referral.received' order by id`,
      [person],
    )

    expect(rows.map(({ kind, settled_as }) => `${kind} ${settled_as}`)).toEqual([
      'referral.ended sent',
      'referral.goes-on sent',
      'referral.ended sent',
    ])
  })

  it('says what it wants before anything happens, and finds nothing to stop where nothing is', async () => {
    const { me } = await somebody('Unsaid')
    const unsaid = await me.send('/my/leaving', { id: newId() })
    const none = await app.asParticipant(
      (await anEpisode(app, { steps: [[{ kind: 'ended', as: 'moved' }, 0]] })).person,
    )

    expect([unsaid.status, unsaid.html.includes('href="#wish"')]).toEqual([422, true])
    expect((await none.open('/my/leaving')).text).toContain('there is nothing to stop')
    expect((await app.visitor().open('/my/leaving')).status).not.toBe(200)
  })
})
