import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { findNameOf } from '#journey/timeline/store.ts'
import type { Email, Kind, Reading, Settlement } from './rules.ts'

type Come = Pick<Email, 'id' | 'kind' | 'fromName' | 'fromAddress' | 'known' | 'words' | 'whole' | 'files'> &
  Pick<Email, 'reads' | 'readsReason' | 'readsDay' | 'cameAt'> &
  Readonly<{ area: string; referral: string; digest: string }>

/** Keeps an email of a service; false where it came before, by whichever way. */
export async function saveEmail(db: Db, { fromName, fromAddress, cameAt, ...come }: Come): Promise<boolean> {
  const { readsReason, readsDay, ...columns } = come
  const kept = await db
    .insertInto('emailed_answer.email')
    .values({
      ...{ ...columns, from_name: fromName, from_address: fromAddress, came_at: cameAt },
      ...{ reads_reason: readsReason, reads_day: readsDay },
    })
    .onConflict((known) => known.columns(['area', 'digest']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return kept !== undefined
}

/** What became of an email that came before: whether we read it; undefined where it is new. */
export async function findEmailKept(db: Db, area: string, digest: string) {
  return db
    .selectFrom('emailed_answer.email')
    .select('whole')
    .where('area', '=', area)
    .where('digest', '=', digest)
    .executeTakeFirst()
}

type Of = Readonly<{ area: string; referral: string }>

const emails = (db: Db, { area, referral }: Of) =>
  db
    .selectFrom('emailed_answer.email as email')
    .select(['email.id', 'email.from_name as fromName', 'email.from_address as fromAddress', 'email.known'])
    .select(['email.words', 'email.whole', 'email.files', 'email.reads_reason as readsReason'])
    .select(['email.reads_day as readsDay', 'email.came_at as cameAt', 'email.settled_at as settledAt'])
    .select(['email.emptied_at as emptiedAt', findNameOf(area, 'email.settled_by').as('settledBy')])
    // Checked: the table itself refuses any other.
    .select([sql<Kind>`email.kind`.as('kind'), sql<Reading | null>`email.reads`.as('reads')])
    .select(sql<Settlement | null>`email.settled_as`.as('settledAs'))
    .where('email.area', '=', area)
    .where('email.referral', '=', referral)

/** What a service wrote by email about somebody who was passed on to it, the first first. Ask findOnward before. */
export async function listEmails(db: Db, of: Of): Promise<Email[]> {
  return emails(db, of).orderBy('email.came_at').orderBy('email.id').execute()
}

type One = Of & Readonly<{ id: string }>

const isWaiting = sql<boolean>`email.settled_at is null and email.emptied_at is null and email.kind <> 'automatic'`

/** An email of which a coach has yet to say what it is, held for this transaction; undefined where somebody has. */
export async function findWaitingEmail(db: Db, { id, ...of }: One): Promise<Email | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  return emails(db, of).where('email.id', '=', id).where(isWaiting).forUpdate('email').executeTakeFirst()
}

/** Whether an answer of the service waits for somebody of the team to say what it is. */
export async function isAnswerWaiting(db: Db, { area, referral }: Of): Promise<boolean> {
  const found = await db
    .selectFrom('emailed_answer.email as email')
    .select('email.id')
    .where('email.area', '=', area)
    .where('email.referral', '=', referral)
    .where('email.kind', '=', 'answer')
    .where(isWaiting)
    .executeTakeFirst()
  return found !== undefined
}

type Settling = Readonly<{ area: string; id: string; by: string; at: Temporal.Instant }> &
  (Readonly<{ as: 'kept'; event: string }> | Readonly<{ as: 'no-answer' | 'read' }>)

/** Says what an email is: an answer that was kept, none, or that it was read. False where somebody has said so before. */
export async function settleEmail(db: Db, { area, id, by, at, ...said }: Settling): Promise<boolean> {
  const settled = await db
    .updateTable('emailed_answer.email')
    .set({ settled_at: at, settled_by: by, settled_as: said.as, event: said.as === 'kept' ? said.event : null })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('settled_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return settled !== undefined
}

type Ageing = Readonly<{ area: string; settledBefore: Temporal.Instant; cameBefore: Temporal.Instant }>

/**
 * Deletes who wrote and what, of what was settled before a moment and of what came before another and needs nobody any
 * more, or that nobody has dealt with. That it came stays. Gives how many, and how many of them waited for a coach.
 */
export async function forgetEmails(db: Db, { area, settledBefore, cameBefore }: Ageing, now: Temporal.Instant) {
  const emptied = await db
    .updateTable('emailed_answer.email')
    .set({ from_name: null, from_address: null, words: null, emptied_at: now })
    .where('area', '=', area)
    .where('emptied_at', 'is', null)
    .where((row) =>
      row.or([
        row('settled_at', '<', settledBefore),
        row.and([row('settled_at', 'is', null), row('came_at', '<', cameBefore)]),
      ]),
    )
    .returning(sql<boolean>`settled_at is null and kind <> 'automatic'`.as('waited'))
    .execute()
  return { emptied: emptied.length, waited: emptied.filter(({ waited }) => waited).length }
}
