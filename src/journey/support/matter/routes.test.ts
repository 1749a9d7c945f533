import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { anAnswer } from '#test/people.ts'
import { anAgreedPlan } from '#test/people/plan.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-12T10:00:00Z'))
afterAll(() => app.close())

const aMatter = (more: Fields = {}): Fields => ({
  ...{ id: newId(), asks: 'Would physiotherapy help before lifting again?', summary: 'Pain after an hour of standing' },
  ...{ told: 'in-person', ...more },
})

const put = async (more: Fields = {}) => {
  const spell = await anAgreedPlan(app, { coach: app.cast.coach })
  const coach = await app.as(app.cast.coach)
  const list = `/episodes/${spell.episode}/matters`
  const fields = aMatter(more)
  const sent = await coach.sendAndFollow(list, fields)
  const page = `${list}/${String(fields['id'])}`
  return { ...spell, browser: coach, list, page, fields, sent }
}

describe('A matter whose form is sent twice', () => {
  it.each([
    ['objection', { words: 'I would rather not' }],
    ['withdrawal', { why: 'They went to the GP instead' }],
  ] as const)('%s leads to how it stands, and gives back other words', async (form, fields) => {
    const { browser, page } = await put()
    const first = await browser.send(`${page}/${form}`, fields)
    const second = await browser.sendAndFollow(`${page}/${form}`, fields)
    const other = await browser.send(`${page}/${form}`, { words: 'Something else', why: 'Something else' })

    expect(first.status).toBe(303)
    expect(second.status).toBe(200)
    expect(second.text).toContain('Already saved')
    expect(other.text).toMatch(/has changed since you opened.*What you wrote, which was not saved Something else/)
  })
})

