import { describe, expect, it } from 'vitest'
import { type Candidate, decisionProblems, isMergedOn, reasonsNotToMerge } from './rules.ts'

const at = (text: string) => Temporal.Instant.from(text)
const candidate = (also: Partial<Candidate> = {}): Candidate => ({
  ...{ id: 'one', given_name: 'Sam', family_name: 'Taylor', preferred_name: null, nhs_number: null, postcode: null },
  ...{ born_on: Temporal.PlainDate.from('1980-02-29'), restricted: false, died_on: null, holdings: [], means: [] },
  ...also,
})
const open = (since: string) => ({ holdings: [{ label: 'Support', openSince: at(since) }] })

describe('Two records', () => {
  it('become one where nothing stands in the way', () => {
    expect(reasonsNotToMerge(candidate(), candidate())).toEqual([])
    expect(reasonsNotToMerge(candidate(open('2026-01-01T09:00:00Z')), candidate())).toEqual([])
  })

  it('keep the one whose support is open, or has been open longer', () => {
    const older = candidate(open('2026-01-01T09:00:00Z'))
    const newer = candidate(open('2026-01-02T09:00:00Z'))

    expect(reasonsNotToMerge(candidate(), older)).toHaveLength(1)
    expect(reasonsNotToMerge(newer, older)).toHaveLength(1)
    expect(reasonsNotToMerge(older, newer)).toEqual([])
  })

  it('are both restricted or neither, so that nobody sees more by the merge', () => {
    expect(reasonsNotToMerge(candidate({ restricted: true }), candidate())).toHaveLength(1)
    expect(reasonsNotToMerge(candidate({ restricted: true }), candidate({ restricted: true }))).toEqual([])
  })

  it('say the same about whether the person lives', () => {
    expect(reasonsNotToMerge(candidate(), candidate({ died_on: Temporal.PlainDate.from('2026-01-01') }))).toHaveLength(
      1,
    )
  })
})

describe('A decision', () => {
  it('that they are one person says which record is kept', () => {
    expect(decisionProblems('same', null, ['one', 'other'])).toHaveLength(1)
    expect(decisionProblems('same', 'third', ['one', 'other'])).toHaveLength(1)
    expect(decisionProblems('same', 'one', ['one', 'other'])).toEqual([])
    expect(decisionProblems('different', null, ['one', 'other'])).toEqual([])
  })

  it('is taken back only after one that built on it', () => {
    const kept = { person: 'one', kept: 'one', otherMergedInto: 'one' }

    expect(isMergedOn({ ...kept, mergedInto: 'third' })).toBe(true)
    expect(isMergedOn({ ...kept, mergedInto: null })).toBe(false)
  })
})
