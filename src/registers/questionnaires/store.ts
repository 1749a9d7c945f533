import { sql } from 'kysely'
import { newId } from '#platform/ids.ts'
import type { Db } from '#platform/database/transaction.ts'
import { findSettings } from '#registers/areas/store.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import { type Chosen, type Instrument, instruments } from '#registers/instruments/rules.ts'
import { listPacksAsked } from '#registers/instruments/store.ts'
import { offeredIn, type Reading } from './rules.ts'

export type Answered = Readonly<{
  area: string
  person: string
  /** The spell of support it was asked for. */
  askedFor: string
  /** The form it was answered on: sending the form twice keeps one answer. */
  form: string
  instrument: string
  version: number
  /** Which wording was answered; left out for a score without answers. */
  canonical?: string
  typedIn?: boolean
  chosen: Chosen
  reading: Reading
  at: Temporal.Instant
  answeredBy: 'self' | 'staff'
  recordedBy: string | null
}>

/** Keeps one answered instrument; false when this form was sent before. */
export async function saveAnswer(db: Db, answered: Answered): Promise<boolean> {
  const { area, form, person, instrument, version, reading } = answered
  const kept = await db
    .insertInto('questionnaires.answer')
    .values({
      ...{ area, id: newId(), form, person, instrument, version, ...reading },
      ...{ canonical: answered.canonical ?? null, typed_in: answered.typedIn ?? false },
      asked_for: answered.askedFor,
      items: JSON.stringify(answered.chosen),
      answered_at: answered.at,
      answered_by: answered.answeredBy,
      recorded_by: answered.recordedBy,
    })
    .onConflict((twice) => twice.columns(['area', 'form', 'instrument']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return kept !== undefined
}

/** Everything a person answered, the newest first. Ask findPerson before: it decides who may know. */
export async function listAnswersOf(db: Db, area: string, person: string) {
  return (
    db
      .selectFrom('questionnaires.answer as answer')
      .leftJoin('organisations.member as member', (join) =>
        join.onRef('member.area', '=', 'answer.area').onRef('member.id', '=', 'answer.recorded_by'),
      )
      .select(['answer.id', 'answer.instrument', 'answer.version', 'answer.score', 'answer.band', 'answer.missing'])
      .select(['answer.alert', 'answer.answered_at', 'answer.answered_by', 'member.name as by'])
      .select(['answer.canonical', 'answer.typed_in'])
      // Checked: saveAnswer alone writes the items, from what was chosen.
      .select(sql<Chosen>`answer.items`.as('items'))
      .where('answer.area', '=', area)
      .where(isOfPerson('answer.person', { area, person }))
      .orderBy('answer.answered_at', 'desc')
      .orderBy('answer.id', 'desc')
      .execute()
  )
}

/** Everything that may be asked in an area on a day: what comes with the product, and what the area added and switched on. */
export async function listOffered(db: Db, area: string, on: Temporal.PlainDate): Promise<Instrument[]> {
  const [{ questionnaires }, packs] = await Promise.all([findSettings(db, area, on), listPacksAsked(db, area, on)])
  return [...offeredIn(questionnaires).map((code): Instrument => instruments[code]), ...packs]
}
