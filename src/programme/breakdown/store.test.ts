import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '#platform/access/rules.ts'
import type { Step } from '#journey/episode/rules.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { anEpisode } from '#test/people/episode.ts'
import { aCompletion, aContact, aFollowUp, aMeeting, anAnswer } from '#test/people/facts.ts'
import { aConversation } from '#test/people/plan.ts'
import type { Item } from '#programme/counting/rules.ts'
import { countMeasured } from '#programme/measuring/store.ts'
import type { Breakdown } from './rules.ts'
import { countFigures } from './store.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())
// Each test has a month of its own, out of reach of the others.
beforeEach(() => {
  app.clock.set(
    app.clock.now.toZonedDateTimeISO('Europe/London').add({ months: 12 }).with({ day: 5 }).toInstant().toString(),
  )
})

const manager = (): Actor => ({
  ...app.cast.manager,
  areaName: 'WorkWell north',
  organisations: [app.cast.manager.organisation],
})
const thisMonth = () => app.clock.now.toZonedDateTimeISO('Europe/London').toPlainDate().toPlainYearMonth()
const counted = async (month = thisMonth()) =>
  (await app.inArea('north', (db) => countFigures(db, manager(), month))).families
const cells = async (item: Item, breakdown: Breakdown, month = thisMonth()) =>
  (await counted(month))[item].cells[breakdown] ?? {}

const day = Temporal.PlainDate.from('2040-04-01')
const started = [
  [{ kind: 'tried' }, 2],
  [{ kind: 'assessed' }, 3],
] as const satisfies readonly (readonly [Step, number])[]
const completed = [
  ...started,
  [{ kind: 'plan-agreed', planType: 'seek-work', limitOn: day }, 1],
  [{ kind: 'completed', followUp13On: day, followUp26On: day }, 2],
] as const

describe('Who started', () => {
  it.each([
    [16, 0, '16-24'],
    [16, 1, 'under-16'],
    [25, 0, '25-34'],
    [25, 1, '16-24'],
    [65, 0, '65-over'],
  ])(
    'whose birthday to %i was or is in %i days on the day of the first assessment is counted as %s',
    async (age, days, band) => {
      const { person } = await anEpisode(app, { steps: started })
      const assessedOn = thisMonth().toPlainDate({ day: 10 })
      const bornOn = assessedOn.subtract({ years: age }).add({ days })
      await app.owner.query('update people.person set born_on = $1 where id = $2', [bornOn.toString(), person])

      expect(await cells('started', 'age')).toEqual({ [band]: 1 })
    },
  )

  it('is in work or not, and has a main barrier, by the first conversation that was finished', async () => {
    await aConversation(app, await anEpisode(app, { steps: started }), { barriers: ['pain'] })
    await anEpisode(app, { steps: started })

    expect(await cells('started', 'work')).toEqual({ 'in-work': 1, 'not-known': 1 })
    expect(await cells('started', 'barrier')).toEqual({ physical: 1, 'not-known': 1 })
  })

  it.each([
    [['low-mood-anxiety'], 'pain', 'mental-health'],
    [['low-mood-anxiety', 'mental-other'], 'pain', 'mental-health'],
    [['low-mood-anxiety', 'back-neck'], 'pain', 'musculoskeletal'],
    [['low-mood-anxiety', 'back-neck'], 'anxiety', 'mental-health'],
    [['heart', 'back-neck'], 'hours', 'several'],
    [['heart', 'not-stated'], 'hours', 'heart'],
    [['not-stated'], 'hours', 'not-known'],
  ] as const)('with %j and %s in the way stands under %s', async (health, barrier, group) => {
    const spell = await anEpisode(app, { steps: started })
    await aConversation(app, spell, { barriers: [barrier] })
    await app.owner.query('update assessment.assessment set health = $1 where episode = $2', [health, spell.episode])

    expect(await cells('started', 'health')).toEqual({ [group]: 1 })
  })

  it('is disabled by the two harmonised questions, wherever they were answered', async () => {
    const equal = async (lasting: string, limiting: string | null) => {
      const { person } = await anEpisode(app, { steps: started })
      await app.owner.query(
        `insert into people.equality (area, person, condition_lasting, condition_limiting, sex, asked_at) values ('north', $1, $2, $3, 'not-said', now())`,
        [person, lasting, limiting],
      )
    }
    await equal('yes', 'a-little')
    await equal('yes', 'not-at-all')
    await equal('no', null)
    await equal('not-said', null)
    await anAnswer(app, await anEpisode(app, { steps: started }), 'long-lasting-condition', {
      lasting: 'yes',
      restricting: 'a-lot',
    })
    await anEpisode(app, { steps: started })

    expect(await cells('started', 'disability')).toEqual({
      ...{ disabled: 2, 'not-disabled': 2, 'not-stated': 1, 'not-known': 1 },
    })
    expect(await cells('started', 'sex')).toEqual({ 'not-stated': 4, 'not-known': 2 })
  })

  it('waited so many days, and nobody knows in which primary care network', async () => {
    await anEpisode(app, { steps: started })

    expect(await cells('started', 'wait-assessment')).toEqual({ '3-5': 1 })
    expect(await cells('first-contact', 'wait-contact')).toEqual({ '1-2': 1 })
    expect(await cells('started', 'network')).toEqual({ 'not-known': 1 })
  })

  it('answered a measure or did not, with the mean of those who did', async () => {
    for (const today of ['3', '6']) {
      await anAnswer(app, await anEpisode(app, { steps: started }), 'work-ability', { today })
    }
    await anEpisode(app, { steps: started })
    const means = await app.inArea('north', (db) => countMeasured(db, manager(), 'start', thisMonth()))

    expect(await cells('started', 'measured-start')).toEqual({ 'work-ability': 2 })
    expect([...means]).toEqual([['work-ability', { count: 2, before: 4.5, after: null }]])
  })
})

