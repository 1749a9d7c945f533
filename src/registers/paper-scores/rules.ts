import { isBefore } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { bandOf, problemWithScore, type Scoring, scorings, type ScoredCode } from '#registers/scoring/rules.ts'
import type { Reading } from '#registers/questionnaires/rules.ts'

/** What the question about being better off dead says on the paper: a score alone does not show it. */
export const aboutHarm = {
  nought: { label: 'It was answered “not at all”' },
  above: { label: 'It was answered above “not at all”' },
  open: { label: 'It was left open, or I cannot see it' },
} as const

export type AboutHarm = keyof typeof aboutHarm

/** Instruments with a question of which an answer above nought asks for somebody the same day. */
const asksAboutHarm: readonly ScoredCode[] = ['phq-9']

/** What is typed in from a paper form. */
export type PaperScore = Readonly<{
  instrument: ScoredCode
  score: number
  on: Temporal.PlainDate
  harm: AboutHarm | null
}>

/** What is wrong with a score from paper, if anything. */
export function problemsWithPaper({ instrument, score, on, harm }: PaperScore, today: Temporal.PlainDate): Problem[] {
  const scoring: Scoring = scorings[instrument]
  const outside = problemWithScore(scoring, score)
  return [
    ...(outside ? [{ field: 'score', message: outside }] : []),
    ...(isBefore(today, on) ? [{ field: 'on', message: 'Enter today or a day that has been' }] : []),
    ...(isBefore(on, today.subtract({ years: 5 }))
      ? [{ field: 'on', message: 'Enter a day of the last five years' }]
      : []),
    ...(asksAboutHarm.includes(instrument) && harm === null
      ? [{ field: 'harm', message: 'Look at question 9 on the paper, and select how it was answered' }]
      : []),
  ]
}

/** How a score from paper reads. */
export function paperReading({ instrument, score, harm }: PaperScore): Reading {
  const alert = asksAboutHarm.includes(instrument) && harm === 'above'
  return { score, band: bandOf(scorings[instrument].bands, score), missing: 0, alert }
}
