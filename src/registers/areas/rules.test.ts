import { describe, expect, it } from 'vitest'
import { quietTill } from './rules.ts'

const till = (from: string, until: string, now: string) =>
  quietTill({ quietFrom: from, quietUntil: until }, Temporal.Instant.from(now))?.toString()

describe('The quiet hours of an area', () => {
  it.each([
    ['just before they begin', '2026-01-05T19:59:59Z', undefined],
    ['as they begin', '2026-01-05T20:00:00Z', '2026-01-06T08:00:00Z'],
    ['after midnight', '2026-01-06T00:30:00Z', '2026-01-06T08:00:00Z'],
    ['as they end', '2026-01-06T08:00:00Z', undefined],
    ['in summer, by the clocks on the wall', '2026-07-06T19:00:00Z', '2026-07-07T07:00:00Z'],
    ['in the night summer time begins', '2026-03-28T23:00:00Z', '2026-03-29T07:00:00Z'],
    ['in the night summer time ends', '2026-10-24T22:00:00Z', '2026-10-25T08:00:00Z'],
  ])('run over midnight: %s', (_when, now, end) => {
    expect(till('20:00', '08:00', now)).toBe(end)
  })

  it('may lie within one day', () => {
    expect(till('12:00', '13:00', '2026-01-05T12:30:00Z')).toBe('2026-01-05T13:00:00Z')
    expect(till('12:00', '13:00', '2026-01-05T13:30:00Z')).toBeUndefined()
  })

  it('are never quiet where they begin and end together', () => {
    expect(till('08:00', '08:00', '2026-01-05T08:00:00Z')).toBeUndefined()
  })

  it('end in the future also where an hour comes twice', () => {
    expect(till('20:00', '01:30', '2026-10-25T01:15:00Z')).toBe('2026-10-25T01:30:00Z')
  })

  it('end where the clocks show the hour after the one they skip', () => {
    expect(till('20:00', '01:30', '2026-03-29T00:45:00Z')).toBe('2026-03-29T01:30:00Z')
  })
})
