import type { Checked, Problem } from '#platform/form/rules.ts'
import type { OrganisationKind, Route } from '#registers/organisations/rules.ts'
import { callingPlace, type Template } from '#registers/templates/rules.ts'
import { emailProblems } from '#journey/newcomer/rules.ts'
import type { LawfulBasis, Switch } from '#registers/permissions/rules.ts'

/** What whoever referred somebody wants to hear afterwards. */
export const feedbackWishes = {
  none: { label: 'Nothing' },
  received: { label: 'Only that it arrived' },
  status: {
    label: 'That it arrived, and when support is accepted, starts and ends',
    hint: 'Only if the person agrees that you are told. We tell you nothing more.',
  },
} as const

export type FeedbackWish = keyof typeof feedbackWishes

/** What the person said to whoever referred them being told. Not having been asked is no answer, and keeps nothing shut. */
export const saidToTelling = {
  yes: { label: 'Yes', agreed: true },
  no: { label: 'No', agreed: false },
  'not-asked': { label: 'They were not asked about it', agreed: null },
} as const

export type SaidToTelling = keyof typeof saidToTelling

/** Who referred, and what they want to hear. */
export type Referrer = Readonly<{
  name: string | null
  organisation: string | null
  email: string | null
  feedback: FeedbackWish
}>

type Typed = Readonly<{
  referrerName: string | null
  referrerOrganisation: string | null
  referrerEmail: string | null
  feedback?: FeedbackWish | null
}>

/** Who referred, as a form or a file has it. */
export function referrerFrom({ feedback, ...given }: Typed): Referrer {
  const { referrerName: name, referrerOrganisation: organisation, referrerEmail: email } = given
  return { name, organisation, email, feedback: feedback ?? 'none' }
}

/** The form as whoever works for a listed service sends it: its organisation is that service, and is not typed. */
export function forListed<Value extends { referrerOrganisation: string | null }>(
  form: Checked<Value>,
  listed: Readonly<{ name: string }> | undefined,
): Checked<Value> {
  if (!listed) return form
  const referrerOrganisation = listed.name
  const typed = { ...form.typed, referrerOrganisation }
  return form.ok ? { ...form, typed, value: { ...form.value, referrerOrganisation } } : { ...form, typed }
}

export const nobody: Referrer = { name: null, organisation: null, email: null, feedback: 'none' }

const problem = (field: string, message: string): Problem => ({ field, message })

/** What is needed to tell a referrer what they want to hear, and who they cannot be with their address. */
export function referrerProblems({ name, organisation, email, feedback }: Referrer, route?: Route): Problem[] {
  const unreadable = email ? emailProblems(email, 'referrerEmail') : []
  if (unreadable.length > 0) return unreadable
  if (email && route && route !== 'jobcentre' && isOfDepartment(email))
    return [problem('route', 'Your email address is one of Jobcentre Plus: select Jobcentre Plus')]
  if (feedback === 'none') return []
  return [
    ...(name || organisation ? [] : [problem('referrerName', 'Enter who is to be told')]),
    ...(email ? [] : [problem('referrerEmail', 'Enter the email address to tell, or choose to hear nothing')]),
  ]
}

// Jobcentres write from the addresses of the Department for Work and Pensions.
const isOfDepartment = (email: string): boolean => /[@.]dwp\.gov\.uk$/i.test(email.trim())

/** What the register says of an address that a referral came from. */
export type Sender = Readonly<{ kind: OrganisationKind; refersNow: boolean }>

/** As whom somebody is told of a referral: a Jobcentre or an employer by the register is one, whatever they chose. */
export function routeOfSender(route: Route, senders: readonly Sender[]): Route {
  const isAny = (kind: OrganisationKind) => senders.some((one) => one.kind === kind)
  if (isAny('jobcentre')) return 'jobcentre'
  return isAny('employer') ? 'employer' : route
}

const knownAs: Readonly<Partial<Record<Route, readonly OrganisationKind[]>>> = {
  gp: ['practice'],
  health: ['health', 'practice'],
  council: ['council'],
  voluntary: ['voluntary'],
}

/** What an organisation with accounts answers when it is asked which of the routes it is; others choose for themselves. */
export const ownRouteOf: Readonly<Partial<Record<OrganisationKind, Route>>> = {
  ...{ practice: 'gp', health: 'health', council: 'council', voluntary: 'voluntary' },
  ...{ employer: 'employer', jobcentre: 'jobcentre' },
}

/**
 * Whether the word of whoever referred is enough that the person agrees to their hearing more: they refer for an
 * organisation of the register that is what they say. Of anybody else nobody knows who they are.
 */
export const isKnownSender = (route: Route, senders: readonly Sender[]): boolean =>
  senders.some(({ kind, refersNow }) => refersNow && knownAs[route]?.includes(kind))

