import { describe, expect, it } from 'vitest'
import { holidaysFrom } from '#platform/dates.ts'
import { usualSettings } from '#registers/areas/rules.ts'
import {
  agreedHow,
  clocksFrom,
  holderOf,
  missingFrom,
  receivedProblems,
  referenceLetters,
  stateOf,
  writtenReference,
} from './rules.ts'

const day = (written: string) => Temporal.PlainDate.from(written)

describe('The clock of a referral', () => {
  it('counts working days, over Easter too', () => {
    const easter = holidaysFrom([day('2026-04-03'), day('2026-04-06')])
    const clocks = clocksFrom(day('2026-04-02'), usualSettings, easter)

    expect(clocks.firstTryBy.toString()).toBe('2026-04-08')
    expect(clocks.firstAppointmentBy.toString()).toBe('2026-04-20')
  })

  it("follows the area's own days", () => {
    const settings = { ...usualSettings, firstTryWorkingDays: 1 }

    expect(clocksFrom(day('2026-01-09'), settings, new Set()).firstTryBy.toString()).toBe('2026-01-12')
  })

  it('does not begin in the future, and not years ago by a slip', () => {
    expect(receivedProblems(day('2026-01-06'), day('2026-01-05'))).toHaveLength(1)
    expect(receivedProblems(day('2025-01-04'), day('2026-01-05'))).toHaveLength(1)
    expect(receivedProblems(day('2026-01-05'), day('2026-01-05'))).toEqual([])
  })
})

describe('A reference', () => {
  it('has no letters that are mistaken for each other', () => {
    expect(writtenReference('7K3M9QF')).toBe('WW-7K3M-9QF')
    expect(referenceLetters).not.toMatch(/[01OIL]/)
  })
})

describe('Where a referral stands', () => {
  const held = { episode: null, stage: null, agreed: null }

  it('is held until the person has answered, then new, then decided', () => {
    expect(stateOf(held)).toBe('held')
    expect(stateOf({ ...held, agreed: false })).toBe('decided')
    expect(stateOf({ episode: 'e', stage: 'received', agreed: null })).toBe('new')
    expect(stateOf({ episode: 'e', stage: 'accepted', agreed: true })).toBe('decided')
  })

  it('says what is still to be asked, and does not ask again what somebody would rather not say', () => {
    const missing = missingFrom({ postcode: 'LS1 4AP', work_status: 'prefer-not-to-say', gp_practice: '' })

    expect(missing).toContain('GP practice')
    expect(missing).not.toContain('How they stand to work')
    expect(missing).not.toContain('Postcode')
  })
})

describe('Whose referral it is', () => {
  it('the organisation that receives referrals holds it, and a provider what its own staff wrote down', () => {
    const ours = { organisation: 'theirs', organisations: ['theirs', 'receiving'] }

    expect(holderOf('receiving')).toBe('receiving')
    expect(holderOf('receiving', ours)).toBe('receiving')
    expect(holderOf('receiving', { ...ours, organisations: ['theirs'] })).toBe('theirs')
  })

  it('a yes is said by the person, or to whoever referred them', () => {
    expect(agreedHow('self', 'online')).toBe('online')
    expect(agreedHow('self', 'telephone')).toBe('telephone')
    expect(agreedHow('agreed', 'telephone')).toBe('referrer')
  })
})
