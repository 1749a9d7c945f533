import { describe, expect, it } from 'vitest'
import { type Found, linesOf, quarterFrom, quartersBack, type Source, toldOf } from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const named = (place: string) => place || 'Not known'
const people = (number: number, need: string, place: string, sources: readonly Source[] = ['coach']): Found[] =>
  Array.from({ length: number }, (_, one) => ({ person: `${place} ${need} ${one}`, need, place, sources }))

describe('Needs without a service', () => {
  const many = [
    ...people(9, 'transport', 'Bury'),
    ...people(7, 'money', 'Bury', ['search', 'full']),
    ...people(8, 'transport', 'Wigan'),
    ...people(6, 'money', 'Wigan', ['search']),
  ]

  it('are counted by need, by place, and by how it is known, where one may be known in several ways', () => {
    const { all, needs, places, ways, at } = toldOf(many, { below: 0, named })

    expect(all).toBe(30)
    expect(needs.map(({ label, number }) => [label, number])).toEqual([
      ['Getting there: transport', 17],
      ['Money or debt', 13],
    ])
    expect(places.map(({ label, number }) => [label, number])).toEqual([
      ['Bury', 16],
      ['Wigan', 14],
    ])
    expect(ways.map(({ code, number }) => [code, number])).toEqual([
      ...[
        ['coach', 17],
        ['search', 13],
        ['full', 7],
        ['silent', 0],
      ],
    ])
    expect(at('money', 'Wigan')).toBe(6)
  })

  it('are hidden where they are few, with whatever would give them away, from who sees numbers and no people', () => {
    const { needs, places, at } = toldOf([...many, ...people(2, 'housing', 'Wigan')], { below: 5, named })

    expect(at('housing', 'Wigan')).toBe('*')
    expect(needs.find(({ code }) => code === 'housing')?.number).toBe('*')
    expect(needs.filter(({ number }) => number === '*').length).toBeGreaterThan(1)
    expect(places.every(({ number }) => number === '*' || number >= 5)).toBe(true)
  })

  it('are hidden in a place where they are those of a few people, even where one has many', () => {
    const one = ['housing', 'caring', 'digital', 'isolation', 'language', 'hours', 'skills'].map((need): Found => ({
      person: 'the same',
      need,
      place: 'Oldham',
      sources: ['coach'],
    }))
    const told = toldOf([...many, ...one], { below: 5, named })
    const alone = toldOf(one, { below: 5, named })

    expect(told.places.find(({ code }) => code === 'Oldham')?.number).toBe('*')
    expect(alone.all).toBe('*')
  })

  it('are told in a file line by line, with the same numbers as on the page', () => {
    const lines = linesOf(toldOf(many, { below: 5, named }), { quarter: '2026-1', area: 'north', below: 5 })

    expect(lines[0]).toEqual({ group: 'all', number: 30, quarter: '2026-1', area: 'north', rule: 'under-5' })
    expect(lines).toContainEqual({
      ...{ group: 'place-and-need', place: 'Wigan', need: 'Money or debt', number: 6 },
      ...{ quarter: '2026-1', area: 'north', rule: 'under-5' },
    })
  })
})

describe('A quarter', () => {
  it('is three months of the calendar, so that no two of them share a day', () => {
    const quarters = quartersBack(day('2026-02-14'))

    expect(quarters.slice(0, 2)).toEqual([
      { code: '2026-1', label: 'January to March 2026', from: day('2026-01-01'), until: day('2026-03-31') },
      { code: '2025-4', label: 'October to December 2025', from: day('2025-10-01'), until: day('2025-12-31') },
    ])
    expect(
      quarters.slice(1).map(({ until }, place) => until.add({ days: 1 }).equals(quarters[place]?.from ?? until)),
    ).toEqual(quarters.slice(1).map(() => true))
    expect(quarterFrom(null, day('2026-02-14'))?.code).toBe('2026-1')
    expect(quarterFrom('1999-1', day('2026-02-14'))).toBeUndefined()
  })
})
