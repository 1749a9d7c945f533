import { describe, expect, it } from 'vitest'
import { emptyListing, type Listing } from '#registers/listing/rules.ts'
import { hoursOf, isOpenAt, markNumber, wholeHoursOf } from '#registers/marks/rules.ts'
import { lettersApart, likeliest, partsOf } from '#registers/meaning/rules.ts'
import { type ForPerson, standingToWork, ticksOf } from './rules.ts'

const person: ForPerson = {
  ...{ age: 40, work: 'off-sick', outward: 'M1', councils: ['E08000003'], boards: ['QOP'], countries: ['England'] },
  ...{ language: null, interpreter: false, access: [], lives: true },
}
const today = Temporal.PlainDate.from('2026-01-05')
const ticks = (said: Partial<Listing>, about: Partial<ForPerson> = {}) =>
  ticksOf({ listing: { ...emptyListing, ...said }, places: [], today }, { ...person, ...about }).map(
    ({ verdict, words }) => `${verdict}: ${words}`,
  )

describe('A service held against a record', () => {
  it('says nothing where the service says nothing', () => {
    expect(ticks({})).toEqual([])
  })

  it('is for people of its places: by board, council or half a postcode, and to be asked where the home is not known', () => {
    expect(ticks({ served: [{ kind: 'board', code: 'QOP' }] })).toEqual(['yes: For people who live where they do'])
    expect(ticks({ served: [{ kind: 'outward', code: 'M2' }] })).toEqual(['no: For people who live elsewhere'])
    expect(ticks({ served: [{ kind: 'council', code: 'X' }] }, { lives: false, councils: [] })[0]).toMatch(/^ask: /)
  })

  it('counts the ages it names as fitting, and those beside them not', () => {
    const fits = (age: number) => ticks({ leastAge: 18, mostAge: 24 }, { age })[0]?.slice(0, 3)

    expect([17, 18, 24, 25].map(fits)).toEqual(['no:', 'yes', 'yes', 'no:'])
  })

  it('puts what does not fit first, and what only a GP can begin to be asked', () => {
    expect(ticks({ work: ['in-work'], ways: ['gp'], leastAge: 18 })).toEqual([
      'no: For people who are in work; they are off sick from a job',
      'ask: Only a GP or health professional can refer',
      'yes: Their age, 40: it is for 18 or over',
    ])
  })

  it('knows how somebody stands to work from the first conversation, else from the referral, else not', () => {
    const said = { employment: null, sick: null, referred: null } as const

    expect(standingToWork({ ...said, employment: 'employed', sick: true, referred: 'unemployed' })).toBe('off-sick')
    expect(standingToWork({ ...said, referred: 'zero-hours' })).toBe('in-work')
    expect(standingToWork({ ...said, referred: 'prefer-not-to-say' })).toBeNull()
  })
})

describe('What words mean', () => {
  const same = [
    ['debt', 'money worries'],
    ['worries', 'anxiety'],
  ]

  it('takes the longest phrase that has other ways of saying it, in whatever number', () => {
    expect(partsOf('Help with debts', same).at(-1)).toEqual({ words: 'debts', others: ['money worries'] })
    expect(partsOf('money worry', same)).toEqual([{ words: 'money worry', others: ['debt'] }])
  })

  it('is meant by the word the fewest letters apart, then by what most services say', () => {
    expect([lettersApart('dbet', 'debt'), lettersApart('advise', 'advice'), lettersApart('a', '')]).toEqual([1, 1, 1])
    expect(
      likeliest('dept', [
        { word: 'deep', services: 9 },
        { word: 'debt', services: 2 },
      ]),
    ).toBe('debt')
    expect(
      likeliest('cat', [
        { word: 'coat', services: 1 },
        { word: 'cart', services: 5 },
      ]),
    ).toBe('cart')
    expect(likeliest('debt', [{ word: 'dentist', services: 1 }])).toBeUndefined()
  })
})

describe('What services are narrowed down by', () => {
  it('keeps each mark at its place for good', () => {
    const places = ['kind:health', 'free', 'dated', 'in-work', 'home', 'quarter', 'welsh'] as const

    expect(places.map((mark) => Math.log2(Number(markNumber([mark]))))).toEqual([0, 8, 11, 15, 24, 27, 57])
  })

  it('is open through midnight, from Sunday into Monday too', () => {
    const night = [{ day: 7, opens: '22:00', closes: '02:30', location: null } as const]
    const open = (dayOfWeek: number, clock: string) =>
      isOpenAt({ openings: night, otherHours: [] }, { day: '2026-01-05', dayOfWeek, clock })

    expect([open(7, '21:59'), open(7, '23:00'), open(1, '02:29'), open(1, '02:30')]).toEqual([false, true, true, false])
    const holiday = { from: '2025-12-25', until: '2026-01-05', opens: null, closes: null, location: null }
    const onHoliday = { day: '2026-01-05', dayOfWeek: 1, clock: '01:00' }
    expect(isOpenAt({ openings: night, otherHours: [holiday] }, onHoliday)).toBe(false)
    expect([0, 1, 2, 3].map((hour) => hoursOf({ openings: night, otherHours: [] })[hour]).join('')).toBe('1110')
  })

  it('is looked at to the minute in the hours that it is not open from beginning to end', () => {
    const lunch = [
      { day: 1, opens: '09:15', closes: '12:30', location: null },
      { day: 1, opens: '13:00', closes: '17:00', location: null },
    ] as const
    const open = (otherHours: Parameters<typeof hoursOf>[0]['otherHours']) =>
      [9, 10, 12, 13, 16, 17].map((hour) => wholeHoursOf({ openings: lunch, otherHours })[hour]).join('')

    expect(open([])).toBe('010110')
    expect(open([{ from: '2026-01-05', until: '2026-01-05', opens: null, closes: null, location: null }])).toBe(
      '000000',
    )
    expect([9, 12].map((hour) => hoursOf({ openings: lunch, otherHours: [] })[hour]).join('')).toBe('11')
  })
})
