import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aPerson } from '#test/people.ts'
import { type Question, questions } from './rules.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const answersOf = async (person: string) => {
  const { rows } = await app.owner.query('select * from people.equality where person = $1', [person])
  return rows[0]
}
const codes = Object.entries(questions).map(([name, { list }]) => [name, Object.keys(list).at(-1) ?? ''] as const)

describe('The equality questions', () => {
  it.each(codes)('%s may be answered with "prefer not to say"', async (question, code) => {
    const person = await aPerson(app)
    const coach = await app.as(app.cast.coach)

    await coach.send(`/people/${person}/equality`, { [question]: code, version: '0' })

    expect(Object.entries(questions).find(([name]) => name === question)?.[1].list).toMatchObject({
      [code]: { label: 'Prefer not to say' },
    })
    expect((await answersOf(person))[question]).toBe(code)
  })

  it('say why each is asked and who sees the answers, and never show them again', async () => {
    const person = await aPerson(app)
    const coach = await app.as(app.cast.coach)
    await coach.send(`/people/${person}/equality`, { ethnicity: 'J', sex: 'female', version: '0' })

    const page = await coach.open(`/people/${person}/equality`)

    for (const { why } of Object.values(questions)) expect(page.text).toContain(why)
    expect(page.text).toContain('nobody sees them one by one')
    expect(page.text).toContain('Already answered')
    expect(page.html).not.toContain('checked')
    const { rows } = await app.owner.query(`select codes::text from journal.entry where person = $1`, [person])
    expect(rows.map((row) => row.codes).join()).not.toMatch(/"J"|female/)
  })

  it('keep what was answered before where a question is left empty', async () => {
    const person = await aPerson(app)
    const coach = await app.as(app.cast.coach)
    await coach.send(`/people/${person}/equality`, { sex: 'male', caring: 'yes', version: '0' })

    await coach.send(`/people/${person}/equality`, { caring: 'no', version: '1' })

    expect(await answersOf(person)).toMatchObject({ sex: 'male', caring: 'no', veteran: null, version: 2 })
  })

  it('tell whoever saves second, and keep what they chose', async () => {
    const person = await aPerson(app)
    const coach = await app.as(app.cast.coach)
    await coach.send(`/people/${person}/equality`, { sex: 'male', version: '0' })

    const clash = await coach.send(`/people/${person}/equality`, { veteran: 'yes', version: '0' })

    expect(clash.status).toBe(409)
    expect(clash.text).toContain('Somebody changed this while you were writing')
    expect(clash.html).toMatch(/value="yes"[^>]*checked|checked[^>]*value="yes"/)
    expect(clash.html).toContain('name="version" value="1"')
  })

  it('refuse an answer that is on no list', async () => {
    const person = await aPerson(app)

    const page = await (
      await app.as(app.cast.coach)
    ).send(`/people/${person}/equality`, { ethnicity: 'Q', version: '0' })

    expect(page.status).toBe(422)
  })

  it('of another provider, of another area and of nobody look alike', async () => {
    const person = await aPerson(app)

    for (const member of [app.cast.providerCoach, app.cast.coachElsewhere]) {
      const browser = await app.as(member)
      const refused = await browser.open(`/people/${person}/equality`)
      const absent = await browser.open(`/people/${newId()}/equality`)
      expect([refused.status, refused.text]).toEqual([404, absent.text])
    }
  })
})

describe('The lists of the equality questions', () => {
  it('are those of the NHS Data Dictionary where it has one', () => {
    const listed = (question: Question) => Object.keys(questions[question].list).toSorted().join('')

    expect(listed('ethnicity')).toBe('ABCDEFGHJKLMNPRSZ')
    expect(listed('gender')).toBe('1234Z')
  })
})
