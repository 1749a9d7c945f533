import { describe, expect, it } from 'vitest'
import { actionsFrom, goalFrom, helpedBy, kindFrom, reviewAfter } from './rules.ts'

const today = Temporal.PlainDate.from('2026-01-05')
const suggested = (code: string, barrier: 'pain' | 'sleep') =>
  ({ code, barrier, version: 2, what: `Do ${code}`, owner: 'coach', days: 10, service: null }) as const
const barrier = (code: 'pain' | 'sleep') => ({ id: `of-${code}`, code, severity: 7, main: code === 'pain' })

describe('A draft plan', () => {
  it('is of the kind that follows from how somebody stands to work', () => {
    expect(kindFrom({ employment_status: 'employed', on_sick_absence: 'yes' })).toBe('return-to-work')
    expect(kindFrom({ employment_status: 'zero-hours', on_sick_absence: null })).toBe('thrive-in-work')
    expect(kindFrom({ employment_status: 'long-term-sick', on_sick_absence: null })).toBe('seek-work')
    expect(kindFrom({ employment_status: null, on_sick_absence: 'yes' })).toBeUndefined()
  })

  it('is looked at again after four weeks, and on no weekend and no bank holiday', () => {
    const holidays = new Set(['2026-12-25', '2026-12-28'])
    const after = (text: string) => reviewAfter(Temporal.PlainDate.from(text), holidays).toString()

    expect(after('2026-01-05')).toBe('2026-02-02')
    expect(after('2026-11-27')).toBe('2026-12-29')
    expect(after('2026-01-03')).toBe('2026-02-02')
  })

  it('begins with what matters to the person, but never puts words into their mouth', () => {
    expect(goalFrom({ matters: { text: 'My garden', own: true } })).toBe('My garden')
    expect(goalFrom({ matters: { text: 'Seems to like gardens', own: false } })).toBe('')
    expect(goalFrom({})).toBe('')
  })

  it('makes an action of each suggestion that was ticked, against its barrier and with its day', () => {
    const helped = helpedBy([barrier('pain'), barrier('sleep')], [suggested('a', 'pain'), suggested('b', 'sleep')])

    expect(helped.map(({ suggested: those }) => those.length)).toEqual([1, 1])
    expect(actionsFrom(helped, ['b', 'gone'], today)).toMatchObject([
      {
        what: 'Do b',
        barrier: 'of-sleep',
        owner: 'coach',
        made: { solution: 'b', solution_version: 2, as_suggested: true },
      },
    ])
    expect(actionsFrom(helped, ['b'], today)[0]?.due_on.toString()).toBe('2026-01-15')
  })
})
