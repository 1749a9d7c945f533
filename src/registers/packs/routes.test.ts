import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { anAcceptedPerson } from '#test/people/first-conversation.ts'
import { aPack, fromFirstToSecond } from '#test/people/pack.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const manager = () => app.as(app.cast.manager)

async function add(file: unknown, over: Readonly<Record<string, string>> = {}) {
  const fields = { id: randomUUIDv7(), instrument: 'wsas', licence: 'Trust licence 12, until 2027', ...over }
  const files = [{ field: 'file', name: 'wsas.json', content: JSON.stringify(file) }]
  const browser = await manager()
  await browser.open('/area/questionnaires/new')
  const sent = await browser.sendFiles('/area/questionnaires', fields, files)
  return { sent, id: fields.id }
}

async function switchTo(id: string, state: 'on' | 'off') {
  await (await manager()).send(`/area/questionnaires/${id}/switch-${state}`)
}

const answered = (version: string, over: Readonly<Record<string, string>> = {}) => ({
  ...{ form: randomUUIDv7(), 'answered-by': 'staff', [`wsas-home-${version}`]: '4', [`wsas-social-${version}`]: '4' },
  ...{ [`wsas-private-${version}`]: '4', [`wsas-close-${version}`]: '5', [`wsas-work-${version}`]: 'not-applicable' },
  ...over,
})

describe('A questionnaire under a licence', () => {
  it('needs the reference of the licence, and a file without a fault', async () => {
    const unlicensed = await add(aPack('1'), { licence: ' ' })
    const faulty = await add({ ...aPack('1'), copyright: '', item: aPack('1').item.slice(1) })

    expect(unlicensed.sent.text).toContain('Enter the reference of your licence')
    expect(faulty.sent.status).toBe(422)
    expect(faulty.sent.text).toMatch(/Correct 2 things in the file.*“copyright” is missing.*The file has 4 questions/)
    expect((await app.owner.query('select from instruments.pack')).rows).toEqual([])
  })

  it('is asked for where none was chosen, and an empty file is called empty', async () => {
    const fields = { id: randomUUIDv7(), instrument: 'wsas', licence: 'Trust licence 12' }
    const browser = await manager()
    await browser.open('/area/questionnaires/new')
    const send = (files: Parameters<typeof browser.sendFiles>[2]) =>
      browser.sendFiles('/area/questionnaires', fields, files)

    expect((await send([])).text).toContain('Choose the file')
    const empty = await send([{ field: 'file', name: 'wsas.json', content: '' }])
    expect([empty.status, empty.text]).toEqual([422, expect.stringContaining('wsas.json is empty')])
  })

  it('is off until somebody switches it on, says who added it and when, and is in this area alone', async () => {
    const { person, episode } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const list = `/people/${person}/questionnaires`
    const { sent, id } = await add(aPack('1'))
    const before = await coach.open(`${list}/wsas`)
    expect((await coach.open(`/episodes/${episode}/assessment`)).text).not.toContain('Save and ask WSAS')
    const page = await (await manager()).open('/area/questionnaires')
    await switchTo(id, 'on')

    expect(sent.location).toBe('/area/questionnaires')
    expect(page.text).toMatch(/WSAS.*Trust licence 12, until 2027.*5 January 2026, Max Manager.*Off/)
    expect(before.status).toBe(404)
    expect((await coach.open(`${list}/wsas`)).text).toContain('Made-up question about work')
    expect((await coach.open(`/episodes/${episode}/assessment`)).text).toContain('Save and ask WSAS')
    const elsewhere = await app.as(app.cast.managerElsewhere)
    expect((await elsewhere.open('/area/questionnaires')).text).not.toContain('Trust licence')
    expect((await elsewhere.send(`/area/questionnaires/${id}/switch-off`)).status).toBe(404)
  })

  it('is scored by its own rule: without work by the mean of the other four, with two open not at all', async () => {
    const { person } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const list = `/people/${person}/questionnaires`
    const page = await coach.sendAndFollow(`${list}/wsas`, answered('1'))
    const open = await coach.sendAndFollow(`${list}/wsas`, answered('1', { 'wsas-home-1': '' }))

    expect(page.text).toContain('21 (above 20)')
    expect(open.text).toContain('No score: too many questions were left open')
  })

  it('in its second version stands in one trend with the first, by the map of its file', async () => {
    const { person } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const list = `/people/${person}/questionnaires`
    await coach.send(`${list}/wsas`, answered('1'))
    const { id } = await add(aPack('2', { contained: [fromFirstToSecond] }))
    await switchTo(id, 'on')
    app.clock.pass({ hours: 24 * 28 })
    const later = await app.as(app.cast.coach)
    await later.send(`${list}/wsas`, answered('2', { 'wsas-work-2': '0', 'wsas-close-2': '0' }))
    const trend = await later.open(`${list}/wsas/trend`)
    const { rows } = await app.owner.query(
      'select version, canonical from questionnaires.answer where person = $1 order by id',
      [person],
    )

    expect(rows).toEqual([
      { version: 1, canonical: 'urn:example:wsas|1' },
      { version: 2, canonical: 'urn:example:wsas|2' },
    ])
    expect(trend.text).toMatch(
      /21 \(above 20\).*Brought over from an earlier wording.*12 \(10 to 20\).*9 lower than the first/,
    )
    expect((await add(aPack('2'))).sent.text).toContain('This version is here already')
  })
})

describe('The margin from which a change is marked', () => {
  it('is set with its source, marks from then on, and can be taken away', async () => {
    const { person } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const browser = await manager()
    const paper = (score: string, day: string) => ({
      ...{ form: randomUUIDv7(), instrument: 'who-5', score, 'filled-by': 'self' },
      ...{ 'on-day': day, 'on-month': '12', 'on-year': '2025' },
    })
    await coach.send(`/people/${person}/questionnaires/scores`, paper('40', '1'))
    await coach.send(`/people/${person}/questionnaires/scores`, paper('60', '20'))
    const trend = async () => (await coach.open(`/people/${person}/questionnaires/who-5/trend`)).text
    const set = (points: string, source: string) =>
      browser.send('/area/questionnaires/margins/who-5', { id: randomUUIDv7(), points, source })

    expect((await set('10', '')).text).toContain('Enter where you have it from')
    expect(await trend()).not.toContain('Better, by the margin or more')
    await set('10', 'Manual of our trust')
    expect(await trend()).toMatch(/Better, by the margin or more.*10 or more apart.*Manual of our trust/)
    await set('', 'Our clinicians advise against marks')
    expect(await trend()).not.toContain('Better, by the margin or more')
  })
})
