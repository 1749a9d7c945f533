import { describe, expect, it } from 'vitest'
import { limitPrompt, problemsWithReview, weekOfLimit } from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const at = (moment: string) => Temporal.Instant.from(moment)
const standing: Parameters<typeof limitPrompt>[0] = {
  ...{ stage: 'active', plan_agreed_at: at('2026-01-05T10:00:00Z'), limit_on: day('2026-03-30') },
  ...{ paused_at: null, paused_days: 0, ended_at: null },
}
const prompt = (today: string, about: Partial<Parameters<typeof limitPrompt>[0]> = {}, until?: string) =>
  limitPrompt({ ...standing, ...about }, day(today), until ? day(until) : null)

describe('The weeks of support', () => {
  it.each([
    ['2026-03-15', 'far', 9],
    ['2026-03-16', 'near', 10],
    ['2026-03-29', 'near', 11],
    ['2026-03-30', 'due', 12],
    ['2026-04-13', 'due', 14],
  ] as const)('on %s: %s, after %i weeks', (today, state, weeksUsed) => {
    expect(prompt(today)).toMatchObject({ state, weeksUsed })
  })

  it('leave out the days that support waited on others', () => {
    const waited = { paused_days: 14, limit_on: day('2026-04-13') }

    expect(prompt('2026-03-30', waited)).toMatchObject({ weeksUsed: 10, state: 'near', pausedDays: 14 })
    expect(prompt('2026-03-30', waited)?.words).toBe(
      'Week 11 of 12, 14 days of waiting not counted. Review by Monday 13 April 2026.',
    )
  })

  it('stand still while it waits, and the review moves on with every day of it', () => {
    const waiting = { stage: 'waiting', paused_at: at('2026-02-02T10:00:00Z') } as const

    expect(prompt('2026-02-16', waiting)).toMatchObject({ state: 'standing-still', weeksUsed: 4, pausedDays: 14 })
    expect(prompt('2026-02-16', waiting)?.reviewBy.toString()).toBe('2026-04-13')
    expect(prompt('2026-05-01', waiting)?.state).toBe('standing-still')
  })

  it('ask again on the day until which support carries on', () => {
    expect(prompt('2026-04-13', {}, '2026-05-11')).toMatchObject({ state: 'far' })
    expect(prompt('2026-05-11', {}, '2026-05-11')?.words).toContain('The review is due today')
    expect(prompt('2026-05-12', {}, '2026-05-11')?.words).toContain('The review was due yesterday')
    expect(prompt('2026-02-01', {}, '2026-02-10')?.reviewBy.toString()).toBe('2026-03-30')
  })

  it('say nothing before a plan is agreed or after support has ended', () => {
    expect(prompt('2026-03-30', { plan_agreed_at: null })).toBeUndefined()
    expect(prompt('2026-03-30', { stage: 'aftercare' })).toBeUndefined()
  })
})

describe('The week of a plan', () => {
  it('counts weeks from the day the plan was agreed', () => {
    const week = (today: string) => weekOfLimit(standing, day(today))

    expect(week('2026-01-05')).toEqual({ week: 1, of: 12 })
    expect(week('2026-01-11')).toEqual({ week: 1, of: 12 })
    expect(week('2026-01-12')).toEqual({ week: 2, of: 12 })
    expect(week('2026-03-30')).toEqual({ week: 13, of: 12 })
  })

  it('does not count the days on which support waited on others', () => {
    const waited = { ...standing, paused_days: 14, limit_on: day('2026-04-13') }

    expect(weekOfLimit(waited, day('2026-01-26'))).toEqual({ week: 2, of: 12 })
    expect(weekOfLimit({ ...standing, paused_at: at('2026-01-12T10:00:00Z') }, day('2026-02-23'))).toEqual({
      week: 2,
      of: 12,
    })
  })

  it('counts no weeks before a plan is agreed, nor after support has ended', () => {
    expect(weekOfLimit({ ...standing, plan_agreed_at: null }, day('2026-01-05'))).toBeUndefined()
    expect(weekOfLimit({ ...standing, ended_at: at('2026-02-02T10:00:00Z') }, day('2026-02-05'))).toBeUndefined()
  })
})

describe('A review that carries on', () => {
  const problems = (until: string | null, reason: string | null = 'Waiting for adjustments') =>
    problemsWithReview({ outcome: 'carry-on', until: until ? day(until) : null, reason }, day('2026-03-30')).map(
      ({ field }) => field,
    )

  it('has a day to come within a year, and a reason', () => {
    expect(problems('2026-03-31')).toEqual([])
    expect(problems('2026-03-30')).toEqual(['until'])
    expect(problems('2027-03-31')).toEqual(['until'])
    expect(problems(null, null)).toEqual(['until', 'reason'])
    expect(problemsWithReview({ outcome: 'completing', until: null, reason: null }, day('2026-03-30'))).toEqual([])
  })
})
