import { describe, expect, it } from 'vitest'
import { emptyListing } from '#registers/listing/rules.ts'
import { openingsIn, otherHoursIn, shownListing } from '#registers/typed-lines/rules.ts'
import { hoursAtIn, problemsWith, proposedOver, type TypedListing, listingFrom } from './rules.ts'

const today = Temporal.PlainDate.from('2026-01-05')
const typed: TypedListing = {
  ...{ name: 'Warm meals', summary: 'A meal', kinds: [], foundBy: null, url: null, email: null, contact: null },
  ...{ phones: '01632 960001, textphone\n01632 960002', leastAge: null, mostAge: null, work: [], eligibility: null },
  ...{ ways: [], howToRefer: null, languages: 'English, Polish', cost: 'paid', prices: 'Course: 12.50\nTea' },
  ...{ openings: 'Monday to Friday 9:00 to 17:00\nSat 10.00-12.30', hours: null, served: 'm13, M14 5AA, England' },
  ...{
    hoursAt: {},
    places: [],
    locations: [],
    waitWeeks: 3,
    capacity: null,
    validFrom: null,
    notice: null,
    source: null,
  },
  ...{ staffOnly: false, checked: false },
}

describe('What is typed of a service', () => {
  it('is read line by line, and shown again as it was read', () => {
    const listing = listingFrom(typed, { before: emptyListing, owner: 'o', today })

    expect(listing).toMatchObject({
      phones: [
        { number: '01632 960001', about: 'textphone' },
        { number: '01632 960002', about: null },
      ],
      costOptions: [
        { what: 'Course', pence: 1250 },
        { what: 'Tea', pence: null },
      ],
      served: [
        { kind: 'outward', code: 'M13' },
        { kind: 'outward', code: 'M14' },
        { kind: 'country', code: 'England' },
      ],
      ...{ languages: ['English', 'Polish'], waitWeeks: 3, waitOn: '2026-01-05', checkedOn: null },
    })
    expect(listing.openings).toHaveLength(6)
    expect(listingFrom({ ...typed, ...shownListing(listing) }, { before: listing, owner: 'o', today })).toEqual(listing)
  })

  it('has hours at each location beside its own, and other hours on single dates', () => {
    const before = { ...emptyListing, locations: [{ id: 'one', location: 'hall' }] }
    const hoursAt = hoursAtIn({ 'openings-hall': 'Monday 10:00 to 12:00\n24 Dec 2026 to 1 Jan 2027: closed' }, before)
    const asked = {
      ...typed,
      openings: 'Tuesday 9:00 to 10:00',
      hoursAt,
      locations: ['hall'],
      places: ['council-e08000003'],
    }
    const listing = listingFrom(asked, { before, owner: 'o', today })

    expect(listing.openings.map(({ day, location }) => [day, location])).toEqual([
      [2, null],
      [1, 'hall'],
    ])
    expect(listing.otherHours).toEqual([
      { from: '2026-12-24', until: '2027-01-01', opens: null, closes: null, location: 'hall' },
    ])
    expect(listing.served).toContainEqual({ kind: 'council', code: 'E08000003' })
    expect(otherHoursIn('31 Feb 2026: closed')).toBeUndefined()
    expect(problemsWith({ ...asked, hoursAt: { hall: 'Christmas: closed' } })).toMatchObject([
      { field: 'openings-hall' },
    ])
    expect(listingFrom({ ...asked, locations: [] }, { before, owner: 'o', today }).openings).toHaveLength(1)
  })

  it('keeps the day on which a wait was learnt unless the wait or the check is new', () => {
    const before = { ...emptyListing, waitWeeks: 3, waitOn: '2025-12-01' }
    const waitOn = (change: object) => listingFrom({ ...typed, ...change }, { before, owner: 'o', today }).waitOn

    expect([waitOn({}), waitOn({ waitWeeks: 4 }), waitOn({ checked: true }), waitOn({ waitWeeks: null })]).toEqual([
      ...['2025-12-01', '2026-01-05', '2026-01-05', null],
    ])
  })

  it('is sent back where a line of hours, a place, the ages or the address cannot be', () => {
    const wrong = {
      ...typed,
      openings: 'Mon 9 to 5',
      served: 'Timbuktu',
      leastAge: 30,
      mostAge: 20,
      url: 'www.example',
    }

    expect(problemsWith(typed)).toEqual([])
    expect(problemsWith(wrong).map(({ field }) => field)).toEqual(['openings', 'served', 'mostAge', 'url'])
  })

  it.each([
    ['Monday and Wednesday 10:00 to 12:00', [1, 3]],
    ['Tue, Thu 17:00 to midnight', [2, 4]],
    ['Sunday all day and night', [7]],
  ])('has hours as people write them: %s', (line, days) => {
    expect(openingsIn(line)?.map(({ day }) => day)).toEqual(days)
  })
})

describe('A proposal', () => {
  it('changes only what it is about, however much else was changed since, and says what both changed', () => {
    const base = { ...emptyListing, name: 'Meals', summary: 'Before' }
    const here = { ...base, url: 'https://new.example.org', summary: 'Here' }
    const { listing, disputed } = proposedOver(base, here, { ...base, summary: 'Proposed', waitWeeks: 1 })

    expect(listing).toEqual({ ...here, summary: 'Proposed', waitWeeks: 1 })
    expect(disputed).toEqual(['summary'])
  })
})
