import { accessInWords, addressInWords } from '#registers/directory/rules.ts'
import type { Location, Owner } from '#registers/services/rules.ts'

/** What stands in the directory besides services, each known to several of them. */
export const entryKinds = {
  owner: { label: 'Owner', many: 'Owners', at: '/services/owners' },
  location: { label: 'Location', many: 'Locations', at: '/services/locations' },
} as const

export type EntryKind = keyof typeof entryKinds

/** What is said of an owner or a location. */
export type Entry = Readonly<{ kind: 'owner'; document: Owner }> | Readonly<{ kind: 'location'; document: Location }>

/** What is kept of an owner or a location. */
export function entryIn(kind: EntryKind, document: unknown): Entry {
  // Checked: what is kept under a kind is written from that kind alone.
  return kind === 'owner' ? { kind, document: document as Owner } : { kind, document: document as Location }
}

/** What a proposal would make of an owner or a location that others may have changed since: what was proposed counts. */
export function entryOver(here: Entry, base: Entry, proposed: Entry): Entry {
  const before: Readonly<Record<string, unknown>> = base.document
  const isNew = ([part, value]: [string, unknown]) => JSON.stringify(value) !== JSON.stringify(before[part])
  const changed = Object.fromEntries(Object.entries(proposed.document).filter(isNew))
  return entryIn(here.kind, { ...here.document, ...changed })
}

/** An owner or a location of which nothing has been said yet. */
export const emptyEntry = (kind: EntryKind): Entry =>
  kind === 'owner'
    ? { kind, document: { name: '', about: null, url: null, email: null } }
    : {
        kind,
        document: {
          ...{ name: '', kind: 'physical', address: [], town: null, county: null, postcode: null, latitude: null },
          ...{ longitude: null, access: [], accessWords: null, staffOnly: false },
        },
      }

/**
 * What stays of two that are the same: what is said of the one that stays, with what only the other says. Where one of them
 * keeps somebody safe, both do.
 */
export function joinedEntry(kept: Entry, gone: Entry): Entry {
  const filled = filledUp(kept.document, gone.document)
  if (kept.kind === 'owner' || gone.kind === 'owner') return entryIn(kept.kind, filled)
  const { address, postcode, town, county, latitude, longitude } = isPlaced(kept.document)
    ? kept.document
    : gone.document
  const access = [...new Set([...kept.document.access, ...gone.document.access])]
  const staffOnly = kept.document.staffOnly || gone.document.staffOnly
  const where = { address, postcode, town, county, latitude, longitude }
  return { kind: 'location', document: { ...kept.document, ...filled, ...where, access, staffOnly } }
}

const filledUp = (kept: Owner | Location, gone: Owner | Location): object => {
  const said = Object.entries(kept).filter(([, value]) => value !== null && value !== '')
  return { ...kept, ...gone, ...Object.fromEntries(said), joinedInto: null }
}

const isPlaced = ({ address, postcode }: Location) => address.length > 0 || postcode !== null

type Row = Readonly<{ label: string; value: string | null }>

/** What is said of an owner or a location, line by line. */
export function wordsOf(entry: Entry): Row[] {
  const joined = { label: 'Joined with another', value: entry.document.joinedInto ? 'Yes' : null }
  if (entry.kind === 'owner') {
    const { name, about, url, email, contact = null } = entry.document
    return [
      ...[
        { label: 'Name', value: name },
        { label: 'What it is', value: about },
        { label: 'Website', value: url },
      ],
      ...[{ label: 'Email', value: email }, { label: 'Whom to ask for', value: contact }, joined],
    ]
  }
  const { name, staffOnly } = entry.document
  return [
    ...[
      { label: 'Name', value: name },
      { label: 'Address', value: addressInWords(entry.document) || null },
    ],
    { label: 'Getting in', value: accessInWords(entry.document) },
    ...[{ label: 'Shown to staff only', value: staffOnly ? 'Yes' : null }, joined],
  ]
}

/** One line that is said differently from before. */
export type Difference = Readonly<{ label: string; before: string | null; after: string | null }>

/** What is said of an owner or a location differently from before. */
export function entryDifferences(before: Entry, after: Entry): Difference[] {
  const said = wordsOf(before)
  return wordsOf(after)
    .map(({ label, value }, place) => ({ label, before: said[place]?.value ?? null, after: value }))
    .filter((one) => one.before !== one.after)
}

/** How many entries a page of a list shows. */
export const perPage = 25
