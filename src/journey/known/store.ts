import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { isContactWanted } from '#registers/contact-wish/store.ts'
import { calledName, likeness } from '#registers/people/rules.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import { likenesses } from './rules.ts'

/**
 * Another record that may be of the same person; without an id where this actor may not open it, and with the pair in
 * which somebody says whether they are one person, where there is one.
 */
export type Alike = Readonly<{
  person: string
  id: string | undefined
  pair: string | undefined
  name: string
  why: string
}>

/**
 * The records that look like these people's, whoever holds them, so that nobody is asked twice. What somebody has
 * decided to be two people is left out, and so is a restricted record unless this actor is named for it.
 */
export async function listAlike(db: Db, actor: Actor, people: readonly string[]): Promise<Alike[]> {
  const reachable = mayReachPerson(actor, 'open', 'other.id')
  const rows = await db
    .selectFrom('people.person as one')
    .innerJoin('people.person as other', (join) =>
      join.onRef('other.area', '=', 'one.area').onRef('other.id', '<>', 'one.id')
        .on(sql<boolean>`(other.nhs_number = one.nhs_number
          or (other.born_on = one.born_on and lower(other.family_name) = lower(one.family_name)))`),
    )
    .leftJoin('likeness.pair as pair', (join) =>
      join.onRef('pair.area', '=', 'one.area').on('pair.undone_at', 'is', null)
        .on(sql<boolean>`least(pair.person, pair.other) = least(one.id, other.id)
          and greatest(pair.person, pair.other) = greatest(one.id, other.id)`),
    )
    .select(['one.id as person', 'one.nhs_number', 'one.given_name', 'one.family_name', 'one.born_on', 'one.postcode'])
    .select(['other.id as otherId', 'other.nhs_number as otherNumber', 'other.given_name as otherGiven'])
    .select([
      'other.family_name as otherFamily',
      'other.preferred_name as otherPreferred',
      'other.born_on as otherBorn',
    ])
    .select(['other.postcode as otherPostcode', 'pair.id as pair', reachable.as('reachable')])
    .where('one.area', '=', actor.area)
    .where(sql<boolean>`one.id = any(${[...people]}::uuid[])`)
    .where('one.merged_into', 'is', null)
    .where('other.merged_into', 'is', null)
    .where(sql<boolean>`(not other.restricted or ${reachable})`)
    .where(sql<boolean>`pair.decision is distinct from 'different'`)
    .orderBy('other.id')
    .execute()
  return rows.flatMap((row) => alikeIn(row))
}

type Pair = Readonly<{ person: string; otherId: string; reachable: boolean; pair: string | null }> &
  Readonly<{ otherNumber: string | null; otherGiven: string; otherFamily: string; otherPreferred: string | null }> &
  Readonly<{ otherBorn: Temporal.PlainDate; otherPostcode: string | null }> &
  Parameters<typeof likeness>[0]

function alikeIn(row: Pair): Alike[] {
  const other = {
    ...{ nhs_number: row.otherNumber, given_name: row.otherGiven, family_name: row.otherFamily },
    ...{ born_on: row.otherBorn, postcode: row.otherPostcode, preferred_name: row.otherPreferred },
  }
  const why = likeness(row, other)
  if (!why) return []
  const seen = row.reachable
    ? { id: row.otherId, pair: row.pair ?? undefined, name: calledName(other) }
    : { id: undefined, pair: undefined, name: 'Somebody known to another organisation of this area' }
  return [{ person: row.person, ...seen, why: likenesses[why] }]
}

/**
 * Who of the area may be somebody that was referred, of whom nobody has decided yet, and is not to be written to: who said
 * no, has died, or whose record, pages or this very way are closed. They are looked for by the numbers and addresses
 * that came with the referral, and among the records that look alike; two people who were told apart are left out. It
 * says of nobody whether they are known: what comes of it is for those alone who may open the record.
 */
export async function listNotToWriteTo(db: Db, area: string, person: string): Promise<string[]> {
  const pair = sql`select from likeness.pair pair where pair.area = ${area} and pair.undone_at is null
    and least(pair.person, pair.other) = least(one.id, holder.id)
    and greatest(pair.person, pair.other) = greatest(one.id, holder.id)`
  const { rows } = await sql<{ id: string }>`select holder.id from people.person one
    cross join lateral (${sharing(area)} union ${paired(area)}) as found (id)
    join people.person holder on holder.area = one.area and holder.id = found.id and holder.id <> one.id
    where one.area = ${area} and one.id = ${person} and one.merged_into is null and holder.merged_into is null
      and ${undecided('one.id')} and not exists (${pair} and pair.decision = 'different')
      and (holder.restricted or holder.died_on is not null or ${isContactWanted(area, 'holder.id')} = false
        or exists (${sharedWays(area)} and (not theirs.safe or not theirs.wanted)
          and coalesce(whose.merged_into, whose.id) = holder.id)
        or exists (select from online.closing where closing.area = ${area} and closing.lifted_at is null
          and closing.person = holder.id)
        or ${heldFor('holder.id')})
    order by holder.id`.execute(db)
  return rows.map(({ id }) => id)
}

// The numbers and email addresses of the one who was referred, where somebody has them: read by their value, and few.
const sharedWays = (area: string, what = sql``) => sql`select ${what} from people.means given
  join people.means theirs on theirs.area = given.area and theirs.value_key = given.value_key and theirs.ended_at is null
  join people.person whose on whose.area = theirs.area and whose.id = theirs.person
  where given.area = ${area} and given.person = one.id and given.ended_at is null and given.kind <> 'post'`

const sharing = (area: string) => sharedWays(area, sql`coalesce(whose.merged_into, whose.id)`)

const paired = (area: string) => sql`select case when pair.person = one.id then pair.other else pair.person end
  from likeness.pair pair where pair.area = ${area} and pair.undone_at is null and pair.decided_at is null
    and (pair.person = one.id or pair.other = one.id)`

const referralsOf = (person: string) => sql`select from referral.referral referral
  left join episode.standing standing on standing.area = referral.area and standing.episode = referral.episode
  left join referral.answer answer on answer.area = referral.area and answer.referral = referral.id
  where referral.area = one.area and referral.person = ${sql.ref(person)}`

const undecided = (person: string) =>
  sql`exists (${referralsOf(person)} and (standing.stage = 'received' or referral.episode is null))`

// Somebody else was referred with it whom nobody has asked yet.
const heldFor = (person: string) =>
  sql`exists (${referralsOf(person)} and referral.episode is null and answer.referral is null)`