describe('Contacts and appointments', () => {
  it('count one by one, by what came of them, without those taken back', async () => {
    const spell = await anEpisode(app)
    await aContact(app, spell, 'reached')
    await aContact(app, spell, 'no-answer')
    const mistake = await aContact(app, spell, 'no-answer')
    await app.owner.query(
      `insert into contact.withdrawal (area, contact, reason, at, by) values ('north', $1, 'mistake', now(), $2)`,
      [mistake, spell.coach.membership],
    )
    const { contact } = await counted()

    expect(contact).toMatchObject({ count: 2, cells: { 'contact-result': { reached: 1, 'no-answer': 1 } } })
  })

  it('tell who did not attend from what did not take place because of us', async () => {
    const spell = await anEpisode(app)
    const missed = (who: 'person' | 'coach') => ({ kind: 'missed', who, reason: 'other' }) as const
    await aMeeting(app, spell, { hours: 1, became: missed('person') })
    await aMeeting(app, spell, { hours: 3, became: missed('coach'), mode: 'video' })
    await aMeeting(app, spell, { hours: 5, became: { kind: 'cancelled', who: 'person', reason: 'ill' } })
    await aMeeting(app, spell, { hours: 7 })
    const { appointment } = await counted()

    expect(appointment.cells['appointment-result']).toEqual({ 'no-show': 1, ours: 1, cancelled: 1, 'not-known': 1 })
    expect(appointment.crossings['appointment-mode-result']).toEqual({
      ...{ 'no-show': { phone: 1 }, ours: { video: 1 }, cancelled: { phone: 1 }, 'not-known': { phone: 1 } },
    })
  })

  it('know the first appointment a person came to, and no later one', async () => {
    const spell = await anEpisode(app)
    const came = { kind: 'attended', who: null, reason: null } as const
    await aMeeting(app, spell, { hours: 24, became: { kind: 'missed', who: 'person', reason: 'forgot' } })
    await aMeeting(app, spell, { hours: 72, became: came })
    await aMeeting(app, spell, { hours: 96, became: came })
    const { 'first-appointment': first } = await counted()

    expect([first.count, first.days]).toEqual([1, { 3: 1 }])
  })
})

describe('How support ended', () => {
  it('counts outcomes, of which there may be several, and why there were none', async () => {
    await aCompletion(app, await anEpisode(app, { steps: completed }), ['same-job', 'absence-ended'])
    await aCompletion(app, await anEpisode(app, { steps: completed }), [], { work_status: 'unemployed' })
    await anEpisode(app, { steps: completed })
    const { completed: found } = await counted()

    expect(found.cells).toMatchObject({
      ...{ outcome: { 'same-job': 1, 'absence-ended': 1 } },
      'no-outcome': { 'with-outcome': 1, health: 1, 'not-known': 1 },
      'work-end': { 'at-work': 1, 'out-of-work': 1, 'not-known': 1 },
    })
  })

  it('tells leaving before the start from leaving after it, reason by reason', async () => {
    await anEpisode(app, { steps: [...started, [{ kind: 'ended', as: 'left-early' }, 1]] })
    await anEpisode(app, { steps: [[{ kind: 'ended', as: 'declined' }, 1]] })
    await anEpisode(app, { steps: [[{ kind: 'ended', as: 'declined' }, 2]] })

    expect((await counted())['ended-early'].crossings['end-reason-when']).toEqual({
      ...{ 'left-early': { after: 1 }, declined: { before: 2 } },
    })
  })

  it('asks those who completed four and seven months ago what has become of their work', async () => {
    const [working, silent, dead, unasked] = [
      await anEpisode(app, { steps: completed }),
      await anEpisode(app, { steps: completed }),
      await anEpisode(app, { steps: completed }),
      await anEpisode(app, { steps: completed }),
    ]
    await aFollowUp(app, working, 13, { result: 'answered', in_work: 'yes', weeks_of_7_hours: 13 })
    await aFollowUp(app, working, 26, { result: 'answered', in_work: 'off-sick', weeks_of_7_hours: 12 })
    await aFollowUp(app, silent, 13, { result: 'not-reached' })
    await aFollowUp(app, dead, 13, { result: 'died' })
    const [later, latest] = [thisMonth().add({ months: 4 }), thisMonth().add({ months: 7 })]

    expect(unasked).toBeDefined()
    expect(await cells('after-13', 'work-13', later)).toEqual({
      'at-work': 1,
      'not-reached': 1,
      died: 1,
      'not-known': 1,
    })
    expect(await cells('after-13', 'lasted-13', later)).toEqual({ lasted: 1, 'not-known': 3 })
    expect(await cells('after-26', 'work-26', latest)).toEqual({ 'off-sick': 1, died: 1, 'not-known': 2 })
    expect(await cells('after-26', 'lasted-26', latest)).toEqual({ 'not-lasted': 1, 'not-known': 3 })
  })

  it('compares a measure only of those who answered twice', async () => {
    const twice = await anEpisode(app, { steps: completed })
    await anAnswer(app, twice, 'work-ability', { today: '2' })
    await anAnswer(app, await anEpisode(app, { steps: completed }), 'work-ability', { today: '9' })
    app.clock.pass({ days: 6 })
    await anAnswer(app, twice, 'work-ability', { today: '7' })
    const means = await app.inArea('north', (db) => countMeasured(db, manager(), 'end', thisMonth()))

    expect(await cells('completed', 'measured-end')).toEqual({ 'work-ability': 1 })
    expect([...means]).toEqual([['work-ability', { count: 1, before: 2, after: 7 }]])
  })
})
