import { newId } from '#platform/ids.ts'
import type { Owner, Result } from '#journey/action/rules.ts'
import { addAction, saveResult } from '#journey/action/store.ts'
import { limitFor } from '#journey/agreement/rules.ts'
import { saveAgreement } from '#journey/agreement/store.ts'
import { followUpDays } from '#journey/completion/rules.ts'
import { saveCompletion } from '#journey/completion/store.ts'
import type { Answers, BarrierCode } from '#journey/assessment/rules.ts'
import { finishAssessment, saveAssessment } from '#journey/assessment/store.ts'
import { saveAnswer } from '#registers/questionnaires/store.ts'
import type { Step } from '#journey/episode/rules.ts'
import { recordStep } from '#journey/episode/store.ts'
import { addGoal } from '#journey/goal/store.ts'
import { contentOf } from '#journey/plan/rules.ts'
import { savePhasedReturn } from '#journey/phased-return/store.ts'
import { findPlan, savePlan } from '#journey/plan/store.ts'
import { dayOf } from '#platform/dates.ts'
import type { PlanType } from '#registers/areas/rules.ts'
import { registerPerson } from '#registers/people/store.ts'
import { recordPermission } from '#registers/permissions/store.ts'
import type { TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'

export type Spell = Readonly<{ person: string; episode: string; coach: Member }>

type About = Readonly<{
  /** Whose participant it is. */
  coach?: Member
  /** An earlier spell of the same person. */
  person?: string
  takesPart?: boolean
}>

/** A spell of support of somebody who was accepted and has a coach, but was not assessed. */
export async function anAcceptedEpisode(app: TestApp, about: About = {}): Promise<Spell> {
  const coach = about.coach ?? app.cast.coach
  const { area, organisation, membership: by } = coach
  const at = app.clock.now
  const episode = newId()
  const person = about.person ?? (await aNewcomer(app, coach))
  const firstTryBy = dayOf(at).add({ days: 2 })
  const received = { kind: 'received', route: 'gp', provider: organisation, firstTryBy } as const
  const step = { ...received, firstAppointmentBy: dayOf(at).add({ days: 14 }) }
  const answer = { switch: 'take-part', given: about.takesPart ?? true, how: 'telephone', wordingVersion: 1 } as const
  await app.inArea(area, async (db) => {
    await recordPermission(db, { ...answer, area, person, lawfulBasis: 'public-task', by, at })
    await recordStep(db, { area, episode, person, step, at, by })
  })
  await take(app, { coach, episode }, [{ kind: 'accepted' }, { kind: 'allocated', coach: by }])
  return { person, episode, coach }
}

async function aNewcomer(app: TestApp, { area, organisation }: Member): Promise<string> {
  const newcomer = {
    ...{ givenName: 'Robin', familyName: 'Marsh', bornOn: Temporal.PlainDate.from('1981-03-14') },
    means: [{ kind: 'mobile', value: '07700 900461' }],
  } as const
  return app.inArea(area, (db) =>
    registerPerson(db, { area, newcomer, holder: organisation, at: app.clock.now, givenBy: 'person' }),
  )
}

/** The same, after the first conversation. */
export async function anAssessedEpisode(app: TestApp, about: About = {}): Promise<Spell> {
  const spell = await anAcceptedEpisode(app, about)
  await take(app, spell, [{ kind: 'assessed' }])
  return spell
}

type AboutPlan = About & Readonly<{ type?: PlanType; goals?: readonly string[]; due?: string; owner?: Owner }>

/** Somebody with a plan that was written down and not yet agreed: each goal has one action. */
export async function aDraftedPlan(app: TestApp, about: AboutPlan = {}) {
  const spell = await anAssessedEpisode(app, about)
  const { area, membership: by } = spell.coach
  const at = app.clock.now
  const today = dayOf(at)
  const goals = (about.goals ?? ['I want to be back at my desk three days a week']).map((words) => ({
    ...{ id: newId(), action: newId(), words },
  }))
  await app.inArea(area, async (db) => {
    const type = about.type ?? 'return-to-work'
    const head = { type, review_on: today.add({ weeks: 4 }), target_on: null }
    await savePlan(db, { ...head, area, episode: spell.episode, seen: 0, at, by })
    for (const { id, words, action } of goals) {
      await addGoal(db, { area, id, episode: spell.episode, words, whose: 'person', target_on: null, at, by })
      const given = {
        what: 'Ask for a phased return',
        barrier: null,
        obstacle: null,
        owner: about.owner ?? 'participant',
      }
      const due_on = about.due === undefined ? today.add({ weeks: 2 }) : Temporal.PlainDate.from(about.due)
      await addAction(db, { ...given, area, id: action, goal: id, due_on, at, by })
    }
  })
  return { ...spell, goals }
}

/** Somebody whose plan is agreed. */
export async function anAgreedPlan(app: TestApp, about: AboutPlan = {}) {
  const spell = await aDraftedPlan(app, about)
  const { area, membership: by } = spell.coach
  const { episode } = spell
  const id = newId()
  const at = app.clock.now
  await app.inArea(area, async (db) => {
    const { plan, goals } = await findPlan(db, area, episode)
    if (!plan) throw new Error('The plan was not drafted')
    const content = contentOf(plan, goals)
    await saveAgreement(db, { area, id, episode, number: 1, content, agreed_on: dayOf(at), how: 'telephone', at, by })
    const step = { kind: 'plan-agreed', planType: plan.type, limitOn: limitFor(dayOf(at), 12) } as const
    await recordStep(db, { area, episode, step, at, by, factRow: id })
  })
  return spell
}

/** Two weeks of going back to work were laid out with them, with what they earn: what each week pays is a guide. */
export async function aPhasedReturn(app: TestApp, { coach, episode }: Omit<Spell, 'person'>): Promise<void> {
  const { area, membership: by } = coach
  const day = (text: string) => Temporal.PlainDate.from(text)
  const weeks = [
    { days: [1, 3], hours: 4, duties: 'Phones only', review: true },
    { days: [1, 2, 3, 4], hours: 7.5, duties: null, review: false },
  ]
  const job = { days: [1, 2, 3, 4, 5], hours: 37.5, weeklyPay: 41_250, offSince: day('2026-04-06') }
  const laid = { id: newId(), number: 1, ...job, beginsOn: day('2026-05-04'), weeks }
  await app.inArea(area, (db) => savePhasedReturn(db, { ...laid, area, episode, by, at: app.clock.now, seen: 0 }))
}

/** Somebody who completed their plan today: every goal met, back in the same job. */
export async function aCompletedPlan(app: TestApp, about: AboutPlan = {}) {
  const spell = await anAgreedPlan(app, about)
  const { area, membership: by } = spell.coach
  const { episode } = spell
  const id = newId()
  const at = app.clock.now
  const completed_on = dayOf(at)
  await app.inArea(area, async (db) => {
    const moved = { kind: 'completed', ...followUpDays(completed_on) } as const
    const step = await recordStep(db, { area, episode, step: moved, at, by, factRow: id })
    const work = { work_status: 'employed', off_sick: false, hours: 30, work_ability: 7 } as const
    const row = { ...work, completed_on, no_outcome: null, no_outcome_note: null, next: 'Go on with the new hours' }
    const goals = spell.goals.map(
      ({ id: goal }) => ({ goal, result: 'met', person_words: null, coach_words: null }) as const,
    )
    await saveCompletion(
      db,
      { ...row, area, id, episode, recorded_at: at, by, step },
      { goals, outcomes: ['same-job'] },
    )
  })
  return { ...spell, completion: id }
}

/** Somebody has looked at an action, and this came of it. */
export async function aResult(app: TestApp, coach: Member, action: string, result: Result): Promise<void> {
  const { area, membership: by } = coach
  const seen = { at: app.clock.now, by, result_on: dayOf(app.clock.now), note: null }
  await app.inArea(area, (db) => saveResult(db, { ...seen, area, id: newId(), action, result }))
}

/** The first conversation of this spell was held: these barriers stand in the way, and work stood like this. */
export async function aConversation(
  app: TestApp,
  { coach, episode, person }: Spell,
  about: Readonly<{ barriers?: readonly BarrierCode[]; workAbility?: string }> = {},
): Promise<void> {
  const { area, membership: by } = coach
  const at = app.clock.now
  const id = newId()
  const marked = (about.barriers ?? []).map((code, index) => ({ code, severity: 7, main: index === 0 }))
  const answers: Answers = {
    ...({ employment_status: 'employed', on_sick_absence: 'yes' } as const),
    ...{ absent_since: null, contracted_hours: 37, hours_now: 0 },
    ...{ occupation: null, sector: null, employer_size: null, oh_access: null, weeks_out_of_work: null },
    ...{ job_risks: [], benefits: [], health: [], words: {} },
  }
  await app.inArea(area, async (db) => {
    await saveAssessment(db, { area, id, episode, person, answers, marked, seen: 0, at, by })
    await finishAssessment(db, { area, id, at, by })
  })
  if (about.workAbility !== undefined) await aWorkAbility(app, { coach, episode, person }, about.workAbility)
}

/** Somebody rated their ability to work from 0 to 10. */
export async function aWorkAbility(app: TestApp, { coach, episode, person }: Spell, today: string): Promise<void> {
  await app.inArea(coach.area, (db) =>
    saveAnswer(db, {
      ...{ area: coach.area, form: newId(), person, askedFor: episode, instrument: 'work-ability', version: 1 },
      ...{ chosen: { today }, reading: { score: null, band: null, missing: 0, alert: false } },
      ...{ at: app.clock.now, answeredBy: 'staff', recordedBy: coach.membership },
    }),
  )
}

/** Moves an episode by steps whose own rows a test does not look at. */
export async function take(app: TestApp, spell: Pick<Spell, 'coach' | 'episode'>, steps: readonly Step[]) {
  const { area, membership: by } = spell.coach
  await app.inArea(area, async (db) => {
    for (const step of steps) {
      await recordStep(db, { area, episode: spell.episode, step, at: app.clock.now, by })
    }
  })
}
