import { describe, expect, it } from 'vitest'
import { isMeant, usedAsShown } from './rules.ts'

describe('How often a link was used', () => {
  it('is told as it is inside the reporting boundary', () => {
    expect(usedAsShown({ started: 3, sent: 1 }, 0)).toEqual({ started: 3, sent: 1 })
  })

  it('is hidden whole outside it where one of the two is small', () => {
    expect(usedAsShown({ started: 40, sent: 2 }, 5)).toEqual({ started: '*', sent: '*' })
    expect(usedAsShown({ started: 3, sent: 0 }, 5)).toEqual({ started: '*', sent: '*' })
    expect(usedAsShown({ started: 40, sent: 12 }, 5)).toEqual({ started: 40, sent: 12 })
    expect(usedAsShown({ started: 0, sent: 0 }, 5)).toEqual({ started: 0, sent: 0 })
  })
})

describe('Looking for a link', () => {
  it('finds a part of the name, or the code as it stands on a poster', () => {
    const link = { organisationName: 'Park Surgery', code: 'K7M3PQ' }

    for (const search of [null, '', 'park', ' Surgery ', 'k7m3pq']) expect(isMeant(link, search)).toBe(true)
    for (const search of ['hill', 'K7M']) expect(isMeant(link, search)).toBe(false)
  })
})
