import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordStep } from '#journey/episode/store.ts'
import { findActor } from '#registers/organisations/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { agree, anAcceptedPerson, withQuestionnaires } from '#test/people/first-conversation.ts'
import { aReferral } from '#test/people/referral.ts'
import { findAssessment, listAssessments, listBarriers, listMeasures } from './store.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
  await withQuestionnaires(app, 'north', ['phq-9'])
})
afterAll(() => app.close())

type Fields = Record<string, string | readonly string[]>
const form = (over: Fields = {}): Fields & { id: string } => ({ id: randomUUIDv7(), version: '0', ...over })
const complete = {
  ...{ employment_status: 'employed', 'barriers-physical': ['pain', 'sleep'], 'severity-pain': '8', main: 'pain' },
  ...{ 'words-matters': 'My garden & my grandchildren', 'own-matters': 'yes' },
}
const at = (episode: string) => `/episodes/${episode}/assessment`
const rows = async (episode: string) =>
  (await app.owner.query('select * from assessment.assessment where episode = $1 order by id', [episode])).rows
const stage = async (episode: string) =>
  (await app.owner.query('select stage from episode.standing where episode = $1', [episode])).rows[0].stage
const barriersOf = (episode: string) => app.inArea('north', (db) => listBarriers(db, 'north', episode))

