import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import { takeActions, type TakenAction } from '#journey/action/import.ts'
import { takeAgreements, type TakenAgreement } from '#journey/agreement/import.ts'
import { takeAssessments } from '#journey/assessment/import.ts'
import { takeGoals, type TakenGoal } from '#journey/goal/import.ts'
import { takePlans } from '#journey/plan/import.ts'
import { type Chance, chanceFrom } from '#exchange/population/invented/rules.ts'
import type { Told } from '#exchange/population/journeys/rules.ts'
import { takeAgreeing } from '#registers/permissions/import.ts'
import { conversation, planned } from './rules.ts'

/** A made-up person whose journey is known. */
export type Talked = Readonly<{ id: string; episode: string; coach: string; told: readonly Told[] }>

/** Takes what made-up people said and planned, for those who came that far. */
export async function takeConversations(db: Db, area: string, people: readonly Talked[]): Promise<void> {
  const chance = chanceFrom(people.length + (people[0]?.told.length ?? 0))
  const talked = people.flatMap((person) => {
    const at = momentOf(person, 'assessed')
    return at ? [{ ...person, at, plan: planOf(person) }] : []
  })
  const agreeing = talked.map(({ id, at, coach }) => ({ person: id, at: at.subtract({ minutes: 40 }), by: coach }))
  await takeAgreeing(db, area, agreeing)
  await takeAssessments(
    db,
    area,
    talked.map((one) => assessed(chance, one)),
  )
  const plans = talked.flatMap(({ episode, coach, plan }) => (plan ? [aPlan(chance, { episode, coach, ...plan })] : []))
  await takePlans(db, area, plans)
  await takeGoals(
    db,
    area,
    plans.flatMap(({ goals }) => goals),
  )
  await takeActions(
    db,
    area,
    plans.flatMap(({ actions }) => actions),
  )
  await takeAgreements(
    db,
    area,
    plans.map(({ agreement }) => agreement),
  )
}

type Planned = Readonly<{ planType: Parameters<typeof planned>[1]; at: Temporal.Instant }>

function planOf({ told }: Talked): Planned | undefined {
  const found = told.flatMap(({ step, at }) => (step.kind === 'plan-agreed' ? [{ planType: step.planType, at }] : []))
  return found[0]
}

function assessed(chance: Chance, one: Talked & Readonly<{ at: Temporal.Instant; plan: Planned | undefined }>) {
  const { employment, health, barriers } = conversation(chance, one.plan?.planType)
  const { id: person, episode, coach: by, at } = one
  return { id: newId(), episode, person, employment, health: [health], barriers, at, by }
}

function momentOf({ told }: Talked, kind: Told['step']['kind']): Temporal.Instant | undefined {
  return told.find(({ step }) => step.kind === kind)?.at
}

type Planning = Planned & Readonly<{ episode: string; coach: string }>

function aPlan(chance: Chance, { episode, coach: by, planType: type, at }: Planning) {
  const on = dayOf(at)
  const goals: TakenGoal[] = []
  const actions: TakenAction[] = []
  for (const { words, action } of planned(chance, type)) {
    const goal = newId()
    goals.push({ id: goal, episode, words, at, by })
    actions.push({
      id: newId(),
      goal,
      what: action.what,
      owner: action.owner,
      dueOn: on.add({ days: action.inDays }),
      at,
      by,
    })
  }
  const agreed = goals.map(({ id, words }) => ({
    ...{ id, words, target: null },
    actions: actions
      .filter(({ goal }) => goal === id)
      .map((action) => ({
        id: action.id,
        what: action.what,
        obstacle: null,
        owner: action.owner,
        due: action.dueOn.toString(),
      })),
  }))
  const agreement: TakenAgreement = { episode, content: { type, target: null, goals: agreed }, on, at, by }
  return { episode, type, reviewOn: on.add({ weeks: 4 }), at, by, goals, actions, agreement }
}
