import { sql } from 'kysely'
import type { Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { listMeans } from '#registers/means/store.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import type { Carried } from './rules.ts'

/** What somebody told us, with their newest request where they came by one. */
export async function findCarried(db: Db, { area, person }: Participant): Promise<Carried> {
  const [found, means] = await Promise.all([
    db
      .selectFrom('people.person as person')
      .leftJoin('referral.referral as referral', (join) =>
        join.onRef('referral.area', '=', 'person.area').on(isOfPerson('referral.person', { area, person })),
      )
      .leftJoin('referral.reference as given', (join) =>
        join.onRef('given.area', '=', 'referral.area').onRef('given.referral', '=', 'referral.id'),
      )
      .select(['person.given_name as givenName', 'person.family_name as familyName', 'person.born_on as bornOn'])
      .select(['person.preferred_name as preferredName', 'person.nhs_number as nhsNumber', 'person.language'])
      .select(['person.address', 'person.postcode'])
      .select(['person.gp_practice as gpPractice', 'person.gp_practice_code as gpPracticeCode'])
      .select(['given.reference'])
      .select(sql<Temporal.Instant>`coalesce(referral.received_at, person.registered_at)`.as('askedAt'))
      .select(sql<string | null>`case when referral.agreement = 'self' then referral.reason end`.as('reason'))
      .where('person.area', '=', area)
      .where('person.id', '=', person)
      .orderBy(sql`referral.received_at desc nulls last`)
      .limit(1)
      .executeTakeFirstOrThrow(),
    listMeans(db, area, person),
  ])
  const wanted = means
    .filter((one) => one.wanted && one.safe)
    .toSorted((one, other) => Number(other.preferred) - Number(one.preferred))
  return { ...found, means: wanted }
}
