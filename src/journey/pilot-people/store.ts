import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import type { EmploymentStatus } from '#journey/assessment/rules.ts'
import type { Gets } from '#journey/pilot/rules.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'

/** What somebody said to a pilot, on the timeline of a person. Ask listEpisodesOf before: it decides who may know. */
export async function listPilotAnswersOnTimeline(db: Db, asked: Asked) {
  const said = db
    .selectFrom('pilot.answer as answer')
    .innerJoin('pilot.pilot as pilot', (join) =>
      join.onRef('pilot.area', '=', 'answer.area').onRef('pilot.id', '=', 'answer.pilot'),
    )
    .select(['answer.id', 'answer.episode', 'answer.at', 'answer.given', 'answer.how', 'pilot.name'])
    .select(['answer.wording_version as version', sql<Gets | null>`answer.gets`.as('gets')])
    .select([findNameOf(asked.area, 'answer.by').as('by'), sql<boolean>`answer.by is null`.as('own')])
    .where('answer.area', '=', asked.area)
    .where(isAnyOf('answer.episode', asked.episodes))
  return readNewest(said, { at: 'answer.at', id: 'answer.id' }, asked).execute()
}

/** That somebody was asked to take part in a pilot, on the same timeline. */
export async function listPilotInvitationsOnTimeline(db: Db, asked: Asked) {
  const invited = db
    .selectFrom('pilot.invitation as invitation')
    .innerJoin('pilot.pilot as pilot', (join) =>
      join.onRef('pilot.area', '=', 'invitation.area').onRef('pilot.id', '=', 'invitation.pilot'),
    )
    .select(['invitation.pilot as id', 'invitation.episode', 'invitation.at', 'pilot.name', 'pilot.tried'])
    .select(findNameOf(asked.area, 'invitation.by').as('by'))
    .where('invitation.area', '=', asked.area)
    .where(isAnyOf('invitation.episode', asked.episodes))
  return readNewest(invited, { at: 'invitation.at', id: 'invitation.pilot' }, asked).execute()
}

const talked = sql`select talk.id from assessment.assessment talk where talk.area = standing.area
  and talk.episode = standing.episode and talk.finished_at is not null order by talk.id desc limit 1`

type Spell = Readonly<{ episode?: string; coach?: string }>

/** What the record knows of those who are supported now and whom this actor may list, as far as a cohort may ask it. */
export async function listFacts(db: Db, actor: Actor, { episode, coach }: Spell) {
  let query = db
    .selectFrom('episode.standing as standing')
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'standing.area').onRef('person.id', '=', 'standing.person'),
    )
    .select(['standing.episode', 'standing.person', 'standing.route', 'standing.provider', 'standing.coach'])
    .select(['standing.plan_type as planType', 'person.council'])
    .select(['person.given_name', 'person.family_name', 'person.preferred_name'])
    .select([
      // Checked: the conversation writes it, from its own list.
      sql<EmploymentStatus | null>`(select said.employment_status from assessment.assessment said
        where said.area = standing.area and said.id = (${talked}))`.as('employment'),
      sql<
        string[]
      >`array(select distinct barrier.part from assessment.barrier barrier where barrier.area = standing.area
        and barrier.assessment = (${talked}) and barrier.removed_at is null)`.as('barriers'),
    ])
    .where('standing.area', '=', actor.area)
    .where('standing.ended_at', 'is', null)
    .where('standing.accepted_at', 'is not', null)
    .where(mayReachPerson(actor, 'open', 'standing.person'))
  if (episode) query = query.where('standing.episode', '=', episode)
  else query = query.where(mayReachPerson(actor, 'list', 'standing.person'))
  if (coach) query = query.where('standing.coach', '=', coach)
  return query.orderBy('person.family_name').orderBy('person.given_name').execute()
}
