import { hidden, masked, type Shown } from '#programme/masking/rules.ts'

/** What became of somebody whom a service referred in, as far as numbers tell it. */
export const outcomes = {
  open: { label: 'Waits for a decision' },
  accepted: { label: 'Accepted, support has not begun' },
  begun: { label: 'Support began' },
  over: { label: 'Ended before support began' },
} as const

export type Outcome = keyof typeof outcomes

// Checked: the keys of a list are its codes.
export const outcomeCodes = Object.keys(outcomes) as Outcome[]

type Standing = Readonly<{
  accepted: Temporal.Instant | null
  begun: Temporal.Instant | null
  ended: Temporal.Instant | null
}>

/** What became of a referral by where the support stands that it led to. */
export function outcomeOf({ accepted, begun, ended }: Standing): Outcome {
  if (begun) return 'begun'
  if (ended) return 'over'
  return accepted ? 'accepted' : 'open'
}

/** One person whom one service referred in within a period, and what became of the newest referral of them. */
export type ReferredIn = Readonly<{ service: string; name: string; outcome: Outcome }>

export const definition =
  'A person counts once for each service in a quarter, by the day on which the referral arrived and by where their support stands today. Counted are referrals of services in the directory, from their inbox or their entry in it; a service that typed its name into the open form counts by its route alone, in Monitoring. Why somebody was not accepted is told of no service.'

export type Line = Readonly<{ service: string; name: string; all: Shown; of: Readonly<Record<Outcome, Shown>> }>
export type Told = Readonly<{ all: Shown; lines: readonly Line[]; of: Readonly<Record<Outcome, Shown>> }>

/** Who refers in, how many, and what became of them, as this reader may see it; those that refer most first. */
export function toldOf(found: readonly ReferredIn[], below: number): Told {
  const services = [...Map.groupBy(found, ({ service }) => service)].toSorted(
    ([, one], [, other]) => other.length - one.length || ((one[0]?.name ?? '') < (other[0]?.name ?? '') ? -1 : 1),
  )
  const cells = services.flatMap(([row, rows]) =>
    outcomeCodes.map((column) => ({ row, column, count: rows.filter(({ outcome }) => outcome === column).length })),
  )
  const told = masked({ count: found.length, groups: [{ code: 'service', cells }] }, { below })
  const of = (row: string) => ({
    ...{ open: told.number('service', row, 'open'), accepted: told.number('service', row, 'accepted') },
    ...{ begun: told.number('service', row, 'begun'), over: told.number('service', row, 'over') },
  })
  return {
    all: told.whole,
    lines: services.map(([service, [first]]) => ({
      ...{ service, name: first?.name ?? '', all: told.number('service', service), of: of(service) },
    })),
    of: of(''),
  }
}

/** The columns of the file. They keep their names and order; a new one comes last. */
export const columns = [
  ...(['quarter', 'area', 'group', 'service_id', 'service', 'referred'] as const),
  ...(['waits_for_decision', 'accepted', 'began', 'ended_before', 'rule'] as const),
] as const

type FileLine = Readonly<Partial<Record<(typeof columns)[number], string | number>>>
type About = Readonly<{ quarter: string; area: string; below: number }>

/** A quarter line by line, with every number as the page shows it: where hardly anybody was referred, no service is named. */
export function linesOf(told: Told, { quarter, area, below }: About): FileLine[] {
  const about = { quarter, area, rule: below <= 1 ? 'exact' : `under-${below}` }
  const numbers = ({ all, of }: Pick<Line, 'all' | 'of'>) => ({
    ...{ referred: all, waits_for_decision: of.open, accepted: of.accepted, began: of.begun, ended_before: of.over },
  })
  const services = told.all === hidden ? [] : told.lines
  return [
    { ...about, group: 'all', ...numbers(told) },
    ...services.map((line) => ({
      ...{ ...about, group: 'service', service_id: line.service, service: line.name, ...numbers(line) },
    })),
  ]
}
