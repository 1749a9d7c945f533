import { createHash } from 'node:crypto'
import type { Db } from '#platform/database/transaction.ts'

/** A form that a member sends: who, where to, and with what, which is kept as a digest and cannot be read from it. */
export type Press = Readonly<{ area: string; owner: string; path: string; fields: unknown; at: Temporal.Instant }>

function keyOf({ owner, path, fields }: Press): Buffer {
  const sent: [string, unknown][] = typeof fields === 'object' && fields !== null ? Object.entries(fields) : []
  const inOrder = sent.toSorted(([one], [other]) => (one < other ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([owner, path, inOrder]))
    .digest()
}

// Within so many minutes the same form is the same press. Our own figure.
const minutes = 15

/** Keeps where somebody was led who sent a form. */
export async function keepPress(db: Db, press: Press, to: string): Promise<void> {
  const { area, at } = press
  await db
    .insertInto('form.press')
    .values({ area, key: keyOf(press), led_to: to, at })
    .onConflict((again) => again.columns(['area', 'key']).doUpdateSet({ led_to: to, at }))
    .execute()
}

/** Where the same person was led who sent the same form a few minutes ago; undefined where nobody did. */
export async function findPress(db: Db, press: Press): Promise<string | undefined> {
  const { area, at } = press
  const found = await db
    .selectFrom('form.press')
    .select('led_to')
    .where('area', '=', area)
    .where('key', '=', keyOf(press))
    .where('at', '>', at.subtract({ minutes }))
    .executeTakeFirst()
  return found?.led_to
}

/** Forgets where anybody was led: an address can name whom it was about. */
export async function forgetEveryPress(db: Db, area: string): Promise<void> {
  await db.deleteFrom('form.press').where('area', '=', area).execute()
}

/** Forgets what nobody presses a second time any more. */
export async function forgetPresses(db: Db, area: string, now: Temporal.Instant): Promise<void> {
  await db.deleteFrom('form.press').where('area', '=', area).where('at', '<', now.subtract({ minutes })).execute()
}
