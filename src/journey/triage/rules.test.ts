import { describe, expect, it } from 'vitest'
import { clockInWords, firstAsked, listAddress, placeFrom } from './rules.ts'

const day = (written: string) => Temporal.PlainDate.from(written)
const today = day('2026-01-05')

describe('The clock of a referral in words', () => {
  it.each([
    ['2026-01-06', 'First try due tomorrow'],
    ['2026-01-05', 'First try due today'],
    ['2026-01-04', 'First try overdue by 1 day'],
    ['2025-12-30', 'First try overdue by 6 days'],
  ])('due on %s: %s', (dueOn, words) => {
    expect(clockInWords({ state: 'new', dueOn: day(dueOn) }, today)).toBe(words)
  })

  it('does not run while the person has not been asked', () => {
    expect(clockInWords({ state: 'held', dueOn: null }, today)).toBe('No clock: ask the person first')
  })
})

describe('The address of a part of the list', () => {
  it('leaves out what is usual', () => {
    expect(listAddress(firstAsked)).toBe('/referrals')
    expect(listAddress({ state: 'held', route: 'gp' })).toBe('/referrals?state=held&route=gp')
  })

  it('says where the next page begins, and reads it again', () => {
    const id = '019b8d2e-0000-7000-8000-000000000001'
    const address = new URL(listAddress({ after: { day: today, id } }), 'http://localhost')

    expect(placeFrom(address.searchParams.get('after') ?? '')).toEqual({ day: today, id })
    expect(placeFrom('anything else')).toBeUndefined()
  })
})
