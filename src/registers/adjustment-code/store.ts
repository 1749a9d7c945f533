import { sql } from 'kysely'
import type { participantRole, Role } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Provenance } from './rules.ts'

/**
 * Who wrote down what somebody needs, when and for whom, as the journal has it; where nobody here has, it came when the
 * person was registered. Ask findPerson before: it decides who may know.
 */
export async function findProvenance(db: Db, area: string, person: string): Promise<Provenance | undefined> {
  const { rows } = await sql<Written>`select entry.at, entry.role, organisation.name as organisation,
      organisation.ods_code as "odsCode", count(*) over ()::integer as times,
      (select member.name from organisations.member where member.area = ${area} and member.account = entry.account
        order by member.from_on desc limit 1) as by
    from journal.entry left join organisations.organisation
      on organisation.area = entry.area and organisation.id = entry.organisation
    where entry.area = ${area} and entry.person = ${person} and entry.kind = 'act' and entry.what = 'details.changed'
      and entry.codes ->> 'part' = 'access'
    order by entry.id desc limit 1`.execute(db)
  const [newest] = rows
  if (newest) return { ...newest, first: newest.times === 1 }
  const registered = await db
    .selectFrom('people.person')
    .select('registered_at as at')
    .where('area', '=', area)
    .where('id', '=', person)
    .executeTakeFirst()
  return registered && { at: registered.at, by: null, role: null, organisation: null, odsCode: null, first: true }
}

type Written = Readonly<{
  at: Temporal.Instant
  role: Role | typeof participantRole | null
  organisation: string | null
}> &
  Readonly<{ odsCode: string | null; times: number; by: string | null }>
