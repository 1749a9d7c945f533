import { sql } from 'kysely'
import type { Participant } from '#platform/access/rules.ts'
import type { Everywhere } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import { findNameOf, isAnyOf } from '#journey/timeline/store.ts'
import { type Allotting, type Cohort, type Gets, getsOf } from './rules.ts'

type Registering = Readonly<{ id: string; name: string; tried: string; measured: readonly string[] }> &
  Readonly<{ allotting: Allotting; fromOn: Temporal.PlainDate; untilOn: Temporal.PlainDate; at: Temporal.Instant }>

// Checked: the table itself refuses any other way.
const allotting = sql<Allotting>`allotting`.as('allotting')
// Checked: savePilot and changePilot alone write it, from the forms in the routes.
const cohort = sql<Cohort>`cohort`.as('cohort')

/** Registers a pilot that areas may join, in every database; sent twice it stands once. */
export async function saveOffered(
  everywhere: Everywhere,
  offered: Registering & Readonly<{ wording: string; byName: string }>,
): Promise<void> {
  const { id, name, tried, wording, measured, at } = offered
  const kept = { id, name, tried, wording, measured: [...measured], allotting: offered.allotting, at }
  const dated = { from_on: offered.fromOn, until_on: offered.untilOn, by_name: offered.byName }
  await everywhere((db) =>
    db
      .insertInto('pilot.offered')
      .values({ ...kept, ...dated })
      .onConflict((twice) => twice.column('id').doNothing())
      .execute(),
  )
}

/** What is offered to all areas, the newest first, with this area's own where it has joined. */
export async function listOffered(db: Db, area: string) {
  return db
    .selectFrom('pilot.offered as offered')
    .leftJoin('pilot.pilot as joined', (join) =>
      join.onRef('joined.offered', '=', 'offered.id').on('joined.area', '=', area),
    )
    .select(['offered.id', 'offered.name', 'offered.tried', 'offered.wording', 'offered.measured'])
    .select(['offered.from_on as fromOn', 'offered.until_on as untilOn', 'offered.by_name as byName'])
    .select([sql<Allotting>`offered.allotting`.as('allotting'), 'joined.id as joined'])
    .orderBy('offered.at', 'desc')
    .execute()
}

type NewPilot = Registering &
  Readonly<{ area: string; offered: string | null; seed: string | null; cohort: Cohort; words: string; by: string }>