describe('A matter for the team', () => {
  it('is drafted from the plan, without the name and without what gave concern', async () => {
    const { episode, person } = await anAgreedPlan(app, {})
    const coach = await app.as(app.cast.coach)
    const concern = { id: newId(), kind: 'self-harm', seen: 'Said: I cannot go on', done: 'Rang the crisis team' }
    const look = { 'next-look-on-day': '13', 'next-look-on-month': '1', 'next-look-on-year': '2026' }
    await coach.send(`/episodes/${episode}/concerns`, { ...concern, ...look })
    const { html } = await coach.open(`/episodes/${episode}/matters/new`)
    const drafted = /<textarea[^>]*name="summary"[^>]*>([^<]*)/.exec(html)?.[1] ?? ''
    const { rows } = await app.owner.query<{ name: string }>(
      'select family_name as name from people.person where id = $1',
      [person],
    )

    expect(drafted).toMatch(
      /Plan: Return to Work\nWants: I want to be back at my desk.*\nTo do: Ask for a phased return/,
    )
    expect(drafted).not.toMatch(/cannot go on|crisis/)
    expect(drafted).not.toContain(rows[0]?.name ?? 'no name')
  })

  it('is drafted with a mark beside what was not agreed with the person', async () => {
    const { episode, goals } = await anAgreedPlan(app, {})
    const coach = await app.as(app.cast.coach)
    const due = { 'due-day': '2', 'due-month': '2', 'due-year': '2026' }
    const added = { id: newId(), what: 'Try the bus', owner: 'coach', ...due }
    await coach.send(`/goals/${goals[0]?.id}/actions`, added)
    const { html } = await coach.open(`/episodes/${episode}/matters/new`)
    const drafted = /<textarea[^>]*name="summary"[^>]*>([^<]*)/.exec(html)?.[1] ?? ''

    expect(drafted).toMatch(/^To do: Ask for a phased return/m)
    expect(drafted).toContain('To do, not agreed with them yet: Try the bus (the coach)')
  })

  it('is kept as it was put, with how the person knows, and stands on the record', async () => {
    const { sent, browser, person, page } = await put({ urgent: 'yes', whyUrgent: 'Their job ends in two weeks' })

    expect(sent.text).toMatch(/On the queue .*Told in person, today 10:00, Carol Coach/)
    expect((await browser.open(page)).text).toContain('Their job ends in two weeks')
    expect((await browser.open(`/people/${person}?kind=team`)).text).toContain('Put to the team: Would physiotherapy')
  })

  it('is refused with a name in it, without a reason for hurry, or by a message that cannot be sent', async () => {
    const { list, browser } = await put()
    const { rows } = await app.owner.query<{ name: string }>(
      `select given_name as name from people.person join episode.standing on person.id = standing.person
       where standing.episode = $1`,
      [list.split('/')[2]],
    )
    const wrongs: readonly (readonly [Fields, string])[] = [
      [{ summary: `What helps ${rows[0]?.name}?` }, 'Take the name'],
      [{ urgent: 'yes' }, 'Say why it cannot wait for its turn'],
      [{ told: 'sent' }, 'tell them in person or by phone'],
      [{ told: '' }, 'Select how they know'],
    ]
    for (const [wrong, says] of wrongs) {
      const sent = await browser.send(list, aMatter(wrong))

      expect([says, sent.status, sent.text]).toEqual([says, 422, expect.stringContaining(says)])
      expect(sent.html).toContain('Would physiotherapy help')
    }
  })

  it('waits 48 hours after a message, also once they have read it, and the message is not sent then', async () => {
    const spell = await anAgreedPlan(app, {})
    await anAnswer(app, spell.person, 'contact', true)
    const coach = await app.as(app.cast.coach)
    const fields = aMatter({ told: 'sent' })
    const sent = await coach.sendAndFollow(`/episodes/${spell.episode}/matters`, fields)
    const { rows } = await app.owner.query<{ body: string }>(
      `select body from notify.message where kind = 'matter.told' and about = $1`,
      [fields['id']],
    )
    const own = await app.asParticipant(spell.person)
    const home = await own.open('/my')
    const read = await own.open('/my/team')

    expect(sent.text).toContain('Has time to say no')
    expect(rows.map(({ body }) => body)).toEqual([expect.stringContaining('/my/team')])
    expect(rows[0]?.body).not.toMatch(/physio|team to talk|pain/i)
    expect(home.text).toContain('Your coach would like to ask our team')
    expect(read.text).toMatch(/Would physiotherapy help.*Pain after an hour of standing.*You can say no/)
    expect((await own.open('/my')).text).not.toContain('Your coach would like to ask our team')
    const list = `/episodes/${spell.episode}/matters`
    expect(read.text).toMatch(/The team decides nothing before [^.]*10:00.* Reading it here is not a yes/)
    expect((await coach.open(list)).text).toContain('Has time to say no')
    await app.work()
    const { rows: gone } = await app.owner.query(
      `select settled_as from notify.message where kind = 'matter.told' and about = $1`,
      [fields['id']],
    )
    expect(gone).toEqual([{ settled_as: 'held back' }])
    app.clock.pass({ hours: 49 })
    expect((await (await app.as(app.cast.coach)).open(list)).text).toContain('On the queue')
    expect((await (await app.asParticipant(spell.person)).open('/my/team')).text).not.toContain('decides nothing')
  })

  it('goes ahead at once where they say on their own pages that they do not mind, and they can still say no', async () => {
    const spell = await anAgreedPlan(app, {})
    await anAnswer(app, spell.person, 'contact', true)
    const coach = await app.as(app.cast.coach)
    const id = newId()
    const fields = { ...aMatter({ told: 'sent' }), id }
    await coach.send(`/episodes/${spell.episode}/matters`, fields)
    const own = await app.asParticipant(spell.person)
    const list = `/episodes/${spell.episode}/matters`
    const before = await own.open('/my/team')
    const agreed = await own.sendAndFollow(`/my/team/${id}/agreement`)
    await own.send(`/my/team/${id}/agreement`)
    const { rows } = await app.owner.query("select from matter.telling where matter = $1 and how = 'agreed'", [id])
    const seen = await coach.open(`${list}/${id}`)
    await own.send(`/my/team/${id}/objection`)
    const late = await own.send(`/my/team/${id}/agreement`)

    expect(before.text).toContain('I do not mind, go ahead')
    expect(agreed.text).toMatch(/The team can go ahead.*You can still say no until the team has talked about it/)
    expect(agreed.text).not.toMatch(/decides nothing before|I do not mind, go ahead/)
    expect(rows).toHaveLength(1)
    expect(seen.text).toMatch(/On the queue.*Said on their own pages that they do not mind/)
    expect(late.status).not.toBe(303)
    expect((await coach.open(list)).text).toContain('They said no')
    expect((await coach.send(`${list}/seen`)).status).toBe(303)
  })

  it('gives the 48 hours from when the message went, and is not ready where it never went', async () => {
    const spell = await anAgreedPlan(app, {})
    await anAnswer(app, spell.person, 'contact', true)
    const coach = await app.as(app.cast.coach)
    const page = `/episodes/${spell.episode}/matters`
    const [gone, held] = [aMatter({ told: 'sent' }), aMatter({ told: 'sent', asks: 'Would a brace help?' })]
    const state = async () => (await (await app.as(app.cast.coach)).open(page)).text
    await coach.send(page, gone)
    app.clock.pass({ hours: 50 })
    const unsent = await state()
    await app.work()
    const sent = await state()
    app.clock.pass({ hours: 49 })
    const later = await state()
    const again = await app.as(app.cast.coach)
    await again.send(page, held)
    await anAnswer(app, spell.person, 'contact', false)
    await app.work()
    app.clock.pass({ hours: 50 })
    const never = await (await app.as(app.cast.coach)).open(`${page}/${String(held['id'])}`)

    expect(unsent).toContain('Has time to say no')
    expect(unsent).not.toContain('On the queue')
    expect(sent).not.toContain('On the queue')
    expect(later).toContain('On the queue')
    expect(never.text).toContain('A message did not reach them: tell them in person or by phone')
    expect(never.text).toContain('Not told yet')
  })

  it('is not seen by the participant before they were told', async () => {
    const { person } = await put({ told: 'later' })

    expect((await (await app.asParticipant(person)).open('/my/team')).text).toContain(
      'The team was not asked about you',
    )
  })
})

