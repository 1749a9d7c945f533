import { newId } from '#platform/ids.ts'
import { dayOf } from '#platform/dates.ts'
import { limitFor } from '#journey/agreement/rules.ts'
import { saveAgreement } from '#journey/agreement/store.ts'
import { saveResult } from '#journey/appointment/store.ts'
import { followUpDays } from '#journey/completion/rules.ts'
import { saveCompletion } from '#journey/completion/store.ts'
import { recordStep } from '#journey/episode/store.ts'
import { addGoal } from '#journey/goal/store.ts'
import { savePlan } from '#journey/plan/store.ts'
import type { TestApp } from '#test/app.ts'

/** Words of a plan and of appointments that would give somebody away. */
export const wordsInside = /Quentin|drinks|Cedar|mood|hoped/

type Spell = Readonly<{ episode: string }>

const on = ({ cast }: TestApp) => ({ area: 'north', by: cast.coach.membership })

/** A plan of two goals was agreed, one of them to be reached by a day. */
export async function aPlanFor(app: TestApp, { episode }: Spell): Promise<readonly string[]> {
  const [id, at, goals] = [newId(), app.clock.now, [newId(), newId()]]
  const words = ['Quentin drinks less', 'Back at Cedar House three days a week']
  const agreed = goals.map((goal, place) => ({
    ...{ id: goal, words: words[place] ?? '', target: place === 0 ? '2026-06-01' : null, actions: [] },
  }))
  const type = 'return-to-work' as const
  const said = { content: { type, target: null, goals: agreed }, agreed_on: dayOf(at), how: 'telephone' } as const
  const step = { kind: 'plan-agreed', planType: type, limitOn: limitFor(dayOf(at), 12) } as const
  const head = { type, review_on: dayOf(at).add({ weeks: 4 }), target_on: null, seen: 0, at } as const
  await app.inArea('north', async (db) => {
    await savePlan(db, { ...on(app), ...head, episode })
    for (const { id: goal, words: written, target } of agreed) {
      const target_on = target === null ? null : Temporal.PlainDate.from(target)
      await addGoal(db, { ...on(app), id: goal, episode, words: written, whose: 'person', target_on, at })
    }
    await saveAgreement(db, { ...on(app), id, episode, number: 1, ...said, at })
    await recordStep(db, { ...on(app), episode, step, at, factRow: id })
  })
  return goals
}

/** An appointment of half an hour, and what became of it. */
export async function anAppointmentFor(
  app: TestApp,
  { episode }: Spell,
  became: 'attended' | 'missed' | 'cancelled' | null,
): Promise<string> {
  const [id, { now }] = [newId(), app.clock]
  const begins = became === null ? now.add({ hours: 24 * 7 }) : now
  await app.owner.query(
    `insert into appointment.appointment (area, id, chain, episode, member, purpose, mode, place, starts_at, ends_at,
        interpreter, note, told_by, booked_at, booked_by)
      values ('north', $1, $1, $2, $3, 'review', 'in-person', 'Cedar House', $4, $5, 'none', 'Low mood', 'telephone', $6, $3)`,
    [id, episode, on(app).by, begins.toString(), begins.add({ minutes: 30 }).toString(), now.toString()],
  )
  const who = became === 'attended' ? null : 'person'
  const none = { reason: null, late_minutes: null, interpreter_came: null, note: null }
  if (became !== null)
    await app.inArea('north', (db) =>
      saveResult(db, { ...on(app), id: newId(), appointment: id, kind: became, who, ...none, at: now }),
    )
  return id
}

/** The plan was completed with its first goal met and no other. */
export async function aCompletionFor(app: TestApp, { episode }: Spell, goals: readonly string[]): Promise<void> {
  const [id, at] = [newId(), app.clock.now]
  const completed_on = dayOf(at)
  await app.inArea('north', async (db) => {
    const moved = { kind: 'completed', ...followUpDays(completed_on) } as const
    const step = await recordStep(db, { ...on(app), episode, step: moved, at, factRow: id })
    const work = { work_status: 'employed', off_sick: false, hours: 30, work_ability: 7 } as const
    const row = { ...work, completed_on, no_outcome: null, no_outcome_note: null, next: 'Go on as hoped' }
    const results = goals.map((goal, place) => ({
      ...{ goal, person_words: null, coach_words: null },
      result: place === 0 ? ('met' as const) : ('not-met' as const),
    }))
    const completion = { ...row, ...on(app), id, episode, recorded_at: at, step }
    await saveCompletion(db, completion, { goals: results, outcomes: ['same-job'] })
  })
}
