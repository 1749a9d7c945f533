import { describe, expect, it } from 'vitest'
import { comparisonOf, problemWithScore, scoreOf, type Scoring, scorings } from './rules.ts'

const scored = Object.entries<Scoring>(scorings)
const asked = scored.flatMap(([code, scoring]) => (scoring.items ? [{ code, scoring, items: scoring.items }] : []))

/** Numbers that look like chance and are the same each time. */
function numbers(seed: number) {
  let state = seed
  return (least: number, most: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return least + Math.floor((state / 2_147_483_648) * (most - least + 1))
  }
}

describe('Every instrument that is scored from its answers', () => {
  it.each(asked)('$code: reaches both ends of its range and never leaves it', ({ scoring, items }) => {
    const all = (answer: number) =>
      scoreOf(
        scoring,
        Array.from({ length: items.count }, () => answer),
      )
    expect([all(items.least), all(items.most)]).toEqual(scoring.range)
    const next = numbers(items.count)
    for (let round = 0; round < 200; round++) {
      const given = Array.from({ length: items.count - (round % (scoring.mostMissing + 1)) }, () =>
        next(items.least, items.most),
      )
      const score = scoreOf(scoring, given)
      expect(score).toBeGreaterThanOrEqual(scoring.range[0])
      expect(score).toBeLessThanOrEqual(scoring.range[1])
      expect(scoreOf(scoring, given.toReversed())).toBe(score)
      expect(problemWithScore(scoring, score ?? -1)).toBeUndefined()
    }
  })

  it.each(asked)('$code: rises when one answer rises, and takes the mean for what may be left open', (one) => {
    const { scoring, items } = one
    const next = numbers(items.count + 7)
    for (let round = 0; round < 100; round++) {
      const given = Array.from({ length: items.count }, () => next(items.least, items.most - 1))
      const raised = given.map((answer, place) => (place === round % items.count ? answer + 1 : answer))
      expect(Number(scoreOf(scoring, raised)) - Number(scoreOf(scoring, given))).toBe(scoring.times ?? 1)
      const open = given.slice(0, items.count - scoring.mostMissing)
      const mean = open.reduce((sum, answer) => sum + answer, 0) / open.length
      expect(scoreOf(scoring, open)).toBe(Math.round(mean * items.count) * (scoring.times ?? 1))
      expect(scoreOf(scoring, given.slice(0, items.count - scoring.mostMissing - 1))).toBeNull()
    }
  })
})

describe('The WSAS of somebody without work', () => {
  it('takes the mean of the other four for the question on work, and is void with two left open', () => {
    expect(scoreOf(scorings.wsas, [4, 4, 4, 5])).toBe(21)
    expect(scoreOf(scorings.wsas, [8, 8, 8])).toBeNull()
  })
})

describe('A score that is typed in', () => {
  it.each(scored)('of %s is refused outside its range, and with a fraction', (_code, scoring) => {
    const [least, most] = scoring.range
    for (const wrong of [least - 1, most + 1, least + 0.5])
      expect(problemWithScore(scoring, wrong)).toBe(`Enter a whole number from ${least} to ${most}`)
    expect([problemWithScore(scoring, least), problemWithScore(scoring, most)]).toEqual([undefined, undefined])
  })

  it('of the WHO-5 is a sum times four', () => {
    expect(problemWithScore(scorings['who-5'], 50)).toContain('divides by 4')
    expect(problemWithScore(scorings['who-5'], 52)).toBeUndefined()
  })
})

describe('Two scores', () => {
  it('of the PHQ-9 differ by its margin from six on, of the GAD-7 from four on', () => {
    const phq9 = (earlier: number, later: number) =>
      comparisonOf(scorings['phq-9'], scorings['phq-9'].change, [earlier, later])
    const gad7 = (earlier: number, later: number) =>
      comparisonOf(scorings['gad-7'], scorings['gad-7'].change, [earlier, later])

    expect([phq9(16, 10), phq9(16, 11), phq9(10, 16)]).toEqual(['better', 'within', 'worse'])
    expect([gad7(12, 8), gad7(12, 9), gad7(8, 12)]).toEqual(['better', 'within', 'worse'])
  })

  it('of a questionnaire where more is better are read the other way round', () => {
    expect(comparisonOf(scorings['who-5'], { by: 10 }, [40, 60])).toBe('better')
    expect(comparisonOf(scorings['who-5'], { by: 10 }, [60, 40])).toBe('worse')
  })
})
