import { newId } from '#platform/ids.ts'
import type { Db } from '#platform/database/transaction.ts'
import {
  type Allowance,
  type Disclosure,
  disclosure,
  type LawfulBasis,
  type Recipient,
  type Switch,
  type WayOfAgreeing,
} from './rules.ts'

export type Answered = Readonly<{
  area: string
  person: string
  switch: Switch
  recipient?: string
  allows?: Allowance
  given: boolean
  wordingVersion?: number | null
  how: WayOfAgreeing
  lawfulBasis: LawfulBasis
  by: string | null
  at: Temporal.Instant
}>

/** Records a yes or a no. Earlier answers stay as history; the newest one counts. */
export async function recordPermission(db: Db, answered: Answered): Promise<string> {
  const id = newId()
  await db
    .insertInto('permissions.permission')
    .values({
      area: answered.area,
      id,
      person: answered.person,
      switch: answered.switch,
      recipient: answered.recipient ?? '',
      allows: answered.allows ?? 'status',
      given: answered.given,
      wording_version: answered.wordingVersion ?? null,
      how: answered.how,
      lawful_basis: answered.lawfulBasis,
      recorded_by: answered.by,
      at: answered.at,
    })
    .execute()
  return id
}

/** The newest answer to each switch for each recipient. */
export async function listPermissions(db: Db, area: string, person: string) {
  return db
    .selectFrom('permissions.permission')
    .distinctOn(['switch', 'recipient'])
    .select([
      'id',
      'switch',
      'recipient',
      'allows',
      'given',
      'wording_version',
      'how',
      'lawful_basis',
      'recorded_by',
      'at',
    ])
    .where('area', '=', area)
    .where('person', '=', person)
    .orderBy('switch')
    .orderBy('recipient')
    .orderBy('at', 'desc')
    .execute()
}

/** The one question every disclosure asks: may this recipient be told this much about this person? */
export async function mayDisclose(
  db: Db,
  asked: Readonly<{ area: string; person: string; recipient: Recipient; purpose: Allowance }>,
): Promise<Disclosure> {
  const newest = await db
    .selectFrom('permissions.permission')
    .select(['id', 'given', 'allows', 'at'])
    .where('area', '=', asked.area)
    .where('person', '=', asked.person)
    .where('switch', '=', asked.recipient.switch)
    .where('recipient', 'in', ['', asked.recipient.name])
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return disclosure(asked.recipient, asked.purpose, newest)
}

/** Whether the person agreed to take part and has not withdrawn: nothing is assessed before. */
export async function hasAgreedToTakePart(db: Db, area: string, person: string): Promise<boolean> {
  const newest = await db
    .selectFrom('permissions.permission')
    .select('given')
    .where('area', '=', area)
    .where('person', '=', person)
    .where('switch', '=', 'take-part')
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return newest?.given ?? false
}
