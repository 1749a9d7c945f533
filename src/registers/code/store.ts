import { createHmac, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { codeMark, type Message } from '#platform/notify/rules.ts'
import { isClosed } from '#registers/online/store.ts'
import { isTheirs } from '#registers/means/store.ts'
import { mayContact } from '#registers/permissions/store.ts'
import { findWords, type Reader, type Written } from '#registers/templates/store.ts'
import {
  type AskedFor,
  type Candidate,
  codeKind,
  codeLasts,
  codeTemplate,
  type CodeWay,
  keyOf,
  remembered,
  type Waiting,
} from './rules.ts'

/**
 * The six digits of a request. They follow from the request and our secret, so that a message that goes a second time
 * carries the same ones. Nothing of them is kept: of six digits even a digest could be tried out in a second.
 */
function codeOf(secret: string, request: string): string {
  const digest = createHmac('sha256', secret).update(`code:${request}`).digest()
  return `${digest.readUIntBE(0, 6) % 1_000_000}`.padStart(6, '0')
}

/** Whether these are the digits of a request. */
export function isCodeOf(secret: string, request: string, digits: string): boolean {
  const [expected, given] = [Buffer.from(codeOf(secret, request)), Buffer.from(digits)]
  return expected.length === given.length && timingSafeEqual(expected, given)
}

/** Puts the code into the words of its message, as it goes. */
export function withCode<Words extends Pick<Message, 'kind' | 'about' | 'body'>>(
  secret: string,
  message: Words,
): Words {
  if (message.kind !== codeKind || message.about === null) return message
  return { ...message, body: message.body.replaceAll(codeMark, codeOf(secret, message.about)) }
}

type Worded = Readonly<{ area: string; channel: CodeWay['channel']; reader: Reader }>

/** The words that a code is sent in; the code itself comes into them as they go. */
export async function findCodeWords(db: Db, { area, channel, reader }: Worded): Promise<Written> {
  return findWords(db, { area, template: codeTemplate, format: channel, reader, facts: { code: codeMark } })
}

type Asking = CodeWay &
  Readonly<{ area: string; id: string; owner: string; returnPath: string | null; now: Temporal.Instant }>

/** Keeps that somebody asked for a code, and forgets who asked before yesterday. */
export async function saveRequest(db: Db, { area, id, owner, returnPath, now, ...way }: Asking): Promise<void> {
  await db
    .deleteFrom('code.request')
    .where('area', '=', area)
    .where('asked_at', '<', now.subtract(remembered))
    .execute()
  await db
    .insertInto('code.request')
    .values({
      ...{ area, id, owner, channel: way.channel, address: way.address, address_key: keyOf(way) },
      ...{ return_path: returnPath, asked_at: now, expires_at: now.add(codeLasts) },
    })
    .execute()
}

type AskingFor = Readonly<{ area: string; owner: string; way: CodeWay; now: Temporal.Instant }>

/** When codes were asked for to a place, by whomever. Who asks decides alone until their transaction ends. */
export async function listAsked(db: Db, { area, owner, way, now }: AskingFor): Promise<AskedFor[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${area} ${keyOf(way)}`}, 6))`.execute(db)
  const rows = await db
    .selectFrom('code.request')
    .select(['asked_at', 'owner'])
    .where('area', '=', area)
    .where('address_key', '=', keyOf(way))
    .where('asked_at', '>', now.subtract(remembered))
    .execute()
  return rows.map(({ asked_at: at, owner: by }) => ({ at, own: by === owner }))
}

const columns = [
  ...(['id', 'channel', 'address', 'return_path as returnPath', 'expires_at as expiresAt', 'tries'] as const),
  ...(['confirmed_at as confirmedAt', 'used_at as usedAt'] as const),
] as const

/** The last request of this browser, held until the transaction ends so that tries are counted one by one. */
export async function findOwnRequest(db: Db, area: string, owner: string): Promise<Waiting | undefined> {
  const found = await db
    .selectFrom('code.request')
    .select(columns)
    .where('area', '=', area)
    .where('owner', '=', owner)
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
  // Checked: the table itself refuses any other channel.
  return found as Waiting | undefined
}

/** A request by its id, for the work that sends the code. */
export async function findRequest(db: Db, area: string, id: string): Promise<Waiting | undefined> {
  const own = db.selectFrom('code.request').select(columns).where('area', '=', area)
  // Checked: as above.
  return (await own.where('id', '=', id).executeTakeFirst()) as Waiting | undefined
}

type Changing = Readonly<{ tries?: number; confirmed_at?: Temporal.Instant; used_at?: Temporal.Instant }>

/** Keeps what came of a try: one more that failed, the right code, or that somebody signed in with it. */
export async function changeRequest(db: Db, area: string, id: string, set: Changing): Promise<void> {
  await db.updateTable('code.request').set(set).where('area', '=', area).where('id', '=', id).execute()
}

/**
 * Whom a number or an address may be used for: it is theirs, safe and wanted, and their access is not closed. Asked when
 * the code is sent and again when it comes back.
 */
export async function listCandidates(db: Db, area: string, way: CodeWay): Promise<Candidate[]> {
  const there = await db
    .selectFrom('people.means as means')
    .innerJoin('people.person as own', (join) =>
      join.onRef('own.area', '=', 'means.area').onRef('own.id', '=', 'means.person'),
    )
    .innerJoin('people.person as kept', (join) =>
      join.onRef('kept.area', '=', 'own.area').on('kept.id', '=', sql<string>`coalesce(own.merged_into, own.id)`),
    )
    .distinct()
    .select(['kept.id as person', 'kept.born_on as bornOn'])
    .where('means.area', '=', area)
    .where('means.value_key', '=', keyOf(way))
    .where('means.kind', '=', way.channel === 'text' ? 'mobile' : 'email')
    .where('means.ended_at', 'is', null)
    // What they gave themselves lets nobody in before they showed that it is theirs, and what others gave not before it is known.
    .where('means.unconfirmed_at', 'is', null)
    .where(isTheirs('means'))
    .orderBy('kept.id')
    .execute()
  const candidates: Candidate[] = []
  for (const one of there) {
    const may = await mayContact(db, { area, person: one.person, ...way })
    if (may.allowed && !(await isClosed(db, area, one.person))) candidates.push(one)
  }
  return candidates
}
