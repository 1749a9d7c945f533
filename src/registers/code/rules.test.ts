import { describe, expect, it } from 'vitest'
import { digitsOf, mayAsk, mayTry, type Waiting, wayTyped, whoseCode } from './rules.ts'

const now = Temporal.Instant.from('2026-01-05T10:00:00Z')
const ago = (time: Temporal.DurationLike) => now.subtract(time)
const by = (own: boolean, moments: readonly Temporal.Instant[]) => moments.map((at) => ({ at, own }))

describe('Where a code goes', () => {
  it('is a mobile number or an email address, however it is typed', () => {
    expect(wayTyped('+44 7700 900123')).toEqual({ channel: 'text', address: '+44 7700 900123' })
    expect(wayTyped('Sam@Example.org')).toMatchObject({ channel: 'email' })
    expect(wayTyped('01632 960001')).toBeUndefined()
    expect(wayTyped('Sam')).toBeUndefined()
  })
})

describe('A code', () => {
  it('may be asked for from one browser three times in a quarter of an hour and six times in a day', () => {
    const thrice = [ago({ minutes: 1 }), ago({ minutes: 2 }), ago({ minutes: 14, seconds: 59 })]
    expect(mayAsk(by(true, thrice), now)).toBe(false)
    expect(mayAsk(by(true, [...thrice.slice(1), ago({ minutes: 15 })]), now)).toBe(true)
    const often = Array.from({ length: 6 }, (_, hour) => ago({ hours: hour + 1 }))
    expect(mayAsk(by(true, often), now)).toBe(false)
    expect(mayAsk(by(true, often.slice(1)), now)).toBe(true)
  })

  it('may still be asked for by whose number it is when a stranger has asked too often, and not without end', () => {
    const thrice = [ago({ minutes: 1 }), ago({ minutes: 2 }), ago({ minutes: 3 })]
    const day = Array.from({ length: 20 }, (_, hour) => ago({ hours: hour + 1 }))
    expect(mayAsk(by(false, thrice), now)).toBe(true)
    expect(mayAsk(by(false, [...thrice, ...thrice, ...thrice]), now)).toBe(false)
    expect(mayAsk(by(false, day), now)).toBe(false)
    expect(mayAsk(by(false, day.slice(1)), now)).toBe(true)
  })

  it('may be tried five times, for ten minutes, until it was used', () => {
    const waiting: Waiting = {
      ...{ id: 'one', channel: 'text', address: '07700 900123', returnPath: null, expiresAt: now.add({ minutes: 10 }) },
      ...{ tries: 4, confirmedAt: null, usedAt: null },
    }
    expect(mayTry(waiting, now.add({ minutes: 9, seconds: 59 }))).toBe(true)
    expect(mayTry(waiting, now.add({ minutes: 10 }))).toBe(false)
    expect(mayTry({ ...waiting, tries: 5 }, now)).toBe(false)
    expect(mayTry({ ...waiting, usedAt: now }, now)).toBe(false)
  })

  it('is read as people type it', () => expect(digitsOf('123 456')).toBe('123456'))
})

describe('A number that two people share', () => {
  const [one, other] = ['1980-02-29', '1991-01-01'].map((day, at) => ({
    person: `${at}`,
    bornOn: Temporal.PlainDate.from(day),
  }))
  const both = [one, other].filter((candidate) => candidate !== undefined)

  it('is the one’s whose day of birth was said, and nobody’s before', () => {
    expect(whoseCode(both, undefined)).toBeUndefined()
    expect(whoseCode(both, Temporal.PlainDate.from('1991-01-01'))?.person).toBe('1')
    expect(whoseCode(both, Temporal.PlainDate.from('1991-01-02'))).toBeUndefined()
  })

  it('is nobody’s where both were born on one day', () =>
    expect(whoseCode([...both, ...both], Temporal.PlainDate.from('1991-01-01'))).toBeUndefined())
})
