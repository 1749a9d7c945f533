import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { aJobcentre, servedGround } from '#test/people/eligibility.ts'
import { belongs, elsewhere, inEngland } from './rules.ts'
import { listPlaceFacts, type WhoWhere } from './store.ts'

const rushmoor = 'E07000092'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const nobodyKnows: WhoWhere = {
  ...{ postcode: null, council: null, practiceCode: null, jobcentre: null, answers: {} },
  receivedOn: Temporal.PlainDate.from('2026-01-05'),
}

async function factsOf(who: Partial<WhoWhere>) {
  const [facts] = await app.inArea('north', (db) => listPlaceFacts(db, 'north', [{ ...nobodyKnows, ...who }]))
  if (!facts) throw new Error('One person in, nobody out')
  return { ...facts, answers: who.answers ?? {} }
}

describe('Belonging to an area', () => {
  it('cannot be judged before the area has said what it covers', async () => {
    const place = belongs(await factsOf({ council: rushmoor }), ['home'])

    expect(place).toMatchObject({ met: 'not-known', why: 'This area has not said yet which places it covers.' })
  })

  it('goes by the boundaries of the day of the referral: Frimley until 31 March 2026 and no longer', async () => {
    await servedGround(app, { board: 'QNQ' })
    const before = await factsOf({ council: rushmoor, receivedOn: Temporal.PlainDate.from('2026-03-31') })
    const after = await factsOf({ council: rushmoor, receivedOn: Temporal.PlainDate.from('2026-04-01') })

    expect(belongs(before, ['home']).met).toBe('met')
    expect(belongs(after, ['home']).met).toBe('not-met')
  })

  it('goes on where the area covers the board that came after', async () => {
    await servedGround(app, { board: 'QRL' }, '2026-04-01')
    const after = await factsOf({ council: rushmoor, receivedOn: Temporal.PlainDate.from('2026-04-01') })

    expect(belongs(after, ['home']).met).toBe('met')
  })

  it('follows a postcode over the same day', async () => {
    await app.owner.query(
      `insert into places.postcode (code, country, council, board_ons) values ('GU111AA', 'England', $1, 'E54000034')`,
      [rushmoor],
    )
    const before = await factsOf({ postcode: 'GU11 1AA', receivedOn: Temporal.PlainDate.from('2026-03-31') })

    expect(before).toMatchObject({ council: rushmoor, country: 'England', placed: { home: true } })
    expect(belongs(before, ['home'])).toMatchObject({ met: 'met', ask: [] })
    expect(belongs(before, ['home']).why).toContain('The postcode GU11 1AA is in Rushmoor, in Frimley')
  })

  it('asks for the council where the postcode cannot be placed, and then knows', async () => {
    const unknown = await factsOf({ postcode: 'ZE1 0AA' })
    const told = await factsOf({ postcode: 'ZE1 0AA', answers: { council: rushmoor } })

    expect(belongs(unknown, ['home'])).toMatchObject({ met: 'not-known', ask: ['council'] })
    expect(belongs(told, ['home']).met).toBe('met')
  })

  it('asks nothing twice where only a part of a council is in the area', async () => {
    const partly = await factsOf({ answers: { council: 'E07000214' } })

    expect(belongs(partly, ['home'])).toMatchObject({ met: 'not-known', ask: [] })
    expect(belongs(partly, ['home']).why).toContain('84% of residents')
  })

  it('takes one way that is met, and needs all of them not met to say no', async () => {
    const outside = await factsOf({ answers: { council: elsewhere } })
    const withPractice = await factsOf({ answers: { council: elsewhere, practice: 'yes' } })

    expect(belongs(outside, ['home']).met).toBe('not-met')
    expect(belongs(outside, ['home', 'practice'])).toMatchObject({ met: 'not-known', ask: ['practice'] })
    expect(belongs(withPractice, ['home', 'practice']).met).toBe('met')
  })

  it('is met by the Jobcentre on record, where the area covers that office', async () => {
    await aJobcentre(app)
    await app.owner.query(`insert into areas.coverage (area, id, jobcentre, from_on)
      values ('north', gen_random_uuid(), 'LDS', '2024-10-01')`)
    const known = await factsOf({ jobcentre: 'Leeds Park Place' })

    expect(belongs(known, ['jobcentre'])).toMatchObject({ met: 'met', why: 'Served by Leeds Park Place.' })
    expect(belongs(await factsOf({ jobcentre: 'Hull' }), ['jobcentre']).met).toBe('not-known')
  })

  it('knows England from another country', async () => {
    await app.owner.query(`insert into places.postcode (code, country) values ('CF101AA', 'Wales')`)
    const wales = await factsOf({ postcode: 'CF10 1AA' })

    expect(inEngland(wales, belongs(wales, ['home']))).toMatchObject({ met: 'not-met', why: 'They live in Wales.' })
  })
})
