/**
 * Whether an area takes part as a fit note trailblazer, where somebody who asks for a fit note is offered a
 * work-and-health conversation. No area does until it says so.
 */
export type Trailblazer = Readonly<{
  trailblazer: boolean
  /** Working days from the request to the conversation: our own default, no source gives one. */
  conversationWorkingDays: number
}>

export const usualTrailblazer: Trailblazer = { trailblazer: false, conversationWorkingDays: 5 }

/** The fewest and the most working days that an area may give its coaches. */
export const conversationDays = { least: 1, most: 30 } as const

/** Who certifies, and that nobody else does: said wherever somebody may think of asking us for a note. */
export const whoCertifies =
  'Only a doctor, nurse, occupational therapist, pharmacist or physiotherapist can issue a fit note, and only they say whether somebody is fit for work. WorkWell never issues one.'

const words: Readonly<Record<string, string>> = {
  trailblazer: 'Takes part',
  conversationWorkingDays: 'Working days until the conversation',
}

/** What a decision is called in the history. */
export const decidedName = (name: string): string => words[name] ?? name

/** What was decided, in words. */
export const decidedValue = (value: unknown): string =>
  typeof value === 'boolean' ? (value ? 'Yes' : 'No') : String(value)

/** The decisions that differ from what holds on the day. */
export function changedTrailblazer(before: Trailblazer, after: Trailblazer): [string, unknown][] {
  const known: Readonly<Record<string, unknown>> = before
  return Object.entries(after).filter(([name, value]) => known[name] !== value)
}
