import { isBefore, longDay } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'

/** What a workplace can change, with everyday examples. */
export const adjustmentKinds = {
  hours: {
    label: 'Flexible hours',
    hint: 'When they work. For example a later start, shorter days for a while, or breaks when they need them',
  },
  duties: {
    label: 'Duties',
    hint: 'What they do. For example no lifting, one task at a time, or swapping a task with a colleague',
  },
  place: {
    label: 'Place of work',
    hint: 'Where they work. For example two days at home, a quieter desk, or parking near the door',
  },
  equipment: {
    label: 'Equipment',
    hint: 'Things they work with. For example a chair that supports the back, a desk to stand at, or lighter tools',
  },
  technology: {
    label: 'Adaptive technology',
    hint: 'Software and devices. For example dictating instead of typing, a screen reader, or a larger screen',
  },
  travel: {
    label: 'Travel',
    hint: 'Getting to work and back. For example help from Access to Work with taxis, travelling off-peak, or fewer site visits',
  },
  communication: {
    label: 'Communication',
    hint: 'How people talk with them. For example instructions in writing, an agenda beforehand, or captions in calls',
  },
  supervision: {
    label: 'Supervision',
    hint: 'How they are supported. For example a talk with the manager each week, a buddy, or more time to learn',
  },
} as const

export type AdjustmentKind = keyof typeof adjustmentKinds

/** Who asked for it. */
export const askers = {
  participant: { label: 'The person themselves' },
  coach: { label: 'Their coach' },
  'occupational-health': { label: 'Occupational health' },
} as const

export type Asker = keyof typeof askers

/** What can come of an adjustment. */
export const outcomes = {
  agreed: { label: 'Agreed', hint: 'The employer said yes. It is not there yet' },
  declined: { label: 'Declined', hint: 'The employer said no' },
  'in-place': { label: 'In place', hint: 'They work with it' },
  over: { label: 'No longer needed', hint: 'It did its work, or something else helps' },
} as const

export type Outcome = keyof typeof outcomes

/** How an adjustment stands, in the order in which it is worked on, and what is to be done next. */
export const standings = {
  asked: {
    label: 'Asked for',
    heading: 'Waiting for an answer',
    colour: 'orange',
    next: 'Ask the employer for an answer, or help the person to ask',
  },
  agreed: {
    label: 'Agreed',
    heading: 'Agreed and not in place yet',
    colour: 'blue',
    next: 'Find out whether it is in place',
  },
  declined: {
    label: 'Declined',
    heading: 'Declined',
    colour: 'red',
    next: 'Look with the person for another way that does the same',
  },
  'in-place': {
    label: 'In place',
    heading: 'In place',
    colour: 'green',
    next: 'Ask the person now and then whether it still helps',
  },
  over: { label: 'No longer needed', heading: 'No longer needed', colour: 'grey', next: null },
} as const

export type AdjustmentStanding = keyof typeof standings

/** What may come next, as an adjustment stands. A no may become a yes, and what was over may be needed again. */
export const nextOutcomes: Readonly<Record<AdjustmentStanding, readonly Outcome[]>> = {
  asked: ['agreed', 'declined', 'in-place', 'over'],
  agreed: ['in-place', 'declined', 'over'],
  declined: ['agreed', 'in-place', 'over'],
  'in-place': ['over', 'declined'],
  over: ['agreed', 'in-place'],
}

export type Step = Readonly<{
  id: string
  number: number
  standing: Outcome
  onDay: Temporal.PlainDate
  who: string | null
  reason: string | null
  /** From when on the employer agreed to it, where they said so. */
  fromOn?: Temporal.PlainDate | null
  takenBack: boolean
}>

/** The steps that stand, the newest first. */
export function standingSteps<One extends Step>(steps: readonly One[]): One[] {
  return steps.filter(({ takenBack }) => !takenBack).toSorted((one, other) => other.number - one.number)
}

/** How an adjustment stands after its steps. */
export function standingAfter(steps: readonly Step[]): AdjustmentStanding {
  return standingSteps(steps)[0]?.standing ?? 'asked'
}

type Known = Readonly<{ askedOn: Temporal.PlainDate; steps: readonly Step[] }>

/** Since when an adjustment stands as it does. */
export function sinceWhen({ askedOn, steps }: Known): Temporal.PlainDate {
  return standingSteps(steps)[0]?.onDay ?? askedOn
}

/** "Agreed on 5 January 2026 by Ms Ray": a step in a line. */
export function stepInWords({ standing, onDay, who, fromOn }: Pick<Step, 'standing' | 'onDay' | 'who' | 'fromOn'>) {
  const joint = standing === 'in-place' || standing === 'over' ? 'since' : 'on'
  const from = fromOn ? `, from ${longDay(fromOn)}` : ''
  return `${outcomes[standing].label} ${joint} ${longDay(onDay)}${who === null ? '' : `, ${who}`}${from}`
}

/** Adjustments by how they stand, in the order in which they are worked on; what nobody has is left out. */
export function grouped<One extends Known>(adjustments: readonly One[]) {
  // Checked: the codes of the list above.
  const codes = Object.keys(standings) as AdjustmentStanding[]
  return codes
    .map((standing) => ({
      standing,
      adjustments: adjustments.filter(({ steps }) => standingAfter(steps) === standing),
    }))
    .filter((group) => group.adjustments.length > 0)
}

/** What is wrong with the day on which somebody asked, if anything. */
export function askedProblems(
  { askedOn, steps }: Readonly<{ askedOn: Temporal.PlainDate; steps: readonly Step[] }>,
  today: Temporal.PlainDate,
): Problem[] {
  const first = standingSteps(steps).at(-1)
  if (isBefore(today, askedOn)) return [{ field: 'asked', message: 'The day on which somebody asked is to come' }]
  return first && isBefore(first.onDay, askedOn)
    ? [{ field: 'asked', message: `This is after the answer of ${longDay(first.onDay)}` }]
    : []
}

type Given = Readonly<{
  standing: Outcome
  on: Temporal.PlainDate
  who: string | null
  reason: string | null
}>

/** What is wrong with a step as it was entered, if anything. */
export function stepProblems({ standing, on, who, reason }: Given, known: Known, today: Temporal.PlainDate): Problem[] {
  const now = standingAfter(known.steps)
  const answers = standing === 'agreed' || standing === 'declined'
  const since = sinceWhen(known)
  const found: (Problem | false)[] = [
    !nextOutcomes[now].includes(standing) && {
      field: 'standing',
      message: `It stands as ${standings[now].label.toLowerCase()}: choose what came after that`,
    },
    isBefore(today, on) && { field: 'on', message: 'Enter today or a day that has passed' },
    isBefore(on, since) && { field: 'on', message: `Enter ${longDay(since)} or a later day` },
    answers && who === null && { field: 'who', message: 'Enter who at the employer said so' },
    standing === 'declined' && reason === null && { field: 'reason', message: 'Enter the reason they gave' },
  ]
  return found.filter((problem) => problem !== false)
}
