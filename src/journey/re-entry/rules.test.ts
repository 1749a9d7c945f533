import { describe, expect, it } from 'vitest'
import { howItEnded, whyNotAgain } from './rules.ts'

const ended = {
  stage: 'ended',
  ended_at: Temporal.Instant.from('2026-01-05T10:00:00Z'),
  ended_as: 'left-early',
} as const

describe('Referring somebody again', () => {
  it('is possible once the support before has ended', () => {
    expect(whyNotAgain(false, ended)).toBeUndefined()
    expect(whyNotAgain(false, { ...ended, stage: 'aftercare', ended_as: null })).toBeUndefined()
  })

  it('is not possible while somebody is with the service, was never, or has died', () => {
    expect(whyNotAgain(false, { ...ended, stage: 'active', ended_at: null })).toContain('with the service now')
    expect(whyNotAgain(false, undefined)).toContain('Nobody has supported')
    expect(whyNotAgain(true, ended)).toContain('has died')
  })

  it('says how the support before ended', () => {
    expect(howItEnded(ended)).toBe('left early')
    expect(howItEnded({ ...ended, stage: 'closed', ended_as: null })).toBe('closed')
  })
})
