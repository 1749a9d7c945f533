import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Times } from '#journey/invitation/rules.ts'
import { listStandingsHeldStill } from '#journey/episode/store.ts'
import type { CaseThere } from '#exchange/files/cases/case/rules.ts'

/** Cases that are here already, held still, with their goals. */
export async function listCasesThere(db: Db, area: string, episodes: readonly string[]): Promise<CaseThere[]> {
  if (episodes.length === 0) return []
  const [cases, goals] = await Promise.all([
    listStandingsHeldStill(db, area, episodes),
    db
      .selectFrom('goal.goal')
      .select(['id', 'episode', 'words'])
      .where('area', '=', area)
      .where(sql<boolean>`episode = any(${[...episodes]}::uuid[])`)
      .where('taken_out_at', 'is', null)
      .execute(),
  ])
  return cases.map((one) => ({ ...one, goals: goals.filter(({ episode }) => episode === one.episode) }))
}

/** Which of these people have an open case. */
export async function listPeopleWithOpen(db: Db, area: string, people: readonly string[]): Promise<string[]> {
  if (people.length === 0) return []
  const rows = await db
    .selectFrom('episode.standing')
    .select('person')
    .where('area', '=', area)
    .where(sql<boolean>`person = any(${[...people]}::uuid[])`)
    .where('ended_at', 'is', null)
    .execute()
  return rows.map(({ person }) => person)
}

/** When these colleagues are taken from now on. */
export async function listTimesTaken(db: Db, area: string, members: readonly string[], now: Temporal.Instant) {
  const taken = new Map<string, Times[]>()
  if (members.length === 0) return taken
  const rows = await db
    .selectFrom('appointment.slot')
    .select([
      'member',
      sql<Temporal.Instant>`lower(during)`.as('startsAt'),
      sql<Temporal.Instant>`upper(during)`.as('endsAt'),
    ])
    .where('area', '=', area)
    .where(sql<boolean>`member = any(${[...members]}::uuid[])`)
    .where(sql<boolean>`upper(during) > ${now}::timestamptz`)
    .execute()
  for (const { member, ...times } of rows) taken.set(member, [...(taken.get(member) ?? []), times])
  return taken
}
