import { describe, expect, it } from 'vitest'
import { languageCodes } from '#platform/language/rules.ts'
import { sayIn } from '#platform/language/say.ts'
import { codeLetters, handsOver, readCode, textToSend } from './rules.ts'

describe('The code of a link', () => {
  it('is known again as somebody types it from a poster', () => {
    expect(readCode('K7M-3PQ')).toBe('K7M3PQ')
    expect(readCode(' k7m 3pq')).toBe('K7M3PQ')
  })

  it('is nothing else than six of its letters', () => {
    for (const typed of ['', 'K7M3P', 'K7M3PQR', 'K7M3PO', 'K7M3PA', 'K7M3P0', 'K7M3P1'])
      expect([typed, readCode(typed)]).toEqual([typed, undefined])
  })

  it('has no letter that is read as another, and none that makes it a word', () => {
    expect(codeLetters).not.toMatch(/[AEIOU0125BSLZ8]/)
    expect(new Set(codeLetters).size).toBe(codeLetters.length)
  })
})

describe('The text that a practice sends', () => {
  it.each(languageCodes)('is 160 letters or fewer before the link, in %s', (language) => {
    const text = sayIn(language)(textToSend)

    expect(text.length).toBeLessThanOrEqual(160)
    expect(language === 'en' || text !== textToSend).toBe(true)
  })
})

describe('Who may hand a link over', () => {
  it('is whoever sends people here, and not whoever gives the support or pays for it', () => {
    for (const kind of ['practice', 'council', 'jobcentre', 'employer'] as const) expect(handsOver(kind)).toBe(true)
    for (const kind of ['provider', 'board', 'national'] as const) expect(handsOver(kind)).toBe(false)
  })
})
