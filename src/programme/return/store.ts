import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { isBefore } from '#platform/dates.ts'
import { countFigures } from '#programme/breakdown/store.ts'
import { lastDayOf } from '#programme/counting/rules.ts'
import type { Returned } from '#programme/release/rules.ts'
import { findStaffAndMoney } from '#programme/staff-and-money/store.ts'
import { asText, type Version } from './rules.ts'

type Month = Temporal.PlainYearMonth
const firstOf = (month: Month): Temporal.PlainDate => month.toPlainDate({ day: 1 })

/** Everything of a month, from the rows now: of the area, or of the people one's organisation holds. */
export async function countReturn(db: Db, actor: Actor, month: Month, today: Temporal.PlainDate): Promise<Returned> {
  const on = isBefore(today, lastDayOf(month)) ? today : lastDayOf(month)
  const [figures, entered] = await Promise.all([countFigures(db, actor, month), findStaffAndMoney(db, actor, on)])
  return { ...figures, entered }
}

/** The digest by which figures are known to be the ones that were seen and signed. */
export function findDigest(figures: Returned): string {
  return createHash('sha256').update(asText(figures)).digest('hex')
}

/** Every version of a month as it was signed, the first one first. */
export async function listVersions(db: Db, area: string, month: Month): Promise<Version[]> {
  return (
    db
      .selectFrom('return.signature as signature')
      .innerJoin('organisations.member as member', (join) =>
        join.onRef('member.area', '=', 'signature.area').onRef('member.id', '=', 'signature.signed_by'),
      )
      .select(['signature.version', 'signature.digest', 'signature.reason', 'member.name as signedBy'])
      // Checked: saveSignature alone writes the figures, as they were counted.
      .select(['signature.signed_at as signedAt', sql<Returned>`signature.figures`.as('figures')])
      .where('signature.area', '=', area)
      .where('signature.month', '=', firstOf(month))
      .orderBy('signature.version')
      .execute()
  )
}

/** The months that were signed, the newest first, with the newest version of each. */
export async function listSigned(db: Db, area: string) {
  const rows = await db
    .selectFrom('return.signature')
    .select(['month', sql<number>`max(version)::integer`.as('version')])
    .where('area', '=', area)
    .groupBy('month')
    .orderBy('month', 'desc')
    .execute()
  return rows.map(({ month, version }) => ({ month: month.toPlainYearMonth(), version }))
}

type Signing = Readonly<{
  area: string
  month: Month
  version: number
  figures: Returned
  reason: string | null
  by: string
  at: Temporal.Instant
}>

/** Keeps a month as it is signed; false when somebody else signed that version first. */
export async function saveSignature(
  db: Db,
  { area, month, version, figures, reason, by, at }: Signing,
): Promise<boolean> {
  const saved = await db
    .insertInto('return.signature')
    .values({
      ...{ area, month: firstOf(month), version, reason, signed_by: by, signed_at: at },
      ...{ figures: JSON.stringify(figures), digest: findDigest(figures) },
    })
    .onConflict((taken) => taken.columns(['area', 'month', 'version']).doNothing())
    .returning('version')
    .executeTakeFirst()
  return saved !== undefined
}

type Asking = Readonly<{ area: string; id: string; month: Month; version: number; question: string; by: string }>

/** Keeps a question about a signed month. */
export async function saveQuestion(
  db: Db,
  { month, by, at, ...row }: Asking & { at: Temporal.Instant },
): Promise<void> {
  await db
    .insertInto('return.question')
    .values({ ...row, month: firstOf(month), asked_by: by, asked_at: at })
    .execute()
}

type Answering = Readonly<{ area: string; question: string; answer: string; by: string; at: Temporal.Instant }>

/** Keeps the answer to a question; false when it was answered before. */
export async function saveAnswer(db: Db, { by, at, ...row }: Answering): Promise<boolean> {
  const saved = await db
    .insertInto('return.answer')
    .values({ ...row, answered_by: by, answered_at: at })
    .onConflict((taken) => taken.columns(['area', 'question']).doNothing())
    .returning('question')
    .executeTakeFirst()
  return saved !== undefined
}

/** What was asked about a month and what was answered, the newest first. */
export async function listQuestions(db: Db, area: string, month: Month) {
  return db
    .selectFrom('return.question as question')
    .innerJoin('organisations.member as asker', (join) =>
      join.onRef('asker.area', '=', 'question.area').onRef('asker.id', '=', 'question.asked_by'),
    )
    .leftJoin('return.answer as answer', (join) =>
      join.onRef('answer.area', '=', 'question.area').onRef('answer.question', '=', 'question.id'),
    )
    .leftJoin('organisations.member as answerer', (join) =>
      join.onRef('answerer.area', '=', 'answer.area').onRef('answerer.id', '=', 'answer.answered_by'),
    )
    .select(['question.id', 'question.version', 'question.question', 'question.asked_at', 'asker.name as askedBy'])
    .select(['answer.answer', 'answer.answered_at', 'answerer.name as answeredBy'])
    .where('question.area', '=', area)
    .where('question.month', '=', firstOf(month))
    .orderBy('question.id', 'desc')
    .execute()
}

/** The month a question is about, if it is one of the area's. */
export async function findQuestion(db: Db, area: string, question: string) {
  if (!/^[0-9a-f-]{36}$/.test(question)) return undefined
  const found = await db
    .selectFrom('return.question')
    .select(['id', 'month'])
    .where('area', '=', area)
    .where('id', '=', question)
    .executeTakeFirst()
  return found && { id: found.id, month: found.month.toPlainYearMonth() }
}
