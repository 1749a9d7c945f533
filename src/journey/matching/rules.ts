import { ageOn } from '#platform/dates.ts'
import { type Listing, takesReferrals, workStandings, type WorkStanding } from '#registers/listing/rules.ts'
import { languageNamed, spokenLanguages } from '#registers/marks/rules.ts'
import { agesInWords, daysOf, type Location, stateOn } from '#registers/services/rules.ts'
import type { Around } from '#registers/around/rules.ts'
import { type Access, inAddress, type Seeker, type Wanted } from '#registers/sifting/rules.ts'
import type { Partly, Shown, TownNamed } from '#registers/seeking/rules.ts'
import type { BarrierCode, EmploymentStatus } from '#journey/assessment/rules.ts'
import type { WorkStatus } from '#journey/referral/rules.ts'

/** Somebody for whom a service is looked for, by what their record holds and nothing else. */
export type ForPerson = Seeker &
  Readonly<{
    /** The language they speak, where it is not English. */
    language: string | null
    interpreter: boolean
    access: readonly Access[]
    /** Whether where they live is known well enough to say whether a service is for people there. */
    lives: boolean
  }>

/** Whether one thing that a service says fits a person; to ask where either says too little. */
export type Verdict = 'yes' | 'no' | 'ask'

/** One thing that a service says of whom it is for, held against the record of a person, with the reason. */
export type Tick = Readonly<{ verdict: Verdict; words: string }>

type Held = Readonly<{ listing: Listing; places: readonly Location[]; today: Temporal.PlainDate }>

/** What fits this person, what does not and what is to be asked, the crosses first; what nobody said anything of is left out. */
export function ticksOf({ listing, places, today }: Held, person: ForPerson): Tick[] {
  const all = [
    stands(listing, today),
    livesThere(listing, person),
    hasAge(listing, person),
    worksThere(listing, person),
    isReferred(listing),
    ...person.access.map((need) => getsIn(need, places)),
    speaks(listing, person),
    inItsOwnWords(listing),
  ].filter((tick) => tick !== undefined)
  const order = { no: 0, ask: 1, yes: 2 } as const
  return all.toSorted((one, other) => order[one.verdict] - order[other.verdict])
}

function stands(listing: Listing, today: Temporal.PlainDate): Tick | undefined {
  const state = stateOn(daysOf(listing), today)
  const words = { paused: 'It is paused', closed: 'It is closed', 'to-come': 'It is not open yet' } as const
  return state === 'open' ? undefined : { verdict: 'no', words: `${words[state]}: nobody can be referred now` }
}

function livesThere({ served }: Listing, person: ForPerson): Tick | undefined {
  if (served.length === 0) return undefined
  const lives = served.some(({ kind, code }) => {
    const known = {
      ...{ country: person.countries, board: person.boards, council: person.councils },
      outward: person.outward === null ? [] : [person.outward],
    }
    return known[kind].includes(code)
  })
  if (lives) return { verdict: 'yes', words: 'For people who live where they do' }
  const isEngland = served.every(({ kind, code }) => kind === 'country' && code === 'England')
  // A service that is for all of England is for everybody whose home is not known to be elsewhere.
  if (isEngland && person.countries.length === 0) return { verdict: 'yes', words: 'For people all over England' }
  if (!person.lives)
    return { verdict: 'ask', words: 'Only for people of some places, and where they live is not known well enough' }
  return { verdict: 'no', words: 'For people who live elsewhere' }
}

function hasAge(listing: Listing, { age }: ForPerson): Tick | undefined {
  const ages = agesInWords(listing)
  if (ages === null) return undefined
  const { leastAge, mostAge } = listing
  const fits = (leastAge === null || age >= leastAge) && (mostAge === null || age <= mostAge)
  return fits
    ? { verdict: 'yes', words: `Their age, ${age}: it is for ${lowered(ages)}` }
    : { verdict: 'no', words: `They are ${age}, and it is for ${lowered(ages)}` }
}

