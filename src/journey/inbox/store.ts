import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { listStillOpen } from '#registers/still-given/store.ts'
import type { State } from '#journey/onward/rules.ts'
import { findOnwardOf, type Onward } from '#journey/onward/store.ts'
import { findAllowed } from '#journey/onward-sending/store.ts'
import { type Part, type PartCode, sentOf } from '#journey/packet/rules.ts'
import { declinedBefore, isShown, type Place, type Standing, standings } from './rules.ts'

/** Which organisation answers: that of a member, or of the system that asks. */
type Whose = Pick<Actor, 'area' | 'organisation'>

/** From here to the end of the transaction nothing is there of any request but those to the services of this member. */
async function readAs(db: Db, { organisation }: Whose): Promise<void> {
  await sql`select set_config('app.answering', ${organisation}, true)`.execute(db)
}

const isOpen = sql<boolean>`referral.state in ('sent', 'seen', 'no-reply', 'accepted', 'waiting', 'started', 'attended')`
const isDeclined = (now: Temporal.Instant) =>
  sql<boolean>`(referral.state = 'declined' and referral.state_at > ${declinedBefore(now)})`
const hasEnded = (now: Temporal.Instant) =>
  sql<boolean>`(referral.state = 'ended' and referral.state_at > ${declinedBefore(now)})`
const isSince = sql<boolean>`(referral.asked_at is not null
  and (theirs.sent_since is null or referral.asked_at > theirs.sent_since))`
const isAnswered = sql<boolean>`(referral.state not in ('sent', 'seen', 'no-reply'))`

/** For which services an organisation answers now. */
const theirServices = (db: Db, { area, organisation }: Whose) =>
  db
    .selectFrom('answering.answering as theirs')
    .where('theirs.area', '=', area)
    .where('theirs.organisation', '=', organisation)
    .where('theirs.ended_at', 'is', null)

type Listing = Readonly<{
  standing: Standing | null
  service: string | null
  reference: string | null
  after: Place | undefined
  /** How many a page has. */
  most: number
  now: Temporal.Instant
}>

type Side = 'open' | 'declined'

