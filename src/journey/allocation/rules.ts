import { dayInWords, longDay } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { takesNew } from '#registers/organisations/rules.ts'
import { byRoom, type Caseload, type CoachEffect, effectOn, weightOn } from '#journey/room/rules.ts'

/** Why a person was given to this coach. */
export const allocationReasons = {
  room: { label: 'They have room' },
  language: { label: 'They speak the person’s language' },
  place: { label: 'They work near the person' },
  known: { label: 'They know the person already' },
  asked: { label: 'The person asked for them' },
  other: { label: 'Another reason' },
} as const

/** The reasons as they stand on a record: somebody who was passed on has none that is chosen. */
export const everyReason = { ...allocationReasons, 'passed-on': { label: 'Their coach passed them on' } } as const

export type AllocationReason = keyof typeof allocationReasons

/** Why a person is handed over to another provider. */
export const handoverReasons = {
  place: { label: 'The other provider works nearer to them' },
  skill: { label: 'The other provider has what they need' },
  room: { label: 'We have no room' },
  asked: { label: 'They asked for it' },
  ending: { label: 'Our part of the service ends' },
  other: { label: 'Another reason' },
} as const

export type HandoverReason = keyof typeof handoverReasons

/** Somebody who is to be given a coach. */
export type Waiting = Readonly<{
  episode: string
  person: string
  name: string
  provider: string
  coach: string | null
  coachName: string | null
  route: string | null
  language: string | null
  interpreter: string | null
  council: string | null
  district: string | null
  accessNeeds: readonly string[]
  receivedOn: Temporal.PlainDate
  firstTryBy: Temporal.PlainDate | null
  tried: boolean
  firstAppointmentBy: Temporal.PlainDate | null
  booked: boolean
  /** What looking after them weighs. */
  points: number
}>

/** A person with the coach they had when a page showed them: if that is another by now, somebody else was quicker. */
export function keyOf({ episode, coach }: Pick<Waiting, 'episode' | 'coach'>): string {
  return `${episode}.${coach ?? 'nobody'}`
}

/** What the clock says of somebody, and whether it has run out. */
export type Clock = Readonly<{ words: string; late: boolean }>

/** What is due next for somebody nobody has seen yet, in words. */
export function clocksOf(waiting: Waiting, today: Temporal.PlainDate): Clock[] {
  const { tried, firstTryBy, booked, firstAppointmentBy } = waiting
  return [
    ...(tried || firstTryBy === null ? [] : [clock('First try', firstTryBy, today)]),
    ...(booked || firstAppointmentBy === null ? [] : [clock('First appointment', firstAppointmentBy, today)]),
  ]
}

function clock(what: string, by: Temporal.PlainDate, today: Temporal.PlainDate): Clock {
  const days = by.until(today, { largestUnit: 'days' }).days
  if (days <= 0) return { words: `${what} by ${dayInWords(by, today)}`, late: false }
  return { words: `${what} ${days} ${days === 1 ? 'day' : 'days'} late, due ${longDay(by)}`, late: true }
}

/** One thing that speaks for a coach or against. */
export type Fit = Readonly<{
  kind: 'room' | 'weight' | 'language' | 'place' | 'provider' | 'away'
  good: boolean
  words: string
}>

/** How well a coach would suit somebody, in words: nothing is said where nothing is known. */
export function fitsOf(waiting: Waiting, coach: Caseload): Fit[] {
  const left = coach.cap - coach.open
  return [
    left > 0
      ? { kind: 'room', good: true, words: `room for ${left} more (${coach.open} of ${coach.cap})` }
      : { kind: 'room', good: false, words: `no room (${coach.open} of ${coach.cap})` },
    weightFit(waiting, coach),
    ...languageFit(waiting, coach),
    ...placeFit(waiting, coach),
    ...(coach.organisation === waiting.provider
      ? []
      : [{ kind: 'provider', good: false, words: `works for ${coach.organisationName}` } as const]),
    ...(coach.backOn === null
      ? []
      : [{ kind: 'away', good: false, words: `away until ${longDay(coach.backOn)}` } as const]),
  ]
}

function weightFit(waiting: Waiting, coach: Caseload): Fit {
  const { after, cap, over } = weightOn(coach, [waiting])
  const words = `${after} of ${cap} points with them`
  return { kind: 'weight', good: !over, words: over ? `${words}, more than their most` : words }
}

function languageFit({ language }: Waiting, { languages }: Caseload): Fit[] {
  if (language === null || same(language, 'English') || same(language, 'en')) return []
  const speaks = languages.some((one) => same(one, language))
  return [{ kind: 'language', good: speaks, words: speaks ? `speaks ${language}` : `does not speak ${language}` }]
}

