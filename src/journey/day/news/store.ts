import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Channel } from '#platform/notify/rules.ts'
import { readStep } from '#journey/episode/store.ts'
import { isLookedAfterBy } from '#journey/looking-after/store.ts'
import { inWords, startOfDay } from '#platform/dates.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import type { Unheard } from '#journey/heard/rules.ts'
import { findNameOf } from '#journey/timeline/store.ts'
import { mostNews, ownActs, ownAnswer, ownDeeds } from './rules.ts'

/** Of whose people changes are wanted, since when, and who is looking: what they did themselves is no news to them. */
type Wanted = Readonly<{
  area: string
  coaches: readonly string[]
  since: Temporal.Instant
  reader: string
  most: number
}>

/** What others did for the people of these coaches since a day, and what did not reach them. */
export async function listChanges(
  db: Db,
  actor: Actor,
  { coaches, since, now }: Readonly<{ coaches: readonly string[]; since: Temporal.PlainDate; now: Temporal.Instant }>,
) {
  const { area, membership: reader } = actor
  const asked = { area, coaches, since: startOfDay(since), reader, most: mostNews * 2 }
  const [moves, troubles, answers, replies, lost, own, acts, said] = await Promise.all([
    listMoves(db, asked),
    listTroubles(db, asked),
    listAnswers(db, asked),
    listReplies(db, asked),
    listNotArrived(db, asked),
    listOwnDeeds(db, asked),
    listOwnActs(db, actor, asked),
    listOwnAnswers(db, asked),
  ])
  const deeds = own.map(({ appointment, kind, startsAt, ...deed }) => ({
    ...{ ...deed, id: `${kind}${appointment}`, what: `${ownDeeds[kind]} ${inWords(startsAt, now)}` },
  }))
  return { moves, troubles, answers, replies, lost, own: [...deeds, ...said.map(ownAnswer)], acts }
}

/** What others did to these people's support since a moment, the newest first; what is only set to be done is left out. */
async function listMoves(db: Db, { area, coaches, since, reader, most }: Wanted) {
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

/** Messages to or about these people that went out by no way at all, with the reason, since a moment, the newest first. */
async function listTroubles(db: Db, { area, coaches, since, most }: Wanted) {
  return db
    .selectFrom('notify.message')
    .select(['id', 'person', 'settled_at as at', 'reason', 'kind', 'recipient', sql<Channel>`channel`.as('channel')])
    .where('area', '=', area)
    .where(isTheirs(area, coaches))
    .where('settled_at', '>=', since)
    .where('settled_as', 'in', ['held back', 'failed'])
    .where('gone_as', 'is', null)
    .orderBy('settled_at', 'desc')
    .limit(most)
    .execute()
}

/** What these people wrote back by text since a moment, the newest first. */
async function listReplies(db: Db, { area, coaches, since, most }: Wanted) {
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
async function listNotArrived(db: Db, { area, coaches, since, most }: Wanted) {
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

/** What these people said yes or no to since a moment, to somebody else or by themselves, the newest first. */
async function listAnswers(db: Db, { area, coaches, since, reader, most }: Wanted) {
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
async function listOwnActs(db: Db, actor: Actor, { area, coaches, since, most }: Wanted) {
  return (
    db
      .selectFrom('journal.entry as entry')
      .innerJoin('people.person as person', (join) =>
        join.onRef('person.area', '=', 'entry.area').onRef('person.id', '=', 'entry.person'),
      )
      .select(['entry.id', 'entry.at', 'entry.what', 'person.id as person'])
      .select(['person.given_name', 'person.family_name', 'person.preferred_name'])
      .select(sql<string | null>`entry.codes ->> 'wish'`.as('wish'))
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

/** Times that these people chose, moved, cancelled or confirmed themselves since a moment, the newest first. */
async function listOwnDeeds(db: Db, { area, coaches, since, most }: Wanted) {
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

/** What these people answered by themselves since a moment, by a link or in their space, each sending once, the newest first. */
async function listOwnAnswers(db: Db, { area, coaches, since, most }: Wanted) {
  const { rows } =
    await sql<Unheard>`select said.id, said.episode, theirs.person, said.at, said.kind, said.pilot, said.given from (
      select form as id, asked_for as episode, max(answered_at) as at, 'questions' as kind,
          null as pilot, true as given
        from questionnaires.answer where area = ${area} and answered_by = 'self' and answered_at >= ${since}
        group by form, asked_for
      union all select answer.id, answer.episode, answer.at, 'pilot', pilot.name, answer.given
        from pilot.answer answer join pilot.pilot pilot on pilot.area = ${area} and pilot.id = answer.pilot
        where answer.area = ${area} and answer.by is null and answer.at >= ${since}
    ) said join episode.standing theirs on theirs.area = ${area} and theirs.episode = said.episode
    where ${isLookedAfterBy(area, coaches, 'said.episode')}
    order by said.at desc limit ${most}`.execute(db)
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
