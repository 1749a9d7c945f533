import { dayOf } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import { bookAppointment, type NewResult, saveResult } from '#journey/appointment/store.ts'
import { saveCompletion } from '#journey/completion/store.ts'
import { saveContact } from '#journey/contact/store.ts'
import { type Answers, saveFollowUp } from '#journey/follow-up/store.ts'
import type { Outcome } from '#journey/completion/rules.ts'
import type { Result } from '#journey/contact/rules.ts'
import type { Mode } from '#journey/invitation/rules.ts'
import { saveAnswer } from '#registers/questionnaires/store.ts'
import type { TestApp } from '#test/app.ts'
import type { Standing } from './episode.ts'

/** Somebody was tried by telephone, and this came of it. */
export async function aContact(app: TestApp, { coach, episode }: Standing, result: Result): Promise<string> {
  const { area, membership: by } = coach
  const id = newId()
  const at = { happened_at: app.clock.now, recorded_at: app.clock.now }
  const next = { next_what: null, next_on: null, next_way: null, next_time: null }
  const contact = {
    ...at,
    ...next,
    area,
    id,
    episode,
    by,
    way: 'mobile',
    result,
    note: null,
    why_this_way: null,
  } as const
  await app.inArea(area, (db) => saveContact(db, contact))
  return id
}

type Became = Pick<NewResult, 'kind' | 'who' | 'reason'>

/** An appointment began so many hours from now, and this became of it, if anybody wrote it down. */
export async function aMeeting(
  app: TestApp,
  { coach, episode }: Standing,
  { hours, mode = 'phone', became }: Readonly<{ hours: number; mode?: Mode; became?: Became }>,
): Promise<string> {
  const { area, membership } = coach
  const id = newId()
  const startsAt = app.clock.now.add({ hours })
  const times = { startsAt, endsAt: startsAt.add({ minutes: 45 }) }
  const texts = { place: null, access_considered: null, note: null, told_by: 'staff', moved_from: null }
  const booked = { booked_at: app.clock.now, booked_by: membership, member: membership }
  const booking = { ...times, ...texts, ...booked, area, id, chain: id, episode, mode } as const
  await app.inArea(area, async (db) => {
    await bookAppointment(db, { ...booking, purpose: 'first', interpreter: 'none' })
    const rest = { late_minutes: null, interpreter_came: null, note: null, at: startsAt, by: membership }
    if (became) await saveResult(db, { ...became, ...rest, area, id: newId(), appointment: id })
  })
  return id
}

/** What somebody left with when they completed: these outcomes, or a reason why there were none. */
export async function aCompletion(
  app: TestApp,
  { coach, episode }: Standing,
  outcomes: readonly Outcome[],
  work: Readonly<{ work_status: 'employed' | 'unemployed'; off_sick?: boolean }> = { work_status: 'employed' },
): Promise<void> {
  const { area, membership: by } = coach
  const at = app.clock.now
  const none = outcomes.length === 0 ? ('health' as const) : null
  const rest = { no_outcome: none, no_outcome_note: null, hours: null, work_ability: null, next: 'Go on' }
  const row = { ...rest, ...work, off_sick: work.off_sick ?? false, completed_on: dayOf(at), recorded_at: at, by }
  await app.inArea(area, (db) =>
    saveCompletion(db, { ...row, area, id: newId(), episode, step: newId() }, { goals: [], outcomes: [...outcomes] }),
  )
}

const unsaid = { same_employer: null, hours: null, health: null, adjustments: null, said: null } as const

/** Somebody was asked again after so many weeks. */
export async function aFollowUp(
  app: TestApp,
  { coach, episode }: Standing,
  weeks: 13 | 26,
  heard: Partial<Answers> & Pick<Answers, 'result'>,
): Promise<void> {
  const { area, membership: by } = coach
  const at = app.clock.now
  const counted = { in_work: null, weeks_of_7_hours: null, weeks_of_16_hours: null }
  const answers: Answers = { ...unsaid, ...counted, heard_on: dayOf(at), ...heard }
  await app.inArea(area, (db) =>
    saveFollowUp(db, { ...answers, area, id: newId(), episode, weeks, recorded_at: at, by, step: newId() }),
  )
}

/** Somebody answered one question of an instrument. */
export async function anAnswer(
  app: TestApp,
  { coach, episode, person }: Standing,
  instrument: 'work-ability' | 'long-lasting-condition',
  chosen: Readonly<Record<string, string>>,
): Promise<void> {
  const { area, membership: recordedBy } = coach
  const reading = { score: null, band: null, missing: 0, alert: false }
  await app.inArea(area, (db) =>
    saveAnswer(db, {
      ...{ area, form: newId(), person, askedFor: episode, instrument, version: 1, chosen, reading },
      ...{ at: app.clock.now, answeredBy: 'staff', recordedBy },
    }),
  )
}
