import { isBefore, longDay } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { baseline, type Chosen, instruments, type Item } from '#registers/instruments/rules.ts'
import type { EmploymentStatus } from '#journey/assessment/rules.ts'
import { type Stage, takenFrom } from '#journey/episode/rules.ts'

/** What became of a goal. */
export const goalResults = {
  met: { label: 'Met' },
  partly: { label: 'Partly met' },
  'not-met': { label: 'Not met' },
  'not-wanted': { label: 'No longer wanted' },
} as const

export type GoalResult = keyof typeof goalResults

/** What a person may leave WorkWell with; somebody may leave with several. */
export const outcomes = {
  'same-job': { label: 'Returned to the same job' },
  'same-employer': { label: 'Returned to a changed job with the same employer' },
  'new-job': { label: 'Started a new job' },
  'self-employed': { label: 'Started working for themselves' },
  remained: { label: 'Remained in work' },
  'absence-ended': { label: 'Sickness absence ended' },
  'hours-up': { label: 'Works more hours' },
  adjustments: { label: 'Adjustments at work are in place' },
  'health-barrier': { label: 'Health stands less in the way of work' },
  'job-search': { label: 'Started looking for work' },
  training: { label: 'Started training or education' },
  onward: { label: 'Started another programme' },
} as const

export type Outcome = keyof typeof outcomes

/** Outcomes in the order in which they are offered. */
export function inOrder(chosen: readonly Outcome[]): Outcome[] {
  // Checked: the keys of a code list are its codes.
  return (Object.keys(outcomes) as Outcome[]).filter((outcome) => chosen.includes(outcome))
}

/** Why somebody leaves without any of these. */
export const noOutcomeReasons = {
  health: { label: 'Their health got worse' },
  life: { label: 'Other things in their life came first (caring, housing, money)' },
  work: { label: 'No work that suits them was found' },
  waiting: { label: 'They still wait for help from elsewhere' },
  'not-wanted': { label: 'They no longer want to work at present' },
  unknown: { label: 'They did not say' },
  other: { label: 'Something else' },
} as const

export type NoOutcomeReason = keyof typeof noOutcomeReasons

const working: readonly EmploymentStatus[] = ['employed', 'zero-hours', 'self-employed', 'apprentice']

/** Whether somebody with this status has work. */
export function isInWork(status: EmploymentStatus): boolean {
  return working.includes(status)
}

/** An answer as it was first given and as it is now. */
export type ThenAndNow = Readonly<{ key: string; question: string; before: string; now: string | null }>

type Measure = Readonly<{ instrument: string; items: Chosen }>

/** The questions of the first conversation with the first and, where they were asked again, the newest answer. */
export function thenAndNow(measures: readonly Measure[]): ThenAndNow[] {
  return baseline
    .filter((code) => code !== 'long-lasting-condition')
    .flatMap((code) => {
      const given = measures.filter(({ instrument }) => instrument === code)
      const [first, newest] = [given[0]?.items ?? {}, given.length > 1 ? given.at(-1)?.items : undefined]
      const items: Readonly<Record<string, Item>> = instruments[code].items
      return Object.entries(items).flatMap(([key, { text, answers }]) => {
        const said = (items: Chosen) => answers[items[key] ?? '']?.label
        const before = said(first)
        if (before === undefined) return []
        return [{ key: `${code}-${key}`, question: text, before, now: (newest && said(newest)) ?? null }]
      })
    })
}

type Ready = Readonly<{ stage: Stage; goals: number; agreed: boolean }>

/** What stands in the way of completing at all, in words a coach can act on. Empty when nothing does. */
export function reasonsNotToComplete({ stage, goals, agreed }: Ready): string[] {
  if (['aftercare', 'closed'].includes(stage)) return ['This plan is already completed']
  if (stage === 'ended') return ['This spell of support ended early. Take the ending back first if it was a mistake']
  if (!agreed || !takenFrom.completed.includes(stage))
    return ['This plan has not been agreed. Agree it first, or end the support early']
  return goals > 0 ? [] : ['This plan has no goals. Add the goals you worked on, or end the support early']
}

/** A completion as it is entered. */
export type Given = Readonly<{
  goals: readonly Readonly<{ id: string; words: string; result: GoalResult | null }>[]
  outcomes: readonly Outcome[]
  noOutcome: NoOutcomeReason | null
  noOutcomeNote: string | null
  workStatus: EmploymentStatus
  hours: number | null
  completedOn: Temporal.PlainDate
  agreedOn: Temporal.PlainDate | null
  today: Temporal.PlainDate
}>

/** What a completion still lacks: a goal nobody has looked at, an outcome or the reason why there is none. */
export function problemsWithCompletion(given: Given): Problem[] {
  return [...goalsLeftOpen(given.goals), ...outcomeProblems(given), ...workProblems(given), ...dayProblems(given)]
}

/** The goals nobody has looked at yet. */
export function goalsLeftOpen(goals: Given['goals']): Problem[] {
  return goals
    .filter(({ result }) => result === null)
    .map(({ id, words }) => ({ field: `result-${id}`, message: `Say what became of this goal: “${words}”` }))
}

function outcomeProblems({ outcomes: chosen, noOutcome, noOutcomeNote }: Given): Problem[] {
  if (chosen.length === 0 && noOutcome === null) {
    return [{ field: 'outcomes', message: 'Select at least one outcome, or say below why there is none' }]
  }
  if (chosen.length > 0 && noOutcome !== null) {
    return [{ field: 'noOutcome', message: 'Leave this open when there is an outcome' }]
  }
  if (noOutcome === 'other' && noOutcomeNote === null) {
    return [{ field: 'noOutcomeNote', message: 'Say why there is no outcome' }]
  }
  return []
}

function workProblems({ workStatus, hours, outcomes: chosen }: Given): Problem[] {
  const inWork = isInWork(workStatus)
  const needWork: readonly Outcome[] = ['same-job', 'same-employer', 'new-job', 'self-employed', 'remained', 'hours-up']
  const outOfPlace = chosen.find((outcome) => !inWork && needWork.includes(outcome))
  return [
    ...(inWork && hours === null
      ? [{ field: 'hours', message: 'Enter how many hours they work in a usual week' }]
      : []),
    ...(!inWork && hours ? [{ field: 'hours', message: 'Leave the hours empty for somebody out of work' }] : []),
    ...(outOfPlace
      ? [{ field: 'workStatus', message: `“${outcomes[outOfPlace].label}” does not fit with being out of work` }]
      : []),
  ]
}

function dayProblems({ completedOn, agreedOn, today }: Given): Problem[] {
  if (isBefore(today, completedOn)) return [{ field: 'completed', message: 'Enter today or a day that has passed' }]
  if (agreedOn === null || !isBefore(completedOn, agreedOn)) return []
  return [{ field: 'completed', message: `The plan was agreed on ${longDay(agreedOn)}: enter that day or a later one` }]
}

/** The days on which we ask how things stand: 13 and 26 weeks after the plan was completed. */
export function followUpDays(completedOn: Temporal.PlainDate) {
  return { followUp13On: completedOn.add({ weeks: 13 }), followUp26On: completedOn.add({ weeks: 26 }) }
}

/** Whether a completion can still be taken back: only until somebody has followed it up. */
export function reasonsNotToTakeBack(
  stage: Stage,
  { followedUp, newEpisode }: Readonly<{ followedUp: boolean; newEpisode: boolean }>,
): string[] {
  if (stage !== 'aftercare' || followedUp) return ['It has been followed up, so it cannot be taken back']
  return newEpisode ? ['A new spell of support has begun for this person'] : []
}
