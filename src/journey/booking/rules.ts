import { clock, dayOf, type Holidays, longDay, momentAt, timeOf } from '#platform/dates.ts'
import type { AreaSettings } from '#registers/areas/rules.ts'
import type { Problem, Typed } from '#platform/form/rules.ts'
import { mayTake, type Stage } from '#journey/episode/rules.ts'
import type { Mode, Times } from '#journey/invitation/rules.ts'

/** How the person is told. */
export const tellings = {
  message: { label: 'Send a message now, and reminders before it comes' },
  staff: { label: 'Send nothing: I tell them myself' },
} as const

/** How long an appointment may be, in minutes. */
export const lengths = { least: 5, most: 480 } as const

/** Whether appointments are booked while an episode stands here. */
export function whyNotBooked(stage: Stage): string | undefined {
  if (mayTake('booked', stage)) return undefined
  return stage === 'received'
    ? 'The referral has not been accepted yet. Appointments are booked from then on.'
    : 'Support has ended. If the person comes back, a new referral begins another spell of support.'
}

/** From when to when, on England's clocks. */
export function timesOf(day: Temporal.PlainDate, time: string, minutes: number): Times {
  const startsAt = momentAt(day, time)
  return { startsAt, endsAt: startsAt.add({ minutes }) }
}

/** What is wrong with a time: it has passed, or England's clocks skip it. */
export function problemsWithTime({ startsAt }: Times, time: string, now: Temporal.Instant): Problem[] {
  if (Temporal.Instant.compare(startsAt, now) <= 0)
    return [{ field: 'day', message: 'Enter a day and time to come. What has happened is logged as a contact' }]
  const skipped = clock(startsAt) !== time
  return skipped ? [{ field: 'time', message: 'The clocks go forward over this time. Enter another' }] : []
}

type Place = Readonly<{ mode: Mode; place: string | null }>

type Rooms = Readonly<{ address: string | null; videoLink: string | null }>

/** Where people meet: as it was typed, or else the building that was chosen, or the room of the video calls. */
export function placeOf({ mode, place }: Place, { address, videoLink }: Rooms): string | null {
  const usual = { phone: null, video: videoLink, 'in-person': address }[mode]
  return place ?? usual
}

/** Meeting in person needs a place. */
export function problemsWithPlace({ mode, place }: Place): Problem[] {
  return mode === 'in-person' && place === null
    ? [{ field: 'place', message: 'Select a building, or enter where you meet' }]
    : []
}

/** Between which times an area meets people. */
export type OfficeHours = Pick<AreaSettings, 'officeFrom' | 'officeUntil'>

type Usual = Readonly<{ holidays: Holidays; hours: OfficeHours }>

/** What somebody should know before booking this time; none of it forbids it. */
export function warningsAbout({ startsAt, endsAt }: Times, { holidays, hours }: Usual): string[] {
  const day = dayOf(startsAt)
  const isEarly = Temporal.PlainTime.compare(timeOf(startsAt), hours.officeFrom) < 0
  const isLate = Temporal.PlainTime.compare(timeOf(endsAt), hours.officeUntil) > 0
  const warnings = [
    holidays.has(day.toString()) && `${longDay(day)} is a bank holiday.`,
    day.dayOfWeek > 5 && `${longDay(day)} is at the weekend.`,
    (isEarly || isLate || !dayOf(endsAt).equals(day)) &&
      `This is outside the hours in which people are met here (${hours.officeFrom} to ${hours.officeUntil}).`,
  ]
  return warnings.filter((warning) => typeof warning === 'string')
}

/** Whether two times overlap; one may begin when the other ends. */
export function overlaps(one: Times, other: Times): boolean {
  const isFirst = (first: Temporal.Instant, then: Temporal.Instant) => Temporal.Instant.compare(first, then) < 0
  return isFirst(one.startsAt, other.endsAt) && isFirst(other.startsAt, one.endsAt)
}

/** What stands on the form from the free time that somebody chose; the rest as it was. */
export function prefilled(
  typed: Typed,
  chosen: Readonly<Record<string, string | null>>,
  { interpreter }: Readonly<{ interpreter: string | null }>,
): Typed {
  const { day, ...plain } = chosen
  const [year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '')?.slice(1) ?? []
  const parts = year && month && date ? { 'day-day': date, 'day-month': month, 'day-year': year } : {}
  const given = Object.entries(plain).filter((entry): entry is [string, string] => entry[1] !== null)
  // A form that holds something is shown as it is: what it would begin with is said here as well.
  const begins = given.length > 0 ? { interpreter: interpreter === null ? 'none' : 'needed' } : {}
  return { ...begins, ...typed, ...Object.fromEntries(given), ...parts }
}

/** How a message travels, as it is said before it does. */
export const channelWords = { text: 'Text message', email: 'Email', letter: 'Letter' } as const

/** Why an appointment that has a result gets no other time. */
export const cannotMove = 'It was cancelled, moved or has taken place already. Book a new appointment instead.'

