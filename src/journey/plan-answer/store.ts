import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import type { Stage } from '#journey/episode/rules.ts'
import { isOpen } from '#journey/plan-offer/rules.ts'
import { agreedSince } from '#journey/plan-offer/store.ts'

type Asked = Readonly<{ area: string; person: string; offer?: string }>

/**
 * The plan that this person was sent last, or the one that their link opens: asked with whose it is said to be. With it
 * comes what is needed to agree it, and when they were born.
 */
export async function findOffered(db: Db, { area, person, offer }: Asked) {
  return (
    db
      .selectFrom('plan_offer.offer as offer')
      .innerJoin('episode.standing as standing', (join) =>
        join.onRef('standing.area', '=', 'offer.area').onRef('standing.episode', '=', 'offer.episode'),
      )
      .innerJoin('people.person as person', (join) =>
        join.onRef('person.area', '=', 'standing.area').onRef('person.id', '=', 'standing.person'),
      )
      .select(['offer.id', 'offer.episode', 'offer.expires_at as expiresAt', 'offer.withdrawn_at as withdrawnAt'])
      // Checked: the stage is written from the list in the rules of the episode alone.
      .select([agreedSince.as('agreedSince'), sql<Stage>`standing.stage`.as('stage')])
      .select(['standing.person', 'standing.assessed_at', 'standing.next_due_on', 'standing.next_due_what'])
      .select(['person.born_on as bornOn'])
      .where('offer.area', '=', area)
      .where(isOfPerson('standing.person', { area, person }))
      .$if(offer !== undefined, (query) => query.where('offer.id', '=', offer ?? ''))
      .orderBy('offer.offered_at', 'desc')
      .orderBy('offer.id', 'desc')
      .limit(1)
      .executeTakeFirst()
  )
}

export type Offered = NonNullable<Awaited<ReturnType<typeof findOffered>>>

/** Whether a plan that was sent to this person waits for their answer. */
export async function hasPlanToAnswer(db: Db, me: Asked, now: Temporal.Instant): Promise<boolean> {
  const offered = await findOffered(db, me)
  return offered !== undefined && isOpen(offered, now)
}
