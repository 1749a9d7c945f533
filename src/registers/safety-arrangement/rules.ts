import { dayOf, type Holidays, isBefore, isWorkingDay, momentAt } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'

/** One of the six points: what to do, and how. */
export type Point = Readonly<{ point: string; how: string }>

/** What an area arranged for the moment in which somebody may come to harm. */
export type Arrangement = Readonly<{
  points: readonly Point[]
  /** Between these times of a working day somebody reads an alert. */
  readFrom: string
  readUntil: string
  /** After so many minutes without an answer the next one is told: where somebody has to act now, and otherwise. */
  minutesNow: number
  minutesOtherwise: number
  /** What staff do when nobody reads an alert. */
  outOfHours: string
  /** Who reads what people answer by themselves; without them the question about self-harm is not asked there. */
  cover: string | null
}>

/**
 * What holds until an area says otherwise: our own plain wording of the six points that services for people seeking work
 * agree on. It asks and acts; it never scores (NICE guideline NG225).
 */
export const usualArrangement: Arrangement = {
  points: [
    {
      point: 'Take it seriously',
      how: 'Stay calm, listen, and say that you are glad they told you. Never promise to keep it to yourself.',
    },
    {
      point: 'Ask',
      how: 'What are they thinking of, when, and do they have what they would need? Asking does not put the idea there.',
    },
    {
      point: 'Get somebody with you',
      how: 'Wave or message a colleague or the duty lead while you stay with the person or on the line.',
    },
    {
      point: 'Call for help',
      how: 'If there is danger now, call 999. Otherwise the GP, the crisis team, or NHS 111 option 2, with the person if you can.',
    },
    { point: 'Write it down', how: 'Their words, what you did, who you told and when. Do it today.' },
    {
      point: 'Look after yourself',
      how: 'Talk it through with the duty lead before you go home. Take the time you need.',
    },
  ],
  readFrom: '09:00',
  readUntil: '17:00',
  minutesNow: 15,
  minutesOtherwise: 60,
  outOfHours:
    'Nobody on duty reads alerts now. If there is danger, call 999. Otherwise call NHS 111 and choose option 2, with the person if you can. Write down what you did: the duty lead reads it first thing on the next working day.',
  cover: null,
}

/** One version of what an area arranged, from a day on. */
export type Version = Arrangement & Readonly<{ id: string; fromOn: Temporal.PlainDate; saidAt: Temporal.Instant }>

/** What holds on a day: of the versions that have begun the latest, of two for one day the later said. */
export function arrangementOn(versions: readonly Version[], on: Temporal.PlainDate): Arrangement {
  const begun = versions
    .filter(({ fromOn }) => !isBefore(on, fromOn))
    .toSorted(
      (one, other) =>
        Temporal.PlainDate.compare(one.fromOn, other.fromOn) ||
        Temporal.Instant.compare(one.saidAt, other.saidAt) ||
        one.id.localeCompare(other.id),
    )
  return begun.at(-1) ?? usualArrangement
}

type Hours = Pick<Arrangement, 'readFrom' | 'readUntil'>

/** The hours of a day in which somebody reads alerts; undefined on a day on which nobody does. */
function hoursOf({ readFrom, readUntil }: Hours, day: Temporal.PlainDate, holidays: Holidays) {
  return isWorkingDay(day, holidays) ? { from: momentAt(day, readFrom), until: momentAt(day, readUntil) } : undefined
}

const isEarlier = (one: Temporal.Instant, other: Temporal.Instant) => Temporal.Instant.compare(one, other) < 0

/** When an alert of this moment is read: at once within the hours, and otherwise when they begin again. */
export function readAt(hours: Hours, at: Temporal.Instant, holidays: Holidays): Temporal.Instant {
  const opened = hoursOf(hours, dayOf(at), holidays)
  if (opened && isEarlier(at, opened.from)) return opened.from
  if (opened && isEarlier(at, opened.until)) return at
  return openingAfter(hours, dayOf(at), holidays)
}

/** Whether somebody reads alerts at this moment. */
export function isRead(hours: Hours, at: Temporal.Instant, holidays: Holidays): boolean {
  return readAt(hours, at, holidays).equals(at)
}

/** When the hours begin on the first working day after a day. */
export function openingAfter(hours: Hours, day: Temporal.PlainDate, holidays: Holidays): Temporal.Instant {
  const next = day.add({ days: 1 })
  return hoursOf(hours, next, holidays)?.from ?? openingAfter(hours, next, holidays)
}

