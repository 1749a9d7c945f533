import type { Db } from '#platform/database/transaction.ts'
import { type Draft, draftTooLarge, draftUntil, worthKeeping } from './draft-rules.ts'
import type { Typed } from './rules.ts'

/** What is typed on one page, about one record where the page has one. */
export type Saving = Draft & Readonly<{ typed: Typed; now: Temporal.Instant }>

/** What somebody typed here and has not sent; undefined when there is nothing, or it has expired. */
export async function findDraft(db: Db, draft: Draft, now: Temporal.Instant): Promise<Typed | undefined> {
  const found = await db
    .selectFrom('form.draft')
    .select('typed')
    .where('area', '=', draft.area)
    .where('owner', '=', draft.owner)
    .where('page', '=', draft.page)
    .where('record', '=', draft.record ?? '')
    .where('expires_at', '>', now)
    .executeTakeFirst()
  // Checked: only saveDraft writes here, and it is given what a form was read into.
  return found && (found.typed as Typed)
}

/** Keeps what somebody typed in place of what was kept before; false when it is more than a draft may hold. */
export async function saveDraft(db: Db, { typed, now, ...draft }: Saving): Promise<boolean> {
  const kept = worthKeeping(typed)
  if (draftTooLarge(draft.owner, kept)) return false
  const fresh = { typed: JSON.stringify(kept), saved_at: now, expires_at: draftUntil(draft.owner, now) }
  await db
    .insertInto('form.draft')
    .values({ area: draft.area, owner: draft.owner, page: draft.page, record: draft.record ?? '', ...fresh })
    .onConflict((known) => known.columns(['area', 'owner', 'page', 'record']).doUpdateSet(fresh))
    .execute()
  return true
}

/** Forgets a draft because what was typed has been sent, or is not wanted any more. */
export async function endDraft(db: Db, draft: Draft): Promise<void> {
  await db
    .deleteFrom('form.draft')
    .where('area', '=', draft.area)
    .where('owner', '=', draft.owner)
    .where('page', '=', draft.page)
    .where('record', '=', draft.record ?? '')
    .execute()
}

/** Forgets everything that somebody typed in an area and has not sent. */
export async function endEveryDraft(db: Db, area: string, owner: string): Promise<void> {
  await db.deleteFrom('form.draft').where('area', '=', area).where('owner', '=', owner).execute()
}

/** Forgets every draft of the area whose time is over. */
export async function forgetExpiredDrafts(db: Db, area: string, now: Temporal.Instant): Promise<void> {
  await db.deleteFrom('form.draft').where('area', '=', area).where('expires_at', '<=', now).execute()
}
