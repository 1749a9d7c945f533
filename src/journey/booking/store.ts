import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import type { Purpose, Reason, ResultKind, WhoDid } from '#journey/appointment/rules.ts'
import type { Mode } from '#journey/invitation/rules.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'

/** What was booked over the spells of support of a person. Ask listEpisodesOf before: it decides who may know. */
export async function listBookingsOnTimeline(db: Db, asked: Asked) {
  const query = db
    .selectFrom('appointment.appointment as booked')
    .leftJoin('appointment.result as before', (join) =>
      join
        .onRef('before.area', '=', 'booked.area')
        .onRef('before.appointment', '=', 'booked.moved_from')
        .on(sql<boolean>`before.kind = 'moved'`),
    )
    .select(['booked.id', 'booked.booked_at as at', 'booked.starts_at as startsAt', 'booked.ends_at as endsAt'])
    .select(['booked.place', 'booked.note', 'booked.moved_from', findNameOf(asked.area, 'booked.member').as('with')])
    // Checked: the codes are written by the appointments alone, from the lists in their rules.
    .select([sql<Purpose>`booked.purpose`.as('purpose'), sql<Mode>`booked.mode`.as('mode')])
    .select([sql<WhoDid | null>`before.who`.as('movedBy'), sql<Reason | null>`before.reason`.as('movedFor')])
    .select(findNameOf(asked.area, 'booked.booked_by').as('by'))
    .where('booked.area', '=', asked.area)
    .where(isAnyOf('booked.episode', asked.episodes))
  return readNewest(query, { at: 'booked.booked_at', id: 'booked.id' }, asked).execute()
}

/**
 * What became of those appointments, results that were taken back included. Who came did so when it began; that one was
 * moved is told where the other time is.
 */
export async function listOutcomesOnTimeline(db: Db, asked: Asked) {
  const at = sql<Temporal.Instant>`case when result.kind in ('attended', 'missed') then booked.starts_at else result.at end`
  const query = db
    .selectFrom('appointment.appointment as booked')
    .innerJoin('appointment.result as result', (join) =>
      join.onRef('result.area', '=', 'booked.area').onRef('result.appointment', '=', 'booked.id'),
    )
    .leftJoin('appointment.withdrawal as withdrawal', (join) =>
      join.onRef('withdrawal.area', '=', 'result.area').onRef('withdrawal.result', '=', 'result.id'),
    )
    .select(['result.id', 'booked.id as appointment', 'result.note', 'withdrawal.at as withdrawnAt', at.as('at')])
    // Checked: as above.
    .select([sql<Exclude<ResultKind, 'moved'>>`result.kind`.as('kind'), sql<WhoDid | null>`result.who`.as('who')])
    .select([sql<Reason | null>`result.reason`.as('reason'), 'booked.starts_at as startsAt'])
    .select(findNameOf(asked.area, 'result.by').as('by'))
    .where('booked.area', '=', asked.area)
    .where(isAnyOf('booked.episode', asked.episodes))
    .where('result.kind', '<>', 'moved')
  return readNewest(query, { at, id: 'result.id' }, asked).execute()
}

/** The appointments of a spell of support of which nobody has said how they went, those to come included. Ask as before. */
export async function listAwaited(db: Db, area: string, episode: string) {
  return (
    db
      .selectFrom('appointment.appointment as booked')
      .select(['booked.id', 'booked.starts_at as startsAt', 'booked.ends_at as endsAt'])
      // Checked: as above.
      .select([sql<Purpose>`booked.purpose`.as('purpose'), sql<Mode>`booked.mode`.as('mode')])
      .select(findNameOf(area, 'booked.member').as('memberName'))
      .where('booked.area', '=', area)
      .where('booked.episode', '=', episode)
      .where(
        sql<boolean>`not exists (select from appointment.result where result.area = booked.area
          and result.appointment = booked.id and not exists (select from appointment.withdrawal
            where withdrawal.area = result.area and withdrawal.result = result.id))`,
      )
      .orderBy('booked.starts_at')
      .execute()
  )
}

/** The day of the appointment that comes next in an episode, where one is booked. Ask findEpisode before. */
export async function findBookedOn(
  db: Db,
  { area, episode, now }: Readonly<{ area: string; episode: string; now: Temporal.Instant }>,
): Promise<Temporal.PlainDate | undefined> {
  const next = await db
    .selectFrom('appointment.appointment as appointment')
    .innerJoin('appointment.slot as slot', (join) =>
      join.onRef('slot.area', '=', 'appointment.area').onRef('slot.appointment', '=', 'appointment.id'),
    )
    .select('appointment.starts_at as at')
    .where('appointment.area', '=', area)
    .where('appointment.episode', '=', episode)
    .where('appointment.starts_at', '>', now)
    .orderBy('appointment.starts_at')
    .limit(1)
    .executeTakeFirst()
  return next && dayOf(next.at)
}
