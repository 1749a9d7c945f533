import { describe, expect, it } from 'vitest'
import { nextToTell, type Standing, tellNextAt, type ToldAs, type Watch, watchOf } from './rules.ts'
import { usualArrangement } from '#registers/safety-arrangement/rules.ts'

const everybody: Watch = { cover: [], owner: ['lead'], deputy: ['deputy'], manager: ['manager'] }
const told = (as: ToldAs | null, heard = false): Standing => ({ told: as, heard })

describe('Who is told next of an alert', () => {
  it.each([
    ['at first the duty lead', told(null), 'owner'],
    ['then the deputy', told('owner'), 'deputy'],
    ['then the manager', told('deputy'), 'manager'],
    ['and the manager again', told('manager'), 'manager'],
    ['after somebody had it, the duty lead anew', told('manager', true), 'owner'],
  ])('%s', (_name, standing, next) => {
    expect(nextToTell(standing, everybody)).toBe(next)
  })

  it('passes over whoever was not named, and is nobody where nobody is there', () => {
    expect(nextToTell(told('owner'), { ...everybody, deputy: [] })).toBe('manager')
    expect(nextToTell(told(null), { ...everybody, owner: [], deputy: [] })).toBe('manager')
    expect(nextToTell(told('deputy'), { ...everybody, manager: [] })).toBe('deputy')
    expect(nextToTell(told(null), watchOf({ managers: [] }))).toBeUndefined()
  })

  it.each([
    ['before the deputy', { lead: 'lead', deputy: 'deputy' }, ['deputy']],
    ['before the duty lead where no deputy is named', { lead: 'lead' }, ['lead']],
    ['and is not told twice', { lead: 'cover', deputy: 'cover' }, []],
  ])('is whoever reads such answers, %s', (_name, duty, deputy) => {
    const watch = watchOf({ ...duty, cover: 'cover', managers: ['manager'] })
    expect(watch).toEqual({ cover: ['cover'], owner: [], deputy, manager: ['manager'] })
    expect(nextToTell(told(null), watch)).toBe('cover')
  })

  it('waits as long as the area says, and four times as long before the manager is told again', () => {
    const clock = { about: 'concern', arrangement: usualArrangement, holidays: new Set<string>(), minutes: 15 } as const
    const at = Temporal.Instant.from('2026-01-05T10:00:00Z')
    expect(tellNextAt('owner', { ...clock, at }).toString()).toBe('2026-01-05T10:15:00Z')
    expect(tellNextAt('manager', { ...clock, at }).toString()).toBe('2026-01-05T11:00:00Z')
    const evening = { ...clock, at: Temporal.Instant.from('2026-01-05T19:00:00Z') }
    expect(tellNextAt('owner', evening).toString()).toBe('2026-01-06T09:15:00Z')
    expect(tellNextAt('owner', { ...evening, about: 'outing' }).toString()).toBe('2026-01-05T19:15:00Z')
  })
})
