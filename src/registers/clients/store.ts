import { type Compilable, sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Algorithm, PublicKey } from '#platform/machine/rules.ts'
import type { OrganisationKind } from '#registers/organisations/rules.ts'
import type { Client, Scope } from './rules.ts'

type NewClient = Readonly<{
  area: string
  id: string
  organisation: string
  name: string
  contact: string
  scopes: readonly Scope[]
  perMinute: number
  by: string | null
  at: Temporal.Instant
}>

/** Registers a system client; false where the form was sent before. */
export async function addClient(db: Db, { perMinute, by, at, scopes: allowed, ...said }: NewClient): Promise<boolean> {
  const added = await db
    .insertInto('clients.client')
    .values({
      ...{ ...said, scopes: [...allowed], per_minute: perMinute, added_at: at, added_by: by },
      ...{ ended_at: null, ended_by: null, used_at: null, version: 1 },
    })
    .onConflict((twice) => twice.doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}

type AddingKey = Readonly<{ area: string; client: string; key: PublicKey; by: string | null; at: Temporal.Instant }>

/** Adds a key by which a client is known from now on; false where it has had one of this name. */
export async function addKey(db: Db, { area, client, key, by, at }: AddingKey): Promise<boolean> {
  const added = await db
    .insertInto('clients.key')
    .values({
      ...{ area, client, kid: key.kid, algorithm: key.algorithm, jwk: JSON.stringify(key.jwk) },
      ...{ added_at: at, added_by: by, ended_at: null, ended_by: null },
    })
    .onConflict((twice) => twice.doNothing())
    .returning('kid')
    .executeTakeFirst()
  return added !== undefined
}

const clients = (db: Db, area: string) =>
  db
    .selectFrom('clients.client as client')
    .innerJoin('organisations.organisation as organisation', (join) =>
      join.onRef('organisation.area', '=', 'client.area').onRef('organisation.id', '=', 'client.organisation'),
    )
    .select([
      'client.id',
      'client.name',
      'client.contact',
      'client.organisation',
      'organisation.name as organisationName',
    ])
    .select([
      'client.version',
      'client.per_minute as perMinute',
      'client.added_at as addedAt',
      'client.ended_at as endedAt',
    ])
    // Checked: the pages write only scopes of the list.
    .select(['client.used_at as usedAt', sql<readonly Scope[]>`client.scopes`.as('scopes')])
    .where('client.area', '=', area)

/** A system client of the area, also one that has ended. */
export async function findClient(db: Db, area: string, id: string): Promise<Client | undefined> {
  return clients(db, area).where('client.id', '=', id).executeTakeFirst()
}

/** The system clients of the area: those that may come in first, then by name. */
export async function listClients(db: Db, area: string): Promise<Client[]> {
  return clients(db, area)
    .orderBy(sql`client.ended_at is not null`)
    .orderBy('client.name')
    .orderBy('client.id')
    .execute()
}

type Changing = Pick<NewClient, 'area' | 'name' | 'contact' | 'scopes' | 'perMinute'> &
  Readonly<{ client: string; version: number }>

/** Changes what a client may do, where nobody has since this version; false otherwise. Its tokens end: it gets new ones. */
export async function changeClient(db: Db, { area, client, version, perMinute, ...said }: Changing): Promise<boolean> {
  const changed = await db
    .updateTable('clients.client')
    .set({ ...said, scopes: [...said.scopes], per_minute: perMinute, version: version + 1 })
    .where('area', '=', area)
    .where('id', '=', client)
    .where('version', '=', version)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (changed) await db.deleteFrom('clients.token').where('area', '=', area).where('client', '=', client).execute()
  return changed !== undefined
}

/** The keys a client has had, the newest first. */
export async function listKeys(db: Db, area: string, client: string) {
  return (
    db
      .selectFrom('clients.key')
      .select(['kid', 'added_at as addedAt', 'ended_at as endedAt'])
      // Checked: the table takes no other, and this store alone writes it.
      .select([sql<Algorithm>`algorithm`.as('algorithm'), sql<PublicKey['jwk']>`jwk`.as('jwk')])
      .where('area', '=', area)
      .where('client', '=', client)
      .orderBy('added_at', 'desc')
      .orderBy('kid')
      .execute()
  )
}

type Ending = Readonly<{ area: string; client: string; by: string; at: Temporal.Instant }>

/** Ends a client: from this moment on its tokens are nobody's. False where it had ended. */
export async function endClient(db: Db, { area, client, by, at }: Ending): Promise<boolean> {
  const ended = await db
    .updateTable('clients.client')
    .set({ ended_at: at, ended_by: by })
    .where('area', '=', area)
    .where('id', '=', client)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return ended !== undefined
}

/** Ends a key, with every token that the client has, since nobody knows which were got with it. False where it had ended. */
export async function endKey(db: Db, { area, client, kid, by, at }: Ending & Readonly<{ kid: string }>) {
  const ended = await db
    .updateTable('clients.key')
    .set({ ended_at: at, ended_by: by })
    .where('area', '=', area)
    .where('client', '=', client)
    .where('kid', '=', kid)
    .where('ended_at', 'is', null)
    .returning('kid')
    .executeTakeFirst()
  if (ended) await db.deleteFrom('clients.token').where('area', '=', area).where('client', '=', client).execute()
  return ended !== undefined
}

/** Keeps whoever changes the keys of a client in turn until the transaction ends. */
export async function holdClient(db: Db, area: string, client: string): Promise<void> {
  await db
    .selectFrom('clients.client')
    .select('id')
    .where('area', '=', area)
    .where('id', '=', client)
    .forUpdate()
    .execute()
}

type Taking = Readonly<{ area: string; client: string; digest: Buffer; until: Temporal.Instant; now: Temporal.Instant }>

/** Takes a signed statement once: false where its id was taken before. Those that hold no longer are let go of. */
export async function takeStatement(db: Db, { area, client, digest, until, now }: Taking): Promise<boolean> {
  await db.deleteFrom('clients.statement').where('area', '=', area).where('until', '<', now).execute()
  const taken = await db
    .insertInto('clients.statement')
    .values({ area, client, digest, until })
    .onConflict((twice) => twice.doNothing())
    .returning('client')
    .executeTakeFirst()
  return taken !== undefined
}

type Giving = Readonly<{
  area: string
  client: string
  hash: Buffer
  scopes: readonly Scope[]
  now: Temporal.Instant
  until: Temporal.Instant
}>

/** Keeps what a client may show from now on, as a hash, and when it last came in. */
export async function saveToken(db: Db, { area, client, hash, scopes: allowed, now, until }: Giving): Promise<void> {
  await db.deleteFrom('clients.token').where('area', '=', area).where('until', '<', now).execute()
  await db
    .insertInto('clients.token')
    .values({ area, token_hash: hash, client, scopes: [...allowed], issued_at: now, until })
    .execute()
  await db
    .updateTable('clients.client')
    .set({ used_at: now })
    .where('area', '=', area)
    .where('id', '=', client)
    .execute()
}

/** A system that shows a token: for which organisation it comes in, what it may do, and how often. */
export type KnownSystem = Readonly<{ id: string; organisation: string; kind: OrganisationKind; perMinute: number }> &
  Readonly<{ scopes: readonly Scope[] }>

/** Asks whose token this is; nobody's once it is over or its client has ended. */
export function findBearer(
  db: Db,
  area: string,
  { hash, now }: Readonly<{ hash: Buffer; now: Temporal.Instant }>,
): Compilable<KnownSystem> {
  return (
    db
      .selectFrom('clients.token as token')
      .innerJoin('clients.client as client', (join) =>
        join.onRef('client.area', '=', 'token.area').onRef('client.id', '=', 'token.client'),
      )
      .innerJoin('organisations.organisation as organisation', (join) =>
        join.onRef('organisation.area', '=', 'client.area').onRef('organisation.id', '=', 'client.organisation'),
      )
      .select(['client.id', 'client.organisation', 'client.per_minute as perMinute'])
      // Checked: only scopes of the list are given, and the register holds no other kinds.
      .select([sql<readonly Scope[]>`token.scopes`.as('scopes'), sql<OrganisationKind>`organisation.kind`.as('kind')])
      .where('token.area', '=', area)
      .where('token.token_hash', '=', hash)
      .where('token.until', '>', now)
      .where('client.ended_at', 'is', null)
  )
}

export type SettingAside = Readonly<{ area: string; client: string; minute: Temporal.Instant; wanted: number }>

/** Sets requests of a minute aside for one copy of the product; gives how many all copies have set aside, these included. */
export async function setAside(db: Db, { area, client, minute, wanted }: SettingAside): Promise<number> {
  await db
    .deleteFrom('clients.minute')
    .where('area', '=', area)
    .where('client', '=', client)
    .where('minute', '<', minute)
    .execute()
  const { asked } = await db
    .insertInto('clients.minute')
    .values({ area, client, minute, asked: wanted })
    .onConflict((kept) =>
      kept.columns(['area', 'client', 'minute']).doUpdateSet({ asked: sql`minute.asked + ${wanted}` }),
    )
    .returning('asked')
    .executeTakeFirstOrThrow()
  return asked
}
