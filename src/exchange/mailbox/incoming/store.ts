import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import { findSettings } from '#registers/areas/store.ts'
import type { Answers } from '#exchange/mailbox/referral-form/rules.ts'
import type { Settlement } from './rules.ts'

/** A message as it is kept: who sent it, what was found in it, and the files that came. */
type Keeping = Readonly<{ area: string; digest: string; fromName: string | null; fromAddress: string | null }> &
  Readonly<{ subject: string | null; text: string | null; cameAt: Temporal.Instant }> &
  Readonly<{
    found: readonly Readonly<{
      form: string | null
      answers: Answers | null
      reason: string | null
      files: readonly Readonly<{ name: string; type: string; content: Buffer; isForm: boolean }>[]
    }>[]
  }>

/** Holds the mailbox of an area until the transaction ends; false while somebody else looks into it. */
export async function holdMailbox(db: Db, area: string): Promise<boolean> {
  const { rows } = await sql<{
    held: boolean
  }>`select pg_try_advisory_xact_lock(hashtextextended(${`mailbox ${area}`}, 0)) as held`.execute(db)
  return rows[0]?.held === true
}

/** What became of a message that came before: whether there was a form in it; undefined where it is new. */
export async function findKept(db: Db, area: string, digest: string) {
  return db
    .selectFrom('incoming.mail')
    .select(sql<boolean>`bool_or(answers is not null)`.as('isForm'))
    .where('area', '=', area)
    .where('digest', '=', digest)
    .groupBy('digest')
    .executeTakeFirst()
}

/** Keeps a message with the forms in it, each as a draft; gives their ids, none where it was kept before. */
export async function keepMail(db: Db, { area, digest, found, ...said }: Keeping): Promise<string[]> {
  const kept: string[] = []
  for (const [number, { form, answers, reason, files }] of found.entries()) {
    const saved = await db
      .insertInto('incoming.mail')
      .values({
        ...{ area, id: newId(), digest, number, form, reason: answers === null ? (reason ?? '') : null },
        ...{ from_name: said.fromName, from_address: said.fromAddress, subject: said.subject, text: said.text },
        ...{ came_at: said.cameAt, answers: answers === null ? null : JSON.stringify(answers) },
      })
      .onConflict((known) => known.columns(['area', 'digest', 'number']).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!saved) continue
    kept.push(saved.id)
    const rows = files.map(({ isForm, ...file }, at) => ({
      area,
      mail: saved.id,
      number: at,
      ...file,
      is_form: isForm,
    }))
    if (rows.length > 0) await db.insertInto('incoming.file').values(rows).execute()
  }
  return kept
}

type Look = Readonly<{ area: string; at: Temporal.Instant; problem: string | null; leftAlone: number }>

/** Writes down how a look into the mailbox ended. */
export async function saveLook(db: Db, { area, leftAlone, ...look }: Look): Promise<void> {
  const row = { ...look, left_alone: leftAlone }
  await db
    .insertInto('incoming.look')
    .values({ area, ...row })
    .onConflict((known) => known.column('area').doUpdateSet(row))
    .execute()
}

/** How the last look into the mailbox of an area ended. */
export async function findLook(db: Db, area: string) {
  return db
    .selectFrom('incoming.look')
    .select(['at', 'problem', 'left_alone as leftAlone'])
    .where('area', '=', area)
    .executeTakeFirst()
}

/** Whether somebody works where referrals are received: what came by email is theirs to see. */
export async function isReceiving(db: Db, { area, organisations }: Actor, today: Temporal.PlainDate): Promise<boolean> {
  const { receivingOrganisation } = await findSettings(db, area, today)
  return receivingOrganisation !== null && organisations.includes(receivingOrganisation)
}

const mails = (db: Db, area: string) =>
  db
    .selectFrom('incoming.mail as mail')
    .leftJoin('organisations.member as member', (join) =>
      join.onRef('member.area', '=', 'mail.area').onRef('member.id', '=', 'mail.settled_by'),
    )
    .select(['mail.id', 'mail.number', 'mail.from_name as fromName', 'mail.from_address as fromAddress'])
    .select(['mail.subject', 'mail.came_at as cameAt', 'mail.reason', 'mail.version', 'mail.referral'])
    .select(['mail.settled_at as settledAt', 'mail.why', 'member.name as settledBy', 'mail.emptied_at as emptiedAt'])
    // Checked: the table takes no other, and the answers are written by keepMail alone.
    .select([sql<Settlement | null>`mail.settled_as`.as('settledAs'), sql<Answers | null>`mail.answers`.as('answers')])
    .where('mail.area', '=', area)

