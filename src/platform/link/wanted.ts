import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'

/**
 * Whether a link, named `link` in the query, is one in place of which somebody asked for a new one, and still waits for it:
 * none was sent since, and no member said that none is needed. One that was held back was not sent.
 */
export const isWantedAnew = (): RawBuilder<boolean> => sql<boolean>`(link.asked_anew_at is not null
  and (link.anew_settled_at is null or link.anew_settled_at < link.asked_anew_at)
  and not exists (select from link.link newer where newer.area = link.area and newer.person = link.person
    and newer.purpose = link.purpose and newer.subject is not distinct from link.subject
    and newer.issued_at >= link.asked_anew_at and newer.id <> link.id)
  and not exists (select from notify.message sent where sent.area = link.area and sent.person = link.person
    and sent.link_purpose = link.purpose and sent.link_subject is not distinct from link.subject
    and sent.written_at >= link.asked_anew_at and sent.id is distinct from link.message
    and sent.settled_as is distinct from 'held back'))`

type Which = Readonly<{
  area: string
  /** Under every id they are known by; left out where the links are found by what they open. */
  people?: readonly string[]
  id?: string
  /** What the links are for, or how that begins. */
  purpose?: string
  subjects?: readonly string[]
}>

/** Links in place of which somebody waits for a new one, the newest first. */
export async function listWanted(db: Db, { area, people, id, purpose, subjects }: Which) {
  return db
    .selectFrom('link.link as link')
    .select(['link.id', 'link.purpose', 'link.person', 'link.subject', 'link.allowed_by as allowedBy'])
    .select(['link.issued_at as issuedAt', 'link.expires_at as expiresAt', 'link.failed', 'link.message'])
    .select(['link.asked_anew_at as askedAt', 'link.withdrawn_at as withdrawnAt'])
    .where('link.area', '=', area)
    .where('link.person', 'is not', null)
    .$if(people !== undefined, (query) => query.where('link.person', 'in', [...(people ?? [])]))
    .$if(id !== undefined, (query) => query.where('link.id', '=', id ?? ''))
    .$if(purpose !== undefined, (query) => query.where('link.purpose', 'like', `${purpose}%`))
    .$if(subjects !== undefined, (query) =>
      query.where(sql<boolean>`link.subject = any(${[...(subjects ?? [])]}::uuid[])`),
    )
    .where(isWantedAnew())
    .orderBy('link.asked_anew_at', 'desc')
    .execute()
}

/** Holds a link still until the transaction ends: of two who answer it at the same moment, one waits and sees what the other did. */
export async function holdWanted(db: Db, area: string, id: string): Promise<void> {
  await db.selectFrom('link.link').select('id').where('area', '=', area).where('id', '=', id).forUpdate().execute()
}

/** A member says that nobody needs a new link in place of this one. */
export async function settleWanted(db: Db, area: string, id: string, now: Temporal.Instant): Promise<void> {
  await db
    .updateTable('link.link')
    .set({ anew_settled_at: now })
    .where('area', '=', area)
    .where('id', '=', id)
    .execute()
}