type Waiting = Readonly<{ at: Temporal.Instant; minutes: number; holidays: Holidays }>

/** The moment so many minutes on, counted only while somebody reads alerts. */
export function minutesOn(hours: Hours, { at, minutes, holidays }: Waiting): Temporal.Instant {
  const from = readAt(hours, at, holidays)
  const until = momentAt(dayOf(from), hours.readUntil)
  const there = from.add({ minutes })
  if (!isEarlier(until, there)) return there
  const left = minutes - Math.floor(from.until(until).total('minutes'))
  return minutesOn(hours, { at: openingAfter(hours, dayOf(from), holidays), minutes: left, holidays })
}

type Promised = Hours & Pick<Arrangement, 'minutesOtherwise'>

/** When somebody will have read what was answered: on a day, before or after a time. */
export type Reading = Readonly<{ day: Temporal.PlainDate; today: Temporal.PlainDate; time: string; before: boolean }>

/**
 * When somebody will have read it, so that a person can hold us to it. It is the day on which the next one is told at the
 * latest, so that it holds where the first one does not look in time.
 */
export function readingOf(arranged: Promised, at: Temporal.Instant, holidays: Holidays): Reading {
  const day = dayOf(minutesOn(arranged, { at, minutes: arranged.minutesOtherwise, holidays }))
  const before = day.equals(dayOf(at)) && isRead(arranged, at, holidays)
  return { day, today: dayOf(at), before, time: plain(before ? arranged.readUntil : arranged.readFrom) }
}

type Say = ((text: string, values: Readonly<Record<string, string>>) => string) &
  Readonly<{ dayInWords: (day: Temporal.PlainDate, today: Temporal.PlainDate) => string }>

/** "today, before 17:00", in the language of whoever reads it. */
export function readInWords(say: Say, { day, today, time, before }: Reading): string {
  const when = { day: say.dayInWords(day, today), time }
  return before ? say('{day}, before {time}', when) : say('{day}, after {time}', when)
}

const plain = (time: string) => time.replace(/^0/, '')

/** What is wrong with the hours in which alerts are read. */
export function hoursProblems({ readFrom, readUntil }: Hours): Problem[] {
  return readFrom < readUntil ? [] : [{ field: 'readUntil', message: 'Enter a time later than the one above' }]
}

/** Days on which somebody leads on duty in an organisation, and who steps in. */
export type Duty = Readonly<{
  id: string
  lead: string
  leadName: string
  deputy: string | null
  deputyName: string | null
  fromOn: Temporal.PlainDate
  untilOn: Temporal.PlainDate
}>

/** Who is on duty on a day: of several that were named the one who was named last. They come the newest first. */
export function dutyOn<Row extends Pick<Duty, 'fromOn' | 'untilOn'>>(
  duties: readonly Row[],
  on: Temporal.PlainDate,
): Row | undefined {
  return duties.find(({ fromOn, untilOn }) => !isBefore(on, fromOn) && isBefore(on, untilOn))
}

/** Whom an alert goes to on a day for which nobody is named. */
export const withoutLead =
  'Until somebody is named, every senior coach counts as duty lead and is told of an alert at once; where there is none, the service manager is.'

/** Roles that may lead on duty or step in. */
export const dutyRoles = ['senior-coach', 'service-manager', 'clinician', 'coach'] as const

type Naming = Readonly<{
  lead: string
  deputy: string | null
  fromOn: Temporal.PlainDate
  /** The last day. */
  lastOn: Temporal.PlainDate
}>

/** What stands in the way of naming somebody for duty. */
export function dutyProblems({ lead, deputy, fromOn, lastOn }: Naming, today: Temporal.PlainDate): Problem[] {
  const said = [
    lead === deputy && { field: 'deputy', message: 'Choose somebody else to step in' },
    isBefore(lastOn, fromOn) && { field: 'last', message: 'The last day must not be before the first' },
    isBefore(lastOn, today) && { field: 'last', message: 'The last day must be today or later' },
    !isBefore(lastOn, fromOn) &&
      fromOn.until(lastOn).days > 92 && { field: 'last', message: 'Name somebody for three months at most' },
  ]
  return said.filter((problem) => problem !== false)
}
