import { describe, expect, it } from 'vitest'
import { type Cohort, type Facts, getsOf, pilotProblems, placeOf, reasonsOutside, standingOf } from './rules.ts'

const everybody: Cohort = {
  ...{ planTypes: [], work: [], barriers: [], routes: [], providers: [], coaches: [], councils: [] },
}
const somebody: Facts = {
  ...{ planType: 'return-to-work', employment: 'employed', barriers: ['physical'], route: 'gp' },
  ...{ provider: 'lead', coach: 'carol', council: 'E08000035' },
}

describe('Whom a pilot is for', () => {
  it('is everybody where nothing is asked', () => {
    expect(reasonsOutside(everybody, somebody)).toEqual([])
  })

  it.each([
    [{ planTypes: ['seek-work'] }, 'another kind of plan'],
    [{ work: ['out-of-work'] }, 'not for people who are in work'],
    [{ barriers: ['social', 'work'] }, 'Nothing of the kind'],
    [{ routes: ['self'] }, 'came in another way'],
    [{ providers: ['second'] }, 'another provider'],
    [{ coaches: ['colin'] }, 'other coaches'],
    [{ councils: ['E08000032'] }, 'live elsewhere'],
  ] as const)('leaves out whom %o does not fit, and says why', (asked, why) => {
    expect(reasonsOutside({ ...everybody, ...asked }, somebody)).toEqual([expect.stringContaining(why)])
  })

  it('says of a plan that is not agreed yet that nothing is known, not that it is of another kind', () => {
    const asked = { ...everybody, planTypes: ['seek-work'] } as const

    expect(reasonsOutside(asked, { ...somebody, planType: null })).toEqual([
      'It depends on the kind of plan, and none is agreed yet',
    ])
  })

  it('asks each list for itself, and is enough with one of a list', () => {
    const cohort: Cohort = { ...everybody, planTypes: ['seek-work', 'return-to-work'], barriers: ['physical', 'work'] }
    expect(reasonsOutside(cohort, somebody)).toEqual([])
  })

  it('does not guess where nobody has talked with them yet', () => {
    const unknown = { ...somebody, employment: null, coach: null }
    expect(reasonsOutside({ ...everybody, work: ['in-work'], coaches: ['carol'] }, unknown)).toHaveLength(2)
  })
})

describe('What somebody gets who takes part', () => {
  const places = Array.from({ length: 400 }, (_, place) => place + 1)
  const all = (seed: string) => places.map((place) => getsOf({ allotting: 'chance', seed, place, chosen: null }))

  it('goes in turn, beginning with what is tried', () => {
    const inTurn = [1, 2, 3, 4].map((place) => getsOf({ allotting: 'alternate', seed: null, place, chosen: null }))
    expect(inTurn).toEqual(['new', 'usual', 'new', 'usual'])
  })

  it('is the same again by the same seed, and another by another', () => {
    expect(all('spring')).toEqual(all('spring'))
    expect(all('spring')).not.toEqual(all('autumn'))
  })

  it('is by chance about as often the one as the other, also after the one', () => {
    const drawn = all('spring')
    const after = drawn.filter((_, place) => drawn[place - 1] === 'new')
    for (const some of [drawn, after])
      expect(Math.abs(some.filter((one) => one === 'new').length / some.length - 0.5)).toBeLessThan(0.1)
  })

  it('is for everybody what is tried, or what their coach chose with them', () => {
    expect(getsOf({ allotting: 'everybody', seed: null, place: 2, chosen: null })).toBe('new')
    expect(getsOf({ allotting: 'coach', seed: null, place: 1, chosen: 'usual' })).toBe('usual')
  })
})

describe('A pilot', () => {
  const [first, last] = [Temporal.PlainDate.from('2026-03-01'), Temporal.PlainDate.from('2026-05-31')]
  const lasting = { fromOn: first, untilOn: last, endedAt: null }

  it.each([
    ['2026-02-28', 'to-come'],
    ['2026-03-01', 'running'],
    ['2026-05-31', 'running'],
    ['2026-06-01', 'over'],
  ])('is on %s %s', (day, standing) => {
    expect(standingOf(lasting, Temporal.PlainDate.from(day))).toBe(standing)
  })

  it('needs something to measure by, days in their order, and a seed where chance decides', () => {
    const wrong = { fromOn: last, untilOn: first, measured: [], allotting: 'chance', seed: null } as const
    expect(pilotProblems(wrong).map(({ field }) => field)).toEqual(['until', 'measured', 'seed'])
  })

  it('tells somebody who never took part from somebody who takes it back', () => {
    const [yes, no] = [{ given: true }, { given: false }]
    expect([placeOf(false, []), placeOf(true, []), placeOf(true, [no])]).toEqual(['fits', 'asked', 'no'])
    expect([placeOf(true, [yes, no]), placeOf(true, [no, yes])]).toEqual(['yes', 'back'])
  })
})