/** Keeps a pilot of an area with the first version of its words; false when it was kept before, or joined before. */
export async function savePilot(db: Db, pilot: NewPilot): Promise<boolean> {
  const { area, id, offered, name, tried, seed, by, at, fromOn: from_on, untilOn: until_on } = pilot
  const saved = await db
    .insertInto('pilot.pilot')
    .values({
      ...{ area, id, offered, name, tried, measured: [...pilot.measured], allotting: pilot.allotting, seed, by, at },
      ...{ from_on, until_on, cohort: JSON.stringify(pilot.cohort) },
    })
    .onConflict((twice) => twice.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (saved) await saveWording(db, { area, pilot: id, words: pilot.words, by, at })
  return saved !== undefined
}

type Words = Readonly<{ area: string; pilot: string; words: string; by: string; at: Temporal.Instant }>

/** Keeps a new version of the words in which people are asked; who answered before answered to theirs. */
export async function saveWording(db: Db, { area, pilot, ...words }: Words): Promise<void> {
  await holdPilot(db, area, pilot)
  const { last } = await db
    .selectFrom('pilot.wording')
    .select(sql<number>`coalesce(max(version), 0)`.as('last'))
    .where('area', '=', area)
    .where('pilot', '=', pilot)
    .executeTakeFirstOrThrow()
  await db
    .insertInto('pilot.wording')
    .values({ area, pilot, version: last + 1, ...words })
    .execute()
}

async function holdPilot(db: Db, area: string, pilot: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('pilot ' || ${area} || ${pilot}, 0))`.execute(db)
}

function pilots(db: Db, area: string) {
  return db
    .selectFrom('pilot.pilot as pilot')
    .innerJoin('pilot.wording as wording', (join) =>
      join.onRef('wording.area', '=', 'pilot.area').onRef('wording.pilot', '=', 'pilot.id'),
    )
    .select(['pilot.id', 'pilot.offered', 'pilot.name', 'pilot.tried', 'pilot.measured', 'pilot.seed', allotting])
    .select(['pilot.from_on as fromOn', 'pilot.until_on as untilOn', 'pilot.at', 'wording.version', 'wording.words'])
    .select(['pilot.ended_at as endedAt', 'pilot.came', 'pilot.decided', findNameOf(area, 'pilot.by').as('by')])
    .select([cohort, findNameOf(area, 'pilot.ended_by').as('endedBy')])
    .where('pilot.area', '=', area)
    .where(
      sql<boolean>`wording.version = (select max(newest.version) from pilot.wording newest where newest.area = ${area} and newest.pilot = pilot.id)`,
    )
}

export type Pilot = Awaited<ReturnType<ReturnType<typeof pilots>['execute']>>[number]

/** The pilots of an area, the newest first. */
export async function listPilots(db: Db, area: string): Promise<Pilot[]> {
  return pilots(db, area).orderBy('pilot.from_on', 'desc').orderBy('pilot.id', 'desc').execute()
}

/** One pilot of an area. */
export async function findPilot(db: Db, area: string, pilot: string): Promise<Pilot | undefined> {
  return pilots(db, area).where('pilot.id', '=', pilot).executeTakeFirst()
}

type Changing = Readonly<{ id: string; area: string; pilot: string; seen: number; cohort: Cohort; why: string }> &
  Readonly<{ fromOn: Temporal.PlainDate; untilOn: Temporal.PlainDate; by: string; at: Temporal.Instant }>

/**
 * Changes the days of a pilot and whom it is for, and keeps how they were; false where somebody else changed them since
 * its writer saw them. Sent twice it is changed once.
 */
export async function changePilot(db: Db, { seen, why, ...change }: Changing): Promise<boolean> {
  const { area, id, pilot, fromOn: from_on, untilOn: until_on, by, at } = change
  await holdPilot(db, area, pilot)
  const [changes, before] = [await listChanges(db, area, pilot), await findPilot(db, area, pilot)]
  if (changes.some((one) => one.id === id)) return true
  if (!before || (changes[0]?.number ?? 0) !== seen) return false
  const was = { from_on: before.fromOn, until_on: before.untilOn, cohort: JSON.stringify(before.cohort) }
  await db
    .insertInto('pilot.change')
    .values({ area, id, pilot, number: seen + 1, ...was, why, by, at })
    .execute()
  await db
    .updateTable('pilot.pilot')
    .set({ from_on, until_on, cohort: JSON.stringify(change.cohort) })
    .where('area', '=', area)
    .where('id', '=', pilot)
    .execute()
  return true
}

/** What was changed of a pilot, the newest first, each with how it was before. */
export async function listChanges(db: Db, area: string, pilot: string) {
  return db
    .selectFrom('pilot.change as change')
    .select(['change.id', 'change.number', 'change.why', 'change.at', findNameOf(area, 'change.by').as('by')])
    .select(['change.from_on as fromOn', 'change.until_on as untilOn', cohort])
    .where('change.area', '=', area)
    .where('change.pilot', '=', pilot)
    .orderBy('change.number', 'desc')
    .execute()
}

/** When somebody was asked to take part in a pilot, or answered, for the first time; nothing where nobody was. */
export async function findFirstAsked(db: Db, area: string, pilot: string): Promise<Temporal.Instant | null> {
  const firstIn = (table: 'pilot.invitation' | 'pilot.answer') =>
    sql`(select min(at) from ${sql.table(table)} where area = ${area} and pilot = ${pilot})`
  const first = sql<Temporal.Instant | null>`least(${firstIn('pilot.invitation')}, ${firstIn('pilot.answer')})`
  return (await db.selectNoFrom(first.as('first')).executeTakeFirstOrThrow()).first
}

type Ending = Readonly<{ area: string; pilot: string; came: string; decided: string; by: string; at: Temporal.Instant }>

/** Says that a pilot is over, how it ended and what was decided; false where somebody has said so before: theirs stands. */
export async function endPilot(db: Db, { area, pilot, came, decided, by, at }: Ending): Promise<boolean> {
  const ended = await db
    .updateTable('pilot.pilot')
    .set({ came, decided, ended_by: by, ended_at: at })
    .where('area', '=', area)
    .where('id', '=', pilot)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return ended.numUpdatedRows === 1n
}

type Asking = Readonly<{
  area: string
  pilot: string
  episode: string
  person: string
  by: string
  at: Temporal.Instant
}>

/** Keeps that somebody is asked to take part; asked twice it stands once. */
export async function saveInvitation(db: Db, asking: Asking): Promise<void> {
  await db
    .insertInto('pilot.invitation')
    .values(asking)
    .onConflict((twice) => twice.columns(['area', 'pilot', 'episode']).doNothing())
    .execute()
}

type Said = Omit<Asking, 'by'> &
  Readonly<{ id: string; given: boolean; how: string; by: string | null; chosen: Gets | null }>

/** Keeps a yes or no. Who says yes again has the place, and gets what they got, as the first time. */
export async function saveAnswer(db: Db, pilot: Pilot, { chosen, ...said }: Said): Promise<void> {
  const { area, episode, given } = said
  await holdPilot(db, area, pilot.id)
  const joined = given ? await allotted(db, pilot, { area, episode, chosen }) : { place: null, gets: null }
  await db
    .insertInto('pilot.answer')
    .values({ ...said, pilot: pilot.id, wording_version: pilot.version, ...joined })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

type Joining = Readonly<{ area: string; episode: string; chosen: Gets | null }>

async function allotted(db: Db, { id, allotting, seed }: Pilot, { area, episode, chosen }: Joining) {
  const joined = await db
    .selectFrom('pilot.answer')
    .select(['episode', 'place', sql<Gets>`gets`.as('gets')])
    .where('area', '=', area)
    .where('pilot', '=', id)
    .where('given', '=', true)
    .orderBy('place')
    .execute()
  const before = joined.find((one) => one.episode === episode)
  if (before) return { place: null, gets: before.gets }
  const place = Math.max(0, ...joined.map((one) => one.place ?? 0)) + 1
  return { place, gets: getsOf({ allotting, seed, place, chosen }) }
}

/** Who was asked, and every answer, the newest first: of these spells of support, or of those of a person. */
export async function listSaid(db: Db, area: string, of: readonly string[] | Participant) {
  const isTheirs = (table: 'invitation' | 'answer') =>
    'person' in of ? isOfPerson(`${table}.person`, of) : isAnyOf(`${table}.episode`, of)
  const [invited, answers] = await Promise.all([
    db
      .selectFrom('pilot.invitation as invitation')
      .select(['invitation.pilot', 'invitation.episode', 'invitation.person', 'invitation.at'])
      .where('invitation.area', '=', area)
      .where(isTheirs('invitation'))
      .orderBy('invitation.at', 'desc')
      .execute(),
    db
      .selectFrom('pilot.answer as answer')
      .select(['answer.pilot', 'answer.episode', 'answer.person', 'answer.given', 'answer.at', 'answer.how'])
      .select(['answer.wording_version as version', sql<Gets | null>`answer.gets`.as('gets')])
      .where('answer.area', '=', area)
      .where(isTheirs('answer'))
      .orderBy('answer.at', 'desc')
      .orderBy('answer.id', 'desc')
      .execute(),
  ])
  return { invited, answers }
}
