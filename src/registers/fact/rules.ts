import type { Problem } from '#platform/form/rules.ts'

/**
 * What a person may let somebody outside see of them besides their name, in their own words, one by one. None of them is a
 * diagnosis: that is never offered.
 */
export const facts = {
  help: { label: 'What I can do at work, and what would make it easier' },
  access: { label: 'What I need so that I can take part' },
  'phased-return': { label: 'How I go back to work, step by step' },
  language: { label: 'My language' },
  phone: { label: 'My phone number' },
  email: { label: 'My email address' },
  born: { label: 'My date of birth' },
} as const

export type Fact = keyof typeof facts

/** What was ticked; null where the person did not narrow it down. */
export type Ticked = readonly string[] | null

/** What may be ticked for each kind of recipient: an employer is offered what bears on the work, and nothing else. */
export const factsFor = {
  employer: ['help', 'access', 'phased-return'],
  onward: ['help', 'access', 'language', 'phone', 'email', 'born'],
} as const satisfies Readonly<Record<string, readonly Fact[]>>

/** The kinds of recipients for whom facts are ticked. */
export type Asking = keyof typeof factsFor

/** Whether facts are ticked for recipients of this kind. */
export const asksFacts = (asked: string): asked is Asking => asked in factsFor

/** What was ticked, in the words it was offered in. */
export const labelsOf = (ticked: readonly string[]): string[] =>
  Object.entries(facts).flatMap(([code, { label }]) => (ticked.includes(code) ? [label] : []))

/** Something with the facts that were ticked for it behind it, where they were narrowed down. */
export const withFacts = (what: string, ticked: Ticked) =>
  ticked === null ? what : `${what} (${labelsOf(ticked).join('; ') || 'nothing ticked: no more than the name'})`

/** Whether what is ticked now holds each of what was ticked before. */
export const covers = (now: Ticked, before: Ticked): boolean =>
  now === null || (before !== null && before.every((one) => now.includes(one)))

/** What stands in the way of showing these to a recipient, at the field where they were chosen. */
export function notAgreed(field: string, ticked: Ticked, chosen: readonly Fact[]): Problem[] {
  const more = chosen.filter((one) => !covers(ticked, [one]))
  if (more.length === 0) return []
  const message = `They have not agreed to: ${labelsOf(more).join('; ')}. Take it out, or ask them and record what they say`
  return [{ field, message }]
}
