import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { OrganisationKind, Route } from '#registers/organisations/rules.ts'
import { routeOfSender } from '#journey/acknowledgement/rules.ts'
import { listSenders } from '#journey/acknowledgement/store.ts'
import { readStep } from '#journey/episode/store.ts'
import type { Under } from '#journey/hearing/rules.ts'
import { listWhatEachAllows } from '#journey/hearing/store.ts'
import { type Narrowed, newsFrom, pageAt, pageLength, referenceIn, routeFor, standingOf, type Told } from './rules.ts'

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
    .select(['name', sql<string>`lower(email)`.as('email'), sql<string>`min(id::text)`.as('id')])
    .groupBy(['name', sql`lower(email)`])
    .where('area', '=', area)
    .where('organisation', '=', organisation)
    .where('email', 'is not', null)
    .orderBy('name')
    .execute()
  return { ...found, members }
}

export type Referring = Awaited<ReturnType<typeof findReferring>>

const hasQuestion = sql<boolean>`exists (select from request.request asked where asked.area = referral.area
  and asked.referral = referral.id and asked.closed_at is null and not exists (select from request.answer said
    where said.area = asked.area and said.request = asked.id))`

const made = (db: Db, actor: Actor, { kind, members }: Referring) =>
  referrals(db, actor.area)
    .where(sql<boolean>`referral.referrer_key = any(${members.map(({ email }) => email)}::text[])`)
    .where('referral.route', '<>', 'self')
    // Whom an employer named and who then asked for help themselves is nobody’s referral but their own.
    .where(sql<boolean>`not (referral.route = 'employer' and referral.agreement = 'self')`)
    .select(sql<OrganisationKind>`${kind}::text`.as('kind'))
    .select(hasQuestion.as('question'))

/** A referral that somebody of this organisation made, as the organisation is told of it. */
export async function findOwn(db: Db, actor: Actor, referring: Referring, referral: string) {
  if (!/^[0-9a-f-]{36}$/.test(referral)) return undefined
  const found = await made(db, actor, referring).where('referral.id', '=', referral).executeTakeFirst()
  return found && { ...found, chosen: found.route, route: routeFor(found.kind, found.route) }
}

type Looking = Narrowed & Readonly<{ search: string | null }>
type Listing = Looking & Readonly<{ page: number; closed: boolean; now: Temporal.Instant }>

/**
 * What an organisation has referred, the newest first, with what it may know of each and how many there are. How they
 * stand is looked at only through what it may know, so that neither the list nor a number says more; one that learns
 * nothing but the arrival cannot ask.
 */
export async function listOwn(db: Db, actor: Actor, referring: Referring, { page, closed, now, ...looking }: Listing) {
  const all = made(db, actor, referring)
  const fitting = await narrowed(db, all, { ...looking, members: referring.members })
  const told = (rows: readonly Own[]) => (closed ? Promise.resolve([]) : listToldOf(db, actor.area, rows, now))
  const asSeen = async (rows: readonly Listed[]) => {
    const own = rows.map((row) => ({ ...row, route: routeFor(row.kind, row.route) }))
    const said = await told(own)
    return own.map((row, place) => ({ ...row, told: said[place] ?? [] }))
  }
  const newest = fitting.orderBy('referral.received_at', 'desc').orderBy('referral.id', 'desc')
  const [counts, count] = await Promise.all([countAll(db, all, now), countOf(db, fitting)])
  if (looking.state === null || closed) {
    const at = pageAt(page, count)
    const rows = await newest
      .limit(pageLength)
      .offset((at - 1) * pageLength)
      .execute()
    return { rows: await asSeen(rows), count, counts, page: at }
  }
  const standing = (await asSeen(await newest.execute())).filter((row) => standingOf(row.told) === looking.state)
  const at = pageAt(page, standing.length)
  const rows = standing.slice((at - 1) * pageLength, at * pageLength)
  return { rows, count: standing.length, counts, page: at }
}

type Made = ReturnType<typeof made>
type Listed = Own & Readonly<{ kind: OrganisationKind; question: boolean }>

