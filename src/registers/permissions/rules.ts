import { isBefore } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { reasonNotToUse } from '#registers/means/rules.ts'

/** The seven things a person says yes or no to, each by itself and for each recipient. */
export const switches = {
  'take-part': { label: 'Take part in WorkWell' },
  contact: { label: 'Be contacted, and how' },
  gp: { label: 'Share with my GP' },
  employer: { label: 'Share with my employer' },
  jobcentre: { label: 'Share with Jobcentre Plus' },
  onward: { label: 'Share with a service I am referred to' },
  research: { label: 'Be asked to take part in research' },
} as const

export type Switch = keyof typeof switches

// Checked: the keys of the code list are its codes.
export const switchCodes = Object.keys(switches) as Switch[]

/** How much a yes allows, from least to most. */
export const allowances = {
  received: { label: 'Only that the referral was received' },
  status: { label: 'Accepted, started and ended' },
  summary: { label: 'A short summary of the support' },
} as const

export type Allowance = keyof typeof allowances

/** How somebody said yes or no. */
export const waysOfAgreeing = {
  online: { label: 'Online, by themselves' },
  telephone: { label: 'By telephone' },
  'in-person': { label: 'In person' },
  form: { label: 'On a signed form' },
  referrer: { label: 'Told to the person who referred them' },
} as const

export type WayOfAgreeing = keyof typeof waysOfAgreeing

/** The switches that open something to somebody outside the team, answered for each recipient. */
const tellable = {
  gp: switches.gp,
  employer: switches.employer,
  jobcentre: switches.jobcentre,
  onward: switches.onward,
} as const

export type Tellable = keyof typeof tellable
/** Whether a switch is about telling a recipient, and so asks how much. */
export const isTellable = (asked: string): asked is Tellable => asked in tellable

/** The lawful basis that stands beside a permission and is not replaced by it (UK GDPR articles 6 and 9). */
export const lawfulBases = {
  'public-task': { label: 'Public task and provision of care: articles 6(1)(e) and 9(2)(h)' },
  consent: { label: 'Explicit consent: articles 6(1)(a) and 9(2)(a)' },
} as const

export type LawfulBasis = keyof typeof lawfulBases

/**
 * On what an answer rests. Care and its records rest on the public task; what goes to an employer, to Jobcentre Plus or
 * into research rests on explicit consent alone (DWP guidance on sharing; UK GDPR article 9).
 */
export const basisOf: Readonly<Record<Switch, LawfulBasis>> = {
  'take-part': 'public-task',
  contact: 'public-task',
  gp: 'public-task',
  employer: 'consent',
  jobcentre: 'consent',
  onward: 'public-task',
  research: 'consent',
}

/** Somebody outside the team who may be told something. */
export type Recipient = Readonly<{ switch: Switch; name: string }>

export type Permission = Readonly<{ id: string; given: boolean; allows: string; at: Temporal.Instant }>

/** What mayDisclose says: yes with the permission that allows it, or no with the reason. */
export type Disclosure = Readonly<{ allowed: true; by: string } | { allowed: false; why: string }>

/** What decides whether a message may go to a person by one way: as it stands at the moment of sending. */
export type Reachable = Readonly<{
  died: boolean
  /** The newest answer to being contacted; undefined when it was never asked. */
  wantsContact: boolean | undefined
  /** The ways in force that the message would use: none when the address is no longer one of the person's. */
  ways: readonly Readonly<{ wanted: boolean; safe: boolean }>[]
}>

/** Whether something may go out to a person, or why not. */
export type MayGo = Readonly<{ allowed: true; under?: string } | { allowed: false; why: string }>

/** Why no message may go to a person by this way; undefined when it may. */
export function reasonNotToContact({ died, wantsContact, ways }: Reachable): string | undefined {
  if (died) return 'The person has died'
  if (wantsContact === false) return 'The person does not want to be contacted'
  return reasonNotToUse(ways)
}

const order: readonly Allowance[] = ['received', 'status', 'summary']

/**
 * Whether a recipient may be told this much. Everybody who referred may learn that the referral was received, because
 * the person was told so when it was made; anything more needs a yes that has not been withdrawn.
 */
export function disclosure(recipient: Recipient, purpose: Allowance, newest: Permission | undefined): Disclosure {
  if (newest?.given && order.indexOf(purpose) <= orderOf(newest.allows)) return { allowed: true, by: newest.id }
  if (newest && !newest.given) return { allowed: false, why: `The person does not want ${recipient.name} to be told` }
  if (purpose === 'received') return { allowed: true, by: 'received' }
  return { allowed: false, why: `The person has not agreed that ${recipient.name} is told this much` }
}

const orderOf = (allows: string) => order.findIndex((allowance) => allowance === allows)
/** Whether an answer still allows as much as an earlier one did. */
export const allowsAsMuch = (now: string, before: string) => orderOf(before) <= orderOf(now)

/** What is offered in words: each switch, and the privacy notice beside them. */
export const offeredInWords = { ...switches, notice: { label: 'Privacy notice' } } as const

export type Offered = keyof typeof offeredInWords

// Checked: the keys of the code list are its codes.
export const offeredCodes = Object.keys(offeredInWords) as Offered[]

export type Wording = Readonly<{ version: number; text: string; from_on: Temporal.PlainDate }>

const firstWordingOn = Temporal.PlainDate.from('2026-11-23')

