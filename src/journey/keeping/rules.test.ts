import { describe, expect, it } from 'vitest'
import { type Kept, type KeepingRules, ruleProblems, rulesOn, verdictOn } from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const usual = rulesOn([], day('2026-01-05'))
const old: Kept = {
  ...{ lastEntryOn: day('2018-01-05'), diedOn: null, supported: true, hasConcern: false },
  ...{ open: null, held: null, asked: false },
}
const says = (changed: Partial<Kept>, on = '2026-01-05', rules: KeepingRules = usual) =>
  verdictOn({ ...old, ...changed }, rules, day(on))

describe('A record of somebody we supported', () => {
  it('may be erased eight years after its last entry, and not a day before', () => {
    expect(says({}).reasons).toEqual([])
    expect(says({}, '2026-01-04').reasons).toEqual(['Somebody we supported: kept until 5 January 2026'])
  })

  it('has no end of its keeping while support goes on', () => {
    expect(says({ open: 'support', supported: false }, '2018-06-01').reasons).toEqual(['Support has not ended'])
  })

  it('is kept by the longest rule that fits', () => {
    expect(says({ diedOn: day('2020-03-01') })).toMatchObject({ because: 'died', keptUntil: day('2028-03-01') })
    expect(says({ supported: false, lastEntryOn: day('2023-12-01') }).reasons).toEqual([])
  })

  it.each([
    ['support has not ended', { open: 'support' }, 'Support has not ended'],
    ['a follow-up is to come', { open: 'follow-up' }, 'A follow-up is still to come'],
    ['it is held back', { held: 'Claim 4711' }, 'Held back: Claim 4711'],
    ['they wait for an answer', { asked: true }, 'They asked for something about their record and have no answer yet'],
  ] as const)('stays while %s', (_why, changed, reason) => {
    expect(says(changed).reasons).toEqual([reason])
  })
})

describe('How long records are kept', () => {
  const set = (years: number, from: string, at = '2026-01-01T09:00:00Z') => ({
    ...{ kind: 'supported', years, from_on: day(from), source: null, set_at: Temporal.Instant.from(at) },
  })

  it('is what the area set last of what has begun, and otherwise what is usual', () => {
    const decided = [set(10, '2026-01-01'), set(12, '2026-01-01', '2026-01-02T09:00:00Z'), set(20, '2026-06-01')]

    expect(rulesOn(decided, day('2025-12-31')).supported).toMatchObject({ years: 8, decided: false })
    expect(rulesOn(decided, day('2026-05-31')).supported).toMatchObject({ years: 12, decided: true })
    expect(rulesOn(decided, day('2026-06-01')).supported.years).toBe(20)
  })

  it('is made shorter than a source says only by another source', () => {
    const now = { years: 8, source: 'The code', decided: false }
    const fields = (years: number, source: string | null) =>
      ruleProblems({ years, source, fromOn: day('2026-02-01') }, { now, today: day('2026-01-05') }).map(
        (one) => one.field,
      )

    expect(fields(6, null)).toEqual(['source'])
    expect(fields(6, 'A newer code')).toEqual([])
    expect(fields(20, null)).toEqual([])
  })
})
