import { type RawBuilder, sql } from 'kysely'

/**
 * Whether the person of a column wants to be contacted, of all their records, as a part of another query; null where
 * nobody has said. It is what `counting` says, where the answers of many people are asked for at once.
 */
export function isContactWanted(area: string, person: string) {
  const kept = sql`(select coalesce(known.merged_into, known.id) from people.person known
    where known.area = ${area} and known.id = ${sql.ref(person)})`
  const wanted: RawBuilder<boolean | null> = sql`(select said.given from permissions.permission said
    where said.area = ${area} and said.switch = 'contact' and said.recipient = '' and said.person in (select ${kept}
      union all select other.id from people.person other where other.area = ${area} and other.merged_into = ${kept})
    order by said.how <> 'referrer' and said.batch is null desc, said.at desc, said.id desc limit 1)`
  return wanted
}
