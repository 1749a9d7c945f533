import { describe, expect, it } from 'vitest'
import { agreementWords, codeOf, fitNoteWords, hearingWords, routeWords, safeWords, workWords } from './rules.ts'

describe('A word in a cell', () => {
  it.each([
    ['Self refferal', 'self'],
    ['SELF-REFERRAL ', 'self'],
    ['gp', 'gp'],
    ['Job centre  plus', 'jobcentre'],
    ['Jobcenter Plus', 'jobcentre'],
    ['Social prescibing', 'gp'],
    ['Voluntary or community organisation', 'voluntary'],
  ])('%s is the route %s', (word, route) => {
    expect(codeOf(word, routeWords)).toBe(route)
  })

  it.each([
    ['Unemployed', 'unemployed'],
    ['unemployd', 'unemployed'],
    ['Employed', 'employed'],
    ['emploeyd', 'employed'],
    ['Self employed', 'self-employed'],
    ['Off-sick', 'off-sick'],
    ['zero hours contarct', 'zero-hours'],
  ])('%s is how somebody stands to work: %s', (word, status) => {
    expect(codeOf(word, workWords)).toBe(status)
  })

  it('is not guessed where it is as near to one answer as to another, or near to none', () => {
    expect(codeOf('nemployed', workWords)).toBeUndefined()
    expect(codeOf('banana', workWords)).toBeUndefined()
    expect(codeOf('ex', safeWords)).toBeUndefined()
  })

  it('is not taken for a yes or a no that it does not say', () => {
    expect(codeOf('No', agreementWords)).toBeUndefined()
    expect(codeOf('Disagreed', agreementWords)).toBeUndefined()
    expect(codeOf('unconsented', agreementWords)).toBeUndefined()
    expect(codeOf('no voicemail', safeWords)).toBeUndefined()
    expect(codeOf('has no fit note', fitNoteWords)).toBeUndefined()
    expect(codeOf('not asked', agreementWords)).toBe('not-asked')
  })

  it.each([
    ...Object.entries(routeWords.list).map(([code, { label }]) => [routeWords, code, label] as const),
    ...Object.entries(workWords.list).map(([code, { label }]) => [workWords, code, label] as const),
    ...Object.entries(hearingWords.list).map(([code, { label }]) => [hearingWords, code, label] as const),
  ])('is known by our own label %#', (words, code, label) => {
    expect(codeOf<string>(label, words)).toBe(code)
    expect(codeOf<string>(code, words)).toBe(code)
  })
})
