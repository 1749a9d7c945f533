import { sql } from 'kysely'
import type { Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import type { Stage } from '#journey/episode/rules.ts'
import { listPlannedGoals } from '#journey/plan/store.ts'
import { ownAction, ownGoals, type OwnPlan } from './rules.ts'

/** The plan of the spell of support that stands for a participant now. Nothing of it is shown before it was agreed. */
export async function findOwnPlan(db: Db, me: Participant, today: Temporal.PlainDate): Promise<OwnPlan> {
  const spell = await findOwnSpell(db, me)
  if (!spell?.plan_agreed_at) return { agreed: false, isOpen: false, goals: [] }
  const goals = ownGoals(await listPlannedGoals(db, me.area, spell.episode), today)
  return { agreed: true, isOpen: spell.ended_at === null, goals }
}

/** An action that the participant themselves is to do, in a plan that is still worked on; nothing otherwise. */
export async function findOwnAction(db: Db, me: Participant, action: string, today: Temporal.PlainDate) {
  const spell = await findOwnSpell(db, me)
  if (!spell?.plan_agreed_at || spell.ended_at !== null) return undefined
  const goals = await listPlannedGoals(db, me.area, spell.episode)
  const goal = goals.find(({ actions }) => actions.some(({ id, owner }) => id === action && owner === 'participant'))
  const found = goal?.actions.find(({ id }) => id === action)
  return goal && found && { ...ownAction(found, today), goal: goal.words }
}

/** The spell of support that stands for a participant: the open one, or the newest that was not there twice. */
export async function findOwnSpell(db: Db, { area, person }: Participant) {
  return (
    db
      .selectFrom('episode.standing as standing')
      .select(['standing.episode', 'standing.coach', 'standing.first_try_by', 'standing.plan_agreed_at'])
      // Checked: the stage is written from the list in the rules of the episode alone.
      .select([sql<Stage>`standing.stage`.as('stage'), 'standing.ended_at'])
      .where('standing.area', '=', area)
      .where(isOfPerson('standing.person', { area, person }))
      .where(sql<boolean>`standing.ended_as is distinct from 'duplicate'`)
      .orderBy(sql`standing.ended_at is not null`)
      .orderBy('standing.received_at', 'desc')
      .limit(1)
      .executeTakeFirst()
  )
}
