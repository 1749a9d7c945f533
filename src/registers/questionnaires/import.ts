import { manyRows } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import type { Chosen, Instrument } from '#registers/instruments/rules.ts'
import { bandOf, scoringOf } from '#registers/scoring/rules.ts'
import { readingOf } from './rules.ts'

/** An instrument that somebody answered elsewhere, with the score it was given there. */
export type TakenAnswer = Readonly<{
  person: string
  /** The form it was given on, where more were; its own otherwise. */
  form?: string | undefined
  /** The spell of support it is kept with. */
  askedFor: string
  instrument: string
  version: number
  canonical: string | null
  /** The score alone, without answers. */
  typedIn: boolean
  /** By which wording it is scored here; none where its rule is not known, and its score stands as it came. */
  wording: Instrument | undefined
  chosen: Chosen
  score: number | null
  at: Temporal.Instant
  answeredBy: 'self' | 'staff'
}>

const columns = [
  ...['area', 'id', 'form', 'person', 'asked_for', 'instrument', 'version', 'items', 'score', 'band', 'missing'],
  ...['alert', 'answered_at', 'answered_by', 'recorded_by', 'canonical', 'typed_in'],
] as const

/** Takes answers that were given elsewhere, item by item. Nobody is alerted: that was done where they were given. */
export async function takeAnswers(db: Db, area: string, answers: readonly TakenAnswer[]): Promise<void> {
  const rows = answers.map(({ person, form, askedFor, chosen, at, answeredBy, canonical, typedIn, ...given }) => ({
    ...{ area, id: newId(), form: form ?? newId(), person, asked_for: askedFor, items: chosen, canonical },
    ...{ instrument: given.instrument, version: given.version, typed_in: typedIn },
    ...{ ...scored({ chosen, ...given }), alert: false },
    ...{ answered_at: at, answered_by: answeredBy, recorded_by: null },
  }))
  await db
    .insertInto('questionnaires.answer')
    .columns(columns)
    .expression(manyRows('questionnaires.answer', columns, rows))
    .execute()
}

// The rule of a wording that is not asked here is not known: its score stands as it came.
function scored({
  instrument,
  wording,
  chosen,
  score,
}: Pick<TakenAnswer, 'instrument' | 'wording' | 'chosen' | 'score'>) {
  if (wording) {
    const reading = readingOf(wording, chosen)
    return { score: reading.score, band: reading.band, missing: reading.missing }
  }
  const bands = scoringOf(instrument)?.bands
  return { score, band: bands && score !== null ? bandOf(bands, score) : null, missing: 0 }
}
