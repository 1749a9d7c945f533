import { isBefore, longDay } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { type WorkStatus, workStatuses } from '#journey/referral/rules.ts'

/** What makes somebody belong to an area; one is enough. */
export const ways = {
  home: { label: 'They live in the area' },
  practice: { label: 'Their GP practice is in the area' },
  jobcentre: { label: 'Their Jobcentre is in the area' },
} as const

export type Way = keyof typeof ways

/** For whom an area may say that another service is the right one. */
export const exclusions = {
  'complex-need': { label: 'Needs more, or longer, support than this service gives' },
  'long-term-unemployed': { label: 'Out of work for 12 months or more' },
  'connect-to-work': { label: 'Already on Connect to Work' },
} as const

export type Exclusion = keyof typeof exclusions

/** How somebody may stand to work; who would rather not say is asked again, kindly. */
export const workSituations = withoutSilence(workStatuses)

function withoutSilence({ 'prefer-not-to-say': _silent, ...said }: typeof workStatuses) {
  return said
}

export type WorkSituation = keyof typeof workSituations

/** The work situations in which somebody has a job, whether or not they are well enough to do it now. */
export const inWork: readonly WorkStatus[] = ['employed', 'off-sick', 'self-employed', 'zero-hours', 'apprentice']

/** Whom an area supports. Nothing about benefits can be said here, because they are never a condition. */
export type AreaRules = Readonly<{
  minAge: number | null
  maxAge: number | null
  england: boolean
  rightToWork: boolean
  condition: boolean
  work: readonly WorkSituation[]
  /** Out of work for fewer whole weeks than this. */
  weeksOutOfWork: number | null
  places: readonly Way[]
  excluded: readonly Exclusion[]
  /** Only people whose employer has fewer staff than this. */
  employerUnder: number | null
  withoutOccupationalHealth: boolean
}>

/** What holds until an area decides: 16 and over, in England, allowed to work, health that affects work. */
export const usualRules: AreaRules = {
  minAge: 16,
  maxAge: null,
  england: true,
  rightToWork: true,
  condition: true,
  work: ['employed', 'off-sick', 'self-employed', 'zero-hours', 'apprentice', 'unemployed', 'inactive'],
  weeksOutOfWork: null,
  places: ['home', 'practice', 'jobcentre'],
  excluded: [],
  employerUnder: null,
  withoutOccupationalHealth: false,
}

/** Rules from a day on: for the whole area or, with a council, only what is different there. */
export type RuleSet = Readonly<{
  id: string
  fromOn: Temporal.PlainDate
  council: string | null
  councilName: string | null
  rules: Partial<AreaRules>
}>

/** The rules that hold for somebody: the rows they come from, and what the place is called where they hold. */
export type RulesInForce = Readonly<{ rules: AreaRules; where: string; from: readonly string[] }>

/** The row in force on a day, of the whole area or of one council. Of two for one day the later made counts. */
export function ruleSetOn<Row extends RuleSet>(
  sets: readonly Row[],
  council: string | null,
  on: Temporal.PlainDate,
): Row | undefined {
  return sets
    .filter((set) => set.council === council && !isBefore(on, set.fromOn))
    .toSorted((one, other) => Temporal.PlainDate.compare(one.fromOn, other.fromOn) || (one.id < other.id ? -1 : 1))
    .at(-1)
}

/** The rules for somebody who lives in this council (null: it is not known), on a day. */
export function rulesOn(sets: readonly RuleSet[], council: string | null, on: Temporal.PlainDate): RulesInForce {
  const whole = ruleSetOn(sets, null, on)
  const own = council === null ? undefined : ruleSetOn(sets, council, on)
  const differs = own !== undefined && Object.keys(own.rules).length > 0
  return {
    rules: { ...usualRules, ...whole?.rules, ...own?.rules },
    where: differs ? (own.councilName ?? 'this council') : 'this area',
    from: [whole, own].flatMap((set) => (set ? [set.id] : [])),
  }
}

/** Where rules stand in time. */
export const ruleStates = {
  'in-force': { label: 'In force', colour: 'green' },
  future: { label: 'To come', colour: 'blue' },
  past: { label: 'Past', colour: 'grey' },
} as const

export type RuleState = keyof typeof ruleStates

/** Whether a row holds today, will hold, or was replaced. */
export function stateOf(set: RuleSet, sets: readonly RuleSet[], today: Temporal.PlainDate): RuleState {
  if (isBefore(today, set.fromOn)) return 'future'
  return ruleSetOn(sets, set.council, today)?.id === set.id ? 'in-force' : 'past'
}

export type InWords = Readonly<{ label: string; value: string }>

