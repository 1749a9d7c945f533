import { createHash, randomUUIDv7 } from 'node:crypto'

let last = ''

/** A new id that sorts after every id this process has made, so that rows written together keep their order. */
export function newId(): string {
  const fresh = randomUUIDv7()
  last = fresh > last ? fresh : following(last)
  return last
}

/** The same id for the same words, for what has none of its own and is asked for by one (a UUID of version 8). */
export function idFrom(...words: readonly string[]): string {
  const hex = createHash('sha256').update(words.join('\u0000')).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}

function following(id: string): string {
  const tail = Number.parseInt(id.slice(24), 16) + 1
  if (tail < 2 ** 48) return id.slice(0, 24) + tail.toString(16).padStart(12, '0')
  const next = (BigInt(`0x${id.replaceAll('-', '')}`) + 1n).toString(16).padStart(32, '0')
  return [next.slice(0, 8), next.slice(8, 12), next.slice(12, 16), next.slice(16, 20), next.slice(20)].join('-')
}
