import { longDay } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { notAgreed, type Ticked, withFacts } from '#registers/fact/rules.ts'
import { calledName } from '#registers/people/rules.ts'
import { counting } from '#registers/own-word/rules.ts'
import { allowsAsMuch, type AnswerNow, type Disclosure, isAmong, type Recipient } from '#registers/permissions/rules.ts'
import type { Template } from '#registers/templates/rules.ts'

/** Whom a request may go to, besides whoever referred. */
export const recipients = {
  service: { label: 'A local service', hint: 'To ask whether it can help' },
  employer: { label: 'Their employer', hint: 'To ask for a change at work, or to talk about it' },
  'occupational-health': { label: 'Occupational health', hint: 'The employer’s own, or one it uses' },
  practice: { label: 'Their GP practice', hint: 'To ask that a clinician sees them' },
} as const

export type RecipientKind = keyof typeof recipients

/** Whom the person answers for. Occupational health stands by itself: a yes to the employer opens nothing to it. */
export function recipientOf(kind: RecipientKind, name: string): Recipient {
  if (kind === 'practice') return { switch: 'gp', name }
  if (kind !== 'occupational-health') return { switch: kind === 'service' ? 'onward' : 'employer', name }
  const own = /occupational health/i.test(name) ? name : `Occupational health of ${name}`
  return { switch: 'employer', name: own, alone: true }
}

const we = 'We would like to talk about it first'

/** The three plain answers, for each kind of recipient. */
export const answersOf = {
  service: {
    yes: { label: 'Yes, we can help' },
    'not-yet': { label: 'Not yet: there is a wait' },
    no: { label: 'No, we cannot help' },
  },
  employer: { yes: { label: 'Yes, we can do this' }, talk: { label: we }, no: { label: 'No, we cannot do this' } },
  'occupational-health': {
    yes: { label: 'Yes, we can help with this' },
    talk: { label: we },
    no: { label: 'No, we cannot help with this' },
  },
  practice: { yes: { label: 'Yes, we see to it' }, talk: { label: we }, no: { label: 'No, we cannot' } },
} as const satisfies Readonly<Record<RecipientKind, Readonly<Record<string, { label: string }>>>>

/** What a practice answers where nothing is asked of it, and it only says that it has read what it was told. */
export const readAnswers = { yes: { label: 'We have read it' }, talk: { label: 'We would like to talk about it' } }

/** The answers as a recipient of this kind reads them. */
export const answerLabels = (kind: RecipientKind): string[] =>
  Object.values<{ label: string }>(answersOf[kind]).map(({ label }) => label)

/** Every answer that there is; whoever referred tells what they were asked in words. */
export const answers = {
  yes: { label: 'Yes' },
  'not-yet': { label: 'Not yet: there is a wait' },
  talk: { label: we },
  no: { label: 'No' },
  told: { label: 'Answered' },
} as const

export type AnswerCode = keyof typeof answers

/** Everybody who may have been asked. */
export const kinds = { referrer: { label: 'Whoever referred them' }, ...recipients } as const

export type Kind = keyof typeof kinds

/** What may be shown of a person besides their name, by choice and for this request alone. Never a diagnosis. */
export const shareable = {
  born: { label: 'Date of birth' },
  phone: { label: 'Phone number' },
  email: { label: 'Email address' },
  language: { label: 'Language' },
  access: { label: 'What they need so that they can take part' },
} as const

export type Shareable = keyof typeof shareable

/** An employer knows when somebody was born; what is not needed is not offered. */
export const offeredTo: Readonly<Record<RecipientKind, readonly Shareable[]>> = {
  service: ['born', 'phone', 'email', 'language', 'access'],
  employer: ['phone', 'email', 'language', 'access'],
  'occupational-health': ['born', 'phone', 'email', 'language', 'access'],
  practice: ['born', 'phone', 'email', 'language', 'access'],
}

/** One thing that is shown, as it is shown. */
export type Shown = Readonly<{ label: string; value: string }>

/** What a request needs to know of a person. */
export type Whose = Readonly<{
  given_name: string
  family_name: string
  preferred_name: string | null
  born_on: Temporal.PlainDate
  language: string | null
  interpreter: string | null
  needs: readonly string[]
  /** Ways to reach them that are safe and wanted, and may be seen by who asks. */
  phone: string | undefined
  email: string | undefined
}>

/** The value of each thing that may be shown; undefined where there is none to show. */
export function valuesOf(whose: Whose): Readonly<Record<Shareable, string | undefined>> {
  const { language, interpreter } = whose
  const spoken = [language, interpreter && `with an interpreter for ${interpreter}`].filter(Boolean).join(', ')
  return {
    born: longDay(whose.born_on),
    phone: whose.phone,
    email: whose.email,
    language: spoken || undefined,
    access: whose.needs.join(', ') || undefined,
  }
}

type Chosen = Readonly<{ kind: RecipientKind; share: readonly Shareable[]; help: string | null }>

