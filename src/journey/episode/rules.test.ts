import { describe, expect, it } from 'vitest'
import { afterStep, mayTake, type Standing, standingOf, type Step, takenFrom } from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const moment = (text: string) => Temporal.Instant.from(`${text}T10:00:00Z`)
const received: Step = {
  kind: 'received',
  route: 'gp',
  provider: 'p1',
  firstTryBy: day('2026-01-07'),
  firstAppointmentBy: day('2026-01-19'),
}
const agreed: Step = { kind: 'plan-agreed', planType: 'return-to-work', limitOn: day('2026-04-20') }

function after(...steps: readonly (readonly [Step, string])[]): Standing {
  const standing = standingOf(steps.map(([step, on], place) => ({ id: String(place), step, at: moment(on) })))
  if (!standing) throw new Error('Nothing began')
  return standing
}

const withPlan = [
  [received, '2026-01-05'],
  [{ kind: 'accepted' }, '2026-01-05'],
  [{ kind: 'tried' }, '2026-01-06'],
  [{ kind: 'booked', for: moment('2026-01-12') }, '2026-01-06'],
  [{ kind: 'assessed' }, '2026-01-12'],
  [agreed, '2026-01-26'],
] as const

describe('An episode', () => {
  it('begins with a referral, its clocks running', () => {
    const standing = after([received, '2026-01-05'])

    expect(standing.stage).toBe('received')
    expect(standing.first_try_by?.toString()).toBe('2026-01-07')
    expect(standing.next_due_what).toBe('first-try')
  })

  it('goes from referral to an agreed plan', () => {
    expect(after(...withPlan).stage).toBe('plan-agreed')
    expect(after(...withPlan, [{ kind: 'supported' }, '2026-01-30']).stage).toBe('active')
  })

  it('keeps the first try, however often somebody is tried', () => {
    const standing = after(
      [received, '2026-01-05'],
      [{ kind: 'accepted' }, '2026-01-05'],
      [{ kind: 'tried' }, '2026-01-06'],
      [{ kind: 'tried' }, '2026-01-09'],
    )

    expect(standing.first_tried_at).toEqual(moment('2026-01-06'))
    expect(standing.stage).toBe('trying')
  })

  it('is not moved back by a call during support', () => {
    expect(after(...withPlan, [{ kind: 'tried' }, '2026-02-01']).stage).toBe('plan-agreed')
  })

  it('moves its limit on by the days it waited for others', () => {
    const standing = after(...withPlan, [{ kind: 'paused' }, '2026-02-02'], [{ kind: 'resumed' }, '2026-02-16'])

    expect(standing.paused_days).toBe(14)
    expect(standing.limit_on?.toString()).toBe('2026-05-04')
    expect(standing.stage).toBe('active')
  })

  it('has nothing due but its ending once the person does not take part any more, until that is taken back', () => {
    const steps = [
      { id: 'begun', step: received, at: moment('2026-01-05') },
      { id: 'leaving', step: { kind: 'due', what: 'leaving', on: day('2026-01-06') }, at: moment('2026-01-06') },
      { id: 'after', step: { kind: 'due', what: 'contact', on: day('2026-01-09') }, at: moment('2026-01-07') },
    ] as const
    const back = { id: 'back', step: { kind: 'withdrawn', step: 'leaving' }, at: moment('2026-01-08') } as const

    expect(standingOf(steps)).toMatchObject({ next_due_what: 'leaving', next_due_on: day('2026-01-06') })
    expect(standingOf([...steps, back])).toMatchObject({ next_due_what: 'contact', next_due_on: day('2026-01-09') })
  })

  it('waits whole days of the calendar, also over the night in which summer time begins', () => {
    const pause = { id: '6', step: { kind: 'paused' }, at: Temporal.Instant.from('2026-03-28T00:00:00Z') } as const
    const end = { id: '7', step: { kind: 'resumed' }, at: Temporal.Instant.from('2026-03-29T23:00:00Z') } as const
    const steps = withPlan.map(([step, on], place) => ({ id: String(place), step, at: moment(on) }))

    expect(standingOf([...steps, pause, end])?.paused_days).toBe(2)
  })

  it('knows the first try and the last contact by when they happened, not by when they were written down', () => {
    const steps = [
      [received, '2026-01-05'],
      [{ kind: 'accepted' }, '2026-01-05'],
      [{ kind: 'tried' }, '2026-01-09'],
      [{ kind: 'reached' }, '2026-01-09'],
      [{ kind: 'tried' }, '2026-01-06'],
      [{ kind: 'reached' }, '2026-01-06'],
    ] as const

    expect(after(...steps).first_tried_at).toEqual(moment('2026-01-06'))
    expect(after(...steps).last_contact_at).toEqual(moment('2026-01-09'))
  })

  it('keeps its first limit when a later version of the plan is agreed', () => {
    const later: Step = { kind: 'plan-agreed', planType: 'return-to-work', limitOn: day('2026-07-01') }

    expect(after(...withPlan, [later, '2026-03-01']).limit_on?.toString()).toBe('2026-04-20')
  })

  it('is followed up at 13 and 26 weeks after it is completed, and then closed', () => {
    const completed: Step = { kind: 'completed', followUp13On: day('2026-06-22'), followUp26On: day('2026-09-21') }
    const aftercare = after(...withPlan, [completed, '2026-03-23'])
    const once = after(...withPlan, [completed, '2026-03-23'], [{ kind: 'followed-up', weeks: 13 }, '2026-06-22'])
    const closed = after(...withPlan, [completed, '2026-03-23'], [{ kind: 'followed-up', weeks: 26 }, '2026-09-21'])

    expect([aftercare.stage, once.stage, closed.stage]).toEqual(['aftercare', 'aftercare', 'closed'])
    expect(once.follow_up_13_on).toBeNull()
    expect(once.follow_up_26_on?.toString()).toBe('2026-09-21')
  })

  it('stands where it stood before when its ending is taken back', () => {
    const ended = after(...withPlan, [{ kind: 'ended', as: 'unreachable' }, '2026-02-10'])
    const back = after(
      ...withPlan,
      [{ kind: 'ended', as: 'unreachable' }, '2026-02-10'],
      [{ kind: 'withdrawn', step: '6' }, '2026-02-11'],
    )

    expect([ended.stage, ended.next_due_on]).toEqual(['ended', null])
    expect(back).toEqual(after(...withPlan))
  })

  it('cannot begin with anything but a referral', () => {
    expect(() => afterStep(undefined, { kind: 'accepted' }, moment('2026-01-05'))).toThrow('cannot begin with')
    expect(mayTake('accepted', undefined)).toBe(false)
    expect(mayTake('received', 'received')).toBe(false)
  })

  it('never ends support by itself: completing is possible only while somebody is supported', () => {
    expect(takenFrom.completed).toEqual(['plan-agreed', 'active', 'waiting'])
  })
})
