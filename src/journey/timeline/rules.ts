import { dayInWords, dayOf, inWords } from '#platform/dates.ts'
import type { StepKind } from '#journey/episode/rules.ts'

/** What the story of a person can be narrowed down to. */
export const kinds = {
  referral: { label: 'Referrals and decisions' },
  coach: { label: 'Coach and provider' },
  contact: { label: 'Contacts' },
  appointment: { label: 'Appointments' },
  message: { label: 'Messages' },
  permission: { label: 'Permissions' },
  asked: { label: 'What they asked about their record' },
  conversation: { label: 'Conversations and questionnaires' },
  safety: { label: 'Safety' },
  'fit-note': { label: 'Fit notes' },
  plan: { label: 'Plan' },
  adjustment: { label: 'Adjustments at work' },
  'job-search': { label: 'Looking for a job' },
  team: { label: 'The team and paid help' },
  onward: { label: 'Onward referrals' },
  support: { label: 'Support and waiting' },
  end: { label: 'End and follow-up' },
} as const

export type Kind = keyof typeof kinds

/** Something that was said, sent or done, as the record tells it. */
export type Happening = Readonly<{
  id: string
  kind: Kind
  at: Temporal.Instant
  /** Only the day is known, and no time is shown. */
  dayOnly?: boolean
  /** The name of who did it; null where nobody of the team did. */
  by: string | null
  /** What happened, in a line. */
  what: string
  /** The words, line by line; what is empty is left out. */
  text?: readonly (string | null | false | undefined)[]
  /** How it stands where that is not the usual: taken back, waiting, held back. */
  mark?: string | undefined
  /** Where it is read whole and put right. */
  href?: string | undefined
  /** The area in which it was written down, where that is another. */
  from?: string
  /** Only a few may read it: whether whoever reads now is one of them. */
  confined?: Readonly<{ readable: boolean }>
}>

/** A place on a timeline: this moment, and at it this one. */
export type Place = Readonly<{ at: Temporal.Instant; id: string }>

/** Which stretch of a timeline is wanted: so many, the newest first, before a place where one is given. */
export type Stretch = Readonly<{ before: Place | undefined; most: number }>

/** A stretch of the timeline of one person, under every id they are known by, over every spell of support. */
export type Asked = Stretch & Readonly<{ area: string; people: readonly string[]; episodes: readonly string[] }>

/** When a story is read: days are told as seen from then. */
export type ReadAt = Readonly<{ now: Temporal.Instant; today: Temporal.PlainDate }>

/** The newest of what several stages told, and the place before which the story goes on. */
export function newestOf<One extends Place>(told: readonly (readonly One[])[], most: number) {
  const all = told.flat().toSorted(laterFirst)
  const shown = all.slice(0, most)
  const last = shown.at(-1)
  return { shown, older: all.length > most && last ? { at: last.at, id: last.id } : undefined }
}

function laterFirst(one: Place, other: Place): number {
  return Temporal.Instant.compare(other.at, one.at) || (one.id < other.id ? 1 : -1)
}

/** A place as it stands in an address. */
export function writtenPlace({ at, id }: Place): string {
  return `${at.toString()}~${id}`
}

/** The place in an address; undefined when it is none. */
export function placeFrom(written: string | null): Place | undefined {
  const [, at, id] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)~([0-9a-f-]{36})$/.exec(written ?? '') ?? []
  return at && id ? { at: Temporal.Instant.from(at), id } : undefined
}

/** When it happened, in words: with the time where it is known. */
export function whenInWords({ at, dayOnly }: Pick<Happening, 'at' | 'dayOnly'>, now: Temporal.Instant): string {
  return dayOnly ? dayInWords(dayOf(at), dayOf(now)) : inWords(at, now)
}

/** Who wrote something down, and where if that was in another area. */
export function writtenBy({ by, from }: Pick<Happening, 'by' | 'from'>): string | undefined {
  const written = from === undefined ? [by] : [by, `written down in ${from}`]
  return written.filter((one) => one !== null).join(', ') || undefined
}

/** The label of a code; a code that an older list had stays as it was written. */
export function labelIn(list: Readonly<Record<string, Readonly<{ label: string }>>>, code: string): string {
  return list[code]?.label ?? code
}

const names = /^(Jobcentre|WorkWell|Samaritans|Universal|Access to Work|English|Welsh|British)\b/

/** A label within a sentence: a name keeps its capital. */
export function within(label: string): string {
  return /^[A-Z][a-z]/.test(label) && !names.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label
}

/** A text as far as it fits on a timeline; the whole stands where it leads. */
export function shortened(text: string, most = 400): string {
  if (text.length <= most) return text
  const cut = text.slice(0, most)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), most / 2)).trimEnd()} …`
}

/** What is said of a step, and of which part of the story it is. */
export const stepWords: Readonly<Record<StepKind, Readonly<{ kind: Kind; what: string }>>> = {
  received: { kind: 'referral', what: 'Referral received' },
  accepted: { kind: 'referral', what: 'Accepted' },
  allocated: { kind: 'coach', what: 'Coach changed' },
  'handed-over': { kind: 'coach', what: 'Handed over to another provider' },
  tried: { kind: 'contact', what: 'Tried to reach' },
  reached: { kind: 'contact', what: 'Spoken to' },
  booked: { kind: 'appointment', what: 'Appointment made' },
  unbooked: { kind: 'appointment', what: 'Appointment did not take place' },
  assessed: { kind: 'conversation', what: 'First conversation finished' },
  'plan-agreed': { kind: 'plan', what: 'Plan agreed' },
  supported: { kind: 'support', what: 'Support given' },
  paused: { kind: 'support', what: 'Waiting on others' },
  resumed: { kind: 'support', what: 'Carried on after waiting' },
  due: { kind: 'contact', what: 'Next step set' },
  completed: { kind: 'end', what: 'Support completed' },
  'followed-up': { kind: 'end', what: 'Asked how things are after support' },
  ended: { kind: 'end', what: 'Ended early' },
  withdrawn: { kind: 'end', what: 'Taken back' },
}
