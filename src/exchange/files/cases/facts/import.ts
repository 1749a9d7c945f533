import type { TakenBack } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import { takeActionResults, takeActions, takeBackActions } from '#journey/action/import.ts'
import { takeAgreements, takeBackAgreements } from '#journey/agreement/import.ts'
import { takeAppointments, takeBackAppointments } from '#journey/appointment/import.ts'
import { takeAssessments, takeBackAssessments } from '#journey/assessment/import.ts'
import { barriers } from '#journey/assessment/rules.ts'
import { takeCompletions, takeBackCompletions } from '#journey/completion/import.ts'
import { takeContacts, takeBackContacts } from '#journey/contact/import.ts'
import { takeEndings, takeBackEndings } from '#journey/ending/import.ts'
import type { StepKind } from '#journey/episode/rules.ts'
import { takeFollowUps, takeBackFollowUps } from '#journey/follow-up/import.ts'
import { takeGoals, takeBackGoals } from '#journey/goal/import.ts'
import { takePlans, takeBackPlans } from '#journey/plan/import.ts'
import type { Content } from '#journey/plan/rules.ts'
import { takeEntries, takeBackEntries } from '#journey/support/log/import.ts'
import { takePauses, takeBackPauses } from '#journey/support/pause/import.ts'
import { newId } from '#platform/ids.ts'
import type { Dossier } from '#exchange/files/cases/deciding/rules.ts'
import { type TakenStep } from '#exchange/files/cases/history/rules.ts'
import { type Around, bookedAt, momentOf, reviewOn, timesOf } from '#exchange/files/cases/happened/rules.ts'

/** A case that is taken, its steps with their ids. */
export type Taken = Omit<Dossier, 'steps'> &
  Readonly<{ steps: readonly (TakenStep & Readonly<{ id: string; recordedAt: Temporal.Instant }>)[] }>

type Ground = Readonly<{ area: string; now: Temporal.Instant; around: Around }>

/** Takes the facts behind the steps of cases, each by its own stage; the cases are there already. */
export async function takeFacts(db: Db, ground: Ground, taken: readonly Taken[]): Promise<void> {
  const { area } = ground
  const all = <Row>(rowsOf: (one: Taken, ground: Ground) => readonly Row[]) =>
    taken.flatMap((one) => rowsOf(one, ground))
  // One after the other: each stands on those before it.
  await whereAny(all(assessmentOf), (rows) => takeAssessments(db, area, rows))
  await whereAny(all(planOf), (rows) => takePlans(db, area, rows))
  await whereAny(all(goalsOf), (rows) => takeGoals(db, area, rows))
  await whereAny(all(actionsOf), (rows) => takeActions(db, area, rows))
  await whereAny(all(actionResultsOf), (rows) => takeActionResults(db, area, rows))
  await whereAny(all(agreementOf), (rows) => takeAgreements(db, area, rows))
  await whereAny(all(contactsOf), (rows) => takeContacts(db, area, rows))
  await whereAny(all(appointmentsOf), (rows) => takeAppointments(db, area, rows))
  await whereAny(all(supportOf), (rows) => takeEntries(db, area, rows))
  await whereAny(all(pauseOf), (rows) => takePauses(db, area, rows))
  await whereAny(all(completionOf), (rows) => takeCompletions(db, area, rows))
  await whereAny(all(endingOf), (rows) => takeEndings(db, area, rows))
  await whereAny(all(followUpsOf), (rows) => takeFollowUps(db, area, rows))
}

async function whereAny<Row>(rows: readonly Row[], take: (rows: readonly Row[]) => Promise<void>): Promise<void> {
  if (rows.length > 0) await take(rows)
}

function stepOf({ steps }: Taken, kind: StepKind, fact?: string): TakenStep & Readonly<{ id: string }> {
  const found = steps.find(({ step, factRow }) => step.kind === kind && (fact === undefined || factRow === fact))
  if (!found) throw new TypeError(`There is no step ${kind} behind a fact`)
  return found
}

function assessmentOf(one: Taken) {
  const { episode, person, own } = one
  const { assessed, coach } = own?.read ?? {}
  if (!assessed || !coach) return []
  const marked = assessed.barriers.map((code) => ({ code, part: barriers[code].part, severity: null }))
  const { at } = stepOf(one, 'assessed')
  return [
    { id: newId(), episode, person, employment: assessed.employment, health: [], barriers: marked, at, by: coach.id },
  ]
}

function planOf({ episode, own }: Taken, { around }: Ground) {
  const { plan, coach, assessed, receivedOn } = own?.read ?? {}
  if (!plan || !receivedOn) return []
  const at = momentOf(plan.agreedOn ?? assessed?.on ?? receivedOn, null, around)
  const { type, targetOn } = plan
  return [{ episode, type, reviewOn: reviewOn(plan, around), targetOn, at, by: coach?.id ?? null }]
}

function coachOf({ own, before }: Taken): string | null {
  return own?.read.coach?.id ?? before?.coach ?? null
}

function goalsOf(one: Taken, { around }: Ground) {
  const { episode, goals, standing } = one
  return goals.map(({ made: id, read: { words, whose, targetOn, addedOn } }) => ({
    ...{ id, episode, words, whose, targetOn, by: coachOf(one) },
    at: addedOn ? momentOf(addedOn, null, around) : (standing.plan_agreed_at ?? standing.assessed_at ?? around.now),
  }))
}