/** An appointment as it is proposed. */
export type Proposed = Place &
  Readonly<{
    member: string
    interpreter: string
    day: Temporal.PlainDate
    time: string
    minutes: number
    access: string | null
    anyway: boolean
  }>

type Against = Readonly<{
  now: Temporal.Instant
  holidays: Holidays
  hours: OfficeHours
  /** What the person needs so that they can take part, and in which language, in words. */
  person: Readonly<{ needs: string | null; interpreter: string | null }>
  members: Readonly<Record<string, Readonly<{ label: string }>>>
  isAway: (member: string, day: Temporal.PlainDate) => boolean
  /** The appointments of the person that still stand. */
  standing: readonly (Times & Readonly<{ id: string }>)[]
  moving?: Readonly<{ id: string }> | undefined
}>

/** The times it would have, what is wrong with it, and what should be known before; a warning stands until it is ticked. */
export function look(given: Proposed, against: Against) {
  const { now, person, members, standing, moving } = against
  const times = timesOf(given.day, given.time, given.minutes)
  const twice = standing.some((one) => one.id !== moving?.id && overlaps(one, times))
  const problems = [
    ...(given.member in members ? [] : [{ field: 'member', message: 'Choose who the appointment is with' }]),
    ...problemsWithTime(times, given.time, now),
    ...(twice ? [{ field: 'time', message: 'The person already has an appointment at this time' }] : []),
    ...problemsWithPlace(given),
    ...(person.needs && !given.access ? [{ field: 'access', message: 'Enter how their access needs are met' }] : []),
  ]
  const isNeeded = person.interpreter !== null && given.interpreter === 'none'
  const warnings = [
    ...warningsAbout(times, against),
    ...(against.isAway(given.member, given.day) ? [`${nameOf(given.member, members)} is away on this day.`] : []),
    ...(isNeeded ? [`The record says that an interpreter is needed: ${person.interpreter}.`] : []),
  ]
  return { times, problems, warnings: given.anyway ? [] : warnings }
}

/** Whose time is not free, and which part of it. */
export function clashProblem(member: string, members: Against['members'], taken: Times | undefined): Problem {
  const when = taken ? ` from ${clock(taken.startsAt)} to ${clock(taken.endsAt)}` : ''
  const message = `${nameOf(member, members)} already has an appointment${when}. Choose another time`
  return { field: 'time', message }
}

function nameOf(member: string, members: Against['members']): string {
  return members[member]?.label ?? 'The colleague'
}

/** The shortest stretch in which somebody can be seen. */
const shortestMinutes = 30

type Hours = OfficeHours & Readonly<{ day: Temporal.PlainDate; now: Temporal.Instant }>

/** The stretches of the hours in which people are met that no appointment holds, from now on. */
export function freeTimes(taken: readonly Times[], { day, now, officeFrom, officeUntil }: Hours): Times[] {
  const [opens, closes] = [momentAt(day, officeFrom), momentAt(day, officeUntil)]
  const from = Temporal.Instant.compare(now, opens) > 0 ? quarterAfter(now) : opens
  const held = taken.toSorted((one, other) => Temporal.Instant.compare(one.startsAt, other.startsAt))
  const ends = held.map(({ endsAt }) => endsAt)
  return [...held.map(({ startsAt }) => startsAt), closes]
    .map((endsAt, place) => ({ startsAt: latest([from, ...ends.slice(0, place)]), endsAt }))
    .filter(({ startsAt, endsAt }) => startsAt.until(endsAt).total('minutes') >= shortestMinutes)
}

const latest = (moments: readonly Temporal.Instant[]) =>
  moments.reduce((one, other) => (Temporal.Instant.compare(one, other) >= 0 ? one : other))

function quarterAfter(now: Temporal.Instant): Temporal.Instant {
  const quarter = 15 * 60_000
  return Temporal.Instant.fromEpochMilliseconds(Math.ceil(now.epochMilliseconds / quarter) * quarter)
}

type Known = Readonly<{ value: string; theirs?: boolean }>

/** Whether a message would go to a way that is not known to be the person's own: whoever referred them may have written theirs. */
export const isDoubted = (means: readonly Known[], to: Readonly<{ address: string }> | undefined): boolean =>
  to !== undefined && means.some(({ value, theirs }) => value === to.address && theirs !== true)

/** How a message would reach somebody, in words; undefined where none may be sent. */
export const wayInWords = (
  to: Readonly<{ channel: keyof typeof channelWords; address: string }> | undefined,
  closed: boolean,
) => {
  const way = to && `${channelWords[to.channel]} to ${to.address}`
  return way && closed && to.channel !== 'letter'
    ? `${way}. It says when and how you meet, without a link to change it: their online access is closed`
    : way
}

/** What whoever books is told of a way that is doubted. */
export const doubted =
  'Nobody knows that this number or address is their own. They are told there when and where you meet. The link to change the time does not open, and no plan, question or message of yours is sent there. Once you have spoken with them,'
