import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import type { Member } from '#test/cast.ts'
import { anAgreedPlan } from '#test/people/plan.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(async () => {
  app.clock.set('2026-01-12T10:00:00Z')
  await app.owner.query('truncate team.meeting, matter.matter cascade')
})
afterAll(() => app.close())

const dated = (name: string, text: string): Fields => {
  const { day, month, year } = Temporal.PlainDate.from(text)
  return { [`${name}-day`]: `${day}`, [`${name}-month`]: `${month}`, [`${name}-year`]: `${year}` }
}

let last = 0
/** A question about somebody with a plan, whom their coach has told. */
async function put(asks: string, more: Fields = {}) {
  last += 1
  const spell = await anAgreedPlan(app, { goals: [`Goal ${last}`] })
  const id = newId()
  const coach = await app.as(app.cast.coach)
  const matter = { id, asks, summary: 'Pain after an hour of standing', told: 'phone', ...more }
  await coach.send(`/episodes/${spell.episode}/matters`, matter)
  return { ...spell, id, browser: coach }
}

async function meeting(comers: readonly Member[] = [app.cast.clinician, app.cast.providerCoach], on = '2026-01-12') {
  const id = newId()
  const chair = comers[0]?.membership ?? ''
  const planned = { id, starts: '14:00', place: 'Room 2', chair, comers: comers.map(({ membership }) => membership) }
  const sent = await (await app.as(app.cast.administrator)).send('/team/meetings', { ...planned, ...dated('on', on) })
  return { id, path: `/team/meetings/${id}`, sent, planned }
}

const advice = (more: Fields = {}): Fields => ({
  id: newId(),
  decided: 'Try a standing mat',
  becomes: 'advice',
  ...more,
})

describe('The queue of the team', () => {
  it('has what is urgent first and then its order, which those who plan change', async () => {
    await put('First?')
    const second = await put('Second?')
    await put('Cannot wait?', { urgent: 'yes', whyUrgent: 'The job ends on Friday' })
    await put('Not told?', { told: 'later' })
    const admin = await app.as(app.cast.administrator)
    const before = await admin.open('/team')
    await admin.send(`/team/matters/${second.id}/place`, { to: 'earlier' })
    const after = await admin.open('/team')

    expect(before.text).toMatch(/The queue: 3 questions .*Cannot wait\?.*Urgent.*First\?.*Second\?/)
    expect(before.text).not.toContain('Not told?')
    expect(after.text).toMatch(/Cannot wait\?.*Second\?.*First\?/)
  })

  it('is seen by whoever comes to a meeting, of another organisation too, without a name or a way to the record', async () => {
    const { person, episode } = await put('Would physiotherapy help?')
    const { path } = await meeting()
    const outside = await app.as(app.cast.providerCoach)
    const list = await outside.open('/team')
    const agenda = await outside.open(path)
    const { rows } = await app.owner.query<{ name: string }>(
      'select family_name as name from people.person where id = $1',
      [person],
    )
    const name = rows[0]?.name ?? 'nobody'

    expect(list.text).toContain('Would physiotherapy help?')
    expect(agenda.text).toMatch(/Would physiotherapy help\?.*Pain after an hour of standing/)
    for (const seen of [list, agenda, await outside.open(`${path}/agenda`)]) {
      expect(seen.html).not.toContain(name)
      expect(seen.html).not.toContain(episode)
      expect(seen.html).not.toContain(person)
    }
    expect((await (await app.as(app.cast.clinician)).open('/team')).text).toContain(name)
    expect((await (await app.as(app.cast.providerManager)).open('/team')).text).not.toContain('physiotherapy')
    expect((await (await app.as(app.cast.providerManager)).open(path)).status).toBe(404)
    expect((await (await app.as(app.cast.otherCoach)).open('/team')).text).not.toContain('physiotherapy')
  })

  it('says nothing of a restricted record to whoever is not named for it', async () => {
    const { person, id } = await put('Would a move of desk help?')
    const { path } = await meeting()
    const decided = await (
      await app.as(app.cast.clinician)
    ).send(
      `${path}/matters/${id}/decisions`,
      advice({ decided: 'Ask for the desk by the window', note: 'Her brother works there' }),
    )
    const restricting = {
      reason: 'at-risk',
      version: '1',
      named: [app.cast.manager.membership, app.cast.coach.membership],
    }
    await (await app.as(app.cast.manager)).send(`/people/${person}/restriction`, restricting)
    const seen = await (await app.as(app.cast.clinician)).open(path)

    expect(seen.text).toContain('Restricted: whoever put it says what the team needs to know')
    expect(decided.status).toBe(303)
    expect(seen.text).not.toMatch(/move of desk|Pain after|by the window|brother/)
    expect((await (await app.as(app.cast.manager)).open(path)).text).toContain('Ask for the desk by the window')
  })

  it('waits with what the person may still say no to, and loses what they said no to', async () => {
    const { id, person, browser, episode } = await put('Would a chair help?')
    const { path } = await meeting()
    await app.owner.query(`update matter.telling set how = 'sent' where matter = $1`, [id])
    await app.owner.query(
      `insert into notify.message (area, id, person, kind, channel, address, body, about, allowed_by, written_at,
         not_before, settled_at, settled_as, sent_by)
       select area, gen_random_uuid(), $2, 'matter.told', 'text', '07700900123', 'A question', matter, 'test', at, at, at, 'sent', 'outbox'
       from matter.telling where matter = $1`,
      [id, person],
    )
    const outside = await app.as(app.cast.providerCoach)
    const waiting = await outside.open(path)
    const early = await outside.send(`${path}/matters/${id}/decisions`, advice())
    await (await app.asParticipant(person)).send(`/my/team/${id}/objection`, {})

    expect(waiting.text).toContain('The person may still say no')
    expect(waiting.text).not.toContain('Would a chair help?')
    expect([early.status, early.text]).toEqual([422, expect.stringContaining('The person may still say no')])
    expect((await outside.open(path)).text).toContain('Nothing is on the agenda')
    expect((await outside.open(`${path}/matters/${id}`)).status).toBe(404)
    expect((await browser.open(`/episodes/${episode}/matters`)).text).toContain('They said no')
  })
})

