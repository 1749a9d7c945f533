import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Browser, Fields } from '#test/browser.ts'
import { anEpisode } from '#test/people/episode.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-12T10:00:00Z'))
afterAll(() => app.close())

const dated = (name: string, text: string): Fields => {
  const { day, month, year } = Temporal.PlainDate.from(text)
  return { [`${name}-day`]: `${day}`, [`${name}-month`]: `${month}`, [`${name}-year`]: `${year}` }
}

/** A budget for the year and an approver, in place of whatever was set and spent before. */
async function withBudget(area: string, person: string): Promise<Browser> {
  await app.owner.query('truncate budget.step, budget.request, budget_limit.amount, budget_limit.period cascade')
  await app.owner.query('truncate budget_limit.approver')
  const manager = await app.as(app.cast.manager)
  const days = { ...dated('from', '2025-04-01'), ...dated('last', '2026-03-31') }
  await manager.send('/budget/limits', { id: newId(), area, person, ...days })
  const { membership: member } = app.cast.seniorCoach
  await manager.send('/budget/approvers', { id: newId(), member, upTo: '500', ...dated('from', '2026-01-01') })
  return manager
}

async function asked(cost: string, episode?: string) {
  const whose = episode ?? (await anEpisode(app)).episode
  const coach = await app.as(app.cast.coach)
  const id = newId()
  const request = { id, what: 'Six sessions of physiotherapy', supplier: 'physical', cost, why: 'To lift again' }
  const sent = await coach.sendAndFollow(`/episodes/${whose}/budget`, request)
  return { sent, coach, episode: whose, page: `/budget/requests/${id}` }
}

const yes = (more: Fields = {}): Fields => ({ id: newId(), version: '0', answer: 'yes', way: 'approver', ...more })

