import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { dayFields } from '#test/people/employer.ts'
import { aPilot, aPilotForm } from '#test/people/pilot.ts'
import { anAgreedPlan } from '#test/people/plan.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-12T10:00:00Z'))
afterAll(() => app.close())

const says = (answer: 'yes' | 'no', more: Fields = {}): Fields => ({
  ...{ id: newId(), says: answer, how: 'telephone', ...more },
})
const page = (episode: string) => `/episodes/${episode}/pilots`

describe('A pilot that is offered to all areas', () => {
  it('is joined by an area for whom it chooses, once', async () => {
    const offered = aPilotForm({ name: 'Walking groups', planTypes: [] })
    const manager = await app.as(app.cast.manager)
    await (await app.as(app.cast.nationalTeam)).send('/pilots/offered', offered)
    const form = await manager.open(`/pilots/new?offered=${String(offered['id'])}`)
    const joining = { ...offered, id: newId(), offered: String(offered['id']), planTypes: 'seek-work' }
    const joined = await manager.sendAndFollow('/pilots', joining)
    await manager.send('/pilots', { ...joining, id: newId() })
    const list = await manager.open('/pilots')

    expect(form.html).toContain('value="Walking groups"')
    expect(joined.text).toContain('It is registered.')
    expect(list.text.match(/Walking groups/g)).toHaveLength(2)
    expect((await manager.open(`/pilots/${joining.id}`)).text).toContain('Kind of plan: Seek Work')
    expect((await (await app.as(app.cast.managerElsewhere)).open('/pilots')).text).toMatch(/Walking groups.*Join/)
  })

  it('is registered by the national team alone, and an area’s own by those who decide there', async () => {
    for (const [member, path] of [
      [app.cast.areaLead, '/pilots/offered'],
      [app.cast.coach, '/pilots'],
    ] as const)
      expect((await (await app.as(member)).send(path, aPilotForm())).status).toBe(403)
  })

  it('is not there for another area once it is the area’s own', async () => {
    const pilot = await aPilot(app)
    const elsewhere = await app.as(app.cast.managerElsewhere)
    const [foreign, absent] = [await elsewhere.open(`/pilots/${pilot}`), await elsewhere.open(`/pilots/${newId()}`)]

    expect([foreign.status, foreign.text]).toEqual([404, absent.text])
  })
})

describe('A pilot that is under way', () => {
  const change = (from: string, until: string, more: Fields = {}): Fields => ({
    ...{ id: newId(), version: '0', why: 'Nobody here comes back to a job', planTypes: 'seek-work' },
    ...{ ...dayFields('from', from), ...dayFields('until', until), ...more },
  })

  it('has its days and whom it is for changed with a reason, and how it was before stays', async () => {
    const pilot = await aPilot(app)
    const [joined, seeks] = [await anAgreedPlan(app), await anAgreedPlan(app, { type: 'seek-work' })]
    const [coach, manager] = [await app.as(app.cast.coach), await app.as(app.cast.manager)]
    await coach.send(`${page(joined.episode)}/${pilot}/answer`, says('yes'))
    const address = `/pilots/${pilot}/changes`
    const form = await manager.open(`/pilots/${pilot}/change`)
    const wrongs = [
      [change('2026-01-01', '2026-12-31', { planTypes: 'return-to-work' }), 'Change the first day, the last day or'],
      [change('2026-03-01', '2026-02-01'), 'The last day must not be before the first day'],
      [change('2026-02-01', '2026-12-31'), 'Somebody was asked on 12 January 2026'],
      [change('2026-01-01', '2026-06-30', { why: '' }), 'Enter why it is changed'],
    ] as const
    for (const [wrong, why] of wrongs) expect((await manager.send(address, wrong)).text).toContain(why)
    const sent = change('2026-01-01', '2026-06-30')
    const done = await manager.sendAndFollow(address, sent)
    await manager.send(address, sent)
    const people = await coach.open(`/pilots/${pilot}/people`)

    expect(form.html).toMatch(/value="return-to-work"[^>]*checked|checked[^>]*value="return-to-work"/)
    expect(done.text).toMatch(/Days 1 January 2026 to 30 June 2026 For whom Kind of plan: Seek Work/)
    expect(done.text).toMatch(
      /changed on the way Nobody here comes back to a job.*It was before: 1 January 2026 to 31 December 2026 Kind of plan: Return to Work/,
    )
    expect(done.text.match(/It was before/g)).toHaveLength(1)
    expect(people.html).toContain(page(seeks.episode))
    expect((await coach.open(page(joined.episode))).text).toContain('Takes part')
    expect((await manager.open(`/pilots/${pilot}/result`)).text).toContain('changed on the way')
  })

  it('is changed by those who decide about it, and not once it has ended', async () => {
    const pilot = await aPilot(app)
    const sent = change('2026-01-01', '2026-06-30')
    const refused = await (await app.as(app.cast.coach)).send(`/pilots/${pilot}/changes`, sent)
    const manager = await app.as(app.cast.manager)
    await manager.send(`/pilots/${pilot}/ending`, { came: 'Few came', decided: 'It is not kept' })

    expect([refused.status, (await manager.send(`/pilots/${pilot}/changes`, sent)).status]).toEqual([403, 404])
  })
})