describe('A no that comes after the team has decided', () => {
  it('is taken, and reaches the coach and the team, which decides nothing more', async () => {
    const { id, person, browser, episode } = await put('Would a chair help?')
    const { path } = await meeting()
    const outside = await app.as(app.cast.providerCoach)
    const own = await app.asParticipant(person)
    await own.open('/my/team')
    await outside.send(`${path}/matters/${id}/decisions`, advice())
    const late = await own.sendAndFollow(`/my/team/${id}/objection`, { words: 'I know the nurse' })
    const before = await outside.open(path)
    const more = await outside.send(`${path}/matters/${id}/decisions`, advice({ decided: 'Walk at noon' }))

    expect(late.status).toBe(200)
    expect(late.text).toMatch(/You said no after the team had talked about it.*Try a standing mat/)
    expect(late.text).not.toContain('The team does not talk about it')
    expect((await browser.open('/day')).text).toContain('Does not want the team to talk about it')
    expect((await browser.open(`/episodes/${episode}/matters`)).text).toMatch(
      /They said: “I know the nurse”.*The team had decided before they said no/,
    )
    expect(before.text).toMatch(/Would a chair help\?.*They said no afterwards.*Try a standing mat/)
    expect([more.status, more.text]).toEqual([
      422,
      expect.stringContaining('The person said no after this was decided'),
    ])
  })
})

