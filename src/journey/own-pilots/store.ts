import type { Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import { listPilots, listSaid } from '#journey/pilot/store.ts'
import { isAnyOf } from '#journey/timeline/store.ts'
import { ownPilots } from './rules.ts'

/** What a participant was asked to take part in and what they said, with the words of today. */
export async function listOwnPilots(db: Db, me: Participant, today: Temporal.PlainDate) {
  const [pilots, said, spell] = await Promise.all([
    listPilots(db, me.area),
    listSaid(db, me.area, me),
    findOpenSpell(db, me),
  ])
  const wordings = await listAnsweredWords(db, me.area, said.answers)
  return ownPilots({ pilots, wordings, said, today, open: spell?.episode })
}

type Answered = Readonly<{ pilot: string; version: number }>

/** The words that somebody answered to, of every version that they did. */
async function listAnsweredWords(db: Db, area: string, answers: readonly Answered[]) {
  if (answers.length === 0) return []
  const rows = await db
    .selectFrom('pilot.wording as wording')
    .select(['wording.pilot', 'wording.version', 'wording.words'])
    .where('wording.area', '=', area)
    .where(
      isAnyOf(
        'wording.pilot',
        answers.map(({ pilot }) => pilot),
      ),
    )
    .execute()
  return rows.filter((row) => answers.some((one) => one.pilot === row.pilot && one.version === row.version))
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
