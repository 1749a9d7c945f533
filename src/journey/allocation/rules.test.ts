import { describe, expect, it } from 'vitest'
import { type Caseload, effectOn, effectsOf } from '#journey/room/rules.ts'
import { allocationProblems, clocksOf, fitsOf, reasonProblems, suggestionsFor, type Waiting } from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

const asha: Waiting = {
  ...{ episode: 'e', person: 'p', name: 'Asha Khan', provider: 'lead', coach: null, coachName: null, route: 'gp' },
  ...{ language: 'Urdu', interpreter: null, council: 'Lancaster', district: 'LA1', accessNeeds: [] },
  ...{ receivedOn: day('2026-01-05'), firstTryBy: day('2026-01-07'), tried: false },
  ...{ firstAppointmentBy: day('2026-01-19'), booked: false, points: 5 },
}
const carol: Caseload = {
  ...{ coach: 'carol', name: 'Carol', organisation: 'lead', organisationName: 'Lead Provider', sees: ['lead'] },
  ...{ open: 30, cap: 40, points: 90, pointsCap: 200, languages: [], worksIn: [], backOn: null },
}

const order = (coaches: readonly Caseload[]) => suggestionsFor(asha, coaches).map(({ coach }) => coach.coach)

describe('The clocks of somebody who waits', () => {
  it.each([
    ['2026-01-06', 'First try by tomorrow', false],
    ['2026-01-07', 'First try by today', false],
    ['2026-01-08', 'First try 1 day late, due 7 January 2026', true],
  ])('say on %s: %s', (today, words, late) => {
    expect(clocksOf(asha, day(today))[0]).toEqual({ words, late })
  })

  it('say nothing of the first try once somebody has tried', () => {
    expect(clocksOf({ ...asha, tried: true }, day('2026-01-20'))).toEqual([
      { words: 'First appointment 1 day late, due 19 January 2026', late: true },
    ])
  })
})

describe('Who would suit', () => {
  it('is told with the reasons for and against', () => {
    const fits = fitsOf(asha, { ...carol, languages: ['urdu'], worksIn: ['Preston'] }).map(({ words }) => words)

    expect(fits).toEqual([
      'room for 10 more (30 of 40)',
      '95 of 200 points with them',
      'speaks Urdu',
      'works in Preston',
    ])
  })

  it('says nothing of places or languages where nothing is known', () => {
    expect(fitsOf({ ...asha, language: null }, carol).map(({ kind }) => kind)).toEqual(['room', 'weight'])
  })

  it('puts room and weight before language, language before place, and the emptier caseload first', () => {
    const full = { ...carol, coach: 'full', open: 40, languages: ['Urdu'], worksIn: ['Lancaster'] }
    const speaks = { ...carol, coach: 'speaks', languages: ['Urdu'] }
    const near = { ...carol, coach: 'near', worksIn: ['Lancaster'] }
    const free = { ...carol, coach: 'free', open: 10, points: 30 }
    const heavy = { ...free, coach: 'heavy', points: 198, languages: ['Urdu'] }

    expect(order([full, carol, near, heavy, speaks, free])).toEqual([
      'speaks',
      'near',
      'free',
      'carol',
      'heavy',
      'full',
    ])
  })

  it('puts somebody who is away behind, and leaves out who may not see the person', () => {
    const away = { ...carol, coach: 'away', languages: ['Urdu'], backOn: day('2026-02-02') }
    const other = { ...carol, coach: 'other', organisation: 'second', sees: ['second'] }

    expect(order([away, other, carol])).toEqual(['carol', 'away'])
  })
})

describe('The effect of an allocation', () => {
  it('is counted against the cap, and nobody is counted twice', () => {
    const hers = { ...asha, episode: 'f', coach: 'carol' }

    expect(effectOn(carol, [asha, hers])).toEqual({ before: 30, after: 31, cap: 40, over: false })
    expect(effectOn({ ...carol, open: 40 }, [asha]).over).toBe(true)
  })

  it('is shown for whoever gives somebody up as well, in people and in points', () => {
    const dan = { ...carol, coach: 'dan', name: 'Dan', open: 12, points: 48 }
    const his = { ...asha, episode: 'g', coach: 'dan' }

    expect(effectsOf(carol, [asha, his], [carol, dan])).toMatchObject([
      { name: 'Carol', people: { before: 30, after: 32 }, points: { before: 90, after: 100, over: false } },
      { name: 'Dan', people: { before: 12, after: 11 }, points: { before: 48, after: 43 } },
    ])
  })

  it('wants words when it goes over the cap', () => {
    const over = { people: true, points: false }
    const heavy = { people: false, points: true }
    const neither = { people: false, points: false }

    expect(reasonProblems('room', null, over).map(({ field }) => field)).toEqual(['note'])
    expect(reasonProblems('room', 'Two end this week', over)).toEqual([])
    expect(reasonProblems('other', null, neither).map(({ field }) => field)).toEqual(['note'])
    expect(reasonProblems('room', null, heavy)[0]?.message).toContain('more points than their cap')
  })

  it('is refused for a coach who may not see the person', () => {
    expect(allocationProblems({ ...carol, sees: ['second'] }, [asha])[0]?.message).toContain('hand them over instead')
  })
})
