import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { listPermissions, isStillAllowed } from '#registers/permissions/store.ts'
import type { State } from '#journey/onward/rules.ts'
import { findOnwardOf, type Onward } from '#journey/onward/store.ts'
import { findAllowed } from '#journey/onward-sending/store.ts'
import { type Part, type PartCode, sentOf } from '#journey/packet/rules.ts'
import { declinedBefore, isShown, pageLength, type Place, type Standing, standings } from './rules.ts'

/** From here to the end of the transaction nothing is there of any request but those to the services of this member. */
async function readAs(db: Db, { organisation }: Actor): Promise<void> {
  await sql`select set_config('app.answering', ${organisation}, true)`.execute(db)
}

const sent = (db: Db, { area, organisation }: Actor, now: Temporal.Instant) =>
  db
    .selectFrom('onward.referral as referral')
    .innerJoin('answering.answering as theirs', (join) =>
      join.onRef('theirs.area', '=', 'referral.area').onRef('theirs.service', '=', 'referral.service'),
    )
    .where('referral.area', '=', area)
    .where('theirs.organisation', '=', organisation)
    .where('theirs.ended_at', 'is', null)
    .where((is) =>
      is.or([is('theirs.sent_since', 'is', null), is('referral.asked_at', '>', is.ref('theirs.sent_since'))]),
    )
    .where('referral.asked_at', 'is not', null)
    // The same words as the index of the inbox has.
    .where(
      sql<boolean>`referral.state in ('sent', 'seen', 'no-reply', 'accepted', 'declined', 'waiting', 'started', 'attended')`,
    )
    .where((is) => is.or([is('referral.state', '<>', 'declined'), is('referral.state_at', '>', declinedBefore(now))]))

const isAnswered = sql<boolean>`(referral.state not in ('sent', 'seen', 'no-reply'))`

type Listing = Readonly<{
  standing: Standing | null
  service: string | null
  reference: string | null
  after: Place | undefined
  now: Temporal.Instant
}>

async function listSent(db: Db, actor: Actor, { standing, service, reference, after, now }: Listing) {
  const states = standing === null ? [] : standings[standing].states
  return (
    sent(db, actor, now)
      .select(['referral.id', 'referral.person', 'referral.service', 'referral.service_name as serviceName'])
      .select(['referral.state_at as stateAt', 'referral.allowed_by as allowedBy', 'referral.wanted'])
      .select([sql<Temporal.Instant>`referral.asked_at`.as('askedAt'), isAnswered.as('answered')])
      // Checked: written by the stage alone, from its lists.
      .select([sql<State>`referral.state`.as('state'), sql<readonly Part[]>`referral.parts`.as('parts')])
      .select(
        sql<readonly PartCode[] | null>`(select said.parts from onward.event said where said.area = referral.area
          and said.referral = referral.id and said.kind = 'agreed' order by said.at desc, said.id desc limit 1)`.as(
          'agreed',
        ),
      )
      .$if(standing !== null, (query) => query.where(sql<boolean>`referral.state = any(${[...states]}::text[])`))
      .$if(service !== null, (query) => query.where('referral.service', '=', service ?? ''))
      .$if(reference !== null, (query) =>
        query.where(sql<boolean>`right(replace(referral.id::text, '-', ''), 8) = lower(${reference})`),
      )
      .$if(after !== undefined, (query) =>
        query.where(
          sql<boolean>`(${isAnswered}, referral.asked_at, referral.id)
            > (${after?.answered ?? false}::boolean, ${after?.askedAt ?? now}::timestamptz, ${after?.id ?? ''}::uuid)`,
        ),
      )
      .orderBy(isAnswered)
      .orderBy('referral.asked_at')
      .orderBy('referral.id')
      .limit(pageLength + 1)
      .execute()
  )
}

type Row = Awaited<ReturnType<typeof listSent>>[number]

/**
 * A page of what was sent to the services of a member's organisation and that they may read now: what is not answered
 * first, the longest waiting on top. Of what they may not read, nothing is there: neither a row nor a gap.
 */
export async function listInbox(db: Db, actor: Actor, listing: Listing) {
  await readAs(db, actor)
  const shown: Row[] = []
  let { after } = listing
  for (;;) {
    const rows = await listSent(db, actor, { ...listing, after })
    const may = await Promise.all(rows.map((row) => mayRead(db, actor.area, row)))
    shown.push(...rows.filter((_, place) => may[place]))
    after = rows.at(-1)
    if (rows.length <= pageLength || shown.length > pageLength) break
  }
  const page = shown.slice(0, pageLength)
  return { rows: page.map(asListed), next: shown.length > pageLength ? page.at(-1) : undefined }
}

const asListed = ({ parts, agreed, ...row }: Row) => {
  const name = sentOf(parts, { agreed: agreed ?? [], restricted: true }).find(({ part }) => part === 'name')
  return { ...row, name: name?.value }
}

type Asked = Pick<Onward, 'id' | 'person' | 'serviceName' | 'allowedBy'>

/**
 * Whether a service may read now what it was sent, as its link would open now: the yes to it stands, its person lives, and
 * has not said that they take no part or want no contact, by which every link of theirs is closed.
 */
async function mayRead(db: Db, area: string, { person, serviceName, ...asked }: Asked): Promise<boolean> {
  const allowedBy = asked.allowedBy ?? (await findAllowed(db, area, { ...asked, person, serviceName, address: null }))
  if (allowedBy === undefined) return false
  const [stands, said] = await Promise.all([
    isStillAllowed(db, { area, person, allowedBy }),
    listPermissions(db, area, person),
  ])
  const isStopped = said.some((one) => stopping.has(one.switch) && one.recipient === '' && !one.given)
  return stands.allowed && !isStopped
}

const stopping: ReadonlySet<string> = new Set(['take-part', 'contact'])

/** One request to a service of this member's organisation, if they may read it now; otherwise as if it were not there. */
export async function findInInbox(
  db: Db,
  actor: Actor,
  { id, now }: Readonly<{ id: string; now: Temporal.Instant }>,
): Promise<Onward | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  await readAs(db, actor)
  const found = await sent(db, actor, now)
    .select(['referral.id', 'referral.person'])
    .where('referral.id', '=', id)
    .executeTakeFirst()
  const onward = found && (await findOnwardOf(db, { area: actor.area, ...found }))
  if (!onward || !isShown(onward, now)) return undefined
  return (await mayRead(db, actor.area, onward)) ? onward : undefined
}
