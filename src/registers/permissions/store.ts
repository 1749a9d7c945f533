import { sql } from 'kysely'
import { newId } from '#platform/ids.ts'
import type { Db } from '#platform/database/transaction.ts'
import { withdrawLinks } from '#platform/link/links.ts'
import { isPermission, type Message } from '#platform/notify/rules.ts'
import { stopWaiting } from '#platform/notify/stopping.ts'
import type { Ticked } from '#registers/fact/rules.ts'
import { reasonNotToContact } from '#registers/means/rules.ts'
import { listWaysInForce, type Way } from '#registers/means/store.ts'
import { isOfPerson, listIdsOf } from '#registers/merged/store.ts'
import { isOwn, newestOf } from '#registers/own-word/rules.ts'
import { type Allowance, allowsAsMuch, answerTo, type Disclosure, disclosure, type LawfulBasis } from './rules.ts'
import { type MayGo, outlastsLeaving, type Recipient, type Switch, takesBack, type WayOfAgreeing } from './rules.ts'
import type { Offered, Wording, WordsHeard } from '#registers/wording/rules.ts'

export type Answered = Readonly<{
  area: string
  person: string
  switch: Switch
  recipient?: string
  allows?: Allowance
  /** Which facts of a summary; null where they were not narrowed down. */
  facts?: Ticked
  given: boolean
  /** The version of our words that they were shown or read, or that whoever spoke for them was. */
  wordingVersion: WordsHeard
  /** The version of the privacy notice that was shown. */
  noticeVersion?: number | null
  /** The form it came with; the same answer of the same form is recorded once. */
  form?: string | null
  how: WayOfAgreeing
  lawfulBasis: LawfulBasis
  by: string | null
  at: Temporal.Instant
}>

/** Records a yes or a no. Earlier answers stay as history; the newest one counts, and what it takes back stops at once. */
export async function recordPermission(db: Db, answered: Answered): Promise<string> {
  const id = newId()
  const writing = db
    .insertInto('permissions.permission')
    .values({
      ...{ area: answered.area, id, person: answered.person, switch: answered.switch },
      ...{ recipient: answered.recipient ?? '', allows: answered.allows ?? 'status', given: answered.given },
      ...{ wording_version: versionOf(answered), notice_version: answered.noticeVersion ?? null },
      facts: answered.facts ? [...answered.facts] : null,
      ...{ form: answered.form ?? null, how: answered.how, lawful_basis: answered.lawfulBasis },
      ...{ recorded_by: answered.by, at: answered.at },
    })
    .onConflict((twice) => twice.columns(['area', 'form', 'switch', 'recipient']).doNothing())
    .returning('id')
    .executeTakeFirst()
  const everything = answered.given ? undefined : allOfIt[answered.switch]
  // Asked in the same breath as it is written: what counts now, and what that takes back.
  const [kept, counts, takenBackBy] = await Promise.all([
    writing,
    newestAnswer(db, answered.area, { recipient: '', ...answered }),
    everything === undefined ? listTakenBack(db, answered) : undefined,
  ])
  // What is only heard of somebody takes nothing back of what they said themselves.
  const isHearsay = answered.how === 'referrer' && counts !== undefined && isOwn(counts)
  if (kept && !isHearsay) await stopWhatWasAllowed(db, answered, everything ?? takenBack, takenBackBy)
  return id
}

const versionOf = ({ wordingVersion: heard }: Answered) => (heard === 'none-of-ours' ? null : heard)

/** What else follows at once when somebody says what they allow, or takes it back: whoever keeps it answers, in the same transaction. */
export type SettleSaid = (db: Db, of: Pick<Answered, 'area' | 'person' | 'at'>) => Promise<void>

const takenBack = 'The person has taken back what allowed it'
// Without these nothing else goes on: whoever says no to one of them has everything stopped that waits or stands open.
const allOfIt: Partial<Record<Switch, string>> = {
  ...{ 'take-part': 'The person does not take part any more', contact: 'The person does not want to be contacted' },
}

/**
 * Closes the links and holds back the messages that an answer no longer allows, in its own transaction. A no for one
 * recipient also stops what an answer for all of its kind allowed: to whom that goes is not known, and silence is safe.
 */
async function stopWhatWasAllowed(db: Db, answered: Answered, reason: string, allowedBy?: readonly string[]) {
  const { area, person, at: now } = answered
  if (allowedBy?.length === 0) return
  const people = await listIdsOf(db, area, person)
  // Whoever wants no contact may still want others to hear how they get on: that is asked with its own switch.
  const recipient = answered.switch === 'contact' ? ('person' as const) : undefined
  const only = allowedBy ? { allowedBy } : { recipient }
  await stopWaiting(db, { area, people, ...only, reason, now })
  for (const one of people) await withdrawLinks(db, { area, person: one, ...(allowedBy ? { allowedBy } : {}), now })
}

