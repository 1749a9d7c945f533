import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Gets } from '#journey/pilot/rules.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'

/** What somebody said to a pilot, on the timeline of a person. Ask listEpisodesOf before: it decides who may know. */
export async function listPilotAnswersOnTimeline(db: Db, asked: Asked) {
  const said = db
    .selectFrom('pilot.answer as answer')
    .innerJoin('pilot.pilot as pilot', (join) =>
      join.onRef('pilot.area', '=', 'answer.area').onRef('pilot.id', '=', 'answer.pilot'),
    )
    .select(['answer.id', 'answer.episode', 'answer.at', 'answer.given', 'answer.how', 'pilot.name'])
    .select(['answer.wording_version as version', sql<Gets | null>`answer.gets`.as('gets')])
    .select([findNameOf(asked.area, 'answer.by').as('by'), sql<boolean>`answer.by is null`.as('own')])
    .where('answer.area', '=', asked.area)
    .where(isAnyOf('answer.episode', asked.episodes))
  return readNewest(said, { at: 'answer.at', id: 'answer.id' }, asked).execute()
}

/** That somebody was asked to take part in a pilot, on the same timeline. */
export async function listPilotInvitationsOnTimeline(db: Db, asked: Asked) {
  const invited = db
    .selectFrom('pilot.invitation as invitation')
    .innerJoin('pilot.pilot as pilot', (join) =>
      join.onRef('pilot.area', '=', 'invitation.area').onRef('pilot.id', '=', 'invitation.pilot'),
    )
    .select(['invitation.pilot as id', 'invitation.episode', 'invitation.at', 'pilot.name', 'pilot.tried'])
    .select(findNameOf(asked.area, 'invitation.by').as('by'))
    .where('invitation.area', '=', asked.area)
    .where(isAnyOf('invitation.episode', asked.episodes))
  return readNewest(invited, { at: 'invitation.at', id: 'invitation.pilot' }, asked).execute()
}
