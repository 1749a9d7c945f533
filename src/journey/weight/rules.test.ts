import { describe, expect, it } from 'vitest'
import { numbersFrom } from '#test/chance.ts'
import { type Points, usualPoints } from '#registers/weighting/rules.ts'
import { stages, type Stage } from '#journey/episode/rules.ts'
import { type Rhythm, rhythms } from '#journey/rhythm/rules.ts'
import { type Caseload, effectsOf } from '#journey/room/rules.ts'
import { reasonsFor, type Weighed, weightOf } from './rules.ts'

// Checked: the keys of a code list are its codes.
const stageCodes = Object.keys(stages) as Stage[]
// Checked: as above.
const rhythmCodes = Object.keys(rhythms) as Rhythm[]

const plain: Weighed = {
  ...{ stage: 'active', barriers: 2, severe: 0, interpreter: false, concern: false, restricted: false, every: 'none' },
}

type Number = (below: number) => number

function somebody(number: Number): Weighed {
  const barriers = number(9)
  return {
    ...{ barriers, severe: number(barriers + 1), stage: stageCodes[number(stageCodes.length)] ?? 'active' },
    ...{ interpreter: number(2) === 1, concern: number(2) === 1, restricted: number(2) === 1 },
    every: rhythmCodes[number(rhythmCodes.length)] ?? 'none',
  }
}

function points(number: Number): Points {
  const each = Object.fromEntries(Object.keys(usualPoints).map((name) => [name, number(12)]))
  const promised = [number(12), number(12), number(12)].toSorted((one, other) => other - one)
  const [weightWeekly = 0, weightFortnightly = 0, weightMonthly = 0] = promised
  return { ...usualPoints, ...each, ...{ weightWeekly, weightFortnightly, weightMonthly } }
}

/** The same person with one thing more that makes the work more. */
const harder: Readonly<Record<string, (one: Weighed) => Weighed>> = {
  'one thing more in the way': (one) => ({ ...one, barriers: one.barriers + 1 }),
  'a severe thing in the way': (one) => ({ ...one, barriers: one.barriers + 1, severe: one.severe + 1 }),
  'an interpreter': (one) => ({ ...one, interpreter: true }),
  'a concern': (one) => ({ ...one, concern: true }),
  'a restriction': (one) => ({ ...one, restricted: true }),
  'a weekly promise': (one) => ({ ...one, every: 'week' }),
}

describe('What looking after somebody weighs', () => {
  it('is the sum of its reasons, never negative, and never less for whoever needs more', () => {
    for (let seed = 1; seed <= 500; seed += 1) {
      const number = numbersFrom(seed)
      const [one, set] = [somebody(number), points(number)]
      const weight = weightOf(one, set)

      expect(weight).toBe(reasonsFor(one, set).reduce((sum, reason) => sum + reason.points, 0))
      expect(reasonsFor(one, set).every((reason) => reason.points > 0)).toBe(true)
      for (const [what, more] of Object.entries(harder))
        expect([what, weightOf(more(one), set) >= weight]).toEqual([what, true])
    }
  })

  it('is said in words that can be checked against the record', () => {
    const one: Weighed = { ...plain, barriers: 5, severe: 2, interpreter: true, concern: true, every: 'week' }

    expect(reasonsFor(one, usualPoints)).toEqual([
      { why: 'Stands at: Active', points: 3 },
      { why: '5 things stand in the way', points: 1 },
      { why: '2 things stand severely in the way (7 of 10 or more)', points: 2 },
      { why: 'An interpreter is needed', points: 2 },
      { why: 'A safety concern is open', points: 2 },
      { why: 'Promised contact: every week', points: 3 },
    ])
  })

  it('is that of a follow-up alone once support has ended, and nothing afterwards', () => {
    const all: Weighed = { ...plain, barriers: 6, severe: 6, concern: true, every: 'week' }

    expect(weightOf({ ...all, stage: 'aftercare' }, usualPoints)).toBe(usualPoints.weightFollowUp)
    expect(weightOf({ ...all, stage: 'closed' }, usualPoints)).toBe(0)
  })
})

describe('An allocation', () => {
  it('moves people and points from coach to coach, and makes and loses none', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const number = numbersFrom(seed)
      const coaches = ['one', 'two', 'three'].map((coach) => aCoach(coach, number))
      const chosen = Array.from({ length: 1 + number(8) }, () => ({
        ...{ coach: [null, 'one', 'two', 'three'][number(4)] ?? null, points: number(15) },
      }))
      const [to] = coaches
      if (!to) throw new Error('There are three')
      const effects = effectsOf(to, chosen, coaches)
      const grown = (of: 'people' | 'points') => effects.reduce((sum, one) => sum + one[of].after - one[of].before, 0)
      const fresh = chosen.filter(({ coach }) => coach === null)

      expect(grown('people')).toBe(fresh.length)
      expect(grown('points')).toBe(fresh.reduce((sum, one) => sum + one.points, 0))
      expect(effects[0]?.coach).toBe('one')
      for (const one of effects.slice(1)) expect([one.people.over, one.points.over]).toEqual([false, false])
    }
  })
})

function aCoach(coach: string, number: Number): Caseload {
  return {
    ...{ coach, name: coach, organisation: 'lead', organisationName: 'Lead', sees: ['lead'], languages: [] },
    ...{ open: 8 + number(40), cap: number(40), points: 120 + number(150), pointsCap: number(200) },
    ...{ worksIn: [], backOn: null },
  }
}
