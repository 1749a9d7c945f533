import { describe, expect, it } from 'vitest'
import { type Rating, type Scale, scoresOver, shownScore, tScoreOf } from './rules.ts'

/** Goals that look like chance and are the same each time. */
function goalsOf(seed: number) {
  let state = seed * 7919 + 1
  const next = (most: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * most)
  }
  return Array.from({ length: 1 + next(6) }, () => ({ weight: 1 + next(3), level: next(5) - 2 }))
}
const many = Array.from({ length: 200 }, (_, seed) => goalsOf(seed))

describe('The T score', () => {
  it.each([
    [[{ weight: 1, level: 1 }], '60.0'],
    [[{ weight: 3, level: -2 }], '30.0'],
    [Array.from({ length: 3 }, () => ({ weight: 1, level: 1 })), '63.7'],
    [
      [
        { weight: 2, level: 1 },
        { weight: 1, level: -1 },
      ],
      '54.0',
    ],
  ])('of %j is %s', (goals, score) => {
    expect(shownScore(tScoreOf(goals) ?? 0)).toBe(score)
  })

  it('is none without goals, and 50 where everything went as hoped', () => {
    expect(tScoreOf([])).toBeNull()
    for (const goals of many) expect(tScoreOf(goals.map((goal) => ({ ...goal, level: 0 })))).toBe(50)
  })

  it('falls as far below 50 as the same levels above would lift it', () => {
    for (const goals of many) {
      const turned = goals.map(({ weight, level }) => ({ weight, level: -level }))
      expect(Number(tScoreOf(goals)) + Number(tScoreOf(turned))).toBeCloseTo(100)
    }
  })

  it('asks how the weights compare, not how large they are, and not in which order the goals stand', () => {
    for (const goals of many) {
      const doubled = goals.map(({ weight, level }) => ({ weight: weight * 2, level }))
      expect(tScoreOf(doubled)).toBeCloseTo(Number(tScoreOf(goals)))
      expect(tScoreOf(goals.toReversed())).toBeCloseTo(Number(tScoreOf(goals)))
    }
  })

  it('rises whenever one goal comes further', () => {
    for (const [first, ...rest] of many) {
      if (!first || first.level === 2) continue
      const further = [{ ...first, level: first.level + 1 }, ...rest]
      expect(Number(tScoreOf(further))).toBeGreaterThan(Number(tScoreOf([first, ...rest])))
    }
  })
})

describe('The T score over time', () => {
  const day = (text: string) => Temporal.PlainDate.from(text)
  const words = { much_less: 'a', less: 'b', expected: 'c', more: 'd', much_more: 'e' }
  const setAt = Temporal.Instant.from('2026-01-05T10:00:00Z')
  const scale = (goal: string): Scale => ({
    ...{ id: `scale-${goal}`, goal, number: 1, weight: 1, baseline: -1, words, setAt, by: null },
  })
  const rating = (goal: string, on: string, level: number, of = `scale-${goal}`): Rating => ({
    ...{ id: `${on}-${level}`, goal, scale: of, level, on: day(on), ratedBy: 'together', by: null },
  })

  it('begins where the goals stood, and takes the newest level of each on each day', () => {
    const ratings = [rating('a', '2026-02-01', 0), rating('a', '2026-03-01', 1), rating('b', '2026-03-01', 1)]
    const points = scoresOver([scale('a'), scale('b')], ratings)

    expect(points.map(({ on, score }) => [on?.toString(), shownScore(score)])).toEqual([
      [undefined, '37.6'],
      ['2026-02-01', '43.8'],
      ['2026-03-01', '62.4'],
    ])
  })

  it('leaves out ratings by levels that were changed since', () => {
    expect(scoresOver([scale('a')], [rating('a', '2026-02-01', 2, 'earlier')])).toHaveLength(1)
  })
})
