import type { Newcomer } from '#registers/people/rules.ts'

/** A source of chance that gives the same numbers for the same seed: from 0 up to and without 1. */
export type Chance = () => number

/** Chance from a seed (mulberry32, which is enough to make believable people and for nothing else). */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** One of the list, each as likely as the other. */
export function oneOf<T>(chance: Chance, list: readonly T[]): T {
  const found = list[Math.floor(chance() * list.length)]
  if (found === undefined) throw new RangeError('Nothing to choose from')
  return found
}

/** One of the codes, as often as its share says. */
export function drawn<Code extends string>(chance: Chance, shares: Readonly<Record<Code, number>>): Code {
  // Checked: the keys of the shares are the codes.
  const pairs = Object.entries(shares) as [Code, number][]
  const total = pairs.reduce((sum, [, share]) => sum + share, 0)
  let left = chance() * total
  const found = pairs.find(([, share]) => (left -= share) < 0) ?? pairs.at(-1)
  if (found === undefined) throw new RangeError('Nothing to draw from')
  return found[0]
}

/** A whole number from one to another, both included. */
export function between(chance: Chance, least: number, most: number): number {
  return least + Math.floor(chance() * (most - least + 1))
}

const millisecondsOfDay = 86_400_000
const millisecondsOfHour = 3_600_000

// 1 January 1970 was a Thursday.
const weekdayOf = (days: number) => (days + 4) % 7

/** The same day, or the Monday after a weekend, between nine and four: people are not called at night. */
export function inWorkingHours(moment: Temporal.Instant, chance: Chance): Temporal.Instant {
  const days = Math.floor(moment.epochMilliseconds / millisecondsOfDay)
  const working = days + ({ 6: 2, 0: 1 }[weekdayOf(days)] ?? 0)
  const minutes = between(chance, 9 * 60, 16 * 60)
  return Temporal.Instant.fromEpochMilliseconds(working * millisecondsOfDay + minutes * 60_000)
}

/** This moment where somebody works then, or one in the next working hours. */
export function orInWorkingHours(moment: Temporal.Instant, chance: Chance): Temporal.Instant {
  const hours = Math.floor(moment.epochMilliseconds / millisecondsOfHour)
  const [days, hour] = [Math.floor(hours / 24), hours % 24]
  if (hour >= 8 && hour < 18 && weekdayOf(days) % 6 !== 0) return moment
  return inWorkingHours(hour < 18 ? moment : moment.add({ hours: 12 }), chance)
}

export type Community = Readonly<{
  share: number
  ethnicCategory: string
  language: string | null
  women: readonly string[]
  men: readonly string[]
  families: readonly string[]
}>

/** What made-up people are drawn from: names by community, and the places of the area. */
export type Sources = Readonly<{
  communities: Readonly<Record<string, Community>>
  councils: readonly string[]
  practices: readonly string[]
}>

const bandsFrom35 = {
  '35-39': 0.1071,
  '40-44': 0.0992,
  '45-49': 0.1015,
  '50-54': 0.1062,
  '55-59': 0.1007,
  '60-64': 0.0844,
}
const bandsTo34 = { '16-19': 0.0716, '20-24': 0.1052, '25-29': 0.1131, '30-34': 0.1111 }

/** The day somebody was born: 68% are 35 or over (published for WorkWell), within that as residents are (ONS). */
function birthday(chance: Chance, today: Temporal.PlainDate): Temporal.PlainDate {
  const band = chance() < 0.68 ? drawn(chance, bandsFrom35) : drawn(chance, bandsTo34)
  const [least = 16, most = 64] = band.split('-').map(Number)
  return today.subtract({ years: between(chance, least, most), days: between(chance, 0, 364) })
}

const needs = {
  none: 0.82,
  'large-print': 0.03,
  'easy-read': 0.04,
  'longer-appointment': 0.06,
  'step-free': 0.03,
  bsl: 0.02,
}
const pronounsOf = { women: 'she/her', men: 'he/him' } as const

/** Somebody who does not exist, with contacts from ranges that are reserved for made-up people. */
export function madeUp(chance: Chance, sources: Sources, today: Temporal.PlainDate, number: number) {
  const shares = Object.fromEntries(Object.entries(sources.communities).map(([name, { share }]) => [name, share]))
  const community = sources.communities[drawn(chance, shares)]
  if (!community) throw new RangeError('No community has that name')
  const sex = chance() < 0.55 ? 'women' : 'men'
  const givenName = oneOf(chance, community[sex])
  const familyName = oneOf(chance, community.families)
  const need = drawn(chance, needs)
  const language = community.language && chance() < 0.35 ? community.language : null
  const newcomer: Newcomer = {
    givenName,
    familyName,
    bornOn: birthday(chance, today),
    pronouns: chance() < 0.15 ? pronounsOf[sex] : null,
    nhsNumber: chance() < 0.7 ? testNhsNumber(number) : null,
    council: oneOf(chance, sources.councils),
    gpPractice: oneOf(chance, sources.practices),
    language,
    interpreter: language && chance() < 0.5 ? language : null,
    accessNeeds: need === 'none' ? [] : [need],
    safeNote: chance() < 0.04 ? 'Do not leave a voicemail; text first.' : null,
    bestTime: chance() < 0.2 ? oneOf(chance, ['Mornings', 'After 4pm', 'Not on Fridays']) : null,
    means: means(chance, givenName, familyName, number),
  }
  return {
    newcomer,
    equality: { sex: sex === 'women' ? 'female' : 'male', ethnicity: community.ethnicCategory, disability: null },
  }
}

function means(chance: Chance, givenName: string, familyName: string, number: number): Newcomer['means'] {
  const mobile = {
    kind: 'mobile',
    value: `07700 900${String(between(chance, 0, 999)).padStart(3, '0')}`,
    preferred: true,
    voicemailSafe: chance() < 0.6,
  } as const
  const plain = (text: string) =>
    text
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/[^a-z]/g, '')
  const email = {
    kind: 'email',
    value: `${plain(givenName)}.${plain(familyName)}${number}@example.org`,
    wanted: chance() < 0.9,
  } as const
  return chance() < 0.7 ? [mobile, email] : [mobile]
}

/** A number from the range of test patients (999…), with the check digit that modulus 11 asks for. */
function testNhsNumber(number: number): string | null {
  const digits = `999${String(number % 1_000_000).padStart(6, '0')}`
  const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (10 - place), 0)
  const check = (11 - (sum % 11)) % 11
  return check === 10 ? null : `${digits}${check}`
}
