import { dayInWords } from '#platform/dates.ts'
import { isSettled, type Owner, owners, type Result } from '#journey/action/rules.ts'
import { isOpen, type State, states } from '#journey/onward/rules.ts'
import { type BarrierCode, barriers as barrierList } from '#journey/assessment/rules.ts'

/** The parts of a summary, in the order in which the other coach reads them. */
export const summaryParts = {
  first: {
    label: 'What the other coach should know first',
    hint: 'What no record says: how to begin, what helps, what to leave',
  },
  in_the_way: { label: 'What stands in the way' },
  plan: { label: 'The plan' },
  coming: { label: 'Appointments, promises and what is due' },
  reach: { label: 'Reaching them safely, and what they need' },
} as const

export type SummaryPart = keyof typeof summaryParts
export type Summary = Readonly<Record<SummaryPart, string | null>>

// Checked: the keys of the list are its codes.
export const partCodes = Object.keys(summaryParts) as SummaryPart[]

/** What a summary is drafted from. */
export type Facts = Readonly<{
  today: Temporal.PlainDate
  barriers: readonly Readonly<{ code: BarrierCode; severity: number | null; main: boolean }>[]
  planType: string | null
  goals: readonly Readonly<{
    words: string
    actions: readonly Readonly<{ what: string; owner: Owner; due_on: Temporal.PlainDate; result: Result | null }>[]
  }>[]
  appointments: readonly string[]
  /** The times that they are asked to choose, and with whom. */
  offered: readonly string[]
  /** How many concerns about their safety are open that whoever passes them on may read. */
  concerns: number
  /** Whether they wrote and nobody has answered yet. */
  wrote: boolean
  /** To which services they are passed on, as far as something is still to come of it. */
  onward: readonly Readonly<{ serviceName: string; state: State }>[]
  waiting: Readonly<{ what: string; checkOn: Temporal.PlainDate }> | undefined
  next: Readonly<{ what: string; on: Temporal.PlainDate }> | undefined
  safeContact: readonly string[]
  needs: readonly string[]
}>

/** A summary as the record gives it; whoever passes somebody on adds what no record says. */
export function draftOf(facts: Facts): Summary {
  const { barriers, safeContact, needs } = facts
  return {
    first: null,
    in_the_way: lines(
      barriers.map(({ code, severity, main }) =>
        [barrierList[code].label, severity === null ? '' : `, ${severity} of 10`, main ? ' (the main one)' : ''].join(
          '',
        ),
      ),
    ),
    plan: lines([facts.planType, ...facts.goals.map(({ words }) => `Goal: ${words}`)]),
    coming: lines(comingOf(facts)),
    reach: lines([...safeContact, ...needs.map((need) => `Needs: ${need}`)]),
  }
}

function comingOf({ today, goals, onward, waiting, next, ...facts }: Facts): (string | null)[] {
  const promises = goals
    .flatMap(({ actions }) => actions)
    .filter(({ result }) => result === null || !isSettled({ result }))
    .map(({ what, owner, due_on: due }) => `${owners[owner].label}: ${what}, by ${dayInWords(due, today)}`)
  return [
    facts.concerns === 0 ? null : `${openConcerns(facts.concerns)}: read on the record what to do, and by when`,
    facts.wrote ? 'They wrote, and wait for an answer' : null,
    ...facts.appointments.map((when) => `Appointment: ${when}`),
    ...facts.offered,
    ...promises,
    ...onward
      .filter(({ state }) => isOpen(state))
      .map(({ serviceName, state }) => `Passed on to ${serviceName}: ${states[state].label.toLowerCase()}`),
    waiting ? `Waits for: ${waiting.what}, looked at again ${dayInWords(waiting.checkOn, today)}` : null,
    next ? `Due next: ${next.what}, ${dayInWords(next.on, today)}` : null,
  ]
}

const openConcerns = (count: number) =>
  count === 1 ? 'A concern about their safety is open' : `${count} concerns about their safety are open`

function lines(said: readonly (string | null)[]): string | null {
  const kept = said.filter((line) => line !== null && line !== '')
  return kept.length === 0 ? null : kept.join('\n')
}
