import { describe, expect, it } from 'vitest'
import { type Action, isOverdue, openActions, problemsWithResult, type Result, results } from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const action = (id: string, due: string, result: Result | null = null): Action => ({
  ...{
    id,
    goal: 'goal',
    what: 'Ring the surgery',
    barrier: null,
    barrier_code: null,
    obstacle: null,
    owner: 'participant',
  },
  ...{ due_on: day(due), result, result_note: null, result_on: null, own: false, seen_at: null, version: 1 },
})

describe('An action', () => {
  it('is not overdue on the day it is due, and is on the next', () => {
    expect(isOverdue(action('a', '2026-01-31'), day('2026-01-31'))).toBe(false)
    expect(isOverdue(action('a', '2026-01-31'), day('2026-02-01'))).toBe(true)
  })

  it('that is done is never overdue; one whose answer was taken back is', () => {
    expect(isOverdue(action('a', '2026-01-31', 'done'), day('2026-03-01'))).toBe(false)
    expect(isOverdue(action('a', '2026-01-31', 'not-yet'), day('2026-03-01'))).toBe(true)
  })

  it('waits until it is done, did not work or is not needed, the earliest due first', () => {
    const all = [action('late', '2026-03-01'), action('done', '2026-01-01', 'done'), action('soon', '2026-02-01')]
    expect(openActions(all).map(({ id }) => id)).toEqual(['soon', 'late'])
  })

  it('that did not work needs its reason, and no other result does', () => {
    // Checked: the keys of a code list are its codes.
    const codes = Object.keys(results) as Result[]
    const wanting = codes.filter((result) => problemsWithResult({ result, note: null }).length > 0)
    expect(wanting).toEqual(['did-not-work'])
    expect(problemsWithResult({ result: 'did-not-work', note: 'The bus stopped running' })).toEqual([])
  })
})