describe('Help that is paid for', () => {
  it('is asked for, approved, known in its cost, attended and paid; the balance follows each step', async () => {
    const manager = await withBudget('1,000', '600')
    const { coach, page, episode, sent } = await asked('£240.50')
    const senior = await app.as(app.cast.seniorCoach)
    const approved = await senior.sendAndFollow(`${page}/decision`, yes())
    const list = await coach.open(`/episodes/${episode}/budget`)
    const step = (kind: string, version: string, more: Fields = {}) =>
      coach.sendAndFollow(`${page}/steps`, { id: newId(), kind, version, ...dated('on', '2026-01-12'), ...more })
    const known = await step('cost-known', '1', { cost: '199.99' })
    await step('attended', '2')
    const paid = await step('paid', '3')

    expect(sent.text).toMatch(/Waits for approval .*Asked for £240\.50/)
    expect(approved.text).toMatch(/Approved, £240\.50/)
    expect(list.text).toMatch(/Left for them £359\.50 Left in the area £759\.50/)
    expect(known.text).toContain('The cost is known, £199.99')
    expect(paid.text).toMatch(/Paid .*So far/)
    expect((await manager.open('/budget')).text).toMatch(
      /Planned £1,000\.00 Committed £199\.99 Of that paid £199\.99 Left £800\.01/,
    )
    expect((await (await app.as(app.cast.areaLead)).open('/budget/limits')).text).toMatch(/Left £800\.01/)
  })

  it('costs no more than was approved: what goes beyond it is asked for anew, so that somebody approves that too', async () => {
    await withBudget('1,000', '600')
    const { coach, page } = await asked('1')
    await (await app.as(app.cast.seniorCoach)).send(`${page}/decision`, yes())
    const bill = { id: newId(), kind: 'cost-known', version: '1', ...dated('on', '2026-01-12') }
    const beyond = await coach.send(`${page}/steps`, { ...bill, cost: '1.01' })
    const within = await coach.sendAndFollow(`${page}/steps`, { ...bill, cost: '1.00' })

    expect(beyond.status).toBe(422)
    expect(beyond.text).toContain('£1.00 was approved. Ask for what it costs beyond that in a request of its own')
    expect(within.text).toContain('The cost is known, £1.00')
  })

  it('is found by words of what it is for, why, and of the name, each of which has to be in it', async () => {
    await withBudget('1,000', '600')
    const { coach } = await asked('40')
    const found = async (words: string) => (await coach.send('/budget', { words })).text

    expect(await found('PHYSIO lift')).toMatch(/Requests with “PHYSIO lift”.*Six sessions of physiotherapy/)
    expect(await found('sessions marsh')).toContain('Six sessions')
    expect(await found('sessions piano')).toContain('No request of the people you may see has all of these words')
    expect(await found('100%')).not.toContain('Six sessions')
    expect((await coach.send('/budget', { words: ' ' })).text).toContain('Enter a word to look for')
    const others = await (await app.as(app.cast.providerCoach)).send('/budget', { words: 'sessions' })
    expect(others.text).not.toContain('Six sessions')
  })

  it('gives back what is cancelled, and holds it again when that is taken back', async () => {
    await withBudget('300', '300')
    const { coach, page, episode } = await asked('250')
    await (await app.as(app.cast.seniorCoach)).send(`${page}/decision`, yes())
    const cancel = { id: newId(), kind: 'cancelled', version: '1', ...dated('on', '2026-01-12') }
    const silent = await coach.send(`${page}/steps`, cancel)
    await coach.send(`${page}/steps`, { ...cancel, note: 'They found it free' })
    const after = await coach.open(`/episodes/${episode}/budget`)
    const other = await asked('100')
    await (await app.as(app.cast.seniorCoach)).send(`${other.page}/decision`, yes())
    const { html } = await coach.open(page)
    const address = /action="([^"]+\/withdrawal)"/.exec(html)?.[1] ?? ''
    const undone = await coach.sendAndFollow(address)

    expect(silent.text).toContain('Say why it does not go ahead')
    expect(after.text).toContain('Left for them £300.00')
    expect(undone.text).toContain(
      'It stays as it is. There is £200.00 left for the area in this period, and this needs £250.00 more',
    )
  })

  it('says that a step was taken back already where that is pressed twice', async () => {
    await withBudget('300', '300')
    const { coach, page } = await asked('250')
    await (await app.as(app.cast.seniorCoach)).send(`${page}/decision`, yes())
    const address = /action="([^"]+\/withdrawal)"/.exec((await coach.open(page)).html)?.[1] ?? ''
    const once = await coach.sendAndFollow(address)
    const twice = await coach.sendAndFollow(address)

    expect(once.text).toContain('It is taken back.')
    expect(twice.text).toContain('It was taken back already.')
  })

  it('is not asked for once support has ended: the page says so, keeps what was written, and leads to the record', async () => {
    const { person, episode } = await anEpisode(app)
    const coach = await app.as(app.cast.coach)
    await app.owner.query('update episode.standing set ended_at = $1 where episode = $2', [
      app.clock.now.toString(),
      episode,
    ])
    const page = await coach.open(`/episodes/${episode}/budget/new`)
    const { sent } = await asked('250', episode)

    for (const one of [page, sent]) {
      expect([one.status, one.text]).toEqual([422, expect.stringContaining('Support has ended')])
      expect(one.html).toContain(`href="/people/${person}"`)
    }
    expect(sent.text).toMatch(/What you wrote, which was not saved.*Six sessions of physiotherapy.*To lift again/)
  })

  it('is refused with a reason, and never approved by who asked, by nobody named, or beyond what they may', async () => {
    await withBudget('5,000', '5,000')
    const { page, coach } = await asked('600')
    const senior = await app.as(app.cast.seniorCoach)
    const clinician = await app.as(app.cast.clinician)

    expect((await coach.send(`${page}/decision`, yes())).text).toContain('You asked for it yourself')
    expect((await clinician.send(`${page}/decision`, yes())).text).toContain('You are not named to approve')
    expect((await senior.send(`${page}/decision`, yes())).text).toContain('You may approve up to £500.00: ask the team')
    expect((await senior.send(`${page}/decision`, yes({ answer: 'no' }))).text).toContain('Say why, so that the coach')
    const no = await senior.sendAndFollow(
      `${page}/decision`,
      yes({ answer: 'no', reason: 'The NHS has it in two weeks' }),
    )
    expect(no.text).toMatch(/Refused .*The NHS has it in two weeks/)
    expect((await senior.send(`${page}/decision`, yes({ version: '1' }))).text).toContain('It was decided already')
  })

  it('is approved by the team at a meeting that the reader came to', async () => {
    await withBudget('5,000', '5,000')
    const { page } = await asked('600')
    const { clinician, administrator } = app.cast
    const admin = await app.as(administrator)
    const meeting = newId()
    const plan = { id: meeting, starts: '14:00', comers: [clinician.membership], chair: clinician.membership }
    await admin.send('/team/meetings', { ...plan, ...dated('on', '2026-01-12') })
    const by = yes({ way: 'team', meeting })

    expect((await admin.send(`${page}/decision`, by)).text).toContain('Choose the meeting that approved it')
    expect((await (await app.as(clinician)).sendAndFollow(`${page}/decision`, by)).text).toContain(
      'By the team on today',
    )
  })

  it('is not to be seen for another provider', async () => {
    await withBudget('100', '100')
    const { page, episode } = await asked('50')
    const provider = await app.as(app.cast.providerCoach)

    for (const address of [page, `/episodes/${episode}/budget`, `/episodes/${episode}/budget/new`])
      expect((await provider.open(address)).status).toBe(404)
    expect((await provider.send(`${page}/decision`, yes())).status).toBe(404)
  })
})