describe('The first conversation', () => {
  it('is saved in pieces and taken up again', async () => {
    const { episode } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const sent = form({ employment_status: 'employed', 'words-work': 'Warehouse, nights', next: 'physical' })
    const saved = await coach.send(at(episode), sent)
    const page = await coach.open(at(episode))

    expect([saved.status, saved.location]).toEqual([303, `${at(episode)}#physical`])
    expect(page.html).toContain('Warehouse, nights')
    expect(page.html).toMatch(/<option value="employed" selected=""/)
    expect(page.text).toContain('Samaritans: 116 123')
  })

  it('opens with what the referral said, beside the questions it is about', async () => {
    const answers = { reason: 'Standing all day hurts', workStatus: 'off-sick', mainBarrier: 'physical' } as const
    const { id, person } = await aReferral(app, { route: 'gp', answers, referrer: { organisation: 'Park Surgery' } })
    const { rows: found } = await app.owner.query('select episode from referral.referral where id = $1', [id])
    const { episode } = found[0]
    const { membership: by } = app.cast.coach
    await app.inArea('north', async (db) => {
      await recordStep(db, { area: 'north', episode, step: { kind: 'accepted' }, at: app.clock.now, by })
      await agree(app, { area: 'north', person, by, given: true, db })
    })
    const coach = await app.as(app.cast.coach)
    const page = await coach.open(at(episode))
    await coach.send(at(episode), form({ employment_status: 'unemployed' }))
    const later = await coach.open(at(episode))

    expect(page.text).toContain('What the referral said GP or primary care, Park Surgery, 5 January 2026')
    expect(page.text).toContain('Standing all day hurts')
    expect(page.text).toContain('The referral said: employed, but off sick')
    expect(page.text).toContain('The referral named this as the main difficulty: their body')
    expect(page.html).toMatch(/<option value="employed" selected=""/)
    expect(page.html).toMatch(/name="on_sick_absence" checked="" value="yes"/)
    expect(page.text).toContain('Work Nothing yet')
    expect(later.html).toMatch(/<option value="unemployed" selected=""/)
    expect(later.html).not.toMatch(/name="on_sick_absence" checked/)
  })

  it('opens without it where nobody said anything', async () => {
    const { episode } = await anAcceptedPerson(app)

    expect((await (await app.as(app.cast.coach)).open(at(episode))).text).not.toContain('What the referral said')
  })

  it('is finished with a status and one main barrier, and moves the episode', async () => {
    const { episode } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const done = await coach.send(at(episode), form({ ...complete, next: 'finish' }))

    expect([done.status, done.location]).toEqual([303, `/episodes/${episode}/plan/draft`])
    expect(await stage(episode)).toBe('assessed')
    expect(await barriersOf(episode)).toMatchObject([
      { code: 'pain', part: 'physical', severity: 8, main: true },
      { code: 'sleep', part: 'physical', severity: null, main: false },
    ])
    const page = await coach.open(at(episode))
    expect(page.text).toContain('“My garden & my grandchildren”')
    expect(page.text).toContain('Pain (8 of 10)')
  })

  it('says why it cannot be finished yet, and has saved what was typed', async () => {
    const { episode } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const typed = form({ 'barriers-work': 'hours', next: 'finish' })
    await coach.send('/drafts', { draft: `assessment:${episode}`, area: 'north', ...typed })
    const page = await coach.send(at(episode), typed)

    expect(page.status).toBe(422)
    expect(page.text).toContain('Select how they stand to work now')
    expect(page.text).toContain('Choose the one main barrier')
    expect(page.html).toContain('name="version" value="1"')
    expect(await rows(episode)).toMatchObject([{ finished_at: null, version: 1 }])
    // What was typed is what is saved: nobody else had a hand in it.
    expect((await coach.open(at(episode))).text).not.toContain('Somebody changed this')
  })

  it('has exactly one main barrier, also after another is chosen', async () => {
    const { episode } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const first = form(complete)
    await coach.send(at(episode), first)
    await coach.send(at(episode), { ...first, ...complete, version: '1', main: 'sleep' })
    const marked = await barriersOf(episode)

    expect(marked.filter(({ main }) => main).map(({ code }) => code)).toEqual(['sleep'])
    const add = `insert into assessment.barrier (area, id, assessment, code, part, main) values ('north', $1, $2, 'tasks', 'work', true)`
    await expect(app.owner.query(add, [randomUUIDv7(), first.id])).rejects.toThrow('one_main_barrier')
  })

  it('keeps the number of a barrier that is taken out and put back', async () => {
    const { episode } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const first = form(complete)
    await coach.send(at(episode), first)
    const before = await barriersOf(episode)
    await coach.send(at(episode), { ...first, version: '1', 'barriers-physical': 'pain' })
    expect((await barriersOf(episode)).map(({ code }) => code)).toEqual(['pain'])
    await coach.send(at(episode), { ...first, version: '2' })

    expect(await barriersOf(episode)).toEqual(before)
  })

  it('is one when it is sent twice', async () => {
    const { episode } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const sent = form({ ...complete, next: 'finish' })
    const answers = [await coach.send(at(episode), sent), await coach.send(at(episode), sent)]

    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    expect(await rows(episode)).toHaveLength(1)
  })

  it('shows both when somebody else saved meanwhile, and loses neither', async () => {
    const { episode } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const colleague = await app.as(app.cast.otherCoach)
    const first = form({ 'words-heard': 'First words' })
    await coach.send(at(episode), first)
    await colleague.send(at(episode), { ...first, version: '1', 'words-heard': 'What the colleague wrote' })
    const page = await coach.send(at(episode), { ...first, version: '1', 'words-heard': 'What the coach wrote' })

    expect(page.status).toBe(409)
    expect(page.text).toContain('There now: What the colleague wrote')
    expect(page.text).toContain('You typed: What the coach wrote')
    expect(page.text).toContain('Colin Colleague saved this conversation')
    expect((await rows(episode))[0].words.heard.text).toBe('What the colleague wrote')
    await coach.send(at(episode), { ...first, version: '2', 'words-heard': 'Both' })
    expect((await rows(episode))[0].words.heard.text).toBe('Both')
  })

  it('brings back what was typed and never sent, and says when others saved since', async () => {
    const { episode } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const first = form({ 'words-heard': 'Sent' })
    await coach.send(at(episode), first)
    await coach.open(at(episode))
    const draft = {
      draft: `assessment:${episode}`,
      area: 'north',
      ...first,
      version: '1',
      'words-heard': 'Typed, not sent',
    }
    expect((await coach.send('/drafts', draft)).status).toBe(204)
    const back = await coach.open(at(episode))
    expect(back.html).toContain('Typed, not sent')
    expect(back.text).not.toContain('Somebody changed this')
    await (await app.as(app.cast.otherCoach)).send(at(episode), { ...first, version: '1', 'words-heard': 'Theirs' })

    expect((await coach.open(at(episode))).text).toContain('There now: Theirs')
  })

  it('leads to the questionnaires and shows their results', async () => {
    const { episode, person } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const there = await coach.send(at(episode), form({ next: 'baseline' }))
    expect(there.location).toBe(`/people/${person}/questionnaires/baseline?from=assessment`)
    const answers = { form: randomUUIDv7(), from: 'assessment', 'answered-by': 'self', 'rulers-confidence': '3' }
    const back = await coach.send(`/people/${person}/questionnaires/baseline`, answers)

    expect(back.location).toBe(`${at(episode)}#measures`)
    expect((await coach.open(at(episode))).text).toContain('Importance and confidence')
    expect(await app.inArea('north', (db) => listMeasures(db, 'north', episode))).toMatchObject([
      { instrument: 'rulers', items: { confidence: '3' }, answered_by: 'self' },
    ])
  })

  it('keeps what was typed when something is wrong', async () => {
    const { episode } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const page = await coach.send(at(episode), form({ hours_now: 'many', 'words-social': '<b>Two</b> children' }))

    expect(page.status).toBe(422)
    expect(page.text).toContain('as a number from 0 to 100, such as 37.5')
    expect(page.html).toContain('&lt;b&gt;Two&lt;/b&gt; children')
    expect(await rows(episode)).toEqual([])
  })
})

