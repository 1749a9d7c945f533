import { describe, expect, it } from 'vitest'
import { holidaysFrom } from '#platform/dates.ts'
import { usualSettings } from '#registers/areas/rules.ts'
import type { Way } from '#journey/reaching/rules.ts'
import * as rules from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const holidays = holidaysFrom(['2026-04-03', '2026-04-06', '2026-12-25', '2026-12-28'].map(day))
const mobile = { kind: 'mobile', value: '07700 900461', wanted: true, safe: true, voicemail_safe: true }
const email = { ...mobile, kind: 'email', value: 'robin@example.org', voicemail_safe: false }
const reaching = { means: [mobile, email], accessNeeds: [], wantsContact: undefined }

const made = (way: Way, on: string, result: rules.Result = 'no-answer'): rules.Try => ({
  ...{ way, result, happened_at: Temporal.Instant.from(`${on}T10:00:00Z`) },
})

type Given = Partial<Omit<rules.Proposing, 'standing' | 'happenedOn'>> &
  Readonly<{ on?: string; stage?: rules.Proposing['standing']['stage']; due?: [string, string] }>

function proposed({ on = '2026-01-05', stage = 'trying', due, ...given }: Given) {
  const next = rules.proposeNext({
    ...{ result: 'no-answer', way: 'mobile', happenedOn: day(on), callBackOn: null, tries: [], reaching },
    ...{ settings: usualSettings, holidays, today: day(on) },
    standing: { stage, next_due_what: due?.[0] ?? null, next_due_on: due ? day(due[1]) : null },
    ...given,
  })
  return [next.what, next.on.toString(), next.way]
}

describe('The next contact that is proposed', () => {
  it('is another way three working days after nobody answered, so that three tries fit into ten', () => {
    expect(proposed({})).toEqual(['contact', '2026-01-08', 'text'])
  })

  it('passes over Good Friday and Easter Monday', () => {
    expect(proposed({ on: '2026-04-02' })).toEqual(['contact', '2026-04-09', 'text'])
  })

  it('passes over Christmas and the substitute day', () => {
    expect(proposed({ on: '2026-12-24' })).toEqual(['contact', '2026-12-31', 'text'])
  })

  it('counts days and not hours where summer time begins and ends', () => {
    expect(proposed({ on: '2026-03-27' })).toEqual(['contact', '2026-04-01', 'text'])
    expect(proposed({ on: '2026-10-23' })).toEqual(['contact', '2026-10-28', 'text'])
  })

  it('is a channel that was not tried yet before one that was', () => {
    expect(proposed({ tries: [made('text', '2026-01-02')] })[2]).toBe('email')
  })

  it('is never a way that is unsafe or unwanted', () => {
    const unsafe = { ...reaching, means: [mobile, { ...email, safe: false }] }

    expect(proposed({ way: 'text', tries: [made('mobile', '2026-01-02')], reaching: unsafe })[2]).toBe('mobile')
    expect(proposed({ result: 'wrong-number', reaching: { ...reaching, means: [email] }, way: 'email' })[2]).toBeNull()
  })

  it('is not a call to somebody who cannot use the phone, even after one call worked', () => {
    const noPhone = { ...reaching, accessNeeds: ['no-phone'] }

    expect(proposed({ result: 'reached', way: 'mobile', reaching: noPhone })[2]).toBe('text')
    expect(proposed({ result: 'call-back', way: 'mobile', reaching: noPhone })[2]).toBe('text')
    expect(proposed({ result: 'reached', way: 'mobile' })[2]).toBe('mobile')
  })

  it('is soon after a wrong number', () => {
    expect(proposed({ result: 'wrong-number' })).toEqual(['contact', '2026-01-06', 'text'])
  })

  it('is to book an appointment once the person was reached and none is booked', () => {
    expect(proposed({ result: 'reached' })).toEqual(['booking', '2026-01-06', 'mobile'])
  })

  it('comes before the area would say that the person is going quiet', () => {
    expect(proposed({ result: 'reached', stage: 'active' })).toEqual(['contact', '2026-01-16', 'mobile'])
  })

  it('is on the day the person asked for', () => {
    const asked = { result: 'call-back', callBackOn: day('2026-01-10') } as const

    expect(proposed(asked)).toEqual(['call-back', '2026-01-10', 'mobile'])
  })

  it('asks for a decision after a no, whatever else was due', () => {
    expect(proposed({ result: 'declined', due: ['appointment', '2026-01-06'] })).toEqual([
      'decline',
      '2026-01-06',
      null,
    ])
  })

  it('is the appointment where one comes sooner, and is not where it has passed', () => {
    expect(proposed({ due: ['appointment', '2026-01-07'] })[0]).toBe('appointment')
    expect(proposed({ due: ['appointment', '2026-01-09'] })[0]).toBe('contact')
    expect(proposed({ due: ['appointment', '2026-01-02'] })[0]).toBe('contact')
  })

  it('is never in the past for a contact that is written down late', () => {
    expect(proposed({ on: '2026-01-05', today: day('2026-01-24') })[1]).toBe('2026-01-26')
  })
})

