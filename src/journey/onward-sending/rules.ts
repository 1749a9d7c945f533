import { type Answered, answersAt } from '#platform/mailbox/rules.ts'
import type { Message } from '#platform/notify/rules.ts'
import { callingPlace, type Template } from '#registers/templates/rules.ts'
import { addressFor, type Addressed } from '#journey/invitation/rules.ts'
import { linkKinds } from '#journey/onward/rules.ts'
import type { Reaching } from '#journey/reaching/rules.ts'

type Settings = Answered & Readonly<{ origin: string }>

/** What is said of us in what a service is written: where it reads and answers, and whether it may answer by email. */
export const writtenFrom = (settings: Settings, area: string) => ({
  ...{ origin: settings.origin, byEmail: answersAt(settings, area) !== undefined },
})

/** To which address a message is answered by email; undefined where it asks a service for nothing. */
export const answeredAt =
  (settings: Answered) =>
  ({ kind, area }: Pick<Message, 'kind' | 'area'>): string | undefined =>
    linkKinds.some((one) => one === kind) ? answersAt(settings, area) : undefined

/** The code of links by which a service reads what it is sent and answers. */
export const serviceLink = 'onward'

/** The code of links by which somebody reads what would be sent of them, and says yes or no. */
export const ownLink = 'onward-yes'

/** What the messages are called: to the service, and to the participant. */
export const [sentKind, nudgedKind] = linkKinds
export const stoppedKind = 'onward.stopped'
export const shownKind = 'onward.shown'

/** For how many days somebody may answer by the link they were sent; our own default, as for a plan. */
export const ownLinkDays = 28

/** Where the message to the participant goes: a text or an email, by a way that is safe and wanted. */
export function shownTo(reaching: Reaching): Addressed | undefined {
  const means = reaching.means.filter(({ kind }) => kind === 'mobile' || kind === 'email')
  return addressFor({ ...reaching, means })
}

const places = {
  area: { label: 'The name of your service', example: 'North' },
  reference: { label: 'By what both sides know which request it is', example: '7C9E2F10' },
  phone: { label: 'The phone number of your service', example: '01632 960001' },
} as const

const answered = {
  ...places,
  link: {
    label: 'The link by which they read it and answer',
    example: 'https://example.org/l/north.3xKf9QmW2vRtYbNc7HsLpZ',
    needed: 'nobody can read or answer it without the link',
  },
  day: { label: 'The day until which the link works', example: Temporal.PlainDate.from('2026-03-03') },
} as const

/** How a service may answer by email, in the words it is told: few and plain, since the first line is read by a machine. */
export const offeredByEmail = [
  'Once you have read it, you may also answer this email with one word on the first line: YES, WAIT, NO, STARTED or ENDED.',
  'After WAIT, STARTED or ENDED you may write a day, for example: WAIT 3 March.',
  'Write no names and nothing about anybody’s health: email is not safe for that.',
].join(' ')

const outside = { to: 'outside', formats: ['email'] } as const

type Asking = Pick<Template, 'code' | 'kind' | 'title' | 'when'> &
  Readonly<{ subject: string; begins: string; after: string }>

const byEmail = {
  label:
    'How they may answer by email, where your area reads answers in a mailbox; put it last, in a paragraph of its own',
  example: offeredByEmail,
}

// What a service is sent to read and answer is opened the same way each time.
const askingTemplate = ({ subject, begins, after, ...named }: Asking): Template => ({
  ...{ ...named, ...outside, places: { ...answered, byEmail } },
  own: {
    subject,
    body: [
      begins,
      'Read it and answer here: {link}',
      'You need the six-digit code that we tell you by phone. If you have not been told it, ring {phone} and say {reference}.',
      after,
      '{byEmail}',
    ].join('\n\n'),
  },
})

/** What a service is written that somebody would like its help: nothing about anybody, which stands behind the link. */
export const sentTemplate = askingTemplate({
  ...{ code: 'onward-sent', kind: sentKind, title: 'A referral to a service' },
  when: 'As soon as somebody has said yes to what their coach would send, or when the link is sent again.',
  subject: 'A referral from {area} ({reference})',
  begins: '{area} would like to refer somebody to you, who has agreed to it.',
  after: 'The link works until {day}. You can ask for a new one there. Keep it to yourself.',
})

/** What a service is written that has not answered. */
export const nudgedTemplate = askingTemplate({
  ...{ code: 'onward-nudged', kind: nudgedKind, title: 'A referral that a service has not answered' },
  when: 'As often, and after as many days without an answer, as your settings say.',
  subject: 'Can you help? A referral from {area} ({reference})',
  begins:
    'We asked you whether you can help somebody, and have not heard from you. A no helps too: they can then be referred elsewhere.',
  after: 'The link works until {day}.',
})

/** What a service is written that need do nothing more. */
export const stoppedTemplate: Template = {
  ...{ code: 'onward-stopped', kind: stoppedKind, title: 'A referral that is taken back' },
  when: 'At once, when somebody does not want it any more or another service was chosen in its place.',
  ...outside,
  places,
  own: {
    subject: 'Please stop: a referral from {area} ({reference})',
    body: [
      'Our referral {reference} is taken back. Please do nothing more for it, and do not get in touch with the person about it.',
      'The link to it is closed. If you have begun already, or have a question, ring {phone}.',
    ].join('\n\n'),
  },
}

/** Asks somebody to read what would be sent of them: not to whom, and not what it is about. */
export const shownTemplate: Template = {
  ...{ code: 'onward-shown', kind: shownKind, title: 'They have something to read and answer' },
  when: 'When a coach would refer somebody to a service and chooses to show it to them by a message.',
  ...{ to: 'person', formats: ['text', 'email'] },
  places: {
    area: callingPlace,
    link: { ...answered.link, label: 'The link by which they read it and say yes or no' },
    day: { ...answered.day, label: 'The day until which they can answer', needed: 'the link stops on that day' },
    phone: places.phone,
  },
  own: {
    subject: 'A question for you',
    body: 'Hello, this is {area}. There is something for you to read and answer: {link} You can use the link until {day}. If you would rather talk, ring {phone}.',
  },
}
