import type { Db } from '#platform/database/transaction.ts'
import type { Stage } from '#journey/episode/rules.ts'
import type { WhereItStands } from './rules.ts'

/** Where the request stands that a link was given out for; the link itself says whose it is. */
export async function findWhereItStands(
  db: Db,
  { area, person, subject }: Readonly<{ area: string; person: string | null; subject: string | null }>,
): Promise<WhereItStands | undefined> {
  const found = await db
    .selectFrom('referral.referral as referral')
    .innerJoin('referral.reference as given', (join) =>
      join.onRef('given.area', '=', 'referral.area').onRef('given.referral', '=', 'referral.id'),
    )
    .leftJoin('episode.standing as standing', (join) =>
      join.onRef('standing.area', '=', 'referral.area').onRef('standing.episode', '=', 'referral.episode'),
    )
    .select(['given.reference', 'standing.stage', 'standing.first_try_by as firstTryBy'])
    .where('referral.area', '=', area)
    .where('referral.id', '=', subject)
    .where('referral.person', '=', person)
    .executeTakeFirst()
  // Checked: recordStep writes only stages.
  return found && { ...found, stage: found.stage as Stage | null }
}