describe('A pilot that has ended', () => {
  it('tells whoever ends it otherwise from another tab how it ended, with what they wrote; the same sent twice is one', async () => {
    const pilot = await aPilot(app)
    const [manager, lead] = [await app.as(app.cast.manager), await app.as(app.cast.areaLead)]
    const first = { came: 'Few came', decided: 'It is not kept' }
    await manager.send(`/pilots/${pilot}/ending`, first)
    const twice = await manager.send(`/pilots/${pilot}/ending`, first)
    const other = await lead.send(`/pilots/${pilot}/ending`, { came: 'Many came', decided: 'It is kept' })

    expect([twice.status, other.status]).toEqual([303, 409])
    expect(other.text).toMatch(
      /has ended this pilot since you opened this page.*Few came.*It is not kept.*which was not saved Many came It is kept/,
    )
    expect((await lead.open(`/pilots/${pilot}`)).text).not.toContain('Many came')
  })
})

describe('Taking part', () => {
  it('is offered to those it is for, and the others are told why not', async () => {
    const pilot = await aPilot(app)
    const [fits, other] = [await anAgreedPlan(app), await anAgreedPlan(app, { type: 'seek-work' })]
    const coach = await app.as(app.cast.coach)
    const list = await coach.open(`/pilots/${pilot}/people`)

    expect(list.html).toContain(page(fits.episode))
    expect(list.html).not.toContain(page(other.episode))
    expect((await coach.open(page(other.episode))).text).toContain('It is for another kind of plan')
    const asked = await coach.send(`${page(other.episode)}/${pilot}/invitation`)
    const refused = await coach.send(`${page(other.episode)}/${pilot}/answer`, says('yes'))
    expect([asked.status, refused.status]).toEqual([404, 404])
  })

  it('is said yes to by the person, taken back by them, and does not end their support', async () => {
    const pilot = await aPilot(app)
    const { person, episode } = await anAgreedPlan(app)
    const coach = await app.as(app.cast.coach)
    const me = await app.asParticipant(person)
    const [own, agreements] = [`/my/pilots/${pilot}`, '/my/agreements']
    expect((await me.open(own)).status).toBe(404)

    await coach.send(`${page(episode)}/${pilot}/invitation`)
    expect((await me.open(agreements)).text).toMatch(/Short talks Not answered yet/)
    const joined = await me.sendAndFollow(own, { id: newId(), says: 'yes' })
    app.clock.pass({ minutes: 3 })
    const back = await me.sendAndFollow(own, { id: newId(), says: 'no' })

    expect(joined.text).toMatch(/Short talks Yes.*to version 1 of these words/)
    expect(back.text).toMatch(/Nothing else changes for you.*Short talks No/)
    expect((await coach.open(page(episode))).text).toContain('Takes part no more')
    const record = await coach.open(`/people/${person}?kind=permission`)
    expect(record.text).toMatch(
      /Does not take part in the pilot Short talks.*Agreed: take part in the pilot Short talks/,
    )
    expect(record.text).toMatch(/Asked to take part in a pilot: Short talks/)
    expect(record.text).toContain('Plan agreed')
  })

  it('is told to the coach on their day when people answer by themselves, and not what the coach wrote down', async () => {
    const pilot = await aPilot(app, { name: 'Evening calls' })
    const [own, told] = [await anAgreedPlan(app), await anAgreedPlan(app)]
    const coach = await app.as(app.cast.coach)
    const me = await app.asParticipant(own.person)
    for (const { episode } of [own, told]) await coach.send(`${page(episode)}/${pilot}/invitation`)
    await coach.send(`${page(told.episode)}/${pilot}/answer`, says('yes'))
    await me.send(`/my/pilots/${pilot}`, { id: newId(), says: 'yes' })
    app.clock.pass({ minutes: 3 })
    await me.send(`/my/pilots/${pilot}`, { id: newId(), says: 'no' })
    const day = await coach.open('/day')

    expect(day.text).toMatch(
      /What changed since .*Said no to taking part in “Evening calls” See what they said.*Said yes to taking part in/,
    )
    expect(day.html.split(`href="${page(own.episode)}"`)).toHaveLength(3)
    expect(day.html).not.toContain(`href="${page(told.episode)}"`)
  })

  it('is given in turn, and somebody who comes back gets what they got', async () => {
    const pilot = await aPilot(app)
    const [one, two] = [await anAgreedPlan(app), await anAgreedPlan(app)]
    const coach = await app.as(app.cast.coach)
    for (const { episode } of [one, two]) await coach.send(`${page(episode)}/${pilot}/answer`, says('yes'))
    await coach.send(`${page(one.episode)}/${pilot}/answer`, says('no'))
    await coach.send(`${page(one.episode)}/${pilot}/answer`, says('yes'))
    const { rows } = await app.owner.query(
      'select episode, place, gets from pilot.answer where pilot = $1 and given order by at, id',
      [pilot],
    )

    expect(rows).toEqual([
      { episode: one.episode, place: 1, gets: 'new' },
      { episode: two.episode, place: 2, gets: 'usual' },
      { episode: one.episode, place: null, gets: 'new' },
    ])
  })

  it('is chosen with the coach where the pilot says so, who is asked for it', async () => {
    const pilot = await aPilot(app, { allotting: 'coach' })
    const { episode } = await anAgreedPlan(app)
    const coach = await app.as(app.cast.coach)
    const address = `${page(episode)}/${pilot}/answer`
    const missing = await coach.send(address, says('yes'))
    const chosen = await coach.sendAndFollow(address, says('yes', { gets: 'usual' }))

    expect([missing.status, missing.text]).toEqual([422, expect.stringContaining('Select what you chose with them')])
    expect(chosen.text).toContain('Gets: support as usual.')
  })

  it('cannot begin after the last day or the end, and can be taken back then', async () => {
    const pilot = await aPilot(app, dayFields('until', '2026-02-28'))
    const [inside, late] = [await anAgreedPlan(app), await anAgreedPlan(app)]
    const coach = await app.as(app.cast.coach)
    await coach.send(`${page(inside.episode)}/${pilot}/answer`, says('yes'))
    const ended = { came: 'Few came', decided: 'We go on as before' }
    app.clock.set('2026-03-02T10:00:00Z')
    await (await app.as(app.cast.areaLead)).send(`/pilots/${pilot}/ending`, ended)
    const later = await app.as(app.cast.coach)
    const refused = await later.send(`${page(late.episode)}/${pilot}/answer`, says('yes'))
    const over = await later.open(page(inside.episode))
    const back = await later.sendAndFollow(`${page(inside.episode)}/${pilot}/answer`, says('no'))

    expect(refused.status).toBe(404)
    expect(over.text).toContain('Took part')
    expect(over.text).not.toContain('Takes part')
    expect(back.text).toContain('Takes part no more')
    expect((await later.open(`/pilots/${pilot}`)).text).toMatch(/Few came.*We go on as before/)
    const list = await later.open(`/pilots/${pilot}/people`)
    expect(list.text).toMatch(/Who was asked.*Takes part no more/)
    expect(list.text).not.toContain('Could take part')
    expect(list.text).toMatch(/Nobody can join now.*See what they said/)
    expect(list.text).not.toContain('Ask or answer')
  })

  it('is nobody else’s to ask about', async () => {
    const { episode } = await anAgreedPlan(app)
    const other = await app.as(app.cast.providerCoach)
    const [foreign, absent] = [await other.open(page(episode)), await other.open(page(newId()))]

    expect([foreign.status, foreign.text]).toEqual([404, absent.text])
  })
})

