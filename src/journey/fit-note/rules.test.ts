import { describe, expect, it } from 'vitest'
import { isNoteNeeded, isTooLong, lastNoteOf, noteProblems, noteStateOn, spellsOf, warningsFor } from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const span = (from: string, until: string | null) => ({
  fromOn: day(from),
  untilOn: until === null ? null : day(until),
})

// The vectors are those of the published business rules for fit notes.
describe('A note', () => {
  it('is too long past three months in the first six of a condition, and may be longer afterwards', () => {
    const since = day('2026-01-10')

    expect(isTooLong(span('2026-01-10', '2026-04-09'), since)).toBe(false)
    expect(isTooLong(span('2026-01-10', '2026-04-12'), since)).toBe(true)
    expect(isTooLong(span('2026-01-10', null), since)).toBe(true)
    expect(isTooLong(span('2026-07-10', '2027-01-30'), since)).toBe(false)
  })

  it('may hold to the end of a month that has no such date', () => {
    const since = day('2025-11-30')

    expect(isTooLong(span('2025-11-30', '2026-02-28'), since)).toBe(false)
    expect(isTooLong(span('2025-11-30', '2026-03-01'), since)).toBe(true)
    expect(isTooLong(span('2023-11-30', '2024-02-29'), day('2023-11-30'))).toBe(false)
    expect(isTooLong(span('2026-02-28', '2026-12-31'), day('2025-08-31'))).toBe(true)
    expect(isTooLong(span('2026-03-01', '2026-12-31'), day('2025-08-31'))).toBe(false)
  })

  it('of three whole months is never too long, and one day more always is, whichever day it begins', () => {
    const starts = Array.from({ length: 4 * 366 }, (_, days) => day('2023-01-01').add({ days }))

    for (const fromOn of starts) {
      const month = fromOn.toPlainYearMonth().add({ months: 3 })
      const last =
        fromOn.day > month.daysInMonth
          ? month.toPlainDate({ day: month.daysInMonth })
          : month.toPlainDate({ day: fromOn.day }).subtract({ days: 1 })
      const isLong = [last, last.add({ days: 1 })].map((untilOn) => isTooLong({ fromOn, untilOn }, fromOn))
      expect([fromOn.toString(), ...isLong]).toEqual([fromOn.toString(), false, true])
    }
  })

  it('that does not say since when takes what another of its spell says', () => {
    const before = { ...span('2026-01-01', '2026-01-31'), since: day('2025-03-01') }
    const after = { ...span('2026-02-01', '2026-05-31'), since: null }

    expect(warningsFor([[after, before]])).toEqual([])
    expect(warningsFor([[after, { ...before, since: null }]])).toHaveLength(1)
  })

  it('of four months in the first month of a condition is warned of, by when the condition or the notes began', () => {
    const four = { ...span('2026-02-01', '2026-05-31'), since: day('2026-01-20') }

    expect(warningsFor([[four]])[0]?.text).toContain('from 1 February 2026 to 31 May 2026')
    expect(warningsFor([[{ ...four, since: null }]])).toHaveLength(1)
    expect(warningsFor([[{ ...four, since: day('2025-03-01') }]])).toEqual([])
  })

  it('is needed from the eighth day off work', () => {
    expect(isNoteNeeded(day('2026-03-02'), day('2026-03-08'))).toBe(false)
    expect(isNoteNeeded(day('2026-03-02'), day('2026-03-09'))).toBe(true)
  })

  it('belongs to the one before where no more than seven days lie between', () => {
    const first = span('2026-01-01', '2026-01-14')

    expect(spellsOf([first, span('2026-01-21', '2026-01-31')])).toHaveLength(1)
    expect(spellsOf([first, span('2026-01-23', '2026-01-31')])).toHaveLength(2)
    expect(spellsOf([{ ...first, untilOn: null }, span('2026-06-01', '2026-06-30')])).toHaveLength(1)
    expect(spellsOf([first, span('2026-01-21', '2026-01-31')])[0]?.map(({ fromOn }) => fromOn.toString())).toEqual([
      ...['2026-01-21', '2026-01-01'],
    ])
  })

  it('without an end holds longest', () => {
    const [ends, open] = [span('2026-01-01', '2026-12-31'), span('2025-11-01', null)]

    expect(lastNoteOf([open, ends])).toBe(open)
    expect(lastNoteOf([ends, span('2026-01-01', '2026-01-31')])).toBe(ends)
    expect(lastNoteOf([])).toBeUndefined()
  })

  it('ends soon seven days ahead, holds on its last day and is over the day after', () => {
    const states = ['2026-01-31', '2026-02-01', '2026-02-21', '2026-02-22', '2026-02-28', '2026-03-01'].map((today) =>
      noteStateOn(span('2026-02-01', '2026-02-28'), day(today)),
    )

    expect(states).toEqual(['to-come', 'holds', 'ending', 'ending', 'ending', 'over'])
  })
})

describe('A note as it is entered', () => {
  type Given = Parameters<typeof noteProblems>[0]
  const given: Given = {
    kind: 'med3',
    outcome: 'not-fit',
    profession: 'doctor',
    ...{ advice: [], since: null, again: null, review: null },
    ...{ assessed: day('2026-01-05'), stated: day('2026-01-05'), from: day('2026-01-05') },
    ...{ until: day('2026-02-01'), weeks: null, open: false },
  }
  const wrong = (more: Partial<Given>) =>
    noteProblems({ ...given, ...more }, day('2026-01-05')).map(({ field }) => field)

  it('is right as it stands on paper', () => {
    expect(wrong({})).toEqual([])
  })

  it.each<[string, string, Partial<Given>]>([
    ['has one end and no more', 'until', { until: null }],
    ['has one end and no more', 'until', { open: true }],
    ['does not end before it begins', 'until', { until: day('2026-01-04') }],
    ['is not dated in the future', 'stated', { stated: day('2026-01-06') }],
    ['is written after the assessment', 'assessed', { assessed: day('2026-01-06') }],
    ['comes from one of the five professions', 'profession', { profession: 'podiatrist' }],
    ['has no boxes ticked where somebody is not fit', 'advice', { advice: ['altered-hours'] }],
    ['names no condition that began after the assessment', 'since', { since: day('2026-01-06') }],
  ])('%s', (_, field, more) => {
    expect(wrong(more)).toEqual([field])
  })

  it('comes from an allied health professional where it is a report', () => {
    expect(wrong({ kind: 'ahp-report', profession: 'doctor' })).toEqual(['profession'])
    expect(wrong({ kind: 'ahp-report', profession: 'podiatrist' })).toEqual([])
  })
})
