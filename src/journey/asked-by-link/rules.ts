import { dayOf, longDay } from '#platform/dates.ts'
import type { Template } from '#registers/templates/rules.ts'

/** What the message is called that asks somebody to answer questions. */
export const askedKind = 'questions.asked'

/** For how long somebody may answer by a link. */
export const openFor = {
  '3': { label: 'Three days' },
  '7': { label: 'One week' },
  '14': { label: 'Two weeks' },
} as const

/** How the person gets the link. */
export const handings = {
  message: { label: 'Send it now' },
  staff: { label: 'Give me the link: I pass it on myself' },
} as const

/** Asks somebody to answer: not what about, since whoever looks over their shoulder reads it too. */
export const askedTemplate: Template = {
  ...{
    code: 'questions-asked',
    kind: askedKind,
    title: 'Questions to answer by a link',
    when: 'As soon as a coach asks somebody to answer questions on their own phone.',
  },
  ...{ to: 'person', formats: ['text', 'email'] },
  places: {
    link: {
      label: 'The link by which they answer',
      example: 'https://example.org/l/north.3xKf9QmW2vRtYbNc7HsLpZ',
      needed: 'nobody can answer without it',
    },
    day: {
      label: 'The day until which they can answer',
      example: Temporal.PlainDate.from('2026-03-03'),
      needed: 'the link stops on that day',
    },
    phone: { label: 'The phone number of the area', example: '01632 960001' },
  },
  own: {
    subject: 'A few questions',
    body: 'Please answer a few questions: {link} You can use the link until {day}. If you would rather talk, ring {phone}.',
  },
}

/** How an asking stands. */
export const states = {
  open: { label: 'Waiting', colour: 'blue' },
  sent: { label: 'Answered', colour: 'green' },
  expired: { label: 'Ran out', colour: 'grey' },
  withdrawn: { label: 'Taken back', colour: 'grey' },
} as const

type Moments = Readonly<{
  sentAt: Temporal.Instant | null
  withdrawnAt: Temporal.Instant | null
  expiresAt: Temporal.Instant
}>

/** How an asking stands now. */
export function stateOf({ sentAt, withdrawnAt, expiresAt }: Moments, now: Temporal.Instant): keyof typeof states {
  if (sentAt !== null) return 'sent'
  if (withdrawnAt !== null) return 'withdrawn'
  return Temporal.Instant.compare(expiresAt, now) <= 0 ? 'expired' : 'open'
}

/** How far somebody came with what they are no longer asked, as whoever asked them reads it. */
export const noLongerAsked = {
  'not-begun': 'no longer asked; they had not begun it',
  begun: 'no longer asked; begun and not finished',
  answered: 'no longer asked; they had answered it',
} as const

type WasAsked = Moments & Readonly<{ instruments: readonly string[]; noLongerAsked: readonly string[] }>

/** What is no longer asked: of what waits what the area does not ask now, of what was sent what it did not ask then. */
export function noLongerOf(asked: WasAsked, offered: readonly string[], now: Temporal.Instant): readonly string[] {
  const state = stateOf(asked, now)
  if (state === 'sent') return asked.noLongerAsked
  return state === 'open' ? asked.instruments.filter((code) => !offered.includes(code)) : []
}

/** From when a message may go to somebody who has had enough of them for this week. */
export const mayGoFrom = (enough: Temporal.Instant): string =>
  `on ${longDay(dayOf(enough))}, because they have had enough messages for this week`

/** What is wrong where a link would have run out by then. */
export const tooLate = (enough: Temporal.Instant): string =>
  `A message can only go ${mayGoFrom(enough)}. Give them longer, or take the link and pass it on yourself`
