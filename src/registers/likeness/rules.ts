import type { Problem } from '#platform/form/rules.ts'
import { isSameWay, type Means } from '#registers/means/rules.ts'

/** What makes two records look like one person. */
const likenesses = {
  'nhs-number': { label: 'The same NHS number' },
  'name-birth-postcode': { label: 'The same name, date of birth and postcode' },
  colleague: { label: 'A colleague finds them alike' },
} as const

/** What somebody decides about two records. */
export const decisions = {
  same: { label: 'They are one person', hint: 'One record is kept. The other is hidden and everything in it stays.' },
  different: { label: 'They are two people', hint: 'Both records stay as they are and are not shown as a pair again.' },
} as const

export type Decision = keyof typeof decisions

/** Who decides: those who see the records of an organisation and not only their own people's. */
export const deciders = ['administrator', 'senior-coach', 'service-manager'] as const

/** Something that a record holds, such as a spell of support; since when it is open where it is. */
export type Holding = Readonly<{ label: string; openSince: Temporal.Instant | null }>

/** One of two records beside each other. */
export type Candidate = Readonly<{
  id: string
  given_name: string
  family_name: string
  preferred_name: string | null
  born_on: Temporal.PlainDate
  nhs_number: string | null
  postcode: string | null
  restricted: boolean
  died_on: Temporal.PlainDate | null
  holdings: readonly Holding[]
  means: readonly Means[]
}>

/** The ways of a record that somebody else gave, that nobody knows to be theirs, and that the other record does not have. */
export const oddWays = (one: Pick<Candidate, 'means'>, other: Pick<Candidate, 'means'>): Means[] =>
  one.means.filter(
    (way) => way.given_by === 'other' && !way.theirs && !other.means.some((known) => isSameWay(way, known)),
  )

const problem = (field: string, message: string): Problem => ({ field, message })

/** Why these two records cannot be made one, with this one kept. Empty when they can. */
export function reasonsNotToMerge(kept: Candidate, merged: Candidate): Problem[] {
  return [
    ...(kept.restricted === merged.restricted
      ? []
      : [problem('decision', 'One record is restricted and the other is not. Restrict both or neither first.')]),
    ...((kept.died_on === null) === (merged.died_on === null)
      ? []
      : [problem('decision', 'One record says that the person has died. Put that right in both first.')]),
    ...(isOpenLonger(merged, kept)
      ? [problem('kept', 'Keep the record whose support is open, or has been open longer, so that it goes on.')]
      : []),
  ]
}

function isOpenLonger(one: Candidate, other: Candidate): boolean {
  const [since, otherSince] = [openSince(one), openSince(other)]
  if (since === undefined) return false
  return otherSince === undefined || Temporal.Instant.compare(since, otherSince) < 0
}

function openSince({ holdings }: Candidate): Temporal.Instant | undefined {
  const open = holdings.flatMap(({ openSince }) => (openSince === null ? [] : [openSince]))
  return open.toSorted((one, other) => Temporal.Instant.compare(one, other))[0]
}

/** What is missing from a decision. */
export function decisionProblems(decision: Decision, kept: string | null, pair: readonly string[]): Problem[] {
  if (decision === 'different') return []
  return kept !== null && pair.includes(kept) ? [] : [problem('kept', 'Choose which record is kept')]
}

type Decided = Readonly<{
  person: string
  kept: string | null
  mergedInto: string | null
  otherMergedInto: string | null
}>

/** Whether the record that was kept has since been merged into a third one: that has to be taken back first. */
export function isMergedOn({ person, kept, mergedInto, otherMergedInto }: Decided): boolean {
  if (kept === null) return false
  return (kept === person ? mergedInto : otherMergedInto) !== null
}

/** Why a pair was found, in words. */
export function likenessInWords(why: string): string {
  return Object.entries(likenesses).find(([code]) => code === why)?.[1].label ?? why
}
