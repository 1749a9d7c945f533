import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { OrganisationKind, Route } from '#registers/organisations/rules.ts'
import { mayDisclose } from '#registers/permissions/store.ts'
import { recipientName, routeOfSender, toldUnder } from '#journey/acknowledgement/rules.ts'
import { listSenders } from '#journey/acknowledgement/store.ts'
import { listSteps } from '#journey/episode/store.ts'
import { newsFrom, pageLength, routeFor, type Shows, type Told } from './rules.ts'

const referrals = (db: Db, area: string) =>
  db
    .selectFrom('referral.referral as referral')
    .innerJoin('referral.reference as given', (join) =>
      join.onRef('given.area', '=', 'referral.area').onRef('given.referral', '=', 'referral.id'),
    )
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'referral.area').onRef('person.id', '=', 'referral.person'),
    )
    .leftJoin('withdrawal.withdrawal as back', (join) =>
      join.onRef('back.area', '=', 'referral.area').onRef('back.referral', '=', 'referral.id'),
    )
    .select(['referral.id', 'given.reference', 'referral.person', 'referral.received_on', 'person.born_on'])
    .select(['referral.referrer_name as name', 'referral.referrer_organisation as organisation'])
    .select(['referral.referrer_email as email', 'back.at as withdrawn_at'])
    .select(sql<boolean>`person.died_on is not null`.as('died'))
    // What was found to be one request with an earlier one goes on there.
    .select(
      sql<
        string | null
      >`coalesce((select joined.kept_episode from triage.joining joined where joined.area = referral.area
        and joined.episode = referral.episode and joined.parted_at is null), referral.episode)`.as('episode'),
    )
    // Checked: routes are written by the product from its own list.
    .select(sql<Route>`referral.route`.as('route'))
    .where('referral.area', '=', area)

/** A referral as whoever made it may see it. */
export type Own = NonNullable<Awaited<ReturnType<ReturnType<typeof referrals>['executeTakeFirst']>>>

type Behind = Readonly<{ area: string; subject: string | null; person: string | null }>

/** The referral that a link was given out for on a day, and as whom its holder is told; the link itself says whose it is. */
export async function findBehindLink(
  db: Db,
  { area, subject, person }: Behind,
  on: Temporal.PlainDate,
): Promise<Own | undefined> {
  const asked = referrals(db, area).where('referral.id', '=', subject).where('referral.person', '=', person)
  const own = await asked.executeTakeFirst()
  return own && { ...own, route: routeOfSender(own.route, await listSenders(db, area, own.email, on)) }
}

/** What an organisation with accounts is, and the addresses its members refer from, those who have left included. */
export async function findReferring(db: Db, { area, organisation }: Actor) {
  const found = await db
    .selectFrom('organisations.organisation')
    // Checked: the register holds no other kinds.
    .select(sql<OrganisationKind>`kind`.as('kind'))
    .where('area', '=', area)
    .where('id', '=', organisation)
    .executeTakeFirstOrThrow()
  const members = await db
    .selectFrom('organisations.member')
    .select(['name', sql<string>`lower(email)`.as('email')])
    .distinct()
    .where('area', '=', area)
    .where('organisation', '=', organisation)
    .where('email', 'is not', null)
    .orderBy('name')
    .execute()
  return { ...found, members }
}

export type Referring = Awaited<ReturnType<typeof findReferring>>

const made = (db: Db, actor: Actor, { kind, members }: Referring) =>
  referrals(db, actor.area)
    .where(sql<boolean>`lower(referral.referrer_email) = any(${members.map(({ email }) => email)}::text[])`)
    .where('referral.route', '<>', 'self')
    .select(sql<OrganisationKind>`${kind}::text`.as('kind'))

const hasQuestion = sql<boolean>`exists (select from request.request asked where asked.area = referral.area
  and asked.referral = referral.id and asked.closed_at is null and not exists (select from request.answer said
    where said.area = asked.area and said.request = asked.id))`

/** A referral that somebody of this organisation made, as the organisation is told of it. */
export async function findOwn(db: Db, actor: Actor, referring: Referring, referral: string) {
  if (!/^[0-9a-f-]{36}$/.test(referral)) return undefined
  const found = await made(db, actor, referring).where('referral.id', '=', referral).executeTakeFirst()
  return found && { ...found, chosen: found.route, route: routeFor(found.kind, found.route) }
}

type Listing = Readonly<{ shows: Shows | null; by: string | null; page: number; since: Temporal.Instant }>

/** What an organisation has referred, the newest first, and how many there are: never how they stand. */
export async function listOwn(db: Db, actor: Actor, referring: Referring, { shows, by, page, since }: Listing) {
  const all = made(db, actor, referring)
  const shown = all
    .select(hasQuestion.as('question'))
    .$if(shows === 'question', (query) => query.where(hasQuestion))
    .$if(by !== null, (query) => query.where(sql<boolean>`lower(referral.referrer_email) = ${by}`))
  const newest = shown.orderBy('referral.received_at', 'desc').orderBy('referral.id', 'desc')
  const [rows, counted, counts] = await Promise.all([
    newest
      .limit(pageLength)
      .offset((page - 1) * pageLength)
      .execute(),
    db
      .selectFrom(shown.as('shown'))
      .select(sql<number>`count(*)::int`.as('count'))
      .executeTakeFirstOrThrow(),
    db
      .selectFrom(all.select([hasQuestion.as('question'), 'referral.received_at']).as('all'))
      .select(sql<number>`count(*)::int`.as('sent'))
      .select(sql<number>`(count(*) filter (where received_at >= ${since}))::int`.as('lately'))
      .select(sql<number>`(count(*) filter (where question))::int`.as('questions'))
      .executeTakeFirstOrThrow(),
  ])
  const told = rows.map((row) => ({ ...row, route: routeFor(row.kind, row.route) }))
  return { rows: told, count: counted.count, counts }
}

/**
 * What whoever made a referral may know of it today: nothing but that it arrived, unless the person has agreed that they
 * hear more and has not taken it back.
 */
export async function listTold(db: Db, area: string, own: Own, now: Temporal.Instant): Promise<Told[]> {
  const { person, route, episode, died, ...referrer } = own
  const [under, name] = [toldUnder[route], recipientName({ ...referrer, feedback: 'status' })]
  if (!under || !name) return []
  const may = await mayDisclose(db, { area, person, recipient: { switch: under.switch, name }, purpose: 'status' })
  return may.allowed && episode !== null && !died ? newsFrom(await listSteps(db, area, episode), route, now) : []
}