const lowered = (words: string) => words.replace(/^Up/, 'up')

function worksThere({ work }: Listing, person: ForPerson): Tick | undefined {
  if (work.length === 0) return undefined
  const said = work.map((one) => workStandings[one].label.toLowerCase()).join(' or ')
  if (person.work === null)
    return { verdict: 'ask', words: `For people who are ${said}, and how they stand to work is not known` }
  if (work.includes(person.work))
    return { verdict: 'yes', words: `For people who are ${workStandings[person.work].label.toLowerCase()}` }
  return {
    verdict: 'no',
    words: `For people who are ${said}; they are ${workStandings[person.work].label.toLowerCase()}`,
  }
}

function isReferred({ ways }: Listing): Tick | undefined {
  if (!takesReferrals({ ways })) return { verdict: 'yes', words: 'They use it themselves: nobody is referred' }
  if (ways.length === 0 || ways.includes('self') || ways.includes('coach')) return undefined
  const who = ways.map((way) => (way === 'gp' ? 'a GP or health professional' : 'the Jobcentre')).join(' or ')
  return { verdict: 'ask', words: `Only ${who} can refer` }
}

const accessWords: Readonly<Record<Access, string>> = {
  ...{ 'step-free': 'a step-free way in', lift: 'a lift', toilet: 'an accessible toilet' },
  ...{ parking: 'Blue Badge parking', loop: 'a hearing loop', quiet: 'a quiet room', home: 'home visits' },
}

function getsIn(need: Access, places: readonly Location[]): Tick | undefined {
  if (places.length === 0) return undefined
  const words = accessWords[need]
  const has = places.some(({ access }) => access.includes(need))
  return has
    ? { verdict: 'yes', words: `Has ${words}` }
    : { verdict: 'ask', words: `Does not say whether it has ${words}` }
}

function speaks({ languages }: Listing, { language, interpreter }: ForPerson): Tick | undefined {
  if (language === null) return undefined
  const wanted = languageNamed(language)
  const speaks = languages.some(
    (one) => one.toLowerCase() === language.toLowerCase() || (wanted && languageNamed(one) === wanted),
  )
  const named = wanted ? spokenLanguages[wanted].label : language
  if (speaks) return { verdict: 'yes', words: `Speaks ${named}` }
  return {
    verdict: 'ask',
    words: `Does not say whether it speaks ${named}${interpreter ? ' or brings an interpreter' : ''}`,
  }
}

const mostSaid = 200

function inItsOwnWords({ eligibility }: Listing): Tick | undefined {
  if (eligibility === null) return undefined
  const said = eligibility.length > mostSaid ? `${eligibility.slice(0, mostSaid).trimEnd()}…` : eligibility
  return { verdict: 'ask', words: `It says: ${said}` }
}

/** How somebody stands to work by what they said last: in the first conversation, else in their referral. */
export function standingToWork(
  said: Readonly<{ employment: EmploymentStatus | null; sick: boolean | null; referred: WorkStatus | null }>,
): WorkStanding | null {
  const { employment, sick, referred } = said
  if (employment !== null) return inWork.has(employment) ? (sick ? 'off-sick' : 'in-work') : 'out-of-work'
  return referred === null ? null : fromReferral[referred]
}

const inWork: ReadonlySet<EmploymentStatus> = new Set([
  'employed',
  'zero-hours',
  'self-employed',
  'apprentice',
] as const)

const fromReferral: Readonly<Record<WorkStatus, WorkStanding | null>> = {
  ...{ employed: 'in-work', 'off-sick': 'off-sick', 'self-employed': 'in-work', 'zero-hours': 'in-work' },
  ...{ apprentice: 'in-work', unemployed: 'out-of-work', inactive: 'out-of-work', 'prefer-not-to-say': null },
}

