import { describe, expect, it } from 'vitest'
import { spreadsheetOf } from '#programme/download/rules.ts'
import { columns, linesOf, outcomeOf, type ReferredIn, toldOf } from './rules.ts'

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

describe('The file of services that refer in', () => {
  const fileOf = (found: ReferredIn[], below: number) =>
    spreadsheetOf(columns, linesOf(toldOf(found, below), { quarter: '2026-1', area: 'north', below }))
  const head = 'quarter,area,group,service_id,service,referred,waits_for_decision,accepted,began,ended_before,rule\r\n'

  it('has the numbers of the page, and no cell that a spreadsheet reads as a formula', () => {
    const named = many('a', 'begun', 2).map((one) => ({ ...one, name: '=HYPERLINK("http://a.example","Advice")' }))

    expect(fileOf([...named, ...many('b', 'open', 1)], 0)).toBe(
      `${head}2026-1,north,all,,,3,1,0,2,0,exact\r\n` +
        `2026-1,north,service,a,"'=HYPERLINK(""http://a.example"",""Advice"")",2,0,0,2,0,exact\r\n` +
        '2026-1,north,service,b,Service b,1,1,0,0,0,exact\r\n',
    )
  })

  it('hides what the page hides', () => {
    const found = [...many('a', 'begun', 12), ...many('a', 'over', 2), ...many('b', 'begun', 20)]
    const { lines, all, of } = toldOf(found, 5)
    const numbers = [{ all, of }, ...lines].map((line) =>
      [line.all, line.of.open, line.of.accepted, line.of.begun, line.of.over].join(','),
    )

    expect(
      fileOf(found, 5)
        .split('\r\n')
        .slice(1, -1)
        .map((line) => line.split(',').slice(5, 10).join(',')),
    ).toEqual(numbers)
    expect(numbers.join()).toContain('*')
  })

  it('names no service where hardly anybody was referred', () => {
    expect(fileOf(many('a', 'begun', 3), 5)).toBe(`${head}2026-1,north,all,,,*,*,*,*,*,under-5\r\n`)
  })
})
