import { describe, expect, it } from 'vitest'
import type { Stage } from '#journey/episode/rules.ts'
import { stages } from '#journey/episode/rules.ts'
import {
  followUpDays,
  type Given,
  problemsWithCompletion,
  reasonsNotToComplete,
  reasonsNotToTakeBack,
} from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const given: Given = {
  goals: [
    { id: 'desk', words: 'I want my desk back', result: 'met' },
    { id: 'bus', words: 'I want to take the bus', result: 'not-wanted' },
  ],
  ...{ outcomes: ['same-job'], noOutcome: null, noOutcomeNote: null, workStatus: 'employed', hours: 24 },
  ...{ completedOn: day('2026-03-30'), agreedOn: day('2026-01-05'), today: day('2026-03-30') },
}
const messages = (changed: Partial<Given>) =>
  problemsWithCompletion({ ...given, ...changed }).map(({ message }) => message)

describe('A plan can be completed', () => {
  it('when every goal was looked at and there is an outcome, whether or not the goals were met', () => {
    expect(messages({})).toEqual([])
  })

  it('but not while a goal was not looked at, and says which', () => {
    const goals = given.goals.map((goal) => (goal.id === 'bus' ? { ...goal, result: null } : goal))
    expect(problemsWithCompletion({ ...given, goals })).toEqual([
      { field: 'result-bus', message: 'Say what became of this goal: “I want to take the bus”' },
    ])
  })

  it('but never without an outcome or the reason why there is none', () => {
    expect(messages({ outcomes: [] })).toHaveLength(1)
    expect(messages({ outcomes: [], noOutcome: 'health' })).toEqual([])
    expect(messages({ outcomes: [], noOutcome: 'other' })).toEqual(['Say why there is no outcome'])
    expect(messages({ noOutcome: 'health' })).toHaveLength(1)
  })

  it('but not with outcomes that the work situation denies', () => {
    expect(messages({ workStatus: 'unemployed', hours: null })).toEqual([
      '“Returned to the same job” does not fit with being out of work',
    ])
    expect(messages({ workStatus: 'unemployed', hours: 16, outcomes: ['training'] })).toHaveLength(1)
    expect(messages({ hours: null })).toHaveLength(1)
  })

  it('on the day it was agreed at the earliest, and today at the latest', () => {
    expect(messages({ completedOn: day('2026-01-05') })).toEqual([])
    expect(messages({ completedOn: day('2026-01-04') })).toHaveLength(1)
    expect(messages({ completedOn: day('2026-03-31') })).toHaveLength(1)
  })

  it('only between agreement and the end of support', () => {
    // Checked: the keys of a code list are its codes.
    const all = Object.keys(stages) as Stage[]
    const may = all.filter((stage) => reasonsNotToComplete({ stage, goals: 1, agreed: true }).length === 0)
    expect(may).toEqual(['plan-agreed', 'active', 'waiting'])
    expect(reasonsNotToComplete({ stage: 'waiting', goals: 1, agreed: false })).toHaveLength(1)
    expect(reasonsNotToComplete({ stage: 'active', goals: 0, agreed: true })[0]).toContain('no goals')
  })
})

describe('The follow-ups', () => {
  it.each([
    ['2026-03-30', '2026-06-29', '2026-09-28'],
    ['2025-10-01', '2025-12-31', '2026-04-01'],
    ['2023-11-30', '2024-02-29', '2024-05-30'],
    ['2024-02-29', '2024-05-30', '2024-08-29'],
  ])('of a plan completed on %s are on %s and %s', (completed, first, second) => {
    const { followUp13On, followUp26On } = followUpDays(day(completed))
    expect([followUp13On, followUp26On].map(String)).toEqual([first, second])
  })
})

describe('A completion can be taken back', () => {
  it('until it is followed up or a new spell begins', () => {
    const free = { followedUp: false, newEpisode: false }
    expect(reasonsNotToTakeBack('aftercare', free)).toEqual([])
    expect(reasonsNotToTakeBack('aftercare', { ...free, followedUp: true })).toHaveLength(1)
    expect(reasonsNotToTakeBack('aftercare', { ...free, newEpisode: true })).toHaveLength(1)
    expect(reasonsNotToTakeBack('closed', free)).toHaveLength(1)
  })
})
