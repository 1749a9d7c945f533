import { describe, expect, it } from 'vitest'
import { checkOn, dueBy, dueUnlessSooner, inWords, nextOf } from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const contact = { what: 'contact', on: day('2026-01-20') }

describe('An appointment that is booked', () => {
  it('is what is due where it comes no later than the day that was set', () => {
    expect(dueBy(contact, day('2026-01-20'))).toEqual({ what: 'appointment', on: day('2026-01-20') })
    expect(dueBy(contact, day('2026-01-15'))).toEqual({ what: 'appointment', on: day('2026-01-15') })
    expect(dueBy(contact, day('2026-01-21'))).toEqual(contact)
    expect(dueBy(contact, undefined)).toEqual(contact)
  })

  it.each(['leaving', 'decline'])('does not put off %s', (what) => {
    expect(dueBy({ what, on: day('2026-01-20') }, day('2026-01-15')).what).toBe(what)
  })
})

describe('What is due next', () => {
  const [today, next] = [day('2026-01-13'), { what: 'plan', on: day('2026-01-20') }]
  const after = (what: string | null, on: string | null, bookedOn?: string) =>
    dueUnlessSooner(
      next,
      { next_due_what: what, next_due_on: on === null ? null : day(on) },
      { today, bookedOn: bookedOn === undefined ? undefined : day(bookedOn) },
    )

  it('follows from what was done last, in place of what was due before', () => {
    expect(after('assessment', '2026-01-13')).toEqual({ kind: 'due', ...next })
    expect(after('contact', '2026-01-15')).toEqual({ kind: 'due', ...next })
    expect(after(null, null)).toEqual({ kind: 'due', ...next })
  })

  it('is still an appointment, or to check what is waited for, where that comes no later', () => {
    expect(after('appointment', '2026-01-20')).toBeUndefined()
    expect(after('check', '2026-01-14')).toBeUndefined()
    expect(after('appointment', '2026-01-21')).toEqual({ kind: 'due', ...next })
    expect(after('appointment', '2026-01-12')).toEqual({ kind: 'due', ...next })
  })

  it('is the appointment though something else was due before it', () => {
    expect(after('contact', '2026-01-15', '2026-01-16')).toMatchObject({ what: 'appointment', on: day('2026-01-16') })
    expect(after('check', '2026-01-14', '2026-01-16')).toBeUndefined()
  })

  it('is the follow-up that comes next once support has ended, or a call that comes before it', () => {
    const after = { follow_up_13_on: day('2027-02-25'), follow_up_26_on: day('2027-05-27') }
    const resting = { ...after, stage: 'aftercare', next_due_on: null, next_due_what: null } as const
    const next = nextOf(resting)

    expect(next && inWords(next, day('2026-11-26'))).toBe('13-week follow-up, Thursday 25 February 2027')
    expect(nextOf({ ...resting, follow_up_13_on: null })?.what).toBe('follow-up-26')
    expect(nextOf({ ...resting, next_due_on: day('2026-12-01'), next_due_what: 'call-back' })?.what).toBe('call-back')
    expect(nextOf({ ...resting, stage: 'closed' })).toBeUndefined()
  })
})

describe('The day on which somebody looks again', () => {
  const step = (id: string, step: Parameters<typeof checkOn>[0][number]['step']) => ({ id, step })

  it('is the last that was said and not taken back', () => {
    const said = [
      step('a', { kind: 'due', what: 'check', on: day('2026-01-19') }),
      step('b', { kind: 'due', what: 'check', on: day('2026-01-26') }),
      step('c', { kind: 'due', what: 'appointment', on: day('2026-01-20') }),
    ]

    expect(checkOn(said)).toEqual(day('2026-01-26'))
    expect(checkOn([...said, step('d', { kind: 'withdrawn', step: 'b' })])).toEqual(day('2026-01-19'))
    expect(checkOn([])).toBeUndefined()
  })
})
