import { type RawBuilder, sql } from 'kysely'
import { idFrom, newId } from '#platform/ids.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { findSettings } from '#registers/areas/store.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import { type Chosen, type Instrument, instruments } from '#registers/instruments/rules.ts'
import { listPacksAsked } from '#registers/instruments/store.ts'
import { type Answered, offeredIn } from './rules.ts'

/**
 * Keeps one answered instrument; false when this form was sent with the same before. Whoever goes back, changes an answer
 * and sends the form again has answered anew: nobody may be told that it is read when it was not kept.
 */
export async function saveAnswer(db: Db, answered: Answered): Promise<boolean> {
  if (await insertAnswer(db, answered)) return true
  if (await isKeptAlready(db, answered)) return false
  const { form, chosen, reading } = answered
  return insertAnswer(db, { ...answered, form: idFrom(form, JSON.stringify(chosen), String(reading.score)) })
}

async function insertAnswer(db: Db, answered: Answered): Promise<boolean> {
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

async function isKeptAlready(db: Db, { area, form, instrument, chosen, reading }: Answered): Promise<boolean> {
  const same = await db
    .selectFrom('questionnaires.answer')
    .select('id')
    .where('area', '=', area)
    .where('form', '=', form)
    .where('instrument', '=', instrument)
    .where('items', '=', sql<never>`${JSON.stringify(chosen)}::jsonb`)
    .where(sql<boolean>`score is not distinct from ${reading.score}::integer`)
    .executeTakeFirst()
  return same !== undefined
}

type TakingBack = Readonly<{ area: string; answer: string; reason: string; by: string; at: Temporal.Instant }>

/** Takes a score back that was typed in wrongly: it stays readable and counts nowhere; sent twice the first stands. */
export async function withdrawAnswer(db: Db, back: TakingBack): Promise<void> {
  await db
    .insertInto('questionnaires.withdrawal')
    .values(back)
    .onConflict((twice) => twice.columns(['area', 'answer']).doNothing())
    .execute()
}

/** Whether the answer in a column was taken back, and so counts nowhere. */
export function isTakenBack(area: string, answer: string): RawBuilder<boolean> {
  return sql<boolean>`exists (select from questionnaires.withdrawal back where back.area = ${area} and back.answer = ${sql.ref(answer)})`
}

/** Everything a person answered, the newest first, also what was taken back. Ask findPerson before: it decides who may know. */
export async function listAnswersOf(db: Db, area: string, person: string) {
  return (
    db
      .selectFrom('questionnaires.answer as answer')
      .leftJoin('organisations.member as member', (join) =>
        join.onRef('member.area', '=', 'answer.area').onRef('member.id', '=', 'answer.recorded_by'),
      )
      .leftJoin('questionnaires.withdrawal as back', (join) =>
        join.onRef('back.area', '=', 'answer.area').onRef('back.answer', '=', 'answer.id'),
      )
      .select(['answer.id', 'answer.instrument', 'answer.version', 'answer.score', 'answer.band', 'answer.missing'])
      .select(['answer.alert', 'answer.answered_at', 'answer.answered_by', 'member.name as by'])
      .select(['answer.canonical', 'answer.typed_in', 'back.reason as takenBack'])
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

/** That somebody is asked to answer by a link. */
export type Asking = Readonly<{
  id: string
  person: string
  askedFor: string
  instruments: readonly string[]
  /** Of these, what the area had switched off when the answers were sent. */
  noLongerAsked: readonly string[]
  askedAt: Temporal.Instant
  expiresAt: Temporal.Instant
  by: string | null
  alertedAt: Temporal.Instant | null
  sentAt: Temporal.Instant | null
  withdrawnAt: Temporal.Instant | null
}>

const askings = (db: Db, area: string) =>
  db
    .selectFrom('questionnaires.asking as asking')
    .innerJoin('organisations.member as member', (join) =>
      join.onRef('member.area', '=', 'asking.area').onRef('member.id', '=', 'asking.asked_by'),
    )
    .select(['asking.id', 'asking.person', 'asking.asked_for as askedFor', 'asking.instruments', 'member.name as by'])
    .select(['asking.asked_at as askedAt', 'asking.expires_at as expiresAt', 'asking.alerted_at as alertedAt'])
    .select(['asking.sent_at as sentAt', 'asking.withdrawn_at as withdrawnAt'])
    .select('asking.no_longer_asked as noLongerAsked')
    .where('asking.area', '=', area)

/** What somebody was asked to answer by a link, the newest first. Ask findPerson before: it decides who may know. */
export async function listAskings(db: Db, area: string, person: string): Promise<Asking[]> {
  return askings(db, area)
    .where(isOfPerson('asking.person', { area, person }))
    .orderBy('asking.id', 'desc')
    .limit(50)
    .execute()
}

/** One asking by its id: whoever asks has its link, or has found its person. */
export async function findAsking(db: Db, area: string, id: string): Promise<Asking | undefined> {
  return askings(db, area).where('asking.id', '=', id).executeTakeFirst()
}

type NewAsking = Readonly<{ area: string; id: string; person: string; askedFor: string; by: string }> &
  Readonly<{ instruments: readonly string[]; at: Temporal.Instant; expiresAt: Temporal.Instant }>

/** Asks somebody to answer by a link; false where the form was sent before. */
export async function saveAsking(db: Db, { askedFor, by, at, expiresAt, instruments, ...asking }: NewAsking) {
  const kept = await db
    .insertInto('questionnaires.asking')
    .values({
      ...{ ...asking, instruments: [...instruments], asked_for: askedFor, asked_by: by, asked_at: at },
      ...{ expires_at: expiresAt, alerted_at: null, sent_at: null, withdrawn_at: null, withdrawn_by: null },
    })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return kept !== undefined
}

type At = Readonly<{ area: string; id: string; at: Temporal.Instant }>

/** Takes an asking back, with what was saved and not sent. */
export async function withdrawAsking(db: Db, { area, id, at, by }: At & Readonly<{ by: string }>): Promise<void> {
  await db
    .updateTable('questionnaires.asking')
    .set({ withdrawn_at: at, withdrawn_by: by })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .execute()
  await forgetBegun(db, area, id)
}

/** Remembers that an answer asked for somebody, so that nobody is told twice. */
export async function markAlerted(db: Db, { area, id, at }: At): Promise<void> {
  await db
    .updateTable('questionnaires.asking')
    .set({ alerted_at: at })
    .where('area', '=', area)
    .where('id', '=', id)
    .execute()
}

type Finished = At & Readonly<{ noLongerAsked: readonly string[] }>

/** Everything was sent, also of what is no longer asked: what was saved on the way is deleted, as it is kept as answers now. */
export async function finishAsking(db: Db, { area, id, at, noLongerAsked }: Finished): Promise<void> {
  await db
    .updateTable('questionnaires.asking')
    .set({ sent_at: at, no_longer_asked: [...noLongerAsked] })
    .where('area', '=', area)
    .where('id', '=', id)
    .execute()
  await forgetBegun(db, area, id)
}

async function forgetBegun(db: Db, area: string, asking: string): Promise<void> {
  await db.deleteFrom('questionnaires.begun').where('area', '=', area).where('asking', '=', asking).execute()
}

/** Deletes what was saved behind links that have expired and was never sent; gives how many parts that were. */
export async function forgetExpired(db: Db, area: string, now: Temporal.Instant): Promise<number> {
  const gone = await db
    .deleteFrom('questionnaires.begun')
    .where('area', '=', area)
    .where(
      sql<boolean>`exists (select from questionnaires.asking where asking.area = ${area} and asking.id = begun.asking
        and asking.expires_at <= ${now})`,
    )
    .executeTakeFirst()
  return Number(gone.numDeletedRows)
}

type Saving = Readonly<{ area: string; asking: string; instrument: string; items: Chosen; done: boolean }> &
  Readonly<{ at: Temporal.Instant }>

/** Keeps what somebody answered of one part and has not sent. */
export async function saveBegun(db: Db, { at, items, ...part }: Saving): Promise<void> {
  const set = { items: JSON.stringify(items), done: part.done, saved_at: at }
  await db
    .insertInto('questionnaires.begun')
    .values({ ...part, ...set })
    .onConflict((known) => known.columns(['area', 'asking', 'instrument']).doUpdateSet(set))
    .execute()
}

/** What was saved of each part and not sent. */
export async function listBegun(db: Db, area: string, asking: string) {
  return (
    db
      .selectFrom('questionnaires.begun')
      // Checked: saveBegun alone writes the items, from what was chosen.
      .select(['instrument', 'done', sql<Chosen>`items`.as('items')])
      .where('area', '=', area)
      .where('asking', '=', asking)
      .execute()
  )
}

type Message = Readonly<{ area: string; about: string | null }>

/** Whether a message that asks somebody to answer is still to go: nothing has settled it, and the area still asks it. */
export async function isStillAsked(db: Db, { area, about }: Message, now: Temporal.Instant): Promise<boolean> {
  const asking = about === null ? undefined : await findAsking(db, area, about)
  if (!asking || asking.sentAt !== null || asking.withdrawnAt !== null) return false
  if (Temporal.Instant.compare(asking.expiresAt, now) <= 0) return false
  const offered = await listOffered(db, area, dayOf(now))
  return offered.some(({ code }) => asking.instruments.includes(code))
}
