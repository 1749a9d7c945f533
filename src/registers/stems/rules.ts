/** By which words of the directory a stem is found: those that many services say, and the others. */
export type Meant = Readonly<{
  many: readonly string[]
  few: readonly string[]
  /** How many services say them, counted no further than tells many from few. */
  services: number
}>

/** What is known of stems, each by itself. */
export type Known = ReadonlyMap<string, Meant>

/** Where the words begin that are meant by a stem: what begins with it stands between it and it followed by the last of all characters. */
export const beginOf = (stem: string) => stem.replace(/\*$/, '')
/** Where they end. */
export const endOf = (stem: string) => (stem.endsWith('*') ? `${beginOf(stem)}\u{10FFFF}` : `${stem}\u0001`)

/** By which words of the directory a stem is found. */
export const meant = (known: Known, stem: string): Meant => known.get(stem) ?? { many: [], few: [], services: 0 }

/** How many rows a service may have of a stem, since it may say several words that go on from it; more than three hardly any does. */
export function rowsOfOne(known: Known, stem: string): number {
  const { many, few } = meant(known, stem)
  return Math.min(3, Math.max(1, many.length + few.length))
}

/** More words than these begin alike only where hardly a letter was typed. */
export const mostWords = 400

/** Whether so many words go on from a stem that they are not looked for one by one. */
export const isAny = ({ many, few }: Meant): boolean => many.length + few.length > mostWords

/** The ways of saying one part of what is looked for, its own words first: the stems of each. */
export type Ways = readonly (readonly string[])[]

const servicesOf = (known: Known, stem: string) =>
  isAny(meant(known, stem)) ? Number.POSITIVE_INFINITY : meant(known, stem).services

/** The one of these stems that fewest services say. */
export const rarestIn = (known: Known, stems: readonly string[]): string =>
  stems.toSorted((one, other) => servicesOf(known, one) - servicesOf(known, other))[0] ?? ''

/** How many services at most say something in one of these ways. */
export const countOf = (known: Known, ways: Ways): number =>
  ways.reduce((sum, stems) => sum + servicesOf(known, rarestIn(known, stems)), 0)

/** The parts of what is looked for, first what fewest services say. */
export const rarestFirst = (known: Known, parts: readonly Ways[]): Ways[] =>
  parts.toSorted((one, other) => countOf(known, one) - countOf(known, other))
