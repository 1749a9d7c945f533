/** What a system client may ask in a minute, and the way to set some of it aside for this copy of the product. */
export type Allowance = Readonly<{
  client: string
  perMinute: number
  now: Temporal.Instant
  /** Sets so many aside; gives how many all copies have set aside in this minute, these included. */
  setAside: (wanted: number, minute: Temporal.Instant) => Promise<number>
}>

type Left = { minute: number; left: number; isOver: boolean; asking: Promise<void> | undefined }

// A twentieth at a time: the shared row is written twenty times a minute by each copy, and not by every request.
const parts = 20
const mostKept = 10_000

/**
 * Counts the requests of system clients for all copies of the product together: each sets some aside at a time, so that
 * together they never let more through in a minute than was said. False where a client has none left.
 */
export function countRequests(): (allowance: Allowance) => Promise<boolean> {
  const kept = new Map<string, Left>()
  return async (allowance) => {
    const minute = Math.floor(allowance.now.epochMilliseconds / 60_000) * 60_000
    const left = leftOf(kept, allowance.client, minute)
    while (left.left === 0 && !left.isOver) {
      left.asking ??= moreFor(left, allowance).finally(() => (left.asking = undefined))
      await left.asking
    }
    if (left.left === 0) return false
    left.left -= 1
    return true
  }
}

function leftOf(kept: Map<string, Left>, client: string, minute: number): Left {
  const before = kept.get(client)
  if (before?.minute === minute) return before
  if (kept.size > mostKept) kept.clear()
  const fresh: Left = { minute, left: 0, isOver: false, asking: undefined }
  kept.set(client, fresh)
  return fresh
}

async function moreFor(left: Left, { perMinute, setAside }: Allowance): Promise<void> {
  const wanted = Math.max(1, Math.floor(perMinute / parts))
  const together = await setAside(wanted, Temporal.Instant.fromEpochMilliseconds(left.minute))
  left.left = Math.max(0, Math.min(wanted, perMinute - (together - wanted)))
  left.isOver = left.left === 0
}