// Version 1: our own plain words, used until an area has written its own.
const firstWordings: Readonly<Record<Offered, string>> = {
  'take-part':
    'I want to take part in WorkWell. A coach may talk with me about my health and my work and keep a record of it. It is my choice, and I can stop at any time.',
  contact: 'WorkWell may contact me in the ways I said are safe.',
  gp: 'WorkWell may tell my GP practice how I am getting on.',
  employer:
    'WorkWell may talk with my employer about what would help me at work. My employer is not told what my health condition is.',
  jobcentre:
    'WorkWell may tell Jobcentre Plus. If I say no, nothing changes for me there, and my benefits stay as they are.',
  onward:
    'When I ask to be referred to another service, WorkWell may tell that service what it needs so that it can help.',
  research:
    'WorkWell may ask me later whether I want to take part in research about the service. I can say no each time.',
  notice: [
    'We keep a record of what you tell us, so that you do not have to say it twice: how to reach you, your work, your health, what would help, and what we did together.',
    'Your coach and the people who work with your coach can see it. Everybody who opens it is written down, and you can ask who did.',
    'We use it to support you and to count how the service is doing. Counts never name you.',
    'Nobody outside the team learns anything about you unless you agreed to it, or somebody is in serious danger. Your answers have no effect on your benefits.',
    'You can see your record, ask for it to be put right, or stop taking part at any time. If you are unhappy with how we use it, tell us, or tell the Information Commissioner’s Office on 0303 123 1113.',
  ].join('\n\n'),
}

type OwnWording = Wording & Readonly<{ switch: string }>

/** The newest version of a wording, whether it holds already or not; version 1 where the area has written none. */
export function newestWording(own: readonly OwnWording[], offered: Offered): Wording {
  const versions = own.filter((one) => one.switch === offered).toSorted((one, other) => other.version - one.version)
  return versions[0] ?? { version: 1, text: firstWordings[offered], from_on: firstWordingOn }
}

/** The words something is offered in on a day: the area's newest own wording that has begun, otherwise version 1. */
export function wordingOn(own: readonly OwnWording[], offered: Offered, on: Temporal.PlainDate): Wording {
  return newestWording(
    own.filter((one) => !isBefore(on, one.from_on)),
    offered,
  )
}

/** New words cannot have been shown to anybody before they were written. */
export const wordingProblems = (from: Temporal.PlainDate, today: Temporal.PlainDate): Problem[] =>
  isBefore(from, today) ? [{ field: 'from', message: 'The day must be today or later' }] : []

/** A yes or no to one switch for one recipient; without a name the answer is for all of its kind. */
export type Answer = Readonly<{ switch: Switch; recipient: string; given: boolean; allows: Allowance }>

/** The answer that counts now, as it is stored. */
export type AnswerNow = Readonly<
  Record<'switch' | 'recipient' | 'allows', string> & { given: boolean; wording_version: number | null }
>

/** The seven questions as they were answered on one form; null where a question was left open. */
export type Asked = Readonly<
  Record<Switch, 'yes' | 'no' | null> &
    Record<`${Tellable}-allows`, Allowance | null> &
    Record<`${Tellable}-name`, string | null>
>

/** The answers on a form. A no allows nothing more than that a referral was received, which everybody was told of. */
export function answersOn(form: Asked): Answer[] {
  return switchCodes.flatMap((one) => {
    const said = form[one]
    if (said === null) return []
    const told = isTellable(one)
    const allows = said === 'yes' ? (told && form[`${one}-allows`]) || 'status' : 'received'
    return [{ switch: one, recipient: (told && form[`${one}-name`]) || '', given: said === 'yes', allows }]
  })
}

/** What is missing on a form: nothing answered at all, or a yes that does not say how much. */
export function missingOn(form: Asked): Problem[] {
  if (answersOn(form).length === 0)
    return [{ field: 'take-part', message: 'Record an answer to at least one of the seven' }]
  return answersOn(form).flatMap(({ switch: one, given }) =>
    isTellable(one) && given && form[`${one}-allows`] === null
      ? [{ field: `${one}-allows`, message: `Select how much may be told: ${switches[one].label.toLowerCase()}` }]
      : [],
  )
}

/** Which answers say something new: another answer, another amount, or the same answer to newer words. */
export function newAnswers(
  answers: readonly Answer[],
  standing: readonly AnswerNow[],
  versionOf: (offered: Switch) => number,
): Answer[] {
  return answers.filter((answer) => {
    const now = standing.find((one) => one.switch === answer.switch && one.recipient === answer.recipient)
    if (!now || now.given !== answer.given) return true
    return (answer.given && now.allows !== answer.allows) || (now.wording_version ?? 0) < versionOf(answer.switch)
  })
}

/** The answers that together withdraw somebody from everything: no to each switch, and to everybody named. */
export function withdrawal(standing: readonly AnswerNow[]): Answer[] {
  const everything = switchCodes.map((one) => ({ switch: one, recipient: '' }))
  const named = standing.flatMap((one) =>
    one.recipient !== '' && isTellable(one.switch) ? [{ switch: one.switch, recipient: one.recipient }] : [],
  )
  const same = (one: (typeof everything)[number], now: AnswerNow) =>
    now.switch === one.switch && now.recipient === one.recipient
  return [...everything, ...named]
    .filter((one) => !standing.some((now) => same(one, now) && !now.given))
    .map((one) => ({ ...one, given: false, allows: 'received' }))
}

/** The answers that count now, out of all answers with the newest first. */
export function newestOf<One extends Readonly<{ switch: string; recipient: string }>>(all: readonly One[]): One[] {
  return all.filter(
    (one) => all.find(({ switch: asked, recipient }) => asked === one.switch && recipient === one.recipient) === one,
  )
}

/** Whether a person has said no to taking part and to being contacted. */
export function hasWithdrawn(standing: readonly Pick<AnswerNow, 'switch' | 'recipient' | 'given'>[]): boolean {
  const refused = standing.filter((one) => one.recipient === '' && !one.given).map((one) => one.switch)
  return refused.includes('take-part') && refused.includes('contact')
}
