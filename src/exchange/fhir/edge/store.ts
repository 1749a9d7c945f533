import { sql } from 'kysely'
import { type Db, sendWithCommit } from '#platform/database/transaction.ts'
import type { Shown } from '#exchange/fhir/shown/rules.ts'
import type { Search } from '#exchange/fhir/searched/rules.ts'
import type { GivenIds, SentKind } from './rules.ts'

const idOf = { ServiceRequest: 'request.id', Task: 'request.task', Patient: 'request.patient' } as const

/** What a sender calls a referral of its own. */
export type Called = Readonly<{ organisation: string; system: string; value: string }>

/** Keeps whoever sends the same referral in turn until the transaction ends, so that it is taken once. */
export async function holdReferral(db: Db, area: string, { organisation, system, value }: Called): Promise<void> {
  const key = JSON.stringify(['edge', area, organisation, system, value])
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(db)
}

/** What was made of a referral that its organisation sent before, with the digest of what then came. */
export async function findTaken(db: Db, area: string, { organisation, system, value }: Called) {
  const found = await db
    .selectFrom('edge.request')
    .select(['id', 'patient', 'task', 'digest', 'taken_at as takenAt'])
    .where('area', '=', area)
    .where('organisation', '=', organisation)
    .where('system', '=', system)
    .where('value', '=', value)
    .executeTakeFirst()
  return found
}

/** What a system sent, as it is kept: the same row for every door. */
type KeptRequest = GivenIds &
  Called &
  Readonly<{ area: string; client: string; digest: Buffer; referral: string; isVerified: boolean }> &
  Readonly<{ authoredAt: Temporal.Instant; takenAt: Temporal.Instant }>

/** Writes with the commit what a system sent, by the ids by which its organisation reads it back. */
export function saveTaken(db: Db, { isVerified, authoredAt, takenAt, ...said }: KeptRequest): void {
  const row = { ...said, nhs_number_verified: isVerified, authored_at: authoredAt, taken_at: takenAt }
  sendWithCommit(db, [db.insertInto('edge.request').values(row)])
}

/** What of the sender's own is looked for. */
type Looking = Readonly<{ area: string; organisation: string; search: Search; kind: SentKind }> &
  // What the sender calls it, in whichever numbering.
  Readonly<{ value?: string | null }>

/** What an organisation sent by its systems, the oldest first, from where a page goes on: one more than the page has. */
export async function listShown(db: Db, { area, organisation, search, kind, value = null }: Looking) {
  const { from, before, identifier, id, patient, focus, after, count } = search
  const changed = sql<Temporal.Instant>`greatest(request.taken_at, back.at)`
  const rows = await requests(db, area, organisation)
    .$if(kind === 'Task', (query) => query.where('request.task', 'is not', null))
    .$if(id !== null, (query) => query.where(idOf[kind], '=', id))
    .$if(focus !== null, (query) => query.where('request.id', '=', focus))
    .$if(patient !== null, (query) => query.where('request.patient', '=', patient))
    .$if(value !== null, (query) => query.where('request.value', '=', value))
    .$if(identifier !== null, (query) => query.where('request.value', '=', identifier?.value ?? ''))
    .$if(identifier !== null && identifier.system !== null, (query) =>
      query.where('request.system', '=', identifier?.system ?? ''),
    )
    .$if(from !== null, (query) => query.where(changed, '>=', from))
    .$if(before !== null, (query) => query.where(changed, '<', before))
    .$if(after !== null, (query) =>
      query.where(
        sql<boolean>`(request.taken_at, request.id) ${after?.within === undefined ? sql`>` : sql`>=`}
          (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid)`,
      ),
    )
    .orderBy('request.taken_at')
    .orderBy('request.id')
    .limit(count + 1)
    .execute()
  return rows.map(asShown)
}

/** A request that an organisation sent, by its id; undefined for everybody else. */
export async function findShown(
  db: Db,
  { area, organisation }: Readonly<{ area: string; organisation: string }>,
  id: string,
) {
  const found = await requests(db, area, organisation).where('request.id', '=', id).executeTakeFirst()
  return found && asShown(found)
}

const requests = (db: Db, area: string, organisation: string) =>
  db
    .selectFrom('edge.request as request')
    .innerJoin('referral.referral as referral', (join) =>
      join.onRef('referral.area', '=', 'request.area').onRef('referral.id', '=', 'request.referral'),
    )
    .innerJoin('referral.reference as given', (join) =>
      join.onRef('given.area', '=', 'request.area').onRef('given.referral', '=', 'request.referral'),
    )
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'referral.area').onRef('person.id', '=', 'referral.person'),
    )
    .innerJoin('organisations.organisation as organisation', (join) =>
      join.onRef('organisation.area', '=', 'request.area').onRef('organisation.id', '=', 'request.organisation'),
    )
    .leftJoin('withdrawal.withdrawal as back', (join) =>
      join.onRef('back.area', '=', 'request.area').onRef('back.referral', '=', 'request.referral'),
    )
    .select(['request.id', 'request.patient', 'request.task', 'request.system', 'request.value', 'request.referral'])
    .select(['request.authored_at as authoredAt', 'request.taken_at as takenAt', 'back.at as withdrawnAt'])
    .select(['given.reference', 'referral.person', 'referral.person_name as personName'])
    .select(['organisation.name as organisationName', 'organisation.ods_code as odsCode'])
    .select(sql<string | null>`case when request.nhs_number_verified then person.nhs_number end`.as('nhsNumber'))
    .where('request.area', '=', area)
    .where('request.organisation', '=', organisation)

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof requests>['executeTakeFirst']>>>

/** A referral as its sender reads it back, and whose it is. */
export type Own = Shown & Readonly<{ person: string; referral: string }>

const asShown = ({ organisationName: name, odsCode, ...row }: Row): Own => ({ ...row, organisation: { name, odsCode } })
