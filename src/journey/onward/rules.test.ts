import { describe, expect, it } from 'vitest'
import { settledTo, type State } from './rules.ts'

describe('What a coach settles', () => {
  const on = (state: State, reason: string, asked = true) =>
    settledTo(
      { state, asked_at: asked ? Temporal.Instant.from('2026-01-05T10:00:00Z') : null },
      { kind: 'settled', reason },
    )

  it('moves what did not begin back to where it waits to, and what began after all on', () => {
    expect([on('started', 'not-begun'), on('attended', 'not-begun')]).toEqual(['accepted', 'accepted'])
    expect(on('started', 'not-begun', false)).toBe('told')
    expect([on('declined', 'begun'), on('no-reply', 'helped')]).toEqual(['started', 'started'])
  })

  it('leaves as it is what fits already, what is over, and what cannot be found out', () => {
    const left = [
      on('started', 'helped'),
      on('ended', 'not-begun'),
      on('declined', 'not-begun'),
      on('started', 'unknown'),
    ]

    expect([...left, on('withdrawn', 'begun'), on('accepted', 'unknown')]).toEqual(Array(6).fill(undefined))
    expect(settledTo({ state: 'accepted', asked_at: null }, { kind: 'said', reason: 'helped' })).toBeUndefined()
  })
})
