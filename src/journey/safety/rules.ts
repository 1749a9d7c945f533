import type { Role } from '#platform/access/rules.ts'
import { inWords, isBefore, momentAt } from '#platform/dates.ts'
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

/** How soon somebody has to act. It says nothing about how likely harm is: nobody is scored here (NICE guideline NG225). */
export const actBy = {
  now: { label: 'Now', hint: 'Somebody may be in danger this minute: call 999 first, then write it down' },
  today: { label: 'Today' },
  days: { label: 'Within days', hint: 'Somebody looks at it on the day you say below' },
} as const

export type ActBy = keyof typeof actBy

/** Who raised a concern. */
export const raisedBy = {
  staff: { label: 'Somebody who works here' },
  person: { label: 'The person themselves' },
  family: { label: 'Family, a friend or a neighbour' },
  professional: { label: 'A professional: GP, adviser, school, police' },
  other: { label: 'Somebody else' },
} as const

export type RaisedBy = keyof typeof raisedBy

/** Who raised it, in words; an answer to a questionnaire raises one too. */
export function raisedInWords({ raised_by: by, raised_name: name }: Raised): string {
  const known: Readonly<Record<string, Readonly<{ label: string }>>> = raisedBy
  const label = known[by]?.label ?? 'An answer to a questionnaire'
  return name === null ? label : `${label} (${name})`
}

type Raised = Readonly<{ raised_by: string; raised_name: string | null }>

/** How a concern came to an end. */
export const closings = {
  safe: { label: 'The person is safe, and said so themselves' },
  'with-others': { label: 'Others are looking after it: GP, crisis team, safeguarding or police' },
  unfounded: { label: 'It was not what it seemed' },
} as const

export type Closing = keyof typeof closings

/** What stands in a concern that an answer to a questionnaire opened. */
export const fromQuestionnaire = {
  seen: 'An answer to a questionnaire was above “not at all”: thoughts of being better off dead, or of hurting themselves.',
  done: 'Nothing yet: somebody has to talk with the person today.',
} as const

/** Whether only a few may read a concern: domestic abuse, and what is about people other than the person. */
export function isRestricted(concern: Readonly<{ kind: string; about_others: boolean }>): boolean {
  return concern.kind === 'domestic-abuse' || concern.about_others
}

/** Who may read what a restricted concern says. */
const mayReadRestricted: readonly Role[] = ['senior-coach', 'service-manager']

type Reader = Readonly<{ role: Role; membership: string }>
type Written = Readonly<{
  kind: string
  about_others: boolean
  recorded_by: string | null
  /** Whether the reader was told of it because they are on duty. */
  told: boolean
}>

/** Whether this reader may know what the concern says; everybody else only learns that there is one. */
export function mayRead(concern: Written, reader: Reader): boolean {
  const { told, recorded_by: by } = concern
  return !isRestricted(concern) || told || mayReadRestricted.includes(reader.role) || by === reader.membership
}

type Concealable = Written & Readonly<{ seen?: string }>

/** The same row without what a restricted concern says, for those who may only know that there is one. */
export function concealed<Row extends Concealable>(row: Row, reader: Reader) {
  const readable = mayRead(row, reader)
  return { ...row, readable, kind: readable ? row.kind : null, seen: readable ? (row.seen ?? null) : null }
}

/** One look at a concern as it was entered. */
export type Look = Readonly<{
  told: string | null
  toldOn: Temporal.PlainDate | null
  toldTime: string | null
  done: string
  doneOn: Temporal.PlainDate | null
  doneTime: string | null
  nextLookOn: Temporal.PlainDate | null
  closedAs: Closing | null
  closedWhy: string | null
}>

/** The moment at which somebody was told, from a day and a time such as 14:30 or 9.05; undefined when it is no time. */
export function toldAt({ toldOn, toldTime }: Pick<Look, 'toldOn' | 'toldTime'>): Temporal.Instant | undefined {
  return momentIn(toldOn, toldTime)
}

/** The moment at which something was done, where that was not when it was written down. */
export function doneAt({ doneOn, doneTime }: Pick<Look, 'doneOn' | 'doneTime'>): Temporal.Instant | undefined {
  return momentIn(doneOn, doneTime)
}

function momentIn(on: Temporal.PlainDate | null, time: string | null): Temporal.Instant | undefined {
  const [, hour, minute] = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/.exec(time ?? '') ?? []
  return on && hour && minute ? momentAt(on, `${hour.padStart(2, '0')}:${minute}`) : undefined
}

