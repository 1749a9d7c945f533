import { isUtf8 } from 'node:buffer'
import { OutsideProblem } from './problems.ts'

/** A list inside a JSON document, read piece by piece: never more of it is held than some items. */
export type Reading = Readonly<{
  /** Under which of these names the list stands in the outermost object; or it is the document itself. */
  names: readonly string[]
  /** The largest item that is read; of a larger one only its place is told. */
  mostOfItem: number
  /** How many items are handed on together. */
  group: number
  /** Takes some items, the first of which has this place in the list; false where nothing more is wanted. */
  take: (items: readonly Item[], first: number) => Promise<boolean>
}>

/** One item of a list: its value, or what is wrong with it. */
export type Item = Readonly<{ value: unknown }> | Readonly<{ wrong: 'too-large' | 'not-json'; shown: string }>

/** What stands around the list; `hasList` is false where there was none. */
export type Around = Readonly<{ rest: unknown; hasList: boolean; items: number }>

const mostAround = 262_144
const sign = {
  ...{ quote: 34, comma: 44, colon: 58, open: 91, escape: 92, close: 93, openObject: 123, closeObject: 125 },
} as const

/**
 * Reads the items of a list as they come. What is broken inside one item is that item's fault; what is broken outside of
 * them, or ends before its end, is thrown as an OutsideProblem.
 */
export async function readList(body: AsyncIterable<Uint8Array>, reading: Reading): Promise<Around> {
  const scanner = scan(reading)
  let items = 0
  let group: Item[] = []
  for await (const chunk of withBeginning(body)) {
    for (const item of scanner.read(chunk)) {
      group.push(item)
      if (group.length < reading.group) continue
      const more = await reading.take(group, items)
      items += group.length
      group = []
      if (!more) return { ...scanner.soFar(), items }
    }
  }
  if (group.length > 0) await reading.take(group, items)
  return { ...scanner.end(), items: items + group.length }
}

// A page of HTML is seen at its first letter; the three bytes with which some begin UTF-8 are no letter.
async function* withBeginning(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let hasBegun = false
  for await (const chunk of body) {
    const begins = hasBegun ? -1 : chunk.findIndex((byte) => byte > 32 && ![0xef, 0xbb, 0xbf].includes(byte))
    if (begins !== -1) {
      hasBegun = true
      const isOpen = chunk[begins] === sign.open || chunk[begins] === sign.openObject
      if (!isOpen) throw new OutsideProblem('not-json', shownOf(Buffer.from(chunk.subarray(begins))))
    }
    yield chunk
  }
}

/** Reads a document whole. */
export async function readDocument(body: AsyncIterable<Uint8Array>): Promise<unknown> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return parsed(Buffer.concat(chunks))
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(textOf(bytes).replace(/^\uFEFF/, ''))
  } catch {
    throw new OutsideProblem('not-json', shownOf(bytes))
  }
}

// Some say that they write UTF-8 and write as Windows does.
const textOf = (bytes: Buffer) => (isUtf8(bytes) ? bytes.toString() : new TextDecoder('windows-1252').decode(bytes))
const shownOf = (bytes: Buffer) => textOf(bytes.subarray(0, 80)).trim()

type Where = 'around' | 'between' | 'inside'

/**
 * Walks over the bytes and knows only strings, brackets and commas: all of them are single bytes below 128, which no
 * other character of UTF-8 contains.
 */
type Walk = {
  where: Where
  inString: boolean
  escaped: boolean
  hasList: boolean
  /** How many brackets are open around the list, and inside the item. */
  depth: number
  itemDepth: number
  /** The name that the next value around the list has; undefined where none was just said. */
  name: string | undefined
  text: number[]
  around: Kept
  item: Kept
}

type Kept = { parts: Buffer[]; size: number }

