import type { Db } from '#platform/database/transaction.ts'
import { findNameOf } from '#journey/timeline/store.ts'

/** The holds on somebody's record, lifted ones included. Ask findPerson before: it decides who may know. */
export async function listHolds(db: Db, area: string, person: string) {
  return db
    .selectFrom('hold.hold as hold')
    .select(['hold.id', 'hold.reason', 'hold.at', 'hold.lifted_at as liftedAt', 'hold.lifted_because as liftedBecause'])
    .select([findNameOf(area, 'hold.by').as('by'), findNameOf(area, 'hold.lifted_by').as('liftedBy')])
    .where('hold.area', '=', area)
    .where('hold.person', '=', person)
    .orderBy('hold.at', 'desc')
    .execute()
}

/** Holds a record back; sent twice it stands once. */
export async function saveHold(
  db: Db,
  hold: Readonly<{ area: string; id: string; person: string; reason: string; by: string; at: Temporal.Instant }>,
): Promise<void> {
  await db
    .insertInto('hold.hold')
    .values(hold)
    .onConflict((twice) => twice.doNothing())
    .execute()
}

type Lifting = Readonly<{ area: string; person: string; id: string; by: string; at: Temporal.Instant; because: string }>

/** Lifts a hold; false where there is none any more. */
export async function liftHold(db: Db, { area, person, id, by, at, because }: Lifting): Promise<boolean> {
  const lifted = await db
    .updateTable('hold.hold')
    .set({ lifted_at: at, lifted_by: by, lifted_because: because })
    .where('area', '=', area)
    .where('person', '=', person)
    .where('id', '=', id)
    .where('lifted_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return lifted !== undefined
}
