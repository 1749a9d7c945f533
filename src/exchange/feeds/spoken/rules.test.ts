import { describe, expect, it } from 'vitest'
import { idFrom } from '#platform/ids.ts'
import { emptyListing, type Listing } from '#registers/listing/rules.ts'
import type { Location } from '#registers/services/rules.ts'
import { serviceWhole } from '#exchange/open-referral/rules.ts'
import { readService } from './rules.ts'

const today = Temporal.PlainDate.from('2026-01-05')
const idOf = (...words: readonly string[]) => words.join(' ')
const around = { source: 'https://example.org', today, idOf, before: undefined }
const read = (said: object, before?: Listing) =>
  readService({ id: '1', name: 'Help', organization: { id: 'o', name: 'Us' }, ...said }, { ...around, before })
const listingOf = (said: object, before?: Listing) => {
  const found = read(said, before)
  if ('reasons' in found) throw new Error(found.reasons.join())
  return found.listing
}

describe('A service of a feed', () => {
  it('that we publish ourselves is read as it stands here', () => {
    const listing: Listing = {
      ...{ ...emptyListing, name: 'Debt advice', summary: 'Help', owner: 'owner o', source: 'https://example.org' },
      ...{ phones: [{ number: '0113 496 0000', about: 'Office' }], url: 'https://example.org/a', languages: ['Urdu'] },
      ...{ leastAge: 18, mostAge: 64, cost: 'some', costOptions: [{ what: 'A visit', pence: 550 }], waitWeeks: 2 },
      ...{
        served: [{ kind: 'outward', code: 'ZA1' }],
        contact: 'The desk',
        checkedOn: '2025-12-01',
        hours: 'Ring first',
      },
      openings: [{ day: 1, opens: '09:00', closes: '17:00', location: 'location l' }],
      otherHours: [{ from: '2026-04-03', until: '2026-04-06', opens: null, closes: null, location: null }],
      locations: [{ id: 'at 1 l', location: 'location l' }],
    }
    const location: Location = {
      ...{ name: 'Hall', kind: 'physical', address: ['1 High Street'], town: 'Riverton', county: null, access: [] },
      ...{ postcode: 'ZA1 1ZZ', latitude: 53.5, longitude: -2.2, accessWords: 'Ramp', staffOnly: false },
    }
    const places = [{ id: 'x', service: '1', locationId: 'l', location }]
    const there = { ...listing, openings: listing.openings.map((one) => ({ ...one, location: 'l' })) }
    const published = {
      ...{
        id: '1',
        listing: there,
        terms: [],
        places,
        names: new Map(),
        changedAt: Temporal.Instant.from('2026-01-02T10:00:00Z'),
      },
      owner: { name: 'Us', about: null, url: null, email: null },
    }
    const said = { ...serviceWhole(published, today, idFrom), organization: { id: 'o', name: 'Us' } }
    const { waitOn, ...found } = listingOf(said)

    expect(found).toEqual(Object.fromEntries(Object.entries(listing).filter(([part]) => part !== 'waitOn')))
    expect(waitOn).toBe('2026-01-02')
  })

  it('that is closed for now stays paused from the day on which that was first said', () => {
    expect(listingOf({ status: 'temporarily closed', last_modified: '2025-11-02T09:00:00Z' }).pausedFrom).toBe(
      '2025-11-02',
    )
    const before = { ...emptyListing, pausedFrom: '2025-10-01' }
    expect(listingOf({ status: 'inactive' }, before).pausedFrom).toBe('2025-10-01')
    expect(listingOf({ status: 'defunct' }).validUntil).toBe('2026-01-05')
    expect(listingOf({ status: 'active' }, before)).toMatchObject({ pausedFrom: null, validUntil: null })
  })

  it('keeps no markup and no address that is no web address', () => {
    const said = listingOf({
      description: '<p>Help &amp; <b>hope</b></p><script>x</script>',
      url: 'javascript:alert(1)',
    })
    expect(said).toMatchObject({ summary: 'Help & hope\nx', url: null })
  })

  it.each([
    [{ fees: 'Free' }, 'free'],
    [{ fees: '£4 a session, free on benefits' }, 'some'],
    [{ cost_options: [{ option: 'Adult', amount: '4.50' }] }, 'paid'],
    [{ fees: 'Call us' }, 'paid'],
    [{}, 'free'],
  ])('with %o costs: %s', (said, cost) => {
    expect(listingOf(said).cost).toBe(cost)
  })

  it('whose dates, ages and times nobody can read is taken without them, and says which', () => {
    const schedules = [{ byday: 'MO', opens_at: 'nine', closes_at: '17:00' }]
    const found = read({ assured_date: 'yesterday', minimum_age: 70, maximum_age: 18, schedules })
    expect(found).toMatchObject({
      listing: { checkedOn: null, leastAge: null, mostAge: null, openings: [] },
      remarks: [
        'assured_date “yesterday” is no date that can be read',
        'minimum_age 70 is above maximum_age 18',
        'opens_at “nine” is no time of day',
      ],
    })
  })

  it('is not taken without an id, a name and an owner', () => {
    expect(readService({ id: 'with spaces in it', name: ' ' }, around)).toMatchObject({
      reasons: ['It has no id', 'It has no name', 'It does not say who runs it'],
    })
    expect(readService('nothing', around)).toHaveProperty('reasons')
  })
})
