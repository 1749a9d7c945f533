import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { anAcceptedPerson, withQuestionnaires } from '#test/people/first-conversation.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
  await withQuestionnaires(app, 'north', ['phq-9'])
})
afterAll(() => app.close())

const on = (day: string) => ({ 'on-day': day, 'on-month': '12', 'on-year': '2025' })
const paper = (instrument: string, score: string, more: Readonly<Record<string, string>> = {}) => ({
  ...{ form: randomUUIDv7(), instrument, score, 'filled-by': 'self', ...on('1'), ...more },
})
const nineOf = (answer: string) =>
  Object.fromEntries(Array.from({ length: 9 }, (_, place) => [`phq-9-item-${place + 1}`, answer]))

describe('A score from a paper form', () => {
  it('is kept without any wording, and stands in one trend with what was asked', async () => {
    const { person } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const there = `/people/${person}/questionnaires`
    await coach.send(`${there}/scores`, paper('phq-9', '18', { harm: 'nought' }))
    await coach.send(`${there}/phq-9`, {
      form: randomUUIDv7(),
      'answered-by': 'staff',
      ...nineOf('1'),
      'phq-9-item-9': '0',
    })
    const list = await coach.open(there)
    const page = await coach.open(`${there}/phq-9/trend`)

    expect(list.text).toMatch(/18 \(moderately severe\).*From paper, typed in by Carol Coach/)
    expect(page.text).toMatch(
      /1 December 2025\s*18 \(moderately severe\).*10 lower than the first.*Better, by the margin or more/s,
    )
    expect(page.text).toContain('it never shows that the service caused a change')
    expect(page.html).toMatch(/role="img" aria-label="Score, from 0 to 27: 18 on 1 December 2025, 8 on 5 January 2026"/)
  })

  it('is refused outside the range, on a day to come, and without a look at question 9', async () => {
    const { person } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const tomorrow = { 'on-day': '6', 'on-month': '1', 'on-year': '2026' }
    const page = await coach.send(`/people/${person}/questionnaires/scores`, paper('phq-9', '28', tomorrow))

    expect(page.status).toBe(422)
    expect(page.text).toMatch(
      /Enter a whole number from 0 to 27.*Enter today or a day that has been.*Look at question 9/s,
    )
    expect(page.html).toContain('value="28"')
    expect((await app.owner.query('select from questionnaires.answer where person = $1', [person])).rows).toEqual([])
  })

  it('of which question 9 was above nought opens one concern, also when sent twice', async () => {
    const { person } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const sent = paper('phq-9', '3', { harm: 'above' })
    const page = await coach.sendAndFollow(`/people/${person}/questionnaires/scores`, sent)
    await coach.send(`/people/${person}/questionnaires/scores`, sent)

    expect(page.text).toContain('Talk with this person today')
    const { rows } = await app.owner.query('select kind, source from safety.concern where person = $1', [person])
    expect(rows).toEqual([{ kind: 'self-harm', source: 'questionnaire' }])
  })

  it('of a questionnaire whose wording is not here has a trend too, without a mark where no margin is known', async () => {
    const { person } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    await coach.send(`/people/${person}/questionnaires/scores`, paper('wsas', '24'))
    const page = await coach.open(`/people/${person}/questionnaires/wsas/trend`)

    expect(page.text).toContain('24 (above 20)')
    expect(page.text).toContain('No margin is known here')
  })

  it('is not typed in before they agreed to take part, or by somebody to whom they are nobody', async () => {
    const { person } = await anAcceptedPerson(app, { agreed: false })
    const { person: agreed } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const elsewhere = await app.as(app.cast.coachElsewhere)

    expect((await coach.send(`/people/${person}/questionnaires/scores`, paper('wsas', '24'))).status).toBe(404)
    for (const page of ['scores', 'phq-9/trend', 'responses.json']) {
      const foreign = await elsewhere.open(`/people/${agreed}/questionnaires/${page}`)
      const absent = await elsewhere.open(`/people/${randomUUIDv7()}/questionnaires/${page}`)
      expect([foreign.status, foreign.text]).toEqual([404, absent.text])
    }
  })
})

