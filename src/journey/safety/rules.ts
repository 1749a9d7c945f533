import type { Role } from '#platform/access/rules.ts'
import { isBefore, momentAt } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'

/** What a concern is about. */
export const concernKinds = {
  'self-harm': { label: 'Harm to themselves, or thoughts of suicide' },
  'harm-by-others': { label: 'Harm by somebody else' },
  'adult-safeguarding': { label: 'Safeguarding of an adult' },
  'child-safeguarding': { label: 'Safeguarding of a child' },
  'domestic-abuse': { label: 'Domestic abuse', hint: 'Only the duty lead, the service manager and you can read it' },
  'threat-to-staff': { label: 'Threat to somebody who works here' },
} as const

export type ConcernKind = keyof typeof concernKinds

/** How a concern came to an end. */
export const closings = {
  safe: { label: 'The person is safe, and said so themselves' },
  'with-others': { label: 'Others are looking after it: GP, crisis team, safeguarding or police' },
  unfounded: { label: 'It was not what it seemed' },
} as const

export type Closing = keyof typeof closings

/**
 * What to do when somebody may be in danger: our own plain wording of the six points that services for people seeking
 * work agree on. It asks and acts; it never scores (NICE guideline NG225).
 */
export const sixPoints = [
  [
    'Take it seriously',
    'Stay calm, listen, and say that you are glad they told you. Never promise to keep it to yourself.',
  ],
  [
    'Ask',
    'What are they thinking of, when, and do they have what they would need? Asking does not put the idea there.',
  ],
  [
    'Get somebody with you',
    'Wave or message a colleague or the duty lead while you stay with the person or on the line.',
  ],
  [
    'Call for help',
    'If there is danger now, call 999. Otherwise the GP, the crisis team, or NHS 111 option 2, with the person if you can.',
  ],
  ['Write it down', 'Their words, what you did, who you told and when. Do it today.'],
  ['Look after yourself', 'Talk it through with the duty lead before you go home. Take the time you need.'],
] as const

/** What stands in a concern that an answer to a questionnaire opened. */
export const fromQuestionnaire = {
  seen: 'An answer to a questionnaire was above “not at all”: thoughts of being better off dead, or of hurting themselves.',
  done: 'Nothing yet: somebody has to talk with the person today.',
} as const

/** Whether only a few may read a concern: domestic abuse, and what is about people other than the person. */
function isRestricted({ kind, about_others: aboutOthers }: Readonly<{ kind: string; about_others: boolean }>): boolean {
  return kind === 'domestic-abuse' || aboutOthers
}

/** Who may read what a restricted concern says. */
const mayReadRestricted: readonly Role[] = ['senior-coach', 'service-manager']

type Reader = Readonly<{ role: Role; membership: string }>
type Written = Readonly<{ kind: string; about_others: boolean; recorded_by: string | null }>

/** Whether this reader may know what the concern says; everybody else only learns that there is one. */
export function mayRead(concern: Written, reader: Reader): boolean {
  return !isRestricted(concern) || mayReadRestricted.includes(reader.role) || concern.recorded_by === reader.membership
}

/** One look at a concern as it was entered. */
export type Look = Readonly<{
  told: string | null
  toldOn: Temporal.PlainDate | null
  toldTime: string | null
  done: string
  nextLookOn: Temporal.PlainDate | null
  closedAs: Closing | null
}>

/** The moment at which somebody was told, from a day and a time such as 14:30 or 9.05; undefined when it is no time. */
export function toldAt({ toldOn, toldTime }: Pick<Look, 'toldOn' | 'toldTime'>): Temporal.Instant | undefined {
  const [, hour, minute] = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/.exec(toldTime ?? '') ?? []
  return toldOn && hour && minute ? momentAt(toldOn, `${hour.padStart(2, '0')}:${minute}`) : undefined
}

/** What is missing: who was told needs a when, and a concern is either looked at again or closed. */
export function problemsWith(look: Look, today: Temporal.PlainDate): Problem[] {
  const told = look.told !== null
  const when = look.toldOn !== null || look.toldTime !== null
  // In the order in which the page asks.
  return [
    ...(!told && when ? [{ field: 'told', message: 'Enter who was told' }] : []),
    ...((told || when) && !look.toldOn ? [{ field: 'told-on', message: 'Enter the day on which they were told' }] : []),
    ...((told || when) && look.toldOn && !toldAt(look)
      ? [{ field: 'told-time', message: 'Enter the time when they were told, for example 14:30' }]
      : []),
    ...(look.toldOn && isBefore(today, look.toldOn)
      ? [{ field: 'told-on', message: 'They cannot have been told in the future' }]
      : []),
    ...(look.nextLookOn && look.closedAs
      ? [
          {
            field: 'next-look-on',
            message: 'A concern that is closed has no next day to look: leave one of the two empty',
          },
        ]
      : []),
    ...(look.nextLookOn || look.closedAs ? [] : [{ field: 'next-look-on', message: 'Enter the day to look again' }]),
    ...(look.nextLookOn && isBefore(look.nextLookOn, today)
      ? [{ field: 'next-look-on', message: 'The day to look again must be today or later' }]
      : []),
  ]
}

/** A new concern always has a next day to look: it cannot be opened and closed in one breath. */
export function problemsWithFirst(look: Look, today: Temporal.PlainDate): Problem[] {
  return problemsWith({ ...look, closedAs: null }, today)
}

type Worry = Readonly<{ concern: boolean; episode: string }>

/** What is said before something ends while a concern is open; nothing where none is. */
export function warningsOfConcern({ concern, episode }: Worry, before: string) {
  const link = { href: `/episodes/${episode}/concerns`, label: 'Look at the concerns' }
  return concern
    ? [{ heading: 'A safety concern is open', text: `Talk to your duty lead before ${before}.`, link }]
    : []
}
