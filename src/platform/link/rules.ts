import type { Typed } from '#platform/form/rules.ts'
import { renewedKind } from '#platform/notify/rules.ts'
/** Why a link does not open, in words for whoever holds it. */
export const refusals = {
  unknown: {
    title: 'We do not know this link',
    text: 'Part of it may have been lost when it was copied. Open it again from the message it came in, or copy all of it.',
    status: 404,
  },
  expired: {
    title: 'This link has expired',
    text: 'Links stop working after a while, so that nobody else can use them later.',
    status: 410,
  },
  withdrawn: {
    title: 'This link is no longer in use',
    text: 'A newer link may have taken its place, or what it was for is done.',
    status: 410,
  },
  locked: {
    title: 'This link has been stopped',
    text: 'It was answered wrongly too many times, so we stopped it to keep what is behind it safe.',
    status: 410,
  },
} as const

export type Refusal = keyof typeof refusals

/** A link that was found by its key. */
export type Link = Readonly<{
  area: string
  id: string
  purpose: string
  /** Whom it is for or about, and the row that it opens. */
  person: string | null
  subject: string | null
  /** The permission, or what else allows it. */
  allowedBy: string
  issuedAt: Temporal.Instant
  expiresAt: Temporal.Instant
  /** How often what it asks was answered wrongly. */
  failed: number
  /** The message it was sent with, where it was sent. */
  message: string | null
  /** Whether it was taken back, or what allowed it. */
  closed: boolean
}>

/** How often what is behind a link may be answered wrongly before the link stops. */
export const mostFailures = 10

type Known = Readonly<{ expires_at: Temporal.Instant; withdrawn_at: Temporal.Instant | null; failed: number }>

/** Why a known link does not open now; undefined when it does. */
export function reasonNotToOpen(link: Known, now: Temporal.Instant): Refusal | undefined {
  if (link.withdrawn_at !== null) return 'withdrawn'
  if (Temporal.Instant.compare(link.expires_at, now) <= 0) return 'expired'
  return link.failed >= mostFailures ? 'locked' : undefined
}

/** Whether a new link may be asked for in place of this one: once a day, so that nobody is flooded with requests. */
export function mayAskAnew(askedAnewAt: Temporal.Instant | null, now: Temporal.Instant): boolean {
  return askedAnewAt === null || askedAnewAt.until(now).total('hours') >= 24
}

/** How many more times what is behind a link may be answered wrongly, said once few are left. */
export function triesLeft({ failed }: Pick<Link, 'failed'>): number | undefined {
  const left = mostFailures - failed
  return left <= 3 ? left : undefined
}

/**
 * What somebody wrote into a form behind a link, told from what the form carried along: a person's words have a space. It is
 * given back where the form is not taken any more.
 */
export function wordsIn(typed: Typed): string[] {
  const all = Object.values(typed).flat()
  return [...new Set(all.map((value) => value.trim()))].filter((value) => /\s/.test(value))
}

/** The area and the key that a link's address is made of; undefined when it cannot be one of ours. */
export function linkParts(address: string): Readonly<{ area: string; token: string }> | undefined {
  const [, area, token] = /^([a-z0-9-]{2,40})\.([\w-]{43})$/.exec(address) ?? []
  return area === undefined || token === undefined ? undefined : { area, token }
}

const link = {
  label: 'The new link',
  example: 'https://example.org/l/north.3xKf9QmW2vRtYbNc7HsLpZ',
  needed: 'nobody can open it without the link',
} as const

const phone = { label: 'The phone number of your service', example: '01632 960001' } as const

/** What is sent to where a link of the person's went that has expired, when somebody asks for a new one. */
export const renewedWords = {
  code: 'link-renewed',
  kind: renewedKind,
  title: 'A new link in place of one that expired',
  when: 'At once, when somebody opens a link that has expired and asks for a new one.',
  to: 'anybody',
  formats: ['text', 'email'],
  places: { area: { label: 'What you call yourselves in messages', example: { say: 'your team' } }, link, phone },
  own: {
    subject: 'Your new link from {area}',
    body: [
      'Somebody asked {area} for a new link, because the one we sent to this address before had expired. Here it is:',
      '{link}',
      'If it was not you, you need do nothing. If you have a question, ring {phone}.',
    ].join('\n\n'),
  },
} as const

/** The same, where the link went to a service, an employer or whoever referred: with what they know it by, and what opens it. */
export const renewedOutsideWords = {
  code: 'link-renewed-outside',
  kind: renewedKind,
  title: 'A new link for a service, an employer or whoever referred',
  when: 'At once, when somebody outside opens a link that has expired and asks for a new one.',
  to: 'outside',
  formats: ['email'],
  places: {
    area: { label: 'The name of your service', example: 'North' },
    needed: { label: 'What opens the link', example: 'the six-digit code that we tell you by phone' },
    reference: { label: 'By what both sides know what it is about', example: '7C9E2F10' },
    phone,
    link,
  },
  own: {
    subject: 'Your new link from {area}',
    body: [
      'Somebody asked {area} for a new link, because the one we sent to this address before had expired.',
      'You need {needed} to open it. The reference is {reference}. If you have a question, ring {phone}.',
      'Here is the new link:',
      '{link}',
      'Keep it to yourself. If it was not you, you need do nothing.',
    ].join('\n\n'),
  },
} as const

/** What the message is called by which the team hears that a link is wanted. */
export const wantedKind = 'link.asked-anew'

/** What the team is sent where somebody asks for a new link that only they can send. */
export const wantedWords = {
  code: 'link-wanted',
  kind: wantedKind,
  title: 'Somebody wants a new link',
  when: 'When somebody opens a link that does not work any more and asks for another, to the mailbox of your service.',
  to: 'staff',
  languages: ['en'],
  formats: ['email'],
  places: {
    purpose: { label: 'What the link was for', example: 'Seeing what happens next with your request' },
    record: { label: 'Where the record is', example: 'https://example.org/people/1' },
  },
  own: {
    subject: 'A new link is wanted',
    body: [
      'Somebody opened a link that no longer works and asked for a new one.',
      'It was for: {purpose}.',
      'The record says whether a new one can be sent. If so, check first that the phone number or address there is still right and safe.',
      'The record: {record}',
    ].join('\n\n'),
  },
} as const

/** A message of the door for links, whose words the area writes. */
export type LinkMessage = typeof renewedWords | typeof renewedOutsideWords | typeof wantedWords
