import { addWorkingDays, type Holidays, isWorkingDay } from '#platform/dates.ts'
import type { PlanType } from '#registers/areas/rules.ts'
import { madeFrom, type Made, type Owner, type Suggested } from '#journey/action/rules.ts'
import type { Answers, BarrierCode, EmploymentStatus, Words } from '#journey/assessment/rules.ts'

// Our own default: no source says how soon a plan is looked at again.
const weeksToReview = 4

/**
 * When a plan that is drafted today is looked at together again, unless coach and person choose another day: on a day on
 * which people work, the next one where it would be a weekend or a bank holiday.
 */
export function reviewAfter(today: Temporal.PlainDate, holidays: Holidays): Temporal.PlainDate {
  const day = today.add({ weeks: weeksToReview })
  return isWorkingDay(day, holidays) ? day : addWorkingDays(day, 1, holidays)
}

const inWork: readonly EmploymentStatus[] = ['employed', 'zero-hours', 'self-employed', 'apprentice']

/** The kind of plan that follows from how somebody stands to work; nothing where the conversation does not say. */
export function kindFrom(said: Pick<Answers, 'employment_status' | 'on_sick_absence'>): PlanType | undefined {
  if (said.employment_status === null) return undefined
  if (!inWork.includes(said.employment_status)) return 'seek-work'
  return said.on_sick_absence === 'yes' ? 'return-to-work' : 'thrive-in-work'
}

/** The goal as it may begin: what the person said matters to them, if those are their own words. */
export function goalFrom({ matters }: Words): string {
  return matters?.own ? matters.text.slice(0, longestGoal) : ''
}

/** The longest goal, in characters. */
export const longestGoal = 500

/** A barrier that stands in the way, with what may be done about it. */
export type Helped = Readonly<{
  id: string
  code: BarrierCode
  severity: number | null
  main: boolean
  suggested: readonly Suggested[]
}>

type Barrier = Omit<Helped, 'suggested'>

/** Each barrier with what is suggested against it, in the order of the conversation: the main one first. */
export function helpedBy(barriers: readonly Barrier[], suggestions: readonly Suggested[]): Helped[] {
  return barriers.map(({ id, code, severity, main }) => ({
    ...{ id, code, severity, main },
    suggested: suggestions.filter(({ barrier }) => barrier === code),
  }))
}

/** An action of a draft plan, ready to be added to its goal. */
export type Drafted = Readonly<{
  what: string
  barrier: string
  obstacle: null
  owner: Owner
  due_on: Temporal.PlainDate
  made: Made
}>

/** The actions that follow from what was ticked; a suggestion that is no longer offered is left out. */
export function actionsFrom(
  helped: readonly Helped[],
  ticked: readonly string[],
  today: Temporal.PlainDate,
): Drafted[] {
  return helped.flatMap(({ id, suggested }) =>
    suggested
      .filter(({ code }) => ticked.includes(code))
      .map((one) => ({
        ...{ what: one.what, barrier: id, obstacle: null, owner: one.owner },
        ...{ due_on: today.add({ days: one.days }), made: madeFrom(one, one) },
      })),
  )
}
