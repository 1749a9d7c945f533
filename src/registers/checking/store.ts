import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { type FeedbackKind, staleOnPage } from './rules.ts'

export type NewFeedback = Readonly<{
  area: string
  id: string
  service: string
  about: FeedbackKind
  words: string | null
  by: string
  at: Temporal.Instant
}>

/** Keeps what somebody found to be wrong with a service; the same twice stands once. */
export async function saveFeedback(db: Db, feedback: NewFeedback): Promise<void> {
  await db
    .insertInto('checking.feedback')
    .values(feedback)
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

/** What was found to be wrong with a service, and what came of it, the newest first. */
export async function listFeedbackOn(db: Db, area: string, service: string) {
  return (
    db
      .selectFrom('checking.feedback')
      .select(['id', 'words', 'by', 'at', 'answer', 'settled_at as settledAt', 'settled_by as settledBy'])
      // Checked: written from the list in the rules alone.
      .select(sql<FeedbackKind>`about`.as('about'))
      .where('area', '=', area)
      .where('service', '=', service)
      .orderBy('at', 'desc')
      .orderBy('id')
      .limit(20)
      .execute()
  )
}

/** What was found to be wrong and nobody has looked into yet, the oldest first. */
export async function listOpenFeedback(db: Db, area: string) {
  return (
    db
      .selectFrom('checking.feedback as feedback')
      .innerJoin('services.service as service', (on) =>
        on.onRef('service.area', '=', 'feedback.area').onRef('service.id', '=', 'feedback.service'),
      )
      .select(['feedback.id', 'feedback.service', 'service.name', 'feedback.words', 'feedback.by', 'feedback.at'])
      // Checked: written from the list in the rules alone.
      .select(sql<FeedbackKind>`feedback.about`.as('about'))
      .where('feedback.area', '=', area)
      .where('feedback.settled_at', 'is', null)
      .orderBy('feedback.at')
      .limit(200)
      .execute()
  )
}

type Settled = Readonly<{ area: string; id: string; answer: string; by: string; at: Temporal.Instant }>

/** Keeps what came of a feedback; the service it was about, or undefined where it was settled already. */
export async function settleFeedback(db: Db, { area, id, answer, by, at }: Settled): Promise<string | undefined> {
  const settled = await db
    .updateTable('checking.feedback')
    .set({ answer, settled_by: by, settled_at: at })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('settled_at', 'is', null)
    .returning('service')
    .executeTakeFirst()
  return settled?.service
}

type Stale = Readonly<{ area: string; before: Temporal.PlainDate; today: Temporal.PlainDate; page: number }>

/** Services that are not closed and that nobody has checked since a day, those never checked first. */
export async function listStale(db: Db, { area, before, today, page }: Stale) {
  const stale = db
    .selectFrom('services.service as service')
    .where('service.area', '=', area)
    .where((is) => is.or([is('service.checked_on', 'is', null), is('service.checked_on', '<', before)]))
    .where(sql<boolean>`coalesce(service.valid_until > ${today}::date, true)`)
  const [rows, counted] = await Promise.all([
    stale
      .innerJoin('services.owner as owner', (on) =>
        on.onRef('owner.area', '=', 'service.area').onRef('owner.id', '=', 'service.owner'),
      )
      .select(['service.id', 'service.name', 'service.version', 'owner.name as owner'])
      .select(['service.checked_on as checkedOn', sql<string | null>`service.document ->> 'source'`.as('source')])
      .orderBy('service.checked_on', (by) => by.asc().nullsFirst())
      .orderBy('service.id')
      .limit(staleOnPage)
      .offset((page - 1) * staleOnPage)
      .execute(),
    stale.select((row) => row.fn.countAll<number>().as('number')).executeTakeFirstOrThrow(),
  ])
  return { rows, number: Number(counted.number) }
}
