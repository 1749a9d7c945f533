import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { filledIn } from '#test/editing/filled.ts'
import { anOffer } from '#test/people/asking.ts'
import { hoursOf } from '#test/people/availability.ts'
import { aMove } from '#test/people/moving.ts'
import { anEpisode } from '#test/people/episode.ts'
import { aConversation, anAgreedPlan } from '#test/people/plan.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const concern = {
  ...{ kind: 'self-harm', seen: 'Said that nights are very dark', done: 'Stayed on the line' },
  ...{ 'next-look-on-day': '6', 'next-look-on-month': '1', 'next-look-on-year': '2026' },
}

const coachOf = async (episode: string) =>
  (await app.owner.query('select coach, next_due_what from episode.standing where episode = $1', [episode])).rows[0]

describe('Passing somebody on', () => {
  it('has its summary drafted from the record', async () => {
    const spell = await anAgreedPlan(app, { goals: ['I want to stand a whole shift'] })
    await aConversation(app, spell, { barriers: ['pain'], workAbility: '4' })
    await app.owner.query(`update people.person set safe_note = 'Only before noon' where id = $1`, [spell.person])
    const { html } = await (await app.as(app.cast.coach)).open(`/episodes/${spell.episode}/passing-on`)

    expect(html).toContain('Goal: I want to stand a whole shift')
    expect(html).toContain('Only before noon')
    expect(html).toMatch(/The (participant|coach): /)
    expect(html).toContain('Due next: ')
  })

  it('has in its summary what nobody has seen to yet: an open concern, a message, times to choose', async () => {
    const spell = await anAgreedPlan(app)
    const { person, episode } = spell
    const path = `/episodes/${episode}/passing-on`
    const coach = await app.as(app.cast.coach)
    const before = await coach.open(path)
    await hoursOf(app, app.cast.coach)
    await coach.send(`/episodes/${episode}/concerns`, { id: newId(), ...concern })
    await (await app.asParticipant(person)).send('/my/messages', { id: newId(), words: 'Can you ring me?' })
    const choosing = { id: newId(), member: app.cast.coach.membership, purpose: 'first', modes: ['phone'], days: '14' }
    await coach.send(`/episodes/${episode}/offers`, { ...choosing, handing: 'staff' })
    const { html } = await coach.open(path)
    const offer = await anOffer(app, episode)
    const taker = await (await app.as(app.cast.otherCoach)).open(`/passing-on/${offer}`)

    const waits = [
      /A concern about their safety is open/,
      /They wrote, and wait for an answer/,
      /They choose a time with Carol Coach/,
    ]
    expect(waits.map((one) => [one.test(before.html), one.test(html)])).toEqual(waits.map(() => [false, true]))
    expect(taker.text).toMatch(/Still booked .*They choose a time with Carol Coach, until/)
  })

  it('changes nothing until it is accepted, and then everything that is due goes along', async () => {
    const { person, episode } = await anEpisode(app, { givenName: 'Paula', familyName: 'Passed' })
    const before = await coachOf(episode)
    const offer = await anOffer(app, episode, 'Ring her after ten')
    const taker = await app.as(app.cast.otherCoach)
    const page = await taker.open(`/passing-on/${offer}`)
    expect(page.text).toContain('Ring her after ten')
    expect((await taker.open('/passing-on')).text).toContain('Paula Passed')
    expect(await coachOf(episode)).toEqual(before)

    await taker.send(`/passing-on/${offer}`, { answer: 'accepted', words: '' })

    const { otherCoach } = app.cast
    expect(await coachOf(episode)).toEqual({ coach: otherCoach.membership, next_due_what: before.next_due_what })
    const record = await taker.open(`/people/${person}`)
    expect(record.text).toContain('Passed on from Carol Coach to Colin Colleague')
    expect(record.text).toContain('Ring her after ten')
    expect((await taker.open('/caseload')).text).toContain('Paula Passed')
    const again = await taker.send(`/passing-on/${offer}`, { answer: 'asked-back', words: 'Really?' })
    expect(again.location).toBe(`/passing-on/${offer}`)
  })

  it('to two coaches by two people at the same moment keeps one offer, and the other of the two is told', async () => {
    const { coach, seniorCoach, otherCoach, manager } = app.cast
    const { episode } = await anEpisode(app, { givenName: 'Tess', familyName: 'Twice' })
    const [giver, runner] = [await app.as(coach), await app.as(manager)]
    const page = `/episodes/${episode}/passing-on`
    const form = async (browser: typeof giver) => filledIn((await browser.open(page)).html, page)
    const offers = [
      { ...(await form(giver)), id: newId(), coach: otherCoach.membership, first: 'Ring her after ten' },
      { ...(await form(runner)), id: newId(), coach: seniorCoach.membership, first: 'Ring her before nine' },
    ] as const
    const sending = [giver.send(page, offers[0]), runner.send(page, offers[1])]
    const both = await Promise.all(sending)
    const { rows } = await app.owner.query('select first from passing_on.offer where episode = $1', [episode])

    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 409])
    const told = both.find(({ status }) => status === 409)
    expect(told?.text).toContain('They are offered to somebody already')
    const [kept, lost] = told === both[1] ? offers : offers.toReversed()
    expect(rows).toEqual([{ first: kept.first }])
    expect(told?.html).toContain(lost.first)
  })

  it('waits for an answer where the other coach asks back', async () => {
    const { episode } = await anEpisode(app, { givenName: 'Ines', familyName: 'Inquired' })
    const offer = await anOffer(app, episode)
    const taker = await app.as(app.cast.otherCoach)
    expect((await taker.send(`/passing-on/${offer}`, { answer: 'asked-back' })).status).toBe(422)
    await taker.send(`/passing-on/${offer}`, { answer: 'asked-back', words: 'Who else is in the house?' })
    const form = await (await app.as(app.cast.coach)).open(`/episodes/${episode}/passing-on`)

    expect(form.text).toContain('Who else is in the house?')
    expect(form.html).toContain('Ring her after ten')
    expect((await coachOf(episode)).coach).toBe(app.cast.coach.membership)
  })

  it('stands on the day of whom they are offered to, until they answer', async () => {
    const { episode } = await anEpisode(app, { coach: app.cast.coach, familyName: 'Told' })
    const offer = await anOffer(app, episode)
    const other = await app.as(app.cast.otherCoach)
    const offered = async () => Number(/would pass (\d+)/.exec((await other.open('/day')).text)?.[1] ?? 0)
    const before = await offered()
    await other.send(`/passing-on/${offer}`, { answer: 'asked-back', words: 'Is she back at work already?' })

    expect(before).toBeGreaterThan(0)
    expect(await offered()).toBe(before - 1)
  })

  it('stands on the day of whoever offered them after some days without an answer, and is taken back there', async () => {
    const { episode } = await anEpisode(app, { givenName: 'Wanda', familyName: 'Waits' })
    const offer = await anOffer(app, episode)
    const { id: moved } = await aMove(app, (await anEpisode(app, { givenName: 'Mo', familyName: 'Movington' })).episode)
    const early = await (await app.as(app.cast.coach)).open('/day?reason=offered')
    app.clock.pass({ days: 6 })
    const giver = await app.as(app.cast.coach)
    const late = await giver.open('/day?reason=offered')
    await giver.send(`/passing-on/${offer}/withdrawal`)
    await giver.send(`/moves/${moved}/withdrawal`)
    const after = await giver.open('/day?reason=offered')
    app.clock.pass({ days: -6 })

    expect(early.html).not.toContain(`/passing-on/${offer}`)
    expect(late.text).toContain('The other coach has not answered')
    expect(late.text).toContain('The other area has not answered')
    for (const at of [`/passing-on/${offer}`, `/moves/${moved}`]) {
      expect(late.html).toContain(`href="${at}"`)
      expect(after.html).not.toContain(at)
    }
  })

  it('is answered only by whom it is offered to, and never goes to who is not named for a restricted record', async () => {
    const { person, episode } = await anEpisode(app, { givenName: 'Rhea', familyName: 'Restricted' })
    const offer = await anOffer(app, episode)
    const { seniorCoach, coach, providerCoach } = app.cast
    const accepted = { answer: 'accepted' }
    expect((await (await app.as(seniorCoach)).send(`/passing-on/${offer}`, accepted)).status).toBe(404)
    expect((await (await app.as(providerCoach)).open(`/passing-on/${offer}`)).status).toBe(404)
    await app.owner.query('update people.person set restricted = true where id = $1', [person])
    await app.owner.query(
      `insert into people.named_access (area, person, membership, from_at, reason) values ('north', $1, $2, now(), 'Coach')`,
      [person, coach.membership],
    )
    const giver = await app.as(coach)
    const to = { id: newId(), coach: app.cast.otherCoach.membership }
    const refused = await giver.send(`/episodes/${episode}/passing-on`, to)

    expect(refused.status).toBe(422)
    expect(refused.text).toContain('name the other coach for it first')
    expect((await (await app.as(app.cast.otherCoach)).open(`/passing-on/${offer}`)).status).toBe(404)
  })
})