describe('A person may be considered unreachable', () => {
  const may = (...tries: rules.Try[]) => rules.mayBeUnreachable(tries, { triesBeforeUnreachable: 3 })

  it('after three tries in two channels, and not after two', () => {
    expect(may(made('mobile', '2026-01-05'), made('text', '2026-01-08'))).toBe(false)
    expect(may(made('mobile', '2026-01-05'), made('text', '2026-01-08'), made('mobile', '2026-01-13'))).toBe(true)
  })

  it('only while an answer is waited for: not with an appointment to come or while others are waited for', () => {
    expect((['trying', 'active', 'booked', 'waiting', 'aftercare'] as const).map(rules.isAskedFor)).toEqual([
      ...[true, true, false, false, false],
    ])
  })

  it('never after calls alone, to whichever phone', () => {
    const calls = ['05', '08', '13', '16'].map((on) => made(on === '08' ? 'telephone' : 'mobile', `2026-01-${on}`))

    expect(may(...calls)).toBe(false)
  })

  it('not by calling three times on one day', () => {
    expect(may(...Array.from({ length: 3 }, () => made('mobile', '2026-01-05')), made('text', '2026-01-05'))).toBe(
      false,
    )
  })

  it('counted from when they were last spoken to', () => {
    const before = [made('mobile', '2026-01-05'), made('text', '2026-01-06'), made('email', '2026-01-07')]

    expect(may(...before, made('mobile', '2026-01-08', 'reached'))).toBe(false)
    expect(may(...before)).toBe(true)
  })
})

describe('The clock of the first try', () => {
  const said = (today: string, tried?: string) =>
    rules.firstTryInWords(
      { first_try_by: day('2026-01-07'), first_tried_at: tried ? Temporal.Instant.from(`${tried}T10:00:00Z`) : null },
      day(today),
      holidays,
    )

  it('runs until its last day is over', () => {
    expect(said('2026-01-07')).toEqual({ late: false, words: 'First try due today' })
    expect(said('2026-01-08')).toEqual({ late: true, words: 'First try due yesterday, 1 working day late' })
  })

  it('stands once somebody tried, and says whether that was in time', () => {
    expect(said('2026-01-12', '2026-01-07')?.words).toBe('First tried Wednesday 7 January 2026, in time')
    expect(said('2026-01-12', '2026-01-09')?.words).toBe('First tried Friday 9 January 2026, 2 working days late')
  })
})

describe('A contact', () => {
  const now = Temporal.Instant.from('2026-01-05T10:00:00Z')
  const problems = (at: string) =>
    rules.problemsWithMoment(Temporal.Instant.from(at), now, Temporal.Instant.from('2026-01-02T15:00:00Z'))

  it('may have happened until now and since the day the referral came', () => {
    expect(problems('2026-01-05T10:00:00Z')).toEqual([])
    expect(problems('2026-01-02T09:00:00Z')).toEqual([])
    expect(problems('2026-01-05T10:00:01Z')).toHaveLength(1)
    expect(problems('2026-01-01T23:59:00Z')).toHaveLength(1)
  })

  it('is logged from acceptance until the end of aftercare', () => {
    expect(
      (['received', 'accepted', 'active', 'aftercare', 'closed', 'ended'] as const).map((stage) => rules.mayLog(stage)),
    ).toEqual([...[false, true, true, true, false, false]])
    expect(rules.stepsOf('no-answer', 'aftercare')).toEqual([])
    expect(rules.stepsOf('declined', 'accepted')).toEqual(['tried', 'reached'])
  })
})
