import type { Role } from '#platform/access/rules.ts'
import { dayInWords, isBefore } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'

/** Who holds supervisions. */
export const supervisors = ['senior-coach', 'service-manager'] as const
/** Who takes part in one, on either side. */
export const takers = ['coach', 'senior-coach', 'service-manager'] as const

/** Whether a member of this role is supervised. */
export const isSupervised = (role: Role): boolean => role === 'coach' || role === 'senior-coach'

/** A supervision as the two who held it find it. */
export type Supervision = Readonly<{
  id: string
  supervisor: string
  supervisorName: string
  coach: string
  coachName: string
  onDay: Temporal.PlainDate
  nextOn: Temporal.PlainDate | null
  version: number
}>

/** The one of the two who is not this member. */
export function otherOf({ supervisor, coach }: Pick<Supervision, 'supervisor' | 'coach'>, member: string): string {
  return supervisor === member ? coach : supervisor
}

type Days = Readonly<{ on: Temporal.PlainDate; next: Temporal.PlainDate | null }>

/** What is wrong with the days of a supervision: it has been held, and the next comes after it. */
export function dayProblems({ on, next }: Days, today: Temporal.PlainDate): Problem[] {
  const problems: readonly (Problem | false)[] = [
    isBefore(today, on) && { field: 'on', message: 'Enter the day on which it was held: today or earlier' },
    next !== null && !isBefore(on, next) && { field: 'next', message: 'The next supervision comes after this one' },
  ]
  return problems.filter((problem) => problem !== false)
}

/** When the next supervision is, in words, and whether its day has passed. */
export function nextInWords(
  nextOn: Temporal.PlainDate | null,
  today: Temporal.PlainDate,
): Readonly<{ words: string; late: boolean }> {
  if (nextOn === null) return { words: 'No day is set', late: false }
  const late = isBefore(nextOn, today)
  return { words: dayInWords(nextOn, today), late }
}

/** A supervision that is to come, as it stands on the day of one of the two. */
export function dueInWords(
  due: Pick<Supervision, 'supervisor' | 'supervisorName' | 'coachName' | 'nextOn'>,
  { me, today }: Readonly<{ me: string; today: Temporal.PlainDate }>,
): Readonly<{ words: string; late: boolean }> {
  const { words, late } = nextInWords(due.nextOn, today)
  const whom = due.supervisor === me ? due.coachName : due.supervisorName
  return { words: `Supervision with ${whom}: ${late ? 'was due ' : ''}${words}`, late }
}

/** How many days ahead a supervision stands on the day of the two. */
export const shownDaysAhead = 7
