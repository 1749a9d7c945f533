import { describe, expect, it } from 'vitest'
import { type Chosen, type Instrument, instruments } from '#registers/instruments/rules.ts'
import { bandOf, scorings } from '#registers/scoring/rules.ts'
import { askedIn, isDisability, nothingChosen, offeredIn, readingOf } from './rules.ts'

const phq9 = instruments['phq-9']
const gad7 = instruments['gad-7']

function answered(count: number, answer: number): Chosen {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`item-${index + 1}`, `${answer}`]))
}

describe('A PHQ-9', () => {
  it.each([
    [4, 'minimal'],
    [5, 'mild'],
    [9, 'mild'],
    [10, 'moderate'],
    [14, 'moderate'],
    [15, 'moderately severe'],
    [19, 'moderately severe'],
    [20, 'severe'],
    [27, 'severe'],
  ])('of %i is %s', (score, band) => {
    expect(bandOf(scorings['phq-9'].bands, score)).toBe(band)
  })

  it('sums nine answers', () => {
    expect(readingOf(phq9, answered(9, 3))).toEqual({ score: 27, band: 'severe', missing: 0, alert: true })
    expect(readingOf(phq9, answered(9, 0))).toEqual({ score: 0, band: 'minimal', missing: 0, alert: false })
  })

  it('takes the mean for up to two questions left open', () => {
    expect(readingOf(phq9, answered(7, 2))).toMatchObject({ score: 18, missing: 2 })
    expect(readingOf(phq9, answered(6, 2))).toMatchObject({ score: null, band: null, missing: 3 })
  })

  it.each([
    ['0', false],
    ['1', true],
    ['3', true],
  ])('with %s on question 9 asks for somebody the same day: %s', (answer, alert) => {
    expect(readingOf(phq9, { 'item-9': answer }).alert).toBe(alert)
  })
})

describe('A GAD-7', () => {
  it('sums seven answers and bears one left open', () => {
    expect(readingOf(gad7, answered(7, 1))).toMatchObject({ score: 7, band: 'mild' })
    expect(readingOf(gad7, answered(6, 1))).toMatchObject({ score: 7, missing: 1 })
    expect(readingOf(gad7, answered(5, 1)).score).toBeNull()
  })

  it('never raises the alert of question 9', () => {
    expect(readingOf(gad7, answered(7, 3)).alert).toBe(false)
  })
})

describe('The well-being questions', () => {
  it('have no score together, and a band each', () => {
    const { items } = instruments.ons4

    expect(readingOf(instruments.ons4, { satisfied: '7' })).toMatchObject({ score: null, missing: 3 })
    expect([4, 5, 6, 7, 8, 9].map((number) => bandOf(items['satisfied']?.bands ?? {}, number))).toEqual([
      'low',
      'medium',
      'medium',
      'high',
      'high',
      'very high',
    ])
    expect([1, 2, 3, 4, 5, 6].map((number) => bandOf(items['anxious']?.bands ?? {}, number))).toEqual([
      'very low',
      'low',
      'low',
      'medium',
      'medium',
      'high',
    ])
  })
})

describe('The two questions on health say disability', () => {
  it.each([
    [{ lasting: 'yes', restricting: 'a-little' }, true],
    [{ lasting: 'yes', restricting: 'a-lot' }, true],
    [{ lasting: 'yes', restricting: 'not-at-all' }, false],
    [{ lasting: 'no' }, false],
    [{ lasting: 'yes' }, undefined],
    [{ lasting: 'not-said', restricting: 'a-lot' }, undefined],
    [{}, undefined],
  ])('%o: %s', (chosen, disability) => {
    expect(isDisability(chosen)).toBe(disability)
  })
})

describe('What is asked', () => {
  it('holds PHQ-9 and GAD-7 only where the area has switched them on', () => {
    expect(offeredIn([])).not.toContain('phq-9')
    expect(offeredIn(['phq-9'])).toContain('phq-9')
    expect(askedIn('phq-9', [])).toEqual([])
    expect(askedIn('gad-7', [gad7])).toEqual([gad7])
    expect(askedIn('baseline', []).map(({ code }) => code)).toContain('ons4')
    expect(askedIn('something-else', [gad7])).toEqual([])
  })

  it('needs one answer at least', () => {
    const asked: readonly Instrument[] = [instruments.ons4, instruments.rulers]
    expect(nothingChosen(asked, [{}, {}])).toEqual([
      { field: 'ons4-satisfied', message: 'Answer at least one question' },
    ])
    expect(nothingChosen(asked, [{}, { importance: '3' }])).toEqual([])
  })
})