describe('A second offer of the same person', () => {
  it('does not take the place of the first from a page that did not show it: that says so, and asks', async () => {
    const { episode } = await anEpisode(app, { givenName: 'Twyla', familyName: 'Twice' })
    const path = `/episodes/${episode}/passing-on`
    const giver = await app.as(app.cast.coach)
    const before = filledIn((await giver.open(path)).html, path)
    const first = await anOffer(app, episode)
    const again = { ...before, coach: app.cast.otherCoach.membership, first: 'She likes mornings' }
    const asks = await giver.send(path, again)
    const standing = (await giver.open(`/passing-on/${first}`)).text
    const second = await giver.send(path, { ...again, seen: first })

    expect([asks.status, second.status]).toEqual([409, 303])
    expect(asks.text).toMatch(/Offered already to .* Offered today .* the first offer is taken back/)
    expect(asks.html).toContain('She likes mornings')
    expect(filledIn(asks.html, path)['seen']).toEqual([first])
    expect(standing).not.toContain('taken back')
  })
})

describe('When a coach leaves', () => {
  it('all their people are offered at once, and those with a restricted record one by one', async () => {
    const { seniorCoach, otherCoach, manager } = app.cast
    const names = ['Ann', 'Bea', 'Cleo']
    const made = []
    for (const givenName of names)
      made.push(await anEpisode(app, { givenName, familyName: 'Left', coach: seniorCoach }))
    const [hidden] = made
    await app.owner.query('update people.person set restricted = true where id = $1', [hidden?.person])
    await app.owner.query(
      `insert into people.named_access (area, person, membership, from_at, reason) values ('north', $1, $2, now(), 'Runs it')`,
      [hidden?.person, manager.membership],
    )
    const browser = await app.as(manager)
    const page = `/passing-on/all?coach=${seniorCoach.membership}`
    const fields = { act: newId(), from: seniorCoach.membership, coach: otherCoach.membership, first: 'Sara has left' }
    const nobody = await browser.send('/passing-on/all', fields)
    await browser.send('/passing-on/all', { ...fields, episodes: made.map(({ episode }) => episode) })
    const after = await browser.open(page)
    const taker = await (await app.as(otherCoach)).open('/passing-on')

    expect(nobody.status).toBe(422)
    expect(after.text).toContain('These records are restricted')
    expect(taker.text).toContain('Bea Left')
    expect(taker.text).toContain('Cleo Left')
    expect(taker.text).not.toContain('Ann Left')
  })

  it('who is offered already is offered once, and to somebody else or with other words only after asking', async () => {
    const { seniorCoach, otherCoach, manager } = app.cast
    const one = await anEpisode(app, { givenName: 'Dora', familyName: 'Left', coach: seniorCoach })
    const browser = await app.as(manager)
    const kept = async () =>
      (
        await app.owner.query('select id, withdrawn_at from passing_on.offer where episode = $1 order by id', [
          one.episode,
        ])
      ).rows
    const chosen = { act: newId(), from: seniorCoach.membership, coach: otherCoach.membership, episodes: [one.episode] }
    await browser.send('/passing-on/all', chosen)
    const once = await kept()
    const again = await browser.sendAndFollow('/passing-on/all', chosen)
    const asks = await browser.send('/passing-on/all', { ...chosen, first: 'Call Dora first' })

    expect(again.text).toContain('They are offered already')
    expect(asks.status).toBe(409)
    expect(asks.text).toContain('Offered to somebody already: Dora Left')
    expect(asks.html).toContain('Call Dora first')
    expect(await kept()).toEqual(once)
    const { seen = '' } = filledIn(asks.html, '/passing-on/all')
    expect((await browser.send('/passing-on/all', { ...chosen, first: 'Call Dora first', seen })).status).toBe(303)
    expect(await kept()).toHaveLength(2)
  })

  it('and two people offer theirs to others at the same moment, one offer stands and the other of the two is told', async () => {
    const { seniorCoach, otherCoach, coach, manager } = app.cast
    const one = await anEpisode(app, { givenName: 'Edda', familyName: 'Left', coach: seniorCoach })
    const chosen = { act: newId(), from: seniorCoach.membership, episodes: [one.episode] }
    const [first, second] = [await app.as(manager), await app.as(seniorCoach)]
    // Nothing is kept until both have looked at what stands.
    const sending = [
      first.send('/passing-on/all', { ...chosen, coach: otherCoach.membership }),
      second.send('/passing-on/all', { ...chosen, act: newId(), coach: coach.membership }),
    ]
    const both = await Promise.all(sending)
    const { rows } = await app.owner.query('select withdrawn_at from passing_on.offer where episode = $1', [
      one.episode,
    ])

    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 409])
    expect(both.map(({ text }) => text).join(' ')).toContain('Offered to somebody already: Edda Left')
    expect(rows).toEqual([{ withdrawn_at: null }])
  })
})
