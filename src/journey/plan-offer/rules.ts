import { callingPlace, type Template } from '#registers/templates/rules.ts'
import { addressFor, type Addressed } from '#journey/invitation/rules.ts'
import type { Reaching } from '#journey/reaching/rules.ts'

/** The code of links by which somebody reads their plan and answers. */
export const planLink = 'plan-offer'

/** What the message is called that asks somebody to read their plan. */
export const planKind = 'plan.offered'

/** For how long a plan that was sent can be answered. Our own default: a link is not to lie about for longer. */
export const weeksOpen = 4

/** How the person gets the link. */
export const handings = {
  message: { label: 'Send it now' },
  staff: { label: 'Give me the link: I pass it on myself' },
} as const

/** What a person can say of a plan they were sent. */
export const answers = {
  agreed: { label: 'I agree with this plan' },
  talk: { label: 'I want to talk about it first' },
} as const

export type Answer = keyof typeof answers

/** By which way the person answered. */
export type Way = 'link' | 'own-space'

/** The most that is written beside an answer. */
export const mostWords = 1000

/** Where the message goes: a text or an email, by a way that is safe and wanted. A link is not typed from a letter. */
export function messageAddress(reaching: Reaching): Addressed | undefined {
  const means = reaching.means.filter(({ kind }) => kind === 'mobile' || kind === 'email')
  return addressFor({ ...reaching, means })
}

type Lasting = Readonly<{ expiresAt: Temporal.Instant; withdrawnAt: Temporal.Instant | null; agreedSince: boolean }>

/** Whether a plan that was sent can be answered now: it was not taken back or agreed since, and its time is not over. */
export function isOpen({ expiresAt, withdrawnAt, agreedSince }: Lasting, now: Temporal.Instant): boolean {
  return withdrawnAt === null && !agreedSince && Temporal.Instant.compare(expiresAt, now) > 0
}

type Said = Readonly<{ answer: Answer; words: string | null; seenAt: Temporal.Instant | null }>

/** Whether somebody of the team is to read an answer: one that wants to talk, or a yes beside which they wrote something. */
export function waitsToBeRead(said: Said | undefined): boolean {
  return said !== undefined && said.seenAt === null && (said.answer === 'talk' || said.words !== null)
}

/** Asks somebody to read what would be agreed with them, and to answer: not what it is, and not what it is about. */
export const planTemplate: Template = {
  ...{ code: 'plan-offered', kind: planKind, title: 'They have a plan to read and answer' },
  when: 'As soon as a coach sends somebody their plan to agree.',
  ...{ to: 'person', formats: ['text', 'email'] },
  places: {
    area: callingPlace,
    link: {
      label: 'The link by which they read it and answer',
      example: 'https://example.org/l/north.3xKf9QmW2vRtYbNc7HsLpZ',
      needed: 'nobody can read or answer it without the link',
    },
    day: {
      label: 'The day until which they can answer',
      example: Temporal.PlainDate.from('2026-03-03'),
      needed: 'the link stops on that day',
    },
    phone: { label: 'The phone number of your service', example: '01632 960001' },
  },
  own: {
    subject: 'Something to read and answer',
    body: 'Hello, this is {area}. There is something for you to read and answer: {link} You can use the link until {day}. If you would rather talk, ring {phone}.',
  },
}
