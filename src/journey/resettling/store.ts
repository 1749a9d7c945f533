import { type Insertable, sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Tables } from '#platform/database/types.ts'
import { calledName } from '#registers/people/rules.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import type { Stage } from '#journey/episode/rules.ts'
import { findNameOf } from '#journey/timeline/store.ts'
import { isStillWith } from '#journey/winding-up/store.ts'
import type { EndingHere, Leftover, Taker, Way } from './rules.ts'

export type Filter = Readonly<{
  /** Those of one coach. */
  coach: string | null
  /** Those who stay until the end, or those on whom nothing is decided. */
  kept: boolean | null
  /** The last episode of the page before. */
  after: string | null
  most: number
  now: Temporal.Instant
}>

const byName = sql<string>`lower(person.family_name || ' ' || person.given_name)`

function leftovers(db: Db, actor: Actor, organisation: string, now: Temporal.Instant) {
  const { area } = actor
  const kept = sql`from resettling.member stays join resettling.party stayed on stayed.area = stays.area
    and stayed.id = stays.party where stays.area = ${area} and stays.episode = standing.episode
    and stayed.way = 'kept' and stays.undone_at is null`
  return db
    .selectFrom('episode.standing as standing')
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'standing.area').onRef('person.id', '=', 'standing.person'),
    )
    .select(['standing.episode', 'standing.person', 'standing.provider', 'standing.coach', 'person.restricted'])
    .select(['person.given_name', 'person.family_name', 'person.preferred_name'])
    .select(findNameOf(area, 'standing.coach').as('coachName'))
    .select([
      // Checked: recordStep alone writes the stage.
      sql<Stage>`standing.stage`.as('stage'),
      sql<boolean>`exists (select ${kept})`.as('kept'),
      sql<string | null>`(select stayed.note ${kept} order by stayed.id desc limit 1)`.as('keptNote'),
      sql<Temporal.Instant | null>`(select min(appointment.starts_at) from appointment.appointment
          where appointment.area = ${area} and appointment.episode = standing.episode and appointment.starts_at > ${now}
          and not exists (select from appointment.result where result.area = ${area} and result.appointment = appointment.id))`.as(
        'nextAppointment',
      ),
    ])
    .where('standing.area', '=', area)
    .where(isStillWith(area, sql`${organisation}::uuid`, 'standing.episode'))
    .where(mayReachPerson(actor, 'edit'))
}

type Row = Awaited<ReturnType<ReturnType<typeof leftovers>['execute']>>[number]

function leftoverFrom({ given_name, family_name, preferred_name, ...row }: Row): Leftover {
  return { ...row, name: calledName({ given_name, family_name, preferred_name }) }
}

/** Whoever is still with an organisation that ends, by name, a page at a time. */
export async function listLeftovers(
  db: Db,
  actor: Actor,
  { organisation, coach, kept, after, most, now }: Filter & Readonly<{ organisation: string }>,
): Promise<Leftover[]> {
  const all = db.selectFrom(leftovers(db, actor, organisation, now).select(byName.as('sorted')).as('one')).selectAll()
  const found = await all
    .$if(coach !== null, (query) => query.where('one.coach', '=', coach))
    .$if(kept !== null, (query) => query.where('one.kept', '=', kept ?? false))
    .$if(after !== null, (query) =>
      query.where(
        sql<boolean>`(one.sorted, one.episode) > (select ${byName}, standing.episode from episode.standing standing
          join people.person person on person.area = standing.area and person.id = standing.person
          where standing.area = ${actor.area} and standing.episode = ${after}::uuid)`,
      ),
    )
    .orderBy('one.sorted')
    .orderBy('one.episode')
    .limit(most)
    .execute()
  return found.map(({ sorted: _, ...row }) => leftoverFrom(row))
}

type Chosen = Readonly<{ organisation: string; episodes: readonly string[]; now: Temporal.Instant }>

/** Those of these people who are still with it, as they stand now. */
export async function listChosenLeftovers(db: Db, actor: Actor, { organisation, episodes, now }: Chosen) {
  const rows = await leftovers(db, actor, organisation, now)
    .where(sql<boolean>`standing.episode = any(${[...episodes]}::uuid[])`)
    .orderBy(byName)
    .orderBy('standing.episode')
    .execute()
  return rows.map(leftoverFrom)
}

