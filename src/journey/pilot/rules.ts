import { isBefore, longDay } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { type PlanType, planTypes } from '#registers/areas/rules.ts'
import type { InstrumentCode } from '#registers/instruments/rules.ts'
import { type Route, routes } from '#registers/organisations/rules.ts'
import type { BarrierPart, EmploymentStatus } from '#journey/assessment/rules.ts'
import { isInWork } from '#journey/completion/rules.ts'

/** How people are given to what is tried. */
export const allottings = {
  everybody: { label: 'Everybody who takes part gets it' },
  alternate: { label: 'In turn', hint: 'The first to say yes gets it, the second has support as usual, and so on' },
  chance: {
    label: 'By chance',
    hint: 'Drawn from a seed that is written down, so that anybody can work out the same again',
  },
  coach: { label: 'As their coach chooses with them' },
} as const

export type Allotting = keyof typeof allottings

/** What somebody who takes part gets. */
export const gets = {
  new: { label: 'What is tried' },
  usual: { label: 'Support as usual' },
} as const

export type Gets = keyof typeof gets

const work = { 'in-work': { label: 'In work' }, 'out-of-work': { label: 'Out of work' } } as const

type Work = keyof typeof work

const barrierParts = {
  physical: { label: 'Body' },
  psychological: { label: 'Mind' },
  social: { label: 'Life outside work' },
  work: { label: 'Work itself' },
} as const satisfies Readonly<Record<BarrierPart, { label: string }>>

/** What a cohort can ask of the record by a list of ours; who looks after somebody and where they live are asked beside. */
export const asked = {
  planTypes: { label: 'Kind of plan', list: planTypes },
  work: { label: 'Work at the first conversation', list: work },
  barriers: { label: 'Something in the way of this kind', list: barrierParts },
  routes: { label: 'How they came', list: routes },
} as const

/** Whom a pilot is for. An empty list asks nothing; of several lists each has to fit. */
export type Cohort = Readonly<{
  planTypes: readonly PlanType[]
  work: readonly Work[]
  barriers: readonly BarrierPart[]
  routes: readonly Route[]
  providers: readonly string[]
  coaches: readonly string[]
  councils: readonly string[]
}>

/** What the record knows of somebody that a cohort may ask. */
export type Facts = Readonly<{
  planType: string | null
  employment: EmploymentStatus | null
  barriers: readonly string[]
  route: string | null
  provider: string
  coach: string | null
  council: string | null
}>

/** Why somebody is not among those a pilot is for; empty when they are. */
export function reasonsOutside(cohort: Cohort, facts: Facts): string[] {
  const inWork = facts.employment === null ? null : isInWork(facts.employment) ? 'in-work' : 'out-of-work'
  const fits = (wanted: readonly string[], found: readonly (string | null)[]) =>
    wanted.length === 0 || found.some((one) => one !== null && wanted.includes(one))
  return [
    fits(cohort.planTypes, [facts.planType]) ? '' : facts.planType ? 'It is for another kind of plan' : notAgreed,
    fits(cohort.work, [inWork]) ? '' : inWork === null ? notTalked : `It is not for people who are ${within(inWork)}`,
    fits(cohort.barriers, facts.barriers) ? '' : 'Nothing of the kind it is for is written down as in the way',
    fits(cohort.routes, [facts.route]) ? '' : 'It is for people who came in another way',
    fits(cohort.providers, [facts.provider]) ? '' : 'It is for people of another provider',
    fits(cohort.coaches, [facts.coach]) ? '' : 'It is for the people of other coaches',
    fits(cohort.councils, [facts.council]) ? '' : 'It is for people who live elsewhere',
  ].filter((reason) => reason !== '')
}

const notAgreed = 'It depends on the kind of plan, and none is agreed yet'
const notTalked = 'It depends on work, and no first conversation is finished'
const within = (one: Work) => work[one].label.toLowerCase()

type Names = Readonly<Record<'providers' | 'coaches' | 'councils', ReadonlyMap<string, string>>>

