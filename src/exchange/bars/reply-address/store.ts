import type { Db } from '#platform/database/transaction.ts'
import type { ReplyAddress } from './rules.ts'

const addresses = (db: Db, area: string) =>
  db
    .selectFrom('reply_address.address as address')
    .innerJoin('organisations.organisation as organisation', (join) =>
      join.onRef('organisation.area', '=', 'address.area').onRef('organisation.id', '=', 'address.organisation'),
    )
    .select(['address.id', 'address.organisation', 'organisation.name as organisationName'])
    .select(['organisation.ods_code as odsCode', 'address.address', 'address.service', 'address.added_at as addedAt'])
    .where('address.area', '=', area)
    .where('address.ended_at', 'is', null)

/** Where replies go today, by the names of the organisations. */
export async function listReplyAddresses(db: Db, area: string): Promise<ReplyAddress[]> {
  return addresses(db, area).orderBy('organisation.name').orderBy('address.id').execute()
}

/** Where replies to an organisation go today; undefined where nobody has said so, or where it has ended. */
export async function findReplyAddress(db: Db, area: string, organisation: string): Promise<ReplyAddress | undefined> {
  return addresses(db, area).where('address.organisation', '=', organisation).executeTakeFirst()
}

/** An address in force, by its id. */
export async function findReplyAddressById(db: Db, area: string, id: string): Promise<ReplyAddress | undefined> {
  return addresses(db, area).where('address.id', '=', id).executeTakeFirst()
}

/** The organisations of an area that can be told apart by their code of the NHS, as a list to choose from. */
export async function listWithOdsCode(db: Db, area: string, on: Temporal.PlainDate) {
  const found = await db
    .selectFrom('organisations.organisation')
    .select(['id', 'name', 'ods_code as odsCode'])
    .where('area', '=', area)
    .where('ods_code', 'is not', null)
    .where((where) => where.or([where('until_on', 'is', null), where('until_on', '>', on)]))
    .orderBy('name')
    .execute()
  return Object.fromEntries(found.map(({ id, name, odsCode }) => [id, { label: `${name} (${odsCode})` }]))
}

type Saying = Readonly<{ area: string; id: string; organisation: string; address: string; service: string }> &
  Readonly<{ by: string; at: Temporal.Instant }>

/** Says where replies to an organisation go from now on; what was said before ends. False where the form came before. */
export async function saveReplyAddress(db: Db, { by, at, ...said }: Saying): Promise<boolean> {
  const before = await db
    .selectFrom('reply_address.address')
    .select('id')
    .where('area', '=', said.area)
    .where('id', '=', said.id)
    .executeTakeFirst()
  if (before) return false
  await db
    .updateTable('reply_address.address')
    .set({ ended_at: at, ended_by: by })
    .where('area', '=', said.area)
    .where('organisation', '=', said.organisation)
    .where('ended_at', 'is', null)
    .execute()
  const added = { added_at: at, added_by: by, ended_at: null, ended_by: null }
  await db
    .insertInto('reply_address.address')
    .values({ ...said, ...added })
    .execute()
  return true
}

type Ending = Readonly<{ area: string; id: string; by: string; at: Temporal.Instant }>

/** Ends an address: nothing is sent there from this moment on. False where it had ended. */
export async function endReplyAddress(db: Db, { area, id, by, at }: Ending): Promise<boolean> {
  const ended = await db
    .updateTable('reply_address.address')
    .set({ ended_at: at, ended_by: by })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return ended !== undefined
}
