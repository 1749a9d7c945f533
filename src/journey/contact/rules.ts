import {
  addWorkingDays,
  dayInWords,
  dayOf,
  type Holidays,
  isBefore,
  momentAt,
  workingDaysBetween,
} from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import type { AreaSettings } from '#registers/areas/rules.ts'
import { problemsWithWay, type Reaching, stateOfWay, type Way, ways } from '#journey/reaching/rules.ts'
import { isLeaving, mayTake, open, type Stage, type Standing, type StepKind } from '#journey/episode/rules.ts'

/** What came of a try; `spoken` where the person answered. */
export const results = {
  reached: { label: 'We spoke or they wrote back', spoken: true },
  'no-answer': { label: 'No answer', spoken: false },
  'message-left': { label: 'Message left or sent', spoken: false },
  'wrong-number': { label: 'Wrong number or address', spoken: false },
  'call-back': { label: 'Asked us to call back', spoken: true },
  declined: { label: 'Does not want support', spoken: true },
} as const

export type Result = keyof typeof results

/** What is to be done next, as the episode keeps it. */
export const dueWhat = {
  contact: { label: 'Contact' },
  'call-back': { label: 'Call back' },
  booking: { label: 'Book an appointment' },
  decline: { label: 'Decide what follows a no' },
  appointment: { label: 'Appointment' },
  check: { label: 'Check what is waited for' },
  leaving: { label: 'End support' },
} as const

export type DueWhat = keyof typeof dueWhat

/** Why a logged contact is taken back. */
export const withdrawalReasons = {
  mistake: { label: 'Logged by mistake' },
  'wrong-person': { label: 'Logged on the wrong person' },
  'wrong-details': { label: 'Something in it was wrong' },
} as const

/** A contact as it was given. */
export type GivenContact = Readonly<{
  way: Way
  why: string | null
  result: Result
  'why-message': string | null
  'call-back': Temporal.PlainDate | null
  'call-back-time': string | null
  on: Temporal.PlainDate | null
  time: string | null
  next: Temporal.PlainDate | null
}>

/** When it happened: now, unless a day or a time was given. */
export function happenedAt(
  { on, time }: Pick<GivenContact, 'on' | 'time'>,
  now: Temporal.Instant,
  today: Temporal.PlainDate,
): Temporal.Instant {
  return on || time ? momentAt(on ?? today, time ?? '12:00') : now
}

type Against = Readonly<{
  at: Temporal.Instant
  now: Temporal.Instant
  today: Temporal.PlainDate
  receivedAt: Temporal.Instant
  reaching: Reaching
}>

/** What is wrong with a contact as it was given, if anything. */
export function problemsWith(given: GivenContact, { at, now, today, receivedAt, reaching }: Against): Problem[] {
  const { on, time, next, result, 'call-back': callBack } = given
  const gone = (day: Temporal.PlainDate | null) => day !== null && isBefore(day, today)
  const asked = result === 'call-back'
  const wrong = [
    on && !time && { field: 'time', message: 'Enter about what time it was' },
    asked && !callBack && { field: 'call-back', message: 'Enter the day they asked for' },
    asked && gone(callBack) && { field: 'call-back', message: 'Enter today or a day to come' },
    gone(next) && { field: 'next', message: 'Enter today or a day to come' },
  ]
  return [
    ...problemsWithWay({ ...given, leftMessage: result === 'message-left' }, reaching),
    ...problemsWithMoment(at, now, receivedAt),
    ...wrong.filter((problem): problem is Problem => typeof problem === 'object' && problem !== null),
  ]
}

/** What is wrong with when it happened: not to come, and not before the referral did. */
export function problemsWithMoment(
  at: Temporal.Instant,
  now: Temporal.Instant,
  receivedAt: Temporal.Instant,
): Problem[] {
  const problem = (message: string): Problem[] => [{ field: 'on', message }]
  if (Temporal.Instant.compare(at, now) > 0) return problem('Enter a day and time that have passed')
  return isBefore(dayOf(at), dayOf(receivedAt)) ? problem('This is before the referral came') : []
}