/** What is missing: who was told needs a when, and a concern is either looked at again or closed. */
export function problemsWith(look: Look, today: Temporal.PlainDate): Problem[] {
  const told = look.told !== null
  const when = look.toldOn !== null || look.toldTime !== null
  // In the order in which the page asks.
  return [
    ...doneProblems(look, today),
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
    ...(look.closedAs && look.closedWhy === null
      ? [{ field: 'closed-why', message: 'Enter why it can be closed' }]
      : []),
    ...(look.nextLookOn || look.closedAs ? [] : [{ field: 'next-look-on', message: 'Enter the day to look again' }]),
    ...(look.nextLookOn && isBefore(look.nextLookOn, today)
      ? [{ field: 'next-look-on', message: 'The day to look again must be today or later' }]
      : []),
  ]
}

function doneProblems(look: Look, today: Temporal.PlainDate): Problem[] {
  const { doneOn, doneTime } = look
  if (doneOn === null && doneTime === null) return []
  if (doneOn === null) return [{ field: 'done-on', message: 'Enter the day on which it was done' }]
  if (isBefore(today, doneOn)) return [{ field: 'done-on', message: 'It cannot have been done in the future' }]
  return doneAt(look) ? [] : [{ field: 'done-time', message: 'Enter the time when it was done, for example 14:30' }]
}

/** The first look as it was entered; where somebody has to act now and no day was said, it is looked at again today. */
export function firstLook(look: Look, soon: ActBy | null, today: Temporal.PlainDate): Look {
  return soon === 'now' && look.nextLookOn === null ? { ...look, nextLookOn: today } : look
}

/** A new concern always has a next day to look: it cannot be opened and closed in one breath. */
export function problemsWithFirst(look: Look, today: Temporal.PlainDate): Problem[] {
  return problemsWith({ ...look, closedAs: null }, today)
}

/** The day to look again of a concern that comes from elsewhere: one whose day has passed there is looked at today. */
export function lookIsDue(nextOn: Temporal.PlainDate, today: Temporal.PlainDate): Temporal.PlainDate {
  return isBefore(nextOn, today) ? today : nextOn
}

/** What differs between the points that were done and those that are ticked now: which of the six, and whether done. */
export function tickedAnew(done: readonly number[], ticked: readonly number[]) {
  const numbers = [1, 2, 3, 4, 5, 6]
  return numbers
    .filter((number) => done.includes(number) !== ticked.includes(number))
    .map((point) => ({ point, done: ticked.includes(point) }))
}

type Worry = Readonly<{ concern: boolean; episode: string }>

/** What is said before something ends while a concern is open; nothing where none is. */
export function warningsOfConcern({ concern, episode }: Worry, before: string) {
  const link = { href: `/episodes/${episode}/concerns`, label: 'Look at the concerns' }
  return concern
    ? [{ heading: 'A safety concern is open', text: `Talk to your duty lead before ${before}.`, link }]
    : []
}

/** A concern as it is written down. */
/** What is said to whoever wrote a concern down: who was told, and outside the hours from when that is read. */
export function writtenDown(readAgain: Temporal.Instant | undefined, now: Temporal.Instant): string {
  if (readAgain === undefined) return 'The concern is written down, and whoever is on duty was told.'
  const when = inWords(readAgain, now)
  return `The concern is written down. Whoever is on duty was told by message, which is read from ${when}. If it cannot wait, do what stands under “Outside our hours”.`
}

export type NewConcern = Readonly<{
  area: string
  id: string
  episode: string
  person: string
  kind: ConcernKind
  aboutOthers: boolean
  source: 'staff' | 'questionnaire'
  raisedBy: string
  raisedName: string | null
  actBy: ActBy
  seen: string
  said: string | null
  /** The organisation whose people on duty are told. */
  organisation: string
  by: string | null
  at: Temporal.Instant
}>

/** A look at a concern as it is written down. */
export type NewLook = Readonly<{
  area: string
  id: string
  concern: string
  told: string | null
  toldAt: Temporal.Instant | null
  done: string
  doneAt: Temporal.Instant | null
  nextLookOn: Temporal.PlainDate | null
  closedAs: Closing | null
  closedWhy: string | null
  by: string | null
  at: Temporal.Instant
}>
