import { describe, expect, it } from 'vitest'
import {
  countedTries,
  type Given,
  jobOutcome,
  problemsWithFollowUp,
  reasonsNotToFollowUp,
  settles,
  type State,
} from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const state: State = { stage: 'aftercare', weeks: 13, dueOn: day('2026-04-06'), done: false, today: day('2026-04-06') }
const given: Given = {
  ...{
    result: 'answered',
    tries: 0,
    heardOn: day('2026-04-06'),
    completedOn: day('2026-01-05'),
    today: day('2026-04-06'),
  },
  ...{ inWork: 'yes', sameEmployer: 'yes', hours: 30, health: 'same', weeksOf7Hours: null, weeksOf16Hours: null },
}
const fields = (changed: Partial<Given>) => problemsWithFollowUp({ ...given, ...changed }).map(({ field }) => field)

describe('A follow-up', () => {
  it('opens 14 days before it is due, not 15, and never closes by itself', () => {
    const open = (today: string) => reasonsNotToFollowUp({ ...state, today: day(today) }).length === 0
    expect(open('2026-03-22')).toBe(false)
    expect(open('2026-03-23')).toBe(true)
    expect(open('2027-04-06')).toBe(true)
  })

  it('is only for a completed plan, and only once', () => {
    expect(reasonsNotToFollowUp({ ...state, stage: 'active' })).toHaveLength(1)
    expect(reasonsNotToFollowUp({ ...state, done: true })[0]).toContain('already recorded')
    expect(reasonsNotToFollowUp({ ...state, dueOn: null })).toHaveLength(1)
  })

  it('that was answered says how work and health stand', () => {
    expect(fields({})).toEqual([])
    expect(fields({ inWork: null, sameEmployer: null, hours: null, health: null })).toEqual(['inWork', 'health'])
    expect(fields({ inWork: 'no', sameEmployer: null, hours: null })).toEqual([])
    expect(fields({ inWork: 'off-sick', sameEmployer: null, hours: null })).toEqual(['sameEmployer', 'hours'])
  })

  it('closes without an answer after three tries, not two', () => {
    const unreached = { result: 'not-reached', inWork: null, health: null } as const
    expect(fields({ ...unreached, tries: 2 })).toEqual(['result'])
    expect(fields({ ...unreached, tries: 3 })).toEqual([])
    expect(fields({ result: 'declined', inWork: null })).toEqual([])
  })

  it('lies between the completion and today', () => {
    expect(fields({ heardOn: day('2026-04-07') })).toEqual(['heard'])
    expect(fields({ heardOn: day('2026-01-04') })).toEqual(['heard'])
  })

  it('counts no more weeks of 16 hours than of 7', () => {
    expect(fields({ weeksOf7Hours: 13, weeksOf16Hours: 14 })).toEqual(['weeksOf16Hours'])
    expect(fields({ weeksOf7Hours: 13, weeksOf16Hours: 13 })).toEqual([])
  })

  it('after a death settles the last one too', () => {
    expect([settles(13, 'died'), settles(13, 'not-reached'), settles(26, 'answered')]).toEqual([26, 13, 26])
  })
})

describe('Work has lasted', () => {
  it('with 7 hours in 13 of 16 weeks, not in 12', () => {
    expect(jobOutcome({ weeksOf7Hours: 12, weeksOf16Hours: 12 })).toEqual({ lasted: false, of16Hours: false })
    expect(jobOutcome({ weeksOf7Hours: 13, weeksOf16Hours: 12 })).toEqual({ lasted: true, of16Hours: false })
    expect(jobOutcome({ weeksOf7Hours: 16, weeksOf16Hours: 13 })).toEqual({ lasted: true, of16Hours: true })
  })

  it('nobody knows when the weeks were not counted', () => {
    expect(jobOutcome({ weeksOf7Hours: null, weeksOf16Hours: null })).toBeUndefined()
    expect(jobOutcome({ weeksOf7Hours: 13, weeksOf16Hours: null })).toEqual({ lasted: true, of16Hours: false })
  })
})

describe('A try to reach somebody for a follow-up', () => {
  it('counts once a day for each way, however often it was made', () => {
    const day = Temporal.PlainDate.from('2026-04-06')
    const tries = [
      { tried_on: day, channel: 'telephone' },
      { tried_on: day, channel: 'telephone' },
      { tried_on: day, channel: 'text' },
      { tried_on: day.add({ days: 1 }), channel: 'telephone' },
    ]

    expect(countedTries(tries)).toBe(3)
  })
})