function placeFit({ council, district }: Waiting, { worksIn }: Caseload): Fit[] {
  const place = [council, district].find((one) => one !== null && worksIn.some((works) => same(works, one)))
  if (place) return [{ kind: 'place', good: true, words: `works in ${place}` }]
  if (worksIn.length === 0 || (council === null && district === null)) return []
  return [{ kind: 'place', good: false, words: `works in ${worksIn.join(', ')}` }]
}

const same = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase()

/** A coach who might suit, with what speaks for them and against. */
export type Suggestion = Readonly<{ coach: Caseload; fits: readonly Fit[] }>

/** Coaches who may see somebody, the best fit first. A suggestion only: a person decides. */
export function suggestionsFor(waiting: Waiting, coaches: readonly Caseload[]): Suggestion[] {
  return coaches
    .filter((coach) => coach.sees.includes(waiting.provider))
    .map((coach) => ({ coach, fits: fitsOf(waiting, coach) }))
    .toSorted((one, other) => weightOf(other) - weightOf(one) || byRoom(one.coach, other.coach))
}

// Being there and having room count before language, language before place, place before whose coach it is.
const weights = { away: 32, room: 16, weight: 8, language: 4, place: 2, provider: 1 } as const

function weightOf({ fits }: Suggestion): number {
  return fits.reduce((sum, { kind, good }) => sum + (good ? weights[kind] : -weights[kind]), 0)
}

/** The other coaches who may see all of these people, the roomiest first, with what it would do to each. */
export function alternativesTo(to: Caseload, chosen: readonly Waiting[], coaches: readonly Caseload[]): CoachEffect[] {
  return coaches
    .filter(({ coach, sees }) => coach !== to.coach && chosen.every(({ provider }) => sees.includes(provider)))
    .filter(({ coach }) => chosen.some((one) => one.coach !== coach))
    .toSorted(byRoom)
    .map((one) => ({ coach: one.coach, name: one.name, people: effectOn(one, chosen), points: weightOn(one, chosen) }))
}

const problem = (field: string, message: string): Problem => ({ field, message })

/** Why these people cannot be given to this coach. */
export function allocationProblems(coach: Caseload, chosen: readonly Waiting[]): Problem[] {
  const unseen = chosen.filter(({ provider }) => !coach.sees.includes(provider))
  return [
    ...(chosen.length === 0 ? [problem('chosen', 'Choose at least one person')] : []),
    ...unseen.map(({ name }) =>
      problem(
        'coach',
        `${coach.name} works for ${coach.organisationName} and may not see ${name}: hand them over instead`,
      ),
    ),
  ]
}

/** How far a coach would be over what they can carry, in words; nothing where they are not. */
export function overInWords({ name, people, points }: CoachEffect): string | undefined {
  const [more, heavier] = [people.after - people.cap, points.after - points.cap]
  if (people.over) return `${more} ${more === 1 ? 'person' : 'people'} more than ${name} can look after`
  return points.over ? `${heavier} ${heavier === 1 ? 'point' : 'points'} more than ${name} can carry` : undefined
}

type Over = Readonly<{ people: boolean; points: boolean }>

/** What is missing from the reason for an allocation: going over the cap or giving another reason is explained. */
export function reasonProblems(reason: AllocationReason, note: string | null, over: Over): Problem[] {
  if (note) return []
  if (over.people) return [problem('note', 'Say why they can look after more people than their cap')]
  if (over.points) return [problem('note', 'Say why they can carry more points than their cap')]
  return reason === 'other' ? [problem('note', 'Say which other reason')] : []
}

/** Somebody who is no longer as the page showed them, in a sentence. */
export function takenInWords(name: string, now: Readonly<{ coachName: string | null; by: string | null }>): string {
  const who = now.by === null ? '' : ` by ${now.by}`
  return now.coachName === null
    ? `${name} was changed by somebody else meanwhile. Nothing was changed.`
    : `${name} was given to ${now.coachName}${who} meanwhile. Nothing was changed.`
}

/** Ways to put the queue in order. */
export const orders = {
  clock: { label: 'Most urgent first' },
  received: { label: 'Longest waiting first' },
  name: { label: 'Name' },
} as const

export type Order = keyof typeof orders

/** What the queue can be narrowed down to. */
export const needs = {
  late: { label: 'Late' },
  interpreter: { label: 'Needs an interpreter' },
  access: { label: 'Has access needs' },
} as const

export type Need = keyof typeof needs

type Provider = Readonly<{ id: string; kind: string; no_new_from: Temporal.PlainDate | null }>

/** The other providers of an area that take somebody over on a day. */
export function takersOf<One extends Provider>(
  all: readonly One[],
  { from, on }: Readonly<{ from: string; on: Temporal.PlainDate }>,
): One[] {
  return all.filter((one) => one.kind === 'provider' && one.id !== from && takesNew(one, on))
}