/** The steps that a contact takes where the episode stands; none means that it cannot be logged. */
export function stepsOf(result: Result, stage: Stage): readonly Extract<StepKind, 'tried' | 'reached'>[] {
  const { spoken } = results[result]
  return (['tried', 'reached'] as const).filter((kind) => (spoken || kind === 'tried') && mayTake(kind, stage))
}

/** Whether an answer is waited for at all: not while an appointment stands, others are waited for, or support is over. */
export const isAskedFor = (stage: Stage): boolean =>
  !['received', 'booked', 'waiting'].includes(stage) && open.includes(stage)

/** Whether contacts are logged at all while an episode stands here: from acceptance to the end of aftercare. */
export const mayLog = (stage: Stage): boolean => mayTake('reached', stage)

/** A try of the past, as it counts. */
export type Try = Readonly<{ way: Way; result: Result; happened_at: Temporal.Instant }>

/** The tries since the person was last spoken to. */
export function triesSinceReached<One extends Try>(tries: readonly One[]): One[] {
  const newestFirst = tries.toSorted((one, other) => Temporal.Instant.compare(other.happened_at, one.happened_at))
  const spoken = newestFirst.findIndex(({ result }) => results[result].spoken)
  return newestFirst.slice(0, spoken === -1 ? undefined : spoken)
}

/**
 * Whether a person may be considered unreachable: enough tries since they were last spoken to, in at least two
 * channels. Several tries in one channel on one day are one. It only ever opens a question that a person answers.
 */
export function mayBeUnreachable(
  tries: readonly Try[],
  { triesBeforeUnreachable }: Pick<AreaSettings, 'triesBeforeUnreachable'>,
): boolean {
  const counted = triesSinceReached(tries).map(({ way, happened_at }) => ({
    channel: ways[way].channel,
    day: dayOf(happened_at).toString(),
  }))
  const days = new Set(counted.map(({ channel, day }) => `${channel} ${day}`))
  return days.size >= triesBeforeUnreachable && new Set(counted.map(({ channel }) => channel)).size >= 2
}

/** The clock of the first try, in words, and whether it ran or runs late. */
export function firstTryInWords(
  { first_try_by: by, first_tried_at: at }: Pick<Standing, 'first_try_by' | 'first_tried_at'>,
  today: Temporal.PlainDate,
  holidays: Holidays,
): Readonly<{ words: string; late: boolean }> | undefined {
  if (by === null) return undefined
  const tried = at ? dayOf(at) : undefined
  const late = isBefore(by, tried ?? today)
  const away = Math.abs(workingDaysBetween(by, tried ?? today, holidays))
  const days = `${away} working ${away === 1 ? 'day' : 'days'}`
  if (tried) return { late, words: `First tried ${dayInWords(tried, today)}, ${late ? `${days} late` : 'in time'}` }
  const due = `First try due ${isBefore(today, by) ? 'by ' : ''}${dayInWords(by, today)}`
  return { late, words: late ? `${due}, ${days} late` : due }
}

export type Next = Readonly<{ what: DueWhat; on: Temporal.PlainDate; way: Way | null }>

/** What the next contact follows from: this one, those before it, where the episode stands and what is due on it. */
export type Proposing = Readonly<{
  result: Result
  way: Way
  happenedOn: Temporal.PlainDate
  callBackOn: Temporal.PlainDate | null
  standing: Pick<Standing, 'stage' | 'next_due_on' | 'next_due_what'>
  tries: readonly Try[]
  reaching: Reaching
  settings: Pick<AreaSettings, 'triesBeforeUnreachable' | 'firstAppointmentWorkingDays' | 'goingQuietDays'>
  holidays: Holidays
  today: Temporal.PlainDate
}>

