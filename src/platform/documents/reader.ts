// Reads one document in a thread of its own, with little memory and for a short time: what others send may be made to
// break whoever reads it. Started by reading.ts; it runs as it stands, without what the product is started with.
import { parentPort, workerData } from 'node:worker_threads'
import { constants, inflateRawSync, inflateSync } from 'node:zlib'
import mammoth from 'mammoth'
import { getDocumentProxy } from 'unpdf'
import { limits, linesFrom, packedIn, type Piece, type Reading, streamsIn, type Unreadable } from './rules.ts'

// Checked: reading.ts alone starts this, with these two.
const { kind, file } = workerData as Readonly<{ kind: 'pdf' | 'word'; file: Uint8Array }>

const no = (why: Unreadable): Reading => ({ ok: false, why })

type Unpack = (piece: Uint8Array, options: Readonly<{ maxOutputLength: number; finishFlush: number }>) => Buffer

/** Whether all of these unpack to no more than we read, whatever their file says of it. What cannot be unpacked is nothing. */
function unpacksWithin(pieces: readonly Uint8Array[], unpack: Unpack): boolean {
  let left: number = limits.unpackedBytes
  for (const piece of pieces) {
    try {
      left -= unpack(piece, { maxOutputLength: left, finishFlush: constants.Z_SYNC_FLUSH }).length
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE') return false
    }
    if (left <= 0) return false
  }
  return true
}

async function readWord(): Promise<Reading> {
  const packed = packedIn(file)
  if (!packed) return no('broken')
  if (packed.files > limits.packedFiles || packed.bytes > limits.unpackedBytes) return no('packed-too-tightly')
  if (!unpacksWithin(packed.pieces, inflateRawSync)) return no('packed-too-tightly')
  const { value } = await mammoth.extractRawText({ buffer: Buffer.from(file) })
  return { ok: true, words: { text: value.slice(0, limits.letters), fields: {} } }
}

async function readPdf(): Promise<Reading> {
  if (!unpacksWithin(streamsIn(file), inflateSync)) return no('packed-too-tightly')
  const pdf = await getDocumentProxy(file, { verbosity: 0, stopAtErrors: true })
  if (pdf.numPages > limits.pages) return no('too-many-pages')
  const fields: Record<string, string> = {}
  for (const [name, all] of Object.entries((await pdf.getFieldObjects()) ?? {})) {
    const given = all.map((one) => valueIn(one)).find((value) => value !== '')
    if (given !== undefined) fields[name.slice(0, 100)] = given
  }
  const lines: string[] = []
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const { items } = await (await pdf.getPage(number)).getTextContent()
    lines.push(...linesFrom(items.flatMap((item) => ('str' in item ? [pieceOf(item)] : []))))
  }
  return { ok: true, words: { text: lines.join('\n').slice(0, limits.letters), fields } }
}

const pieceOf = ({ str, transform }: Readonly<{ str: string; transform: readonly unknown[] }>): Piece => ({
  ...{ text: str, x: Number(transform[4]), y: Number(transform[5]) },
})

function valueIn(field: unknown): string {
  const value = typeof field === 'object' && field !== null && 'value' in field ? field.value : ''
  return typeof value === 'string' ? value.slice(0, limits.letters) : ''
}

async function read(): Promise<Reading> {
  try {
    return await (kind === 'word' ? readWord() : readPdf())
  } catch (cause) {
    return no(cause instanceof Error && cause.name === 'PasswordException' ? 'locked' : 'broken')
  }
}

parentPort?.postMessage(await read())