function actionsOf(one: Taken, { around }: Ground) {
  const { actions, standing } = one
  return actions.map(({ made: id, goal, read: { what, owner, dueOn, addedOn } }) => ({
    ...{ id, goal, what, owner, dueOn, by: coachOf(one) },
    at: addedOn ? momentOf(addedOn, null, around) : (standing.plan_agreed_at ?? standing.assessed_at ?? around.now),
  }))
}

function actionResultsOf(one: Taken, { around, now: at }: Ground) {
  return one.actions.flatMap(({ made: action, read: { dueOn, result } }) => {
    if (!result) return []
    const on = result.on ?? notAfter(dueOn, around.today)
    return [{ id: newId(), action, result: result.is, on, note: result.note, at, by: coachOf(one) }]
  })
}

function notAfter(day: Temporal.PlainDate, today: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(day, today) > 0 ? today : day
}

function agreementOf(one: Taken) {
  const { episode, own, goals, actions } = one
  const plan = own?.read.plan
  if (!plan?.agreedOn) return []
  const agreed = goals.map(({ made: id, read: { words, targetOn } }) => ({
    ...{ id, words, target: targetOn?.toString() ?? null },
    actions: actions
      .filter(({ goal }) => goal === id)
      .map(({ made, read: { what, owner, dueOn } }) => ({
        id: made,
        what,
        obstacle: null,
        owner,
        due: dueOn.toString(),
      })),
  }))
  const content: Content = { type: plan.type, target: plan.targetOn?.toString() ?? null, goals: agreed }
  const { at } = stepOf(one, 'plan-agreed')
  return [{ id: newId(), episode, content, on: plan.agreedOn, how: plan.how, at, by: coachOf(one) }]
}

function contactsOf({ episode, contacts }: Taken, { around, now }: Ground) {
  return contacts.map(({ made: id, by, read: { way, result, note, on, time } }) => ({
    ...{ id, episode, way, result, note, by, at: momentOf(on, time, around), recordedAt: now, next: null },
  }))
}

function appointmentsOf({ episode, appointments }: Taken, { around, now }: Ground) {
  return appointments.map(({ made: id, by, read }) => ({
    ...{ id, chain: id, movedFrom: null, episode, member: by, by, ...timesOf(read), bookedAt: bookedAt(read, around) },
    ...{ purpose: read.purpose, mode: read.mode, place: read.place, note: read.note, interpreter: 'none' as const },
    result: read.result && { ...read.result, id: newId(), at: now },
  }))
}

function supportOf({ episode, support }: Taken, { now: at }: Ground) {
  return support.map(({ made: id, by, read: { kind, minutes, done, on } }) => ({
    ...{ id, episode, kind, minutes, done, on, at, by },
  }))
}

function pauseOf({ episode, own }: Taken, { around }: Ground) {
  const { pause, coach } = own?.read ?? {}
  if (!pause || !coach) return []
  const { waits: waitsFor, since: sinceOn, check: checkOn } = pause
  const since = momentOf(sinceOn, null, around)
  return [{ id: newId(), episode, waitsFor, since, sinceOn, checkOn, by: coach.id, resumed: null }]
}

function completionOf(one: Taken, { now: at }: Ground) {
  const { episode, completion, goals } = one
  if (!completion) return []
  const { made: id, read } = completion
  const given = goals.flatMap(({ made: goal, read: { result } }) => (result ? [{ goal, result, words: null }] : []))
  const { on, outcomes, none: noOutcome, note: noOutcomeNote, work: workStatus, offSick, hours, ability, next } = read
  const facts = { on, outcomes, noOutcome, noOutcomeNote, workStatus, offSick, hours, workAbility: ability, next }
  return [{ ...facts, id, episode, goals: given, at, by: coachOf(one), step: stepOf(one, 'completed', id).id }]
}

function endingOf(one: Taken, { now: at }: Ground) {
  const end = one.own?.read.end
  if (!end) return []
  const said = { ...end, handedTo: null, told: null, at, by: coachOf(one) }
  return [{ ...said, id: newId(), episode: one.episode, step: stepOf(one, 'ended').id }]
}

function followUpsOf(one: Taken, { now: at }: Ground) {
  return one.followUps.map(({ made: id, read }) => {
    const { weeks, result, on, inWork, employer: sameEmployer, hours, health, said } = read
    const facts = { weeks, result, on, inWork, sameEmployer, hours, health, said, at, by: coachOf(one) }
    const counted = { weeksOf7Hours: read.weeks7, weeksOf16Hours: read.weeks16 }
    return { ...facts, ...counted, id, episode: one.episode, step: stepOf(one, 'followed-up', id).id }
  })
}

/** Takes back the facts of cases that a batch brought, the last first; gives those that are gone. */
export async function takeBackFacts(db: Db, of: TakenBack): Promise<string[]> {
  const gone: string[] = []
  for (const back of stagesBack) gone.push(...(await back(db, of)))
  await takeBackPlans(db, of.area, of.episodes)
  return gone
}

// Actions before their goals, completions before the goals they judge, versions of a plan before the plan.
const stagesBack: readonly ((db: Db, of: TakenBack) => Promise<string[]>)[] = [
  ...[takeBackFollowUps, takeBackEndings, takeBackCompletions, takeBackPauses, takeBackEntries, takeBackAppointments],
  ...[takeBackContacts, takeBackAgreements, takeBackActions, takeBackGoals, takeBackAssessments],
]
