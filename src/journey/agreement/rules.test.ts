import { describe, expect, it } from 'vitest'
import type { Stage } from '#journey/episode/rules.ts'
import { stages } from '#journey/episode/rules.ts'
import type { PlannedGoal } from '#journey/plan/rules.ts'
import { contentOf } from '#journey/plan/rules.ts'
import { fingerprint, limitFor, problemsWithAgreedDay, reasonsNotToAgree } from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const plan = { type: 'return-to-work', review_on: day('2026-02-02'), target_on: null, version: 1 } as const
const goal: PlannedGoal = {
  ...{ id: '0190-desk', words: 'I want my desk back', whose: 'person', target_on: null, version: 1 },
  actions: [
    {
      ...{
        id: '0190-ring',
        goal: '0190-desk',
        what: 'Ring',
        barrier: null,
        barrier_code: null,
        obstacle: null,
        owner: 'coach',
      },
      ...{
        due_on: day('2026-02-01'),
        result: null,
        result_note: null,
        result_on: null,
        own: false,
        seen_at: null,
        version: 1,
      },
    },
  ],
}
const ready = { stage: 'assessed', takesPart: true, plan, goals: [goal], newest: undefined } as const

describe('The weeks of an area', () => {
  it.each([
    ['2025-12-29', 12, '2026-03-23'],
    ['2023-12-07', 12, '2024-02-29'],
    ['2024-02-29', 8, '2024-04-25'],
    ['2026-01-05', 16, '2026-04-27'],
  ])('from %s, %i of them, end on %s', (agreed, weeks, end) => {
    expect(limitFor(day(agreed), weeks).toString()).toBe(end)
  })
})

describe('A plan can be agreed', () => {
  it('with its kind, a goal, and something to do for each', () => {
    expect(reasonsNotToAgree(ready)).toEqual([])
  })

  it.each([
    ['before the person agreed to take part', { takesPart: false }, 'They have not agreed to take part'],
    ['without its kind', { plan: undefined }, 'Choose the kind of plan'],
    ['without a goal', { goals: [] }, 'Add at least one goal'],
    ['with a goal nothing is done for', { goals: [{ ...goal, actions: [] }] }, '“I want my desk back”'],
    ['unchanged', { newest: contentOf(plan, [goal]) }, 'Nothing has changed'],
  ])('but not %s', (_name, missing, reason) => {
    const reasons = reasonsNotToAgree({ ...ready, ...missing })
    expect(reasons).toHaveLength(1)
    expect(reasons[0]).toContain(reason)
  })

  it('only between the first conversation and the end of support', () => {
    // Checked: the keys of a code list are its codes.
    const all = Object.keys(stages) as Stage[]
    const agreeing = all.filter((stage) => reasonsNotToAgree({ ...ready, stage }).length === 0)
    expect(agreeing).toEqual(['assessed', 'plan-agreed', 'active', 'waiting'])
  })
})

describe('The day on which a plan was agreed', () => {
  const days = { given: day('2026-01-05'), assessedOn: day('2026-01-05'), agreedOn: null, today: day('2026-01-05') }

  it('may be the day of the first conversation', () => {
    expect(problemsWithAgreedDay(days)).toEqual([])
  })

  it('is not to come, not before the first conversation, and not before the version before', () => {
    expect(problemsWithAgreedDay({ ...days, given: day('2026-01-06') })).toHaveLength(1)
    expect(problemsWithAgreedDay({ ...days, given: day('2026-01-04') })[0]?.message).toContain('The first conversation')
    const agreedOn = day('2026-01-05')
    expect(problemsWithAgreedDay({ ...days, given: day('2026-01-04'), agreedOn })[0]?.message).toContain(
      'The version before',
    )
  })
})

describe('What somebody has in front of them', () => {
  it('is known to be another plan after any change', () => {
    const changed = [
      fingerprint(plan, [goal]),
      fingerprint({ ...plan, version: 2 }, [goal]),
      fingerprint(plan, [{ ...goal, version: 2 }]),
      fingerprint(plan, [{ ...goal, id: '0190-bus' }]),
      fingerprint(plan, [{ ...goal, actions: goal.actions.map((action) => ({ ...action, version: 2 })) }]),
      fingerprint(plan, []),
    ]
    expect(new Set(changed).size).toBe(changed.length)
  })
})
