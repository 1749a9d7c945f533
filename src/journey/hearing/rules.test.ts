import { describe, expect, it } from 'vitest'
import { type Answer, heardBy } from './rules.ts'

const first = Temporal.Instant.from('2026-01-05T10:00:00Z')
const said = (about: string, given: boolean, minutes: number, more: Partial<Answer> = {}): Answer => ({
  ...{ id: `${about} ${minutes}`, switch: about, recipient: '', given, allows: given ? 'status' : 'received' },
  ...{ facts: null, how: 'telephone', batch: null, at: first.add({ minutes }), ...more },
})
const practice = { switch: 'gp', name: 'Park Surgery' } as const
const jobcentre = { switch: 'jobcentre', name: 'Jobcentre' } as const

describe('What somebody lets whoever referred them hear', () => {
  it('is no more than that it arrived, as long as they have not said yes', () => {
    expect(heardBy(practice, [])).toBeUndefined()
    expect(heardBy(practice, [said('gp', false, 1)])).toBeUndefined()
    expect(heardBy(practice, [said('gp', true, 1, { allows: 'received' })])).toBeUndefined()
  })

  it('is how it stands since their yes, and a summary only where they said so', () => {
    expect(heardBy(practice, [said('gp', true, 1)])).toEqual({
      ...{ switch: 'gp', at: first.add({ minutes: 1 }), summary: false },
    })
    expect(heardBy(practice, [said('gp', true, 1, { allows: 'summary' })])?.summary).toBe(true)
  })

  it('ends for a Jobcentre when they take no part any more, and for a practice as far as a summary', () => {
    const left = said('take-part', false, 2)

    expect(heardBy(jobcentre, [said('jobcentre', true, 1)])).toBeDefined()
    expect(heardBy(jobcentre, [left, said('jobcentre', true, 1)])).toBeUndefined()
    expect(heardBy(practice, [left, said('gp', true, 1, { allows: 'summary' })])).toMatchObject({ summary: false })
  })
})
