import { type Listing, mergedListing, type Part, withParts } from '#registers/listing/rules.ts'

/** What a source says of one service: the id it knows it by, the listing, and when it says that it changed it last. */
export type FromSource = Readonly<{ outerId: string; id: string; listing: Listing; mark?: string | null }>

/** What is known of a service that a source spoke of before. */
export type Known = Readonly<{ outerId: string; service: string; base: Listing; here: Listing; version: number }>

/** What is done about what a source says now. */
export type Doing =
  | Readonly<{ what: 'add'; outerId: string; id: string; listing: Listing }>
  | Readonly<{
      what: 'change'
      outerId: string
      id: string
      version: number
      /** What stands here from now on. */
      listing: Listing
      taken: readonly Part[]
      /** What the source says differently from what was changed here, for somebody to decide. */
      proposed: Listing | null
    }>
  | Readonly<{ what: 'nothing'; outerId: string; id: string }>

/** What is to be done about each service of a source: added, changed without losing what was changed here, or left. */
export function doingsAbout(said: readonly FromSource[], known: readonly Known[]): Doing[] {
  const before = new Map(known.map((one) => [one.outerId, one]))
  return said.map(({ outerId, id, listing }) => {
    const there = before.get(outerId)
    if (!there) return { what: 'add', outerId, id, listing }
    const merged = mergedListing(there.base, there.here, listing)
    const { taken, disputed } = merged
    const own = { outerId, id: there.service }
    if (taken.length === 0 && disputed.length === 0) return { what: 'nothing', ...own }
    const proposed = disputed.length === 0 ? null : withParts(merged.listing, listing, disputed)
    return { what: 'change', ...own, version: there.version, listing: merged.listing, taken, proposed }
  })
}

/** Whether a source says of an owner or a location what is known already. */
export function saysTheSame(known: unknown, now: object): boolean {
  const before = Object.entries(typeof known === 'object' && known !== null ? known : {})
  const said = new Map(Object.entries(now))
  const isIn = ([name, value]: [string, unknown]) => JSON.stringify(said.get(name)) === JSON.stringify(value)
  return before.length === said.size && before.every(isIn)
}
