import { addWorkingDays, type Holidays, isBefore, isWorkingDay } from '#platform/dates.ts'
import type { Problem, Typed } from '#platform/form/rules.ts'
import {
  type Draft,
  type Entry,
  type Part,
  partCodes,
  parts,
  reasons,
  type Withheld,
} from '#journey/copy/drafting/rules.ts'
import type { Template } from '#registers/templates/rules.ts'

/** How somebody asked for a copy of their record. */
export const waysOfAsking = {
  space: { label: 'In their space' },
  telephone: { label: 'By telephone' },
  'in-person': { label: 'In person' },
  writing: { label: 'By letter or email' },
  other: { label: 'Through somebody who acts for them' },
} as const

const { space: _, ...toldUs } = waysOfAsking
/** How somebody asked a colleague who writes it down. */
export const waysToldUs = toldUs

export type WayOfAsking = keyof typeof waysOfAsking

/** How a copy gets to the person. */
export const waysOfGiving = {
  space: {
    label: 'In their space',
    hint: 'They are told, by their safe way and without a word of what it is, that something is ready',
  },
  post: { label: 'Printed, by post', hint: 'Only where the address is safe: print it, and send it signed for' },
  'in-person': { label: 'Printed, handed over', hint: 'Print it and look at a proof of who they are' },
} as const

export type WayOfGiving = keyof typeof waysOfGiving

/** Why a request is not answered with a copy. */
export const closings = {
  withdrawn: { label: 'They do not want it any more', hint: 'They said so' },
  refused: {
    label: 'Refused',
    hint: 'It is manifestly unfounded or excessive (Article 12(5)): they were told why, and how to complain',
  },
  'no-authority': { label: 'Whoever asked may not', hint: 'Nobody showed that they act for the person' },
} as const

export type Closing = keyof typeof closings

/** For how many days a copy can be fetched in the person's space: our own default. They may ask again. */
export const fetchableDays = 30

/**
 * The day by which a copy is due: the same day of the next month, the last of it where that month is shorter, and the next
 * working day where nobody works then (UK GDPR Article 12(3), as the Information Commissioner's Office counts it).
 */
export function dueOn(askedOn: Temporal.PlainDate, holidays: Holidays): Temporal.PlainDate {
  const day = askedOn.add({ months: 1 })
  return isWorkingDay(day, holidays) ? day : addWorkingDays(day, 1, holidays)
}

/** How somebody was told that their copy takes longer. */
export const waysOfTelling = {
  space: { label: 'In their space', hint: 'They are told, by their safe way, that there is news, and read it there' },
  writing: { label: 'By letter or email' },
  telephone: { label: 'By telephone' },
  'in-person': { label: 'In person' },
} as const

export type WayOfTelling = keyof typeof waysOfTelling

/**
 * The day by which a copy is due that takes longer: three months after it was asked for, counted like the first month. Two
 * months more are all there is, where a request is complex or one of many (UK GDPR, Article 12(3)).
 */
export function longerDueOn(askedOn: Temporal.PlainDate, holidays: Holidays): Temporal.PlainDate {
  const day = askedOn.add({ months: 3 })
  return isWorkingDay(day, holidays) ? day : addWorkingDays(day, 1, holidays)
}

type Extendable = Pick<Standing, 'releasedAt' | 'closedAt'> &
  Readonly<{ firstDueOn: Temporal.PlainDate; longerToldOn: Temporal.PlainDate | null }>

/** Whether a copy may still be given more time: once, and only while its first month runs. */
export function mayTakeLonger(request: Extendable, today: Temporal.PlainDate): boolean {
  return isOpen(request) && request.longerToldOn === null && !isBefore(request.firstDueOn, today)
}

/** What is wrong with the day on which somebody is said to have been told that it takes longer. */
export function problemsWithTelling(
  { told, askedOn }: Readonly<{ told: Temporal.PlainDate; askedOn: Temporal.PlainDate }>,
  today: Temporal.PlainDate,
): Problem[] {
  if (isBefore(today, told))
    return [{ field: 'told', message: 'Tell them first: enter today or a day that has passed' }]
  return isBefore(told, askedOn)
    ? [{ field: 'told', message: 'Enter a day on or after the one on which they asked' }]
    : []
}

export type News = 'ready' | 'longer'

/** What the messages about a copy are called. */
export const newsKinds = { ready: 'copy.ready', longer: 'copy.longer' } as const satisfies Record<News, string>

const toPerson = { to: 'person', formats: ['text', 'email'] } as const
const example = 'https://example.org/my'
const places = { space: { label: 'Where they sign in', example, needed: 'nobody knows where to see it' } }
const where = 'To see it, go to {space} and sign in.'

/** What a person is sent about their copy: that there is something, and not what. */
export const newsTemplates: Readonly<Record<News, Template>> = {
  ready: {
    ...{ code: 'copy-ready', kind: newsKinds.ready, title: 'Something is ready for them', ...toPerson, places },
    when: 'As soon as a copy of their record is given in their space.',
    own: { subject: 'Ready for you', body: `Something that you asked for is ready. ${where}` },
  },
  longer: {
    ...{ code: 'copy-longer', kind: newsKinds.longer, title: 'Something takes longer', ...toPerson, places },
    when: 'As soon as somebody says that a copy of their record takes longer.',
    own: { subject: 'News for you', body: `There is news about something that you asked for. ${where}` },
  },
}

/** What is wrong with the day on which somebody is said to have asked. */
export function problemsWithAsking(asked: Temporal.PlainDate, today: Temporal.PlainDate): Problem[] {
  if (isBefore(today, asked)) return [{ field: 'asked', message: 'Enter today or a day that has passed' }]
  return isBefore(asked, today.subtract({ years: 1 }))
    ? [{ field: 'asked', message: 'Enter a day within the last year' }]
    : []
}

