import { describe, expect, it } from 'vitest'
import { type Role, roles } from '#platform/access/rules.ts'
import {
  concernKinds,
  firstLook,
  type Look,
  mayRead,
  problemsWith,
  problemsWithFirst,
  tickedAnew,
  toldAt,
} from './rules.ts'

const today = Temporal.PlainDate.from('2026-01-05')
const look = (over: Partial<Look> = {}): Look => ({
  ...{ told: null, toldOn: null, toldTime: null, done: 'Rang the GP', nextLookOn: today, closedAs: null },
  ...{ doneOn: null, doneTime: null, closedWhy: null },
  ...over,
})
const fields = (over: Partial<Look>) => problemsWith(look(over), today).map(({ field }) => field)

describe('A look at a concern', () => {
  it('is complete with what was done and a day to look again', () => {
    expect(fields({})).toEqual([])
  })

  it('needs either a next day or a closing, and not both', () => {
    expect(fields({ nextLookOn: null })).toEqual(['next-look-on'])
    expect(fields({ nextLookOn: null, closedAs: 'safe', closedWhy: 'Said so' })).toEqual([])
    expect(fields({ closedAs: 'safe', closedWhy: 'Said so' })).toEqual(['next-look-on'])
  })

  it('is closed only with a reason in words', () => {
    expect(fields({ nextLookOn: null, closedAs: 'safe' })).toEqual(['closed-why'])
  })

  it('says when it was done with a day and a time, and not in the future', () => {
    expect(fields({ doneTime: '9:30' })).toEqual(['done-on'])
    expect(fields({ doneOn: today })).toEqual(['done-time'])
    expect(fields({ doneOn: today.add({ days: 1 }), doneTime: '9:30' })).toEqual(['done-on'])
    expect(fields({ doneOn: today, doneTime: '9:30' })).toEqual([])
  })

  it('is not planned for yesterday', () => {
    expect(fields({ nextLookOn: today.subtract({ days: 1 }) })).toEqual(['next-look-on'])
  })

  it('needs a when beside who was told, and a who beside the when', () => {
    expect(fields({ told: 'Duty lead' })).toEqual(['told-on'])
    expect(fields({ told: 'Duty lead', toldOn: today })).toEqual(['told-time'])
    expect(fields({ told: 'Duty lead', toldOn: today, toldTime: '14:30' })).toEqual([])
    expect(fields({ toldOn: today, toldTime: '14:30' })).toEqual(['told'])
    expect(fields({ told: 'Duty lead', toldOn: today.add({ days: 1 }), toldTime: '14:30' })).toEqual(['told-on'])
  })

  it('opens a concern only with a day to look again', () => {
    expect(problemsWithFirst(look({ nextLookOn: null, closedAs: 'safe', closedWhy: 'No' }), today)).toHaveLength(1)
  })

  it('is looked at again today where somebody has to act now and no day was said, and only there', () => {
    const undated = look({ nextLookOn: null })
    expect(problemsWithFirst(firstLook(undated, 'now', today), today)).toEqual([])
    expect(firstLook(undated, 'days', today).nextLookOn).toBeNull()
    expect(firstLook(look({ nextLookOn: today.add({ days: 1 }) }), 'now', today).nextLookOn?.day).toBe(6)
  })
})

describe('A time somebody was told', () => {
  it.each([
    ['14:30', '14:30'],
    ['9.05', '09:05'],
    ['24:00', undefined],
    ['2 pm', undefined],
  ])('%s is read as %s', (toldTime, read) => {
    const at = toldAt({ toldOn: today, toldTime })?.toZonedDateTimeISO('Europe/London').toPlainTime()
    expect(at?.toString({ smallestUnit: 'minute' })).toBe(read)
  })
})

describe('What a concern says', () => {
  const reader = (role: Role, membership = 'another') => ({ role, membership })
  const concern = (kind: string, about_others = false) => ({ kind, about_others, recorded_by: 'writer', told: false })

  it.each(Object.keys(concernKinds))('%s about other people is read by the few', (kind) => {
    // Checked: the keys of the code list are its codes.
    const readers = (Object.keys(roles) as Role[]).filter((role) => mayRead(concern(kind, true), reader(role)))
    expect(readers).toEqual(['senior-coach', 'service-manager'])
  })

  it('domestic abuse is read by whoever wrote it', () => {
    expect(mayRead(concern('domestic-abuse'), reader('coach', 'writer'))).toBe(true)
    expect(mayRead(concern('domestic-abuse'), reader('coach'))).toBe(false)
  })

  it('is read by whoever was told of it because they are on duty', () => {
    expect(mayRead({ ...concern('domestic-abuse'), told: true }, reader('clinician'))).toBe(true)
  })

  it('anything else is read by everybody who may open the record', () => {
    expect(mayRead(concern('self-harm'), reader('coach'))).toBe(true)
  })
})

describe('The six points', () => {
  it('are written down where a tick was set or taken away, and nowhere else', () => {
    expect(tickedAnew([1, 2], [2, 5])).toEqual([
      { point: 1, done: false },
      { point: 5, done: true },
    ])
    expect(tickedAnew([1], [1])).toEqual([])
  })
})
