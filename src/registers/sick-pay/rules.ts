import { isBefore } from '#platform/dates.ts'

/** What Statutory Sick Pay is from a day on. Money in pence. */
export type SickPayRule = Readonly<{
  fromOn: Temporal.PlainDate
  /** The rate of a week. */
  weekly: number
  /** The share of average weekly earnings, in per cent, that is paid where it is lower; null where there is none. */
  share: number | null
  /** How many days of work go unpaid before it begins. */
  waitingDays: number
  /** What has to be earned in a week on average; null where anything is enough. */
  leastEarned: number | null
  /** How many days in a row, weekends too, somebody has to be unfit for them to count. */
  leastInRow: number
  /** Within how many days two times of being unfit count as one. */
  linkDays: number
  mostWeeks: number
  source: string
}>

/** What is known of the job: on which days of the week they usually work (1 is Monday), and what a week pays on average, in pence. */
export type Usual = Readonly<{ days: readonly number[]; weeklyPay: number | null }>

type Asked = Readonly<{
  rules: readonly SickPayRule[]
  usual: Usual
  /** The first day off. */
  since: Temporal.PlainDate
  until: Temporal.PlainDate
  /** Whether they are off on a day: also a day on which they never work counts. */
  isOff: (day: Temporal.PlainDate) => boolean
}>

/** Why no sick pay is due for a day off; `unknown` where no rule of that day is held. */
export type Unpaid = 'unknown' | 'short' | 'waiting' | 'over' | 'earnings'

/** A day off on which somebody usually works: the rule that decides it, and what it pays in pence, not rounded, or why not. */
export type DayOff = Readonly<{ rule: SickPayRule; pay: number; unpaid: Unpaid | null }>

/**
 * What sick pay may be due for each day off on which somebody usually works; a guide, since a payroll decides. Days off
 * count in runs, weekends too: a run shorter than the rule of its day asks for counts for nothing, runs close enough
 * together are one, and of these the first days of work are waited for where the rule says so. The free days of somebody
 * who works all their usual days are no time off.
 */
export function usualDaysOff({ rules, usual, ...asked }: Asked): ReadonlyMap<string, DayOff> {
  const days = new Map<string, DayOff>()
  let waited = 0
  let before: Temporal.PlainDate | undefined
  let weeks = 0
  const missesWork = (run: Run) => run.days.some((one) => usual.days.includes(one.dayOfWeek))
  for (const run of runsOff(asked).filter((one) => missesWork(one))) {
    // A time off that began before the first known rule is counted by it, so that it uses up what is paid at most.
    const first = ruleOn(rules, run.from) ?? rules[0]
    if (!first) continue
    const isShortBy = ({ leastInRow }: SickPayRule) => run.days.length < leastInRow
    // A run over the day on which the rule changed counts from then on by the new one.
    if (!isShortBy(ruleOn(rules, run.until) ?? first)) {
      if (before && before.until(run.from, { largestUnit: 'days' }).days - 1 > first.linkDays) [waited, weeks] = [0, 0]
      before = run.until
    }
    for (const day of run.days.filter((one) => usual.days.includes(one.dayOfWeek))) {
      const rule = ruleOn(rules, day) ?? first
      const due = isShortBy(rule) ? 'short' : unpaidFor(rule, usual, { waited, weeks })
      if (due === 'waiting') waited += 1
      if (due === null) weeks += 1 / usual.days.length
      const unpaid = ruleOn(rules, day) ? due : 'unknown'
      const pay = unpaid === null ? weeklyRate(rule, usual) / usual.days.length : 0
      days.set(day.toString(), { rule, pay, unpaid })
    }
  }
  return days
}

type Used = Readonly<{ waited: number; weeks: number }>

function unpaidFor(rule: SickPayRule, usual: Usual, { waited, weeks }: Used): Unpaid | null {
  if (waited < rule.waitingDays) return 'waiting'
  if (weeks >= rule.mostWeeks - 1e-9) return 'over'
  return earnsTooLittle(rule, usual) ? 'earnings' : null
}

/** The rate of a week for somebody, in pence: the flat rate, or the share of what they earn where that is less. */
export function weeklyRate({ weekly, share }: SickPayRule, { weeklyPay }: Usual): number {
  return share === null || weeklyPay === null ? weekly : Math.min(weekly, (weeklyPay * share) / 100)
}

function earnsTooLittle({ leastEarned }: SickPayRule, { weeklyPay }: Usual): boolean {
  return leastEarned !== null && weeklyPay !== null && weeklyPay < leastEarned
}

/** The rule that holds on a day; undefined before the first that is known. */
export function ruleOn(rules: readonly SickPayRule[], day: Temporal.PlainDate): SickPayRule | undefined {
  return rules.findLast(({ fromOn }) => !isBefore(day, fromOn))
}

type Run = Readonly<{ from: Temporal.PlainDate; until: Temporal.PlainDate; days: Temporal.PlainDate[] }>

/** Days off that follow each other. */
function runsOff({ since, until, isOff }: Pick<Asked, 'since' | 'until' | 'isOff'>): Run[] {
  const runs: { from: Temporal.PlainDate; until: Temporal.PlainDate; days: Temporal.PlainDate[] }[] = []
  for (let day = since; !isBefore(until, day); day = day.add({ days: 1 })) {
    if (!isOff(day)) continue
    const last = runs.at(-1)
    if (last?.until.add({ days: 1 }).equals(day)) {
      last.until = day
      last.days.push(day)
    } else runs.push({ from: day, until: day, days: [day] })
  }
  return runs
}
