import { isBefore } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { inPounds } from '#journey/support/budget-limit/rules.ts'

/** From what kind of supplier something is paid for. */
export const suppliers = {
  physical: { label: 'Physical therapy', hint: 'For example physiotherapy or a pain clinic' },
  mental: { label: 'Talking therapy or counselling' },
  occupational: { label: 'Occupational health or occupational therapy' },
  training: { label: 'A course or a certificate' },
  equipment: { label: 'Equipment or clothing' },
  travel: { label: 'Travel' },
  care: { label: 'Care for children or others, for the time being' },
  other: { label: 'Something else' },
} as const

export type Supplier = keyof typeof suppliers

/** What can come of a request. */
export const stepKinds = {
  approved: { label: 'Approved' },
  refused: { label: 'Refused' },
  'cost-known': { label: 'The cost is known', hint: 'An offer or a bill says what it costs' },
  attended: { label: 'They went, or have it' },
  paid: { label: 'Paid' },
  cancelled: { label: 'Cancelled', hint: 'Gives the money back' },
} as const

export type StepKind = keyof typeof stepKinds

/** How a request stands. */
export const standings = {
  asked: { label: 'Waits for approval', own: 'Asked for', colour: 'orange' },
  approved: { label: 'Approved', own: 'Agreed', colour: 'blue' },
  refused: { label: 'Refused', own: 'Not possible', colour: 'grey' },
  'cost-known': { label: 'Cost known', own: 'Agreed', colour: 'blue' },
  attended: { label: 'Attended', own: 'Done', colour: 'green' },
  paid: { label: 'Paid', own: 'Done', colour: 'green' },
  cancelled: { label: 'Cancelled', own: 'Not going ahead', colour: 'grey' },
} as const

export type Standing = keyof typeof standings

/** What may come next, as a request stands. What was paid is not cancelled: its last step is taken back first. */
export const nextKinds: Readonly<Record<Standing, readonly StepKind[]>> = {
  asked: ['approved', 'refused', 'cancelled'],
  approved: ['cost-known', 'attended', 'paid', 'cancelled'],
  refused: [],
  'cost-known': ['cost-known', 'attended', 'paid', 'cancelled'],
  attended: ['cost-known', 'paid', 'cancelled'],
  paid: [],
  cancelled: [],
}

export type Step = Readonly<{
  number: number
  kind: StepKind
  /** What it changes the sum to; null where it leaves it. */
  pence: number | null
  takenBack: boolean
}>

/** The steps that stand, the newest first. */
export function standingSteps<One extends Step>(steps: readonly One[]): One[] {
  return steps.filter(({ takenBack }) => !takenBack).toSorted((one, other) => other.number - one.number)
}

type Said = Pick<Step, 'kind' | 'pence'> & Readonly<{ note: string | null }>

/** Whether what was sent is what stands: somebody sent it before, in another tab. */
export const isSameStep = (there: Said | undefined, { kind, pence, note }: Said): boolean =>
  there?.kind === kind && there.pence === pence && there.note === note

/** How a request stands after its steps. */
export function standingAfter(steps: readonly Step[]): Standing {
  return standingSteps(steps)[0]?.kind ?? 'asked'
}

/** How much of the budget a request holds, in pence: nothing before it is approved or once it is refused or cancelled. */
export function heldPence(steps: readonly Step[]): number {
  const standing = standingAfter(steps)
  if (standing === 'asked' || standing === 'refused' || standing === 'cancelled') return 0
  return standingSteps(steps).find(({ pence }) => pence !== null)?.pence ?? 0
}

/** Up to how much somebody approved, in pence; undefined where nobody has. */
function approvedPence(steps: readonly Step[]): number | undefined {
  return standingSteps(steps).find(({ kind }) => kind === 'approved')?.pence ?? undefined
}

/** What may still be committed, for the area and for one person, in pence. */
export type Left = Readonly<{ area: number; person: number }>

/** What is left of both limits once so much is held. */
export function leftOf(
  limit: Readonly<{ areaPence: number; personPence: number }>,
  held: Readonly<{ area: number; person: number }>,
): Left {
  return { area: limit.areaPence - held.area, person: limit.personPence - held.person }
}

/** Why so much more cannot be committed, saying how much is left; undefined when it can. */
export function whyNotEnough(more: number, left: Left): string | undefined {
  if (more <= 0 || (more <= left.area && more <= left.person)) return undefined
  const scarce = left.person < left.area ? 'for this person' : 'for the area'
  const amount = Math.max(0, Math.min(left.person, left.area))
  return `There is ${inPounds(amount)} left ${scarce} in this period, and this needs ${inPounds(more)} more`
}

type Stepping = Readonly<{ kind: StepKind; on: Temporal.PlainDate; pence: number | null; note: string | null }>
type Known = Readonly<{ steps: readonly Step[]; askedOn: Temporal.PlainDate }>

/** What is wrong with a step as it was entered, if anything. */
export function stepProblems({ kind, on, pence, note }: Stepping, known: Known, today: Temporal.PlainDate): Problem[] {
  const standing = standingAfter(known.steps)
  const most = approvedPence(known.steps)
  const found: (Problem | false)[] = [
    !nextKinds[standing].includes(kind) && {
      field: 'kind',
      message: `It stands as ${standings[standing].label.toLowerCase()}: choose what came after that`,
    },
    kind === 'cost-known' && pence === null && { field: 'cost', message: 'Enter what it costs, like 120 or 120.50' },
    kind === 'cost-known' &&
      pence !== null &&
      most !== undefined &&
      pence > most && {
        field: 'cost',
        message: `${inPounds(most)} was approved. Ask for what it costs beyond that in a request of its own, so that it is approved too`,
      },
    kind === 'cancelled' && note === null && { field: 'note', message: 'Say why it does not go ahead' },
    isBefore(today, on) && { field: 'on', message: 'Enter today or a day that has passed' },
    isBefore(on, known.askedOn) && { field: 'on', message: 'Enter the day on which it was asked for, or a later one' },
  ]
  return found.filter((problem) => problem !== false)
}

/** By whom a request may be approved. */
export const ways = {
  approver: { label: 'By me, as somebody who may approve' },
  team: { label: 'By the team, at a meeting' },
} as const

export type Way = keyof typeof ways

type Deciding = Readonly<{
  approves: boolean
  way: Way | null
  pence: number
  reason: string | null
  meeting: string | null
}>
type Approving = Readonly<{
  isAsker: boolean
  /** Up to how much the reader may approve by themselves, in pence; undefined when nothing. */
  upTo: number | undefined
  meetings: readonly string[]
}>

/** What is wrong with deciding on a request, if anything. Who asks never approves. */
export function decidingProblems({ approves, way, pence, reason, meeting }: Deciding, by: Approving): Problem[] {
  const alone = approves && way === 'approver'
  const found: (Problem | false)[] = [
    approves &&
      by.isAsker && { field: 'answer', message: 'You asked for it yourself: somebody else has to approve it' },
    !approves && reason === null && { field: 'reason', message: 'Say why, so that the coach can tell the person' },
    approves && way === null && { field: 'way', message: 'Select who approves it' },
    alone &&
      by.upTo === undefined && { field: 'way', message: 'You are not named to approve: ask the team or an approver' },
    alone &&
      by.upTo !== undefined &&
      pence > by.upTo && { field: 'way', message: `You may approve up to ${inPounds(by.upTo)}: ask the team` },
    approves &&
      way === 'team' &&
      !by.meetings.some((one) => one === meeting) && {
        field: 'meeting',
        message: 'Choose the meeting that approved it',
      },
  ]
  return found.filter((problem) => problem !== false)
}
