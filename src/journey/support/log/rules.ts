import { isBefore } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { mayTake, type Stage } from '#journey/episode/rules.ts'

/** Help that the service itself gives. */
export const supportKinds = {
  coaching: { label: 'Coaching' },
  employer: { label: 'Talking with the employer' },
  adjustments: { label: 'Advice on adjustments at work' },
  'follow-up': { label: 'Light follow-up: a short, regular look at how things are' },
  other: { label: 'Something else' },
} as const

export type SupportKind = keyof typeof supportKinds

/** How long a piece of work may take, in minutes: longer is more than one. */
export const lengths = { least: 1, most: 600 } as const

/** Why no help is written down while an episode stands here; undefined when it is. */
export function whyNotSupported(stage: Stage): string | undefined {
  if (mayTake('supported', stage)) return undefined
  return ['aftercare', 'closed', 'ended'].includes(stage)
    ? 'Support has ended. What is done now is a contact or a follow-up.'
    : 'Support begins once a plan is agreed. Until then, log contacts and appointments.'
}

type Given = Readonly<{ on: Temporal.PlainDate | null; next: Temporal.PlainDate | null }>
type Around = Readonly<{ agreedOn: Temporal.PlainDate | null; today: Temporal.PlainDate }>

/** What is wrong with the days of an entry, if anything: help is given after the plan, and the next day is to come. */
export function problemsWithDays({ on, next }: Given, { agreedOn, today }: Around): Problem[] {
  const problem = (field: string, message: string): Problem[] => [{ field, message }]
  return [
    ...(on && isBefore(today, on) ? problem('on', 'Enter today or a day that has passed') : []),
    ...(on && agreedOn && isBefore(on, agreedOn) ? problem('on', 'This is before the plan was agreed') : []),
    ...(next && isBefore(next, today) ? problem('next', 'Enter today or a day to come') : []),
  ]
}

/** "45 minutes" or "2 hours 5 minutes". */
export function timeInWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  const counted = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`
  return [hours > 0 && counted(hours, 'hour'), (rest > 0 || hours === 0) && counted(rest, 'minute')]
    .filter((part) => part !== false)
    .join(' ')
}
