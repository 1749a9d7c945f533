import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Channel } from '#platform/notify/rules.ts'
import type { Rhythm } from '#journey/rhythm/rules.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'

/** What went out to a person or about them, and what waits to. Ask findPerson before: it decides who may know. */
export async function listMessagesOnTimeline(db: Db, asked: Asked) {
  const at = sql<Temporal.Instant>`coalesce(message.settled_at, message.written_at)`
  const query = db
    .selectFrom('notify.message as message')
    .select([
      'message.id',
      'message.kind',
      'message.recipient',
      'message.subject',
      'message.body',
      'message.reason',
      at.as('at'),
    ])
    // Checked: the table itself refuses any other channel.
    .select([sql<Channel>`message.channel`.as('channel'), 'message.settled_as as settledAs'])
    .select('message.not_before as notBefore')
    .where('message.area', '=', asked.area)
    .where(isAnyOf('message.person', asked.people))
  return readNewest(query, { at, id: 'message.id' }, asked).execute()
}

/** What people were promised about how often they hear from their coach. Ask listEpisodesOf before. */
export async function listRhythmsOnTimeline(db: Db, asked: Asked) {
  const query = db
    .selectFrom('rhythm.rhythm as rhythm')
    // Checked: the table itself refuses anything else.
    .select(['rhythm.id', 'rhythm.episode', 'rhythm.at', sql<Rhythm>`rhythm.every`.as('every')])
    .select(findNameOf(asked.area, 'rhythm.by').as('by'))
    .where('rhythm.area', '=', asked.area)
    .where(isAnyOf('rhythm.episode', asked.episodes))
  return readNewest(query, { at: 'rhythm.at', id: 'rhythm.id' }, asked).execute()
}

/** What the person wrote back by text. Ask findPerson before: it decides who may know. */
export async function listRepliesOnTimeline(db: Db, asked: Asked) {
  const query = db
    .selectFrom('notify.reply as reply')
    .select(['reply.id', 'reply.received_at as at', 'reply.body', 'reply.opts_out as optsOut'])
    .select('reply.asks_to_cancel as asksToCancel')
    .where('reply.area', '=', asked.area)
    .where(isAnyOf('reply.person', asked.people))
  return readNewest(query, { at: 'reply.received_at', id: 'reply.id' }, asked).execute()
}

/** What was agreed to and what was not, answer by answer. Ask findPerson before: it decides who may know. */
export async function listPermissionsOnTimeline(db: Db, asked: Asked) {
  const query = db
    .selectFrom('permissions.permission as answer')
    .select(['answer.id', 'answer.at', 'answer.person', 'answer.switch', 'answer.recipient', 'answer.allows'])
    .select([
      'answer.facts',
      'answer.given',
      'answer.how',
      'answer.batch',
      findNameOf(asked.area, 'answer.recorded_by').as('by'),
    ])
    .where('answer.area', '=', asked.area)
    .where(isAnyOf('answer.person', asked.people))
  return readNewest(query, { at: 'answer.at', id: 'answer.id' }, asked).execute()
}
