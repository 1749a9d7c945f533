import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { findSettings } from '#registers/areas/store.ts'
import { type Cap, capOf, carries, fullTime } from '#registers/capacity/rules.ts'
import { findCapacities } from '#registers/capacity/store.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import { findPoints } from '#registers/weighting/store.ts'
import { isAway, backOn } from '#journey/absence/rules.ts'
import { listAbsences } from '#journey/absence/store.ts'
import type { Unweighed } from './rules.ts'

/** Every coach whose people this actor may see: how many they look after now (aftercare apart), and how many they can. */
export async function listCaseloads(db: Db, actor: Actor, today: Temporal.PlainDate): Promise<Unweighed[]> {
  const { area } = actor
  const [members, usual, capacities, counts, shared, absences] = await Promise.all([
    listMembers(db, area, today, actor.organisations),
    findUsualCap(db, area, today),
    findCapacities(db, area, today),
    countOpenByCoach(db, actor),
    listSharedWith(db, area, today),
    listAbsences(db, area, today),
  ])
  const coaches = members.filter(({ role }) => carries(role))
  return coaches.map((member) => {
    const cap = capOf(capacities.get(member.id) ?? fullTime, usual)
    const away = absences.find((one) => one.member === member.id && isAway(one, today))
    const { organisation, organisationName, languages, name } = member
    return {
      ...{ coach: member.id, name, organisation, organisationName, languages, worksIn: member.works_in },
      sees: [organisation, ...shared.filter(({ partner }) => partner === organisation).map(({ holder }) => holder)],
      open: counts.get(member.id) ?? 0,
      ...{ cap: cap.people, pointsCap: cap.points },
      backOn: away ? backOn(away) : null,
    }
  })
}

/** The most people and points of a coach who works full time, as the area says. */
async function findUsualCap(db: Db, area: string, on: Temporal.PlainDate): Promise<Cap> {
  const [{ caseloadCap: people }, { pointsCap: points }] = await Promise.all([
    findSettings(db, area, on),
    findPoints(db, area, on),
  ])
  return { people, points }
}

/** How many people of each coach this actor may list; of others not even that there are some. */
async function countOpenByCoach(db: Db, actor: Actor): Promise<Map<string | null, number>> {
  const rows = await db
    .selectFrom('episode.standing')
    .select(['coach', (count) => count.fn.countAll<number>().as('open')])
    .where('area', '=', actor.area)
    .where('ended_at', 'is', null)
    .where('coach', 'is not', null)
    .where(mayReachPerson(actor, 'list', 'standing.person'))
    .groupBy('coach')
    .execute()
  return new Map(rows.map(({ coach, open }) => [coach, Number(open)]))
}

async function listSharedWith(db: Db, area: string, on: Temporal.PlainDate) {
  return db
    .selectFrom('organisations.sharing')
    .select(['holder', 'partner'])
    .where('area', '=', area)
    .where('from_on', '<=', on)
    .where((where) => where.or([where('until_on', 'is', null), where('until_on', '>', on)]))
    .execute()
}
