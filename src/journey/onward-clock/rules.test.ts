import { describe, expect, it } from 'vitest'
import { waitsForIt } from './rules.ts'

const named = (whom: string | null, waitsFor = 'service' as const) => ({ waitsFor, whom })

describe('Support that waits', () => {
  it('waits for a service that was named, however it was typed', () => {
    expect(waitsForIt(named('Keel programme'), 'Keel programme', false)).toBe(true)
    expect(waitsForIt(named('first meeting at KEEL programme '), 'Keel programme', false)).toBe(true)
    expect(waitsForIt(named('Mast advice'), 'Keel programme', true)).toBe(false)
  })

  it('waits for the only one where none was named', () => {
    expect(waitsForIt(named(null), 'Keel programme', true)).toBe(true)
    expect(waitsForIt(named(null), 'Keel programme', false)).toBe(false)
  })

  it('waits for nothing of it where it waits for somebody else', () => {
    expect(waitsForIt({ waitsFor: 'nhs', whom: 'Keel programme' }, 'Keel programme', true)).toBe(false)
  })
})
