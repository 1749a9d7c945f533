import { isBefore } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import type { Owner, Suggested } from '#journey/action/rules.ts'
import { type BarrierCode, barriers } from '#journey/assessment/rules.ts'
import type { PlanType } from '#registers/areas/rules.ts'

/** What may be done about a barrier, by whom, and within how many days it usually is. */
export type Words = Readonly<{
  barrier: BarrierCode
  what: string
  owner: Owner
  days: number
  /** The kind of local service that helps, where one does. */
  service: string | null
}>

/** A suggestion that comes with the product. */
export type Supplied = Words &
  Readonly<{
    code: string
    /** Whether it makes no sense without an employer, whoever does it. */
    needsEmployer: boolean
  }>

/** One version of a suggestion; the one that comes with the product holds from always, and nobody here set it. */
export type Version = Words &
  Readonly<{
    code: string
    version: number
    from_on: Temporal.PlainDate | null
    /** The first day on which it is no longer suggested. */
    until_on: Temporal.PlainDate | null
    set_by: string | null
    set_at: Temporal.Instant | null
  }>

/** How a suggestion stands on a day. */
export const states = {
  suggested: { label: 'Suggested' },
  'to-come': { label: 'To come' },
  ended: { label: 'Not suggested' },
} as const

export type State = keyof typeof states

/** Whose words a suggestion is in. */
export const whoseWords = {
  supplied: { label: 'As supplied' },
  changed: { label: 'Changed here' },
  own: { label: 'Your own' },
} as const

/** A suggestion of an area's library with all that was said of it. */
export type Solution = Readonly<{
  code: string
  /** What holds on the day; of one that is still to come, what will. */
  now: Version
  /** What was said last, which is what a change begins from. */
  newest: Version
  state: State
  whose: keyof typeof whoseWords
  /** Every version, the newest first. */
  versions: readonly Version[]
  supplied: Supplied | undefined
}>

/** The library of an area on a day: what comes with the product, as the area changed it, and what it added. */
export function libraryOf(supplied: readonly Supplied[], kept: readonly Version[], on: Temporal.PlainDate): Solution[] {
  const own = Map.groupBy(kept, ({ code }) => code)
  const known = new Set(supplied.map(({ code }) => code))
  const added = [...own.keys()].filter((code) => !known.has(code))
  return [
    ...supplied.flatMap((one) => solutionOf([firstOf(one), ...(own.get(one.code) ?? [])], one, on)),
    ...added.flatMap((code) => solutionOf(own.get(code) ?? [], undefined, on)),
  ]
}

const firstOf = ({ needsEmployer: _, ...one }: Supplied): Version => ({
  ...one,
  ...{ version: 1, from_on: null, until_on: null, set_by: null, set_at: null },
})

function solutionOf(said: readonly Version[], supplied: Supplied | undefined, on: Temporal.PlainDate): Solution[] {
  const versions = said.toSorted((one, other) => other.version - one.version)
  const [newest] = versions
  if (!newest) return []
  // Of the versions that have begun the one that was said last.
  const begun = versions.find(({ from_on }) => from_on === null || !isBefore(on, from_on))
  const now = begun ?? newest
  const ended = now.until_on !== null && !isBefore(on, now.until_on)
  const state = begun === undefined ? 'to-come' : ended ? 'ended' : 'suggested'
  const whose = !supplied ? 'own' : isSame(now, supplied) ? 'supplied' : 'changed'
  return [{ code: newest.code, now, newest, state, whose, versions, supplied }]
}

const parts = ['barrier', 'what', 'owner', 'days', 'service'] as const

function isSame(one: Words, other: Words): boolean {
  return parts.every((part) => one[part] === other[part])
}

/** What a reader of the library looks for. */
export type Wanted = Readonly<{ barrier: BarrierCode | null; words: string | null; state: State | null }>

/** The suggestions a reader looks for: of one barrier, with these words in them, standing like this. */
export function found(library: readonly Solution[], { barrier, words, state }: Wanted): Solution[] {
  const sought = (words ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  return library.filter(({ now, state: is }) => {
    const text = [now.what, now.service, barriers[now.barrier].label].join(' ').toLowerCase()
    const isSought = sought.every((word) => text.includes(word))
    return isSought && (barrier === null || now.barrier === barrier) && (state === null || is === state)
  })
}

/** A suggestion as it is offered for the person of an episode, or was set aside for them. */
export type Offered = Suggested &
  Readonly<{
    ignored: boolean
    /** Whether it can be done only by somebody who has an employer; an area’s own words for it change nothing of that. */
    needsEmployer: boolean
  }>

/** What is offered for somebody: everything that is suggested, each with whether it was set aside for them. */
export function offeredFrom(library: readonly Solution[], ignored: readonly string[]): Offered[] {
  return library
    .filter(({ state }) => state === 'suggested')
    .map(({ code, supplied, now: { version, barrier, what, owner, days, service } }) => ({
      ...{ code, version, barrier, what, owner, days, service },
      needsEmployer: owner === 'employer' || (supplied?.needsEmployer ?? false),
      ignored: ignored.includes(code),
    }))
}

/** What may be suggested to somebody whose plan is of this kind: nothing that needs an employer to somebody out of work. */
export function suggestedFor<One extends Pick<Offered, 'needsEmployer'>>(
  suggestions: readonly One[],
  kind: PlanType | undefined,
): One[] {
  return suggestions.filter(({ needsEmployer }) => !needsEmployer || kind !== 'seek-work')
}

/** How often a suggestion was taken as it is, changed when it was taken, and set aside for somebody. */
export type Used = Readonly<{ taken: number; changed: number; ignored: number }>

// Our own floor: fewer than this could be told apart by whoever knows the people.
const leastShown = 5

/** The same in words; small numbers are not told. */
export function usedInWords({ taken, changed, ignored }: Used): string {
  const numbers = [taken, changed, ignored]
  if (numbers.every((number) => number < leastShown)) return `Each fewer than ${leastShown} times`
  const [asIs, other, aside] = numbers.map((number) => (number < leastShown ? `fewer than ${leastShown}` : `${number}`))
  return `Taken as it is: ${asIs}. Changed: ${other}. Not for them: ${aside}`
}

/** How often all of them together were used. */
export function together(uses: readonly Used[]): Used {
  const sum = (part: keyof Used) => uses.reduce((all, one) => all + one[part], 0)
  return { taken: sum('taken'), changed: sum('changed'), ignored: sum('ignored') }
}

type Days = Readonly<{ from: Temporal.PlainDate; until: Temporal.PlainDate | null }>

/** What is wrong with the days on which a suggestion is to hold: what held before today cannot be said anew. */
export function problemsWithDays({ from, until }: Days, today: Temporal.PlainDate): Problem[] {
  return [
    ...(isBefore(from, today) ? [{ field: 'from', message: 'Enter today or a day to come' }] : []),
    ...(until && !isBefore(from, until) ? [{ field: 'until', message: 'Enter a day after the first one' }] : []),
  ]
}
