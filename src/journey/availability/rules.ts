import { clock, dayOf, isBefore, isWorkingDay, type Holidays, longDay, momentAt, startOfDay } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { modes, type Mode, type Times } from '#journey/invitation/rules.ts'

/** The days of the week, as they are counted. */
export const weekdays = {
  '1': { label: 'Monday' },
  '2': { label: 'Tuesday' },
  '3': { label: 'Wednesday' },
  '4': { label: 'Thursday' },
  '5': { label: 'Friday' },
  '6': { label: 'Saturday' },
  '7': { label: 'Sunday' },
} as const

export type Weekday = keyof typeof weekdays

/** How a single day differs from the usual hours. */
export const exceptionKinds = {
  away: { label: 'Cannot be met' },
  also: { label: 'Can be met besides the usual hours' },
} as const

export type ExceptionKind = keyof typeof exceptionKinds

/** What a subscribed calendar says of an appointment besides its time. */
export const calendarShows = {
  nothing: { label: 'Only “Appointment”' },
  initials: { label: 'The person’s initials' },
} as const

export type CalendarShows = keyof typeof calendarShows

/** A building where people are met. */
export type Venue = Readonly<{
  id: string
  name: string
  address: string
  access_note: string | null
  step_free: boolean
  until_on: Temporal.PlainDate | null
}>

/** The same hours on some days of the week, from a day and until another. */
export type Hours = Readonly<{
  member: string
  weekdays: readonly number[]
  starts: string
  ends: string
  modes: readonly Mode[]
  venue: string | null
  fromOn: Temporal.PlainDate
  untilOn: Temporal.PlainDate | null
}>

/** One day that differs: away where no times are given means all of it. */
export type Exception = Readonly<{
  member: string
  kind: ExceptionKind
  onDay: Temporal.PlainDate
  starts: string | null
  ends: string | null
  modes: readonly Mode[]
  venue: string | null
}>

/** A time in which somebody can be met, and how. */
export type Stretch = Times & Readonly<{ modes: readonly Mode[]; venue: string | null }>

type Kept = Readonly<{
  hours: readonly Hours[]
  exceptions: readonly Exception[]
  /** Whether they are away all day by an arranged absence. */
  isAbsent: boolean
  holidays: Holidays
}>

/**
 * When one member can be met on a day, and what is cut out of it. An absence takes everything; a bank holiday takes the
 * usual hours and leaves what was added for that very day.
 */
export function stretchesOn(day: Temporal.PlainDate, { hours, exceptions, isAbsent, holidays }: Kept) {
  const ofDay = exceptions.filter(({ onDay }) => onDay.equals(day))
  const isAway = ofDay.some(({ kind, starts }) => kind === 'away' && starts === null)
  if (isAbsent || isAway) return { stretches: [], away: [] }
  const usual = holidays.has(day.toString()) ? [] : hours.filter((one) => holdsOn(one, day))
  const also = ofDay.filter(({ kind }) => kind === 'also')
  const stretches = [...usual, ...also].flatMap((one) => stretchOf(day, one))
  const away = ofDay.flatMap(({ kind, starts, ends }) =>
    kind === 'away' && starts !== null && ends !== null
      ? [{ startsAt: momentAt(day, starts), endsAt: momentAt(day, ends) }]
      : [],
  )
  return { stretches: stretches.toSorted(byStart), away }
}

const byStart = (one: Times, other: Times) => Temporal.Instant.compare(one.startsAt, other.startsAt)

function holdsOn({ weekdays: on, fromOn, untilOn }: Hours, day: Temporal.PlainDate): boolean {
  return on.includes(day.dayOfWeek) && !isBefore(day, fromOn) && (untilOn === null || isBefore(day, untilOn))
}

type Between = Pick<Exception, 'starts' | 'ends' | 'modes' | 'venue'>

function stretchOf(day: Temporal.PlainDate, { starts, ends, modes: ways, venue }: Between): Stretch[] {
  if (starts === null || ends === null) return []
  return [{ startsAt: momentAt(day, starts), endsAt: momentAt(day, ends), modes: ways, venue }]
}

/** A time that is free, how somebody can be met in it, and where in person. */
export type FreeTime = Stretch

type Cutting = Readonly<{
  minutes: number
  gapMinutes: number
  /** Nothing begins before this. */
  earliest: Temporal.Instant
  /** What is taken already, which the gap keeps apart, and times in which they are away, which it does not. */
  taken: readonly Times[]
  away: readonly Times[]
}>

/**
 * The times of one length that are free, one after the other with the gap between them, so that all of them can be taken.
 * A time that is let go by somebody makes room again wherever it fits.
 */
export function freeTimesIn(stretches: readonly Stretch[], cutting: Cutting): FreeTime[] {
  const { minutes, gapMinutes, earliest } = cutting
  const apart = ({ startsAt, endsAt }: Times) => ({
    from: startsAt.subtract({ minutes: gapMinutes }),
    to: endsAt.add({ minutes: gapMinutes }),
  })
  const blocks = [
    ...cutting.taken.map(apart),
    ...cutting.away.map(({ startsAt, endsAt }) => ({ from: startsAt, to: endsAt })),
  ]
  const found: FreeTime[] = []
  for (const { startsAt: opens, endsAt: closes, ...how } of stretches) {
    let startsAt = later(opens, fiveMinutesAfter(earliest))
    for (;;) {
      const endsAt = startsAt.add({ minutes })
      if (isEarlier(closes, endsAt)) break
      const blocked = blocks.find(({ from, to }) => isEarlier(from, endsAt) && isEarlier(startsAt, to))
      if (!blocked) {
        found.push({ startsAt, endsAt, ...how })
        blocks.push(apart({ startsAt, endsAt }))
      }
      startsAt = blocked ? fiveMinutesAfter(blocked.to) : endsAt.add({ minutes: gapMinutes })
    }
  }
  return found
}

