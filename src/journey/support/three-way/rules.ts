import { longDay } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import type { Said } from '#journey/support/employer/rules.ts'
import type { AdjustmentKind, AdjustmentStanding } from '#journey/support/adjustments/rules.ts'

/** What a link is for by which an employer answers, and what the outbox calls a letter that asks them on paper. */
export const threeWayPurpose = 'three-way'
export const letterKind = 'employer-letter.posted'

/** For how many days somebody may answer by the link: long enough for a holiday. Our own assumption. */
export const linkDays = 28

/** The most adjustments that are put to an employer at once: more than that is a conversation. */
export const mostItems = 10

/** The three plain answers to each of them. */
export const answers = {
  agree: { label: 'Yes, we can do this', said: 'Yes' },
  suggest: { label: 'We suggest something else', said: 'Suggests something else' },
  cannot: { label: 'We cannot do this', said: 'Cannot' },
} as const

export type AnswerCode = keyof typeof answers

/** How an employer answered. */
export const waysAnswered = {
  link: { label: 'By the link' },
  telephone: { label: 'By phone' },
  'in-person': { label: 'In person' },
  letter: { label: 'On paper' },
} as const

export type WayAnswered = keyof typeof waysAnswered

/** How the person or the coach said so. */
export const waysSaid = {
  online: { label: 'On their own pages' },
  telephone: { label: 'By phone' },
  'in-person': { label: 'In person' },
} as const

export type WaySaid = keyof typeof waysSaid

/** One thing that is asked: an adjustment in its words, or the phased return, which has the place 0. */
export type Point = Readonly<{ place: number; label: string; adjustment: string | null }>

/** The answer to one of them: from when, what instead, or why not. */
export type Answer = Readonly<{
  place: number
  answer: AnswerCode
  fromOn: Temporal.PlainDate | null
  words: string | null
  /** What it wrote on the adjustment, if anything. */
  step?: string | null
}>

/** Everything an employer answered at once. */
export type Reply = Readonly<{
  id: string
  number: number
  how: WayAnswered
  byName: string
  note: string | null
  at: Temporal.Instant
  read: boolean
  answers: readonly Answer[]
}>

/** What the person or their coach says to it. */
export type Consent = Readonly<{
  id: string
  reply: string
  party: 'participant' | 'coach'
  agrees: boolean
  how: WaySaid
  note: string | null
  by: string | null
  at: Temporal.Instant
  read: boolean
}>

/** One thing that is shown of a person, as it is shown. */
export type Shown = Readonly<{ label: string; value: string }>

export type Item = Readonly<{ id: string; place: number; adjustment: string; kind: AdjustmentKind; what: string }>

/** What was put to an employer, with everything that was said to it, the newest first. */
export type Proposal = Readonly<{
  id: string
  episode: string
  person: string
  workplace: string
  organisation: string
  contact: string
  address: string | null
  asks: string
  shared: readonly Shown[]
  phasedReturn: string | null
  allowedBy: string
  askedBy: string | null
  at: Temporal.Instant
  /** When it went to them; null while only the coach has seen it. */
  sentAt: Temporal.Instant | null
  closedAt: Temporal.Instant | null
  items: readonly Item[]
  replies: readonly Reply[]
  consents: readonly Consent[]
}>

/** What is asked, in the order in which it is shown. */
export function pointsOf({ items, phasedReturn }: Pick<Proposal, 'items' | 'phasedReturn'>): Point[] {
  const asked = items.map(({ place, what, adjustment }) => ({ place, label: what, adjustment }))
  return phasedReturn === null ? asked : [...asked, { place: 0, label: 'The phased return to work', adjustment: null }]
}

/** An answer as all three read it. */
export function answerInWords({ answer, fromOn, words }: Answer): string {
  if (answer === 'agree') return fromOn ? `Yes, from ${longDay(fromOn)}` : 'Yes'
  return `${answers[answer].said}: ${words ?? ''}`
}

/** What a member writes down that was said to an answer, by whom and how. */
export const saying = {
  coach: {
    label: 'I agree, as their coach',
    as: { party: 'coach', agrees: true, how: 'online' },
  },
  'person-telephone': {
    label: 'The person agrees: they said so by phone',
    as: { party: 'participant', agrees: true, how: 'telephone' },
  },
  'person-here': {
    label: 'The person agrees: they said so in person',
    as: { party: 'participant', agrees: true, how: 'in-person' },
  },
  'person-talks': {
    label: 'The person does not agree yet, and wants to talk about it',
    as: { party: 'participant', agrees: false, how: 'telephone' },
  },
} as const satisfies Readonly<Record<string, { label: string; as: Pick<Consent, 'party' | 'agrees' | 'how'> }>>

/** What may be said where nothing may. */
export const nothingSaid: Said = { sentences: [], adjustments: false, phasedReturn: false }

/** How one of the three stands to it. */
export const stands = {
  waiting: { label: 'Not yet', colour: 'grey' },
  agreed: { label: 'Agrees', colour: 'green' },
  partly: { label: 'Agrees to part of it', colour: 'yellow' },
  suggests: { label: 'Suggests something else', colour: 'orange' },
  cannot: { label: 'Cannot do any of it', colour: 'red' },
  talk: { label: 'Wants to talk first', colour: 'orange' },
} as const