/** Whom a pilot is for, in words, line by line; everybody where nothing is asked. */
export function cohortInWords(cohort: Cohort, names: Names): string[] {
  // Checked: the keys of the code list are its codes, and of the cohort.
  const coded = (Object.keys(asked) as (keyof typeof asked)[]).map((code) => {
    const list: Readonly<Record<string, { label: string }>> = asked[code].list
    return [asked[code].label, cohort[code].map((one) => list[one]?.label ?? one)] as const
  })
  const named = (['providers', 'coaches', 'councils'] as const).map(
    (code) => [namedLabels[code], cohort[code].map((one) => names[code].get(one) ?? one)] as const,
  )
  const lines = [...coded, ...named]
    .filter(([, of]) => of.length > 0)
    .map(([label, of]) => `${label}: ${of.join(', ')}`)
  return lines.length > 0 ? lines : ['Everybody who is supported now']
}

/** What a cohort can ask beside, by what the area itself knows. */
export const namedLabels = { providers: 'Looked after by', coaches: 'Their coach', councils: 'They live in' } as const

/** What a pilot can be measured by: the instruments that are asked at the beginning and again. */
export const measuredBy = {
  'work-ability': { label: 'Work ability today' },
  rulers: { label: 'Importance of work and confidence about it' },
  ons4: { label: 'Well-being (ONS4)' },
  'phq-9': { label: 'PHQ-9' },
  'gad-7': { label: 'GAD-7' },
} as const satisfies Readonly<Partial<Record<InstrumentCode, { label: string }>>>

/** What a pilot is measured by, in words. */
export function measuresInWords(measured: readonly string[]): string {
  const list: Readonly<Record<string, { label: string }>> = measuredBy
  return measured.map((one) => list[one]?.label ?? one).join(', ')
}

type Lasting = Readonly<{ fromOn: Temporal.PlainDate; untilOn: Temporal.PlainDate; endedAt: Temporal.Instant | null }>

/** How a pilot stands. */
export const standings = {
  'to-come': { label: 'To come', colour: 'blue' },
  running: { label: 'Under way', colour: 'green' },
  over: { label: 'Its time is over', colour: 'yellow' },
  ended: { label: 'Ended', colour: 'grey' },
} as const

/** How a pilot stands on a day: once its last day is past somebody still has to say what came of it. */
export function standingOf({ fromOn, untilOn, endedAt }: Lasting, today: Temporal.PlainDate): keyof typeof standings {
  if (endedAt !== null) return 'ended'
  if (isBefore(today, fromOn)) return 'to-come'
  return isBefore(untilOn, today) ? 'over' : 'running'
}

type Ended = Readonly<Record<'came' | 'decided' | 'endedBy', string | null>>

/** What is wrong with an ending where somebody ended the pilot before in other words; the same words are no second ending. */
export function endingProblems(there: Ended, { came, decided }: Pick<Ended, 'came' | 'decided'>): Problem[] {
  if (there.came === came && there.decided === decided) return []
  const whose = `${there.endedBy ?? 'Somebody'} has ended this pilot since you opened this page`
  return [{ field: 'came', message: `${whose}. What they wrote stands below. What you wrote was not saved` }]
}

type Registered = Readonly<{
  fromOn: Temporal.PlainDate
  untilOn: Temporal.PlainDate
  measured: readonly string[]
  allotting: Allotting
  seed?: string | null
}>

/** What is wrong with a pilot as somebody would register it. */
export function pilotProblems({ fromOn, untilOn, measured, allotting, seed }: Registered): Problem[] {
  return [
    ...(isBefore(untilOn, fromOn) ? [{ field: 'until', message: lastBeforeFirst }] : []),
    ...(measured.length === 0 ? [{ field: 'measured', message: 'Select what is measured' }] : []),
    ...(allotting === 'chance' && seed === null
      ? [{ field: 'seed', message: 'Enter a seed: any word or number, chosen before anybody takes part' }]
      : []),
  ]
}

