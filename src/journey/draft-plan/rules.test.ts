import { describe, expect, it } from 'vitest'
import { actionsFrom, goalFrom, helpedBy, kindFrom } from './rules.ts'

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