const isEarlier = (one: Temporal.Instant, other: Temporal.Instant) => Temporal.Instant.compare(one, other) < 0
const later = (one: Temporal.Instant, other: Temporal.Instant) => (isEarlier(one, other) ? other : one)

function fiveMinutesAfter(moment: Temporal.Instant): Temporal.Instant {
  const five = 5 * 60_000
  return Temporal.Instant.fromEpochMilliseconds(Math.ceil(moment.epochMilliseconds / five) * five)
}

/** What somebody says of hours or of a day: between which times, how and where. */
export type Said = Readonly<{
  starts: string | null
  ends: string | null
  modes: readonly Mode[]
  venue: string | null
}>

/** What is wrong with times in which somebody can be met: their order, the ways, or that in person has no venue. */
export function problemsWithTimes({ starts, ends, modes: ways, venue }: Said): Problem[] {
  const problem = (field: string, message: string): Problem => ({ field, message })
  return [
    ...(starts === null ? [problem('starts', 'Enter from when, for example 9:00')] : []),
    ...(ends === null ? [problem('ends', 'Enter until when, for example 12:30')] : []),
    ...(starts !== null && ends !== null && starts >= ends
      ? [problem('ends', 'Enter a time later than the one above')]
      : []),
    ...(ways.length === 0 ? [problem('modes', 'Select at least one way to meet')] : []),
    ...(ways.includes('in-person') && venue === null ? [problem('venue', 'Select where you meet in person')] : []),
  ]
}

type NewHours = Said &
  Readonly<{ weekdays: readonly number[]; fromOn: Temporal.PlainDate; untilOn: Temporal.PlainDate | null }>

/** What is wrong with usual hours: as above, no days, or a day on which they are there already at that time. */
export function problemsWithHours(given: NewHours, known: readonly Hours[]): Problem[] {
  const { starts, ends, fromOn, untilOn } = given
  const clash = known.find(
    (one) =>
      one.weekdays.some((day) => given.weekdays.includes(day)) &&
      one.starts < (ends ?? '') &&
      (starts ?? '') < one.ends &&
      (one.untilOn === null || isBefore(fromOn, one.untilOn)) &&
      (untilOn === null || isBefore(one.fromOn, untilOn)),
  )
  return [
    ...(given.weekdays.length === 0 ? [{ field: 'weekdays', message: 'Select at least one day of the week' }] : []),
    ...problemsWithTimes(given),
    ...(untilOn !== null && !isBefore(fromOn, untilOn)
      ? [{ field: 'until', message: 'The day on which they end must be after the first' }]
      : []),
    ...(clash
      ? [{ field: 'starts', message: `These hours overlap with ${hoursInWords(clash)}. End those first` }]
      : []),
  ]
}

/** What is wrong with a day that differs: it has passed, or its times are wrong. */
export function problemsWithException(given: Said & Pick<Exception, 'kind' | 'onDay'>, today: Temporal.PlainDate) {
  const passed = isBefore(given.onDay, today) ? [{ field: 'on', message: 'Enter today or a day to come' }] : []
  const wholeDay = given.kind === 'away' && given.starts === null && given.ends === null
  const times = problemsWithTimes(given.kind === 'away' ? { ...given, modes: ['phone'], venue: null } : given)
  return [...passed, ...(wholeDay ? [] : times)]
}

/** "Monday and Tuesday, 09:00 to 12:30" */
export function hoursInWords({ weekdays: on, starts, ends }: Pick<Hours, 'weekdays' | 'starts' | 'ends'>): string {
  const labels = Object.entries(weekdays).flatMap(([day, { label }]) => (on.includes(Number(day)) ? [label] : []))
  const days = labels.length < 2 ? labels.join('') : `${labels.slice(0, -1).join(', ')} and ${labels.at(-1)}`
  return `${days}, ${starts} to ${ends}`
}

/** "By telephone, by video" */
export function modesInWords(ways: readonly Mode[]): string {
  const labels = ways.map((mode) => modes[mode].label)
  return labels.map((label, place) => (place === 0 ? label : label.toLowerCase())).join(', ')
}

/** "13 January 2026, 09:00 to 12:00" or "13 January 2026, all day" */
export function exceptionInWords({ onDay, starts, ends }: Pick<Exception, 'onDay' | 'starts' | 'ends'>): string {
  return starts === null || ends === null ? `${longDay(onDay)}, all day` : `${longDay(onDay)}, ${starts} to ${ends}`
}

/** The first days of so many working days from today on, and the moment at which the last of them is over. */
export function endOfWorkingDays(today: Temporal.PlainDate, days: number, holidays: Holidays): Temporal.Instant {
  let day = today
  for (let left = days; left > 0; day = day.add({ days: 1 })) if (isWorkingDay(day, holidays)) left -= 1
  return startOfDay(day)
}

/** The day, and from when to when: "10:30 to 11:30". */
export const spanOnClock = ({ startsAt, endsAt }: Times) => `${clock(startsAt)} to ${clock(endsAt)}`

/** Times by the day they are on. */
export function byDay<One extends Times>(times: readonly One[]): [Temporal.PlainDate, One[]][] {
  const days = Map.groupBy(times, ({ startsAt }) => dayOf(startsAt).toString())
  return [...days].map(([day, ofDay]) => [Temporal.PlainDate.from(day), ofDay])
}
