import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Purpose } from '#journey/appointment/rules.ts'
import type { Mode } from '#journey/invitation/rules.ts'
import { findNameOf } from '#journey/timeline/store.ts'

const isUsed = sql<boolean>`exists (select from appointment.appointment chosen
  where chosen.area = offer.area and chosen.id = offer.id)`

// Booked by the team after they were let choose: unless it was cancelled there is nothing left to choose.
const isOvertaken = sql<boolean>`exists (select from appointment.appointment since
  where since.area = offer.area and since.episode = offer.episode and since.chain <> offer.id
    and since.booked_at >= offer.offered_at and not exists (select from appointment.result
      where result.area = since.area and result.appointment = since.id and result.kind = 'cancelled' and not exists (select from appointment.withdrawal
        where withdrawal.area = result.area and withdrawal.result = result.id)))`

const offers = (db: Db, area: string) =>
  db
    .selectFrom('offer.offer as offer')
    .select(['offer.id', 'offer.episode', 'offer.member', 'offer.told_by', 'offer.offered_at as offeredAt'])
    .select(['offer.expires_at as expiresAt', 'offer.withdrawn_at as withdrawnAt', isUsed.as('isUsed')])
    .select(isOvertaken.as('isOvertaken'))
    .select([findNameOf(area, 'offer.offered_by').as('by'), findNameOf(area, 'offer.member').as('memberName')])
    // Checked: this slice alone writes these codes, from the lists in the rules.
    .select([sql<Purpose>`offer.purpose`.as('purpose'), sql<Mode[]>`offer.modes`.as('modes')])
    .where('offer.area', '=', area)

/** The offers of one spell of support, the newest first. Ask findEpisode before. */
export async function listOffers(db: Db, area: string, episode: string) {
  return offers(db, area)
    .where('offer.episode', '=', episode)
    .orderBy('offer.offered_at', 'desc')
    .orderBy('offer.id', 'desc')
    .limit(50)
    .execute()
}

/** One offer by its id: whoever asks has its link, or has found its episode. */
export async function findOffer(db: Db, area: string, id: string) {
  return offers(db, area).where('offer.id', '=', id).executeTakeFirst()
}

export type NewOffer = Readonly<{
  area: string
  id: string
  episode: string
  member: string
  purpose: Purpose
  modes: readonly Mode[]
  told_by: string
  offered_at: Temporal.Instant
  offered_by: string
  expires_at: Temporal.Instant
}>

/** Lets a person choose; false where the form was sent before. Whatever was offered them before is taken back. */
export async function saveOffer(db: Db, offer: NewOffer): Promise<boolean> {
  const { area, episode, offered_at: at, offered_by: by } = offer
  const kept = await db
    .insertInto('offer.offer')
    .values({ ...offer, modes: [...offer.modes], withdrawn_at: null, withdrawn_by: null })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .executeTakeFirst()
  if (kept.numInsertedOrUpdatedRows !== 1n) return false
  await db
    .updateTable('offer.offer')
    .set({ withdrawn_at: at, withdrawn_by: by })
    .where('area', '=', area)
    .where('episode', '=', episode)
    .where('id', '<>', offer.id)
    .where('withdrawn_at', 'is', null)
    .where('expires_at', '>', at)
    .execute()
  return true
}

type Taking = Readonly<{ area: string; id: string; by: string; at: Temporal.Instant }>

/** Takes an offer back: its link says so from now on. */
export async function withdrawOffer(db: Db, { area, id, by, at }: Taking): Promise<void> {
  await db
    .updateTable('offer.offer')
    .set({ withdrawn_at: at, withdrawn_by: by })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .execute()
}

type About = Readonly<{ area: string; about: string | null }>

/** Whether a message that lets somebody choose is still to go: nothing was chosen, booked or taken back meanwhile. */
export async function isStillOpen(db: Db, { area, about }: About, now: Temporal.Instant): Promise<boolean> {
  const found = await db
    .selectFrom('offer.offer as offer')
    .innerJoin('episode.standing as standing', (join) =>
      join.onRef('standing.area', '=', 'offer.area').onRef('standing.episode', '=', 'offer.episode'),
    )
    .select('offer.id')
    .where('offer.area', '=', area)
    .where('offer.id', '=', about)
    .where('offer.withdrawn_at', 'is', null)
    .where('offer.expires_at', '>', now)
    .where('standing.ended_at', 'is', null)
    .where(
      sql<boolean>`not exists (select from appointment.appointment since where since.area = offer.area
        and since.episode = offer.episode and since.booked_at >= offer.offered_at)`,
    )
    .executeTakeFirst()
  return found !== undefined
}
