import { dayOf, isBefore } from '#platform/dates.ts'
import { type Action, isSettled, type Owner, type Result } from '#journey/action/rules.ts'
import { type EventKind, isOpen, type State, whatHappened } from '#journey/onward/rules.ts'

/** Who does something next. */
export const actors = {
  participant: { label: 'The participant' },
  coach: { label: 'The coach' },
  employer: { label: 'The employer' },
  service: { label: 'The service' },
  both: { label: 'The participant and the service' },
} as const

export type Acting = keyof typeof actors

/** What an onward referral waits for, by where it stands: who acts next, and what they do. */
export const nextOf: Readonly<Record<State, Readonly<{ who: Acting; what: string }>>> = {
  drafted: { who: 'coach', what: 'Shows them what would be sent' },
  shown: { who: 'participant', what: 'Says yes or no' },
  told: { who: 'participant', what: 'Gets in touch with it' },
  agreed: { who: 'coach', what: 'Hands over' },
  refused: { who: 'coach', what: 'Talks about what they would like instead' },
  sent: { who: 'service', what: 'Answers' },
  seen: { who: 'service', what: 'Answers' },
  'no-reply': { who: 'coach', what: 'Looks at the next service' },
  accepted: { who: 'service', what: 'Begins' },
  waiting: { who: 'service', what: 'Has a place' },
  started: { who: 'both', what: 'Go on' },
  attended: { who: 'both', what: 'Go on' },
  declined: { who: 'coach', what: 'Looks for another way' },
  ended: { who: 'coach', what: 'Talks about what comes next' },
  withdrawn: { who: 'coach', what: 'Nothing is left to do with it' },
}

type InHouse = Pick<Action, 'id' | 'what' | 'due_on' | 'result'> & Readonly<{ owner: Owner }>

/** What the team, the participant and the employer still do by themselves, what is due first first. */
export const inHouseOf = <One extends InHouse>(actions: readonly One[]): One[] =>
  actions
    .filter((action) => action.owner !== 'service' && !isSettled(action))
    .toSorted((one, other) => Temporal.PlainDate.compare(one.due_on, other.due_on))

type Outside = Readonly<{ id: string; state: State; stateAt: Temporal.Instant }>

// Our own default: what ended longer ago is read on the record, and nobody is asked about it any more.
const recentDays = 90

/** The services that help now, and those that ended lately and from which nobody has come back to coaching yet. */
export function outsideOf<One extends Outside>(
  onward: readonly One[],
  returned: ReadonlySet<string>,
  now: Temporal.Instant,
) {
  const lately = ({ stateAt }: Outside) => !isBefore(dayOf(stateAt), dayOf(now).subtract({ days: recentDays }))
  return {
    open: onward.filter(({ state }) => isOpen(state)),
    ended: onward.filter((one) => mayReturn(one.state) && !returned.has(one.id) && lately(one)),
  }
}

/** Whether somebody can come back from it to coaching: it has ended, or the service said no. */
export const mayReturn = (state: State): boolean => state === 'ended' || state === 'declined'

/** What the coach does next with somebody who comes back. */
export const returnWords = (service: string): string => `Talk about what comes next after ${service}`.slice(0, 300)

/** Within how many days; our own default. */
export const returnDays = 7

type Last = Readonly<{ kind: EventKind; reason: string | null }>

/** What came of the action that the service did, by how it ended. */
export function resultOf({ kind, reason }: Last): Result {
  return kind === 'ended' && (reason === 'helped' || reason === 'partly' || reason === 'passed-on')
    ? 'done'
    : 'did-not-work'
}

/** The same in words, for the plan. */
export const resultWords = (service: string, last: Last): string => `${service}: ${whatHappened(last)}`
