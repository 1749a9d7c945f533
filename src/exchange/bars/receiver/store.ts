import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { OrganisationKind } from '#registers/organisations/rules.ts'
import type { Sender } from '#exchange/bars/sent-referral/rules.ts'
import type { Given, Kept } from './rules.ts'

/** Takes a message in hand until the transaction ends; false while another copy of it is still being worked on. */
export async function holdMessage(db: Db, area: string, key: string): Promise<boolean> {
  const { rows } = await sql<{
    held: boolean
  }>`select pg_try_advisory_xact_lock(hashtextextended(${`bars ${area} ${key}`}, 0)) as held`.execute(db)
  return rows[0]?.held === true
}

const given = (db: Db, area: string) =>
  db
    .selectFrom('receiver.message')
    .select(['bundle', 'sender', 'digest', 'at', 'request'])
    // Checked: this store alone writes it.
    .select(sql<Readonly<Record<string, string>>>`given_ids`.as('ids'))
    .where('area', '=', area)

/** What was answered to a message with this request id. */
export async function findGiven(db: Db, area: string, requestId: string): Promise<Given | undefined> {
  return given(db, area).where('request_id', '=', requestId).executeTakeFirst()
}

/** What was answered when a request first came. */
export async function findFirstGiven(db: Db, area: string, request: string): Promise<Given | undefined> {
  return given(db, area).where('request', '=', request).where('kind', '=', 'referral').orderBy('at').executeTakeFirst()
}

const requests = (db: Db, area: string, sender: string) =>
  db
    .selectFrom('receiver.request as request')
    .innerJoin('referral.referral as referral', (join) =>
      join.onRef('referral.area', '=', 'request.area').onRef('referral.id', '=', 'request.referral'),
    )
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'referral.area').onRef('person.id', '=', 'referral.person'),
    )
    .select(['request.id', 'request.bundle', 'request.referral', 'request.use_case as useCase', 'referral.person'])
    .select(['request.authored_at as authoredAt', 'request.updated_at as updatedAt'])
    .select(sql<string | null>`case when request.nhs_number_verified then person.nhs_number end`.as('nhsNumber'))
    // Checked: the table takes no other.
    .select(sql<Kept['status']>`request.status`.as('status'))
    .where('request.area', '=', area)
    .where('request.sender', '=', sender)

/** What a sender asked for in a message, by the id they gave it; undefined for everybody else. */
export async function findByBundle(
  db: Db,
  area: string,
  { sender, bundle }: Readonly<{ sender: string; bundle: string }>,
) {
  return requests(db, area, sender).where('request.bundle', '=', bundle).executeTakeFirst()
}

/** What a sender asked for, by the id the service gave it; undefined for everybody else. */
export async function findRequest(db: Db, area: string, { sender, id }: Readonly<{ sender: string; id: string }>) {
  return requests(db, area, sender).where('request.id', '=', id).executeTakeFirst()
}

/** What a sender asked for about whoever has this NHS number, the newest first; at most a hundred. */
export async function listRequestsAbout(
  db: Db,
  area: string,
  { sender, nhsNumber }: Readonly<{ sender: string; nhsNumber: string }>,
) {
  return requests(db, area, sender)
    .where('request.nhs_number_verified', '=', true)
    .where('person.nhs_number', '=', nhsNumber)
    .orderBy('request.authored_at', 'desc')
    .limit(100)
    .execute()
}

type NewRequest = Readonly<{ area: string; id: string; sender: string; bundle: string; referral: string }> &
  Readonly<{ useCase: string; authoredAt: Temporal.Instant; updatedAt: Temporal.Instant; verified: boolean }>

/** Writes what a sender asks for. */
export async function saveRequest(db: Db, { useCase, authoredAt, updatedAt, verified, ...said }: NewRequest) {
  const more = { use_case: useCase, status: 'active', authored_at: authoredAt, updated_at: updatedAt }
  await db
    .insertInto('receiver.request')
    .values({ ...said, ...more, nhs_number_verified: verified })
    .execute()
}

type Cancelling = Readonly<{ area: string; id: string; status: 'revoked' | 'entered-in-error'; at: Temporal.Instant }>

/** Writes that its sender takes a request back. */
export async function cancelRequest(db: Db, { area, id, status, at }: Cancelling): Promise<void> {
  await db
    .updateTable('receiver.request')
    .set({ status, updated_at: at })
    .where('area', '=', area)
    .where('id', '=', id)
    .execute()
}

type NewMessage = Readonly<{
  area: string
  requestId: string
  correlationId: string
  kind: 'referral' | 'cancellation'
}> &
  Given

/** Writes that a message was taken, and what its resources were called. */
export async function saveMessage(db: Db, { requestId, correlationId, ids, ...said }: NewMessage): Promise<void> {
  await db
    .insertInto('receiver.message')
    .values({ ...said, request_id: requestId, correlation_id: correlationId, given_ids: JSON.stringify(ids) })
    .execute()
}

/** Who a sender is by the register, and whether replies go to them; undefined where the area does not know their code. */
export async function findSender(db: Db, area: string, ods: string): Promise<Sender | undefined> {
  return (
    db
      .selectFrom('organisations.organisation as organisation')
      .select('organisation.name')
      // Checked: the register holds no other kinds.
      .select(sql<OrganisationKind>`organisation.kind`.as('kind'))
      .select(
        sql<boolean>`exists (select from reply_address.address where address.area = organisation.area
          and address.organisation = organisation.id and address.ended_at is null)`.as('hears'),
      )
      .where('organisation.area', '=', area)
      .where(sql`upper(organisation.ods_code)`, '=', ods)
      .executeTakeFirst()
  )
}
