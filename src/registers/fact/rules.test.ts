import { describe, expect, it } from 'vitest'
import { withFacts } from './rules.ts'

describe('What a recipient may be told', () => {
  it('is followed by what was ticked, and says so where nothing was', () => {
    expect(withFacts('A short summary', ['language', 'phone'])).toBe('A short summary (My language; My phone number)')
    expect(withFacts('A short summary', [])).toBe('A short summary (nothing ticked: no more than the name)')
    expect(withFacts('A short summary', null)).toBe('A short summary')
  })
})
