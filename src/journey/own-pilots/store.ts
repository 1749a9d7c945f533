import type { Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import { listPilots, listSaid } from '#journey/pilot/store.ts'
import { ownPilots } from './rules.ts'

/** What a participant was asked to take part in and what they said, with the words of today. */
export async function listOwnPilots(db: Db, me: Participant, today: Temporal.PlainDate) {
  const [pilots, said, spell] = await Promise.all([
    listPilots(db, me.area),
    listSaid(db, me.area, me),
    findOpenSpell(db, me),
  ])
  return ownPilots({ pilots, said, today, open: spell?.episode })
}

async function findOpenSpell(db: Db, me: Participant) {
  return db
    .selectFrom('episode.standing as standing')
    .select('standing.episode')
    .where('standing.area', '=', me.area)
    .where(isOfPerson('standing.person', me))
    .where('standing.ended_at', 'is', null)
    .executeTakeFirst()
}