describe('New words', () => {
  it('are asked for from then on, and who answered before answered to theirs', async () => {
    const pilot = await aPilot(app)
    const { person, episode } = await anAgreedPlan(app)
    const me = await app.asParticipant(person)
    await (await app.as(app.cast.coach)).send(`${page(episode)}/${pilot}/answer`, says('yes'))
    await (await app.as(app.cast.manager)).send(`/pilots/${pilot}/wording`, { wording: 'We call you each Monday.' })

    const read = await me.open(`/my/pilots/${pilot}`)
    expect(read.text).toMatch(
      /We would like .*to version 1 of these words.*The words have changed since you answered.*We call you each Monday/,
    )
    expect((await me.open('/my/agreements')).text).toMatch(/We would like .*The words have changed since you answered/)
  })

  it('are read before somebody says yes to them on a page that was open', async () => {
    const pilot = await aPilot(app)
    const { person, episode } = await anAgreedPlan(app)
    const me = await app.asParticipant(person)
    await (await app.as(app.cast.coach)).send(`${page(episode)}/${pilot}/invitation`)
    const seen = /name="seen" value="(\d+)"/.exec((await me.open(`/my/pilots/${pilot}`)).html)?.[1] ?? ''
    await (await app.as(app.cast.manager)).send(`/pilots/${pilot}/wording`, { wording: 'We call you each Monday.' })
    const late = await me.send(`/my/pilots/${pilot}`, { id: newId(), seen, says: 'yes' })

    expect([late.status, late.text]).toEqual([409, expect.stringContaining('Read it again first')])
    expect(late.text).toContain('We call you each Monday')
  })

  it('are no more once the pilot has ended, and a late yes says so', async () => {
    const pilot = await aPilot(app)
    const { person, episode } = await anAgreedPlan(app)
    const me = await app.asParticipant(person)
    await (await app.as(app.cast.coach)).send(`${page(episode)}/${pilot}/invitation`)
    const ended = { came: 'Few came', decided: 'We go on as before' }
    await (await app.as(app.cast.areaLead)).send(`/pilots/${pilot}/ending`, ended)
    const late = await me.send(`/my/pilots/${pilot}`, { id: newId(), says: 'yes' })
    const read = await me.open(`/my/pilots/${pilot}`)

    expect([late.status, late.text]).toEqual([409, expect.stringContaining('This has ended. Nothing was saved')])
    expect([read.status, read.text]).toEqual([200, expect.stringContaining('This has ended')])
    expect(read.text).not.toContain('Do you want to take part?')
  })
})

