import { Kysely, PostgresDialect } from 'kysely'
import { openPool } from './connection.ts'
import type { Db } from './transaction.ts'
import type { Tables } from './types.ts'

/** One transaction with the owner's rights, for what the application itself may only read: reference facts. */
export async function asOwner<T>(ownerUrl: string, work: (db: Db) => Promise<T>): Promise<T> {
  const pool = openPool(ownerUrl, 1, () => undefined)
  const owner = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  try {
    return await owner.transaction().execute(work)
  } finally {
    await owner.destroy()
  }
}
