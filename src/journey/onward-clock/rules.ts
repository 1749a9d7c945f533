import type { WaitsFor } from '#journey/support/pause/rules.ts'

type Waiting = Readonly<{ waitsFor: WaitsFor; whom: string | null }>

const plain = (words: string) => words.trim().toLowerCase()

/**
 * Whether support waits for this service: one that was named, as its page writes it into the form, or not named where there
 * is no other that anything is still to come of. What waits for the NHS, an employer or another service goes on waiting.
 */
export function waitsForIt(waiting: Waiting, service: string, isTheOnlyOne: boolean): boolean {
  if (waiting.waitsFor !== 'service') return false
  return waiting.whom === null ? isTheOnlyOne : plain(waiting.whom).includes(plain(service.slice(0, 200)))
}