describe('Who may approve', () => {
  it('is ended from two tabs, and by nobody who may not name them', async () => {
    const manager = await withBudget('1000', '500')
    const { rows } = await app.owner.query<{ id: string }>('select id from budget_limit.approver')
    const ending = `/budget/approvers/${rows[0]?.id}/ending`
    const sent = [await manager.sendAndFollow(ending), await manager.sendAndFollow(ending)]

    for (const { status, text } of sent)
      expect([status, text]).toEqual([200, expect.stringContaining('They may not approve any more')])
    expect((await (await app.as(app.cast.providerManager)).send(ending)).status).toBe(404)
  })
})

describe('Two people at once', () => {
  it('never spend more than there is: of ten approvals at the same moment as many pass as the money is for', async () => {
    await withBudget('350', '350')
    const requests: Awaited<ReturnType<typeof asked>>[] = []
    for (let one = 0; one < 10; one += 1) requests.push(await asked('100'))
    const approvers = await Promise.all(requests.map(() => app.as(app.cast.seniorCoach)))
    const sent = await Promise.all(
      approvers.map((senior, place) => senior.send(`${requests[place]?.page}/decision`, yes())),
    )
    const { rows } = await app.owner.query<{ held: string }>(`select sum(pence) as held from budget.step`)

    expect(sent.map((one) => one.status).toSorted()).toEqual([303, 303, 303, 422, 422, 422, 422, 422, 422, 422])
    for (const one of sent.filter((each) => each.status === 422))
      expect(one.text).toContain('There is £50.00 left for the area in this period, and this needs £100.00 more')
    expect(rows[0]?.held).toBe('30000')
  })

  it('never spend more on one person than they may have, whichever requests they approve', async () => {
    await withBudget('5,000', '150')
    const { episode } = await anEpisode(app)
    const requests = [await asked('100', episode), await asked('100', episode), await asked('100', episode)]
    const senior = await app.as(app.cast.seniorCoach)
    const sent = await Promise.all(requests.map(({ page }) => senior.send(`${page}/decision`, yes())))

    expect(sent.map(({ status }) => status).toSorted()).toEqual([303, 422, 422])
    expect(sent.find(({ status }) => status === 422)?.text).toContain('There is £50.00 left for this person')
  })

  it('are told that the same is saved already, and given back the reason of another answer', async () => {
    await withBudget('5,000', '5,000')
    const { page } = await asked('100')
    const senior = await app.as(app.cast.seniorCoach)
    const first = await senior.send(`${page}/decision`, yes())
    const again = await senior.sendAndFollow(`${page}/decision`, yes())
    const other = await senior.send(`${page}/decision`, yes({ answer: 'no', reason: 'The GP pays for it' }))

    expect(first.status).toBe(303)
    expect(again.text).toContain('Already saved')
    expect(other.status).toBe(409)
    expect(other.text).toContain('You had written: “The GP pays for it”')
  })

  it('do not decide on one request twice', async () => {
    await withBudget('5,000', '5,000')
    const { page } = await asked('100')
    const senior = await app.as(app.cast.seniorCoach)
    const both = [yes(), yes({ answer: 'no', reason: 'Not needed' })]
    const sent = await Promise.all(both.map((fields) => senior.send(`${page}/decision`, fields)))

    expect(sent.map(({ status }) => status).toSorted()[0]).toBe(303)
    expect(sent.map(({ status }) => status).toSorted()[1]).toBeGreaterThanOrEqual(409)
    expect((await app.owner.query('select from budget.step')).rowCount).toBe(1)
  })
})

describe('The limits of the budget', () => {
  it('cannot be less than what is committed, and keep how they were set', async () => {
    const manager = await withBudget('1,000', '600')
    const { page } = await asked('400')
    await (await app.as(app.cast.seniorCoach)).send(`${page}/decision`, yes())
    const { html } = await manager.open('/budget/limits')
    const period = /href="(\/budget\/limits\/[0-9a-f-]{36})"/.exec(html)?.[1] ?? ''
    const change = { id: newId(), version: '1', why: 'The board moved money', person: '300' }
    const less = await manager.send(period, { ...change, area: '399.99' })
    const more = await manager.sendAndFollow(period, { ...change, area: '2,000', person: '400' })

    expect(less.text).toMatch(/£400\.00 is committed already.*£400\.00 is committed for one person already/)
    expect(more.text).toMatch(/For the area £2,000\.00 For one person £400\.00.*The board moved money/)
  })

  it('hold for days that no other period has, and amounts that are money', async () => {
    const manager = await withBudget('1,000', '600')
    const again = { id: newId(), ...dated('from', '2026-03-01'), ...dated('last', '2026-04-30') }

    expect((await manager.send('/budget/limits', { ...again, area: '5', person: '5' })).text).toContain(
      'These days are part of',
    )
    expect((await manager.send('/budget/limits', { ...again, area: 'lots', person: '5' })).text).toContain(
      'Enter an amount like',
    )
    expect((await (await app.as(app.cast.coach)).open('/budget/limits')).status).toBe(403)
  })
})