/** Exactly what the recipient is shown of a person, in this order: the name, what was ticked, and the words of who asks. */
export function shownTo(whose: Whose, { kind, share, help }: Chosen): Shown[] {
  const values = valuesOf(whose)
  const ticked = offeredTo[kind].filter((one) => share.includes(one))
  return [
    // An employer knows somebody by the name in its books; what they are called among themselves is theirs to tell.
    { label: 'Name', value: kind === 'service' ? calledName(whose) : `${whose.given_name} ${whose.family_name}` },
    ...ticked.flatMap((one) =>
      values[one] === undefined ? [] : [{ label: shareable[one].label, value: values[one] }],
    ),
    ...(help ? [{ label: 'What would help', value: help }] : []),
  ]
}

/** What stands in the way of a request: it goes only on a permission that the person has given for this much. */
export function permissionProblems(may: Disclosure): Problem[] {
  return may.allowed ? [] : [{ field: 'organisation', message: `${may.why}. Ask them first, and record what they say` }]
}

/** What was chosen to be shown though the person, who said what this recipient may see, did not tick it. */
export const factProblems = (agreed: Ticked, share: readonly Shareable[], help: string | null): Problem[] => [
  ...notAgreed('share', agreed, share),
  ...notAgreed('help', agreed, help === null ? [] : ['help']),
]

type Answered = Omit<AnswerNow, 'wording_version'>

const everybody: Readonly<Record<string, string>> = {
  employer: 'their employer',
  onward: 'any service they are referred to',
  gp: 'their GP practice',
}

type Standing = Answered & Readonly<{ id: string; at: Temporal.Instant }>
type Relying = Pick<Request, 'allowed_by' | 'organisation' | 'kind'>

/** When the person took back what a request went out on, of their answers with the newest first; undefined while it stands. */
export function takenBackAt(answers: readonly Standing[], asked: Relying) {
  const takesPart = counting(answers.filter((one) => one.switch === 'take-part'))
  if (takesPart?.given === false) return takesPart.at
  const relied = answers.find(({ id }) => id === asked.allowed_by)
  const of = ['', relied?.recipient, recipientOf(recipientKind(asked.kind), asked.organisation).name]
  const newest = counting(answers.filter((one) => one.switch === relied?.switch && isAmong(of, one.recipient)))
  return !relied || !newest || (newest.given && allowsAsMuch(newest, relied)) ? undefined : newest.at
}

/** Who may be told a summary, as the person has agreed; for a request nobody else is asked. */
export function agreedOf(permissions: readonly Answered[]): string[] {
  return permissions
    .filter(({ switch: asked, allows, given }) => given && allows === 'summary' && asked in everybody)
    .map((one) => withFacts(one.recipient || (everybody[one.switch] ?? ''), one.facts))
}

/** The kind of a recipient who answers by a link of their own; whoever referred has their referral's. */
export const recipientKind = (kind: Kind): RecipientKind => (kind === 'referrer' ? 'service' : kind)

/** For how many days somebody may answer by the link: long enough for a holiday. Our own assumption. */
export const requestDays = 28

/** What the message is called that asks somebody outside. */
export const requestKind = 'request.sent'

/** What a service or an employer is written who is asked something: nothing about anybody, which stands behind the link. */
export const requestTemplate: Template = {
  ...{ code: 'request-sent', kind: requestKind, title: 'A question to a service or an employer' },
  when: 'As soon as a coach asks, or sends the link again.',
  ...{ to: 'outside', formats: ['email'] },
  places: {
    area: { label: 'The name of your service', example: 'North' },
    link: {
      label: 'The link by which they answer',
      example: 'https://example.org/l/north.3xKf9QmW2vRtYbNc7HsLpZ',
      needed: 'nobody can answer without it',
    },
    phone: { label: 'The phone number of your service', example: '01632 960001' },
    day: { label: 'The day until which the link works', example: Temporal.PlainDate.from('2026-03-03') },
  },
  own: {
    subject: 'A question from {area}',
    body: [
      '{area} has a question for you about somebody who has agreed that we ask you.',
      'Read it and answer here: {link}',
      'You need the six-digit code that we tell you by phone. If you have not been told it, ring {phone}.',
      'The link works until {day}. Keep it to yourself.',
    ].join('\n\n'),
  },
}

/** Where a request stands. */
export const requestStates = {
  unread: { label: 'Answer to read', colour: 'orange' },
  waiting: { label: 'Waiting for an answer', colour: 'blue' },
  answered: { label: 'Answered', colour: 'green' },
  closed: { label: 'Closed', colour: 'grey' },
} as const

export type RequestState = keyof typeof requestStates

type Stands = Readonly<{ unread: boolean; answered: boolean; closed_at: Temporal.Instant | null }>

/** Where this one stands: an answer that nobody has read comes first. */
export function stateOf({ unread, answered, closed_at }: Stands): RequestState {
  if (unread) return 'unread'
  if (answered) return 'answered'
  return closed_at === null ? 'waiting' : 'closed'
}

/** Something that was asked, with its newest answer. */
export type Request = Readonly<{
  id: string
  kind: Kind
  person: string
  referral: string | null
  organisation: string
  contact: string | null
  address: string
  asks: string
  shared: readonly Shown[]
  allowed_by: string
  askedBy: string | null
  asked_at: Temporal.Instant
  closed_at: Temporal.Instant | null
  answer: AnswerCode | null
  note: string | null
  by_name: string | null
  answered_at: Temporal.Instant | null
  read_at: Temporal.Instant | null
  state: RequestState
}>

/** How many requests one page of the list shows. */
export const pageLength = 25
