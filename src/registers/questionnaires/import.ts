import { manyRows } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import { type Chosen, type Instrument, type InstrumentCode, instruments } from '#registers/instruments/rules.ts'
import { readingOf } from './rules.ts'

/** An instrument that somebody answered elsewhere, with the score it was given there. */
export type TakenAnswer = Readonly<{
  person: string
  /** The spell of support it is kept with. */
  askedFor: string
  instrument: InstrumentCode
  version: number
  chosen: Chosen
  score: number | null
  at: Temporal.Instant
  answeredBy: 'self' | 'staff'
}>

const columns = [
  ...['area', 'id', 'form', 'person', 'asked_for', 'instrument', 'version', 'items', 'score', 'band', 'missing'],
  ...['alert', 'answered_at', 'answered_by', 'recorded_by'],
] as const

/** Takes answers that were given elsewhere, item by item. Nobody is alerted: that was done where they were given. */
export async function takeAnswers(db: Db, area: string, answers: readonly TakenAnswer[]): Promise<void> {
  const rows = answers.map(({ person, askedFor, instrument, version, chosen, at, answeredBy, score }) => ({
    ...{ area, id: newId(), form: newId(), person, asked_for: askedFor, instrument, version, items: chosen },
    ...{ ...scored(instrument, version, { chosen, score }), alert: false },
    ...{ answered_at: at, answered_by: answeredBy, recorded_by: null },
  }))
  await db
    .insertInto('questionnaires.answer')
    .columns(columns)
    .expression(manyRows('questionnaires.answer', columns, rows))
    .execute()
}

// The rule of a version that is no longer ours is not known here: its score stands as it came.
function scored(code: InstrumentCode, version: number, given: Readonly<{ chosen: Chosen; score: number | null }>) {
  const instrument: Instrument = instruments[code]
  const { score, band, missing } = readingOf(instrument, given.chosen)
  return version === instrument.version ? { score, band, missing } : { score: given.score, band: null, missing }
}
