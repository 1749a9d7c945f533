import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { standingOf } from '#journey/episode/rules.ts'
import { listSteps } from '#journey/episode/store.ts'
import type { Came } from '#exchange/files/batch/import.ts'
import { fileOn } from '#exchange/files/reading/import.ts'
import { bringIn } from './import.ts'

const example = fileURLToPath(new URL('../../../../docs/examples/episodes/', import.meta.url))

let app: TestApp
const told: [number, number][] = []
let tried: Came
let came: Came

// The folder that the documentation shows, brought in on Monday 5 January 2026: first a dry run, then in earnest.
beforeAll(async () => {
  app = await startApp()
  tried = await bringExampleIn(true)
  expect(await count('people.person')).toBe(0)
  came = await bringExampleIn(false)
})
afterAll(() => app.close())

function bringExampleIn(dryRun: boolean): Promise<Came> {
  const files = readdirSync(example).map((name) => fileOn(`${example}${name}`))
  return bringIn(app.databases, 'episodes', {
    ...{ area: 'north', name: 'episodes', files, source: '', dryRun, by: app.cast.administrator },
    ...{ now: app.clock.now, progress: (done, of) => void told.push([done, of]) },
  })
}

async function count(of: string, where = 'true'): Promise<number> {
  return (await app.owner.query(`select count(*)::integer as n from ${of} where ${where}`)).rows[0].n
}

async function recordOf(familyName: string) {
  const { rows } = await app.owner.query('select id from people.person where family_name = $1', [familyName])
  return (await app.as(app.cast.coach)).open(`/people/${rows[0]?.id}`)
}

const sums = ({ files }: Came) =>
  files.map(({ called, rows, taken, already, refused }) => [called, rows, taken, already, refused])

describe('The folder that the documentation shows', () => {
  it('is taken whole: each file adds up', () => {
    expect(sums(came)).toEqual([
      ['people', 10, 10, 0, 0],
      ['episodes', 10, 10, 0, 0],
      ['goals', 5, 5, 0, 0],
      ['actions', 6, 6, 0, 0],
      ['contacts', 11, 11, 0, 0],
      ['appointments', 3, 3, 0, 0],
      ['support', 5, 5, 0, 0],
      ['outcomes', 2, 2, 0, 0],
      ['follow-ups', 3, 3, 0, 0],
    ])
    expect(came.files.flatMap(({ unread }) => unread)).toEqual([])
    expect(told.at(-1)).toEqual([55, 55])
  })

  it('said the same in a dry run, which left nothing behind', async () => {
    expect(sums(tried)).toEqual(sums(came))
    expect(Object.fromEntries(tried.stages)).toEqual(Object.fromEntries(came.stages))
    expect(tried.batch).toBeUndefined()
    expect([await count('lines.line'), await count('lines.sheet')]).toEqual([0, 0])
  })

  it.each([
    ['Marsh', 'Received', ['Nobody yet', 'First contact, Wednesday 7 January 2026']],
    ['Field', 'Accepted', ['referred themselves', 'First contact, Wednesday 7 January 2026']],
    ['Lake', 'Trying to contact', ['Call to a mobile: no answer', 'Contact, tomorrow']],
    [
      'Dale',
      'Assessed',
      ['worry or anxiety, line manager or colleagues', 'Came to the appointment', 'On a signed form'],
    ],
    ['Hill', 'Plan agreed', ['Thrive in Work', 'Ask for a chair that supports my back by Monday 12 January 2026']],
    ['Moor', 'Active', ['Went through the CV', 'Done: write a CV', 'Appointment, Tuesday 13 January 2026']],
    ['Ibáñez', 'Waiting on others', ['NHS treatment or appointment', 'Look again Monday 2 February 2026']],
    ['Brook', 'Completed, in aftercare', ['Returned to the same job', 'Follow-up after 13 weeks: they answered']],
    ['Stone', 'Closed', ['Remained in work', 'This did not work: talk to HR', 'Follow-up after 26 weeks']],
    ['Wood', 'Ended early', ['could not be reached', 'Letter: message left or sent']],
  ])('shows the record of %s: %s', async (familyName, stage, sentences) => {
    const { text } = await recordOf(familyName)

    expect(text).toContain(`${familyName} ${stage} Print summary`)
    for (const sentence of sentences) expect(text).toContain(sentence)
  })

  it('puts the open cases on the caseload of their coach', async () => {
    const { text } = await (await app.as(app.cast.coach)).open('/caseload')

    for (const name of ['Sam Field', 'Kim Lake', 'Ash Dale', 'Lou Hill', 'Alex Moor', 'José Ibáñez'])
      expect(text).toContain(name)
    for (const name of ['Robin Marsh', 'Val Stone', 'Nur Wood']) expect(text).not.toContain(name)
  })

  it('gives nothing new when it is brought in again', async () => {
    const before = [await count('people.person'), await count('episode.step'), await count('contact.contact')]
    const again = await bringExampleIn(false)

    expect(sums(again)).toEqual(sums(came).map(([called, rows, taken]) => [called, rows, 0, taken, 0]))
    expect([await count('people.person'), await count('episode.step'), await count('contact.contact')]).toEqual(before)
  })
})

