import type { Problem } from '#platform/form/rules.ts'

/** A kind of work that is not about one person. Who ends one keeps it: what was written down under it stays readable. */
export type Kind = Readonly<{ code: string; label: string; ended: boolean }>

/** The kinds that hold until an area changes them. */
const activityKinds = {
  outreach: { label: 'Outreach and making the service known' },
  employers: { label: 'Working with employers in general' },
  partners: { label: 'Meeting partners and local services' },
  supervision: { label: 'Supervision and case discussion' },
  team: { label: 'Team meeting' },
  training: { label: 'Training' },
  travel: { label: 'Travel' },
  administration: { label: 'Administration' },
  other: { label: 'Something else' },
} as const

export type ActivityKind = keyof typeof activityKinds

export const usualKinds: readonly Kind[] = Object.entries(activityKinds).map(([code, { label }]) => ({
  ...{ code, label, ended: false },
}))

/** Under which name an area's kinds are kept among its settings. */
export const kindsSetting = 'otherWorkKinds'

/** How many kinds an area can have, those that have ended included, and how many new ones one form takes. */
export const mostKinds = 24
export const newAtOnce = 3

/** The kinds that can be chosen now, as a code list. */
export function offered(kinds: readonly Kind[]): Readonly<Record<string, Readonly<{ label: string }>>> {
  return Object.fromEntries(kinds.filter(({ ended }) => !ended).map(({ code, label }) => [code, { label }]))
}

/** What a kind is called, also one that has ended. */
export function kindLabel(kinds: readonly Kind[], code: string): string {
  return kinds.find((one) => one.code === code)?.label ?? 'A kind that is no longer kept'
}

type Typed = Readonly<{ labels: readonly (string | null)[]; offered: readonly boolean[] }>

/** The kinds that a form makes of those there are: each keeps its code, and new ones follow. */
export function kindsFrom(held: readonly Kind[], { labels, offered: chosen }: Typed): Kind[] {
  const known = held.map(({ code, label }, place) => ({
    ...{ code, label: labels[place] ?? label, ended: !(chosen[place] ?? false) },
  }))
  const added = labels.slice(held.length).flatMap((label) => (label === null ? [] : [label]))
  return [...known, ...added.map((label, place) => ({ code: `own-${held.length + place + 1}`, label, ended: false }))]
}

/** What is wrong with the kinds of an area. */
export function kindProblems(kinds: readonly Kind[]): Problem[] {
  const labels = kinds.map(({ label }) => label.toLowerCase())
  const twice = labels.findIndex((label, place) => labels.indexOf(label) < place)
  if (twice >= 0) return [{ field: `label${twice}`, message: 'There is a kind of this name already' }]
  if (kinds.length > mostKinds) return [{ field: 'label0', message: `There can be ${mostKinds} kinds at most` }]
  return kinds.some(({ ended }) => !ended) ? [] : [{ field: 'offered0', message: 'Leave at least one kind to choose' }]
}
