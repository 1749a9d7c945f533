import { sql } from 'kysely'
import type { Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import { isCoachShutOut } from '#journey/shut-out/store.ts'
import type { Mode } from '#journey/invitation/rules.ts'
import type { NextTime, OwnCoach } from './rules.ts'

/** The appointment of a participant that comes next, in whichever spell of support; none where none is booked. */
export async function findNextTime(db: Db, me: Participant, now: Temporal.Instant): Promise<NextTime | undefined> {
  const found = await db
    .selectFrom('appointment.appointment as appointment')
    .innerJoin('episode.episode as episode', (join) =>
      join.onRef('episode.area', '=', 'appointment.area').onRef('episode.id', '=', 'appointment.episode'),
    )
    .innerJoin('organisations.member as member', (join) =>
      join.onRef('member.area', '=', 'appointment.area').onRef('member.id', '=', 'appointment.member'),
    )
    .select(['appointment.starts_at as startsAt', 'appointment.place', 'member.name as withName'])
    // Checked: the mode is written from the list in the rules of the invitation alone.
    .select([
      sql<Mode>`appointment.mode`.as('mode'),
      sql<boolean>`appointment.interpreter = 'booked'`.as('interpreter'),
    ])
    .where('appointment.area', '=', me.area)
    .where(isOfPerson('episode.person', me))
    .where('appointment.ends_at', '>', now)
    .where(
      sql<boolean>`not exists (select from appointment.result where result.area = ${me.area}
      and result.appointment = appointment.id and not exists (select from appointment.withdrawal
        where withdrawal.area = ${me.area} and withdrawal.result = result.id))`,
    )
    .orderBy('appointment.starts_at')
    .limit(1)
    .executeTakeFirst()
  return found
}

/** The coach who looks after a participant, and may open their record. */
export async function findOwnCoach(db: Db, me: Participant, coach: string | null): Promise<OwnCoach | undefined> {
  if (coach === null || (await isCoachShutOut(db, me))) return undefined
  return db
    .selectFrom('organisations.member')
    .select(['name', 'phone'])
    .where('area', '=', me.area)
    .where('id', '=', coach)
    .executeTakeFirst()
}