/** What was left out of a part when it was looked through, by the keys of its entries. */
export type Marks = Readonly<Record<string, Withheld>>
export type Look = Readonly<{
  part: string
  fingerprint: string
  withheld: Marks
  by: string | null
  at: Temporal.Instant
}>

/** How a part stands: nothing in it, looked through as it is, still to be looked at, or nothing to look through. */
export type PartState = 'empty' | 'done' | 'changed' | 'open' | 'whole'

export const partStates = {
  empty: { label: 'Nothing in it', colour: 'grey' },
  done: { label: 'Looked through', colour: 'green' },
  changed: { label: 'Changed since', colour: 'orange' },
  open: { label: 'To look through', colour: 'blue' },
  whole: { label: 'Goes as it is', colour: 'grey' },
} as const satisfies Record<PartState, { label: string; colour: string }>

/** How a part of a draft stands. Who opened the record is told in set words, and looking it through adds to it. */
export function stateOfPart(part: Part, entries: readonly Entry[], look: Look | undefined): PartState {
  if (entries.length === 0) return 'empty'
  if (part === 'readers') return 'whole'
  if (!look) return 'open'
  return look.fingerprint === fingerprint(entries) ? 'done' : 'changed'
}

/** What tells whether a part still says what somebody looked through: every entry and all of its words count. */
export function fingerprint(entries: readonly Entry[]): string {
  const text = JSON.stringify(entries)
  // Two sums of one text with different factors (FNV-1a): alike only by an accident that does not happen here.
  const sums = [0x811c9dc5, 0x1000193].map((start) =>
    [...text].reduce((sum, letter) => Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0, start),
  )
  return [entries.length, text.length, ...sums.map((sum) => sum.toString(16))].join('-')
}

/** What of an entry is left out: as somebody marked it, or as it usually is where nobody has yet. */
export function markOf(entry: Entry, look: Look | undefined): Withheld | undefined {
  return look ? look.withheld[entry.key] : entry.usually
}

/** The field in which it is chosen whether an entry is given. */
export const markField = ({ key }: Pick<Entry, 'key'>): string => `mark-${key}`

/** The marks on a form. Only entries of the part count, and only the reasons there are. */
export function marksIn(typed: Typed, entries: readonly Entry[]): Marks {
  const pairs = entries.flatMap((entry): [string, Withheld][] => {
    const why = [typed[markField(entry)] ?? ''].flat().at(-1) ?? ''
    // Checked: the line itself looks whether it is one of the reasons.
    return why in reasons ? [[entry.key, why as Withheld]] : []
  })
  return Object.fromEntries(pairs)
}

/** Parts that stand in the way of giving a copy. */
export function unseenParts(draft: Draft, looks: ReadonlyMap<string, Look>): Part[] {
  return partCodes.filter((part) => ['open', 'changed'].includes(stateOfPart(part, draft[part], looks.get(part))))
}

/** A copy as it is given: nothing that was left out is in it. */
export type Copy = Readonly<{
  person: string
  area: string
  madeOn: string
  parts: readonly Readonly<{ label: string; entries: readonly Omit<Entry, 'key' | 'usually'>[] }>[]
  /** How much was left out for a reason that the person is told. */
  leftOut: Readonly<Partial<Record<Withheld, number>>>
}>

type Making = Readonly<{ person: string; area: string; madeOn: string; draft: Draft; looks: ReadonlyMap<string, Look> }>

/** Makes the copy out of what was drafted and marked. A part of which nothing is left is not in it at all. */
export function copyOf({ draft, looks, ...head }: Making): Copy {
  const kept = partCodes.map((part) => {
    const entries = draft[part].filter((entry) => markOf(entry, looks.get(part)) === undefined)
    return { label: parts[part].label, entries: entries.map(({ what, when, by, text }) => ({ what, when, by, text })) }
  })
  const marks = partCodes.flatMap((part) => draft[part].flatMap((entry) => markOf(entry, looks.get(part)) ?? []))
  const told = marks.filter((why) => reasons[why].own !== null)
  const leftOut = Object.fromEntries([...Map.groupBy(told, (why) => why)].map(([why, all]) => [why, all.length]))
  return { ...head, parts: kept.filter(({ entries }) => entries.length > 0), leftOut }
}

/** How a request stands. */
export type Standing = Readonly<{
  releasedAt: Temporal.Instant | null
  closedAt: Temporal.Instant | null
  dueOn: Temporal.PlainDate
}>

/** Whether a request is still to be answered. */
export function isOpen({ releasedAt, closedAt }: Pick<Standing, 'releasedAt' | 'closedAt'>): boolean {
  return releasedAt === null && closedAt === null
}

/** In a word how a request stands, for a list. */
export function standsInWords({ releasedAt, closedAt, dueOn: due }: Standing, today: Temporal.PlainDate) {
  if (closedAt) return { label: 'Closed', colour: 'grey' } as const
  if (releasedAt) return { label: 'Given', colour: 'green' } as const
  if (isBefore(due, today)) return { label: 'Overdue', colour: 'red' } as const
  return today.until(due).days <= 7
    ? ({ label: 'Due soon', colour: 'orange' } as const)
    : ({ label: 'Open', colour: 'blue' } as const)
}

/** Whether somebody can still fetch a copy that was given in their space. */
export function isFetchable(
  { way, untilOn }: Readonly<{ way: string; untilOn: Temporal.PlainDate | null }>,
  today: Temporal.PlainDate,
): boolean {
  return way === 'space' && untilOn !== null && !isBefore(untilOn, today)
}
