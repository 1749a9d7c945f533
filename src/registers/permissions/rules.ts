import type { Problem } from '#platform/form/rules.ts'
import { covers, type Fact, type Ticked } from '#registers/fact/rules.ts'
import { counting, type Dated, type Given, isOwn, isOwnLimit, withoutWhatEnded } from '#registers/own-word/rules.ts'
import type { Said } from '#registers/own-word/rules.ts'
import type { Offered } from '#registers/wording/rules.ts'

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
  referrer: { label: 'Said by whoever referred them', hint: 'It counts only until they say something themselves' },
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
const lawfulBases = {
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

/** Somebody outside the team who may be told something; one that stands alone is opened by no yes to all of its kind. */
export type Recipient = Readonly<{ switch: Switch; name: string; alone?: true }>

/** How much a yes allows, and which facts of a summary; null where the person did not narrow them down. */
type Extent = Readonly<{ allows: string; facts: Ticked }>

export type Permission = Extent & Readonly<{ id: string; given: boolean; at: Temporal.Instant }>

/** What mayDisclose says: yes with the permission that allows it and the facts that were ticked, or no with the reason. */
export type Disclosure = Readonly<{ allowed: true; by: string; facts: Ticked } | { allowed: false; why: string }>

/** Whether something may go out to a person, or why not. */
export type MayGo = Readonly<{ allowed: true; under?: string } | { allowed: false; why: string }>

const order: readonly Allowance[] = ['received', 'status', 'summary']

/**
 * Whether a recipient may be told this much. Everybody who referred may learn that the referral was received, because
 * the person was told so when it was made; anything more needs a yes that has not been withdrawn.
 */
export function disclosure(recipient: Recipient, purpose: Allowance, newest: Permission | undefined): Disclosure {
  if (newest?.given && order.indexOf(purpose) <= orderOf(newest.allows))
    return { allowed: true, by: newest.id, facts: newest.facts }
  if (newest && !newest.given) return { allowed: false, why: `The person does not want ${recipient.name} to be told` }
  if (purpose === 'received') return { allowed: true, by: 'received', facts: null }
  return { allowed: false, why: `The person has not agreed that ${recipient.name} is told this much` }
}

const orderOf = (allows: string) => order.findIndex((allowance) => allowance === allows)
/** Whether an answer still allows as much as an earlier one did: as far, and where that was a summary each of its facts. */
export const allowsAsMuch = (now: Extent, before: Extent) =>
  orderOf(before.allows) <= orderOf(now.allows) && (before.allows !== 'summary' || covers(now.facts, before.facts))

/** Whether a name is one of these, however it was typed. */
export const isAmong = (names: readonly (string | undefined)[], name: string) =>
  names.some((one) => one?.toLowerCase() === name.toLowerCase())

/** What is offered in words: each switch, and the privacy notice beside them. */
export const offeredInWords: Readonly<Record<Offered, { label: string }>> = {
  ...switches,
  notice: { label: 'Privacy notice' },
}

// Checked: the keys of the code list are its codes.
export const offeredCodes = Object.keys(offeredInWords) as Offered[]

/** A yes or no to one switch for one recipient; without a name the answer is for all of its kind. */
export type Answer = Readonly<{
  switch: Switch
  recipient: string
  given: boolean
  allows: Allowance
  facts: readonly Fact[] | null
}>

/** The answer that counts now, as it is stored. */
export type AnswerNow = Extent &
  Said &
  Readonly<Record<'switch' | 'recipient', string> & { given: boolean; wording_version: number | null }>

/** The seven questions as they were answered on one form; null where a question was left open. */
export type Asked = Readonly<
  Record<Switch, 'yes' | 'no' | null> &
    Record<`${Tellable}-allows`, Allowance | null> &
    Record<`${Tellable}-name`, string | null> &
    Record<`${'employer' | 'onward'}-facts`, readonly Fact[]>
>

/** The answers on a form. A no allows nothing more than that a referral was received, which everybody was told of. */
export function answersOn(form: Asked): Answer[] {
  return switchCodes.flatMap((one) => {
    const said = form[one]
    if (said === null) return []
    const told = isTellable(one)
    const allows = said === 'yes' ? (told && form[`${one}-allows`]) || 'status' : 'received'
    const ticked = one === 'employer' || one === 'onward' ? form[`${one}-facts`] : []
    const facts = allows === 'summary' && ticked.length > 0 ? ticked : null
    return [{ switch: one, recipient: (told && form[`${one}-name`]) || '', given: said === 'yes', allows, facts }]
  })
}

/** On what an answer rests, in words: consent is only what somebody has said themselves. */
export function basisInWords({ lawful_basis: basis, ...said }: Said & Readonly<{ lawful_basis: string }>): string {
  if (basis === 'consent' && !isOwn(said)) return 'No consent: they have not said so themselves'
  return Object.entries(lawfulBases).find(([code]) => code === basis)?.[1].label ?? basis
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

/** Which answers say something new: another answer, another amount, the same to newer words, or what was only heard of them. */
export function newAnswers(
  answers: readonly Answer[],
  standing: readonly AnswerNow[],
  versionOf: (offered: Switch) => number,
): Answer[] {
  return answers.filter((answer) => {
    const now = standing.find((one) => one.switch === answer.switch && one.recipient === answer.recipient)
    if (!now || now.given !== answer.given || !isOwn(now)) return true
    const isOther = now.allows !== answer.allows || !covers(answer.facts, now.facts) || !covers(now.facts, answer.facts)
    return (answer.given && isOther) || (now.wording_version ?? 0) < versionOf(answer.switch)
  })
}

/** The answers with the standing no of everybody who was named behind a yes for all of their kind: it is not undone by it. */
export function withExceptions(answers: readonly Answer[], standing: readonly AnswerNow[]): Answer[] {
  const opened = answers.filter(({ recipient, given }) => given && recipient === '').map(({ switch: one }) => one)
  const named = opened.flatMap((one) => standing.filter((now) => now.switch === one && now.recipient !== ''))
  const refused = named.filter((now) => !now.given && isOwn(now))
  // Checked: they are of a switch that was answered.
  return [...answers, ...refused.map(({ switch: one, recipient }) => no(one as Switch, recipient))]
}

/** A no to one switch for one recipient, or without a name for all of its kind. */
export const no = (asked: Switch, recipient = ''): Answer => ({
  ...{ switch: asked, recipient, given: false, allows: 'received', facts: null },
})

/** The answers that together withdraw somebody from everything: no to each switch, and to everybody named. */
export function withdrawal(standing: readonly AnswerNow[]): Answer[] {
  const everything = switchCodes.map((one) => ({ switch: one, recipient: '' }))
  const named = standing.flatMap((one) =>
    one.recipient !== '' && isTellable(one.switch) ? [{ switch: one.switch, recipient: one.recipient }] : [],
  )
  const same = (one: (typeof everything)[number], now: AnswerNow) =>
    now.switch === one.switch && now.recipient === one.recipient
  return [...everything, ...named]
    .filter((one) => !standing.some((now) => same(one, now) && !now.given && isOwn(now)))
    .map((one) => no(one.switch, one.recipient))
}

type Anew = Extent & Readonly<{ given: boolean; recipient: string }>

/** Whether an answer takes back an earlier yes: it is a no, or allows less where no limit of their own stands beside it. */
export const takesBack = ({ given, recipient, ...now }: Anew, before: Given & Extent): boolean =>
  !given || (!allowsAsMuch(now, before) && !(recipient === '' && isOwnLimit(before)))

/**
 * Whether a yes stands for this much after somebody has left: whoever cares for them and may hear how they get on still
 * hears that it ended. Everything else they allowed ends with it, and for an employer and Jobcentre Plus all of it.
 */
export const outlastsLeaving = (asked: string, purpose: Allowance): boolean =>
  (asked === 'gp' || asked === 'onward') && purpose !== 'summary'

type Question = Readonly<{ switch: string; alone?: true | undefined; outlasts?: boolean | undefined }>

/** Which answer counts to a question, out of those to it and to taking part that are for its recipient, the newest first. */
export function answerTo<One extends Dated>(answers: readonly One[], asked: Question): One | undefined {
  const standing = asked.outlasts ? answers : withoutWhatEnded(answers)
  return counting(
    standing.filter((one) => one.switch === asked.switch),
    asked.alone,
  )
}

/** Whether a person has said no to taking part and to being contacted. */
export function hasWithdrawn(standing: readonly Pick<AnswerNow, 'switch' | 'recipient' | 'given'>[]): boolean {
  const refused = standing.filter((one) => one.recipient === '' && !one.given).map((one) => one.switch)
  return refused.includes('take-part') && refused.includes('contact')
}
