import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import { dayOf } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import { listMeans } from '#registers/means/store.ts'
import { findPerson } from '#registers/people/store.ts'
import { bannerOf, type Change, type Changed, changes } from './rules.ts'

/** Who changed what of a person's details and when, the newest first. Ask findPerson before: it decides who may know. */
export async function listChanges(db: Db, area: string, people: readonly string[], most = 50): Promise<Changed[]> {
  const rows = await db
    .selectFrom('journal.entry as entry')
    .select(['entry.id', 'entry.at', 'entry.what', 'entry.codes'])
    .select(
      sql<string | null>`(select member.name from organisations.member where member.area = ${area}
        and member.account = entry.account order by member.from_on desc limit 1)`.as('by'),
    )
    .where('entry.area', '=', area)
    .where('entry.person', 'in', [...people])
    .where('entry.kind', '=', 'act')
    .where('entry.what', 'in', Object.keys(changes))
    .orderBy('entry.id', 'desc')
    .limit(most)
    .execute()
  return rows.map(({ id, at, what, by, codes }) => {
    // Checked: the codes of these acts are written by the routes of this and the registers beside it.
    const { part = null, fields = [] } = codes as Readonly<{ part?: string; fields?: readonly string[] }>
    // Checked: the query asked for these alone.
    return { id, at, by, part, fields, what: what as Change }
  })
}

/** What stands in the banner of a record: asked by whoever shows one; nobody where this actor may not open it. */
export async function findBanner(db: Db, actor: Actor, person: string, now: Temporal.Instant) {
  const found = await findPerson(db, actor, person)
  return found && bannerOf(found, await listMeans(db, actor.area, found.id), dayOf(now))
}
