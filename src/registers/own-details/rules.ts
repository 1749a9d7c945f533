import { needInWords } from '#registers/access-needs/rules.ts'
import { accessNeeds } from '#registers/people/rules.ts'

/** What people need to take part, in their own words. */
export const ownNeeds = {
  ...accessNeeds,
  'hearing-aid': { label: 'I use a hearing aid or hearing loop' },
  'lip-reading': { label: 'I read lips' },
  'communication-aid': { label: 'I use a communication aid' },
} as const satisfies Readonly<Record<keyof typeof accessNeeds, { label: string }>>

/** A need as whoever has it says it. */
export function ownNeedInWords(code: string): string {
  const known: Readonly<Record<string, { label: string }>> = ownNeeds
  return known[code]?.label ?? needInWords(code)
}
