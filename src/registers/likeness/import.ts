import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'

/** Takes back what was found about the likeness of people whom a batch brought and nobody has decided. */
export async function takeBackPairs(db: Db, area: string, people: readonly string[]): Promise<void> {
  await sql`select likeness.take_back(${area}, ${[...people]}::uuid[])`.execute(db)
}
