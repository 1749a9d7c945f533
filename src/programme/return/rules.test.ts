import { describe, expect, it } from 'vitest'
import { aMonth } from '#test/figures.ts'
import {
  asText,
  checkingOf,
  mayAsk,
  maySign,
  problemsWithSigning,
  reasonsNotToSign,
  seesBeforeSigning,
  standsInside,
  type Version,
} from './rules.ts'

const month = Temporal.PlainYearMonth.from('2026-01')
const today = (day: string) => Temporal.PlainDate.from(day)
const signed = (figures: Version['figures']): Version => ({
  ...{ version: 1, digest: '', reason: null, signedBy: 'Ali Lead', figures },
  signedAt: Temporal.Instant.from('2026-02-03T10:00:00Z'),
})

describe('Who sees a month how', () => {
  const roles = [
    'service-manager',
    'senior-coach',
    'administrator',
    'area-lead',
    'council-lead',
    'national-team',
  ] as const

  it('those who may list the people see real numbers, those who see numbers alone only where the area names them', () => {
    const inside = (realNumbersFor: readonly ('area-lead' | 'council-lead')[]) =>
      roles.filter((role) => standsInside(role, { realNumbersFor }))

    expect(inside([])).toEqual(['service-manager', 'senior-coach', 'administrator'])
    expect(inside(['area-lead'])).toEqual(['service-manager', 'senior-coach', 'administrator', 'area-lead'])
  })

  it('who stands outside sees it when it is signed, but for the lead who signs it', () => {
    expect(roles.filter((role) => !seesBeforeSigning(role, { realNumbersFor: [] }))).toEqual([
      'council-lead',
      'national-team',
    ])
    expect([maySign('area-lead'), mayAsk('area-lead'), maySign('national-team'), mayAsk('national-team')]).toEqual([
      ...[true, false],
      ...[false, true],
    ])
  })
})

describe('Signing a month', () => {
  it('waits until it is over', () => {
    expect(reasonsNotToSign(month, today('2026-01-31'))).toHaveLength(1)
    expect(reasonsNotToSign(month, today('2026-02-01'))).toEqual([])
  })

  it('again needs a change and a reason', () => {
    const [before, after] = [aMonth({ started: { count: 5 } }), aMonth({ started: { count: 6 } })]
    const fields = (now: Version['figures'], versions: readonly Version[], reason: string | null) =>
      problemsWithSigning({ reasons: [], versions, now, reason }).map(({ field }) => field)

    expect(fields(before, [], null)).toEqual([])
    expect(fields(before, [signed(before)], 'A late referral')).toEqual(['looked'])
    expect(fields(after, [signed(before)], null)).toEqual(['reason'])
    expect(fields(after, [signed(before)], 'A late referral')).toEqual([])
  })
})

describe('What has changed since a month was signed', () => {
  const before = aMonth({ started: { count: 9, cells: { sex: { female: 9 } } } })
  const now = aMonth({ started: { count: 10, cells: { sex: { female: 9, male: 1 } } } })

  it('is told number by number', () => {
    expect(checkingOf({ erased: 0, now, signed: before, below: 0 }).changes).toEqual([
      { what: 'Started', signed: 9, now: 10, difference: 1 },
      { what: 'Started, by sex: Male', signed: 0, now: 1, difference: 1 },
    ])
  })

  it('is told outside the reporting boundary as the two months are shown, no number more', () => {
    const many = aMonth({ started: { count: 30, cells: { sex: { female: 27, male: 3 } } } })
    const { changes, look } = checkingOf({ erased: 0, now: many, signed: before, below: 5 })

    expect(changes).toEqual([
      { what: 'Started', signed: 9, now: 30, difference: 21 },
      { what: 'Started, by sex: Female', signed: 9, now: '*', difference: '*' },
      { what: 'Started, by sex: Male', signed: 0, now: '*', difference: '*' },
    ])
    expect(look.join()).not.toContain('%')
  })
})

describe('What is looked at before signing', () => {
  it('says what is hardly recorded and what nobody entered', () => {
    const now = aMonth({
      started: { count: 10, cells: { sex: { female: 7, 'not-known': 3 }, age: { '16-24': 8, 'not-known': 2 } } },
    })

    expect(checkingOf({ erased: 0, now, signed: undefined, below: 0 }).look).toEqual([
      'Started, by sex: not recorded for 30%',
      'Nobody has entered what was meant to be spent',
      'Nobody has entered what was spent',
      'Nobody has entered planned staff',
    ])
  })
})

describe('Figures as text', () => {
  it('are the same whatever order they come in, and others when a number is another', () => {
    expect(asText({ b: [1, { d: null, c: 'x' }], a: 2.5 })).toBe('{"a":2.5,"b":[1,{"c":"x","d":null}]}')
    expect(asText({ a: 2.5, b: [1, { c: 'x', d: null }] })).toBe(asText({ b: [1, { d: null, c: 'x' }], a: 2.5 }))
    expect(asText({ a: 1 })).not.toBe(asText({ a: 2 }))
  })
})
