import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Channel } from '#platform/notify/rules.ts'
import { isLookedAfterBy, readStep } from '#journey/episode/store.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import { findNameOf } from '#journey/timeline/store.ts'
import { ownActs } from './rules.ts'

/** Of whose people changes are wanted, since when, and who is looking: what they did themselves is no news to them. */
export type Wanted = Readonly<{
  area: string
  coaches: readonly string[]
  since: Temporal.Instant
  reader: string
  most: number
}>

/** What others did to these people's support since a moment, the newest first; what is only set to be done is left out. */
export async function listMoves(db: Db, { area, coaches, since, reader, most }: Wanted) {
  const rows = await db
    .selectFrom('episode.step as step')
    .select(['step.id', 'step.episode', 'step.recorded_at as at', 'step.facts', findNameOf(area, 'step.by').as('by')])
    .where('step.area', '=', area)
    .where(isLookedAfterBy(area, coaches, 'step.episode'))
    .where('step.recorded_at', '>=', since)
    .where('step.kind', 'not in', ['due', 'withdrawn'])
    // What people do with their appointments themselves is told with the time.
    .where(sql<boolean>`not (step.by is null and step.kind in ('booked', 'unbooked'))`)
    .where(sql<boolean>`step.by is distinct from ${reader}::uuid`)
    .where(
      sql<boolean>`not exists (select from episode.step back where back.area = step.area and back.episode = step.episode
        and back.kind = 'withdrawn' and back.facts ->> 'step' = step.id::text)`,
    )
    .orderBy('step.recorded_at', 'desc')
    .orderBy('step.id', 'desc')
    .limit(most)
    .execute()
  return rows.map(({ facts, ...row }) => ({ ...row, step: readStep(facts) }))
}

/** Messages to or about these people that did not go out, with the reason, since a moment, the newest first. */
export async function listTroubles(db: Db, { area, coaches, since, most }: Wanted) {
  return db
    .selectFrom('notify.message')
    .select(['id', 'person', 'settled_at as at', 'reason'])
    .where('area', '=', area)
    .where(isTheirs(area, coaches))
    .where('settled_at', '>=', since)
    .where('settled_as', 'in', ['held back', 'failed'])
    .orderBy('settled_at', 'desc')
    .limit(most)
    .execute()
}

/** What these people wrote back by text since a moment, the newest first. */
export async function listReplies(db: Db, { area, coaches, since, most }: Wanted) {
  return db
    .selectFrom('notify.reply')
    .select(['id', 'person', 'received_at as at', 'opts_out as optsOut'])
    .where('area', '=', area)
    .where(isTheirs(area, coaches))
    .where('received_at', '>=', since)
    .orderBy('received_at', 'desc')
    .limit(most)
    .execute()
}

/** Messages to these people that were sent and did not arrive, since a moment, the newest first. */
export async function listNotArrived(db: Db, { area, coaches, since, most }: Wanted) {
  return db
    .selectFrom('notify.message')
    .select(['id', 'person', 'arrival_at as at', sql<Channel>`channel`.as('channel')])
    .where('area', '=', area)
    .where(isTheirs(area, coaches))
    .where('recipient', '=', 'person')
    .where('arrival', '=', 'not arrived')
    .where('arrival_at', '>=', since)
    .orderBy('arrival_at', 'desc')
    .limit(most)
    .execute()
}

/**
 * What others outside said about these people that nobody has read: an answer, or that a referral is taken back. What is
 * unread is little, and is looked up first.
 */
export async function listUnread(db: Db, area: string, coaches: readonly string[]) {
  const answered = db
    .selectFrom('request.answer as said')
    .innerJoin('request.request as asked', (join) =>
      join.onRef('asked.area', '=', 'said.area').onRef('asked.id', '=', 'said.request'),
    )
    .innerJoin('episode.standing as standing', (join) =>
      join.onRef('standing.area', '=', 'said.area').on(isOfRecord('asked.person')),
    )
    .select(['standing.episode', 'said.at', 'asked.id', sql<boolean>`true`.as('isAnswer')])
    .where('said.area', '=', area)
    .where('said.read_at', 'is', null)
    .where(isLookedAfterBy(area, coaches, 'standing.episode'))
  const takenBack = db
    .selectFrom('withdrawal.withdrawal as said')
    .innerJoin('referral.referral as referral', (join) =>
      join.onRef('referral.area', '=', 'said.area').onRef('referral.id', '=', 'said.referral'),
    )
    .innerJoin('episode.standing as standing', (join) =>
      join.onRef('standing.area', '=', 'said.area').on(isOfRecord('referral.person')),
    )
    .select(['standing.episode', 'said.at', 'referral.id', sql<boolean>`false`.as('isAnswer')])
    .where('said.area', '=', area)
    .where('said.read_at', 'is', null)
    .where(isLookedAfterBy(area, coaches, 'standing.episode'))
  return answered.unionAll(takenBack).orderBy('at').execute()
}

