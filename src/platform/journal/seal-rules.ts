/** An entry as it stands in its row; whatever of it changes, its hash changes. */
export type SealedEntry = Readonly<{
  area: string
  id: string
  at: Temporal.Instant
  kind: string
  what: string
  account: string | null
  role: string | null
  organisation: string | null
  person: string | null
  subject: string | null
  codes: unknown
  digest: Uint8Array | null
}>

/** The one text that stands for an entry, whichever database or version of it hands the row out. */
export function canonicalEntry(entry: SealedEntry): string {
  const { area, id, kind, what, account, role, organisation, person, subject } = entry
  const digest = entry.digest === null ? null : Buffer.from(entry.digest).toString('hex')
  const at = entry.at.toString({ fractionalSecondDigits: 6 })
  return JSON.stringify([
    ...[area, id, at, kind, what, account, role, organisation, person, subject],
    inOrder(entry.codes),
    digest,
  ])
}

// The names of an object are sorted: jsonb keeps no order of its own that we could rely on.
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const sorted = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return sorted.map(([name, inner]) => [name, inOrder(inner)])
}

/** Everything that a seal's own hash is made of. */
export type SealText = Readonly<{
  area: string
  number: number
  previous: Uint8Array
  covered: readonly string[]
  hashes: Uint8Array
  sealedAt: Temporal.Instant
}>

/** What a seal's hash is taken of: what it covers, when, and the seal before it. */
export function canonicalSeal({ area, number, previous, covered, hashes, sealedAt }: SealText): string {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
  const at = sealedAt.toString({ fractionalSecondDigits: 6 })
  return JSON.stringify(['journal seal 1', area, number, hex(previous), covered, hex(hashes), at])
}

/** The newest seal of an area at some moment, kept where the database's own people cannot change it. */
export type Head = Readonly<{ area: string; number: number; hash: string }>

/** A head as a line of the file it is kept in. */
export function headLine({ area, number, hash }: Head): string {
  return `${area} ${number} ${hash}`
}

/** The head in a line of such a file; undefined when the line is none. */
export function headIn(line: string): Head | undefined {
  const [, area, number, hash] = /^([a-z0-9-]{2,40}) ([1-9]\d{0,15}) ([0-9a-f]{64})$/.exec(line.trim()) ?? []
  return area && number && hash ? { area, number: Number(number), hash } : undefined
}

/** The first place at which an area's journal is not what was sealed. */
export type Break = Readonly<
  | { what: 'changed'; entry: string; seal: number }
  | { what: 'missing'; entry: string; seal: number }
  | { what: 'added'; entry: string }
  | { what: 'lost'; entry: string }
  | { what: 'seal changed' | 'seal missing' | 'seal replaced'; seal: number }
>

/** A break in one sentence, for whoever has to look into it. */
export function breakInWords(area: string, found: Break): string {
  const what = 'entry' in found ? entryInWords(found) : sealInWords[found.what](found.seal)
  return `In the journal of ${area}, ${what}.`
}

type EntryBreak = Extract<Break, { entry: string }>
type SealBreak = Exclude<Break, EntryBreak>

function entryInWords(found: EntryBreak): string {
  const entry = `entry ${found.entry}`
  if (found.what === 'added') return `${entry} was added by another way than the product's`
  if (found.what === 'lost') return `${entry} was taken away before it was sealed`
  const seal = `seal ${found.seal}`
  return found.what === 'missing'
    ? `${entry} is missing; ${seal} covers it`
    : `${entry} was changed after ${seal} was made`
}

const sealInWords: Readonly<Record<SealBreak['what'], (seal: number) => string>> = {
  'seal changed': (seal) => `seal ${seal} is not what it was when it was made`,
  'seal missing': (seal) => `seal ${seal} is missing`,
  'seal replaced': (seal) => `seal ${seal} is not the one whose head was kept: the chain was made anew`,
}
