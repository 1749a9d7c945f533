import { describe, expect, it } from 'vitest'
import { type Chosen, type ConceptMap, type Instrument, instruments, inWordsOf } from '#registers/instruments/rules.ts'
import { scorings } from '#registers/scoring/rules.ts'
import { type Answer, seriesOf } from './rules.ts'

const phq9 = instruments['phq-9']
const all = (answer: string): Chosen => Object.fromEntries(Object.keys(phq9.items).map((item) => [item, answer]))

function answer(day: number, over: Partial<Answer>): Answer {
  const at = Temporal.Instant.from('2026-01-01T12:00:00Z').add({ hours: 24 * day })
  const usual = { id: `${day}`, instrument: 'phq-9', version: 1, canonical: phq9.canonical, items: {} }
  return { ...usual, score: null, answered_at: at, answered_by: 'staff', typed_in: false, ...over }
}

const trend = (answers: readonly Answer[], maps: readonly ConceptMap[] = [], instrument: Instrument = phq9) =>
  seriesOf({ instrument, answers, maps, margin: scorings['phq-9'].change })

describe('Scores over time', () => {
  it('stand in the order of their days, each compared with the first by the margin', () => {
    const [series] = trend([answer(30, { score: 9 }), answer(0, { score: 15 }), answer(9, { score: 12 })])

    expect(series?.points.map(({ value, comparison, band }) => [value, comparison, band])).toEqual([
      [15, undefined, 'moderately severe'],
      [12, 'within', 'moderate'],
      [9, 'better', 'mild'],
    ])
  })

  it('leave out an answer without a score, and take in one from paper', () => {
    const [series, ...more] = trend([
      answer(0, { score: 15 }),
      answer(1, { score: null, items: { 'item-1': '3' } }),
      answer(2, { score: 14, typed_in: true, canonical: null, version: 0 }),
    ])

    expect(series?.points.map(({ value, how }) => [value, how])).toEqual([
      [15, 'asked'],
      [14, 'paper'],
    ])
    expect(more).toEqual([])
  })
})

describe('Answers to an earlier wording', () => {
  // In the first wording the answers ran the other way round, and its ninth question was its first.
  const earlier = 'urn:example:mood|1'
  const map: ConceptMap = {
    ...{ resourceType: 'ConceptMap', sourceCanonical: earlier, targetCanonical: phq9.canonical },
    group: [
      {
        element: Object.keys(phq9.items).flatMap((item, place) => [
          ...['0', '1', '2', '3'].map((code) => ({
            code: `old-${place}/${code}`,
            target: [{ code: `${item}/${3 - Number(code)}` }],
          })),
        ]),
      },
    ],
  }
  const old = (code: string): Chosen =>
    Object.fromEntries(Object.keys(phq9.items).map((_item, place) => [`old-${place}`, code]))

  it('are in one trend with those of today where a map was declared', () => {
    const first = answer(0, { canonical: earlier, items: old('3'), score: 27 })
    const [series, ...more] = trend([first, answer(20, { score: 8, items: all('1') })], [map])

    expect(series?.points.map(({ value, how }) => [value, how])).toEqual([
      [0, 'mapped'],
      [8, 'asked'],
    ])
    expect(more).toEqual([])
  })

  it('stand by themselves where none was, and are compared with nothing', () => {
    const first = answer(0, { canonical: earlier, items: old('3'), score: 27 })
    const found = trend([first, answer(20, { score: 8, items: all('1') })])

    expect(found.map(({ label, points }) => [label, points.length])).toEqual([
      ['Score (earlier wording, not comparable)', 1],
      ['Score', 1],
    ])
    expect(found.flatMap(({ points }) => points.map(({ comparison }) => comparison))).toEqual([undefined, undefined])
  })

  it('are brought over two versions, and never round in a circle', () => {
    const step = (from: string, to: string): ConceptMap => ({
      ...{ resourceType: 'ConceptMap', sourceCanonical: from, targetCanonical: to },
      group: [{ element: [{ code: 'mood', target: [{ code: 'mood' }] }] }],
    })
    const maps = [step('a|1', 'a|2'), step('a|2', 'a|1'), step('a|2', 'a|3')]

    expect(inWordsOf({ mood: '2', gone: '1' }, { from: 'a|1', to: 'a|3', maps })).toEqual({ mood: '2' })
    expect(inWordsOf({ mood: '2' }, { from: 'a|1', to: 'b|1', maps })).toBeUndefined()
  })
})

describe('Rulers over time', () => {
  it('have a line for each question, with the words of their bands', () => {
    const items = { satisfied: '4', anxious: '8' }
    const found = trend([answer(0, { instrument: 'ons4', canonical: null, items })], [], instruments.ons4)

    expect(found.map(({ range, points }) => [range, points.map(({ value, band }) => [value, band])])).toEqual([
      [[0, 10], [[4, 'low']]],
      [[0, 10], [[8, 'high']]],
    ])
  })
})
