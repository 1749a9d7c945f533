import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { agree, anAcceptedPerson, withQuestionnaires } from '#test/people/first-conversation.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
  await withQuestionnaires(app, 'north', ['phq-9'])
})
afterAll(() => app.close())

const sheet = (answers: Record<string, string>) => ({ form: randomUUIDv7(), 'answered-by': 'staff', ...answers })
const concernsOf = async (person: string) =>
  (await app.owner.query('select kind, source from safety.concern where person = $1', [person])).rows

describe('The usual questions', () => {
  it('are asked on one page and kept with their version', async () => {
    const { person } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    expect((await coach.open(`/people/${person}/questionnaires/baseline`)).text).toContain(
      'satisfied are you with your life',
    )
    const answers = sheet({ 'ons4-satisfied': '4', 'ons4-anxious': '8', 'rulers-importance': '9' })
    const page = await coach.sendAndFollow(`/people/${person}/questionnaires/baseline`, answers)

    expect(page.text).toContain('4 (low)')
    expect(page.text).toContain('8 (high)')
    const { rows } = await app.owner.query(
      'select instrument, version from questionnaires.answer where person = $1 order by 1',
      [person],
    )
    expect(rows).toEqual([
      { instrument: 'ons4', version: 1 },
      { instrument: 'rulers', version: 1 },
    ])
  })

  it('are kept once when sent twice', async () => {
    const { person } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const answers = sheet({ 'work-ability-today': '6' })
    await coach.send(`/people/${person}/questionnaires/baseline`, answers)
    await coach.send(`/people/${person}/questionnaires/baseline`, answers)

    expect((await app.owner.query('select from questionnaires.answer where person = $1', [person])).rows).toHaveLength(
      1,
    )
  })

  it('keep what was chosen when something is missing', async () => {
    const { person } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const page = await coach.send(`/people/${person}/questionnaires/baseline`, {
      form: randomUUIDv7(),
      'ons4-happy': '3',
    })

    expect(page.status).toBe(422)
    expect(page.text).toContain('Select how it was answered')
    expect(page.html).toContain('<option value="3" selected="">3</option>')
  })

  it('are not asked before the person agreed, or after they withdrew', async () => {
    const { person } = await anAcceptedPerson(app, { agreed: false })
    const coach = await app.as(app.cast.coach)
    const path = `/people/${person}/questionnaires/baseline`
    const { area, membership: by } = app.cast.coach
    const say = (given: boolean) => app.inArea(area, (db) => agree(app, { area, person, by, given, db }))

    expect((await coach.open(path)).text).toContain('Ask for agreement first')
    expect((await coach.send(path, sheet({ 'ons4-happy': '3' }))).status).toBe(422)
    await say(true)
    expect((await coach.send(path, sheet({ 'ons4-happy': '3' }))).status).toBe(303)
    await say(false)
    expect((await coach.send(path, sheet({ 'ons4-happy': '3' }))).status).toBe(422)
  })
})

describe('Question 9 of the PHQ-9', () => {
  it('above nought shows what to do today and opens one concern, also when sent twice', async () => {
    const { person } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const answers = sheet({ 'phq-9-item-1': '0', 'phq-9-item-9': '1' })
    const page = await coach.sendAndFollow(`/people/${person}/questionnaires/phq-9`, answers)
    await coach.send(`/people/${person}/questionnaires/phq-9`, answers)

    expect(page.text).toContain('Talk with this person today')
    expect(page.text).toContain('Samaritans: 116 123')
    expect(await concernsOf(person)).toEqual([{ kind: 'self-harm', source: 'questionnaire' }])
    expect((await coach.open('/concerns')).text).toContain('look again today')
  })

  it('at nought opens none', async () => {
    const { person } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const page = await coach.sendAndFollow(`/people/${person}/questionnaires/phq-9`, sheet({ 'phq-9-item-9': '0' }))

    expect(page.text).not.toContain('Talk with this person today')
    expect(await concernsOf(person)).toEqual([])
  })
})

describe('Questionnaires are not to be had', () => {
  it('where the area has not switched them on', async () => {
    const { person } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)

    expect((await coach.open(`/people/${person}/questionnaires/gad-7`)).status).toBe(404)
    expect((await coach.open(`/people/${person}/questionnaires`)).text).not.toContain('GAD-7')
  })

  it('to begin with, once the area has switched them off: what somebody is answering then is kept, and its alert goes', async () => {
    const { person } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    await withQuestionnaires(app, 'north', [])
    const address = `/people/${person}/questionnaires/phq-9`
    const opened = await coach.open(address)
    const sent = await coach.send(address, sheet({ 'phq-9-item-9': '1' }))
    await withQuestionnaires(app, 'north', ['phq-9'])

    expect([opened.status, sent.location]).toEqual([404, `/people/${person}/questionnaires/alert`])
    expect(await concernsOf(person)).toHaveLength(1)
    expect((await coach.send(`/people/${person}/questionnaires/gad-7`, sheet({ 'gad-7-item-1': '1' }))).status).toBe(
      404,
    )
  })

  it.each(['coachElsewhere', 'providerCoach'] as const)('by the %s, as if there were no such person', async (who) => {
    const { person } = await anAcceptedPerson(app)
    const reader = await app.as(app.cast[who])
    for (const page of ['', '/alert', '/baseline']) {
      const foreign = await reader.open(`/people/${person}/questionnaires${page}`)
      const absent = await reader.open(`/people/${randomUUIDv7()}/questionnaires${page}`)
      expect([foreign.status, foreign.text]).toEqual([absent.status, absent.text])
      expect(foreign.status).toBe(404)
    }
    expect((await reader.send(`/people/${person}/questionnaires/baseline`, sheet({ 'ons4-happy': '3' }))).status).toBe(
      404,
    )
  })

  it('by an administrator', async () => {
    const { person } = await anAcceptedPerson(app)

    expect((await (await app.as(app.cast.administrator)).open(`/people/${person}/questionnaires`)).status).toBe(403)
  })
})
