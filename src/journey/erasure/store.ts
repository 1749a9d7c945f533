import { type Insertable, sql } from 'kysely'
import type { Actor, Role } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Tables } from '#platform/database/types.ts'
import { forgetEveryPress } from '#platform/form/done.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import type { WayOfAsking } from '#journey/rectification/rules.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'
import type { Ground, InTheWay } from './rules.ts'

function requests(db: Db, area: string) {
  return (
    db
      .selectFrom('erasure.request as request')
      .leftJoin('erasure.decision as decision', (join) =>
        join.onRef('decision.area', '=', 'request.area').onRef('decision.request', '=', 'request.id'),
      )
      .select(['request.id', 'request.person', 'request.said', 'request.asked_on as askedOn', 'decision.erases'])
      .select(['request.recorded_at as recordedAt', 'decision.why', 'decision.at as decidedAt'])
      .select([findNameOf(area, 'request.recorded_by').as('by'), findNameOf(area, 'decision.by').as('decidedBy')])
      // Checked: written from the lists in the rules alone.
      .select([sql<WayOfAsking>`request.how`.as('how'), sql<Ground | null>`decision.ground`.as('ground')])
      .where('request.area', '=', area)
  )
}

/** What somebody asked to be erased, the newest first. Ask findPerson before: it decides who may know. */
export async function listErasureRequests(db: Db, area: string, people: readonly string[]) {
  return requests(db, area).where(isAnyOf('request.person', people)).orderBy('request.id', 'desc').execute()
}

export type ErasureRequest = Awaited<ReturnType<typeof listErasureRequests>>[number]

/** One request for erasure. Ask findPerson about its person: it decides who may know. */
export async function findErasureRequest(db: Db, area: string, id: string): Promise<ErasureRequest | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  return requests(db, area).where('request.id', '=', id).executeTakeFirst()
}

/** That somebody asked to be erased, on their timeline. Ask findPerson before. */
export async function listErasureRequestsOnTimeline(db: Db, asked: Asked) {
  const query = requests(db, asked.area).where(isAnyOf('request.person', asked.people))
  return readNewest(query, { at: 'request.recorded_at', id: 'request.id' }, asked).execute()
}

/** Keeps that somebody asked; sent twice it stands once. */
export async function saveErasureRequest(db: Db, asked: Insertable<Tables['erasure.request']>): Promise<void> {
  await db
    .insertInto('erasure.request')
    .values(asked)
    .onConflict((twice) => twice.doNothing())
    .execute()
}

/** Keeps what was decided; false where somebody else has decided before. */
export async function saveErasureDecision(db: Db, given: Insertable<Tables['erasure.decision']>): Promise<boolean> {
  const saved = await db
    .insertInto('erasure.decision')
    .values(given)
    .onConflict((twice) => twice.doNothing())
    .returning('request')
    .executeTakeFirst()
  return saved !== undefined
}

/** What stands in the way of erasing somebody now. */
export async function findInTheWay(db: Db, area: string, person: string): Promise<InTheWay> {
  const { rows } = await sql<InTheWay>`select
      (select reason from hold.hold where area = ${area} and person = ${person} and lifted_at is null limit 1) as held,
      exists (select from episode.standing where area = ${area} and person = ${person} and ended_at is null) as open,
      exists (select from people.person where area = ${area} and id = ${person} and merged_into is not null) as merged`.execute(
    db,
  )
  return rows[0] ?? { held: null, open: false, merged: false }
}

type Beginning = Readonly<{ area: string; id: string; because: 'age' | 'asked'; by: string; at: Temporal.Instant }> &
  Readonly<{ people: readonly string[] }>

/** Begins to erase people; sent twice it is begun once. */
export async function beginErasing(db: Db, { people, ...run }: Beginning): Promise<void> {
  const begun = await db
    .insertInto('erasure.run')
    .values({ ...run, chosen: people.length })
    .onConflict((twice) => twice.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!begun) return
  const { area, id } = run
  await db
    .insertInto('erasure.chosen')
    .values(people.map((person) => ({ area, run: id, person })))
    .execute()
  await addJob(db, 'erasure.go-on', { area, run: id })
}

/** An erasure, for those of the organisation in which it was confirmed. */
export async function findRun(db: Db, actor: Actor, id: string) {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  const { area } = actor
  return db
    .selectFrom('erasure.run as run')
    .innerJoin('organisations.member as member', (join) =>
      join.onRef('member.area', '=', 'run.area').onRef('member.id', '=', 'run.by'),
    )
    .select(['run.id', 'run.chosen', 'run.erased', 'run.left_alone as leftAlone', 'run.at'])
    .select(['run.finished_at as finishedAt', 'member.name as by'])
    .where('run.area', '=', area)
    .where('run.id', '=', id)
    .where('member.organisation', '=', actor.organisation)
    .executeTakeFirst()
}

