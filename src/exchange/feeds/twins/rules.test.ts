import { describe, expect, it } from 'vitest'
import { becauseInWords, type Looks, twinsAmong } from './rules.ts'

const looks = (id: string, also: Partial<Looks> = {}, url: string | null = null): Looks => ({
  ...{ id, name: 'Walk-in advice', owner: 'Harbour Trust', postcodes: [] },
  ...{ listing: { phones: [], url, email: null } },
  ...also,
})

describe('Two services that may be one', () => {
  it('are so by the same name and owner alone, however these are written', () => {
    const other = looks('other', { name: 'WALK IN ADVICE.', owner: 'Harbour trust' })

    expect(twinsAmong([other], [looks('one')])).toEqual([{ one: 'one', other: 'other', because: [] }])
    expect(becauseInWords([])).toBe('the same name and owner')
    expect(becauseInWords(['postcode', 'url'])).toBe(
      'the same name and owner, the same postcode and the same web address',
    )
  })

  it('are not so by another name or owner', () => {
    const others = [looks('a', { name: 'Walk in advice 2' }), looks('b', { owner: 'Quay Trust' }), looks('one')]

    expect(twinsAmong([looks('one')], others)).toEqual([])
  })

  it('have one web address with and without https, www., capitals in its host and a stroke at the end', () => {
    const because = (one: string, other: string) =>
      twinsAmong([looks('other', {}, other)], [looks('one', {}, one)])[0]?.because

    expect(because('https://www.Harbour.example/advice/', 'http://harbour.example/advice')).toEqual(['url'])
    expect(because('harbour.example', 'https://HARBOUR.example/')).toEqual(['url'])
    expect(because('https://harbour.example/advice', 'https://harbour.example/debt')).toEqual([])
  })
})
