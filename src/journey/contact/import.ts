import { manyRows, takeBack, type TakenBack } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Way } from '#journey/reaching/rules.ts'
import type { DueWhat, Result } from './rules.ts'

/** A try to reach somebody that comes with a batch, with what was to follow. */
export type TakenContact = Readonly<{
  id: string
  episode: string
  way: Way
  result: Result
  note: string | null
  at: Temporal.Instant
  recordedAt?: Temporal.Instant
  by: string
  next: Readonly<{ what: DueWhat; on: Temporal.PlainDate }> | null
}>

const columns = [
  ...(['area', 'id', 'episode', 'way', 'result', 'note'] as const),
  ...(['happened_at', 'recorded_at', 'by', 'next_what', 'next_on'] as const),
] as const

/** Takes many contacts at once; the steps they caused come with their episodes. */
export async function takeContacts(db: Db, area: string, contacts: readonly TakenContact[]): Promise<void> {
  if (contacts.length === 0) return
  const rows = contacts.map(({ at, recordedAt, next, ...contact }) => ({
    ...contact,
    ...{ happened_at: at, recorded_at: recordedAt ?? at },
    ...{ next_what: next?.what ?? null, next_on: next?.on ?? null },
  }))
  await db
    .insertInto('contact.contact')
    .columns(columns)
    .expression(manyRows('contact.contact', columns, rows, { area }))
    .execute()
}

/** Takes back contacts of episodes that a batch brought; gives those that are gone. */
export function takeBackContacts(db: Db, { area, episodes, facts }: TakenBack): Promise<string[]> {
  return takeBack(db, 'contact', area, episodes, facts)
}