/** What of one service stands in one of the two indexes of the inbox, in its order and no further than a page. */
function sentTo(db: Db, area: string, side: Side, { standing, reference, after, most, now }: Listing) {
  // In one of them all are answered, and it is read without the rows.
  const answered = side === 'open' ? isAnswered : sql<boolean>`true`
  const isWanted = standing === null || (standing === 'declined') === (side === 'declined')
  return db
    .selectFrom('onward.referral as referral')
    .select(['referral.area', 'referral.id', 'referral.asked_at', answered.as('answered')])
    .where('referral.area', '=', area)
    .where(sql<boolean>`${isWanted}::boolean`)
    .where(side === 'open' ? isOpen : isDeclined(now))
    .where(sql<boolean>`referral.service = theirs.service`)
    .where(isSince)
    .$if(standing !== null && side === 'open', (query) =>
      query.where(sql<boolean>`referral.state = any(${statesOf(standing)}::text[])`),
    )
    .$if(reference !== null, (query) =>
      query.where(sql<boolean>`right(replace(referral.id::text, '-', ''), 8) = lower(${reference})`),
    )
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(${answered}, referral.asked_at, referral.id)
          > (${after?.answered ?? false}::boolean, ${after?.askedAt ?? now}::timestamptz, ${after?.id ?? ''}::uuid)`,
      ),
    )
    .orderBy('answered')
    .orderBy('referral.asked_at')
    .orderBy('referral.id')
    .limit(most + 1)
}

const statesOf = (standing: Standing | null): State[] => (standing === null ? [] : [...standings[standing].states])

/**
 * The first of what these services were sent: of each no more than the page, and of all of them no more. What was declined
 * comes after all that is not answered, and is not read where that fills the page.
 */
function firstSent(db: Db, whose: Whose, listing: Listing) {
  const { area } = whose
  const { service, most } = listing
  const firstOf = (each: ReturnType<typeof sentTo>) =>
    theirServices(db, whose)
      .$if(service !== null, (query) => query.where('theirs.service', '=', service ?? ''))
      .innerJoinLateral(each.as('sent'), (join) => join.onTrue())
      .select(['sent.area', 'sent.id', 'sent.asked_at', 'sent.answered'])
      .orderBy('sent.answered')
      .orderBy('sent.asked_at')
      .orderBy('sent.id')
      .limit(most + 1)
  const isRoomLeft = sql<boolean>`(select count(*) from open where not open.answered) <= ${most}`
  const declined = firstOf(sentTo(db, area, 'declined', listing).where(isRoomLeft))
  return db
    .with(
      (cte) => cte('open').materialized(),
      () => firstOf(sentTo(db, area, 'open', listing)),
    )
    .with('first', (from) =>
      from
        .selectFrom('open')
        .selectAll()
        .unionAll(db.selectFrom(declined.as('declined')).selectAll()),
    )
}

/** A page of what these services were sent, with what is shown of each. */
async function listSent(db: Db, whose: Whose, listing: Listing) {
  return (
    firstSent(db, whose, listing)
      .selectFrom('first')
      .innerJoin('onward.referral as referral', (join) =>
        join.onRef('referral.area', '=', 'first.area').onRef('referral.id', '=', 'first.id'),
      )
      .select(['referral.id', 'referral.person', 'referral.service', 'referral.service_name as serviceName'])
      .select(['referral.state_at as stateAt', 'referral.allowed_by as allowedBy', 'referral.wanted'])
      .select([sql<Temporal.Instant>`referral.asked_at`.as('askedAt'), 'first.answered'])
      // Checked: written by the stage alone, from its lists.
      .select([sql<State>`referral.state`.as('state'), sql<readonly Part[]>`referral.parts`.as('parts')])
      .select(
        sql<readonly PartCode[] | null>`(select said.parts from onward.event said where said.area = referral.area
          and said.referral = referral.id and said.kind = 'agreed' order by said.at desc, said.id desc limit 1)`.as(
          'agreed',
        ),
      )
      .orderBy('first.answered')
      .orderBy('first.asked_at')
      .orderBy('first.id')
      .limit(listing.most + 1)
      .execute()
  )
}

type Row = Awaited<ReturnType<typeof listSent>>[number]

/**
 * A page of what was sent to the services of an organisation and that it may read now: what is not answered
 * first, the longest waiting on top. Of what it may not read, nothing is there: neither a row nor a gap.
 */
export async function listInbox(db: Db, whose: Whose, listing: Listing) {
  const { most } = listing
  await readAs(db, whose)
  const shown: Row[] = []
  let { after } = listing
  for (;;) {
    const rows = await listSent(db, whose, { ...listing, after })
    const readable = await listReadable(db, whose.area, rows)
    shown.push(...rows.filter(({ id }) => readable.has(id)))
    after = rows.at(-1)
    if (rows.length <= most || shown.length > most) break
  }
  const page = shown.slice(0, most)
  return { rows: page.map(asListed), next: shown.length > most ? page.at(-1) : undefined }
}

const asListed = ({ parts, agreed, ...row }: Row) => {
  const name = sentOf(parts, { agreed: agreed ?? [], restricted: true }).find(({ part }) => part === 'name')
  return { ...row, name: name?.value }
}

type Asked = Pick<Onward, 'id' | 'person' | 'serviceName' | 'allowedBy'>

/**
 * Which of these a service may read now, as its link to each would open now: the yes to it stands, its person lives, and
 * has not said that they take no part or want no contact, by which every link of theirs is closed.
 */
async function listReadable(db: Db, area: string, asked: readonly Asked[]): Promise<ReadonlySet<string>> {
  const went = await Promise.all(
    asked.map(async ({ id, person, serviceName, allowedBy: kept }) => {
      const allowedBy = kept ?? (await findAllowed(db, area, { id, person, serviceName, address: null }))
      return allowedBy === undefined ? [] : [{ id, person, allowedBy }]
    }),
  )
  return listStillOpen(db, area, went.flat())
}

type Wanted = Readonly<{
  id: string
  now: Temporal.Instant
  /** Whether one that has ended is found too, for as long as one that was declined. */
  orEnded?: boolean
}>

/** One request to a service of this organisation, if it may be read now; otherwise as if it were not there. */
export async function findInInbox(db: Db, whose: Whose, { id, now, orEnded = false }: Wanted) {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  await readAs(db, whose)
  const found = await theirServices(db, whose)
    .innerJoin('onward.referral as referral', (join) =>
      join.onRef('referral.area', '=', 'theirs.area').onRef('referral.service', '=', 'theirs.service'),
    )
    .select(['referral.id', 'referral.person'])
    .where(isSince)
    .where((is) => is.or([isOpen, isDeclined(now), ...(orEnded ? [hasEnded(now)] : [])]))
    .where('referral.id', '=', id)
    .executeTakeFirst()
  const onward = found && (await findOnwardOf(db, { area: whose.area, ...found }))
  if (!onward || !(isShown(onward, now) || (orEnded && onward.state === 'ended'))) return undefined
  return (await listReadable(db, whose.area, [onward])).has(id) ? onward : undefined
}
