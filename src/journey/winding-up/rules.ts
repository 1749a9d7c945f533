import type { Actor } from '#platform/access/rules.ts'
import { isBefore } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'

/** Why the part of an organisation in the service ends. */
export const windingUpReasons = {
  contract: { label: 'Its contract ends' },
  stops: { label: 'It gives this work up' },
  joins: { label: 'It becomes part of another organisation' },
  other: { label: 'Another reason' },
} as const

export type WindingUpReason = keyof typeof windingUpReasons

/** How it stands with an organisation whose part ends. */
export const noticeStates = {
  ending: { label: 'Ends', colour: 'orange' },
  left: { label: 'Ended, people are left', colour: 'red' },
  over: { label: 'Ended', colour: 'grey' },
  back: { label: 'Taken back', colour: 'grey' },
} as const

export type NoticeState = keyof typeof noticeStates

type Stands = Readonly<{ closed_at: Temporal.Instant | null; withdrawn_at: Temporal.Instant | null; left: number }>

/** How it stands, from what has happened and how many people are still with it. */
export function stateOf({ closed_at: closed, withdrawn_at: back, left }: Stands): NoticeState {
  if (back !== null) return 'back'
  if (closed === null) return 'ending'
  return left > 0 ? 'left' : 'over'
}

type Given = Readonly<{
  endsOn: Temporal.PlainDate
  noNewFrom: Temporal.PlainDate
  reason: WindingUpReason
  words: string | null
  keeper: string
}>
type Around = Readonly<{
  today: Temporal.PlainDate
  /** Who may keep the records. */
  keepers: object
  /** Whether new referrals still come to the organisation on the day from which it takes nobody new. */
  receives: boolean
}>

/** What stands against an organisation ending as it was said. */
export function noticeProblems({ endsOn, noNewFrom, reason, words, keeper }: Given, around: Around): Problem[] {
  const { today, keepers, receives } = around
  const problems: readonly (Problem | false)[] = [
    !isBefore(today, endsOn) && { field: 'endsOn', message: 'Enter a day after today' },
    isBefore(noNewFrom, today) && { field: 'noNewFrom', message: 'Enter today or a later day' },
    isBefore(endsOn, noNewFrom) && {
      field: 'noNewFrom',
      message: 'Enter a day that is no later than the one on which it ends',
    },
    reason === 'other' && words === null && { field: 'words', message: 'Say which other reason' },
    !(keeper in keepers) && { field: 'keeper', message: 'Choose who keeps the records from the list' },
    receives && {
      field: 'noNewFrom',
      message:
        'New referrals still come to this organisation on that day. Have the area’s settings say first who receives them from then on',
    },
  ]
  return problems.filter((problem) => problem !== false)
}

type Of = Readonly<{ organisation: string; keeper: string; closed_at: Temporal.Instant | null }>

/** Whether this member deals with the people of the organisation: its own until it ends, and then those of its keeper. */
export function dealsWith(actor: Pick<Actor, 'organisation'>, { organisation, keeper, closed_at: closed }: Of) {
  return actor.organisation === (closed === null ? organisation : keeper)
}

/** Whether this member sees how it stands: whoever deals with it, who is to keep the records, and who runs the area. */
export function seesNotice(actor: Pick<Actor, 'organisation' | 'role'>, { organisation, keeper }: Of): boolean {
  return actor.role === 'system-administrator' || [organisation, keeper].includes(actor.organisation)
}

/** How many people, in words. */
export const peopleInWords = (count: number): string => (count === 1 ? '1 person' : `${count} people`)