function scan(reading: Reading) {
  const walk: Walk = {
    ...{ where: 'around', inString: false, escaped: false, hasList: false, depth: 0, itemDepth: 0, name: undefined },
    ...{ text: [], around: { parts: [], size: 0 }, item: { parts: [], size: 0 } },
  }
  const read = function* (given: Uint8Array): Generator<Item> {
    const chunk = Buffer.from(given.buffer, given.byteOffset, given.length)
    let from = 0
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0
      const before = walk.where
      if (walk.inString) stepInText(walk, byte)
      else if (before === 'around') stepAround(walk, byte, reading.names)
      else if (before === 'between') stepBetween(walk, byte)
      else stepInside(walk, byte)
      if (walk.where === before) continue
      if (before === 'around') keep(walk.around, chunk.subarray(from, at + 1), mostAround)
      if (before === 'inside') yield itemIn(walk, chunk.subarray(from, at), reading.mostOfItem)
      from = at
    }
    if (walk.where === 'around') keep(walk.around, chunk.subarray(from), mostAround)
    if (walk.where === 'inside') keep(walk.item, chunk.subarray(from), reading.mostOfItem)
  }
  return { read, end: () => endOf(walk), soFar: () => soFarOf(walk) }
}

function stepInText(walk: Walk, byte: number): void {
  if (walk.escaped) walk.escaped = false
  else if (byte === sign.escape) walk.escaped = true
  else if (byte === sign.quote) walk.inString = false
  else if (walk.where === 'around' && walk.text.length < 64) walk.text.push(byte)
}

function stepAround(walk: Walk, byte: number, names: readonly string[]): void {
  if (byte <= 32) return
  if (byte === sign.open && !walk.hasList && (walk.depth === 0 || names.includes(walk.name ?? ''))) {
    walk.where = 'between'
    walk.hasList = true
  } else if (byte === sign.open || byte === sign.openObject) walk.depth += 1
  else if (byte === sign.close || byte === sign.closeObject) walk.depth -= walk.depth > 0 ? 1 : 0
  else if (byte === sign.quote) {
    walk.inString = true
    walk.text = []
  }
  walk.name = byte === sign.colon && walk.depth === 1 ? Buffer.from(walk.text).toString() : undefined
}

function stepBetween(walk: Walk, byte: number): void {
  if (byte <= 32 || byte === sign.comma) return
  if (byte === sign.close) {
    walk.where = 'around'
    return
  }
  const isNested = byte === sign.open || byte === sign.openObject
  walk.where = 'inside'
  walk.itemDepth = isNested ? 1 : 0
  walk.inString = byte === sign.quote
}

function stepInside(walk: Walk, byte: number): void {
  if (byte === sign.quote) walk.inString = true
  else if (byte === sign.open || byte === sign.openObject) walk.itemDepth += 1
  else if (walk.itemDepth === 0 && byte === sign.comma) walk.where = 'between'
  else if (walk.itemDepth === 0 && byte === sign.close) walk.where = 'around'
  else if (byte === sign.close || byte === sign.closeObject) walk.itemDepth -= 1
  if (walk.itemDepth < 0) throw new OutsideProblem('not-json', 'A bracket closes that was never opened')
}

// What is too large is counted and not held.
function keep(kept: Kept, bytes: Buffer, most: number): void {
  kept.size += bytes.length
  if (kept.size <= most) kept.parts.push(Buffer.from(bytes))
}

function itemIn(walk: Walk, last: Buffer, most: number): Item {
  keep(walk.item, last, most)
  const { parts, size } = walk.item
  walk.item = { parts: [], size: 0 }
  const bytes = Buffer.concat(parts)
  if (size > most) return { wrong: 'too-large', shown: shownOf(bytes) }
  try {
    return { value: JSON.parse(textOf(bytes)) }
  } catch {
    return { wrong: 'not-json', shown: shownOf(bytes) }
  }
}

/** What stood before the list, where nobody wanted to read to its end. */
function soFarOf({ around, depth }: Walk) {
  const begun = textOf(Buffer.concat(around.parts))
  return { rest: parsed(Buffer.from(`${begun}]${'}'.repeat(depth)}`)), hasList: true }
}

function endOf({ where, inString, depth, around, hasList }: Walk) {
  const bytes = Buffer.concat(around.parts)
  const isJson = /^\uFEFF?\s*[[{]/.test(textOf(bytes))
  if (isJson && (where !== 'around' || inString || depth > 0)) throw new OutsideProblem('broken-off')
  if (!isJson || around.size > mostAround) throw new OutsideProblem('not-json', shownOf(bytes))
  return { rest: parsed(bytes), hasList }
}
