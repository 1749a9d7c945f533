import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import type { OrganisationKind } from '#registers/organisations/rules.ts'
import { mayDisclose } from '#registers/permissions/store.ts'
import { recipientName, toldUnder } from '#journey/acknowledgement/rules.ts'
import type { News } from '#journey/feedback/rules.ts'
import { listThoseTold } from '#journey/referrer/store.ts'

type One = Readonly<{ area: string; kind: OrganisationKind; referral: string }>

/**
 * What a system may be sent of a referral of its organisation, without asking for it: no more than the organisation may
 * read, and nothing that the person has ended with their support. `why` says what stands in the way of anything else.
 */
export async function findSendable(db: Db, { area, kind, referral }: One, now: Temporal.Instant) {
  const [own] = await listThoseTold(db, { area, kind, referrals: [referral] }, now)
  const [under, name] = own ? [toldUnder[own.route], recipientName({ ...own, feedback: 'status' })] : []
  if (!own || !under || !name) return { told: [], why: 'It is not known who is to be told' }
  if (own.died) return { told: [], why: 'The person has died' }
  const recipient = { switch: under.switch, name }
  const may = await mayDisclose(db, { area, person: own.person, recipient, purpose: 'status' })
  return may.allowed ? { told: own.told, why: 'It is not so any more' } : { told: [], why: may.why }
}

/** Requests that came by BaRS, with whose they are; a sender is somebody here where the area knows its code. */
const requests = (db: Db, area: string) =>
  db
    .selectFrom('receiver.request as request')
    .innerJoin('organisations.organisation as organisation', (join) =>
      join
        .onRef('organisation.area', '=', 'request.area')
        .on(sql<boolean>`upper(organisation.ods_code) = request.sender`),
    )
    .where('request.area', '=', area)

/** The requests of an episode whose senders still want what they asked for, and have an address for replies. */
export async function listToReply(db: Db, area: string, referrals: readonly string[]) {
  if (referrals.length === 0) return []
  return (
    requests(db, area)
      .innerJoin('reply_address.address as address', (join) =>
        join
          .onRef('address.area', '=', 'organisation.area')
          .onRef('address.organisation', '=', 'organisation.id')
          .on('address.ended_at', 'is', null),
      )
      .select(['request.id', 'request.referral'])
      // Checked: the register holds no other kinds.
      .select(sql<OrganisationKind>`organisation.kind`.as('kind'))
      .where(sql<boolean>`request.referral = any(${[...referrals]}::uuid[])`)
      .where('request.status', '=', 'active')
      .orderBy('request.id')
      .execute()
  )
}

type NewReply = Readonly<{ area: string; request: string; news: News; at: Temporal.Instant }>

