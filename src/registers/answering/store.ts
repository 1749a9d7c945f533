import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Listing } from '#registers/listing/rules.ts'

/** Every organisation that answered for a service or does, the newest first. */
export async function listAnswering(db: Db, area: string, service: string) {
  return db
    .selectFrom('answering.answering as answering')
    .innerJoin('organisations.organisation as organisation', (join) =>
      join.onRef('organisation.area', '=', 'answering.area').onRef('organisation.id', '=', 'answering.organisation'),
    )
    .select(['answering.id', 'answering.organisation', 'organisation.name as organisationName', 'answering.at'])
    .select(['answering.ended_at as endedAt', 'answering.by'])
    .where('answering.area', '=', area)
    .where('answering.service', '=', service)
    .orderBy('answering.at', 'desc')
    .orderBy('answering.id', 'desc')
    .execute()
}

type NewAnswering = Readonly<{
  area: string
  id: string
  service: string
  organisation: string
  sent_since: Temporal.Instant | null
  at: Temporal.Instant
  by: string
}>

/** Lets an organisation answer for a service from now on; false where one does already. */
export async function saveAnswering(db: Db, answering: NewAnswering): Promise<boolean> {
  const kept = await db
    .insertInto('answering.answering')
    .values(answering)
    .onConflict((there) => there.doNothing())
    .returning('id')
    .executeTakeFirst()
  return kept !== undefined
}

type Ending = Readonly<{ area: string; service: string; id: string; by: string; at: Temporal.Instant }>

/** Lets an organisation answer for a service no more: from now on its people find nothing of it. */
export async function endAnswering(db: Db, { area, service, id, by, at }: Ending): Promise<boolean> {
  const ended = await db
    .updateTable('answering.answering')
    .set({ ended_at: at, ended_by: by })
    .where('area', '=', area)
    .where('service', '=', service)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return ended !== undefined
}

const own = (db: Db, { area, organisation }: Pick<Actor, 'area' | 'organisation'>) =>
  db
    .selectFrom('answering.answering as answering')
    .innerJoin('services.service as service', (join) =>
      join.onRef('service.area', '=', 'answering.area').onRef('service.id', '=', 'answering.service'),
    )
    .select(['service.id', 'service.version', 'service.origin', 'service.document'])
    .where('answering.area', '=', area)
    .where('answering.organisation', '=', organisation)
    .where('answering.ended_at', 'is', null)

function listed<Row extends Readonly<{ document: unknown }>>({ document, ...row }: Row) {
  // Checked: the document is written from a listing alone.
  return { ...row, listing: document as Listing }
}

/** The services for which the organisation of this member answers now, by name. */
export async function listAnsweredBy(db: Db, actor: Actor) {
  return (await own(db, actor).orderBy('service.name').orderBy('service.id').execute()).map(listed)
}

/** One of them; any other is as if it were not there. */
export async function findAnsweredBy(db: Db, actor: Actor, service: string) {
  if (!/^[0-9a-f-]{36}$/.test(service)) return undefined
  const found = await own(db, actor).where('service.id', '=', service).executeTakeFirst()
  return found && listed(found)
}
