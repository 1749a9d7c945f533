import { describe, expect, it } from 'vitest'
import type { Stage } from '#journey/episode/rules.ts'
import { earlyEnds, open, stages } from '#journey/episode/rules.ts'
import {
  type GivenEnding,
  problemsWithDeath,
  problemsWithEnding,
  reasonsNotToEnd,
  reasonsNotToTakeBack,
  reasonsToEnd,
  suggestedEnd,
} from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const today = day('2026-01-05')
const given: GivenEnding = {
  ...{ as: 'left-early', handedTo: null, told: 'telephone', toArea: null },
  ...{ endedOn: today, today, triedEnough: true, fewTriesBecause: null },
}
const fields = (changed: Partial<GivenEnding>) => problemsWithEnding({ ...given, ...changed }).map(({ field }) => field)

describe('Support ends early', () => {
  it('with a coded reason, and how they were told', () => {
    expect(fields({})).toEqual([])
    expect(fields({ told: null })).toEqual(['told'])
  })

  it('as declined where the work had not begun, and otherwise as left early, by somebody who withdrew', () => {
    const began = Temporal.Instant.from('2026-01-05T10:00:00Z')

    expect(suggestedEnd({ next_due_what: 'leaving', started_at: null })).toBe('declined')
    expect(suggestedEnd({ next_due_what: 'leaving', started_at: began })).toBe('left-early')
    expect(suggestedEnd({ next_due_what: 'contact', started_at: began })).toBeUndefined()
  })

  it('as unreachable only after the tries the area asks for, or with a reason', () => {
    const unreachable = { as: 'unreachable', triedEnough: false } as const

    expect(fields(unreachable)).toEqual(['fewTriesBecause'])
    expect(fields({ ...unreachable, fewTriesBecause: 'They wrote that they moved abroad' })).toEqual([])
  })

  it('as not eligible only with a place to go', () => {
    expect(fields({ as: 'not-eligible' })).toEqual(['handedTo'])
    expect(fields({ as: 'not-eligible', handedTo: 'Connect to Work' })).toEqual([])
  })

  it('by a move only with the area they moved to', () => {
    expect(fields({ as: 'moved' })).toEqual(['toArea'])
    expect(fields({ as: 'moved', toArea: 'south' })).toEqual([])
  })

  it('as a duplicate with nothing to tell', () => {
    expect(fields({ as: 'duplicate', told: null })).toEqual([])
  })

  it('today at the latest', () => {
    expect(fields({ endedOn: day('2026-01-06') })).toEqual(['ended'])
  })

  it('for every reason there is, death having a page of its own', () => {
    expect([...Object.keys(reasonsToEnd), 'died'].toSorted()).toEqual(Object.keys(earlyEnds).toSorted())
  })

  it('only while it lasts', () => {
    // Checked: the keys of a code list are its codes.
    const may = (Object.keys(stages) as Stage[]).filter((stage) => reasonsNotToEnd(stage).length === 0)
    expect(may).toEqual(open)
  })
})

describe('A death', () => {
  it('may be without its day, and is not to come', () => {
    expect(problemsWithDeath({ died: null, today })).toEqual([])
    expect(problemsWithDeath({ died: today, today })).toEqual([])
    expect(problemsWithDeath({ died: day('2026-01-06'), today })).toHaveLength(1)
  })
})

describe('An ending is taken back', () => {
  it('unless there is none, or a new spell has begun', () => {
    expect(reasonsNotToTakeBack('ended', false)).toEqual([])
    expect(reasonsNotToTakeBack('active', false)).toHaveLength(1)
    expect(reasonsNotToTakeBack('ended', true)).toHaveLength(1)
  })
})
