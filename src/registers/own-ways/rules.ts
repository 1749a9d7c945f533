import type { Problem } from '#platform/form/rules.ts'
import { codeLasts } from '#registers/code/rules.ts'
import { isConfirmed, type Means, meansProblems } from '#registers/means/rules.ts'
import { type MeansKind, type MeansRow, meansRow } from '#registers/people/rules.ts'
import type { Template } from '#registers/templates/rules.ts'

/** The ways to reach somebody, as they name them themselves. */
export const ownKinds = {
  mobile: { label: 'A mobile number' },
  telephone: { label: 'Another phone number' },
  email: { label: 'An email address' },
  post: { label: 'A postal address' },
} as const satisfies Record<MeansKind, { label: string }>

/** Whether we may use a way, in the words of the person. */
export const uses = {
  yes: { label: 'Yes, use it' },
  'not-safe': { label: 'No, it is not safe', hint: 'Somebody else might see or hear it' },
  'not-wanted': { label: 'No, I do not want that' },
} as const

export type Use = keyof typeof uses

/** How a use stands in the register. */
export const marksOf = (use: Use) => ({ safe: use !== 'not-safe', wanted: use === 'yes' })

/** How a way is used now. */
export function useOf({ safe, wanted }: Pick<Means, 'safe' | 'wanted'>): Use {
  if (!safe) return 'not-safe'
  return wanted ? 'yes' : 'not-wanted'
}

/** A way of one's own, with how far it was shown to be theirs. */
export type OwnWay = Means &
  Readonly<{ code: string | null; code_sent_at: Temporal.Instant | null; codes_sent: number; code_tries: number }>

/** That the person showed by themselves that a way is theirs. */
const shownBy = (person: string, now: Temporal.Instant) => ({ theirs_at: now, theirs_of: person, theirs_by: null })

/** How a way stands once the code that was sent to it was entered. */
export const asShown = (person: string, now: Temporal.Instant) => ({
  ...{ ...shownBy(person, now), unconfirmed_at: null },
  ...{ code: null, codes_sent: 0, code_tries: 0 },
})

/** A way as the person gives it: theirs at once where no code can be sent to it. */
export const asGiven = (way: MeansRow, person: string, now: Temporal.Instant): MeansRow => ({
  ...{ ...way, given_by: 'person' },
  ...(way.unconfirmed_at ? {} : shownBy(person, now)),
})

/** Whether a code can be sent to a way: only by text and email is anybody let in. */
export const takesCode = ({ kind }: Pick<Means, 'kind'>): boolean => kind === 'mobile' || kind === 'email'

/** How a message goes to a way that takes a code. */
export const channelOf = ({ kind, value }: Pick<OwnWay, 'kind' | 'value'>) =>
  ({ channel: kind === 'mobile' ? 'text' : 'email', address: value }) as const

/** Whether somebody could sign in by a way, once it is known to be theirs. */
const couldOpen = (way: OwnWay): boolean => takesCode(way) && way.safe && way.wanted

/** Whether somebody can sign in by a way: what others gave for them opens nothing before they have shown that it is theirs. */
export const opens = (way: OwnWay): boolean => couldOpen(way) && isConfirmed(way) && way.theirs

/**
 * Whether somebody has to show that a way is theirs: one that lets them in again after it was not safe or not wanted is as
 * good as new, for whoever found that out may not be the one who is here now.
 */
export const mustBeShown = (before: OwnWay, use: Use): boolean => use === 'yes' && takesCode(before) && !opens(before)

/** How many ways somebody gives within a day: more is no mistake any more, and each may send a text to a stranger. */
export const mostAdded = 5
// To one number or address that was given once.
const mostCodes = 5
const mostTries = 5

