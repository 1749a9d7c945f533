import { longDay } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import type { Route } from '#registers/organisations/rules.ts'
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

/** Who referred, and what they want to hear. */
export type Referrer = Readonly<{
  name: string | null
  organisation: string | null
  email: string | null
  feedback: FeedbackWish
}>

export const nobody: Referrer = { name: null, organisation: null, email: null, feedback: 'none' }

const problem = (field: string, message: string): Problem => ({ field, message })

/** What is needed to tell a referrer what they want to hear. */
export function referrerProblems({ name, organisation, email, feedback }: Referrer): Problem[] {
  if (email && !/^\S+@\S+\.\S+$/.test(email))
    return [problem('referrerEmail', 'Enter an email address like name@example.org')]
  if (feedback === 'none') return []
  return [
    ...(name || organisation ? [] : [problem('referrerName', 'Enter who is to be told')]),
    ...(email ? [] : [problem('referrerEmail', 'Enter the email address to tell, or choose to hear nothing')]),
  ]
}

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

/** How much a referrer may be told. An employer or a Jobcentre learns only that it arrived, unless the person says more. */
export function feedbackOf(route: Route, wish: FeedbackWish): FeedbackWish {
  const onlyArrival = route === 'employer' || route === 'jobcentre'
  return wish === 'status' && onlyArrival ? 'received' : wish
}

/** By what name a referrer is known to the person who agrees that they are told. */
export function recipientName({ name, organisation, email }: Referrer): string | null {
  return organisation ?? name ?? email
}

export type Note = Readonly<{ subject: string; body: string }>

type About = Readonly<{ areaName: string; reference: string; phone: string | null }>

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

/** How whoever referred comes back to their referral: with what they know of the person, and so nobody else. */
export const wayBack = (link: string) =>
  `See it, answer a question or take it back: ${link} (you need the date of birth of the person you referred).`

/** What somebody is sent at once when a referral for them arrived: nothing about health, work or who referred them. */
export function acknowledgement({
  areaName,
  reference,
  phone,
  firstTryBy,
  link,
}: About & Readonly<{ firstTryBy: Temporal.PlainDate; link?: string | undefined }>): Note {
  return {
    subject: `We have received your request (${reference})`,
    body: [
      `Hello, this is ${areaName}. We have received your request.`,
      `Your reference is ${reference}.`,
      `We will try to reach you by ${longDay(firstTryBy)}.`,
      ...(phone ? [`If you would like to speak to us before then, call ${phone}.`] : []),
      ...(link ? [`See what happens next: ${link}`] : []),
    ].join(' '),
  }
}

type ToReferrer = About & Readonly<{ held: boolean; link?: string | undefined }>

/** What whoever referred is sent: that it arrived, and no name. */
export function noteToReferrer({ areaName, reference, phone, held, link }: ToReferrer): Note {
  return {
    subject: `Your referral has arrived (${reference})`,
    body: [
      `Thank you. Your referral ${reference} has reached ${areaName}.`,
      held
        ? 'We will ask the person first whether they want this, and wait for their answer.'
        : 'We will contact the person.',
      ...(link ? [wayBack(link)] : []),
      ...(phone ? [`If anything about it changes, call ${phone} and give the reference.`] : []),
    ].join(' '),
  }
}
