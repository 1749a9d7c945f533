import { describe, expect, it } from 'vitest'
import {
  dueAfterReview,
  type AgreedAction,
  type Content,
  differences,
  inOneLine,
  momentOn,
  problemsWithReview,
  reviewNeeded,
} from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const ring: AgreedAction = {
  id: 'ring',
  what: 'Ring the surgery',
  obstacle: null,
  owner: 'participant',
  due: '2026-02-01',
}
const plan: Content = {
  type: 'return-to-work',
  target: null,
  goals: [{ id: 'desk', words: 'I want my desk back', target: null, actions: [ring] }],
}
const lines = (before: Content | undefined, after: Content) => differences(before, after).map(inOneLine)

describe('The difference between two versions of a plan', () => {
  it('is nothing when nothing changed', () => {
    expect(differences(plan, plan)).toEqual([])
  })

  it('is everything in the first version', () => {
    expect(lines(undefined, plan)).toEqual([
      'Kind of plan added: Return to Work',
      'Goal added: I want my desk back',
      'Action added: Ring the surgery (the participant, by 1 February 2026)',
    ])
  })

  it('names a goal that was added and one that was taken out, with its actions', () => {
    const other = { id: 'bus', words: 'I want to drive', target: null, actions: [] }
    expect(lines(plan, { ...plan, goals: [other] })).toEqual([
      'Goal added: I want to drive',
      'Goal taken out: I want my desk back',
      'Action taken out: Ring the surgery (the participant, by 1 February 2026)',
    ])
  })

  it('shows a changed action before and after', () => {
    const later = { ...ring, due: '2026-03-01', obstacle: 'waiting list' }
    const [change] = differences(plan, {
      ...plan,
      goals: [{ id: 'desk', words: 'I want my desk back', target: null, actions: [later] }],
    })
    expect(change).toMatchObject({ kind: 'changed', what: 'Action' })
    expect(change?.before).toContain('1 February 2026')
    expect(change?.after).toBe('Ring the surgery (the participant, by 1 March 2026, because of: waiting list)')
  })

  it('says when a day was set or taken away', () => {
    const dated = { ...plan, target: '2026-06-01' }
    expect(differences(plan, dated)).toEqual([
      { kind: 'changed', what: 'Meant to be reached by', before: 'no day', after: '1 June 2026' },
    ])
    expect(differences(dated, plan)[0]?.after).toBe('no day')
  })
})

describe('A plan wants looking at', () => {
  const limitOn = day('2026-03-30')
  const usual = { reviewOn: day('2026-05-01'), limitOn, reviewedOn: null }

  it.each([
    ['not 15 days before the usual weeks end', '2026-03-15', undefined],
    ['14 days before they end', '2026-03-16', 'limit-near'],
    ['the day before they end', '2026-03-29', 'limit-near'],
    ['on the day they end', '2026-03-30', 'limit-reached'],
    ['ever after, until somebody looks', '2027-03-30', 'limit-reached'],
  ])('%s', (_name, today, found) => {
    const reviewOn = day('2028-01-01')
    expect(reviewNeeded({ ...usual, reviewOn, today: day(today) })).toBe(found)
  })

  it('on the day of its review, not before', () => {
    const none = { reviewOn: day('2026-02-02'), limitOn: null, reviewedOn: null }
    expect(reviewNeeded({ ...none, today: day('2026-02-01') })).toBeUndefined()
    expect(reviewNeeded({ ...none, today: day('2026-02-02') })).toBe('review-due')
  })

  it('no more once it was looked at on or after the limit', () => {
    const reviewOn = day('2026-06-01')
    expect(reviewNeeded({ ...usual, reviewOn, reviewedOn: limitOn, today: day('2026-04-10') })).toBeUndefined()
    expect(reviewNeeded({ ...usual, reviewOn, reviewedOn: day('2026-03-29'), today: day('2026-04-10') })).toBe(
      'limit-reached',
    )
  })

  it('never because there is no plan yet', () => {
    expect(reviewNeeded({ reviewOn: null, limitOn: null, reviewedOn: null, today: limitOn })).toBeUndefined()
  })
})

describe('A review', () => {
  const today = day('2026-01-05')
  const review = { reviewed: today, next: day('2026-02-02'), result: 'goes-on', today } as const

  it('names the day of the next one, unless the plan is to be completed', () => {
    expect(problemsWithReview(review)).toEqual([])
    expect(problemsWithReview({ ...review, next: null })).toHaveLength(1)
    expect(problemsWithReview({ ...review, next: null, result: 'complete' })).toEqual([])
  })

  it('is neither to come, nor is the next one past', () => {
    expect(problemsWithReview({ ...review, reviewed: day('2026-01-06') })).toHaveLength(1)
    expect(problemsWithReview({ ...review, next: today })).toHaveLength(1)
  })
})

describe('The moment that stands for a day', () => {
  const now = Temporal.Instant.from('2026-01-05T10:00:00Z')

  it('is now for today, and noon for a day that has passed', () => {
    expect(momentOn(day('2026-01-05'), { now, notBefore: null })).toEqual(now)
    expect(momentOn(day('2026-01-02'), { now, notBefore: null }).toString()).toBe('2026-01-02T12:00:00Z')
  })

  it('is not before what came before it', () => {
    const notBefore = Temporal.Instant.from('2026-01-02T15:00:00Z')
    expect(momentOn(day('2026-01-02'), { now, notBefore })).toEqual(notBefore)
  })
})

describe('After a review', () => {
  const next = (result: 'goes-on' | 'change' | 'complete') =>
    dueAfterReview({ result, inTouchOn: day('2026-02-02'), soonOn: day('2026-01-26') })

  it('people keep in touch, change the plan soon, or complete it soon', () => {
    expect(next('goes-on')).toEqual({ what: 'contact', on: day('2026-02-02') })
    expect(next('change')).toEqual({ what: 'plan', on: day('2026-01-26') })
    expect(next('complete')).toEqual({ what: 'completion', on: day('2026-01-26') })
  })
})