describe('A person who does not want the team to talk about them', () => {
  it('says so without a reason; it is off the queue, and their coach reads it on their day', async () => {
    const { person, list, page, browser, fields } = await put()
    const own = await app.asParticipant(person)
    const said = await own.sendAndFollow(`/my/team/${String(fields['id'])}/objection`, { words: 'I know the nurse' })
    const day = await browser.open('/day')
    const read = await browser.open(list)

    expect(said.text).toMatch(/You said no\. The team does not talk about it, and your support goes on as before/)
    expect(day.text).toContain('Does not want the team to talk about it')
    expect(read.text).toMatch(/They do not want the team to talk about it .*They said: “I know the nurse”/)
    await browser.send(`${list}/seen`)
    expect((await browser.open(list)).text).not.toContain('They said: “I know the nurse”')
    expect((await browser.open('/day')).text).not.toContain('Does not want the team to talk about it')
    for (const act of ['telling', 'objection', 'withdrawal', 'words'])
      expect([act, (await browser.send(`${page}/${act}`, { told: 'phone', why: 'No' })).status]).toEqual([act, 404])
    expect((await browser.open(`/people/${person}?kind=team`)).text).toContain('the person themselves')
  })

  it('can tell their coach instead', async () => {
    const { page, browser } = await put()
    const sent = await browser.sendAndFollow(`${page}/objection`, {})

    expect(sent.text).toMatch(/It is off the queue.*They said no/)
    expect((await browser.open('/day')).text).not.toContain('Does not want the team to talk about it')
  })

  it('is nobody else: not another person, not another provider', async () => {
    const { page, fields } = await put()
    const other = await anAgreedPlan(app, {})
    const stranger = await app.asParticipant(other.person)
    const provider = await app.as(app.cast.providerCoach)

    expect((await stranger.send(`/my/team/${String(fields['id'])}/objection`, {})).status).toBe(404)
    expect((await provider.open(page)).status).toBe(404)
    expect((await provider.send(`${page}/objection`, {})).status).toBe(404)
  })
})
