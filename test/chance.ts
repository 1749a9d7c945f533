/** Numbers that look like chance and are the same each time (mulberry32). */
export function numbersFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const oddities: readonly unknown[] = [
  ...[null, '', [], {}, -1, 1e308, true, 'x'.repeat(30_000), '\u0000', '2026-13-45', 'urn:uuid:nowhere', '__proto__'],
  ...[{ coding: [{ system: 1, code: null }] }, [[]], '0001-01-01', 'SELECT 1; --', '<script>'],
]

/** Goes down into something that is sent by chance, and makes what is there another thing or takes it away. */
export function changeByChance(within: object, below: (most: number) => number): void {
  const keys = Object.keys(within)
  const key = keys[below(keys.length)] ?? ''
  const inner: unknown = Reflect.get(within, key)
  if (typeof inner === 'object' && inner !== null && Object.keys(inner).length > 0 && below(6) > 0)
    changeByChance(inner, below)
  else if (below(4) === 0) Reflect.deleteProperty(within, key)
  else Reflect.set(within, key, oddities[below(oddities.length)])
}
