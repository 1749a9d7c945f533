import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'

const arrangementsOf = (db: Db, area: string) =>
  db
    .selectFrom('organisations.sharing as sharing')
    .innerJoin('organisations.organisation as holder', (join) =>
      join.onRef('holder.area', '=', 'sharing.area').onRef('holder.id', '=', 'sharing.holder'),
    )
    .innerJoin('organisations.organisation as partner', (join) =>
      join.onRef('partner.area', '=', 'sharing.area').onRef('partner.id', '=', 'sharing.partner'),
    )
    .select(['sharing.id', 'sharing.holder', 'sharing.partner', 'sharing.reason'])
    .select(['sharing.from_on', 'sharing.until_on'])
    .select(['holder.name as holderName', 'partner.name as partnerName'])
    .where('sharing.area', '=', area)

/** Every sharing arrangement of the area, those without an end first. */
export async function listSharing(db: Db, area: string) {
  return arrangementsOf(db, area)
    .orderBy(sql`sharing.until_on is not null`)
    .orderBy('sharing.from_on', 'desc')
    .orderBy('sharing.id')
    .execute()
}

/** A sharing arrangement by its id. */
export async function findSharing(db: Db, area: string, id: string) {
  return arrangementsOf(db, area).where('sharing.id', '=', id).executeTakeFirst()
}