/** The earlier answers to the same question that allowed more than this one does. */
async function listTakenBack(db: Db, answered: Answered): Promise<string[]> {
  const { area, person, given, allows = 'status', facts = null, recipient = '', at } = answered
  const earlier = await db
    .selectFrom('permissions.permission')
    .select(['id', 'switch', 'recipient', 'given', 'allows', 'facts', 'how', 'batch'])
    .where('area', '=', area)
    .where(isOfPerson('person', { area, person }))
    .where('switch', '=', answered.switch)
    .where('given', '=', true)
    .where('at', '<=', at)
    .$if(recipient !== '', (query) => query.where(isFor(recipient)))
    .execute()
  return earlier.filter((one) => takesBack({ given, allows, facts, recipient }, one)).map(({ id }) => id)
}

/** Whether an answer is for a recipient: for all of their kind, or for them by name, however that was typed. */
const isFor = (to: string) => sql<boolean>`(lower(recipient) = lower(${to}) or recipient = '')`

/** The answers that count now: to each switch, for all of its kind and for each recipient named. */
export async function listPermissions(db: Db, area: string, person: string) {
  const all = await db
    .selectFrom('permissions.permission')
    .select(['id', 'switch', 'recipient', 'allows', 'facts', 'given', 'wording_version'])
    .select(['how', 'batch', 'lawful_basis', 'recorded_by', 'at'])
    .where('area', '=', area)
    .where(isOfPerson('person', { area, person }))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return newestOf(all).toSorted((a, b) => `${a.switch} ${a.recipient}`.localeCompare(`${b.switch} ${b.recipient}`))
}

/** The one question every disclosure asks: may this recipient be told this much about this person? */
export async function mayDisclose(
  db: Db,
  { area, purpose, ...asked }: Readonly<{ area: string; person: string; recipient: Recipient; purpose: Allowance }>,
): Promise<Disclosure> {
  const about = { ...asked.recipient, ...asked, recipient: asked.recipient.name }
  const newest = await newestAnswer(db, area, { ...about, outlasts: outlastsLeaving(about.switch, purpose) })
  return disclosure(asked.recipient, purpose, newest)
}

/** Whether the person agreed to take part and has not withdrawn: nothing is assessed before. */
export async function hasAgreedToTakePart(db: Db, area: string, person: string): Promise<boolean> {
  return (await newestAnswer(db, area, { person, switch: 'take-part', recipient: '' }))?.given ?? false
}

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
    listWaysInForce(db, { ...way, person: person.id }),
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
  return isStillAllowed(db, { area, person, allowedBy })
}

/** Whether what a message or a link goes out on still stands: its person lives, and has not taken the permission back. */
export async function isStillAllowed(db: Db, of: Pick<Message, 'area' | 'person' | 'allowedBy'>): Promise<MayGo> {
  const { area, person, allowedBy } = of
  if (person !== null && (await hasDied(db, area, person))) return { allowed: false, why: 'The person has died' }
  const under = isPermission(allowedBy) ? await findStillGiven(db, area, allowedBy) : allowedBy
  return under === undefined ? { allowed: false, why: takenBack } : { allowed: true, under }
}

async function hasDied(db: Db, area: string, person: string): Promise<boolean> {
  const { rows } = await sql<{ died: boolean }>`select died_on is not null as died from people.person
    where area = ${area} and id = ${person}`.execute(db)
  return rows[0]?.died ?? false
}

/** The switch of a permission that still stands: no newer answer to the same question says no, or less. */
async function findStillGiven(db: Db, area: string, permission: string): Promise<string | undefined> {
  const relied = await db
    .selectFrom('permissions.permission')
    .select(['person', 'switch', 'recipient', 'allows', 'facts'])
    .where('area', '=', area)
    .where('id', '=', permission)
    .executeTakeFirst()
  const outlasts = relied && outlastsLeaving(relied.switch, 'status')
  const newest = relied && (await newestAnswer(db, area, { ...relied, outlasts }))
  return relied && newest?.given && allowsAsMuch(newest, relied) ? relied.switch : undefined
}

type Question = Readonly<{ person: string; switch: string; recipient: string; alone?: true | undefined }> &
  Readonly<{ outlasts?: boolean | undefined }>

async function newestAnswer(db: Db, area: string, asked: Question) {
  const answers = await db
    .selectFrom('permissions.permission')
    .select(['id', 'switch', 'recipient', 'given', 'allows', 'facts', 'how', 'batch', 'at'])
    .where('area', '=', area)
    .where(isOfPerson('person', { area, person: asked.person }))
    .where('switch', 'in', [asked.switch, 'take-part'])
    .where(isFor(asked.recipient))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return answerTo(answers, asked)
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
    .select(['permission.facts', 'permission.batch', 'permission.at', 'member.name as by'])
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

type By = Readonly<{ set_by: string; set_at: Temporal.Instant }>
export type NewWording = Wording & By & Readonly<{ area: string; switch: Offered }>

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
