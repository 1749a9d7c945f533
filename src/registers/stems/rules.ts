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