/** The referrals that are looked for: by whom they were sent, by a part of their reference, or by a name as it was given. */
async function narrowed(db: Db, all: Made, { shows, by, search, members }: Looking & Pick<Referring, 'members'>) {
  const sender = members.find(({ id }) => id === by)?.email ?? ''
  const words = search === null ? [] : await wordsOf(db, search)
  const reference = search === null ? null : (referenceIn(search) ?? null)
  const isCalled = sql<boolean>`${words.length > 0}::boolean and not exists (select from unnest(${words}::text[]) as typed (word)
    where not exists (select from unnest(people.words_of(referral.person_name)) as given (word)
      where starts_with(given.word, typed.word)))`
  const hasReference = sql<boolean>`strpos(replace(given.reference, '-', ''), ${reference}::text) > 0`
  return all
    .$if(shows === 'question', (query) => query.where(hasQuestion))
    .$if(by !== null, (query) => query.where('referral.referrer_key', '=', sender))
    .$if(search !== null, (query) => query.where(sql<boolean>`(${isCalled} or ${hasReference})`))
}

// The same words as the register keeps, so that an accent or an apostrophe makes no difference.
async function wordsOf(db: Db, name: string): Promise<string[]> {
  const { rows } = await sql<{ words: string[] }>`select people.words_of(${name}) as words`.execute(db)
  return rows[0]?.words ?? []
}

const countOf = async (db: Db, listed: Made): Promise<number> =>
  (
    await db
      .selectFrom(listed.as('listed'))
      .select(sql<number>`count(*)::int`.as('count'))
      .executeTakeFirstOrThrow()
  ).count

const countAll = (db: Db, all: Made, now: Temporal.Instant) =>
  db
    .selectFrom(all.select('referral.received_at').as('all'))
    .select(sql<number>`count(*)::int`.as('sent'))
    .select(sql<number>`(count(*) filter (where received_at >= ${now.subtract({ hours: 24 * 30 })}))::int`.as('lately'))
    .select(sql<number>`(count(*) filter (where question))::int`.as('questions'))
    .executeTakeFirstOrThrow()

/**
 * What whoever made a referral may know of it today: nothing but that it arrived, unless the person has agreed that they
 * hear more and has not taken it back.
 */
export async function listTold(db: Db, area: string, own: Own, now: Temporal.Instant): Promise<Told[]> {
  const [told] = await listToldOf(db, area, [own], now)
  return told ?? []
}

/** The same of many: one question about what their people allow, and one about the episodes of those who allow it. */
async function listToldOf(db: Db, area: string, all: readonly Own[], now: Temporal.Instant): Promise<Told[][]> {
  return (await listAllowedOf(db, area, all, now)).map(({ told }) => told)
}

/** What whoever made a referral may know, and under which yes; nothing of somebody who has died. */
type Heard = Readonly<{ told: Told[]; under: Under | undefined; episode: string | null }>

async function listAllowedOf(db: Db, area: string, all: readonly Own[], now: Temporal.Instant): Promise<Heard[]> {
  const under = await listWhatEachAllows(db, area, all)
  const open = (own: Own, place: number) => (under[place] && !own.died ? own.episode : null)
  const episodes = all.map(open).filter((episode) => episode !== null)
  const steps = Map.groupBy(await listStepsOf(db, area, episodes), ({ episode }) => episode)
  return all.map((own, place) => {
    const episode = open(own, place)
    const told = newsFrom(steps.get(episode ?? '') ?? [], own.route, now)
    return { told, episode, under: own.died ? undefined : under[place] }
  })
}

type Those = Readonly<{ area: string; kind: OrganisationKind; referrals: readonly string[] }>

/** Referrals that an organisation of this kind made, with what it may know of each today; in no order. */
export async function listThoseTold(db: Db, { area, kind, referrals: ids }: Those, now: Temporal.Instant) {
  if (ids.length === 0) return []
  const rows = await referrals(db, area)
    .where(sql<boolean>`referral.id = any(${[...ids]}::uuid[])`)
    .execute()
  const own = rows.map((row) => ({ ...row, route: routeFor(kind, row.route) }))
  const heard = await listAllowedOf(db, area, own, now)
  return own.map((one, place) => ({ ...one, told: [], under: undefined, episode: null, ...heard[place] }))
}

/** The steps of episodes that can be news to whoever referred, and those by which one was taken back. */
async function listStepsOf(db: Db, area: string, episodes: readonly string[]) {
  if (episodes.length === 0) return []
  const rows = await db
    .selectFrom('episode.step')
    .select(['id', 'episode', 'at', 'recorded_at', 'facts'])
    .where('area', '=', area)
    .where(sql<boolean>`episode = any(${[...new Set(episodes)]}::uuid[])`)
    .where(sql<boolean>`facts ->> 'kind' in ('accepted', 'assessed', 'completed', 'ended', 'withdrawn')`)
    .orderBy('id')
    .execute()
  return rows.map(({ facts, ...row }) => ({ ...row, step: readStep(facts) }))
}
