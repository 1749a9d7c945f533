import { describe, expect, it } from 'vitest'
import { dayOf } from '#platform/dates.ts'
import { byPressure, joined, reasonsOf, reasonsToday, saidOnce } from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const now = { today: day('2026-02-16'), settings: { goingQuietDays: 14 }, day: dayOf }
const calm = {
  stage: 'active',
  stage_since: Temporal.Instant.from('2026-01-20T10:00:00Z'),
  next_due_on: null,
  next_due_what: null,
  last_contact_at: Temporal.Instant.from('2026-02-10T10:00:00Z'),
  first_tried_at: null,
  limit_on: null,
  follow_up_13_on: null,
  follow_up_26_on: null,
} as const
type Seen = Parameters<typeof reasonsToday>[0]
const reasons = (standing: Partial<Seen>) => reasonsToday({ ...calm, ...standing }, now).map(({ reason }) => reason)

describe("A person stands on the coach's day", () => {
  it('not at all when nothing has to be done', () => {
    expect(reasons({})).toEqual([])
    expect(reasons({ next_due_on: day('2026-02-17') })).toEqual([])
  })

  it('when something is due today, and as overdue from the next day on', () => {
    expect(reasons({ next_due_on: day('2026-02-16') })).toEqual(['today'])
    expect(reasons({ next_due_on: day('2026-02-15') })).toEqual(['overdue'])
  })

  it('for nothing else once they have withdrawn', () => {
    const withdrawn = { next_due_on: day('2026-02-16'), next_due_what: 'leaving' }
    const quiet = { last_contact_at: Temporal.Instant.from('2026-01-02T10:00:00Z') }

    expect(reasonsToday({ ...calm, ...withdrawn, ...quiet }, now)).toEqual([
      {
        reason: 'today',
        because: 'They do not take part any more: end support',
        on: day('2026-02-16'),
        due: 'leaving',
      },
    ])
    expect(reasons({ ...withdrawn, stage: 'waiting' })).toEqual(['today'])
    expect(reasons({ ...withdrawn, stage: 'trying' })).toEqual(['today'])
  })

  it('only to have their support ended once they have died, or for a follow-up where it has ended', () => {
    const died = { died_on: day('2026-02-01'), next_due_on: day('2026-02-15'), noteEndsOn: day('2026-02-16') }

    expect(reasons({ ...died, reviewOn: day('2026-02-10'), limit_on: day('2026-02-20') })).toEqual(['died'])
    expect(reasons({ ...died, next_due_what: 'leaving', stage: 'trying' })).toEqual(['died'])
    expect(reasons({ ...died, stage: 'aftercare', follow_up_13_on: day('2026-02-16') })).toEqual(['follow-up'])
    expect(reasons({ ...died, stage: 'ended' })).toEqual([])
  })

  it('when 14 days passed without contact, and not after 13', () => {
    expect(reasons({ last_contact_at: Temporal.Instant.from('2026-02-03T10:00:00Z') })).toEqual([])
    expect(reasons({ last_contact_at: Temporal.Instant.from('2026-02-02T10:00:00Z') })).toEqual(['quiet'])
  })

  it('not as going quiet while others are waited for', () => {
    expect(reasons({ stage: 'waiting', last_contact_at: Temporal.Instant.from('2026-01-01T10:00:00Z') })).toEqual([])
  })

  it('to check again what is waited for on the day that was agreed', () => {
    expect(reasons({ stage: 'waiting', next_due_on: day('2026-02-16'), next_due_what: 'check' })).toEqual(['waiting'])
  })

  it('in the two weeks before the week limit, and after it until the plan is reviewed', () => {
    expect(reasons({ limit_on: day('2026-03-03') })).toEqual([])
    expect(reasons({ limit_on: day('2026-03-02') })).toEqual(['limit'])
    expect(reasons({ limit_on: day('2026-02-01') })).toEqual(['limit'])
    expect(reasons({ limit_on: day('2026-02-01'), stage: 'waiting' })).toEqual([])
  })

  it('13 and 26 weeks after support ended', () => {
    const ended = { stage: 'aftercare', last_contact_at: null, follow_up_26_on: day('2026-05-18') } as const

    expect(reasons({ ...ended, follow_up_13_on: day('2026-02-17') })).toEqual([])
    expect(reasons({ ...ended, follow_up_13_on: day('2026-02-16') })).toEqual(['follow-up'])
    expect(reasons({ ...ended, follow_up_26_on: day('2026-02-16') })).toEqual(['follow-up'])
  })

  it('with the most pressing reason first', () => {
    const lines = reasonsToday({ ...calm, next_due_on: day('2026-02-10'), limit_on: day('2026-02-20') }, now)

    expect(byPressure(lines.toReversed()).map(({ reason }) => reason)).toEqual(['overdue', 'limit'])
  })

  it('when the plan is to be looked at together, once it is agreed and while nobody else is waited for', () => {
    expect(reasons({ reviewOn: day('2026-02-16') })).toEqual(['review'])
    expect(reasons({ reviewOn: day('2026-02-16'), stage: 'assessed' })).toEqual([])
    expect(reasons({ reviewOn: day('2026-02-16'), stage: 'waiting' })).toEqual([])
  })

  it('when their fit note is about to end, unless their support has', () => {
    expect(reasons({ noteEndsOn: day('2026-02-20') })).toEqual(['note'])
    expect(reasons({ noteEndsOn: day('2026-02-20'), stage: 'aftercare' })).toEqual([])
  })

  it('while a message waits for an answer, or nobody has been reached yet', () => {
    expect(reasons({ unansweredSince: Temporal.Instant.from('2026-02-15T10:00:00Z') })).toEqual(['reply'])
    expect(reasons({ stage: 'trying', last_contact_at: null })).toEqual(['reply'])
    expect(reasons({ stage: 'trying' })).toEqual([])
    expect(reasons({ stage: 'aftercare', unansweredSince: Temporal.Instant.from('2026-02-15T10:00:00Z') })).toEqual([])
  })

  it('once for each act, with every reason that this act clears', () => {
    const quiet = { next_due_on: day('2026-02-16'), last_contact_at: Temporal.Instant.from('2026-01-30T10:00:00Z') }
    const lines = reasonsToday({ ...calm, ...quiet, limit_on: day('2026-02-20') }, now)
    const href = (reason: string) => (reason === 'limit' ? 'review' : 'contacts/new')
    const rows = joined(byPressure(lines.map((line) => ({ ...line, href: href(line.reason) }))))

    expect(rows.map(reasonsOf)).toEqual([['today', 'quiet'], ['limit']])
  })

  it('with each thing said once, and how often where they did it more than once', () => {
    const answered = {
      reason: 'answer',
      because: 'Answered questions about how they are',
      on: null,
      href: 'all',
    } as const
    const [row] = joined([answered, { ...answered, because: 'Wrote to you' }, answered])

    expect(row && saidOnce(row)).toBe('Answered questions about how they are (2 times). Wrote to you')
  })
})