describe('A score that was typed in wrongly', () => {
  const typedIn = async (instrument = 'wsas', score = '38') => {
    const { person, episode } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const there = `/people/${person}/questionnaires`
    await coach.send(`${there}/scores`, paper(instrument, score))
    const { html } = await coach.open(there)
    const page = new RegExp(`${there}/scores/[0-9a-f-]{36}`).exec(html)?.[0] ?? ''
    return { person, episode, coach, there, page }
  }

  it('is taken back with the reason, stays in the history, and is in no trend, no count and nothing that is passed on', async () => {
    const { person, episode, coach, there, page } = await typedIn()
    const missing = await coach.send(page, { reason: ' ' })
    const back = await coach.sendAndFollow(page, { reason: 'Typed 38 in place of 8' })
    await coach.send(`${there}/scores`, paper('wsas', '8'))

    expect([missing.status, missing.text]).toEqual([422, expect.stringContaining('Enter why it is not right')])
    expect(back.text).toMatch(/38 .*Taken back Typed 38 in place of 8/)
    const trend = await coach.open(`${there}/wsas/trend`)
    expect(trend.text.match(/\d+ \((?:below|above|10)[^)]*\)/g)).toEqual([expect.stringMatching(/^8 /)])
    expect((await coach.open(`${there}/responses.json`)).html.match(/"valueInteger": \d+/g)).toEqual([
      '"valueInteger": 8',
    ])
    const measured = await coach.open(`/episodes/${episode}/assessment`)
    expect([/\b8 \(below 10\)/.test(measured.text), /\b38 \(/.test(measured.text)]).toEqual([true, false])
    expect((await coach.open(`/people/${person}?kind=conversation`)).text).toMatch(/Taken back.*: 38/)
    expect((await coach.send(page, { reason: 'Again' })).status).toBe(404)
  })

  it('is nobody else’s to take back, and what was answered to questions is nobody’s', async () => {
    const { person, coach, there, page } = await typedIn()
    await coach.send(`${there}/phq-9`, { form: randomUUIDv7(), 'answered-by': 'staff', ...nineOf('1') })
    const { rows } = await app.owner.query('select id from questionnaires.answer where person = $1 and not typed_in', [
      person,
    ])
    const elsewhere = await app.as(app.cast.coachElsewhere)
    const [foreign, absent] = [await elsewhere.open(page), await elsewhere.open(`${there}/scores/${randomUUIDv7()}`)]

    expect([foreign.status, foreign.text]).toEqual([404, absent.text])
    expect((await coach.send(`${there}/scores/${rows[0]?.id}`, { reason: 'No' })).status).toBe(404)
  })
})

describe('Answers for another system', () => {
  it('are FHIR QuestionnaireResponses that name the wording and its version, without the name of the person', async () => {
    const { person } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const there = `/people/${person}/questionnaires`
    await coach.send(`${there}/phq-9`, { form: randomUUIDv7(), 'answered-by': 'self', ...nineOf('0') })
    await coach.send(`${there}/scores`, paper('wsas', '24'))
    const { text, html } = await coach.open(`${there}/responses.json`)
    const bundle = JSON.parse(html)

    expect(bundle).toMatchObject({ resourceType: 'Bundle', type: 'collection' })
    expect(bundle.entry.map(({ resource }: { resource: unknown }) => resource)).toEqual([
      expect.objectContaining({
        ...{ resourceType: 'QuestionnaireResponse', status: 'completed' },
        questionnaire: 'urn:workwell:questionnaire:phq-9|1',
        subject: { reference: `Patient/${person}` },
        source: { reference: `Patient/${person}` },
        item: expect.arrayContaining([
          { linkId: 'item-9', answer: [{ valueCoding: { code: '0', display: 'Not at all' } }] },
          { linkId: 'score', text: 'Score of PHQ-9 (low mood)', answer: [{ valueInteger: 0 }] },
        ]),
      }),
      expect.not.objectContaining({ questionnaire: expect.anything() }),
    ])
    expect(text).not.toContain('Shah')
  })
})
