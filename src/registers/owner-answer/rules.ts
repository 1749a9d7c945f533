import type { Problem } from '#platform/form/rules.ts'
import type { OwnerPart } from '#registers/areas/rules.ts'
import type { Difference } from '#registers/directory/rules.ts'
import { differingParts, type Listing, listingParts, type Part } from '#registers/listing/rules.ts'

/** Which parts of a listing stand at once where an area takes an owner's word on them. */
const partsAtOnce: Readonly<Record<OwnerPart, readonly Part[]>> = {
  hours: ['openings', 'otherHours', 'hours'],
  wait: ['waitWeeks', 'waitOn'],
  capacity: ['capacity'],
  phone: ['phones'],
}

/** That whoever runs a service says something of it, in the history of the directory. */
export const ownerSays = { cameFrom: 'owner', source: null, by: null } as const

/** From where a service came first, as it is kept. */
export const originOf = (origin: string): 'own' | 'supplied' | 'feed' =>
  origin === 'supplied' || origin === 'feed' ? origin : 'own'

type Addresses = Readonly<{ address: string; then: string | null; now: string | null }>

/**
 * Where the directory has another address in place of the one that was asked; null where it has not. An address that was
 * not the one of the directory when it was asked was somebody's choice, and stays it.
 */
export function movedTo({ address, then, now }: Addresses): string | null {
  const isSame = (one: string | null) => one !== null && one.trim().toLowerCase() === address.trim().toLowerCase()
  return isSame(then) && now !== null && !isSame(now) ? now : null
}

// That somebody looked today follows whatever they said.
const following: readonly Part[] = ['checkedOn', 'waitOn']

/** What an owner changed, apart from the days on which they looked. */
export const changedParts = (before: Listing, said: Listing): Part[] =>
  differingParts(before, said).filter((part) => !following.includes(part))

/** Which of the parts that an owner changed stand at once, and which wait for somebody who decides. */
export function dividedParts(before: Listing, said: Listing, atOnce: readonly OwnerPart[]) {
  const trusted = new Set(atOnce.flatMap((one) => partsAtOnce[one]))
  const changed = changedParts(before, said)
  const [stands, waits] = [changed.filter((part) => trusted.has(part)), changed.filter((part) => !trusted.has(part))]
  // All of it is right once nothing waits; a wait that stands at once brings its day along.
  const days = waits.length === 0 ? following : following.filter((part) => part === 'waitOn' && trusted.has(part))
  return { stands, waits, along: stands.length === 0 ? [] : days }
}

/** What an owner proposed, without that they looked. */
export const shownDifferences = (differences: readonly Difference[]): Difference[] =>
  differences.filter(({ part }) => !following.includes(part))

/** The days that an owner may say: pausing, opening again and closing for good. */
export type OwnersDays = Readonly<{
  pausedFrom: Temporal.PlainDate | null
  pausedUntil: Temporal.PlainDate | null
  validUntil: Temporal.PlainDate | null
}>

/** A listing with the days that its owner says. */
export function withDays(listing: Listing, { pausedFrom, pausedUntil, validUntil }: OwnersDays): Listing {
  const written = (day: Temporal.PlainDate | null) => day?.toString() ?? null
  const days = { pausedFrom: written(pausedFrom), pausedUntil: written(pausedUntil), validUntil: written(validUntil) }
  return { ...listing, ...days }
}

/** What is wrong with the days that an owner says. */
export function dayProblems({ validFrom, pausedFrom, pausedUntil, validUntil }: Listing): Problem[] {
  const wrong: (Problem | false)[] = [
    pausedUntil !== null &&
      pausedFrom === null && { field: 'pausedFrom', message: 'Enter the day from which it is paused' },
    pausedUntil !== null &&
      pausedFrom !== null &&
      pausedUntil <= pausedFrom && {
        field: 'pausedUntil',
        message: 'Enter a day after the one on which the pause begins',
      },
    validUntil !== null &&
      validFrom !== null &&
      validUntil <= validFrom && { field: 'validUntil', message: 'Enter a day after the one on which it opens' },
  ]
  return wrong.filter((problem) => problem !== false)
}

/** What parts are called in the middle of a sentence. */
export const inSentence = (parts: readonly Part[]): string =>
  parts
    .filter((part) => !following.includes(part))
    .map((part) => listingParts[part].label.toLowerCase())
    .join(', ')

/** The parts of a listing as they are read behind the link, group by group. */
export const groups: readonly Readonly<{ heading: string; parts: readonly Part[] }>[] = [
  { heading: 'What it is', parts: ['name', 'summary', 'kinds', 'notice'] },
  {
    heading: 'Who it is for, and how to refer',
    parts: ['leastAge', 'mostAge', 'work', 'eligibility', 'served', 'ways', 'howToRefer'],
  },
  { heading: 'Reaching it', parts: ['phones', 'url', 'email', 'contact', 'languages', 'cost', 'costOptions'] },
  {
    heading: 'When, and how long people wait',
    parts: [
      ...(['openings', 'otherHours', 'hours', 'waitWeeks', 'waitOn', 'capacity', 'validFrom'] as const),
      ...(['pausedFrom', 'pausedUntil', 'validUntil'] as const),
    ],
  },
]

// Where nothing is said of these, there is nothing to miss.
const rare: readonly Part[] = [
  ...(['notice', 'leastAge', 'mostAge', 'work', 'served', 'costOptions', 'otherHours', 'hours', 'waitOn'] as const),
  ...(['validFrom', 'pausedFrom', 'pausedUntil', 'validUntil', 'contact'] as const),
]

/** Whether a part that says nothing is worth a line of its own. */
export const isMissed = (part: Part): boolean => !rare.includes(part)