export type Stands = keyof typeof stands

/** How an employer stands to what was put to them, by what they answered last. */
export function employerStands(reply: Pick<Reply, 'answers'> | undefined): Stands {
  if (!reply) return 'waiting'
  const isSaid = (code: AnswerCode) => reply.answers.some(({ answer }) => answer === code)
  if (isSaid('suggest')) return 'suggests'
  if (!isSaid('agree')) return 'cannot'
  return isSaid('cannot') ? 'partly' : 'agreed'
}

// They agree to what the employer answered; where it cannot do all of it, they agree in part.
const isYes = (one: Stands) => one === 'agreed' || one === 'partly'

/** What each of the three says to the newest answer: what was said to an earlier one does not count any more. */
export function threeOf({ replies, consents }: Pick<Proposal, 'replies' | 'consents'>) {
  const [reply] = replies
  const newest = (party: Consent['party']) => consents.find((one) => one.reply === reply?.id && one.party === party)
  const said = { participant: newest('participant'), coach: newest('coach') }
  const standsOf = (one: Consent | undefined): Stands => (one ? (one.agrees ? 'agreed' : 'talk') : 'waiting')
  const employer = employerStands(reply)
  return { reply, ...said, stands: { employer, participant: standsOf(said.participant), coach: standsOf(said.coach) } }
}

type Live = Readonly<{ id: string; what: string; standing: AdjustmentStanding }>
type Now = Readonly<{ adjustments: readonly Live[]; phasedReturn: string | undefined }>

/** What has changed since it was put to the employer, so that it has to be put to all three anew; none where nothing has. */
export function changedSince(proposal: Pick<Proposal, 'items' | 'phasedReturn' | 'replies'>, now: Now): string[] {
  const agreed = new Set(
    proposal.replies[0]?.answers.filter(({ answer }) => answer === 'agree').map(({ place }) => place),
  )
  const changes = proposal.items.flatMap(({ adjustment, what, place }) => {
    const live = now.adjustments.find(({ id }) => id === adjustment)
    if (!live) return [`“${what}” was taken back.`]
    if (live.what !== what) return [`“${what}” is now “${live.what}”.`]
    const isGone = live.standing === 'over' || (live.standing === 'declined' && agreed.has(place))
    return isGone ? [`“${what}” is ${live.standing === 'over' ? 'no longer needed' : 'declined'} by now.`] : []
  })
  const isOther = proposal.phasedReturn !== null && now.phasedReturn !== proposal.phasedReturn
  return isOther ? [...changes, 'The phased return was laid out anew.'] : changes
}

/** Where a proposal stands. */
export const states = {
  draft: { label: 'Not sent yet', colour: 'yellow' },
  waiting: { label: 'Waiting for the employer', colour: 'blue' },
  unread: { label: 'Answer to read', colour: 'orange' },
  agreeing: { label: 'To be agreed', colour: 'yellow' },
  agreed: { label: 'Agreed by all three', colour: 'green' },
  'agreed-in-part': { label: 'Agreed in part by all three', colour: 'yellow' },
  changed: { label: 'Changed: put it to them anew', colour: 'orange' },
  closed: { label: 'Closed', colour: 'grey' },
} as const

export type State = keyof typeof states

/** Where this one stands: what changed and what nobody has read come first. */
export function stateOf(proposal: Proposal, changes: readonly string[]): State {
  const [reply] = proposal.replies
  if (proposal.closedAt !== null) return 'closed'
  if (proposal.sentAt === null) return 'draft'
  if (changes.length > 0) return 'changed'
  if (!reply) return 'waiting'
  if (!reply.read || proposal.consents.some(({ read }) => !read)) return 'unread'
  if (!allAgree(proposal)) return 'agreeing'
  return employerStands(reply) === 'partly' ? 'agreed-in-part' : 'agreed'
}

/** Whether all three agree to the newest answer, to all that was asked or to the part that the employer can do. */
export function allAgree(proposal: Pick<Proposal, 'replies' | 'consents'>): boolean {
  return Object.values(threeOf(proposal).stands).every((one) => isYes(one))
}

/** When all three had agreed to an answer for the first time: it was so, whoever thinks better of it later. */
export function agreedAt(reply: Reply | undefined, consents: readonly Consent[]): Temporal.Instant | undefined {
  if (!reply || !isYes(employerStands(reply))) return undefined
  const now = { participant: false, coach: false }
  return consents
    .filter((one) => one.reply === reply.id)
    .toReversed()
    .find(({ party, agrees }) => {
      now[party] = agrees
      return now.participant && now.coach
    })?.at
}

/** What may be put to an employer: what was asked for, agreed or is in place. */
export const mayBePut = (standing: AdjustmentStanding): boolean => standing !== 'over' && standing !== 'declined'

/** What is wrong with what was chosen, if anything. */
export function choiceProblems(chosen: Readonly<{ items: readonly string[]; withReturn: boolean }>): Problem[] {
  if (chosen.items.length > mostItems) return [{ field: 'items', message: `Choose ${mostItems} of them at the most` }]
  if (chosen.items.length > 0 || chosen.withReturn) return []
  return [{ field: 'items', message: 'Tick at least one thing that the employer is asked' }]
}
