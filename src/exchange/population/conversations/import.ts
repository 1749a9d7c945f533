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

/** A made-up person whose journey is known, and the seed of what they say. */
export type Talked = Readonly<{ id: string; episode: string; coach: string; seed: number; told: readonly Told[] }> &
  Readonly<{ assessment: string; agreement: string }>

/** What was planned in one spell of support: its goals, each with what somebody does for it. */
export type PlannedGoals = readonly Readonly<{ goal: string; actions: readonly string[] }>[]

/** Takes what made-up people said and planned, for those who came that far; answers the goals of each spell of support. */
export async function takeConversations(
  db: Db,
  area: string,
  people: readonly Talked[],
): Promise<ReadonlyMap<string, PlannedGoals>> {
  const talked = people.flatMap((person) => {
    const at = momentOf(person, 'assessed')
    return at ? [{ ...person, at, plan: planOf(person), chance: chanceFrom(person.seed) }] : []
  })
  const agreeing = talked.map(({ id, at, coach }) => ({ person: id, at: at.subtract({ minutes: 40 }), by: coach }))
  const plans = talked.flatMap(({ episode, coach, agreement, plan, chance }) =>
    plan ? [aPlan(chance, { episode, coach, agreement, ...plan })] : [],
  )
  const [goals, actions] = [plans.flatMap((plan) => plan.goals), plans.flatMap((plan) => plan.actions)]
  await takeAgreeing(db, area, agreeing)
  await takeAssessments(db, area, talked.map(assessed))
  await takePlans(db, area, plans)
  await takeGoals(db, area, goals)
  await takeActions(db, area, actions)
  await takeAgreements(
    db,
    area,
    plans.map(({ agreement }) => agreement),
  )
  return new Map(plans.map(({ episode, goals, actions }) => [episode, goalsWith(goals, actions)]))
}

function goalsWith(goals: readonly TakenGoal[], actions: readonly TakenAction[]): PlannedGoals {
  return goals.map(({ id }) => ({
    goal: id,
    actions: actions.filter(({ goal }) => goal === id).map((action) => action.id),
  }))
}

type Planned = Readonly<{ planType: Parameters<typeof planned>[1]; at: Temporal.Instant }>

function planOf({ told }: Talked): Planned | undefined {
  const found = told.flatMap(({ step, at }) => (step.kind === 'plan-agreed' ? [{ planType: step.planType, at }] : []))
  return found[0]
}

type Assessed = Talked & Readonly<{ at: Temporal.Instant; plan: Planned | undefined; chance: Chance }>

function assessed({ chance, plan, assessment: id, id: person, episode, at, coach: by }: Assessed) {
  const { employment, health, barriers } = conversation(chance, plan?.planType)
  return { id, episode, person, employment, health: [health], barriers, at, by }
}

function momentOf({ told }: Talked, kind: Told['step']['kind']): Temporal.Instant | undefined {
  return told.find(({ step }) => step.kind === kind)?.at
}

/** The day itself, or the Monday after a weekend. */
function onAWeekday(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.dayOfWeek > 5 ? day.add({ days: 8 - day.dayOfWeek }) : day
}

type Planning = Planned & Readonly<{ episode: string; coach: string; agreement: string }>

function aPlan(chance: Chance, { episode, coach: by, agreement: id, planType: type, at }: Planning) {
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
      dueOn: onAWeekday(on.add({ days: action.inDays })),
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
  const agreement: TakenAgreement = { id, episode, content: { type, target: null, goals: agreed }, on, at, by }
  return { episode, type, reviewOn: on.add({ weeks: 4 }), at, by, goals, actions, agreement }
}
