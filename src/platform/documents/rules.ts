/** One thing that a form asks for: its label stays the same, so that a form that was filled in can be read again. */
export type Blank = Readonly<{
  name: string
  label: string
  /** How to answer, where that is not plain. */
  hint?: string
  /** What stands there before anybody fills it in, such as what a records system puts something in the place of. */
  value?: string
  lines?: number
  choices?: readonly string[]
}>

/** A form on paper: what it is, what it asks for part by part, and what is done with it. */
export type PaperForm = Readonly<{
  title: string
  lead: readonly string[]
  parts: readonly Readonly<{ heading: string; blanks: readonly Blank[] }>[]
  foot: Readonly<{ heading: string; lines: readonly string[] }>
}>

/** The form as plain text: each label with a colon and room behind it. */
export function plainForm({ title, lead, parts, foot }: PaperForm): string {
  const blank = ({ label, hint, value = '' }: Blank) => [`${label}: ${value}`.trimEnd(), ...(hint ? [`(${hint})`] : [])]
  const part = ({ heading, blanks }: PaperForm['parts'][number]) => [
    ...[heading, '-'.repeat(heading.length), ...blanks.flatMap(blank), ''],
  ]
  const lines = [title, '='.repeat(title.length), '', ...lead, '', ...parts.flatMap(part), foot.heading]
  return `${[...lines, '-'.repeat(foot.heading.length), ...foot.lines].join('\r\n')}\r\n`
}

/** A letter of one page: who writes, to whom, what is said, and how to ask back. */
export type PaperLetter = Readonly<{
  from: Readonly<{ name: string; lines: readonly string[] }>
  to: readonly string[]
  day: string
  references: readonly Readonly<{ label: string; value: string }>[]
  heading: string
  paragraphs: readonly string[]
}>

/** What was read of a document: its words line by line, and what stands in its own fields. */
export type Words = Readonly<{ text: string; fields: Readonly<Record<string, string>> }>

/** Why a document could not be read. */
export const unreadable = {
  'too-large': 'It is larger than we read',
  'too-many-pages': 'It has more pages than we read',
  'packed-too-tightly': 'It unpacks to more than we read',
  'took-too-long': 'Reading it took too long',
  locked: 'It is locked with a password',
  broken: 'It is broken, or not what its name says',
} as const

export type Unreadable = keyof typeof unreadable

export type Reading = Readonly<{ ok: true; words: Words } | { ok: false; why: Unreadable }>

/** What is read of a document at most; all of it our own assumption. */
export const limits = {
  bytes: 5_000_000,
  pages: 12,
  packedFiles: 500,
  unpackedBytes: 40_000_000,
  seconds: 20,
  letters: 100_000,
} as const

type Packed = Readonly<{ files: number; bytes: number; pieces: readonly Uint8Array[] }>

/**
 * How much a zip file says it holds, by the list at its end, and what is packed in it; undefined where it has none. It is asked before anything is
 * unpacked: a file of a few kilobytes can hold more than any machine has room for.
 */
export function packedIn(file: Uint8Array): Packed | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const end = endOf(view)
  if (end === undefined) return undefined
  const [files, start] = [view.getUint16(end + 10, true), view.getUint32(end + 16, true)]
  let [place, bytes] = [start, 0]
  const pieces: Uint8Array[] = []
  for (let read = 0; read < files; read += 1) {
    if (place + 46 > file.length || view.getUint32(place, true) !== 0x02014b50) return undefined
    bytes += view.getUint32(place + 24, true)
    pieces.push(pieceAt(file, view.getUint32(place + 42, true)))
    place += 46 + view.getUint16(place + 28, true) + view.getUint16(place + 30, true) + view.getUint16(place + 32, true)
  }
  return { files, bytes, pieces }
}

// What is packed begins behind its name and what else stands there; where it ends, it says itself.
function pieceAt(file: Uint8Array, place: number): Uint8Array {
  const [name, more] = [26, 28].map((at) => (file[place + at] ?? 0) + 256 * (file[place + at + 1] ?? 0))
  return file.subarray(place + 30 + (name ?? 0) + (more ?? 0))
}

/** What may be packed inside a PDF: everything behind a word "stream", for as far as it goes. */
export function streamsIn(file: Uint8Array): readonly Uint8Array[] {
  const text = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const streams: Uint8Array[] = []
  for (let at = text.indexOf('stream'); at !== -1; at = text.indexOf('stream', at + 6)) {
    if (text.subarray(at - 3, at).toString('latin1') === 'end') continue
    const start = at + (text[at + 6] === 13 ? 8 : 7)
    const end = text.indexOf('endstream', start)
    streams.push(file.subarray(start, end === -1 ? file.length : end))
  }
  return streams
}

// The list ends with a mark that only a comment of at most 65,535 bytes may follow.
function endOf(view: DataView): number | undefined {
  const last = view.byteLength - 22
  for (let place = last; place >= 0 && place >= last - 65_535; place -= 1)
    if (view.getUint32(place, true) === 0x06054b50) return place
  return undefined
}

/** A piece of text of a page, and where it stands. */
export type Piece = Readonly<{ text: string; x: number; y: number }>

/** The lines of a page from its pieces, which stand in the order in which they were drawn: what is level is one line. */
export function linesFrom(pieces: readonly Piece[]): string[] {
  const lines: { y: number; pieces: Piece[] }[] = []
  for (const piece of pieces.filter(({ text }) => text.trim() !== '')) {
    const line = lines.find(({ y }) => Math.abs(y - piece.y) < 3)
    if (line) line.pieces.push(piece)
    else lines.push({ y: piece.y, pieces: [piece] })
  }
  const inOrder = lines.toSorted((one, other) => other.y - one.y)
  return inOrder.map(({ pieces: level }) =>
    level
      .toSorted((one, other) => one.x - other.x)
      .map(({ text }) => text.trim())
      .join(' '),
  )
}