type Days = Readonly<{ fromOn: Temporal.PlainDate; untilOn: Temporal.PlainDate; cohort: Cohort }>

/** What is wrong with other days, or another cohort, for a pilot that is under way. */
export function changeProblems(given: Days, was: Days, firstAsked: Temporal.PlainDate | null): Problem[] {
  const { fromOn, untilOn, cohort } = given
  const isSame = fromOn.equals(was.fromOn) && untilOn.equals(was.untilOn) && isSameCohort(cohort, was.cohort)
  if (isSame) return [{ field: 'from', message: 'Change the first day, the last day or whom it is for' }]
  return [
    ...(isBefore(untilOn, fromOn) ? [{ field: 'until', message: lastBeforeFirst }] : []),
    ...(firstAsked !== null && isBefore(firstAsked, fromOn) && !fromOn.equals(was.fromOn)
      ? [{ field: 'from', message: `Somebody was asked on ${longDay(firstAsked)}: it cannot begin after that` }]
      : []),
  ]
}

function isSameCohort(one: Cohort, other: Cohort): boolean {
  // Checked: both have the keys of a cohort.
  const codes = Object.keys(one) as (keyof Cohort)[]
  return codes.every((code) => one[code].toSorted().join() === other[code].toSorted().join())
}

const lastBeforeFirst = 'The last day must not be before the first day'

type Taking = Readonly<{ allotting: Allotting; seed: string | null; place: number; chosen: Gets | null }>

/** What somebody gets who says yes as so-many-th. By chance each is drawn by itself, as by the toss of a coin. */
export function getsOf({ allotting, seed, place, chosen }: Taking): Gets {
  if (allotting === 'alternate') return place % 2 === 1 ? 'new' : 'usual'
  if (allotting === 'chance') return drawn(`${seed ?? ''}:${place}`) ? 'new' : 'usual'
  return allotting === 'coach' ? (chosen ?? 'usual') : 'new'
}

// FNV-1a over 32 bits with the last mixing of MurmurHash3, so that neighbours in the order are drawn apart.
function drawn(words: string): boolean {
  let hash = 0x811c9dc5
  for (const letter of new TextEncoder().encode(words)) hash = Math.imul(hash ^ letter, 0x01000193)
  for (const [shift, factor] of [
    [16, 0x85ebca6b],
    [13, 0xc2b2ae35],
  ] as const)
    hash = Math.imul(hash ^ (hash >>> shift), factor)
  return ((hash ^ (hash >>> 16)) & 1) === 0
}

/** How somebody stands to a pilot. */
export const places = {
  fits: { label: 'Could take part', colour: 'blue' },
  asked: { label: 'Asked, no answer yet', colour: 'yellow' },
  yes: { label: 'Takes part', colour: 'green' },
  no: { label: 'Said no', colour: 'grey' },
  back: { label: 'Takes part no more', colour: 'grey' },
} as const

export type Place = keyof typeof places

/** One yes or no, the newest of somebody's. */
export type Answer = Readonly<{ given: boolean; gets: Gets | null; at: Temporal.Instant; version: number; how: string }>

/** How somebody stands to a pilot, by whether they were asked and what they answered, the newest first. */
export function placeOf(invited: boolean, answers: readonly Pick<Answer, 'given'>[]): Place {
  const [newest] = answers
  if (!newest) return invited ? 'asked' : 'fits'
  if (newest.given) return 'yes'
  return answers.some(({ given }) => given) ? 'back' : 'no'
}

/** Who may see what came of a pilot in numbers. */
export const numberReaders = [
  ...(['senior-coach', 'service-manager', 'administrator'] as const),
  ...(['area-lead', 'national-team', 'evaluator'] as const),
] as const

/** How somebody said yes or no to a pilot. */
export const waysOfSaying = {
  telephone: { label: 'By telephone' },
  'in-person': { label: 'In person' },
  form: { label: 'On a signed form' },
} as const
