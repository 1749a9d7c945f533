import { standingOf, readyFrom, type Told } from '#journey/support/matter/rules.ts'
import type { Actor } from '#platform/access/rules.ts'
import { type Becoming, initialsOf, type Meeting, planners } from '#journey/support/team/rules.ts'

type Row = Readonly<{
  id: string
  episode: string
  person: string
  asks: string
  summary: string
  urgent: boolean
  whyUrgent: string | null
  place: number
  at: Temporal.Instant
  by: string | null
  carried: number
  told: readonly Told[]
  decisions: readonly Made[]
  /** Whether the person has said no: what was decided before stays readable. */
  objected: boolean
  given_name: string
  family_name: string
  preferred_name: string | null
  restricted: boolean
  mayOpen: boolean
  mayEdit: boolean
}>

/** What was decided, as a meeting shows it. */
export type Made = Readonly<{
  id: string
  meeting: string
  decided: string
  becomes: Becoming
  owner: string | null
  ownerName: string | null
  dueOn: Temporal.PlainDate | null
  note: string | null
  done: boolean
  by: string | null
  at: Temporal.Instant
}>

/** What one reader sees of a matter: no name where they may not open the record, and nothing of one that is restricted. */
export type Seen = Omit<Row, 'person' | 'given_name' | 'family_name' | 'preferred_name' | 'restricted' | 'mayOpen'> &
  Readonly<{
    initials: string
    /** For whoever may open the record. */
    name: string | undefined
    /** In place of the question and the summary where this reader may not have them. */
    hidden: string | undefined
  }>

const restrictedWords = 'Restricted: whoever put it says what the team needs to know'
const notYetWords = 'The person may still say no: it can be read after that'

/** A matter as this reader sees it now. */
export function seenBy(row: Row, called: string, now: Temporal.Instant): Seen {
  const { given_name, family_name, preferred_name, restricted, mayOpen, person: _, ...rest } = row
  const isHidden = restricted && !mayOpen
  const isWaiting = !mayOpen && standsOnQueue(row, now) !== undefined
  const hidden = isHidden ? restrictedWords : isWaiting ? notYetWords : undefined
  return {
    ...rest,
    ...(hidden === undefined ? {} : { asks: '', summary: '', whyUrgent: null }),
    ...(isHidden ? { decisions: rest.decisions.map(withoutWords) } : {}),
    initials: isHidden ? 'Restricted' : initialsOf({ given_name, family_name, preferred_name }),
    name: mayOpen ? called : undefined,
    hidden,
  }
}

// Who does something by when is the meeting's own; what was said of a restricted record is not.
const withoutWords = (made: Made): Made => ({ ...made, decided: 'Decided', note: null })

/** Until when the person has time to say no, or that they have not been told yet; undefined when the team may decide. */
export function standsOnQueue({ told }: Readonly<{ told: readonly Told[] }>, now: Temporal.Instant) {
  const standing = standingOf({ told, objected: false, withdrawn: false }, now)
  return standing === 'queued' ? undefined : (readyFrom(told) ?? 'untold')
}

/** By what the team speaks of somebody. */
export const keyOf = ({ initials }: Pick<Seen, 'initials'>) => initials

export const moves = { earlier: -1, later: 1 } as const

/** Why something is not carried over that was decided while its page was open. */
export const decidedMeanwhile = {
  field: 'why',
  message: 'The team has decided about this since you opened this page. Read it below. It is not carried over',
} as const

/** What became of a matter that a meeting no longer has before it. */
export type Left = Readonly<{ objected: boolean; withdrawn: boolean; decided: boolean }>

/** The same in words, for whoever had its page open. */
export function leftInWords({ objected, withdrawn, decided }: Left): string {
  if (objected) return 'The person has said no since you opened this page. The team does not decide about it'
  if (withdrawn) return 'This question was taken back since you opened this page. The team does not decide about it'
  return decided
    ? 'Another meeting has decided about this since you opened this page'
    : 'This question has left the meeting since you opened this page'
}

/** Why nothing more is decided about a matter whose person said no after the team had decided. */
export const saidNoAfterwards =
  'The person said no after this was decided. Their coach talks with them about it, and the team decides nothing more'

/** In place of its question and its summary. */
export const notBefore = 'It is not before the team any more'

/** Whether this actor plans a meeting: those of their own organisation. */
export const plans = ({ organisation, role }: Pick<Actor, 'organisation' | 'role'>, meeting: Meeting): boolean =>
  meeting.organisation === organisation && planners.some((one) => one === role)

/** Whether this actor writes down what a meeting decides. */
export const decides = (actor: Pick<Actor, 'organisation' | 'role'>, meeting: Meeting): boolean =>
  meeting.comes || plans(actor, meeting)
