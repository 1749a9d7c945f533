import { sql } from 'kysely'
import { newId } from '#platform/ids.ts'
import type { Db } from '#platform/database/transaction.ts'
import { addressKey, type Channel, type Message } from '#platform/notify/rules.ts'
import { isOfPerson, listIdsOf } from '#registers/merged/store.ts'
import {
  type Allowance,
  allowsAsMuch,
  type Disclosure,
  disclosure,
  type LawfulBasis,
  type MayGo,
  type Offered,
  reasonNotToContact,
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
  /** The version of the privacy notice that was shown. */
  noticeVersion?: number | null
  /** The form it came with; the same answer of the same form is recorded once. */
  form?: string | null
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
      notice_version: answered.noticeVersion ?? null,
      form: answered.form ?? null,
      how: answered.how,
      lawful_basis: answered.lawfulBasis,
      recorded_by: answered.by,
      at: answered.at,
    })
    .onConflict((twice) => twice.columns(['area', 'form', 'switch', 'recipient']).doNothing())
    .execute()
  return id
}

/** The newest answer to each switch for each recipient. */
export async function listPermissions(db: Db, area: string, person: string) {
  return db
    .selectFrom('permissions.permission')
    .distinctOn(['switch', 'recipient'])
    .select(['id', 'switch', 'recipient', 'allows', 'given', 'wording_version', 'how', 'lawful_basis'])
    .select(['recorded_by', 'at'])
    .where('area', '=', area)
    .where('person', 'in', await listIdsOf(db, area, person))
    .orderBy('switch')
    .orderBy('recipient')
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** The one question every disclosure asks: may this recipient be told this much about this person? */
export async function mayDisclose(
  db: Db,
  asked: Readonly<{ area: string; person: string; recipient: Recipient; purpose: Allowance }>,
): Promise<Disclosure> {
  const { switch: about, name: recipient } = asked.recipient
  const newest = await newestAnswer(db, asked.area, { person: asked.person, switch: about, recipient })
  return disclosure(asked.recipient, asked.purpose, newest)
}

/** Whether the person agreed to take part and has not withdrawn: nothing is assessed before. */
export async function hasAgreedToTakePart(db: Db, area: string, person: string): Promise<boolean> {
  return (await newestAnswer(db, area, { person, switch: 'take-part', recipient: '' }))?.given ?? false
}

/** One way to reach a person: over which channel and at which address. */
export type Way = Readonly<{ area: string; person: string; channel: Channel; address: string }>

/** Whether a message may go to this person by this way now: they live, want it, and it is safe. */
export async function mayContact(db: Db, way: Way): Promise<MayGo> {
  const person = await db
    .selectFrom('people.person')
    .select(['died_on', sql<string>`coalesce(merged_into, id)`.as('id')])
    .where('area', '=', way.area)
    .where('id', '=', way.person)
    .executeTakeFirst()
  if (!person) return { allowed: false, why: 'There is no record of the person' }
  const [wantsContact, ways] = await Promise.all([
    newestAnswer(db, way.area, { person: person.id, switch: 'contact', recipient: '' }),
    waysInForce(db, { ...way, person: person.id }),
  ])
  const why = reasonNotToContact({ died: person.died_on !== null, wantsContact: wantsContact?.given, ways })
  return why === undefined ? { allowed: true } : { allowed: false, why }
}

/** Whether a message may leave: its person may be contacted this way, and what allowed it still stands. */
export async function mayLeave(db: Db, message: Message): Promise<MayGo> {
  const { area, person, recipient, allowedBy } = message
  if (person !== null && recipient === 'person') {
    const reached = await mayContact(db, { ...message, person })
    if (!reached.allowed) return reached
  }
  if (person !== null && (await hasDied(db, area, person))) return { allowed: false, why: 'The person has died' }
  if (isPermission.test(allowedBy) && !(await isStillGiven(db, area, allowedBy)))
    return { allowed: false, why: 'The person has taken back what allowed it' }
  return { allowed: true }
}

const isPermission = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

async function hasDied(db: Db, area: string, person: string): Promise<boolean> {
  const found = await db
    .selectFrom('people.person')
    .select('died_on')
    .where('area', '=', area)
    .where('id', '=', person)
    .executeTakeFirst()
  return found?.died_on != null
}

const meansFor = { email: 'email', text: 'mobile', letter: 'post' } as const

// A letter is written to the postal address of the record, in whatever form: there the whole way counts and not its text.
async function waysInForce(db: Db, { area, person, channel, address }: Way) {
  const key = addressKey(channel, address)
  const ways = await db
    .selectFrom('people.means')
    .select(['wanted', 'safe'])
    .where('area', '=', area)
    .where(isOfPerson('person', { area, person }))
    .where('kind', '=', meansFor[channel])
    .where('ended_at', 'is', null)
    .$if(channel !== 'letter', (query) => query.where('value_key', '=', key))
    .execute()
  return channel === 'letter' && ways.length === 0 ? [{ wanted: true, safe: true }] : ways
}

/** Whether a permission that something relied on still stands: no newer answer to the same question says no, or less. */
async function isStillGiven(db: Db, area: string, permission: string): Promise<boolean> {
  const relied = await db
    .selectFrom('permissions.permission')
    .select(['person', 'switch', 'recipient', 'allows'])
    .where('area', '=', area)
    .where('id', '=', permission)
    .executeTakeFirst()
  const newest = relied && (await newestAnswer(db, area, relied))
  return relied !== undefined && newest?.given === true && allowsAsMuch(newest.allows, relied.allows)
}

type Question = Readonly<{ person: string; switch: string; recipient: string }>

/** The newest answer, on whichever record of the person it was given. */
async function newestAnswer(db: Db, area: string, asked: Question) {
  return db
    .selectFrom('permissions.permission')
    .select(['id', 'given', 'allows', 'at'])
    .where('area', '=', area)
    .where('person', 'in', await listIdsOf(db, area, asked.person))
    .where('switch', '=', asked.switch)
    .where('recipient', 'in', ['', asked.recipient])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Every answer a person ever gave, the newest first, with who wrote it down. */
export async function listAnswers(db: Db, area: string, person: string) {
  return db
    .selectFrom('permissions.permission as permission')
    .leftJoin('organisations.member as member', (join) =>
      join.onRef('member.area', '=', 'permission.area').onRef('member.id', '=', 'permission.recorded_by'),
    )
    .select(['permission.id', 'permission.switch', 'permission.recipient', 'permission.allows', 'permission.given'])
    .select(['permission.wording_version', 'permission.notice_version', 'permission.how', 'permission.lawful_basis'])
    .select(['permission.at', 'member.name as by'])
    .where('permission.area', '=', area)
    .where(isOfPerson('permission.person', { area, person }))
    .orderBy('permission.at', 'desc')
    .orderBy('permission.id', 'desc')
    .execute()
}

/** The wordings an area has written itself. */
export async function listWordings(db: Db, area: string) {
  return db
    .selectFrom('permissions.wording')
    .select(['switch', 'version', 'text', 'from_on'])
    .where('area', '=', area)
    .execute()
}

export type NewWording = Readonly<{
  area: string
  switch: Offered
  version: number
  text: string
  from_on: Temporal.PlainDate
  set_by: string
  set_at: Temporal.Instant
}>

/** Adds the next version of a wording; false when somebody else has added that version meanwhile. */
export async function saveWording(db: Db, wording: NewWording): Promise<boolean> {
  const kept = await db
    .insertInto('permissions.wording')
    .values(wording)
    .onConflict((there) => there.columns(['area', 'switch', 'version']).doNothing())
    .returning('version')
    .executeTakeFirst()
  return kept !== undefined
}
