import type { IncomingHttpHeaders } from 'node:http'

/** How many seconds a server wants to be left alone: it says how long, or until when by its own clock. */
export function secondsToWait({ 'retry-after': retryAfter, date: clock }: IncomingHttpHeaders): number {
  if (retryAfter === undefined) return 0
  if (/^\d{1,9}$/.test(retryAfter.trim())) return Number(retryAfter)
  const seconds = (Date.parse(retryAfter) - Date.parse(clock ?? '')) / 1000
  return seconds > 0 ? seconds : 0
}
