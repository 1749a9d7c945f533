import { createHash, randomBytes } from 'node:crypto'
import { type Actor, type Participant, participantRole } from '#platform/access/rules.ts'
import { manyRows } from '#platform/database/bulk.ts'
import { newId } from '#platform/ids.ts'
import { type Db, sendWithCommit } from '#platform/database/transaction.ts'

/** Ids and codes that go with an entry: never text about a person. */
export type Codes = Readonly<Record<string, string | number | boolean | null | readonly string[]>>

/** One thing that happened, or one record that was looked at. */
export type Happening = Readonly<{
  kind: 'read' | 'act'
  /** What happened, as a code such as `contact.logged`. */
  what: string
  person?: string | undefined
  /** The id of the fact row (the contact, the plan ...). */
  subject?: string | undefined
  codes?: Codes
  /** Text of the fact row that the entry vouches for: only its salted digest is kept. */
  vouchesFor?: string
}>

/** A member as the journal names them. */
export type Member = Pick<Actor, 'account' | 'role' | 'organisation'>

/** Who did it: a member, a participant, or nobody signed in (a visitor, a link, the clock). */
export type By = Member | Participant | undefined

export type Writing = Readonly<{ area: string; by: By; happening: Happening; at: Temporal.Instant }>

/**
 * Writes the entry in the transaction of the act or the read itself, so that neither can stand without the other. It is
 * sent with the commit, which fails where the entry cannot be written.
 */
export function writeEntry(db: Db, { area, by, happening, at }: Writing): void {
  const id = newId()
  const salt = happening.vouchesFor === undefined ? undefined : randomBytes(16)
  const entry = {
    area,
    id,
    at,
    kind: happening.kind,
    what: happening.what,
    ...whoOf(by),
    person: happening.person ?? ownOf(by),
    subject: happening.subject ?? null,
    codes: JSON.stringify(happening.codes ?? {}),
    digest: salt ? digestOf(salt, happening.vouchesFor ?? '') : null,
  }
  sendWithCommit(db, [
    db.insertInto('journal.entry').values(entry),
    db.insertInto('journal.unsealed').values({ area, entry: id }),
    ...(salt ? [db.insertInto('journal.salt').values({ area, entry: id, salt })] : []),
  ])
}

function whoOf(by: By): Readonly<{ account: string | null; role: string | null; organisation: string | null }> {
  if (by === undefined) return { account: null, role: null, organisation: null }
  if ('person' in by) return { account: null, role: participantRole, organisation: null }
  return { account: by.account, role: by.role, organisation: by.organisation }
}

function ownOf(by: By): string | null {
  return by !== undefined && 'person' in by ? by.person : null
}

/** An act on many records, or a look at them, at once: one entry for each of them, as if it were done one by one. */
export type Many = Omit<Writing, 'happening'> &
  Readonly<{ what: string; on: readonly Readonly<{ person: string; subject: string; codes?: Codes }>[] }>

const columns = [
  ...(['area', 'id', 'at', 'kind', 'what', 'account', 'role'] as const),
  ...(['organisation', 'person', 'subject', 'codes'] as const),
] as const

/** Writes the entries of an act on many records, in the transaction of the act. */
export async function writeEntries(db: Db, many: Many): Promise<void> {
  await Promise.all(entriesOf(db, 'act', many).map((statement) => statement.execute()))
}

/** Writes that each of these records was looked at, as `writeEntry` writes it of one: with the commit. */
export function writeReads(db: Db, many: Many): void {
  sendWithCommit(db, entriesOf(db, 'read', many))
}

function entriesOf(db: Db, kind: Happening['kind'], { area, by, at, what, on }: Many) {
  if (on.length === 0) return []
  const rows = on.map(({ codes, ...one }) => ({ ...one, id: newId(), codes: codes ?? {} }))
  const same = { ...whoOf(by), area, at, kind, what }
  const waiting = rows.map(({ id }) => ({ entry: id }))
  return [
    db
      .insertInto('journal.entry')
      .columns(columns)
      .expression(manyRows('journal.entry', columns, rows, same)),
    db
      .insertInto('journal.unsealed')
      .columns(['area', 'entry'])
      .expression(manyRows('journal.unsealed', ['area', 'entry'], waiting, { area })),
  ]
}

type Done = Readonly<{ what: readonly string[]; subject: string }>

/** Whether a participant has done something to one of their own things by themselves before: a form that comes again. */
export async function hasDone(db: Db, { area, person }: Participant, { what, subject }: Done): Promise<boolean> {
  const before = await db
    .selectFrom('journal.entry')
    .select('id')
    .where('area', '=', area)
    .where('person', '=', person)
    .where('role', '=', participantRole)
    .where('subject', '=', subject)
    .where('what', 'in', what)
    .limit(1)
    .executeTakeFirst()
  return before !== undefined
}

/** Forgets the text that an entry vouches for: without its salt the digest says nothing, and the chain stays whole. */
export async function forgetSalt(db: Db, area: string, entry: string): Promise<void> {
  await db.deleteFrom('journal.salt').where('area', '=', area).where('entry', '=', entry).execute()
}

/** The digest that stands for a text in the journal; without the salt it says nothing about it. */
export function digestOf(salt: Uint8Array, text: string): Buffer {
  return createHash('sha256').update(salt).update(text).digest()
}
