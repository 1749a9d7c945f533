import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { EventKind, Witness } from '#journey/onward/rules.ts'
import type { Part } from '#journey/packet/rules.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'

/** What happened with those to whom somebody was passed on, on their timeline. Ask findPerson before. */
export async function listOnwardOnTimeline(db: Db, asked: Asked) {
  const query = db
    .selectFrom('onward.event as event')
    .innerJoin('onward.referral as referral', (join) =>
      join.onRef('referral.area', '=', 'event.area').onRef('referral.id', '=', 'event.referral'),
    )
    .select(['event.id', 'event.referral', 'event.at', 'event.how', 'event.reason', 'event.on_day as onDay'])
    .select(['event.place', 'event.sessions', 'event.note', 'referral.service_name as serviceName', 'event.parts'])
    .select([
      sql<boolean>`event.read_at is not null or event.witness not in ('person', 'service') or event.kind = 'seen'`.as(
        'read',
      ),
    ])
    .select(findNameOf(asked.area, 'event.by').as('by'))
    .select(sql<readonly Part[]>`referral.parts`.as('packet'))
    // Checked: the codes are written by the stage alone, from its lists.
    .select([sql<EventKind>`event.kind`.as('kind'), sql<Witness>`event.witness`.as('witness')])
    .where('event.area', '=', asked.area)
    .where(isAnyOf('referral.person', asked.people))
  return readNewest(query, { at: 'event.at', id: 'event.id' }, asked).execute()
}
