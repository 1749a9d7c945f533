import { isBefore } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { covers, type Fact, factsFor, type Ticked } from '#registers/fact/rules.ts'
import type { Recipient } from '#registers/permissions/rules.ts'
import { recipientOf } from '#journey/request/rules.ts'
import { emailProblems } from '#journey/newcomer/rules.ts'

/** Whom we talk to at somebody's work. */
export const parts = {
  'line-manager': { label: 'Their line manager' },
  hr: { label: 'Human resources (HR)' },
  owner: { label: 'The owner of a small business' },
  'occupational-health': {
    label: 'The employer’s own occupational health',
    hint: 'Or one that the employer pays. The person answers for them by themselves: a yes to the employer is none to them',
  },
  other: { label: 'Somebody else there' },
} as const

export type Part = keyof typeof parts

/** What somebody's employer could be told of how they work; never why. */
export const sentenceKinds = {
  'can-do': { label: 'What they can do now' },
  hard: { label: 'What is hard at work just now' },
  helps: { label: 'What helps' },
  hours: { label: 'Hours they can manage' },
  travel: { label: 'Getting to work and back' },
  return: { label: 'When they hope to be back' },
  touch: { label: 'How to keep in touch with them' },
} as const

export type SentenceKind = keyof typeof sentenceKinds

/** How we talk with an employer. */
export const talkKinds = {
  call: { label: 'Call', many: 'Calls' },
  visit: { label: 'Visit to the workplace', many: 'Visits' },
  meeting: { label: 'Meeting', many: 'Meetings' },
  letter: { label: 'Letter', many: 'Letters' },
  email: { label: 'Email', many: 'Emails' },
} as const

export type TalkKind = keyof typeof talkKinds

/** The longest that one talk may take, in minutes. */
export const longestTalk = 600

/** Who somebody at work is, and how we reach them. */
export type WorkplaceWords = Readonly<{
  organisation: string
  site: string | null
  contact: string
  part: Part
  email: string | null
  phone: string | null
  /** Where a letter goes, line by line. */
  postal: string | null
}>

/** Whom the person answers for: their employer by its name, its occupational health by itself. */
export function recipientAt({ organisation, part }: Pick<WorkplaceWords, 'organisation' | 'part'>): Recipient {
  return recipientOf(part === 'occupational-health' ? part : 'employer', organisation)
}

/** "Jo Ray, line manager, Acme": somebody at work in a line. */
export function workplaceInWords({ contact, organisation }: Pick<WorkplaceWords, 'contact' | 'organisation'>): string {
  return `${contact}, ${organisation}`
}

/** What is wrong with how we reach them, if anything. */
export function wayProblems({ email, phone, postal }: Pick<WorkplaceWords, 'email' | 'phone' | 'postal'>): Problem[] {
  const unreadable = email === null ? [] : emailProblems(email)
  if (unreadable.length > 0) return unreadable
  return email === null && phone === null && postal === null
    ? [{ field: 'phone', message: 'Enter a phone number, an email address or a postal address' }]
    : []
}

/** What is wrong with the day of a talk, or from which on nobody talks to them: it has come. */
export const dayProblems = (field: string, on: Temporal.PlainDate, today: Temporal.PlainDate): Problem[] =>
  isBefore(today, on) ? [{ field, message: 'Enter today or a day that has passed' }] : []

/** What a person allows to be said at one workplace. */
export type Said = Readonly<{ sentences: readonly string[]; adjustments: boolean; phasedReturn: boolean }>

/** Which of the facts that people tick for a recipient it holds, with those ticked before that are no part of it. */
export function factsSaid({ sentences, adjustments, phasedReturn }: Said, before: Ticked): Fact[] {
  const others = factsFor.employer.filter((one) => one === 'access' && before?.includes(one))
  const help: readonly Fact[] = sentences.length > 0 || adjustments ? ['help'] : []
  return [...help, ...(phasedReturn ? (['phased-return'] as const) : []), ...others]
}

/** What may still be said of it, where the person has narrowed down by themselves what this recipient may see. */
export function stillSaid({ sentences, adjustments, phasedReturn }: Said, ticked: Ticked): Said {
  const help = covers(ticked, ['help'])
  return {
    sentences: help ? sentences : [],
    adjustments: help && adjustments,
    phasedReturn: phasedReturn && covers(ticked, ['phased-return']),
  }
}

/** Whether what is allowed now holds everything that was allowed before. */
export const saysAsMuch = (now: Said, before: Said): boolean =>
  before.sentences.every((one) => now.sentences.includes(one)) &&
  (now.adjustments || !before.adjustments) &&
  (now.phasedReturn || !before.phasedReturn)

/** That something is ticked: a yes to nothing is none. */
export function sayingProblems(saying: Said): Problem[] {
  const nothing = saying.sentences.length === 0 && !saying.adjustments && !saying.phasedReturn
  return nothing ? [{ field: 'sentences', message: 'Tick at least one thing that may be said' }] : []
}

type Counted = Readonly<{ kind: TalkKind; minutes: number; takenBack: boolean }>

/** How many talks of each kind there were and how long they took, those taken back left out. */
export function countsOf(talks: readonly Counted[]) {
  const standing = talks.filter(({ takenBack }) => !takenBack)
  // Checked: the keys of the list are its codes.
  const kinds = (Object.keys(talkKinds) as TalkKind[]).map((kind) => ({
    kind,
    count: standing.filter((one) => one.kind === kind).length,
  }))
  const minutes = standing.reduce((sum, one) => sum + one.minutes, 0)
  return { kinds: kinds.filter(({ count }) => count > 0), count: standing.length, minutes }
}

/** How many talks one page of the list shows. */
export const pageLength = 25

/** Over which time talks are counted. */
export const periods = {
  month: { label: 'This month' },
  last: { label: 'Last month' },
  quarter: { label: 'This month and the two before' },
  year: { label: 'The last 12 months' },
} as const

export type Period = keyof typeof periods

/** The first and the last day of a time. */
export function daysOf(period: Period, today: Temporal.PlainDate) {
  const first = today.with({ day: 1 })
  if (period === 'last') return { from: first.subtract({ months: 1 }), until: first.subtract({ days: 1 }) }
  const before = { month: 0, quarter: 2, year: 11 }[period]
  return { from: first.subtract({ months: before }), until: today }
}

/** Why nothing goes to somebody any more, and nothing is to be agreed with them. */
export const nobodyThere = 'It is closed, or nobody talks to them any more'

type Put = Readonly<{ shared: readonly { value: string }[]; items: readonly unknown[]; phasedReturn: string | null }>

/** Why somebody at work may not be told all of what was put to them as things stand; undefined where they may. */
export function whyUnsaid(
  { shared, items, phasedReturn }: Put,
  said: Said,
  sentences: readonly Readonly<{ id: string; words: string }>[],
): string | undefined {
  const words = sentences.flatMap((one) => (said.sentences.includes(one.id) ? [one.words] : []))
  const isLess =
    shared.some(({ value }) => !words.includes(value)) ||
    (items.length > 0 && !said.adjustments) ||
    (phasedReturn !== null && !said.phasedReturn)
  return isLess ? 'The person does not allow all of this to be said any more' : undefined
}
