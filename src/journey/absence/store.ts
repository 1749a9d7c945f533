import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { calledName } from '#registers/people/rules.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import { type Away, coveredOn, isAway, type Moves, type Planned } from './rules.ts'

/** The area's absences that end after this day, or all since then, the first to begin first. */
export async function listAbsences(db: Db, area: string, since: Temporal.PlainDate): Promise<Away[]> {
  return db
    .selectFrom('absence.absence as absence')
    .innerJoin('organisations.member as member', (join) =>
      join.onRef('member.area', '=', 'absence.area').onRef('member.id', '=', 'absence.member'),
    )
    .innerJoin('organisations.member as cover', (join) =>
      join.onRef('cover.area', '=', 'absence.area').onRef('cover.id', '=', 'absence.cover'),
    )
    .select(['absence.id', 'absence.member', 'member.name as memberName', 'absence.cover', 'cover.name as coverName'])
    .select(['absence.from_on as fromOn', 'absence.until_on as untilOn', 'absence.back_on as backOn'])
    .where('absence.area', '=', area)
    .where('absence.until_on', '>', since)
    .orderBy('absence.from_on')
    .orderBy('absence.id')
    .execute()
}

/**
 * The memberships whose due work is this one's today: its own, and those it covers for. Ask for the people with the
 * actor as ever: only those both may reach are shown.
 */
export async function listCovered(
  db: Db,
  area: string,
  membership: string,
  on: Temporal.PlainDate,
): Promise<readonly string[]> {
  return coveredOn(membership, await listAbsences(db, area, on), on)
}

/** Whether a member is away on a day. */
export async function isAwayOn(db: Db, area: string, member: string, on: Temporal.PlainDate): Promise<boolean> {
  return (await listAbsences(db, area, on)).some((away) => away.member === member && isAway(away, on))
}

/** As listAbsences, and nobody else arranges one in this area until the transaction ends. */
export async function listAbsencesHeldStill(db: Db, area: string, since: Temporal.PlainDate): Promise<Away[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended('absence ' || ${area}, 0))`.execute(db)
  return listAbsences(db, area, since)
}

/** Coaches who may see the people of this one all the while: of the same organisation, or of one it shares with. */
export async function listCovers(db: Db, area: string, { member, fromOn, untilOn }: Omit<Planned, 'cover'>) {
  const { rows } = await sql<{ id: string }>`select cover.id from organisations.member cover
    join organisations.member away on away.area = cover.area and away.id = ${member}
    where cover.area = ${area} and cover.id <> away.id and cover.role in ('coach', 'senior-coach')
      and cover.from_on <= ${fromOn} and (cover.until_on is null or cover.until_on >= ${untilOn})
      and (cover.organisation = away.organisation or exists (select from organisations.sharing
        where sharing.area = cover.area and sharing.holder = away.organisation and sharing.partner = cover.organisation
          and sharing.from_on <= ${fromOn} and (sharing.until_on is null or sharing.until_on >= ${untilOn})))`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

const shown = 50

/** What falls due while somebody is away, as far as this actor may see it, and how much whoever covers may not see. */
export async function findMoves(db: Db, actor: Actor, { member, cover, untilOn }: Planned): Promise<Moves> {
  const theirs = db
    .selectFrom('episode.standing as standing')
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'standing.area').onRef('person.id', '=', 'standing.person'),
    )
    .where('standing.area', '=', actor.area)
    .where('standing.coach', '=', member)
    .where('standing.ended_at', 'is', null)
    .where(mayReachPerson(actor, 'list'))
  const unseen = sql<boolean>`person.restricted and not exists (select from people.named_access named
    where named.area = ${actor.area} and named.person = person.id and named.membership = ${cover}
      and named.until_at is null)`
  const [counts, due] = await Promise.all([
    theirs
      .select((count) => [
        count.fn.countAll<number>().as('open'),
        sql<number>`(count(*) filter (where ${unseen}))::integer`.as('hidden'),
      ])
      .executeTakeFirstOrThrow(),
    theirs
      .select(['standing.episode', 'standing.person', 'standing.next_due_what as what'])
      .select(sql<Temporal.PlainDate>`standing.next_due_on`.as('dueOn'))
      .select(['person.given_name', 'person.family_name', 'person.preferred_name'])
      .where('standing.next_due_on', '<', untilOn)
      .where(sql<boolean>`not (${unseen})`)
      .orderBy('standing.next_due_on')
      .orderBy('standing.episode')
      .limit(shown)
      .execute(),
  ])
  const { open, hidden } = counts
  return { open: Number(open), hidden, due: due.map((row) => ({ ...row, name: calledName(row) })) }
}

export type Arranged = Planned & Readonly<{ area: string; id: string; by: string; at: Temporal.Instant }>

/** Arranges an absence; the form sent twice leaves one. */
export async function saveAbsence(
  db: Db,
  { area, id, member, cover, fromOn, untilOn, by, at }: Arranged,
): Promise<void> {
  await db
    .insertInto('absence.absence')
    .values({
      ...{ area, id, member, cover, from_on: fromOn, until_on: untilOn, arranged_by: by, arranged_at: at },
      ...{ back_on: null, back_by: null, back_at: null },
    })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

export type Returning = Readonly<{
  area: string
  id: string
  backOn: Temporal.PlainDate
  by: string
  at: Temporal.Instant
}>

/** Ends an absence early, or takes it back before it began. False when it had ended already. */
export async function endAbsence(db: Db, { area, id, backOn, by, at }: Returning): Promise<boolean> {
  const ended = await db
    .updateTable('absence.absence')
    .set((row) => ({ back_on: backOn, back_by: by, back_at: at, version: row('version', '+', 1) }))
    .where('area', '=', area)
    .where('id', '=', id)
    .where('back_on', 'is', null)
    .where('until_on', '>', backOn)
    .executeTakeFirst()
  return ended.numUpdatedRows === 1n
}