describe('Without agreement to take part', () => {
  it('nothing is asked or kept, and the page leads to the agreements', async () => {
    const { episode, person } = await anAcceptedPerson(app, { agreed: false })
    const coach = await app.as(app.cast.coach)
    const page = await coach.open(at(episode))
    const sent = await coach.send(at(episode), form(complete))

    expect(page.text).toContain('Ask for agreement first')
    expect(page.html).toContain(`/people/${person}/agreements/new`)
    expect(page.html).not.toContain('name="health"')
    expect(sent.status).toBe(422)
    expect(await rows(episode)).toEqual([])
  })

  it('taken back in the middle, nothing more is saved', async () => {
    const { episode, person } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const first = form({ 'words-heard': 'Before' })
    await coach.send(at(episode), first)
    const { area, membership: by } = app.cast.coach
    await app.inArea(area, (db) => agree(app, { area, person, by, given: false, db }))

    expect((await coach.send(at(episode), { ...first, ...complete, version: '1', next: 'finish' })).status).toBe(422)
    expect((await rows(episode))[0].words.heard.text).toBe('Before')
    expect(await stage(episode)).toBe('accepted')
  })
})

describe('Held again', () => {
  it('the earlier conversation stays as history', async () => {
    const { episode } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const first = form({ ...complete, next: 'finish' })
    await coach.send(at(episode), first)
    expect((await coach.open(`${at(episode)}?again=yes`)).html).toContain('My garden &amp; my grandchildren')
    await coach.send(at(episode), form({ ...complete, 'words-matters': 'Now: the choir', next: 'finish' }))
    const page = await coach.open(at(episode))

    expect(page.text).toContain('Now: the choir')
    expect(page.html).toContain(`/assessments/${first.id}`)
    expect((await coach.open(`/assessments/${first.id}`)).text).toContain('My garden & my grandchildren')
  })

  it('while a plan runs it leaves the episode where it stands', async () => {
    const { episode } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    await coach.send(at(episode), form({ ...complete, next: 'finish' }))
    const limitOn = Temporal.PlainDate.from('2026-03-30')
    const step = { kind: 'plan-agreed', planType: 'return-to-work', limitOn } as const
    const { area, membership: by } = app.cast.coach
    await app.inArea(area, (db) => recordStep(db, { area, episode, step, at: app.clock.now, by }))
    await coach.send(at(episode), form({ ...complete, next: 'finish' }))

    expect((await rows(episode)).filter(({ finished_at: at }) => at !== null)).toHaveLength(2)
    expect(await stage(episode)).toBe('plan-agreed')
  })
})

describe('A conversation is not seen', () => {
  it.each(['coachElsewhere', 'providerCoach'] as const)('by the %s, as if there were none', async (who) => {
    const { episode } = await anAcceptedPerson(app)
    const sent = form(complete)
    await (await app.as(app.cast.coach)).send(at(episode), sent)
    const reader = await app.as(app.cast[who])
    const pairs = [
      [at(episode), at(randomUUIDv7())],
      [`/assessments/${sent.id}`, `/assessments/${randomUUIDv7()}`],
    ] as const
    for (const [foreign, absent] of pairs) {
      const [one, other] = [await reader.open(foreign), await reader.open(absent)]
      expect([one.status, one.text]).toEqual([other.status, other.text])
      expect(one.status).toBe(404)
    }
    expect((await reader.send(at(episode), form(complete))).status).toBe(404)
    const seen = await app.inArea(app.cast[who].area, async (db) => {
      const actor = await findActor(db, { ...app.cast[who], on: Temporal.PlainDate.from('2026-01-05') })
      return actor && [await findAssessment(db, actor, episode), await listAssessments(db, actor, episode)]
    })
    expect(seen).toEqual([undefined, []])
  })

  it('by an administrator, who does not hold it', async () => {
    const { episode } = await anAcceptedPerson(app)

    expect((await (await app.as(app.cast.administrator)).open(at(episode))).status).toBe(403)
  })
})
