import { describe, expect, it } from 'vitest'
import { moveInWords, oneForEach } from './rules.ts'

describe('What others did', () => {
  const at = Temporal.Instant.from('2026-02-15T10:00:00Z')
  const move = (kind: 'tried' | 'reached', episode = 'e') => ({
    id: kind,
    episode,
    at,
    by: null,
    step: { kind } as const,
  })

  it('is told once for one act, by the step that says most', () => {
    expect(oneForEach([move('reached'), move('tried'), move('tried', 'other')]).map(({ id }) => id)).toEqual([
      ...['reached', 'tried'],
    ])
  })

  it('says that a person was given to the reader', () => {
    expect(moveInWords({ step: { kind: 'allocated', coach: 'me' } }, 'me')).toBe('Given to you')
    expect(moveInWords({ step: { kind: 'allocated', coach: 'you' } }, 'me')).toBe('Coach changed')
  })
})
