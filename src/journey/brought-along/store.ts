import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Asked, Kind } from '#journey/timeline/rules.ts'
import { isAnyOf, readNewest } from '#journey/timeline/store.ts'
import { mayReadBrought } from './rules.ts'

type Reading = Asked & Readonly<{ actor: Actor; kind: Kind | null }>

/**
 * What somebody brought along from other areas, under every id they are known by: everything, or one part of it. Ask
 * findPerson before: it decides who may know.
 */
export async function listBroughtOnTimeline(db: Db, asked: Reading) {
  const { area, people, actor, kind } = asked
  const query = db
    .selectFrom('brought_along.entry as entry')
    .select(['entry.id', 'entry.at', 'entry.day_only as dayOnly', 'entry.what', 'entry.text', 'entry.mark'])
    .select(['entry.by_name as by', 'entry.from_name as from', 'entry.confined'])
    // Checked: written from the list of kinds alone.
    .select(sql<Kind>`entry.kind`.as('kind'))
    .where('entry.area', '=', area)
    .where(isAnyOf('entry.person', people))
    .$if(kind !== null, (all) => all.where('entry.kind', '=', kind))
  const rows = await readNewest(query, { at: 'entry.at', id: 'entry.id' }, asked).execute()
  return rows.map(({ confined, ...row }) => ({ ...row, readable: mayReadBrought(confined, actor) }))
}

/** Whether what was brought along tells of this fact, with its words: a fact that came with it has its id. */
export function isToldAlong(area: string, fact: string) {
  return sql<boolean>`exists (select from brought_along.entry told where told.area = ${area} and told.id = ${sql.ref(fact)})`
}
