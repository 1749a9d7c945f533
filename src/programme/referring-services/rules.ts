import { masked, type Shown } from '#programme/masking/rules.ts'

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
