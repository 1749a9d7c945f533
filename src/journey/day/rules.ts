import { dayOf, isBefore } from '#platform/dates.ts'
import type { AreaSettings } from '#registers/areas/rules.ts'
import { type DayLine, type DayReason, dayReasons } from '#journey/day/reasons/rules.ts'
import { dueWords } from '#journey/due/rules.ts'
import type { Answer } from '#journey/plan-offer/rules.ts'
import { isLeaving, mayTake, type Standing } from '#journey/episode/rules.ts'

/** How many days before its week limit an episode is shown as near it. */
const nearLimitDays = 14

type Seen = Pick<
  Standing,
  'stage' | 'next_due_on' | 'next_due_what' | 'last_contact_at' | 'limit_on' | 'follow_up_13_on' | 'follow_up_26_on'
> &
  Readonly<{
    /** The day on which they died, where they have. */
    died_on?: Temporal.PlainDate | null
    /** The day on which the plan was to be looked at together, where it has come. */
    reviewOn?: Temporal.PlainDate | undefined
    /** The day on which what they need to take part was to be asked again, where it has come. */
    needsOn?: Temporal.PlainDate | undefined
    /** The day on which their last fit note ends or ended, where nobody has found out what follows. */
    noteEndsOn?: Temporal.PlainDate | undefined
    /** Since when a message that was left or sent waits for an answer. */
    unansweredSince?: Temporal.Instant | undefined
    /** Since when the person waits for an answer to what they wrote. */
    wroteSince?: Temporal.Instant | undefined
    /** Since when nobody has seen that they said of something that it did not work. */
    triedSince?: Temporal.Instant | undefined
    /** Since when nobody has read that they do not want the team to talk about them. */
    objectedSince?: Temporal.Instant | undefined
    /** Since when an answer is waited for that a message of ours asked for. */
    askedSince?: Temporal.Instant | undefined
  }>
type Today = Readonly<{
  today: Temporal.PlainDate
  settings: Pick<AreaSettings, 'goingQuietDays'>
  day: (moment: Temporal.Instant) => Temporal.PlainDate
}>

/** Every reason for which somebody stands on the day, most pressing first; none when nothing has to be done. */
export function reasonsToday(standing: Seen, now: Today): DayLine[] {
  if (standing.died_on) return [...diedLines(standing), ...followUpLines(standing, now)]
  const leaving = isLeaving(standing)
  const lines = leaving
    ? [wroteLine(standing, now), dueLine({ ...standing, stage: 'accepted' }, now)]
    : [
        wroteLine(standing, now),
        triedLine(standing, now),
        objectedLine(standing, now),
        askedLine(standing, now),
        dueLine(standing, now),
        ...followUpLines(standing, now),
        noteLine(standing, now),
        reviewLine(standing),
        needsLine(standing),
        limitLine(standing, now),
        quietLine(standing, now),
        replyLine(standing, now),
      ]
  return lines.filter((line): line is DayLine => line !== undefined)
}

// Of somebody who has died nothing else may be written down while support is open: every other page refuses.
function diedLines({ died_on: on = null, stage }: Seen): DayLine[] {
  const because = 'Nothing goes out to them any more, and support is still open'
  return mayTake('ended', stage) ? [{ reason: 'died', because, on }] : []
}

function dueLine({ next_due_on: on, next_due_what: what, stage }: Seen, { today }: Today): DayLine | undefined {
  if (!on || isBefore(today, on)) return undefined
  const because = dueWords[what ?? ''] ?? what ?? 'Contact'
  const due = what === null ? {} : { due: what }
  if (stage === 'waiting' && what !== 'appointment') return { reason: 'waiting', because, on, ...due }
  return { reason: isBefore(on, today) ? 'overdue' : 'today', because, on, ...due }
}

function followUpLines({ stage, follow_up_13_on, follow_up_26_on }: Seen, { today }: Today): DayLine[] {
  if (stage !== 'aftercare') return []
  const both = [[13, follow_up_13_on] as const, [26, follow_up_26_on] as const]
  const due = both.find(([, on]) => on && !isBefore(today, on))
  return due ? [{ reason: 'follow-up', because: `${due[0]} weeks after support ended`, on: due[1] }] : []
}

// While somebody waits on others the clock of the weeks stands; their limit moves when they go on.
function limitLine({ limit_on: on, stage }: Seen, { today }: Today): DayLine | undefined {
  if (!on || stage === 'aftercare' || stage === 'waiting' || isBefore(today.add({ days: nearLimitDays }), on))
    return undefined
  return {
    reason: 'limit',
    because: isBefore(on, today) ? 'The weeks agreed here are over' : 'The weeks agreed here are nearly over',
    on,
  }
}

const keptInTouch: readonly string[] = ['assessed', 'plan-agreed', 'active']

function quietLine({ stage, last_contact_at: at }: Seen, { today, settings, day }: Today): DayLine | undefined {
  if (!at || !keptInTouch.includes(stage)) return undefined
  const days = day(at).until(today).days
  return days >= settings.goingQuietDays
    ? { reason: 'quiet', because: `No contact for ${days === 1 ? '1 day' : `${days} days`}`, on: day(at) }
    : undefined
}