/** What is wrong with a way that somebody gives. Whether anybody else has it is never looked at. */
export function problemsWithAdding(
  given: Readonly<{ kind: MeansKind; value: string | null }>,
  around: Readonly<{ known: readonly Pick<Means, 'kind' | 'value'>[]; added: number }>,
): Problem[] {
  const wrong = meansProblems(given.kind, given.value)
  if (wrong.length > 0) return wrong
  const same = around.known.some(({ kind, value }) => kind === given.kind && plain(value) === plain(given.value ?? ''))
  if (same) return [{ field: given.kind, message: 'You have given us this already' }]
  return around.added >= mostAdded
    ? [{ field: 'kind', message: 'You have added many today. Try again tomorrow, or call us' }]
    : []
}

type Given = Readonly<{ kind: MeansKind | null; use: Use; voicemailSafe: boolean; preferred: boolean }> &
  Readonly<Record<MeansKind, string | null>>

/** What was typed as it stands in the register, or what is wrong with it. */
export function wayGiven(
  { kind, use, voicemailSafe, preferred, ...typed }: Given,
  around: Parameters<typeof problemsWithAdding>[1],
  now: Temporal.Instant,
): Readonly<{ problems: readonly Problem[]; way?: MeansRow }> {
  if (!kind) return { problems: [{ field: 'kind', message: 'Choose what you want to add' }] }
  const value = typed[kind]
  const problems = problemsWithAdding({ kind, value }, around)
  if (value === null || problems.length > 0) return { problems }
  const marks = { ...marksOf(use), voicemailSafe: voicemailSafe && use === 'yes' }
  const row = meansRow({ kind, value, ...marks, preferred: use === 'yes' && preferred })
  return { problems, way: takesCode({ kind }) ? { ...row, unconfirmed_at: now } : row }
}

type Marks = Pick<OwnWay, 'safe' | 'wanted' | 'voicemail_safe' | 'preferred'>

/** Whether a way stands already as somebody wants it to: their form came twice. */
export const isMarked = (way: Marks, { safe, wanted, voicemail_safe, preferred }: Marks): boolean =>
  [way.safe === safe, way.wanted === wanted, way.voicemail_safe === voicemail_safe].every(Boolean) &&
  way.preferred === preferred

const plain = (value: string) => value.toLowerCase().replaceAll(/[\s()+-]/g, '')

/** Why a code cannot be tried, in a sentence that says what to do; undefined when it can. */
export function whyNotTry(way: OwnWay, now: Temporal.Instant): string | undefined {
  if (way.code_tries >= mostTries) return 'Too many wrong codes. Remove this one and add it again'
  const isOld = way.code_sent_at === null || Temporal.Instant.compare(now, way.code_sent_at.add(codeLasts)) >= 0
  return isOld ? 'This code is too old. Send another one' : undefined
}

/** Whether no more codes are sent to a way, or taken for it, until it is given again. */
export const isUsedUp = ({ code_tries: tries, codes_sent: sent }: OwnWay): boolean =>
  tries >= mostTries || sent >= mostCodes

/** Whether another code may be sent: not twice within a minute, not without end, and none where too many were tried. */
export function maySendAgain(way: OwnWay, now: Temporal.Instant): boolean {
  if (isConfirmed(way) || !couldOpen(way) || isUsedUp(way)) return false
  return way.code_sent_at === null || Temporal.Instant.compare(now, way.code_sent_at.add({ minutes: 1 })) >= 0
}

/** The kind of the message that tells those ways of a change that were known before. */
export const changedKind = 'details.changed'

/** What those ways are told that were known before: nothing that tells anybody else what it is about. */
export const ownChangeTemplate: Template = {
  ...{ code: 'details-changed', kind: changedKind, title: 'Somebody’s contact details were changed' },
  when: 'As soon as a person changes them by themselves: to every number and address by which they signed in before.',
  ...{ to: 'person', formats: ['text', 'email'] },
  places: {
    phone: {
      label: 'The phone number of the area',
      example: '01632 960001',
      needed: 'whoever did not change anything has to know whom to tell',
    },
  },
  own: {
    subject: 'Your contact details',
    body: 'Your contact details were changed. If you did not do this, ring {phone}.',
  },
}
