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

/** What more services than these say, many say: no more are counted. */
export const mostOfFew = 1000

/** More words than these begin alike only where hardly a letter was typed. */
export const mostWords = 400

/** Whether so many words go on from a stem that they are not looked for one by one. */
export const isAny = ({ many, few }: Meant): boolean => many.length + few.length > mostWords

/** The ways of saying one part of what is looked for, its own words first: the stems of each. */
export type Ways = readonly (readonly string[])[]

/** What somebody looks for, as the words of the directory that are meant by it; other ways of saying it too where it is `wide`. */
export type Words = Readonly<{
  sought: readonly Readonly<{ own: readonly string[]; others: Ways }>[]
  known: Known
  wide: boolean
}>

/** The one stem that is looked for as it stands, where there is no more. */
export function findOneStem({ sought, wide }: Words): string | undefined {
  const [one] = sought
  return sought.length === 1 && one?.own.length === 1 && !wide ? one.own[0] : undefined
}

/** Each part of what is looked for with the ways of saying it. */
export const partsOf = ({ sought, wide }: Words): Ways[] =>
  sought.map(({ own, others }) => [own, ...(wide ? others : [])])

const servicesOf = (known: Known, stem: string) =>
  isAny(meant(known, stem)) ? Number.POSITIVE_INFINITY : meant(known, stem).services

/** The one of these stems that fewest services say. */
const rarestIn = (known: Known, stems: readonly string[]): string =>
  stems.toSorted((one, other) => servicesOf(known, one) - servicesOf(known, other))[0] ?? ''

/** How many services at most say something in one of these ways. */
const countOf = (known: Known, ways: Ways): number =>
  ways.reduce((sum, stems) => sum + servicesOf(known, rarestIn(known, stems)), 0)

/** The parts of what is looked for, first what fewest services say. */
export const rarestFirst = (known: Known, parts: readonly Ways[]): Ways[] =>
  parts.toSorted((one, other) => countOf(known, one) - countOf(known, other))

/**
 * How well what is looked for fits a service, the higher the better: by just the words that were typed, then by another way of
 * saying them; of each in its name, then in what else it is called, then in its text.
 */
export const fitting = { own: { name: 6, called: 5, text: 4 }, other: { name: 3, called: 2, text: 1 } } as const

/** The words of which a service has to have one, and the stem where they go on from one. */
export type Rarest = Readonly<{ words: readonly string[]; stem: string | undefined }>

/** The words of which a service has to have one, where few have any of them; nothing where many have, whichever are taken. */
export function rarestOf(parts: readonly Ways[], known: Known): Rarest | undefined {
  const [ways] = rarestFirst(known, parts)
  if (ways === undefined || countOf(known, ways) > mostOfFew) return undefined
  const first = ways.map((stems) => rarestIn(known, stems))
  const words = [...new Set(first.flatMap((stem) => [...meant(known, stem).few, ...meant(known, stem).many]))]
  return { words, stem: first.length === 1 ? first[0] : undefined }
}

/** Whether few enough have one of the words that the others are looked up for these: then the values decide nothing. */
export const isByRarest = (words: Words): boolean => rarestOf(partsOf(words), words.known) !== undefined