const withUs: readonly string[] = ['trying', 'booked', ...keptInTouch]

function replyLine(
  { stage, unansweredSince: since, last_contact_at: spoken }: Seen,
  { day }: Today,
): DayLine | undefined {
  if (since && withUs.includes(stage))
    return { reason: 'reply', because: 'A message waits for an answer', on: day(since) }
  return stage === 'trying' && !spoken
    ? { reason: 'reply', because: 'Tried, and not spoken to yet', on: null }
    : undefined
}

function wroteLine({ wroteSince: since }: Seen, { day }: Today): DayLine | undefined {
  return since && { reason: 'wrote', because: 'Waits for an answer to a message', on: day(since) }
}

function triedLine({ triedSince: since }: Seen, { day }: Today): DayLine | undefined {
  return since && { reason: 'tried', because: 'Said that something of the plan did not work', on: day(since) }
}

function objectedLine({ objectedSince: since }: Seen, { day }: Today): DayLine | undefined {
  return since && { reason: 'objected', because: 'Does not want the team to talk about it', on: day(since) }
}

function askedLine({ askedSince: since }: Seen, { day }: Today): DayLine | undefined {
  return since && { reason: 'reply', because: 'You asked for an answer', on: day(since), due: 'message' }
}

function noteLine({ stage, noteEndsOn: on }: Seen, { today }: Today): DayLine | undefined {
  if (!on || stage === 'aftercare') return undefined
  return {
    reason: 'note',
    because: isBefore(on, today) ? 'Their fit note has ended' : 'Their fit note is about to end',
    on,
  }
}

function reviewLine({ stage, reviewOn: on }: Seen): DayLine | undefined {
  return on && keptInTouch.includes(stage) && stage !== 'assessed'
    ? { reason: 'review', because: 'The plan is due to be looked at together', on }
    : undefined
}

// The sixth step of the Accessible Information Standard (DAPB1605).
function needsLine({ needsOn: on }: Seen): DayLine | undefined {
  return on && { reason: 'needs', because: 'Twelve months have passed since they were asked', on }
}

/** What somebody said themselves of the plan they were sent. */
export function planLines(
  said: Readonly<{ episode: string; at: Temporal.Instant; answer: Answer }> | undefined,
): DayLine[] {
  const because = said?.answer === 'talk' ? 'Wants to talk about the plan first' : 'Agreed the plan and wrote to you'
  return said ? [{ reason: 'plan', because, on: dayOf(said.at), at: `/episodes/${said.episode}/plan` }] : []
}

/** The day on which the limit asks: a review that lets support carry on moves it. */
export function laterDay(
  limit: Temporal.PlainDate | null,
  until: Temporal.PlainDate | undefined,
): Temporal.PlainDate | null {
  return limit && until && isBefore(limit, until) ? until : limit
}

/**
 * Leaves out what another line says already: that an appointment is due where it is over and only its result is missing, and
 * everything but an open concern where somebody has died and their support is to be ended.
 */
export function withoutTwice(lines: readonly DayLine[]): readonly DayLine[] {
  const has = (sought: DayReason) => lines.some(({ reason }) => reason === sought)
  if (has('died')) return lines.filter(({ reason }) => reason === 'died' || reason === 'safety')
  return has('result') ? lines.filter(({ due }) => due !== 'appointment') : lines
}

const pressing = Object.keys(dayReasons)

/** Puts the most pressing first, and within the same reason what is due longest. */
export function byPressure<Line extends DayLine>(lines: readonly Line[]): Line[] {
  return lines.toSorted((one, other) => {
    const reason = pressing.indexOf(one.reason) - pressing.indexOf(other.reason)
    return reason !== 0 ? reason : (one.on?.toString() ?? '').localeCompare(other.on?.toString() ?? '')
  })
}

/** How many of the lines stand for each reason. */
export function countsByReason(lines: readonly DayLine[]): [DayReason, number][] {
  const counts = Map.groupBy(lines, ({ reason }) => reason)
  // Checked: the keys of the list are its codes.
  return (pressing as DayReason[]).map((reason) => [reason, counts.get(reason)?.length ?? 0])
}

/** A person with every reason that one act clears, the most pressing first. */
export type Joined<Line> = Readonly<{ first: Line; others: readonly Line[] }>

/** Puts what one act clears for one person on one line, where the most pressing of its reasons would stand. */
export function joined<Line extends DayLine & Readonly<{ href: string }>>(lines: readonly Line[]): Joined<Line>[] {
  return [...Map.groupBy(lines, ({ href }) => href).values()].flatMap(([first, ...others]) =>
    first ? [{ first, others }] : [],
  )
}

/** Every reason for which a person is on one line. */
export function reasonsOf<Line extends DayLine>({ first, others }: Joined<Line>): DayReason[] {
  return [...new Set([first, ...others].map(({ reason }) => reason))]
}

/** Every thing that brings a person on one line, each said once, with how often where it is more than once. */
export function saidOnce<Line extends DayLine>({ first, others }: Joined<Line>): string {
  const times = Map.groupBy([first, ...others], ({ because }) => because)
  return [...times].map(([because, { length }]) => (length === 1 ? because : `${because} (${length} times)`)).join('. ')
}
