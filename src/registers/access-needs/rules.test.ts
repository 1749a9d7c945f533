import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { accessNeeds } from '#registers/people/rules.ts'
import { allNeeds, beforeCalling, furtherNeeds, letterFormat, mayBeReachedBy, needsOwnLetter } from './rules.ts'

describe('What somebody needs', () => {
  it('is asked once, in one list or the other', () => {
    expect(Object.keys(furtherNeeds).filter((code) => code in accessNeeds)).toEqual([])
    const labels = Object.values(allNeeds).map(({ label }) => label)
    expect(labels.filter((label, place) => labels.indexOf(label) !== place)).toEqual([])
  })

  it.each([
    [['no-phone'], 'call', false],
    [['no-phone'], 'text', true],
    [['text-only'], 'letter', false],
    [['letter-only'], 'letter', true],
    [['letter-only'], 'email', false],
    [['large-print'], 'call', true],
    [[], 'call', true],
  ] as const)('%j and a %s: %s', (needs, way, open) => {
    expect(mayBeReachedBy(way, needs)).toBe(open)
  })

  it('is said before anybody rings', () => {
    expect(beforeCalling(['text-only'])).toBe('Not by phone')
    expect(beforeCalling(['text-relay'])).toContain('18001')
    expect(beforeCalling(['easy-read'])).toBeUndefined()
  })

  it('says how a letter is made, the largest print first', () => {
    expect(letterFormat(['large-print', 'large-print-28']).points).toBe(28)
    expect(letterFormat(['large-print']).points).toBe(20)
    expect(letterFormat(['braille-2', 'audio']).made).toEqual(['Braille, contracted (grade 2)', 'Audio'])
    expect([needsOwnLetter(['audio']), needsOwnLetter(['large-print']), needsOwnLetter(['bsl'])]).toEqual([
      ...[true, true, false],
    ])
  })
})

// The check digit of SNOMED CT (Verhoeff), so that a code that was mistyped is found.
function isSound(code: string): boolean {
  const turned = (row: number, digit: number) =>
    row < 5
      ? digit < 5
        ? (row + digit) % 5
        : 5 + ((row + digit) % 5)
      : digit < 5
        ? 5 + ((row - 5 - digit + 5) % 5)
        : (row - digit + 5) % 5
  const moved = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
  const movedBy = (times: number, digit: number): number =>
    times === 0 ? digit : movedBy(times - 1, moved[digit] ?? 0)
  const digits = [...code].reverse().map(Number)
  return digits.reduce((sum, digit, place) => turned(sum, movedBy(place % 8, digit)), 0) === 0
}

describe('The national codes of reasonable adjustments', () => {
  const rows = readFileSync('data/reasonable-adjustments.csv', 'utf8').trim().split('\n').slice(1)
  const codes = rows.map((row) => row.split(',')[1] ?? '')

  it('all have a sound check digit, and the two that have not are left out', () => {
    expect(codes.filter((code) => !isSound(code))).toEqual([])
    expect(['1082661000000100', '1082551000000100'].map(isSound)).toEqual([false, false])
    expect(codes.length).toBeGreaterThan(300)
  })
})
