import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import { isAnyOf } from '#journey/timeline/store.ts'

/** When somebody was born: what only they and we know, before a link shows them what is theirs. */
export async function findBornOn(db: Db, area: string, person: string): Promise<Temporal.PlainDate | undefined> {
  const found = await db
    .selectFrom('people.person')
    .select('born_on')
    .where('area', '=', area)
    .where('id', '=', person)
    .executeTakeFirst()
  return found?.born_on
}

/** Which of these have a proposal that nobody has decided about. Whoever asks may see them. */
export async function listProposed(db: Db, area: string, referrals: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('onward_silence.proposal as proposal')
    .innerJoin('onward.referral as referral', (join) =>
      join.onRef('referral.area', '=', 'proposal.area').onRef('referral.id', '=', 'proposal.referral'),
    )
    .select('proposal.referral')
    .where('proposal.area', '=', area)
    .where(isAnyOf('proposal.referral', referrals))
    .where('proposal.decided_at', 'is', null)
    .where('referral.state', '=', 'no-reply')
    .execute()
  return new Set(rows.map(({ referral }) => referral))
}

type Whose = Readonly<{ area: string; person: string }>

/** Whether a participant reads of any service that they would be or were put in touch with, however it ended. */
export async function hasOnward(db: Db, { area, person }: Whose): Promise<boolean> {
  const found = await db
    .selectFrom('onward.referral as referral')
    .select('referral.id')
    .where('referral.area', '=', area)
    .where(isOfPerson('referral.person', { area, person }))
    .where('referral.state', '!=', 'drafted')
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** Whether something about a service waits for this participant: what would be sent, or the next one. */
export async function hasOnwardToAnswer(db: Db, { area, person }: Whose): Promise<boolean> {
  const found = await db
    .selectFrom('onward.referral as referral')
    .select('referral.id')
    .where('referral.area', '=', area)
    .where(isOfPerson('referral.person', { area, person }))
    .where(
      sql<boolean>`(referral.state = 'shown' or referral.state = 'no-reply' and exists (select from
        onward_silence.proposal made where made.area = referral.area and made.referral = referral.id
          and made.decided_at is null))`,
    )
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}
