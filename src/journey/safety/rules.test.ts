import { describe, expect, it } from 'vitest'
import { type Role, roles } from '#platform/access/rules.ts'
import { concernKinds, type Look, mayRead, problemsWith, problemsWithFirst, toldAt } from './rules.ts'

const today = Temporal.PlainDate.from('2026-01-05')
const look = (over: Partial<Look> = {}): Look => ({
  ...{ told: null, toldOn: null, toldTime: null, done: 'Rang the GP', nextLookOn: today, closedAs: null },
  ...over,
})
const fields = (over: Partial<Look>) => problemsWith(look(over), today).map(({ field }) => field)

describe('A look at a concern', () => {
  it('is complete with what was done and a day to look again', () => {
    expect(fields({})).toEqual([])
  })

  it('needs either a next day or a closing, and not both', () => {
    expect(fields({ nextLookOn: null })).toEqual(['next-look-on'])
    expect(fields({ nextLookOn: null, closedAs: 'safe' })).toEqual([])
    expect(fields({ closedAs: 'safe' })).toEqual(['next-look-on'])
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
    expect(problemsWithFirst(look({ nextLookOn: null, closedAs: 'safe' }), today)).toHaveLength(1)
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
  const concern = (kind: string, about_others = false) => ({ kind, about_others, recorded_by: 'writer' })

  it.each(Object.keys(concernKinds))('%s about other people is read by the few', (kind) => {
    // Checked: the keys of the code list are its codes.
    const readers = (Object.keys(roles) as Role[]).filter((role) => mayRead(concern(kind, true), reader(role)))
    expect(readers).toEqual(['senior-coach', 'service-manager'])
  })

  it('domestic abuse is read by whoever wrote it', () => {
    expect(mayRead(concern('domestic-abuse'), reader('coach', 'writer'))).toBe(true)
    expect(mayRead(concern('domestic-abuse'), reader('coach'))).toBe(false)
  })

  it('anything else is read by everybody who may open the record', () => {
    expect(mayRead(concern('self-harm'), reader('coach'))).toBe(true)
  })
})
