import { sql } from 'kysely'
import type { Participant } from '#platform/access/rules.ts'
import { isBefore } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import { listSickPayRules } from '#registers/sick-pay/store.ts'
import type { Stage } from '#journey/episode/rules.ts'
import { listAgreements } from '#journey/agreement/store.ts'
import { mayChangeGoals } from '#journey/goal/rules.ts'
import { listPhasedReturns } from '#journey/phased-return/store.ts'
import { contentOf } from '#journey/plan/rules.ts'
import { findPlan } from '#journey/plan/store.ts'
import { ownGoals, type OwnPlan, ownReturn, type PrintedPlan, suggestionsIn } from './rules.ts'

const none: OwnPlan = { agreed: false, agreedOn: null, isOpen: false, goals: [], suggested: [] }

/**
 * The plan of the spell of support that stands for a participant now: the version that was agreed last, and apart from it
 * what their coach would like to change. Nothing of it is shown before it was first agreed.
 */
export async function findOwnPlan(db: Db, me: Participant, today: Temporal.PlainDate): Promise<OwnPlan> {
  const spell = await findOwnSpell(db, me)
  if (!spell?.plan_agreed_at) return none
  const [{ plan, goals }, [newest]] = await Promise.all([
    findPlan(db, me.area, spell.episode),
    listAgreements(db, me.area, spell.episode),
  ])
  const now = plan && contentOf(plan, goals)
  const isOpen = spell.ended_at === null
  const agreed = newest?.content ?? now
  return {
    ...{ agreed: true, agreedOn: newest?.agreed_on ?? null, isOpen },
    goals: agreed ? ownGoals(agreed, goals, today) : [],
    suggested: isOpen && newest && now ? suggestionsIn(newest.content, now) : [],
  }
}

/** The phased return that was laid out with a participant last, once their plan was agreed. */
export async function findOwnReturn(db: Db, me: Participant, today: Temporal.PlainDate) {
  const spell = await findOwnSpell(db, me)
  if (!spell?.plan_agreed_at) return undefined
  const [[newest], rates] = await Promise.all([listPhasedReturns(db, me.area, spell.episode), listSickPayRules(db)])
  return newest && ownReturn(newest, rates, today)
}

/** An action that the participant themselves is to do, in a plan that is still worked on; nothing otherwise. */
export async function findOwnAction(db: Db, me: Participant, action: string, today: Temporal.PlainDate) {
  const { isOpen, goals } = await findOwnPlan(db, me, today)
  if (!isOpen) return undefined
  const all = goals.flatMap((goal) => goal.actions.map((one) => ({ ...one, goal: goal.words })))
  return all.find(({ id, owner, state }) => id === action && owner === 'participant' && state !== 'leaving')
}

type Printing = Readonly<{
  area: string
  episode: string
  stage: Stage
  coach: string | null
  today: Temporal.PlainDate
}>

/**
 * The plan of an episode as it is printed for its participant: the version that was agreed last, or the draft where none
 * was; undefined where no plan was begun. Ask before who may know.
 */
export async function findPrintedPlan(db: Db, { area, episode, stage, coach, today }: Printing) {
  const [{ plan, goals }, [newest], [laid], rates, members] = await Promise.all([
    findPlan(db, area, episode),
    listAgreements(db, area, episode),
    listPhasedReturns(db, area, episode),
    listSickPayRules(db),
    listMembers(db, area, today),
  ])
  if (!plan) return undefined
  const content = newest?.content ?? contentOf(plan, goals)
  const phased = laid && ownReturn(laid, rates, today)
  const printed: PrintedPlan = {
    goals: ownGoals(content, goals, today),
    targetOn: content.target === null ? null : Temporal.PlainDate.from(content.target),
    agreedOn: newest?.agreed_on ?? null,
    // A day that has passed is talked about, and not promised on paper.
    reviewOn: mayChangeGoals(stage) && !isBefore(plan.review_on, today) ? plan.review_on : null,
    coach: members.find(({ id }) => id === coach)?.name ?? null,
    // Paper outlasts the week in which it was printed.
    phased: phased && { ...phased, weeks: phased.weeks.map((week) => ({ ...week, isNow: false })) },
  }
  return printed
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
