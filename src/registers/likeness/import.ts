import { takeBack } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'

/** Takes back what was found about the likeness of people whom a batch brought and nobody has decided. */
export function takeBackPairs(db: Db, area: string, people: readonly string[]): Promise<string[]> {
  return takeBack(db, 'likeness', area, people)
}