/** An erasure at work: in whose name, and whom it erases next. Those are held still until the step is done. */
export async function findNextOf(db: Db, area: string, run: string, most: number) {
  const people = await db
    .selectFrom('erasure.chosen as chosen')
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'chosen.area').onRef('person.id', '=', 'chosen.person'),
    )
    .select('chosen.person')
    .where('chosen.area', '=', area)
    .where('chosen.run', '=', run)
    .orderBy('chosen.person')
    .limit(most)
    .forUpdate('person')
    .execute()
  const by = await db
    .selectFrom('erasure.run as run')
    .innerJoin('organisations.member as member', (join) =>
      join.onRef('member.area', '=', 'run.area').onRef('member.id', '=', 'run.by'),
    )
    .select(['member.account', 'member.organisation'])
    // Checked: a membership is given in one of the roles.
    .select(sql<Role>`member.role`.as('role'))
    .where('run.area', '=', area)
    .where('run.id', '=', run)
    .executeTakeFirst()
  return { people: people.map(({ person }) => person), by }
}

type Step = Readonly<{ area: string; run: string; at: Temporal.Instant }>

/** Leaves somebody alone whom something stands in the way of erasing. */
export async function leaveAlone(db: Db, { area, run }: Step, person: string): Promise<void> {
  const own = db.deleteFrom('erasure.chosen').where('area', '=', area).where('run', '=', run)
  await own.where('person', '=', person).execute()
  await count(db, { area, run }, { left_alone: 1, erased: 0 })
}

/** Erases one of the people of an erasure with everything that is theirs. */
export async function eraseChosen(db: Db, { area, run, at }: Step, person: string): Promise<void> {
  await countMonths(db, { area, run, at }, person)
  await erasePeople(db, area, [person])
  await count(db, { area, run }, { left_alone: 0, erased: 1 })
}

/** Counts somebody among those erased in every month in which they were with the service, from the first step to the last. */
async function countMonths(db: Db, { area, run, at }: Step, person: string): Promise<void> {
  await sql`insert into erasure.month (area, run, month, people, at)
    select ${area}, ${run}, month::date, 1, ${at} from (
      select min(step.at) as first, max(step.at) as last
      from episode.step step join episode.episode episode on episode.area = step.area and episode.id = step.episode
      join people.person person on person.area = episode.area and person.id = episode.person
      where step.area = ${area} and (person.id = ${person} or person.merged_into = ${person})) spell,
      generate_series(date_trunc('month', spell.first at time zone 'Europe/London'),
        spell.last at time zone 'Europe/London', interval '1 month') month
    on conflict (area, run, month) do update set people = erasure.month.people + 1, at = excluded.at`.execute(db)
}

/** How many people who were with the service in a month were erased since a moment. */
export async function countErased(
  db: Db,
  area: string,
  { month, since }: Readonly<{ month: Temporal.PlainYearMonth; since: Temporal.Instant }>,
): Promise<number> {
  const found = await db
    .selectFrom('erasure.month')
    .select(sql<number>`coalesce(sum(people), 0)::integer`.as('people'))
    .where('area', '=', area)
    .where('month', '=', month.toPlainDate({ day: 1 }))
    .where('at', '>', since)
    .executeTakeFirstOrThrow()
  return found.people
}

async function count(db: Db, { area, run }: Omit<Step, 'at'>, more: Readonly<{ left_alone: number; erased: number }>) {
  await db
    .updateTable('erasure.run')
    .set((row) => ({
      left_alone: row('left_alone', '+', more.left_alone),
      erased: row('erased', '+', more.erased),
    }))
    .where('area', '=', area)
    .where('id', '=', run)
    .execute()
}

/** Goes on later with those who are left, or says that all is done. */
export async function goOnOrFinish(db: Db, { area, run, at }: Step): Promise<void> {
  const left = await db
    .selectFrom('erasure.chosen')
    .select('person')
    .where('area', '=', area)
    .where('run', '=', run)
    .limit(1)
    .executeTakeFirst()
  if (left) return addJob(db, 'erasure.go-on', { area, run })
  const own = db.updateTable('erasure.run').set({ finished_at: at }).where('area', '=', area).where('id', '=', run)
  await own.where('finished_at', 'is', null).execute()
}

/** Erases these people with everything that is theirs, and gives how many records that were. */
export async function erasePeople(db: Db, area: string, people: readonly string[]): Promise<number> {
  await forgetEveryPress(db, area)
  const { rows } = await sql<{ erased: number }>`
    select erasure.erase(${area}, ${[...people]}::uuid[]) as erased`.execute(db)
  return rows[0]?.erased ?? 0
}
