import { describe, expect, it } from 'vitest'
import { outcomeOf, type ReferredIn, toldOf } from './rules.ts'

const at = Temporal.Instant.from('2026-01-05T10:00:00Z')
const many = (service: string, outcome: ReferredIn['outcome'], times: number): ReferredIn[] =>
  Array.from({ length: times }, () => ({ service, name: `Service ${service}`, outcome }))

describe('What became of somebody who was referred in', () => {
  it('follows from where their support stands', () => {
    expect(outcomeOf({ accepted: null, begun: null, ended: null })).toBe('open')
    expect(outcomeOf({ accepted: at, begun: null, ended: null })).toBe('accepted')
    expect(outcomeOf({ accepted: at, begun: at, ended: at })).toBe('begun')
    expect(outcomeOf({ accepted: at, begun: null, ended: at })).toBe('over')
    expect(outcomeOf({ accepted: null, begun: null, ended: at })).toBe('over')
  })
})

describe('The figures of services that refer in', () => {
  it('name those that refer most first, and add up', () => {
    const told = toldOf([...many('a', 'open', 1), ...many('b', 'begun', 2), ...many('b', 'over', 1)], 0)

    expect(told.lines.map(({ name, all }) => [name, all])).toEqual([
      ['Service b', 3],
      ['Service a', 1],
    ])
    expect(told.of).toEqual({ open: 1, accepted: 0, begun: 2, over: 1 })
  })

  it('hide a small number, and one by which it could be worked out', () => {
    const told = toldOf([...many('a', 'begun', 12), ...many('a', 'over', 2), ...many('b', 'begun', 20)], 5)
    const shown = JSON.stringify(told)

    expect(told.all).toBe(34)
    expect(told.lines.find(({ service }) => service === 'a')?.of.over).toBe('*')
    expect(shown).not.toMatch(/:2\b/)
    expect([told.lines[1]?.of.begun, told.lines[1]?.all]).toContain('*')
  })

  it('are hidden whole where hardly anybody was referred', () => {
    expect(toldOf(many('a', 'begun', 3), 5).all).toBe('*')
  })
})
