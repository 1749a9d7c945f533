import { describe, expect, it } from 'vitest'
import { countRequests } from './allowance.ts'

/** Copies of the product that count in one place, as they do in one database. */
function copies(perMinute: number) {
  const together = new Map<string, number>()
  const written: number[] = []
  const copy = () => {
    const counted = countRequests()
    return (client: string, now: Temporal.Instant) =>
      counted({
        ...{ client, perMinute, now },
        setAside: async (wanted, minute) => {
          const key = `${client} ${minute.toString()}`
          const asked = (together.get(key) ?? 0) + wanted
          together.set(key, asked)
          written.push(wanted)
          return Promise.resolve(asked)
        },
      })
  }
  return { copy, written }
}

const at = Temporal.Instant.from('2026-01-05T09:00:10Z')

describe('The limit of a system client', () => {
  it('holds for all copies together, whichever is asked, also at one moment', async () => {
    for (const perMinute of [1, 3, 19, 20, 100, 601]) {
      const { copy } = copies(perMinute)
      const [one, other] = [copy(), copy()]
      const asked = Array.from({ length: perMinute * 2 + 50 }, (_, turn) => (turn % 3 === 0 ? other : one)('a', at))
      const through = (await Promise.all(asked)).filter(Boolean).length

      expect(through).toBeLessThanOrEqual(perMinute)
      // What one copy has set aside and another would need is lost: a part for each other copy.
      expect(through).toBeGreaterThanOrEqual(perMinute - Math.max(1, Math.floor(perMinute / 20)))
    }
  })

  it('is the whole of it where there is one copy, and begins anew with the minute and for each client', async () => {
    const { copy, written } = copies(60)
    const one = copy()
    const through = async (client: string, now: Temporal.Instant) => {
      const all = await Promise.all(Array.from({ length: 200 }, () => one(client, now)))
      return all.filter(Boolean).length
    }

    expect(await through('a', at)).toBe(60)
    expect(await through('b', at)).toBe(60)
    expect(await through('a', at.add({ minutes: 1 }))).toBe(60)
    // Twenty parts and the one that is refused, for each.
    expect(written.length).toBeLessThanOrEqual(3 * 21)
  })
})