/** The next contact that is proposed; the coach may set another. An appointment or a check that comes sooner stays due. */
export function proposeNext(asked: Proposing): Next {
  const { standing, today, holidays } = asked
  if (isLeaving(standing)) return { what: 'leaving', on: standing.next_due_on ?? today, way: null }
  const next = follows[asked.result](asked)
  const on = isBefore(next.on, today) ? addWorkingDays(today.subtract({ days: 1 }), 1, holidays) : next.on
  const { next_due_on: due, next_due_what: what } = standing
  const stays = (what === 'appointment' || what === 'check') && asked.result !== 'declined'
  return stays && due && !isBefore(due, today) && !isBefore(on, due) ? { what, on: due, way: null } : { ...next, on }
}

const follows: Readonly<Record<Result, (asked: Proposing) => Next>> = {
  reached: afterSpeaking,
  'no-answer': (asked) => tryAgain(asked, daysBetweenTries(asked.settings)),
  'message-left': (asked) => tryAgain(asked, daysBetweenTries(asked.settings)),
  'wrong-number': (asked) => tryAgain(asked, 1),
  'call-back': (asked) => ({ what: 'call-back', on: asked.callBackOn ?? asked.happenedOn, way: sameWay(asked) }),
  declined: ({ happenedOn, holidays }) => ({ what: 'decline', on: addWorkingDays(happenedOn, 1, holidays), way: null }),
}

// Nobody is booked yet: that comes next.
function afterSpeaking(asked: Proposing): Next {
  const { standing, happenedOn, settings, holidays } = asked
  const way = sameWay(asked)
  if (standing.stage === 'accepted' || standing.stage === 'trying')
    return { what: 'booking', on: addWorkingDays(happenedOn, 1, holidays), way }
  return { what: 'contact', on: nextInTouch(happenedOn, settings, holidays), way }
}

/** The way that worked, unless it was used for once though the person cannot or does not want to be reached by it. */
function sameWay(asked: Proposing): Way | null {
  const { way, reaching } = asked
  const state = stateOfWay(way, reaching)
  return state === 'fine' || state === 'unknown' ? way : anotherWay(asked)
}

/** The last working day before an area would say that a person is going quiet. */
export function nextInTouch(
  from: Temporal.PlainDate,
  { goingQuietDays }: Pick<AreaSettings, 'goingQuietDays'>,
  holidays: Holidays,
): Temporal.PlainDate {
  const soonest = addWorkingDays(from, 1, holidays)
  const before = addWorkingDays(from.add({ days: goingQuietDays }), -1, holidays)
  return isBefore(before, soonest) ? soonest : before
}

function tryAgain(asked: Proposing, days: number): Next {
  return { what: 'contact', on: addWorkingDays(asked.happenedOn, days, asked.holidays), way: anotherWay(asked) }
}

// The tries that an area asks for are spread over the days it allows until the first appointment.
function daysBetweenTries({ firstAppointmentWorkingDays, triesBeforeUnreachable }: Proposing['settings']): number {
  return Math.max(1, Math.floor(firstAppointmentWorkingDays / triesBeforeUnreachable))
}

function anotherWay({ way, result, tries, reaching }: Proposing): Way | null {
  const fine = (['mobile', 'text', 'email', 'telephone', 'letter'] as const).filter(
    (one) => stateOfWay(one, reaching) === 'fine',
  )
  const used = new Set<string>(triesSinceReached(tries).map((one) => ways[one.way].channel))
  const others = fine.filter((one) => ways[one].channel !== ways[way].channel)
  const fresh = others.find((one) => !used.has(ways[one].channel))
  return fresh ?? others[0] ?? fine.find((one) => one === way && result !== 'wrong-number') ?? null
}

/** Why no contact is logged while an episode stands here; undefined when it is. */
export function whyNotLogged(stage: Stage): string | undefined {
  if (mayLog(stage)) return undefined
  return stage === 'received'
    ? 'The referral has not been accepted yet. Contacts are logged from then on.'
    : 'This spell of support has ended. If the person comes back, a new referral begins another.'
}
