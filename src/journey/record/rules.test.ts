import { describe, expect, it } from 'vitest'
import { type Stage, stages } from '#journey/episode/rules.ts'
import { doings, weekOfLimit } from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

describe('A record', () => {
  it.each(Object.keys(stages))('says what can be done next for somebody who stands at %s', (stage) => {
    // Checked: the keys of the list are its codes.
    expect(doings[stage as Stage]).toBeDefined()
  })

  it('counts weeks from the day the plan was agreed', () => {
    const week = (today: string) => weekOfLimit(day('2026-01-05'), day('2026-03-30'), day(today))

    expect(week('2026-01-05')).toEqual({ week: 1, of: 12 })
    expect(week('2026-01-11')).toEqual({ week: 1, of: 12 })
    expect(week('2026-01-12')).toEqual({ week: 2, of: 12 })
    expect(week('2026-03-30')).toEqual({ week: 13, of: 12 })
  })

  it('counts no weeks before a plan is agreed', () => {
    expect(weekOfLimit(null, null, day('2026-01-05'))).toBeUndefined()
  })
})
