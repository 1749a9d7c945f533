import { describe, expect, it } from 'vitest'
import { absenceProblems, type Away, coveredOn, earlyReturn, spanInWords, stateOf } from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

const carol: Away = {
  ...{ id: 'a', member: 'carol', memberName: 'Carol Coach', cover: 'colin', coverName: 'Colin Colleague' },
  ...{ fromOn: day('2026-01-12'), untilOn: day('2026-01-19'), backOn: null },
}
const around = { absences: [carol], covers: ['carol', 'colin', 'sara'], today: day('2026-01-05') }

function messages(member: string, cover: string, from = '2026-01-14', until = '2026-01-21') {
  return absenceProblems({ member, cover, fromOn: day(from), untilOn: day(until) }, around).map(
    ({ message }) => message,
  )
}

describe('Cover for an absence', () => {
  it.each([
    ['2026-01-11', ['colin']],
    ['2026-01-12', ['colin', 'carol']],
    ['2026-01-18', ['colin', 'carol']],
    ['2026-01-19', ['colin']],
  ])('moves the work on its first day and back after its last: %s', (on, theirs) => {
    expect(coveredOn('colin', [carol], day(on))).toEqual(theirs)
  })

  it('ends with an early return', () => {
    const back = { ...carol, backOn: day('2026-01-15') }

    expect(coveredOn('colin', [back], day('2026-01-14'))).toContain('carol')
    expect(coveredOn('colin', [back], day('2026-01-15'))).not.toContain('carol')
    expect(stateOf(back, day('2026-01-15'))).toBe('past')
  })

  it('is taken back altogether when it has not begun', () => {
    const back = { ...carol, backOn: earlyReturn(carol, day('2026-01-05')) }

    expect(stateOf(back, day('2026-01-13'))).toBe('taken-back')
    expect(coveredOn('colin', [back], day('2026-01-13'))).toEqual(['colin'])
  })
})

describe('An absence cannot be arranged', () => {
  it('twice at a time for one person', () => {
    expect(messages('carol', 'sara')).toEqual([
      'Carol Coach is already away from 12 January 2026 until 18 January 2026',
    ])
  })

  it('with a cover who is away too', () => {
    expect(messages('sara', 'carol')[0]).toContain('Carol Coach is away too')
  })

  it('for somebody who covers at that time', () => {
    expect(messages('colin', 'sara')[0]).toContain('Colin Colleague covers for Carol Coach')
  })

  it('with somebody who may not see the people', () => {
    expect(messages('sara', 'pat')[0]).toContain('They may not see these people')
  })

  it('backwards, or in the past', () => {
    expect(messages('sara', 'colin', '2026-02-03', '2026-02-03')).toContain(
      'The day they are back must be after the first day away',
    )
    expect(messages('sara', 'colin', '2026-01-01', '2026-01-05')).toContain(
      'The day they are back must be in the future',
    )
  })

  it('but begins on the day on which another ends', () => {
    expect(messages('carol', 'sara', '2026-01-19', '2026-01-21')).toEqual([])
  })
})

it('an absence of one day is named by that day', () => {
  expect(spanInWords({ fromOn: day('2026-01-12'), untilOn: day('2026-01-13'), backOn: null })).toBe(
    'on 12 January 2026',
  )
})
