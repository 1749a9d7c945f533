import { describe, expect, it } from 'vitest'
import { type AreaRules, usualRules } from '#journey/eligibility/rules.ts'
import { type Facts, findingsOf, never, type RuleName } from '#journey/finding/rules.ts'
import { answerOf, differences, screen } from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

const known: Facts = {
  bornOn: day('1981-03-14'),
  receivedOn: day('2026-01-05'),
  workStatus: 'employed',
  place: {
    covers: true,
    claims: [{ by: 'home', share: 1, why: 'The postcode LS1 4AP is in Leeds, in West Yorkshire' }],
    placed: { home: true, practice: false },
    country: 'England',
    council: 'E08000035',
  },
  answers: { 'right-to-work': 'yes', condition: 'yes' },
}

function find(rule: RuleName, facts: Partial<Facts>, rules: Partial<AreaRules> = {}, on = '2026-01-05') {
  const inForce = { rules: { ...usualRules, ...rules }, where: 'this area', from: [] }
  return findingsOf({ ...known, ...facts }, inForce, day(on)).find((finding) => finding.rule === rule)
}

function answer(facts: Partial<Facts>, rules: Partial<AreaRules> = {}) {
  const inForce = { rules: { ...usualRules, ...rules }, where: 'this area', from: [] }
  return answerOf(findingsOf({ ...known, ...facts }, inForce, day('2026-01-05')))
}

const outOfWorkSince = (ended: string): Partial<Facts> => ({
  workStatus: 'unemployed',
  answers: { ...known.answers, 'work-ended-on': ended },
})

describe('What the rules answer for somebody', () => {
  it('is eligible when every rule is met', () => {
    expect(answer({})).toBe('eligible')
  })

  it('asks when something is not known, and never refuses for it', () => {
    expect(answer({ answers: {} })).toBe('look')
    expect(find('condition', { answers: {} })?.ask).toEqual(['condition'])
  })

  it('is not eligible as soon as one rule is not met', () => {
    expect(answer({ answers: { condition: 'no' } })).toBe('not-eligible')
  })

  it.each([
    ['2010-01-05', 'met'],
    ['2010-01-06', 'not-met'],
  ])('takes somebody born on %s for the age of 16 as %s on 5 January 2026', (born, met) => {
    expect(find('age', { bornOn: day(born) })?.met).toBe(met)
  })

  it('says when somebody who is too young comes of age', () => {
    expect(find('age', { bornOn: day('2010-01-06') })?.why).toContain('they turn 16 on 6 January 2026')
  })

  it('never lets waiting make somebody too old, or keep them too young', () => {
    const old = { bornOn: day('1960-01-06') }

    expect(find('age', old, { maxAge: 65 }, '2026-01-06')?.met).toBe('met')
    expect(find('age', { bornOn: day('2010-01-06') }, {}, '2026-01-06')?.met).toBe('met')
  })

  it.each([
    ['2025-10-14', 12, 'met'],
    ['2025-10-13', 12, 'not-met'],
    ['2025-07-08', 26, 'met'],
    ['2025-07-07', 26, 'not-met'],
  ])('counts a job that ended on %s against a limit of %i weeks as %s', (ended, weeksOutOfWork, met) => {
    expect(find('weeks', outOfWorkSince(ended), { weeksOutOfWork })?.met).toBe(met)
  })

  it('counts weeks out of work to the day of the referral, however long the decision takes', () => {
    expect(find('weeks', outOfWorkSince('2025-10-14'), { weeksOutOfWork: 12 }, '2026-03-01')?.met).toBe('met')
  })

  it('asks for no weeks of somebody who has a job, and decides nothing for who never had one', () => {
    const neverWorked: Partial<Facts> = {
      workStatus: 'unemployed',
      answers: { ...known.answers, 'work-ended-on': never },
    }

    expect(find('weeks', {}, { weeksOutOfWork: 12 })).toMatchObject({ met: 'met', ask: [] })
    expect(find('weeks', neverWorked, { weeksOutOfWork: 12 })).toMatchObject({ met: 'not-known', ask: [] })
  })

  it('believes an answer before what was written when they were referred', () => {
    const corrected: Partial<Facts> = { answers: { ...known.answers, 'work-status': 'unemployed' } }

    expect(find('weeks', corrected, { weeksOutOfWork: 12 })?.ask).toEqual(['work-ended-on'])
  })

  it('asks again, kindly, where somebody would rather not say how they stand to work', () => {
    expect(find('work', { workStatus: 'prefer-not-to-say' }, { work: ['employed'] })?.ask).toEqual(['work-status'])
  })

  it.each([
    ['complex-need', 'yes', 'not-met'],
    ['complex-need', 'no', 'met'],
    ['connect-to-work', 'not-sure', 'not-known'],
  ] as const)('takes %s answered %s as %s', (exclusion, said, met) => {
    expect(find(exclusion, { answers: { [exclusion]: said } }, { excluded: [exclusion] })?.met).toBe(met)
  })

  it('asks about the employer only where somebody has one', () => {
    expect(find('employer', {}, { employerUnder: 250 })?.ask).toEqual(['employer-size'])
    expect(find('employer', { workStatus: 'unemployed' }, { employerUnder: 250 })?.met).toBe('met')
    expect(find('employer', { answers: { 'employer-size': '250' } }, { employerUnder: 250 })?.met).toBe('not-met')
  })

  it('says what other rules would make different', () => {
    const before = findingsOf(known, { rules: usualRules, where: 'this area', from: [] }, day('2026-01-05'))
    const rules = { ...usualRules, minAge: 50 }
    const after = findingsOf(known, { rules, where: 'this area', from: [] }, day('2026-01-05'))

    expect(differences(before, after)).toEqual(['They are 44. We support people aged 50 and over.'])
  })
})

