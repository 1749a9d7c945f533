import { manyRows } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Brought } from './rules.ts'

/** Something that happened in another area, of which only a few may read where it is confined. */
export type TakenEntry = Brought & Readonly<{ confined: boolean }>

type Whose = Readonly<{ area: string; person: string; episode: string }>

const columns = [
  ...(['area', 'id', 'person', 'episode', 'kind', 'at', 'day_only', 'what', 'text', 'mark'] as const),
  ...(['by_name', 'from_name', 'confined'] as const),
] as const

/** Keeps what somebody brought along, each at its time and with who wrote it down where. */
export async function takeBrought(db: Db, whose: Whose, entries: readonly TakenEntry[]): Promise<void> {
  if (entries.length === 0) return
  const rows = entries.map(({ dayOnly, by, from, ...entry }) => ({
    ...{ ...entry, day_only: dayOnly, by_name: by, from_name: from },
  }))
  await db
    .insertInto('brought_along.entry')
    .columns(columns)
    .expression(manyRows('brought_along.entry', columns, rows, whose))
    .execute()
}
