import { sql } from 'kysely'
import { participantRole } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import type { Look, Wanted } from './rules.ts'

type Asked = Wanted & Readonly<{ area: string; person: string }>

/**
 * The looks at a person's record, on whichever of their records they were, newest first. Ask findPerson before: it decides
 * who may know.
 */
export async function listLooks(db: Db, { area, person, before, most, othersOnly = false }: Asked): Promise<Look[]> {
  return db
    .selectFrom('journal.entry as entry')
    .leftJoin('organisations.organisation as organisation', (join) =>
      join.onRef('organisation.area', '=', 'entry.area').onRef('organisation.id', '=', 'entry.organisation'),
    )
    .select(['entry.id', 'entry.at', 'entry.what', 'entry.account', 'entry.role'])
    .select(
      // A system comes in for one organisation.
      sql<string | null>`coalesce(organisation.name, (select whose.name from clients.client client
        join organisations.organisation whose on whose.area = client.area and whose.id = client.organisation
        where client.area = ${area} and client.id::text = entry.codes ->> 'client'))`.as('organisation'),
    )
    .select(['entry.subject', sql<string | null>`entry.codes ->> 'purpose'`.as('purpose')])
    .select(
      sql<string | null>`(select member.name from organisations.member member
        where member.area = ${area} and member.account = entry.account order by member.id desc limit 1)`.as('name'),
    )
    .where('entry.area', '=', area)
    .where(isOfPerson('entry.person', { area, person }))
    .where('entry.kind', '=', 'read')
    .$if(othersOnly, (query) => query.where(sql<boolean>`entry.role is distinct from ${participantRole}`))
    .$if(before !== null, (query) => query.where('entry.id', '<', before ?? ''))
    .orderBy('entry.id', 'desc')
    .limit(most)
    .execute()
}
