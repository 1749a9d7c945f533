import type { Db } from '#platform/database/transaction.ts'
import type { WebhookAddress } from './rules.ts'

/** Where a client is told today; undefined where nobody has said so, or where it or the client has ended. */
export async function findWebhookAddress(db: Db, area: string, client: string): Promise<WebhookAddress | undefined> {
  return db
    .selectFrom('webhook_address.address as address')
    .innerJoin('clients.client as client', (join) =>
      join.onRef('client.area', '=', 'address.area').onRef('client.id', '=', 'address.client'),
    )
    .select(['address.id', 'address.client', 'address.address', 'address.key', 'address.key_before as keyBefore'])
    .select('address.added_at as addedAt')
    .where('address.area', '=', area)
    .where('address.client', '=', client)
    .where('address.ended_at', 'is', null)
    .where('client.ended_at', 'is', null)
    .executeTakeFirst()
}

/** How many systems of an area are told by themselves. */
export async function countWebhookAddresses(db: Db, area: string): Promise<number> {
  const { count } = await db
    .selectFrom('webhook_address.address as address')
    .innerJoin('clients.client as client', (join) =>
      join.onRef('client.area', '=', 'address.area').onRef('client.id', '=', 'address.client'),
    )
    .select((row) => row.fn.countAll<string>().as('count'))
    .where('address.area', '=', area)
    .where('address.ended_at', 'is', null)
    .where('client.ended_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}

type Saying = Readonly<{ area: string; id: string; client: string; address: string; by: string; at: Temporal.Instant }>

/** Says where a client is told from now on; what was said before ends. False where the form came before. */
export async function saveWebhookAddress(db: Db, { by, at, ...said }: Saying): Promise<boolean> {
  const known = await db
    .selectFrom('webhook_address.address')
    .select('id')
    .where('area', '=', said.area)
    .where('id', '=', said.id)
    .executeTakeFirst()
  if (known) return false
  await endWebhookAddress(db, { area: said.area, client: said.client, by, at })
  const added = { added_at: at, added_by: by, ended_at: null, ended_by: null, key_before: null }
  await db
    .insertInto('webhook_address.address')
    .values({ ...said, ...added })
    .execute()
  return true
}

type Ending = Readonly<{ area: string; client: string; by: string; at: Temporal.Instant }>

/** Tells a client nothing from this moment on. False where nothing was said to it before. */
export async function endWebhookAddress(db: Db, { area, client, by, at }: Ending): Promise<boolean> {
  const ended = await db
    .updateTable('webhook_address.address')
    .set({ ended_at: at, ended_by: by })
    .where('area', '=', area)
    .where('client', '=', client)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return ended !== undefined
}

type Changing = Readonly<{ area: string; id: string }>

/** Begins to sign by the next key as well as by this one. False where two sign already. */
export async function addNextKey(db: Db, { area, id }: Changing): Promise<boolean> {
  const changed = await db
    .updateTable('webhook_address.address')
    .set((row) => ({ key: row('key', '+', 1), key_before: row.ref('key') }))
    .where('area', '=', area)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .where('key_before', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return changed !== undefined
}

/** Signs by the earlier key no more. False where only one signs. */
export async function endEarlierKey(db: Db, { area, id }: Changing): Promise<boolean> {
  const changed = await db
    .updateTable('webhook_address.address')
    .set({ key_before: null })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('key_before', 'is not', null)
    .returning('id')
    .executeTakeFirst()
  return changed !== undefined
}