const needsIn: Readonly<Record<string, Access>> = {
  ...{ 'step-free': 'step-free', wheelchair: 'step-free', 'hearing-aid': 'loop', 'hearing-loop': 'loop' },
  ...{ 'quiet-room': 'quiet', 'home-visit': 'home' },
}

/** What of somebody's needs decides whether they get in where a service is given. */
const accessOf = (needs: readonly string[]): Access[] => [...new Set(needs.flatMap((need) => needsIn[need] ?? []))]

type Known = Readonly<{
  person: Readonly<{
    born_on: Temporal.PlainDate
    language: string | null
    interpreter: string | null
    access_needs: readonly string[]
  }>
  lives: Pick<ForPerson, 'outward' | 'councils' | 'boards' | 'countries' | 'lives'>
  work: WorkStanding | null
  today: Temporal.PlainDate
}>

/** Somebody as services are held against them. */
export function forPerson({ person, lives, work, today }: Known): ForPerson {
  const language = person.language !== null && !/^english\b/i.test(person.language.trim()) ? person.language : null
  const interpreter = person.interpreter !== null
  return {
    ...lives,
    age: ageOn(person.born_on, today),
    work,
    language,
    interpreter,
    access: accessOf(person.access_needs),
  }
}

/** What the record does not hold, so that services cannot be held against it. */
export const unknownOf = ({ lives, work }: ForPerson): string[] => [
  ...(lives ? [] : ['where they live']),
  ...(work === null ? ['how they stand to work'] : []),
]

/** What was looked for and what was found: one page of it, each service held against the person where there is one. */
export type Results = Readonly<{
  wanted: Wanted
  found: readonly (Shown & Readonly<{ ticks: readonly Tick[] }>)[]
  count: number
  page: number
  around: Around | null
  shownFor: string | null
  inOtherWords: boolean
  partly: Partly | null
  town: TownNamed | null
  /** The episode from which the reader may refer to what was found. */
  refersFrom?: string | undefined
  today: Temporal.PlainDate
  /** The moment, as hours of the week are told. */
  at: Readonly<{ day: string; dayOfWeek: number; clock: string }>
}>

/** By which words services are looked for that help with what stands in the way; none where no service does. */
export const lookedForBy: Readonly<Record<BarrierCode, string | null>> = {
  ...{ pain: 'pain', fatigue: 'fatigue', moving: 'physiotherapy', senses: 'hearing', sleep: 'sleep', treatment: null },
  ...{
    fluctuating: 'adjustments',
    'low-mood': 'depression',
    anxiety: 'anxiety',
    stress: 'stress',
    concentration: null,
  },
  ...{
    confidence: 'wellbeing',
    past: 'bereavement',
    'fear-of-worse': 'occupational health',
    'alcohol-drugs': 'alcohol',
  },
  ...{ housing: 'housing', money: 'debt', caring: 'carers', transport: 'transport', digital: 'digital skills' },
  ...{ relationships: 'family support', isolation: 'loneliness', language: 'English classes', tasks: 'adjustments' },
  ...{ hours: 'adjustments', workplace: 'Access to Work', 'people-at-work': 'employment rights' },
  ...{ 'long-absence': 'occupational health', 'job-at-risk': 'employment rights', skills: 'training' },
  'finding-work': 'job search',
}

/**
 * The address of a search in the directory. Around a place it says under what the place is kept, with the words beside it,
 * for its reader alone; without one it is the same for whoever opens it.
 */
export function directoryAt(wanted: Wanted, kept: string | null, page?: number): string {
  const { place, words, order, ...chosen } = wanted
  const typed = place === null || kept === null ? { words: words ?? undefined } : { kept }
  const more = { ...typed, page: page === undefined ? undefined : `${page}` }
  const said = inAddress({ ...chosen, order: order === 'best' ? null : order }, more)
  return said === '' ? '/services' : `/services?${said}`
}