/** Rules as somebody reads them; of a council only what is different there. */
export function rulesInWords(rules: Partial<AreaRules>): InWords[] {
  const list = (codes: readonly string[], labels: Readonly<Record<string, Readonly<{ label: string }>>>) =>
    codes.map((code) => labels[code]?.label ?? code).join('; ')
  const line = (label: string, value: string | null | undefined) =>
    value === undefined ? [] : [{ label, value: value ?? '' }]
  const { work, places, excluded } = rules
  return [
    ...line('Age', agesInWords(rules)),
    ...line('Out of work', rules.weeksOutOfWork === undefined ? undefined : weeksInWords(rules.weeksOutOfWork)),
    ...line('Work', work && (work.length === usualRules.work.length ? 'Any' : list(work, workSituations))),
    ...line('Place, one is enough', places && list(places, ways)),
    ...line('In England', rules.england === undefined ? undefined : needed(rules.england)),
    ...line('Allowed to work in the UK', rules.rightToWork === undefined ? undefined : needed(rules.rightToWork)),
    ...line('Health that affects work', rules.condition === undefined ? undefined : needed(rules.condition)),
    ...line('Better helped elsewhere', excluded && (list(excluded, exclusions) || 'Nobody')),
    ...line('Employer', employerInWords(rules)),
  ]
}

const needed = (yes: boolean) => (yes ? 'Needed, by asking' : 'Not asked for')

/** "16 and over", "18 to 64" or "any age"; undefined where nothing is said about age. */
export function agesInWords({ minAge, maxAge }: Partial<AreaRules>): string | undefined {
  if (minAge === undefined && maxAge === undefined) return undefined
  if (maxAge === null || maxAge === undefined) return minAge ? `${minAge} and over` : 'Any age'
  return minAge ? `${minAge} to ${maxAge}` : `Up to ${maxAge}`
}

/** "fewer than 26 weeks" or "no limit". */
function weeksInWords(weeks: number | null): string {
  return weeks === null ? 'No limit' : weeks === 1 ? 'Less than 1 week' : `Fewer than ${weeks} weeks`
}

function employerInWords({ employerUnder, withoutOccupationalHealth }: Partial<AreaRules>): string | undefined {
  if (employerUnder === undefined) return undefined
  const parts = [
    ...(employerUnder === null ? [] : [`Fewer than ${employerUnder} staff`]),
    ...(withoutOccupationalHealth ? ['No occupational health offered'] : []),
  ]
  return parts.join('; ') || 'Any'
}

export type Proposal = Readonly<{
  fromOn: Temporal.PlainDate
  council: string | null
  rules: Partial<AreaRules>
}>

/** What is wrong with rules that somebody wants to set. The past is not rewritten: only the first rules may be dated back. */
export function proposalProblems(
  { fromOn, rules, council }: Proposal,
  sets: readonly RuleSet[],
  today: Temporal.PlainDate,
): Problem[] {
  const { minAge, maxAge, places, work } = rules
  const first = !sets.some((set) => set.council === council)
  return [
    ...(isBefore(fromOn, today) && !first
      ? [{ field: 'fromOn', message: `The day must be ${longDay(today)} or later, because earlier decisions stand` }]
      : []),
    ...(minAge && maxAge && maxAge < minAge
      ? [{ field: 'maxAge', message: 'The oldest age must not be below the youngest' }]
      : []),
    ...(council === null && places?.length === 0
      ? [{ field: 'places', message: 'Select at least one way to belong to the area' }]
      : []),
    ...(council === null && work?.length === 0
      ? [{ field: 'work', message: 'Select at least one work situation' }]
      : []),
  ]
}

/** Rules held against other rules, from the first day of the others. */
export type Comparing = Readonly<{
  before: readonly RuleSet[]
  after: readonly RuleSet[]
  fromOn: Temporal.PlainDate
  today: Temporal.PlainDate
}>

/** Somebody whose answer would change: how, and which rules would make the difference. */
export type Changed = Readonly<{
  referral: string
  reference: string
  name: string
  receivedOn: Temporal.PlainDate
  open: boolean
  before: string
  after: string
  why: readonly string[]
}>

/** How many people have one answer and would have another; open referrals and those of the last twelve months apart. */
export type ChangeCount = Readonly<{ before: string; after: string; open: number; decided: number }>

/** Whom other rules would change something for. */
export type Effect = Readonly<{
  looked: Readonly<{ open: number; decided: number }>
  counts: readonly ChangeCount[]
  people: readonly Changed[]
}>

/** A count as somebody who sees only totals may read it: small numbers could point at one person. */
export function roughly(count: number): string {
  if (count === 0) return '0'
  return count < 5 ? 'fewer than 5' : `about ${Math.round(count / 5) * 5}`
}

/** Rules as the fields of their form hold them. */
export function typedRules(rules: Partial<AreaRules>): Record<string, string | readonly string[]> {
  const lists: Record<string, readonly string[]> = {
    work: rules.work ?? [],
    places: rules.places ?? [],
    excluded: rules.excluded ?? [],
  }
  const single = Object.entries(rules).filter(([name, value]) => !(name in lists) && value !== null && value !== false)
  return {
    ...lists,
    ...Object.fromEntries(single.map(([name, value]) => [name, value === true ? 'yes' : String(value)])),
  }
}

/** What somebody has looked at, so that nothing else is set than what they saw. */
export function proposalKey({ fromOn, council, rules }: Proposal): string {
  return JSON.stringify([fromOn.toString(), council, Object.entries(rules).toSorted()])
}
