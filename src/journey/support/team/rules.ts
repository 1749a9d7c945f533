import type { Role } from '#platform/access/rules.ts'
import { dayInWords, isBefore, longDay } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'

/** Who plans the meetings of their organisation and orders the queue. Who comes to a meeting decides there as well. */
export const planners = ['senior-coach', 'clinician', 'administrator', 'service-manager'] as const

/** What a decision becomes. */
export const becomings = {
  task: { label: 'A task for somebody in the team', hint: 'It stands on their day until it is done' },
  action: { label: 'An action on their plan', hint: 'For whoever may change the plan' },
  advice: { label: 'Advice alone', hint: 'The coach talks it over with the person. Nothing is due' },
} as const

export type Becoming = keyof typeof becomings

type Comer = Readonly<{ id: string; name: string; role: Role }>

/** A meeting of the team of an organisation. */
export type Meeting = Readonly<{
  id: string
  organisation: string
  onDay: Temporal.PlainDate
  starts: string
  place: string | null
  chair: string
  version: number
  closedAt: Temporal.Instant | null
  calledOffAt: Temporal.Instant | null
  comers: readonly Comer[]
  /** Whether whoever asks comes to it. */
  comes: boolean
}>

/** When a meeting is, in words. */
export function meetingInWords(
  { onDay, starts }: Pick<Meeting, 'onDay' | 'starts'>,
  today: Temporal.PlainDate,
): string {
  const day = dayInWords(onDay, today)
  return `${day.charAt(0).toUpperCase()}${day.slice(1)}, ${starts}`
}

/** Whether a meeting is still to be held or worked through. */
export function isToCome({ closedAt, calledOffAt }: Pick<Meeting, 'closedAt' | 'calledOffAt'>): boolean {
  return closedAt === null && calledOffAt === null
}

/** Why nothing can be decided at a meeting now, in words; undefined when it can. */
export function whyNotNow(meeting: Meeting, today: Temporal.PlainDate): string | undefined {
  if (meeting.calledOffAt !== null) return 'This meeting was called off'
  if (meeting.closedAt !== null) return 'This meeting is closed. What it decided stands below'
  return isBefore(today, meeting.onDay) ? 'Decisions are written down from the day of the meeting on' : undefined
}

type Planned = Readonly<{ on: Temporal.PlainDate; chair: string; comers: readonly string[] }>

/** What is wrong with a meeting as it was planned, if anything. */
export function meetingProblems(
  { on, chair, comers }: Planned,
  { today, known }: Readonly<{ today: Temporal.PlainDate; known: readonly string[] }>,
): Problem[] {
  const found: (Problem | false)[] = [
    isBefore(on, today) && { field: 'on', message: 'Enter today or a day to come' },
    comers.length === 0 && { field: 'comers', message: 'Choose who comes' },
    comers.some((member) => !known.includes(member)) && { field: 'comers', message: 'Choose from the list' },
    comers.length > 0 &&
      !comers.includes(chair) && { field: 'chair', message: 'Whoever chairs has to come: choose them above as well' },
  ]
  return found.filter((problem) => problem !== false)
}

type Deciding = Readonly<{
  becomes: Becoming
  owner: string | null
  goal: string | null
  doer: string | null
  due: Temporal.PlainDate | null
}>
type Around = Readonly<{ today: Temporal.PlainDate; owners: readonly string[]; goals: readonly string[] }>

/** What is wrong with a decision as it was written down, if anything. */
export function decisionProblems(decision: Deciding, { today, owners, goals }: Around): Problem[] {
  const { becomes, owner, goal, doer, due } = decision
  if (becomes === 'advice') return []
  const [isTask, isAction] = [becomes === 'task', becomes === 'action']
  const found: (Problem | false)[] = [
    isTask && !owners.some((one) => one === owner) && { field: 'owner', message: 'Choose who does it' },
    isAction && !goals.some((one) => one === goal) && { field: 'goal', message: 'Choose the goal it serves' },
    isAction && doer === null && { field: 'doer', message: 'Choose who does it' },
    due === null && { field: 'due', message: 'Enter the day by which it is done' },
    due !== null && isBefore(due, today) && { field: 'due', message: 'Enter today or a day to come' },
  ]
  return found.filter((problem) => problem !== false)
}

/** What becomes of what was decided about the same question before. */
export const fates = {
  stays: { label: 'It stays, and this is decided as well' },
  replaced: { label: 'It is taken back, and this is decided in its place' },
} as const

type Made = Readonly<{ id: string; decided: string; by: string | null }>
type Second = Readonly<{ seen: string | null; before: keyof typeof fates | null }>

/** Why a decision cannot stand beside those there are: its writer has not seen them all, or says nothing about them. */
export function secondProblems({ seen, before }: Second, there: readonly Made[]): Problem[] {
  const newest = there.at(-1)
  if (!newest) return []
  if (newest.id !== seen) {
    const message = `${newest.by ?? 'Somebody'} has written down another decision since you opened this page: “${newest.decided}”. Read it, then say below what becomes of it. Yours is not saved yet`
    return [{ field: 'before', message }]
  }
  return before === null ? [{ field: 'before', message: 'Select what becomes of what was decided before' }] : []
}

type Sent = Readonly<{ id: string; decided: string; becomes: Becoming; note: string | null }>

/** Whether a decision is one that was sent before, word for word. */
export function isSentBefore(sent: Sent, there: readonly Sent[]): boolean {
  const { id, decided, becomes, note } = sent
  return there.some((one) => one.id === id && one.decided === decided && one.becomes === becomes && one.note === note)
}

type Placed = Readonly<{ id: string; urgent: boolean; place: number }>

/** The order in which the team works: what is urgent first, and then as the queue stands. */
export function inOrder<One extends Placed>(queue: readonly One[]): One[] {
  return queue.toSorted((one, other) => Number(other.urgent) - Number(one.urgent) || one.place - other.place)
}

/** The one before or after another in the queue, of the same urgency: they may change places. */
export function neighbourOf<One extends Placed>(queue: readonly One[], id: string, by: -1 | 1): One | undefined {
  const ordered = inOrder(queue)
  const at = ordered.findIndex((one) => one.id === id)
  const [one, other] = [ordered[at], ordered[at + by]]
  return one && other && one.urgent === other.urgent ? other : undefined
}

type Decided = Readonly<{
  becomes: Becoming
  ownerName: string | null
  dueOn: Temporal.PlainDate | null
  done: boolean
}>

/** How a decision stands: who does it by when, or that it is done. */
export function standsInWords({ becomes, ownerName, dueOn, done }: Decided): string {
  if (becomes === 'advice') return ''
  if (becomes === 'action') return 'It is an action on the plan.'
  if (done) return `Done by ${ownerName ?? 'a colleague'}.`
  return `${ownerName ?? 'A colleague'}${dueOn === null ? '' : `, by ${longDay(dueOn)}`}.`
}

type Names = Readonly<{ given_name: string; family_name: string; preferred_name: string | null }>

/** The letters by which the team speaks of somebody, on paper and on the screen of whoever may not open their record. */
export function initialsOf(names: Names): string {
  return [names.preferred_name ?? names.given_name, names.family_name]
    .map((name) => `${[...name.trim()][0]?.toUpperCase() ?? '–'}.`)
    .join(' ')
}