describe('What an earlier system knew', () => {
  const month = async (name: string) => (await (await app.as(app.cast.manager)).open(`/monitoring?month=${name}`)).text

  it('counts in the months in which it happened, as brought in, and not in the month of the import', async () => {
    expect(await month('2025-12')).toContain('Referrals received 4 Referrals received 4')
    expect(await month('2025-06')).toContain('Plans agreed 1 Plans agreed 1')
    const today = await month('2026-01')
    for (const item of ['Referrals received', 'Started', 'Plans agreed', 'Contacts', 'Completed', 'Left early'])
      expect(today).toContain(`${item} 0 0`)
  })

  it('makes nobody late on the first day: no clock has run out, and nothing is overdue', async () => {
    const { text } = await (await app.as(app.cast.manager)).open('/board')

    expect(text).toContain('2 Waiting for first contact None past the clock')
    expect(text).toContain('0 With something overdue')
    expect(await count('episode.standing', `next_due_on < '2026-01-05'`)).toBe(0)
  })

  it('sends nothing to anybody, also not when the queue is worked through', async () => {
    await app.work()

    expect(await count('notify.message')).toBe(0)
  })

  it('is marked as brought in, with who brought it in', async () => {
    expect(await count('episode.standing', 'not imported')).toBe(0)
    const { rows } = await app.owner.query(
      `select b.kind, b.rows, b.lines, m.name from batch.batch b
      join organisations.member m on (m.area, m.id) = (b.area, b.by) where b.id = $1`,
      [came.batch],
    )
    expect(rows).toEqual([{ kind: 'episodes', rows: 55, lines: 55, name: 'Ada Administrator' }])
  })

  it('stands where its steps say, case by case', async () => {
    const { rows } = await app.owner.query('select * from episode.standing')

    expect(rows).toHaveLength(10)
    for (const { episode, ...kept } of rows) {
      const steps = await app.inArea('north', (db) => listSteps(db, 'north', episode))
      const { stage, coach, plan_type, next_due_what } = standingOf(steps) ?? {}
      expect({ stage, coach, plan_type, next_due_what }).toEqual({
        ...{ stage: kept.stage, coach: kept.coach, plan_type: kept.plan_type, next_due_what: kept.next_due_what },
      })
    }
  })

  it('asks for a decision only about who has not been accepted yet', async () => {
    const { text } = await (await app.as(app.cast.administrator)).open('/referrals')

    expect(text).toContain('1 new, to be decided')
    expect(text).toContain('Robin Marsh')
    expect(text).not.toContain('Sam Field')
  })
})
