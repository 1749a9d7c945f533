import { describe, expect, it } from 'vitest'
import { differingParts, emptyListing, mergedListing, withParts } from './rules.ts'

const base = { ...emptyListing, name: 'Debt advice', summary: 'Advice on debt', url: 'https://old.example.org' }

describe('What a source says anew of a service', () => {
  it('is taken where only the source changed it, and what was changed here stays', () => {
    const here = { ...base, waitWeeks: 3 }
    const merged = mergedListing(base, here, { ...base, url: 'https://new.example.org' })

    expect(merged.listing).toEqual({ ...base, waitWeeks: 3, url: 'https://new.example.org' })
    expect(merged).toMatchObject({ taken: ['url'], disputed: [] })
  })

  it('is put to somebody where both changed it, and neither is lost', () => {
    const [here, now] = [
      { ...base, summary: 'Ours' },
      { ...base, summary: 'Theirs' },
    ]
    const merged = mergedListing(base, here, now)

    expect(merged.listing.summary).toBe('Ours')
    expect(merged).toMatchObject({ taken: [], disputed: ['summary'] })
    expect(withParts(merged.listing, now, merged.disputed).summary).toBe('Theirs')
  })

  it('changes nothing where both came to say the same, or nothing is new', () => {
    const same = { ...base, summary: 'Both' }

    expect(mergedListing(base, same, same)).toEqual({ listing: same, taken: [], disputed: [] })
    expect(mergedListing(base, same, base)).toEqual({ listing: same, taken: [], disputed: [] })
  })
})

describe('Two listings', () => {
  it('differ in exactly the parts that say something else', () => {
    const phones = [{ number: '01632 960001', about: null }]

    expect(differingParts(base, { ...base })).toEqual([])
    expect(differingParts(base, { ...base, phones, cost: 'paid' })).toEqual(['phones', 'cost'])
  })
})
