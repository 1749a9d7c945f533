import { createHash } from 'node:crypto'
import type { Db } from '#platform/database/transaction.ts'
import { resentMessage, type Typed } from './rules.ts'

/** A form that comes in: the id it was shown with, where it is sent to, and what stands in it. */
export type Sent = Readonly<{ area: string; id: string; path: string; digest: Buffer; at: Temporal.Instant }>

const keyOf = ({ id, path }: Sent): Buffer => createHash('sha256').update(`${id} ${path}`).digest()

// For longer than anybody keeps a page open and goes back to it. Our own figure.
const daysKept = 30

/**
 * Takes a form in hand until the transaction ends. Gives how it stands to one of the same id that was taken before: the
 * first of it, the same words again (a second press), or others, by somebody who went back and changed them.
 */
export async function claimForm(db: Db, sent: Sent): Promise<'first' | 'again' | 'changed'> {
  const { area, digest, at } = sent
  const key = keyOf(sent)
  const first = await db
    .insertInto('form.sent')
    .values({ area, key, digest, at })
    .onConflict((known) => known.doNothing())
    .returning('area')
    .executeTakeFirst()
  if (first) return 'first'
  const before = await db
    .selectFrom('form.sent')
    .select('digest')
    .where('area', '=', area)
    .where('key', '=', key)
    .executeTakeFirst()
  return before === undefined || before.digest.equals(digest) ? 'again' : 'changed'
}

/** Lets go of a form that was not taken: it may come again, put right. */
export async function releaseForm(db: Db, sent: Sent): Promise<void> {
  await db.deleteFrom('form.sent').where('area', '=', sent.area).where('key', '=', keyOf(sent)).execute()
}

/** Forgets the forms that nobody sends a second time any more. */
export async function forgetSentForms(db: Db, area: string, now: Temporal.Instant): Promise<void> {
  const before = now.subtract({ hours: 24 * daysKept })
  await db.deleteFrom('form.sent').where('area', '=', area).where('at', '<', before).execute()
}

/** Of all that stands in a form, in whatever order it comes, and of the files that came with it. */
export function digestOf(typed: Typed, files: readonly string[]): Buffer {
  const fields = Object.entries(typed).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([fields, files]))
    .digest()
}

/** What was typed, to be shown once more under an id of its own, so that it can be kept beside what was sent first. */
export function asResent(typed: Typed, id: string) {
  return { ok: false, typed: { ...typed, id }, problems: [{ field: 'id', message: resentMessage }] } as const
}