// On whichever record of the person it was written.
function isOfRecord(person: string): RawBuilder<boolean> {
  return sql<boolean>`standing.person = any(array(select unnest(array[known.id, known.merged_into]) from people.person known
    where known.area = standing.area and known.id = ${sql.ref(person)}))`
}

/** What these people said yes or no to since a moment, to somebody else or by themselves, the newest first. */
export async function listAnswers(db: Db, { area, coaches, since, reader, most }: Wanted) {
  return db
    .selectFrom('permissions.permission')
    .select(['id', 'person', 'at', 'switch', 'given', findNameOf(area, 'recorded_by').as('by')])
    .where('area', '=', area)
    .where(isTheirs(area, coaches))
    .where('at', '>=', since)
    .where(sql<boolean>`recorded_by is distinct from ${reader}::uuid`)
    .orderBy('at', 'desc')
    .limit(most)
    .execute()
}

/**
 * What people of these coaches did by themselves since a moment, the newest first, also those whose support they ended:
 * only of people that the reader may see.
 */
export async function listOwnActs(db: Db, actor: Actor, { area, coaches, since, most }: Wanted) {
  return (
    db
      .selectFrom('journal.entry as entry')
      .innerJoin('people.person as person', (join) =>
        join.onRef('person.area', '=', 'entry.area').onRef('person.id', '=', 'entry.person'),
      )
      .select(['entry.id', 'entry.at', 'entry.what', 'person.id as person'])
      .select(['person.given_name', 'person.family_name', 'person.preferred_name'])
      .where('entry.area', '=', area)
      // Written out: only so is the index of what participants did used.
      .where(sql<boolean>`entry.kind = 'act' and entry.role = 'participant'`)
      .where('entry.at', '>=', since)
      .where('entry.what', 'in', Object.keys(ownActs))
      .where(
        sql<boolean>`exists (select from episode.standing theirs where theirs.area = ${area}
          and theirs.person = entry.person and theirs.coach = any(${[...coaches]}::uuid[]))`,
      )
      .where(mayReachPerson(actor, 'list'))
      .orderBy('entry.at', 'desc')
      .orderBy('entry.id', 'desc')
      .limit(most)
      .execute()
  )
}

/** Of whose needs it is time to ask again, by episode: twelve months after they were asked, or came without being asked. */
export async function listNeedsDue(db: Db, area: string, coaches: readonly string[], today: Temporal.PlainDate) {
  const due = sql<Temporal.PlainDate>`(coalesce(person.access_reviewed_on,
    (standing.received_at at time zone 'Europe/London')::date) + interval '12 months')::date`
  const rows = await db
    .selectFrom('episode.standing as standing')
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'standing.area').onRef('person.id', '=', 'standing.person'),
    )
    .select(['standing.episode', due.as('on')])
    .where('standing.area', '=', area)
    .where(sql<boolean>`standing.coach = any(${[...coaches]}::uuid[])`)
    .where('standing.ended_at', 'is', null)
    .where(sql<boolean>`(person.access_needs <> '{}' or person.access_note is not null)`)
    .where(due, '<=', today)
    .execute()
  return new Map(rows.map(({ episode, on }) => [episode, on]))
}

/** Times that these people chose, moved, cancelled or confirmed themselves since a moment, the newest first. */
export async function listOwnDeeds(db: Db, { area, coaches, since, most }: Wanted) {
  const { rows } = await sql<OwnDeed>`select deed.*, booked.episode, booked.starts_at as "startsAt" from (
      select id as appointment, booked_at as at, case when moved_from is null then 'chosen' else 'moved' end as kind
        from appointment.appointment where area = ${area} and booked_by is null and booked_at >= ${since}
      union all select appointment, at, 'cancelled' from appointment.result
        where area = ${area} and by is null and kind = 'cancelled' and at >= ${since}
      union all select appointment, at, 'confirmed' from appointment.confirmation where area = ${area} and at >= ${since}
    ) deed join appointment.appointment booked on booked.area = ${area} and booked.id = deed.appointment
    where ${isLookedAfterBy(area, coaches, 'booked.episode')}
    order by deed.at desc limit ${most}`.execute(db)
  return rows
}

type OwnDeed = Readonly<{
  appointment: string
  episode: string
  kind: 'chosen' | 'moved' | 'cancelled' | 'confirmed'
  at: Temporal.Instant
  startsAt: Temporal.Instant
}>

// Whoever these coaches look after now, by the person and not by the spell.
function isTheirs(area: string, coaches: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`person = any(array(select theirs.person from episode.standing theirs where theirs.area = ${area}
    and theirs.coach = any(${[...coaches]}::uuid[]) and (theirs.ended_at is null or theirs.stage = 'aftercare')))`
}
