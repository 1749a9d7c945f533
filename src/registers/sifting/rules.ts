import type { accesses, Cost, WorkStanding } from '#registers/listing/rules.ts'
import type { Around, Distance } from '#registers/around/rules.ts'
import type { Mark, SpokenLanguage, Wait } from '#registers/marks/rules.ts'
import { type ServiceState, type SupportKind, supportKinds } from '#registers/services/rules.ts'

/** How many services a page shows, and up to how many are counted. */
export const [perPage, mostFound] = [25, 1000]

/** How many miles around a place are looked at where nobody says. */
export const usualMiles = 25

/** In which order services are shown. How often a service answers is not among them: few answers say little. */
export const orders = {
  best: { label: 'What fits best' },
  nearest: { label: 'Nearest' },
  wait: { label: 'Shortest wait' },
  name: { label: 'Name' },
} as const

export type Order = keyof typeof orders

/** What is asked about the cost. */
export const affordable = {
  free: { label: 'Free' },
  some: { label: 'Free for some people' },
} as const

export type Access = keyof typeof accesses

/** What somebody looks for in the directory. */
export type Wanted = Readonly<{
  words: string | null
  kind: SupportKind | null
  place: string | null
  within: Distance | null
  state: ServiceState | null
  language: SpokenLanguage | null
  access: readonly Access[]
  cost: Extract<Cost, 'free' | 'some'> | null
  wait: Wait | null
  work: WorkStanding | null
  /** Open at this moment; with room left. */
  open: boolean
  room: boolean
  order: Order | null
  /** Just these words, whatever they could be meant for. */
  exactly: boolean
}>

/** Nothing in particular. */
export const anything: Wanted = {
  ...{ words: null, kind: null, place: null, within: null, state: null, language: null, access: [], cost: null },
  ...{ wait: null, work: null, open: false, room: false, order: null, exactly: false },
}

/** The marks that a service must have, all of them. Room is one of two, and asked for apart. */
export function marksWanted({ kind, language, access, cost, wait, work }: Wanted): Mark[] {
  return [
    ...(kind ? [`kind:${supportKinds[kind].code}` as const] : []),
    ...[language, cost, wait, work].filter((mark) => mark !== null),
    ...access,
  ]
}

/** Whether anything but the words narrows the list down. */
export const isNarrowed = ({ words: _words, order: _order, exactly: _exactly, within: _within, ...others }: Wanted) =>
  Object.values(others).some((one) => one !== null && one !== false && !(Array.isArray(one) && one.length === 0))

/** What is known of somebody for whom a service is looked for, as far as a service is narrowed down by it. */
export type Seeker = Readonly<{
  age: number
  work: WorkStanding | null
  outward: string | null
  councils: readonly string[]
  /** Boards by the codes that the postcode directory has for them. */
  boards: readonly string[]
  countries: readonly string[]
}>

/** What is looked for, where, by whom and when. */
export type Sifting = Readonly<{
  area: string
  wanted: Wanted
  around: Around | null
  /** Towns among the words that were typed, in small letters. */
  towns: readonly string[]
  now: Temporal.Instant
  /** Only what is published, as strangers see it. */
  published: boolean
  /** Only what is not said to be for others than this person. */
  for: Seeker | null
}>

type Given = string | boolean | readonly string[] | null | undefined

/** The address parts that say what is wanted, so that a list can be opened again on another page. */
export function inAddress(wanted: Partial<Wanted>, more: Readonly<Record<string, string | undefined>> = {}): string {
  const all: readonly (readonly [string, Given])[] = Object.entries({ ...wanted, ...more })
  const parts = all.flatMap(([name, value]): [string, string][] => {
    if (value === null || value === undefined || value === false || value === '') return []
    return [value].flat().map((one) => [name, String(one)])
  })
  return new URLSearchParams(parts).toString()
}
