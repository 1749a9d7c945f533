import { type Insertable, sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Tables } from '#platform/database/types.ts'
import { dayOf } from '#platform/dates.ts'
import { calledName } from '#registers/people/rules.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import { findNameOf, isAnyOf } from '#journey/timeline/store.ts'
import { fewestYears, inWords, type Kept, type KeepingRules, rulesOn, verdictOn } from './rules.ts'

/** Every decision of the area about how long records are kept, the newest first, with who made it. */
export async function listRules(db: Db, area: string) {
  return db
    .selectFrom('keeping.rule as rule')
    .select(['rule.id', 'rule.kind', 'rule.years', 'rule.from_on', 'rule.source', 'rule.reason', 'rule.set_at'])
    .select(findNameOf(area, 'rule.set_by').as('by'))
    .where('rule.area', '=', area)
    .orderBy('rule.set_at', 'desc')
    .execute()
}

/** How long each kind of record is kept in the area on a day. */
export async function findRules(db: Db, area: string, on: Temporal.PlainDate): Promise<KeepingRules> {
  return rulesOn(await listRules(db, area), on)
}

/** Which organisations hold a record now, by name: they keep it until the day that the rules say. Ask findPerson before. */
export async function listKeepers(db: Db, area: string, people: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('people.holder as holder')
    .innerJoin('organisations.organisation as organisation', (join) =>
      join.onRef('organisation.area', '=', 'holder.area').onRef('organisation.id', '=', 'holder.organisation'),
    )
    .select('organisation.name')
    .distinct()
    .where('holder.area', '=', area)
    .where(isAnyOf('holder.person', people))
    .where('holder.until', 'is', null)
    .orderBy('organisation.name')
    .execute()
  return rows.map(({ name }) => name)
}

/** Keeps what the area decided; sent twice it stands once. */
export async function saveRule(db: Db, rule: Insertable<Tables['keeping.rule']>): Promise<void> {
  await db
    .insertInto('keeping.rule')
    .values(rule)
    .onConflict((twice) => twice.doNothing())
    .execute()
}

/** Somebody of whom the rules are asked. */
export type Looked = Kept & Readonly<{ person: string; name: string }>

type Wanted = Readonly<{
  rules: KeepingRules
  today: Temporal.PlainDate
  most: number
  after?: string | null
  people?: readonly string[]
}>

/**
 * People this member may list whose record is older than the fewest years anything is kept, the oldest first: all that
 * decides whether they are kept. Records that were merged go with the one that was kept.
 */
export async function listOld(db: Db, actor: Actor, { rules, today, most, after, people }: Wanted): Promise<Looked[]> {
  const { area } = actor
  const before = today.subtract({ years: fewestYears(rules) })
  const rows = await factsOf(db, area)
    .where(mayReachPerson(actor, 'list'))
    .where(sql<boolean>`person.registered_at < ${before}::date`)
    .$if(after !== undefined && after !== null, (query) => query.where('person.id', '>', after ?? ''))
    .$if(people !== undefined, (query) => query.where(sql<boolean>`person.id = any(${[...(people ?? [])]}::uuid[])`))
    .orderBy('person.id')
    .limit(most)
    .execute()
  return rows.map(lookedAt)
}

/** What decides about people whom somebody chose before, for work that is done later in their name. */
export async function listChosen(db: Db, area: string, people: readonly string[]): Promise<Looked[]> {
  const rows = await factsOf(db, area)
    .where(sql<boolean>`person.id = any(${[...people]}::uuid[])`)
    .execute()
  return rows.map(lookedAt)
}

type Asking = Readonly<{ db: Db; actor: Actor; today: Temporal.PlainDate }>

/** Of these people, who may be erased now because the record was kept long enough, and by which rule. */
export async function listDue({ db, actor, today }: Asking, people: readonly string[]) {
  const rules = await findRules(db, actor.area, today)
  const found = await listOld(db, actor, { rules, today, most: people.length, people })
  const judged = found.map((one) => ({ ...one, verdict: verdictOn(one, rules, today) }))
  const due = judged.filter(({ verdict }) => verdict.reasons.length === 0)
  return due.map(({ person, name, verdict }) => ({ person, name, why: inWords(verdict) }))
}

// Looking at a record is no entry on it, and neither is deciding how long it is kept.
const lastAct = (area: string) => sql<Temporal.Instant | null>`(select entry.at from journal.entry
  where entry.area = ${area} and entry.person = person.id and entry.kind = 'act'
    and entry.what not like 'keeping.%' and entry.what not like 'hold.%' and entry.what not like 'erasure.%' order by entry.id desc limit 1)`

function factsOf(db: Db, area: string) {
  const standing = sql`episode.standing where standing.area = ${area} and standing.person = person.id`
  return db
    .selectFrom('people.person as person')
    .select(['person.id', 'person.given_name', 'person.family_name', 'person.preferred_name'])
    .select(['person.died_on', 'person.registered_at', lastAct(area).as('lastAct')])
    .select([
      sql<Temporal.Instant | null>`(select max(step.recorded_at) from episode.step join episode.episode on episode.area = step.area
        and episode.id = step.episode where episode.area = ${area} and episode.person = person.id)`.as('lastStep'),
      sql<boolean>`exists (select from ${standing} and standing.started_at is not null)`.as('supported'),
      sql<boolean>`exists (select from ${standing} and standing.ended_at is null)`.as('openSupport'),
      sql<boolean>`exists (select from ${standing} and standing.stage = 'aftercare')`.as('openFollowUp'),
      sql<boolean>`exists (select from safety.concern where concern.area = ${area} and concern.person = person.id)`.as(
        'hasConcern',
      ),
      sql<string | null>`(select hold.reason from hold.hold where hold.area = ${area} and hold.person = person.id
        and hold.lifted_at is null order by hold.at limit 1)`.as('held'),
      sql<boolean>`exists (select from erasure.request where request.area = ${area} and request.person = person.id
        and not exists (select from erasure.decision where decision.area = ${area} and decision.request = request.id))
        or exists (select from rectification.request as wrong where wrong.area = ${area} and wrong.person = person.id
        and not exists (select from rectification.answer where answer.area = ${area} and answer.request = wrong.id))`.as(
        'asked',
      ),
    ])
    .where('person.area', '=', area)
    .where('person.merged_into', 'is', null)
}

type Row = Awaited<ReturnType<ReturnType<typeof factsOf>['execute']>>[number]

function lookedAt(row: Row): Looked {
  const { id, died_on: diedOn, registered_at, lastAct: act, lastStep: step, openSupport, openFollowUp } = row
  const last = [registered_at, act, step]
    .filter((at) => at !== null)
    .toSorted((one, other) => Temporal.Instant.compare(other, one))
  return {
    ...{ person: id, name: calledName(row), diedOn, supported: row.supported, hasConcern: row.hasConcern },
    lastEntryOn: dayOf(last[0] ?? registered_at),
    open: openSupport ? 'support' : openFollowUp ? 'follow-up' : null,
    ...{ held: row.held, asked: row.asked },
  }
}
