import { describe, expect, it } from 'vitest'
import { breakdownCodes, breakdowns, cellLabel, cellsIn, crossingCodes, crossings, mayOverlap } from './rules.ts'

describe('How numbers are broken down', () => {
  it.each(breakdownCodes)('%s says what it goes by, and names what is not recorded', (breakdown) => {
    expect(breakdowns[breakdown].definition).toMatch(/^[A-Z0-9].*\.$/)
    expect(cellLabel(breakdown, 'not-known')).toBe('Not recorded')
  })

  it('shows every cell of a list, also the empty ones, then what was found by name, and last what is not recorded', () => {
    expect(cellsIn('work', {})).toEqual(['in-work', 'out-of-work', 'not-known'])
    expect(cellsIn('council', { York: 1, 'not-known': 2, Leeds: 3 })).toEqual(['Leeds', 'York', 'not-known'])
    expect(cellsIn('network', { 'not-known': 9 })).toEqual(['not-known'])
  })

  it('does not say of outcomes, of which there may be several, that some are not recorded', () => {
    expect([mayOverlap('outcome'), cellsIn('outcome', {}).includes('not-known')]).toEqual([true, false])
  })

  it('crosses two breakdowns of one item, each of them in one table only', () => {
    const parts = crossingCodes.map((code) => [crossings[code].rows, crossings[code].columns] as const)

    expect(parts.every(([rows, columns]) => breakdowns[rows].of === breakdowns[columns].of)).toBe(true)
    expect(new Set(parts.flat()).size).toBe(parts.flat().length)
    expect(parts.flat().some(mayOverlap)).toBe(false)
  })
})
