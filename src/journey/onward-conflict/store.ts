import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { isLookedAfterBy } from '#journey/looking-after/store.ts'
import { conflictsIn } from '#journey/witness/rules.ts'

/** Of whom of these coaches the witnesses say what cannot all be so, and since when, the longest first. */
export async function listConflicts(db: Db, area: string, coaches: readonly string[]) {
  const rows = await db
    .selectFrom('onward.referral as referral')
    .innerJoin('onward.event as event', (join) =>
      join.onRef('event.area', '=', 'referral.area').onRef('event.referral', '=', 'referral.id'),
    )
    .select(['event.id', 'event.kind', 'event.witness', 'event.reason', 'event.on_day as onDay', 'event.at'])
    .select(['referral.id as referral', 'referral.episode'])
    .where('referral.area', '=', area)
    .where('event.kind', 'in', ['started', 'attended', 'ended', 'declined', 'said', 'settled'])
    .where(isLookedAfterBy(area, coaches, 'referral.episode'))
    // Two who say it differently are never both the service: what it says alone, as of most, is not read.
    .where(
      sql<boolean>`exists (select from onward.event other where other.area = referral.area
        and other.referral = referral.id and other.witness in ('person', 'team')
        and other.kind in ('started', 'attended', 'ended', 'declined', 'said'))`,
    )
    .orderBy('event.at')
    .orderBy('event.id')
    .execute()
  return [...Map.groupBy(rows, ({ referral }) => referral).values()]
    .flatMap((events) => {
      const [conflict] = conflictsIn(events)
      return conflict
        ? events.slice(0, 1).map(({ referral: id, episode }) => ({ id, episode, at: conflict[1].at }))
        : []
    })
    .toSorted((one, other) => Temporal.Instant.compare(one.at, other.at))
}
