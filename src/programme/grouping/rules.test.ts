import { describe, expect, it } from 'vitest'
import { healthKinds } from '#journey/assessment/rules.ts'
import { ageBands, groupLabel, healthGroups, inWork, waits } from './rules.ts'

describe('Who is counted where', () => {
  it.each([ageBands, waits])('bands begin at nought and rise, so that everybody falls into one', (bands) => {
    const from = Object.values(bands).map((band) => band.from)
    expect(from[0]).toBe(0)
    expect(from.toSorted((one, other) => one - other)).toEqual(from)
  })

  it('work of any kind is in work', () => {
    expect(inWork).toEqual(['employed', 'zero-hours', 'self-employed', 'apprentice'])
  })

  it('every kind of health condition stands under one published heading, but for those who preferred not to say', () => {
    const under: string[] = Object.values(healthGroups).flatMap(({ kinds }) => [...kinds])
    expect(under.toSorted()).toEqual(
      Object.keys(healthKinds)
        .filter((kind) => kind !== 'not-stated')
        .toSorted(),
    )
  })

  it('what nobody wrote down is called so, and a name as it is', () => {
    expect([groupLabel('age', 'not-known'), groupLabel('age', '16-24'), groupLabel('council', 'Leeds')]).toEqual([
      'Not recorded',
      '16 to 24',
      'Leeds',
    ])
  })
})