describe('What came of it, in numbers', () => {
  it('compares those who take part, hides the few from a lead, and leaves out who took it back', async () => {
    const pilot = await aPilot(app)
    const coach = await app.as(app.cast.coach)
    const spells = [await anAgreedPlan(app), await anAgreedPlan(app), await anAgreedPlan(app)]
    for (const { person, episode } of spells) {
      await coach.send(`${page(episode)}/${pilot}/answer`, says('yes'))
      for (const importance of ['4', '7']) {
        app.clock.pass({ minutes: 1 })
        const answers = { 'answered-by': 'staff', 'rulers-importance': importance, 'rulers-confidence': '5' }
        await coach.send(`/people/${person}/questionnaires/baseline`, { form: newId(), ...answers })
      }
    }
    await coach.send(`${page(spells[2]?.episode ?? '')}/${pilot}/answer`, says('no'))
    const open = async (member: TestApp['cast']['coach']) => (await app.as(member)).open(`/pilots/${pilot}/result`)
    const [manager, lead] = [await open(app.cast.manager), await open(app.cast.areaLead)]

    expect(manager.text).toMatch(/what is tried 1 .*support as usual 1 .*took it back 1 .*asked or answered 3/)
    expect(manager.text).toMatch(/Importance of work, 0 to 10 .*What is tried 1 4.0 7.0 \+3.0/)
    expect(lead.text).toMatch(/what is tried \* .*asked or answered \*/)
    expect(lead.text).toMatch(/Importance of work, 0 to 10 .*What is tried \* – – –/)
    expect(manager.text).toContain('never shown as caused by the service')

    await app.owner.query(
      `insert into questionnaires.withdrawal (area, answer, reason, by, at)
       select area, id, 'Typed in wrongly', $2, answered_at from questionnaires.answer where person = $1`,
      [spells[0]?.person, app.cast.coach.membership],
    )
    expect((await open(app.cast.manager)).text).toMatch(/Importance of work, 0 to 10 .*What is tried 0 – – –/)
  })
})