describe('A meeting of the team', () => {
  it('is planned, changed and called off by those who plan, with a chair who comes', async () => {
    const wrong = await meeting([app.cast.clinician], '2026-01-11')
    const { path, planned } = await meeting()
    const admin = await app.as(app.cast.administrator)
    const chair = app.cast.manager.membership
    const absent = await admin.send(`${path}/words`, { ...planned, chair, version: '1', ...dated('on', '2026-01-13') })
    const moved = await admin.sendAndFollow(`${path}/words`, { ...planned, version: '1', ...dated('on', '2026-01-13') })

    expect([wrong.sent.status, wrong.sent.text]).toEqual([422, expect.stringContaining('Enter today or a day to come')])
    expect(absent.text).toContain('Whoever chairs has to come')
    expect(moved.text).toMatch(/Tomorrow.*14:00.*Decisions are written down from the day of the meeting on/)
    expect((await (await app.as(app.cast.coach)).open('/team/meetings/new')).status).toBe(403)
    await admin.send(`${path}/called-off`)
    expect((await admin.open('/team')).text).toMatch(/No meeting is planned.*called off/)
  })

  it('makes a decision a task on the day of its owner, who says that it is done and that it is not', async () => {
    const { id, episode, browser, person } = await put('Who rings the GP?')
    const { path } = await meeting()
    const clinician = await app.as(app.cast.clinician)
    const address = `${path}/matters/${id}/decisions`
    const task = { decided: 'Ring the GP about the pain', becomes: 'task' }
    const bare = await clinician.send(address, advice(task))
    const owner = app.cast.providerCoach.membership
    const decided = await clinician.sendAndFollow(address, advice({ ...task, owner, ...dated('due', '2026-01-15') }))
    const outside = await app.as(app.cast.providerCoach)
    const day = await outside.open('/day')
    const decision = /\/team\/decisions\/([0-9a-f-]{36})\/results/.exec(
      (await outside.open(`${path}/matters/${id}`)).html,
    )?.[1]
    await outside.send(`/team/decisions/${decision}/results`, { done: 'yes' })
    const twice = await outside.sendAndFollow(`/team/decisions/${decision}/results`, { done: 'yes' })
    const { rows } = await app.owner.query('select done from team.result where decision = $1', [decision])

    expect(twice.text).toContain('It is done already')
    expect(rows).toEqual([{ done: true }])
    expect(bare.text).toMatch(/Choose who does it.*Enter the day by which it is done/)
    expect(decided.text).toMatch(/Decided .*Ring the GP about the pain Pat Provider, by 15 January 2026/)
    expect(day.text).toMatch(/Tasks from the team.*Ring the GP about the pain.*15 January 2026/)
    expect((await outside.open('/day')).text).not.toContain('Ring the GP')
    await outside.send(`/team/decisions/${decision}/results`, {})
    expect((await outside.open('/day')).text).toContain('Ring the GP')
    expect((await clinician.send(`/team/decisions/${decision}/results`, { done: 'yes' })).status).toBe(404)
    expect((await browser.open(`/episodes/${episode}/matters`)).text).toMatch(/Decided .*Ring the GP about the pain/)
    expect((await browser.open(`/people/${person}?kind=team`)).text).toContain('The team decided: Ring the GP')
    expect((await (await app.asParticipant(person)).open('/my/team')).text).toMatch(
      /The team has talked about it.*Ring the GP/,
    )
  })

  it('makes a decision an action on the plan for whoever may change the plan, and for nobody else', async () => {
    const { id, episode, browser, goals } = await put('What about the chair?')
    const { path } = await meeting()
    const address = `${path}/matters/${id}/decisions`
    const goal = goals[0]?.id ?? ''
    const action = advice({
      decided: 'Ask for a chair',
      becomes: 'action',
      goal,
      doer: 'participant',
      ...dated('due', '2026-01-20'),
    })
    const outside = await app.as(app.cast.providerCoach)

    expect((await outside.open(`${path}/matters/${id}`)).text).not.toContain('An action on their plan')
    expect((await outside.send(address, action)).text).toContain('Choose the goal it serves')
    await (await app.as(app.cast.clinician)).send(address, { ...action, id: newId() })
    expect((await browser.open(`/episodes/${episode}/plan`)).text).toContain('Ask for a chair')
  })

  it('tells whoever decides otherwise in another tab what was decided, keeps what they typed, and asks what becomes of it', async () => {
    const { id, browser, episode } = await put('Which of the two?')
    const { path } = await meeting()
    const [page, address] = [`${path}/matters/${id}`, `${path}/matters/${id}/decisions`]
    const [one, other] = [await app.as(app.cast.clinician), await app.as(app.cast.providerCoach)]
    const blank = await other.open(page)
    const first = advice({ decided: 'Stay at this desk' })
    await one.send(address, first)
    const twice = await one.send(address, first)
    const contrary = advice({ decided: 'Move to another desk', note: 'As she asked' })
    const told = await other.send(address, contrary)
    const seen = /name="seen" value="([0-9a-f-]{36})"/.exec(told.html)?.[1] ?? ''
    const silent = await other.send(address, { ...contrary, seen })
    const stands = await browser.open(`/episodes/${episode}/matters`)
    await other.send(address, { ...contrary, id: newId(), seen, before: 'replaced' })

    expect(blank.text).not.toContain('What becomes of what was decided before?')
    expect([twice.status, told.status, silent.status]).toEqual([303, 422, 422])
    expect(told.text).toMatch(/has written down another decision.*“Stay at this desk”.*Yours is not saved yet/)
    expect(told.html).toMatch(/Move to another desk[^]*As she asked/)
    expect(silent.text).toContain('Select what becomes of what was decided before')
    expect(stands.text).toContain('Stay at this desk')
    expect(stands.text).not.toContain('Move to another desk')
    const after = (await browser.open(`/episodes/${episode}/matters`)).text
    expect(after).toContain('Move to another desk')
    expect(after).not.toContain('Stay at this desk')
  })

  it('tells whoever decides after the person said no what happened, and keeps their words', async () => {
    const [refused, back] = [await put('Would a stool help?'), await put('Would a lamp help?')]
    const { path } = await meeting()
    const outside = await app.as(app.cast.providerCoach)
    await (await app.asParticipant(refused.person)).send(`/my/team/${refused.id}/objection`, {})
    await back.browser.send(`/episodes/${back.episode}/matters/${back.id}/withdrawal`, { why: 'Solved' })
    const typed = advice({ decided: 'Ask for a tall stool', note: 'From the shop by the station' })
    const told = await outside.send(`${path}/matters/${refused.id}/decisions`, typed)
    const other = await outside.send(`${path}/matters/${back.id}/decisions`, typed)
    const carried = await outside.send(`${path}/matters/${refused.id}/carrying-over`, { why: 'No time for it' })
    const stranger = await (
      await app.as(app.cast.providerManager)
    ).send(`${path}/matters/${refused.id}/decisions`, typed)

    expect([told.status, other.status, carried.status, stranger.status]).toEqual([422, 422, 422, 404])
    expect(told.text).toMatch(/The person has said no since you opened this page.*Ask for a tall stool.*by the station/)
    expect(told.text).not.toContain('Would a stool help?')
    expect(other.text).toMatch(/This question was taken back since.*Ask for a tall stool/)
    expect(carried.text).toMatch(/The person has said no.*No time for it/)
    expect((await refused.browser.open(`/episodes/${refused.episode}/matters`)).text).not.toContain('tall stool')
  })

  it('lets a second decision stand beside the first where that is said', async () => {
    const { id, browser, episode } = await put('What else?')
    const { path } = await meeting()
    const clinician = await app.as(app.cast.clinician)
    const seen = newId()
    const more = { seen, before: 'stays' }
    await clinician.send(`${path}/matters/${id}/decisions`, advice({ id: seen, decided: 'Walk at noon' }))
    await clinician.send(`${path}/matters/${id}/decisions`, advice({ decided: 'Swim on Fridays', ...more }))

    expect((await browser.open(`/episodes/${episode}/matters`)).text).toMatch(/Walk at noon.*Swim on Fridays/)
  })

  it('carries over what it does not decide, and takes back what was written by mistake', async () => {
    const first = await put('Decided by mistake?')
    await put('No time for it?')
    const { path } = await meeting()
    const clinician = await app.as(app.cast.clinician)
    await clinician.send(`${path}/matters/${first.id}/decisions`, advice())
    const page = await clinician.open(`${path}/matters/${first.id}`)
    const decision = /\/team\/decisions\/([0-9a-f-]{36})\/withdrawal/.exec(page.html)?.[1]
    await clinician.send(`/team/decisions/${decision}/withdrawal`)
    await clinician.send(`${path}/matters/${first.id}/carrying-over`, { why: 'The physio was away' })
    await clinician.send(`${path}/closed`)
    const queue = await clinician.open('/team')

    expect(queue.text).toMatch(
      /The queue: 2 questions .*Decided by mistake\? Carried over.*No time for it\? Carried over/,
    )
    expect((await clinician.open(path)).text).toContain('This meeting is closed')
    expect((await clinician.send(`${path}/matters/${first.id}/decisions`, advice())).status).toBe(422)
  })
})
