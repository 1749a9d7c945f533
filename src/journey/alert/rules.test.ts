import { describe, expect, it } from 'vitest'
import { tellNextAt } from './rules.ts'
import { usualArrangement } from '#registers/safety-arrangement/rules.ts'

describe('The clock of an alert', () => {
  it('waits as long as the area says, within the hours, and at every hour for somebody who is not back', () => {
    const clock = { about: 'concern', arrangement: usualArrangement, holidays: new Set<string>(), minutes: 15 } as const
    const at = Temporal.Instant.from('2026-01-05T10:00:00Z')
    expect(tellNextAt({ ...clock, at }).toString()).toBe('2026-01-05T10:15:00Z')
    const evening = { ...clock, at: Temporal.Instant.from('2026-01-05T19:00:00Z') }
    expect(tellNextAt(evening).toString()).toBe('2026-01-06T09:15:00Z')
    expect(tellNextAt({ ...evening, about: 'outing' }).toString()).toBe('2026-01-05T19:15:00Z')
  })
})
