import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'

/** What was put to employers, on the timeline of a person. Ask findPerson before. */
export async function listProposalsOnTimeline(db: Db, asked: Asked) {
  const query = db
    .selectFrom('three_way.proposal as proposal')
    .select(['proposal.id', 'proposal.sent_at as at', 'proposal.contact', 'proposal.organisation', 'proposal.asks'])
    .select(findNameOf(asked.area, 'proposal.by').as('by'))
    .where('proposal.area', '=', asked.area)
    .where('proposal.sent_at', 'is not', null)
    .where(isAnyOf('proposal.person', asked.people))
    .$narrowType<{ at: Temporal.Instant }>()
  return readNewest(query, { at: 'proposal.sent_at', id: 'proposal.id' }, asked).execute()
}

/** What employers answered to it, on the timeline of a person. Ask findPerson before. */
export async function listRepliesOnTimeline(db: Db, asked: Asked) {
  const query = db
    .selectFrom('three_way.reply as reply')
    .innerJoin('three_way.proposal as proposal', (join) =>
      join.onRef('proposal.area', '=', 'reply.area').onRef('proposal.id', '=', 'reply.proposal'),
    )
    .select(['reply.id', 'reply.at', 'reply.note', 'reply.by_name as byName', 'proposal.id as proposal'])
    .select(['proposal.organisation', sql<boolean>`reply.read_at is not null`.as('read')])
    .select(findNameOf(asked.area, 'reply.by').as('by'))
    .where('reply.area', '=', asked.area)
    .where(isAnyOf('proposal.person', asked.people))
  return readNewest(query, { at: 'reply.at', id: 'reply.id' }, asked).execute()
}

/** What the person and their coach said to it, on the timeline of a person. Ask findPerson before. */
export async function listConsentsOnTimeline(db: Db, asked: Asked) {
  const query = db
    .selectFrom('three_way.consent as consent')
    .innerJoin('three_way.reply as reply', (join) =>
      join.onRef('reply.area', '=', 'consent.area').onRef('reply.id', '=', 'consent.reply'),
    )
    .innerJoin('three_way.proposal as proposal', (join) =>
      join.onRef('proposal.area', '=', 'reply.area').onRef('proposal.id', '=', 'reply.proposal'),
    )
    // Checked: the table itself refuses any other party.
    .select(['consent.id', 'consent.at', 'consent.agrees', sql<'participant' | 'coach'>`consent.party`.as('party')])
    .select(['consent.note', 'proposal.id as proposal', findNameOf(asked.area, 'consent.by').as('by')])
    .where('consent.area', '=', asked.area)
    .where(isAnyOf('proposal.person', asked.people))
  return readNewest(query, { at: 'consent.at', id: 'consent.id' }, asked).execute()
}
