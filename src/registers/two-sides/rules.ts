import { type Candidate, reasonsNotToMerge } from '#registers/likeness/rules.ts'

/** What one side says about a record of its own and one it does not see. */
export const sayings = {
  same: { label: 'It is one person', hint: 'The person told you, or the number was checked with them' },
  different: { label: 'They are two people', hint: 'Both records stay as they are' },
} as const

export type Saying = keyof typeof sayings

/** What follows once a side has spoken: the pair is decided, or the other side is waited for. */
export function decidedBy(own: Saying, other: Saying | undefined): Saying | 'waiting' {
  if (own === 'different') return 'different'
  return other === 'same' ? 'same' : 'waiting'
}

/** Which of two records can be kept; undefined where something has to be put right in one of them first. */
export function keepable(one: Candidate, other: Candidate): Candidate | undefined {
  if (reasonsNotToMerge(one, other).length === 0) return one
  return reasonsNotToMerge(other, one).length === 0 ? other : undefined
}