describe('Somebody whose council is not known', () => {
  const ruleOf = (council: string | null, rules: Partial<AreaRules>) => ({
    ...{ id: `set of ${council}`, fromOn: day('2025-01-01'), council, councilName: council && 'Bolton', rules },
  })
  const sets = [ruleOf(null, { minAge: 18 }), ruleOf('E08000001', { minAge: 16 })]
  const days = { rules: day('2026-01-05'), age: day('2026-01-05') }
  const aged = (years: number, council: string | null): Facts => ({
    ...known,
    ...{ bornOn: day('2026-01-05').subtract({ years }), place: { ...known.place, council } },
  })
  const ageOf = (facts: Facts, of = sets) => screen(facts, of, days).findings.find(({ rule }) => rule === 'age')

  it('is not refused for a rule that differs in one council: at 17 the council is asked for', () => {
    const asked = screen(aged(17, null), sets, days)

    expect([asked.answer, ageOf(aged(17, null))?.met, ageOf(aged(17, null))?.ask]).toEqual([
      ...['look', 'not-known'],
      ['council'],
    ])
    expect(ageOf(aged(17, null))?.why).toContain('In Bolton we support people aged 16')
    expect(asked.from).toEqual(['set of null', 'set of E08000001'])
  })

  it('is answered once the council is known', () => {
    expect(ageOf(aged(17, 'E08000035'))?.met).toBe('not-met')
    expect(ageOf(aged(17, 'E08000001'))?.met).toBe('met')
  })

  it('is answered where the rules of every council say the same', () => {
    expect(ageOf(aged(15, null))?.met).toBe('not-met')
    expect(ageOf(aged(30, null))?.met).toBe('met')
  })

  it('is asked where only one council has a rule that would refuse', () => {
    const facts: Facts = { ...aged(30, null), ...outOfWorkSince('2025-01-05') }
    const { answer: said, findings } = screen(facts, [ruleOf('E08000001', { weeksOutOfWork: 12 })], days)

    expect([said, findings.find(({ rule }) => rule === 'weeks')?.met]).toEqual(['look', 'not-known'])
  })
})