/** Writes that a sender is to be told something of a request; false where it was written before. */
export async function saveReply(db: Db, { at, ...said }: NewReply): Promise<boolean> {
  const saved = await db
    .insertInto('reply.reply')
    .values({ ...said, id: newId(), request_id: newId(), written_at: at, not_before: at })
    .onConflict((twice) => twice.columns(['area', 'request', 'news']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return saved !== undefined
}

/** Comes back to the replies of a request at this moment, and to all of them in turn. */
export async function sendLater(
  db: Db,
  { area, request }: Readonly<{ area: string; request: string }>,
  runAt: Temporal.Instant,
): Promise<void> {
  await addJob(db, 'replies.send', { area, request }, { runAt, key: `reply ${area} ${request}` })
}

/** The earliest reply of a request that has not gone, held until the transaction ends; undefined where nothing waits. */
export async function holdNext(db: Db, area: string, request: string) {
  return (
    db
      .selectFrom('reply.reply')
      .select(['id', 'request_id as requestId', 'written_at as writtenAt', 'not_before as notBefore', 'tries'])
      .select(['settled_as as settledAs', 'first_tried_at as firstTriedAt'])
      // Checked: the table takes no other.
      .select(sql<News>`news`.as('news'))
      .where('area', '=', area)
      .where('request', '=', request)
      .where((where) => where.or([where('settled_as', 'is', null), where('settled_as', '=', 'failed')]))
      .orderBy('id')
      .limit(1)
      .forUpdate()
      .executeTakeFirst()
  )
}

/** What a reply is made of: the request as its sender made it, whose it is, and the ids both sides know it by. */
export async function findAnswered(db: Db, area: string, request: string) {
  return (
    requests(db, area)
      .innerJoin('receiver.message as first', (join) =>
        join
          .onRef('first.area', '=', 'request.area')
          .onRef('first.request', '=', 'request.id')
          .on('first.kind', '=', 'referral'),
      )
      .innerJoin('referral.referral as referral', (join) =>
        join.onRef('referral.area', '=', 'request.area').onRef('referral.id', '=', 'request.referral'),
      )
      .innerJoin('people.person as person', (join) =>
        join.onRef('person.area', '=', 'referral.area').onRef('person.id', '=', 'referral.person'),
      )
      .select(['request.bundle', 'request.status', 'request.sender', 'request.referral', 'referral.person'])
      .select(['request.use_case as useCase', 'request.authored_at as authoredAt'])
      .select(['first.correlation_id as correlationId', 'referral.referrer_name as requester'])
      .select(['organisation.id as organisation', 'organisation.name as organisationName'])
      // Checked: the register holds no other kinds.
      .select(sql<OrganisationKind>`organisation.kind`.as('kind'))
      .select(sql<string | null>`case when request.nhs_number_verified then person.nhs_number end`.as('nhsNumber'))
      .where('request.id', '=', request)
      .orderBy('first.at')
      .executeTakeFirst()
  )
}

/** The organisation that receives referrals here, as others know it. */
export async function findOurselves(db: Db, area: string, organisation: string | null) {
  if (organisation === null) return undefined
  return db
    .selectFrom('organisations.organisation')
    .innerJoin('areas.area as here', 'here.area', 'organisations.organisation.area')
    .select(['organisations.organisation.name', 'ods_code as odsCode', 'here.name as called'])
    .where('organisations.organisation.area', '=', area)
    .where('organisations.organisation.id', '=', organisation)
    .executeTakeFirst()
}

type Of = Readonly<{ area: string; id: string }>
type Tried = Readonly<{ tries: number; answer: string | null; at: Temporal.Instant; firstAt: Temporal.Instant }>

/** Writes that a reply was tried, and what was answered to it. */
export async function saveTry(db: Db, { area, id }: Of, { tries, answer, at, firstAt }: Tried): Promise<void> {
  await db
    .updateTable('reply.reply')
    .set({ tries, last_answer: answer, last_tried_at: at, first_tried_at: firstAt })
    .where('area', '=', area)
    .where('id', '=', id)
    .execute()
}

/** Lets a reply wait until later, and says why. */
export async function postponeReply(
  db: Db,
  { area, id }: Of,
  { until, reason }: Readonly<{ until: Temporal.Instant; reason: string }>,
): Promise<void> {
  await db
    .updateTable('reply.reply')
    .set({ not_before: until, reason })
    .where('area', '=', area)
    .where('id', '=', id)
    .execute()
}

type Same = Readonly<{ area: string; sender: string }>

const waitingFor = (db: Db, { area, sender }: Same) =>
  db
    .selectFrom('reply.reply as reply')
    .innerJoin('receiver.request as request', (join) =>
      join.onRef('request.area', '=', 'reply.area').onRef('request.id', '=', 'reply.request'),
    )
    .where('reply.area', '=', area)
    .where('request.sender', '=', sender)
    .where('reply.settled_as', 'is', null)

/** When another reply to the same system is tried again that it did not take; undefined while none is known to wait. */
export async function findAwayUntil(db: Db, { id, ...same }: Same & Of, now: Temporal.Instant) {
  const found = await waitingFor(db, same)
    .select((row) => row.fn.max('reply.not_before').as('until'))
    .where('reply.id', '<>', id)
    .where('reply.tries', '>', 0)
    .where('reply.not_before', '>', now)
    .executeTakeFirst()
  return found?.until ?? undefined
}

/** A system is there again, or somebody says so: whatever waits for it goes now. */
export async function sendWhatWaits(db: Db, same: Same, now: Temporal.Instant): Promise<void> {
  const { area } = same
  const found = await waitingFor(db, same)
    .select(['reply.id', 'reply.request'])
    .where('reply.not_before', '>', now)
    .orderBy('reply.id')
    .execute()
  if (found.length === 0) return
  await db
    .updateTable('reply.reply')
    .set({ not_before: now })
    .where('area', '=', area)
    .where(sql<boolean>`id = any(${found.map(({ id }) => id)}::uuid[])`)
    .execute()
  for (const request of new Set(found.map((one) => one.request))) await sendLater(db, { area, request }, now)
}

type End =
  | Readonly<{ as: 'sent' }>
  | Readonly<{ as: 'held back' | 'failed'; reason: string }>
  | Readonly<{ as: 'given up'; reason: string; by: string }>

/** Writes what became of a reply. */
export async function settleReply(db: Db, { area, id }: Of, end: End, at: Temporal.Instant): Promise<void> {
  const [reason, by] = [end.as === 'sent' ? null : end.reason, end.as === 'given up' ? end.by : null]
  await db
    .updateTable('reply.reply')
    .set({ settled_at: at, settled_as: end.as, settled_by: by, reason })
    .where('area', '=', area)
    .where('id', '=', id)
    .execute()
}

/** Puts a reply back at the start of its tries that could not be sent or waits for its next one; false for any other. */
export async function tryReplyAgain(db: Db, { area, id }: Of, at: Temporal.Instant): Promise<boolean> {
  const changed = await db
    .updateTable('reply.reply')
    .set({ settled_at: null, settled_as: null, reason: null, tries: 0, first_tried_at: null, not_before: at })
    .where('area', '=', area)
    .where('id', '=', id)
    .where((where) => where.or([where('settled_as', '=', 'failed'), where('settled_as', 'is', null)]))
    .returning('id')
    .executeTakeFirst()
  return changed !== undefined
}
