import { describe, expect, it } from 'vitest'
import { settingsOn, usualSettings } from '#registers/areas/rules.ts'
import { proposalProblems, roughly, rulesInWords, rulesOn, type RuleSet, stateOf, usualRules } from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const lancaster = 'E07000121'

function set(id: string, from: string, rules: RuleSet['rules'], council: string | null = null): RuleSet {
  return { id, fromOn: day(from), council, councilName: council && 'Lancaster', rules }
}

describe('The rules of an area', () => {
  it('are the usual ones until the area has set its own', () => {
    expect(rulesOn([], null, day('2026-01-05'))).toEqual({ rules: usualRules, where: 'this area', from: [] })
  })

  it('change on their first day and not before', () => {
    const sets = [set('a', '2024-10-01', { minAge: 16 }), set('b', '2026-04-01', { minAge: 18 })]

    expect(rulesOn(sets, null, day('2026-03-31')).rules.minAge).toBe(16)
    expect(rulesOn(sets, null, day('2026-04-01')).rules.minAge).toBe(18)
  })

  it('support people from 18 in Lancaster and from 16 in the rest of Lancashire and South Cumbria', () => {
    const sets = [
      set('lsc', '2024-10-01', { minAge: 16, weeksOutOfWork: 26 }),
      set('own', '2024-10-01', { minAge: 18 }, lancaster),
    ]

    expect(rulesOn(sets, lancaster, day('2026-01-05'))).toMatchObject({
      where: 'Lancaster',
      rules: { minAge: 18, weeksOutOfWork: 26 },
      from: ['lsc', 'own'],
    })
    expect(rulesOn(sets, 'E07000126', day('2026-01-05')).rules.minAge).toBe(16)
  })

  it('end a difference of one council where a later row says nothing', () => {
    const sets = [set('own', '2024-10-01', { minAge: 18 }, lancaster), set('none', '2026-01-01', {}, lancaster)]

    expect(rulesOn(sets, lancaster, day('2026-01-05'))).toMatchObject({ where: 'this area', rules: { minAge: 16 } })
  })

  it('take the later made of two for one day', () => {
    const sets = [set('b', '2026-01-01', { minAge: 17 }), set('a', '2026-01-01', { minAge: 18 })]

    expect(rulesOn(sets, null, day('2026-01-05')).rules.minAge).toBe(17)
  })

  it('are in force, to come or past', () => {
    const sets = [set('a', '2024-10-01', {}), set('b', '2025-10-01', {}), set('c', '2026-10-01', {})]

    expect(sets.map((one) => stateOf(one, sets, day('2026-01-05')))).toEqual(['past', 'in-force', 'future'])
  })

  it('do not rewrite the past, except for the first ones', () => {
    const early = { fromOn: day('2026-01-04'), council: null, rules: usualRules }

    expect(proposalProblems(early, [], day('2026-01-05'))).toEqual([])
    expect(proposalProblems(early, [set('a', '2024-10-01', {})], day('2026-01-05'))[0]?.message).toContain(
      '5 January 2026 or later',
    )
  })

  it('never say anything about benefits', () => {
    const words = rulesInWords(usualRules).map(({ label, value }) => `${label} ${value}`)

    expect(words.join(' ')).not.toMatch(/benefit|credit|allowance/i)
  })

  it('leave the weeks of support to the settings of the area: 8 and 16 in one, 12 in another', () => {
    const on = day('2026-01-05')
    const weekLimits = { 'thrive-in-work': 8, 'return-to-work': 8, 'seek-work': 16 }
    const inForce = { from_on: day('2024-10-01'), set_at: Temporal.Instant.from('2024-09-01T09:00:00Z') }
    const northCentral = settingsOn([{ name: 'weekLimits', ...inForce, value: weekLimits }], on)

    expect(northCentral.weekLimits).toEqual(weekLimits)
    expect(settingsOn([], on).weekLimits).toEqual(usualSettings.weekLimits)
    expect(usualSettings.weekLimits['seek-work']).toBe(12)
  })
})

describe('A count for somebody who sees totals only', () => {
  it.each([
    [0, '0'],
    [1, 'fewer than 5'],
    [4, 'fewer than 5'],
    [7, 'about 5'],
    [8, 'about 10'],
  ])('%i is %s', (count, words) => {
    expect(roughly(count)).toBe(words)
  })
})
