import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { outwardOf } from '#platform/postcode/rules.ts'
import { findPostcode } from '#registers/places/store.ts'
import { findAssessment } from '#journey/assessment/store.ts'
import type { WorkStatus } from '#journey/referral/rules.ts'
import { standingToWork } from './rules.ts'

type Home = Readonly<{ postcode: string | null; council: string | null }>

/** Where somebody lives, as services say whom they are for: as surely as the postcode directory knows, or what they said. */
export async function findLives(db: Db, { postcode, council }: Home) {
  const located = postcode === null ? undefined : await findPostcode(db, postcode)
  const parts = located?.parts ?? []
  const ons = parts.flatMap(({ boardOns }) => boardOns ?? [])
  const boards = await db
    .selectFrom('places.board_code')
    .select('board')
    .distinct()
    .where('ons', '=', sql<string>`any(${ons}::text[])`)
    .execute()
  return {
    outward: postcode === null ? null : (outwardOf(postcode) ?? null),
    councils: council === null ? parts.flatMap((part) => part.council ?? []) : [council],
    boards: boards.map(({ board }) => board),
    countries: [...new Set(parts.map((part) => part.country))],
    lives: parts.length > 0 || council !== null,
  }
}

/** How somebody stands to work by what was said last. */
export async function findWork(db: Db, actor: Actor, episode: string | undefined) {
  if (episode === undefined) return null
  const [conversation, referral] = await Promise.all([
    findAssessment(db, actor, episode),
    db
      .selectFrom('referral.referral')
      // Checked: written from the list in the rules of referrals.
      .select(sql<WorkStatus | null>`work_status`.as('referred'))
      .where('area', '=', actor.area)
      .where('episode', '=', episode)
      .orderBy('received_at', 'desc')
      .limit(1)
      .executeTakeFirst(),
  ])
  return standingToWork({
    employment: conversation?.employment_status ?? null,
    sick: conversation ? conversation.on_sick_absence === 'yes' : null,
    referred: referral?.referred ?? null,
  })
}
