import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { calledName, likeness } from '#registers/people/rules.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import { likenesses } from '#journey/known/rules.ts'
import type { Known } from './rules.ts'

type Described = Readonly<{ nhsNumber: string | null; givenName: string; familyName: string }> &
  Readonly<{ bornOn: Temporal.PlainDate; postcode: string | null }>

/** The records that look like whom a form is about, whoever holds them; a restricted one only for those named for it. */
export async function listKnown(db: Db, actor: Actor, described: Described): Promise<Known[]> {
  const { nhsNumber, givenName, familyName, bornOn, postcode } = described
  const reachable = mayReachPerson(actor, 'open', 'person.id')
  const rows = await db
    .selectFrom('people.person as person')
    .select(['person.id', 'person.nhs_number', 'person.given_name', 'person.family_name', 'person.preferred_name'])
    .select(['person.born_on', 'person.postcode', reachable.as('reachable')])
    .where('person.area', '=', actor.area)
    .where('person.merged_into', 'is', null)
    .where(
      sql<boolean>`(person.nhs_number = ${nhsNumber}
      or (person.born_on = ${bornOn} and lower(person.family_name) = lower(${familyName})))`,
    )
    .where(sql<boolean>`(not person.restricted or ${reachable})`)
    .orderBy('person.id')
    .limit(20)
    .execute()
  const one = { nhs_number: nhsNumber, given_name: givenName, family_name: familyName, born_on: bornOn, postcode }
  return rows.flatMap((row): Known[] => {
    const why = likeness(one, row)
    if (!why) return []
    const seen = row.reachable ? { id: row.id, name: calledName(row) } : { id: undefined, name: elsewhere }
    return [{ ...seen, why: likenesses[why] }]
  })
}

const elsewhere = 'Somebody known to another organisation of this area'

/** The files that came with a message, without what stands in them. */
export async function listFiles(db: Db, area: string, mail: string) {
  return db
    .selectFrom('incoming.file')
    .select(['number', 'name', 'type', 'is_form as isForm', sql<number>`length(content)`.as('bytes')])
    .where('area', '=', area)
    .where('mail', '=', mail)
    .orderBy('number')
    .execute()
}

/** One file that came with a message. */
export async function findFile(db: Db, area: string, { mail, number }: Readonly<{ mail: string; number: number }>) {
  return db
    .selectFrom('incoming.file')
    .select(['name', 'content'])
    .where('area', '=', area)
    .where('mail', '=', mail)
    .where('number', '=', number)
    .executeTakeFirst()
}
