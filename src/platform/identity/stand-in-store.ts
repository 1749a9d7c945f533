import { generateKeyPairSync } from 'node:crypto'
import { sql } from 'kysely'
import type { Adapter, AdapterPayload, JWK } from 'oidc-provider'
import type { Db } from '#platform/database/transaction.ts'
import type { National } from './store.ts'

type Parts = Readonly<{ national: National; now: () => Temporal.Instant }>
type Found = Readonly<{ payload: unknown; consumed_at: Temporal.Instant | null }>
type Column = 'id' | 'uid' | 'user_code'

/** Where the stand-in keeps one kind of its things, so that any copy of the product can go on with a sign-in. */
export function standInStore(model: string, { national, now }: Parts): Adapter {
  const find = (column: Column, value: string) =>
    national(async (db) => {
      const row = await db
        .selectFrom('identity.stand_in')
        .select(['payload', 'consumed_at'])
        .where('model', '=', model)
        .where(column, '=', value)
        .where((one) => one.or([one('expires_at', 'is', null), one('expires_at', '>', now())]))
        .executeTakeFirst()
      return row && payloadOf(row)
    })
  return {
    upsert: (id, payload, seconds) =>
      national((db) => save(db, { model, id, payload, until: seconds === undefined ? null : now().add({ seconds }) })),
    find: (id) => find('id', id),
    findByUid: (uid) => find('uid', uid),
    findByUserCode: (code) => find('user_code', code),
    consume: (id) =>
      national(async (db) => {
        const one = db.updateTable('identity.stand_in').set({ consumed_at: now() })
        await one.where('model', '=', model).where('id', '=', id).execute()
      }),
    destroy: (id) =>
      national(async (db) => {
        await db.deleteFrom('identity.stand_in').where('model', '=', model).where('id', '=', id).execute()
      }),
    revokeByGrantId: (grant) =>
      national(async (db) => {
        await db.deleteFrom('identity.stand_in').where('grant_id', '=', grant).execute()
      }),
  }
}

type Saved = Readonly<{ model: string; id: string; payload: AdapterPayload; until: Temporal.Instant | null }>

async function save(db: Db, { model, id, payload, until }: Saved): Promise<void> {
  const row = {
    payload: JSON.stringify(payload),
    grant_id: payload.grantId ?? null,
    user_code: payload.userCode ?? null,
    uid: payload.uid ?? null,
    expires_at: until,
  }
  await db
    .insertInto('identity.stand_in')
    .values({ model, id, ...row })
    .onConflict((known) => known.columns(['model', 'id']).doUpdateSet(row))
    .execute()
}

function payloadOf({ payload, consumed_at: consumedAt }: Found): AdapterPayload {
  // Checked: nothing but `save` writes this column.
  const kept = payload as AdapterPayload
  return consumedAt === null ? kept : { ...kept, consumed: Math.floor(consumedAt.epochMilliseconds / 1000) }
}

/** The stand-in's signing key: the first copy to start makes it, all others use the same. */
export async function standInKeyFrom({ national, now }: Parts): Promise<JWK> {
  return national(async (db) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('identity.signing_key', 0))`.execute(db)
    const known = await db
      .selectFrom('identity.signing_key')
      .select('jwk')
      .where('id', '=', 'stand-in')
      .executeTakeFirst()
    // Checked: nothing but the line below writes this column.
    if (known) return known.jwk as JWK
    const made = {
      ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
      alg: 'ES256',
      use: 'sig',
    }
    await db
      .insertInto('identity.signing_key')
      .values({ id: 'stand-in', jwk: JSON.stringify(made), created_at: now() })
      .execute()
    return made
  })
}