/** Which switch stands for telling the referrer of a route, and on what lawful basis. */
export const toldUnder: Readonly<Record<Route, Readonly<{ switch: Switch; basis: LawfulBasis }> | undefined>> = {
  self: undefined,
  gp: { switch: 'gp', basis: 'public-task' },
  employer: { switch: 'employer', basis: 'consent' },
  jobcentre: { switch: 'jobcentre', basis: 'consent' },
  council: { switch: 'onward', basis: 'consent' },
  voluntary: { switch: 'onward', basis: 'consent' },
  health: { switch: 'onward', basis: 'consent' },
  'partner-app': { switch: 'onward', basis: 'consent' },
  outreach: { switch: 'onward', basis: 'consent' },
}

/** In which words somebody is asked on the forms of others: to be contacted, and that whoever referred hears more. */
export const wordsOfOthers = ['contact', 'gp', 'onward'] as const

/** How much a referrer may be told. An employer or a Jobcentre learns only that it arrived, unless the person says more. */
export function feedbackOf(route: Route, wish: FeedbackWish): FeedbackWish {
  const onlyArrival = route === 'employer' || route === 'jobcentre'
  return wish === 'status' && onlyArrival ? 'received' : wish
}

/** By what name a referrer is known to the person who agrees that they are told. */
export function recipientName({ name, organisation, email }: Referrer): string | null {
  return organisation ?? name ?? email
}

/** What the messages are called that tell of a referral. */
export const noteKind = 'referral.received'

/**
 * How many of them one address is sent within a day: anybody can enter anybody's number on a public form. A surgery may
 * refer many people. Both are our own assumption.
 */
export const mostNotesADay = { person: 3, another: 30 } as const

/** For how long somebody may come back by the link they are sent: a referral is long decided by then. */
export const comeBackDays = 90

/** For how long whoever referred may come back by the links they are sent. */
export const referrerLinkDays = 90

const reference = { label: 'The reference of the request', example: 'WW-7K3M-9QF' } as const
const area = { label: 'The name of your service', example: 'North' } as const
const phone = { label: 'The phone number of your service', example: '01632 960001' } as const

/** What somebody is sent at once when a referral for them arrived: nothing about health, work or who referred them. */
export const receivedTemplate: Template = {
  ...{ code: 'request-received', kind: noteKind, title: 'We have received your request' },
  when: 'At once when somebody asks for help or is referred, to their first safe address.',
  ...{ to: 'person', formats: ['text', 'email', 'letter'] },
  places: {
    ...{ area: callingPlace, reference: { ...reference, needed: 'whoever calls is asked for it' }, phone },
    by: {
      label: 'The day by which they are called',
      example: Temporal.PlainDate.from('2026-03-03'),
      needed: 'people wait more calmly when they know for how long',
    },
    link: {
      label: 'A link to what happens next; not in letters',
      example: 'https://example.org/l/north.3xKf9QmW2vRtYbNc7HsLpZ',
    },
  },
  own: {
    subject: 'We have received your request ({reference})',
    body: [
      'Hello, this is {area}. We have received your request.',
      'Your reference is {reference}.',
      'We will try to reach you by {by}.',
      'If you would like to speak to us before then, call {phone}.',
      'See what happens next: {link}',
    ].join(' '),
  },
}

/** How whoever referred comes back to their referral: with what they know of the person, and so nobody else. */
export const wayBack =
  'See it, answer a question or take it back: {link} (you need the date of birth of the person you referred).'

/** The link of a message to whoever referred, as it is put into the words. */
export const referrerLink = {
  label: 'A link to the referral, opened with the date of birth of the person',
  example: 'https://example.org/l/north.3xKf9QmW2vRtYbNc7HsLpZ',
} as const

const toReferrer = { to: 'referrer', formats: ['email'] } as const
const placesOfReferrer = {
  ...{ area, reference: { ...reference, needed: 'it says which referral this is' }, phone },
  link: referrerLink,
}
const changes = 'If anything about it changes, call {phone} and give the reference.'

/** What whoever referred is sent: that it arrived, and no name. */
export const arrivedTemplate: Template = {
  ...{ code: 'referral-arrived', kind: noteKind, title: 'Your referral has arrived' },
  when: 'At once, where they want to hear it.',
  ...{ ...toReferrer, places: placesOfReferrer },
  own: {
    subject: 'Your referral has arrived ({reference})',
    body: `Thank you. Your referral {reference} has reached {area}. We will contact the person. ${wayBack} ${changes}`,
  },
}

/** The same where nobody has asked the person yet. */
export const heldTemplate: Template = {
  ...{ code: 'referral-held', kind: noteKind, title: 'Your referral waits for the person' },
  when: 'At once, where the person does not know of the referral yet.',
  ...{ ...toReferrer, places: placesOfReferrer },
  own: {
    subject: 'Your referral has arrived ({reference})',
    body: `Thank you. Your referral {reference} has reached {area}. We will ask the person first whether they want this, and wait for their answer. ${wayBack} ${changes}`,
  },
}