/** What waits to be compared, the earliest first, or what was settled, the latest first. */
export async function listMails(db: Db, area: string, state: 'open' | 'settled') {
  return mails(db, area)
    .$if(state === 'open', (query) => query.where('mail.settled_at', 'is', null).orderBy('mail.came_at'))
    .$if(state === 'settled', (query) =>
      query.where('mail.settled_at', 'is not', null).orderBy('mail.settled_at', 'desc'),
    )
    .where('mail.emptied_at', 'is', null)
    .orderBy('mail.id')
    .limit(200)
    .execute()
}

/** One message with its words. */
export async function findMail(db: Db, area: string, id: string) {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  return mails(db, area)
    .select(['mail.text', 'mail.form', 'mail.practice', 'mail.their_reference as theirReference'])
    .where('mail.id', '=', id)
    .where('mail.emptied_at', 'is', null)
    .executeTakeFirst()
}

export type FoundMail = NonNullable<Awaited<ReturnType<typeof findMail>>>

type Settling = Readonly<{ area: string; id: string; version: number; by: string; at: Temporal.Instant }> &
  (
    | Readonly<{ as: 'taken'; referral: string; practice: string | null; theirReference: string | null }>
    | Readonly<{ as: 'not-a-referral'; why: string }>
  )

/** Says what became of a message. False where somebody else has said it meanwhile. */
export async function settleMail(db: Db, { area, id, version, by, at, ...said }: Settling): Promise<boolean> {
  const how =
    said.as === 'taken'
      ? { referral: said.referral, practice: said.practice, their_reference: said.theirReference }
      : { why: said.why }
  const settled = await db
    .updateTable('incoming.mail')
    .set({ settled_as: said.as, settled_at: at, settled_by: by, version: version + 1, ...how })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('version', '=', version)
    .where('settled_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return settled !== undefined
}

type Seen = Readonly<{ area: string; id: string; version: number }>

/** Holds a message that waits as it was seen until the transaction ends; false where somebody has changed it meanwhile. */
export async function holdMail(db: Db, { area, id, version }: Seen): Promise<boolean> {
  const held = await db
    .selectFrom('incoming.mail')
    .select('id')
    .where('area', '=', area)
    .where('id', '=', id)
    .where('version', '=', version)
    .where('settled_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return held !== undefined
}

type Reopening = Readonly<{ area: string; id: string }>

/** Takes back that a message was no referral: it waits again. False where it does not stand so any more. */
export async function reopenMail(db: Db, { area, id }: Reopening): Promise<boolean> {
  const opened = await db
    .updateTable('incoming.mail')
    .set((row) => ({
      ...{ settled_as: null, settled_at: null, settled_by: null, why: null, version: sql`${row.ref('version')} + 1` },
    }))
    .where('area', '=', area)
    .where('id', '=', id)
    .where('settled_as', '=', 'not-a-referral')
    .where('emptied_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return opened !== undefined
}

type Ageing = Readonly<{ area: string; settledBefore: Temporal.Instant; cameBefore: Temporal.Instant }>

/**
 * Deletes what messages say that were settled before a moment, and those that came before another and that nobody has
 * dealt with. That they came stays; of a referral also to which practice letters go. Gives how many of each.
 */
export async function forgetMails(db: Db, { area, settledBefore, cameBefore }: Ageing, now: Temporal.Instant) {
  const old = await db
    .selectFrom('incoming.mail')
    .select(['id', 'settled_at'])
    .where('area', '=', area)
    .where('emptied_at', 'is', null)
    .where((where) =>
      where.or([
        where('settled_at', '<', settledBefore),
        where.and([where('settled_at', 'is', null), where('came_at', '<', cameBefore)]),
      ]),
    )
    .forUpdate()
    .execute()
  await emptyMails(db, { area, ids: old.map(({ id }) => id), because: 'age', now })
  const waiting = old.filter(({ settled_at: at }) => at === null).length
  return { settled: old.length - waiting, waiting }
}

type Emptying = Readonly<{ area: string; ids: readonly string[]; because: 'age' | 'asked'; now: Temporal.Instant }>

/** Deletes what messages say and the files that came with them. That they came, and are known again, stays. */
export async function emptyMails(db: Db, { area, ids, because, now }: Emptying): Promise<void> {
  if (ids.length === 0) return
  await db.deleteFrom('incoming.file').where('area', '=', area).where('mail', 'in', ids).execute()
  const nothing = { from_name: null, from_address: null, subject: null, text: null, form: null, why: null }
  await db
    .updateTable('incoming.mail')
    .set((row) => ({
      ...{ ...nothing, answers: '{}', emptied_at: now, emptied_because: because },
      version: sql`${row.ref('version')} + 1`,
    }))
    .where('area', '=', area)
    .where('id', 'in', ids)
    .execute()
}
