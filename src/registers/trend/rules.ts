import { type Chosen, type ConceptMap, type Instrument, inWordsOf } from '#registers/instruments/rules.ts'
import { canonicalOf, type Kept, readingOf } from '#registers/questionnaires/rules.ts'
import {
  bandOf,
  type Comparison,
  comparisonOf,
  type ReliableChange,
  type Scoring,
  scoringOf,
} from '#registers/scoring/rules.ts'

/** An answer with whether its score was typed in without the answers. */
export type Answer = Kept & Readonly<{ typed_in: boolean }>

/** One number of a series: when, how much, and how it came to be comparable with the others. */
export type Point = Readonly<{
  id: string
  at: Temporal.Instant
  value: number
  band: string | null
  /** As it came, typed in from paper, or brought over from an earlier wording by the map that was declared for it. */
  how: 'asked' | 'paper' | 'mapped'
  /** How it compares with the first, where there is a margin. */
  comparison: Comparison | undefined
}>

/** Numbers that may be compared with one another, the oldest first. */
export type Series = Readonly<{
  key: string
  label: string
  range: readonly [number, number]
  points: readonly Point[]
}>

type Asked = Readonly<{
  instrument: Instrument
  answers: readonly Answer[]
  maps: readonly ConceptMap[]
  margin: ReliableChange | undefined
}>

/**
 * What somebody answered to an instrument over time: its score, or each question that is a ruler. Answers to an earlier
 * wording are in the same series only where a map to the wording of today was declared; otherwise they stand by themselves.
 */
export function seriesOf({ instrument, answers, maps, margin }: Asked): Series[] {
  const oldestFirst = answers.toSorted((one, other) => Temporal.Instant.compare(one.answered_at, other.answered_at))
  const scoring = scoringOf(instrument.code)
  const all = oldestFirst.map((answer) => ({ answer, ...comparableOf(answer, instrument, maps) }))
  const wordings = [...new Set(all.map(({ wording }) => wording))]
  return wordings.flatMap((wording) => {
    const same = all.filter((one) => one.wording === wording)
    const earlier = wording === instrument.canonical ? '' : ' (earlier wording, not comparable)'
    const made = scoring
      ? [
          {
            key: 'score',
            label: `Score${earlier}`,
            range: scoring.range,
            points: scoresIn(same, instrument, scoring, margin),
          },
        ]
      : rulersIn(same, instrument, earlier)
    return made.filter(({ points }) => points.length > 0).map((one) => ({ ...one, key: `${one.key} ${wording}` }))
  })
}

type Comparable = Readonly<{ answer: Answer; wording: string; chosen: Chosen; how: Point['how'] }>

// A typed score names no wording: it is a number of the instrument, whichever wording was on the paper.
function comparableOf(
  answer: Answer,
  { canonical }: Instrument,
  maps: readonly ConceptMap[],
): Omit<Comparable, 'answer'> {
  if (answer.typed_in) return { wording: canonical, chosen: {}, how: 'paper' }
  const from = canonicalOf(answer) ?? `${answer.instrument}|${answer.version}`
  if (from === canonical) return { wording: canonical, chosen: answer.items, how: 'asked' }
  const chosen = inWordsOf(answer.items, { from, to: canonical, maps })
  return chosen ? { wording: canonical, chosen, how: 'mapped' } : { wording: from, chosen: answer.items, how: 'asked' }
}

function scoresIn(
  same: readonly Comparable[],
  instrument: Instrument,
  scoring: Scoring,
  margin: ReliableChange | undefined,
): Point[] {
  const scored = same.flatMap(({ answer, chosen, how }) => {
    const value = how === 'mapped' ? readingOf(instrument, chosen).score : answer.score
    return value === null ? [] : [{ id: answer.id, at: answer.answered_at, value, how }]
  })
  const [first] = scored
  return scored.map((point, place) => ({
    ...{ ...point, band: bandOf(scoring.bands, point.value) },
    comparison: margin && first && place > 0 ? comparisonOf(scoring, margin, [first.value, point.value]) : undefined,
  }))
}

function rulersIn(same: readonly Comparable[], { items }: Instrument, earlier: string): Omit<Series, never>[] {
  const rulers = Object.entries(items).filter(([, { answers }]) =>
    Object.values(answers).every(({ value }) => value !== undefined),
  )
  return rulers.map(([item, { text, answers, bands }]) => {
    const numbers = Object.values(answers).flatMap(({ value }) => value ?? [])
    const points = same.flatMap(({ answer, chosen, how }): Point[] => {
      const value = answers[chosen[item] ?? '']?.value
      if (value === undefined) return []
      const band = bands ? bandOf(bands, value) : null
      return [{ id: answer.id, at: answer.answered_at, value, band, how, comparison: undefined }]
    })
    return { key: item, label: `${text}${earlier}`, range: [Math.min(...numbers), Math.max(...numbers)], points }
  })
}

/** How much a number has moved since the first of its series: "6 lower than the first". */
export function movedInWords(value: number, first: number): string {
  if (value === first) return 'The same as the first'
  return `${Math.abs(value - first)} ${value < first ? 'lower' : 'higher'} than the first`
}
