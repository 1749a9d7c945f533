import { describe, expect, it } from 'vitest'
import * as rules from './rules.ts'

const at = (moment: string) => Temporal.Instant.from(moment)
const day = (text: string) => Temporal.PlainDate.from(text)
const times = { startsAt: at('2026-01-13T10:30:00Z'), endsAt: at('2026-01-13T11:30:00Z') }

describe('An appointment', () => {
  it.each([
    ['2026-01-13T10:29:59Z', 'to-come'],
    ['2026-01-13T10:30:00Z', 'on-now'],
    ['2026-01-13T11:29:59Z', 'on-now'],
    ['2026-01-13T11:30:00Z', 'needs-result'],
  ] as const)('at %s is %s', (now, state) => {
    expect(rules.stateOf({ ...times, result: null }, at(now))).toBe(state)
  })

  it('is what became of it, whatever the time', () => {
    expect(rules.stateOf({ ...times, result: 'cancelled' }, at('2026-01-01T10:00:00Z'))).toBe('cancelled')
  })

  it('that comes next is the soonest that stands', () => {
    const one = (id: string, startsAt: string, result: rules.ResultKind | null = null) => ({
      ...{ id, startsAt: at(startsAt), endsAt: at(startsAt).add({ hours: 1 }), result },
    })
    const all = [
      one('late', '2026-02-10T10:00:00Z'),
      one('cancelled', '2026-01-10T10:00:00Z', 'cancelled'),
      one('next', '2026-01-20T10:00:00Z'),
      one('past', '2026-01-02T10:00:00Z'),
    ]

    expect(rules.nextOf(all, at('2026-01-05T10:00:00Z'))?.id).toBe('next')
    expect(rules.nextOf(all, at('2026-01-05T10:00:00Z'), 'next')?.id).toBe('late')
  })
})

describe('What became of an appointment', () => {
  const problems = (given: Partial<rules.GivenResult>, now = '2026-01-13T12:00:00Z') =>
    rules
      .problemsWithResult({ kind: 'missed', who: 'person', reason: 'ill', ...given }, times, at(now))
      .map(({ field }) => field)

  it('is known once it has begun, and it may be cancelled before', () => {
    expect(problems({ kind: 'attended' }, '2026-01-13T10:29:59Z')).toEqual(['kind'])
    expect(problems({ kind: 'attended', who: null, reason: null }, '2026-01-13T10:30:00Z')).toEqual([])
    expect(problems({ kind: 'cancelled' }, '2026-01-05T10:00:00Z')).toEqual([])
  })

  it('says who and why, and the reason fits them', () => {
    expect(problems({ who: null })).toEqual(['who'])
    expect(problems({ reason: null })).toEqual(['reason'])
    expect(problems({ who: 'service', reason: 'forgot' })).toEqual(['reason'])
    expect(problems({ who: 'service', reason: 'staff-ill' })).toEqual([])
  })

  it.each(['person', 'coach', 'service'] as const)('has reasons to choose from for %s', (who) => {
    const fitting = Object.values(rules.reasons).filter(({ of }) => of.some((one) => one === who))

    expect(fitting.length).toBeGreaterThan(1)
  })

  it('counts as not coming only when the person did not', () => {
    expect(rules.isNoShow({ kind: 'missed', who: 'person' })).toBe(true)
    expect(rules.isNoShow({ kind: 'missed', who: 'service' })).toBe(false)
    expect(rules.isNoShow({ kind: 'cancelled', who: 'person' })).toBe(false)
  })
})

describe('What follows from it', () => {
  const days = {
    ...{ today: day('2026-01-13'), tryAgainOn: day('2026-01-16'), keepInTouchOn: day('2026-01-26') },
    nextWorkingDay: day('2026-01-14'),
    checkOn: undefined,
  }
  const next = { startsAt: at('2026-01-20T10:30:00Z'), endsAt: at('2026-01-20T11:30:00Z') }
  const steps = (given: rules.Following['given'], about: Partial<rules.Following> = {}) =>
    rules
      .stepsAfter({ ...days, given, stage: 'booked', next: undefined, ...about })
      .map((step) => (step.kind === 'due' ? `${step.what} ${step.on.toString()}` : step.kind))

  it('is to write up the first conversation once it took place', () => {
    expect(steps({ kind: 'attended', who: null })).toEqual(['assessment 2026-01-13'])
  })

  it('is to keep in touch, or to meet again, during support', () => {
    expect(steps({ kind: 'attended', who: null }, { stage: 'active' })).toEqual(['contact 2026-01-26'])
    expect(steps({ kind: 'attended', who: null }, { stage: 'active', next })).toEqual(['appointment 2026-01-20'])
  })

  it('is to try again when the person did not come, and to book soon when we did not', () => {
    expect(steps({ kind: 'missed', who: 'person' })).toEqual(['unbooked', 'contact 2026-01-16'])
    expect(steps({ kind: 'missed', who: 'service' })).toEqual(['unbooked', 'booking 2026-01-14'])
    expect(steps({ kind: 'cancelled', who: 'person' })).toEqual(['unbooked', 'booking 2026-01-14'])
  })

  it('leaves the episode booked where another appointment stands', () => {
    expect(steps({ kind: 'cancelled', who: 'coach' }, { next })).toEqual([
      ...['unbooked', 'booked', 'appointment 2026-01-20'],
    ])
  })

  it('is to look again at what is waited for, unless another appointment comes first', () => {
    const waiting = { stage: 'waiting', checkOn: day('2026-01-21') } as const

    expect(steps({ kind: 'attended', who: null }, waiting)).toEqual(['check 2026-01-21'])
    expect(steps({ kind: 'attended', who: null }, { ...waiting, next })).toEqual(['appointment 2026-01-20'])
  })
})