/** How many people wait for a coach at each of these organisations. */
export async function listWaitingAt(
  db: Db,
  area: string,
  organisations: readonly Readonly<{ id: string; name: string }>[],
) {
  const ids = organisations.map(({ id }) => id)
  const rows = await db
    .selectFrom('episode.standing')
    .select(['provider', (count) => count.fn.countAll<number>().as('waiting')])
    .where('area', '=', area)
    .where(sql<boolean>`provider = any(${ids}::uuid[])`)
    .where('ended_at', 'is', null)
    .where('coach', 'is', null)
    .where('stage', '<>', 'received')
    .groupBy('provider')
    .execute()
  const waiting = new Map(rows.map((row) => [row.provider, Number(row.waiting)]))
  return organisations.map(({ id, name }): Taker => ({ id, name, waiting: waiting.get(id) ?? 0 }))
}

/** Keeps what was decided on together, and for whom; false where this very decision was sent before. */
export async function saveParty(
  db: Db,
  party: Insertable<Tables['resettling.party']>,
  people: readonly Readonly<{ episode: string; provider: string; coach: string | null; change: string | null }>[],
): Promise<void> {
  await db.insertInto('resettling.party').values(party).execute()
  const members = people.map(({ episode, provider, coach, change }) => ({
    ...{ area: party.area, party: party.id, episode, provider_before: provider, coach_before: coach, change },
  }))
  await db.insertInto('resettling.member').values(members).execute()
}

/** Whether this decision was sent before. */
export async function hasDecided(db: Db, area: string, id: string): Promise<boolean> {
  const own = db.selectFrom('resettling.party').select('id').where('area', '=', area).where('id', '=', id)
  return (await own.executeTakeFirst()) !== undefined
}

/** What was decided on together for an organisation that ends, the last first, with how many it still holds for. */
export async function listParties(db: Db, area: string, notice: string) {
  return db
    .selectFrom('resettling.party as party')
    .leftJoin('organisations.organisation as organisation', (join) =>
      join.onRef('organisation.area', '=', 'party.area').onRef('organisation.id', '=', 'party.organisation'),
    )
    .select(['party.id', 'party.note', 'party.at', 'party.organisation', 'party.coach', 'party.withdrawn_at'])
    .select(['organisation.name as organisationName', findNameOf(area, 'party.coach').as('coachName')])
    .select(findNameOf(area, 'party.by').as('by'))
    .select([
      // Checked: the table itself refuses any other way; the reason is written from the list in the rules.
      sql<Way>`party.way`.as('way'),
      sql<EndingHere | null>`party.ended_as`.as('endedAs'),
      sql<number>`(select count(*)::int from resettling.member where member.area = party.area
          and member.party = party.id and member.undone_at is null)`.as('people'),
    ])
    .where('party.area', '=', area)
    .where('party.notice', '=', notice)
    .orderBy('party.id', 'desc')
    .limit(100)
    .execute()
}

/** Those for whom a decision holds, with whose they were before and what they were told. */
export async function listMembersHeldStill(db: Db, area: string, party: string) {
  return db
    .selectFrom('resettling.member as member')
    .innerJoin('episode.episode as episode', (join) =>
      join.onRef('episode.area', '=', 'member.area').onRef('episode.id', '=', 'member.episode'),
    )
    .select(['member.episode', 'member.change', 'episode.person'])
    .select(['member.provider_before as provider', 'member.coach_before as coach'])
    .where('member.area', '=', area)
    .where('member.party', '=', party)
    .where('member.undone_at', 'is', null)
    .orderBy('member.episode')
    .forUpdate('member')
    .execute()
}

type Undoing = Readonly<{ area: string; party: string; episodes: readonly string[]; by: string; at: Temporal.Instant }>

/** Takes a decision back for these people; it is gone when it holds for nobody any more. */
export async function undoParty(db: Db, { area, party, episodes, by, at }: Undoing): Promise<void> {
  const own = db.updateTable('resettling.member').set({ undone_at: at }).where('area', '=', area)
  await own
    .where('party', '=', party)
    .where(sql<boolean>`episode = any(${[...episodes]}::uuid[])`)
    .execute()
  const whole = db.updateTable('resettling.party').set({ withdrawn_at: at, withdrawn_by: by }).where('area', '=', area)
  await whole
    .where('id', '=', party)
    .where(
      sql<boolean>`not exists (select from resettling.member where member.area = ${area}
      and member.party = ${party} and member.undone_at is null)`,
    )
    .execute()
}
