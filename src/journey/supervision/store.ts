import { sql } from 'kysely'
import type { Actor, Role } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'
import { shownDaysAhead, type Supervision } from './rules.ts'

type By = Readonly<{ area: string; by: string; at: Temporal.Instant }>
type Two = Readonly<{ supervisor: string; coach: string }>

/** From here to the end of the transaction, what two wrote down is found by this member where they are one of the two. */
async function readAs(db: Db, member: string): Promise<void> {
  await sql`select set_config('app.member', ${member}, true)`.execute(db)
}

const held = (db: Db, area: string) =>
  db
    .selectFrom('supervision.supervision as held')
    .innerJoin('organisations.member as supervisor', (join) =>
      join.onRef('supervisor.area', '=', 'held.area').onRef('supervisor.id', '=', 'held.supervisor'),
    )
    .innerJoin('organisations.member as coach', (join) =>
      join.onRef('coach.area', '=', 'held.area').onRef('coach.id', '=', 'held.coach'),
    )
    .select(['held.id', 'held.supervisor', 'held.coach', 'held.on_day as onDay', 'held.next_on as nextOn'])
    .select(['held.version', 'supervisor.name as supervisorName', 'coach.name as coachName'])
    .where('held.area', '=', area)
    .where('held.withdrawn_at', 'is', null)

const isOneOf = (member: string) => sql<boolean>`${member}::uuid in (held.supervisor, held.coach)`

/** The supervisions that a member held or had, the newest first. */
export async function listOwn(db: Db, area: string, member: string): Promise<Supervision[]> {
  const own = held(db, area).where(isOneOf(member))
  return own.orderBy('held.on_day', 'desc').orderBy('held.id', 'desc').limit(100).execute()
}

/** A supervision of this member; otherwise nothing, as if it were not there. */
export async function findSupervision(db: Db, { area, membership }: Actor, id: string) {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  return held(db, area).where('held.id', '=', id).where(isOneOf(membership)).executeTakeFirst()
}

/** Every coach of these organisations, with when they last had a supervision, with whom, and when the next is. */
export async function listLastOfCoaches(db: Db, actor: Actor, today: Temporal.PlainDate) {
  const { area, organisations } = actor
  const newest = held(db, area).distinctOn('held.coach')
  const last = newest.orderBy('held.coach').orderBy('held.on_day', 'desc').orderBy('held.id', 'desc').as('last')
  return (
    db
      .selectFrom('organisations.member as member')
      .leftJoin(last, 'last.coach', 'member.id')
      // Checked: roles are written by the product from its own list.
      .select(['member.id as coach', 'member.name', sql<Role>`member.role`.as('role')])
      .select(['last.onDay', 'last.nextOn', 'last.supervisorName'])
      .where('member.area', '=', area)
      .where(sql<boolean>`member.role in ('coach', 'senior-coach')`)
      .where(sql<boolean>`member.organisation = any(${[...organisations]}::uuid[])`)
      .where('member.from_on', '<=', today)
      .where((where) => where.or([where('member.until_on', 'is', null), where('member.until_on', '>', today)]))
      .orderBy(sql`last."onDay" is not null`)
      .orderBy('last.nextOn')
      .orderBy('member.name')
      .execute()
  )
}

/** The next supervisions of a member that come within days or are overdue, the newest of each two alone. */
export async function listNext(db: Db, area: string, member: string, today: Temporal.PlainDate) {
  const until = today.add({ days: shownDaysAhead })
  const newest = held(db, area)
    .where(isOneOf(member))
    .distinctOn(['held.supervisor', 'held.coach'])
    .orderBy('held.supervisor')
    .orderBy('held.coach')
    .orderBy('held.on_day', 'desc')
    .orderBy('held.id', 'desc')
  const next = db.selectFrom(newest.as('newest')).selectAll().where('newest.nextOn', '<=', until)
  return next.orderBy('newest.nextOn').execute()
}

/** What the two wrote down, the newest first: all of it, for one of them. */
export async function listNotes(db: Db, { area, membership }: Actor, supervision: string) {
  await readAs(db, membership)
  return db
    .selectFrom('supervision.note as note')
    .select(['note.number', 'note.agreed', 'note.at', findNameOf(area, 'note.by').as('byName')])
    .where('note.area', '=', area)
    .where('note.supervision', '=', supervision)
    .orderBy('note.number', 'desc')
    .execute()
}

/** Whose cases were talked about; of whom this member may not open the record any more, only that there is somebody. */
export async function listCases(db: Db, actor: Actor, supervision: string) {
  await readAs(db, actor.membership)
  const { area } = actor
  return db
    .selectFrom('supervision.talked_about as about')
    .innerJoin('episode.episode as episode', (join) =>
      join.onRef('episode.area', '=', 'about.area').onRef('episode.id', '=', 'about.episode'),
    )
    .leftJoin('people.person as person', (join) =>
      join
        .onRef('person.area', '=', 'episode.area')
        .onRef('person.id', '=', 'episode.person')
        .on(mayReachPerson(actor, 'open', 'person.id')),
    )
    .select([
      'about.episode',
      'person.id as person',
      'person.given_name',
      'person.family_name',
      'person.preferred_name',
    ])
    .where('about.area', '=', area)
    .where('about.supervision', '=', supervision)
    .where('about.removed_at', 'is', null)
    .orderBy('about.at')
    .orderBy('about.episode')
    .execute()
}

/** The people of a coach whom both of the two may open: those who can be talked about. */
export async function listTalkable(db: Db, coach: string, [one, other]: readonly [Actor, Actor]) {
  return db
    .selectFrom('episode.standing as standing')
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'standing.area').onRef('person.id', '=', 'standing.person'),
    )
    .select(['standing.episode', 'standing.person'])
    .select(['person.given_name', 'person.family_name', 'person.preferred_name'])
    .where('standing.area', '=', one.area)
    .where('standing.coach', '=', coach)
    .where('standing.ended_at', 'is', null)
    .where(mayReachPerson(one, 'open'))
    .where(mayReachPerson(other, 'open'))
    .orderBy('person.family_name')
    .orderBy('standing.episode')
    .limit(200)
    .execute()
}

type Written = By &
  Two &
  Readonly<{ id: string; onDay: Temporal.PlainDate; nextOn: Temporal.PlainDate | null; agreed: string }> &
  Readonly<{ cases: readonly string[] }>

/** Keeps a supervision with what was agreed; its form sent twice leaves one. */
export async function saveSupervision(db: Db, { onDay, nextOn, agreed, cases, ...two }: Written): Promise<void> {
  const saved = await db
    .insertInto('supervision.supervision')
    .values({ ...two, on_day: onDay, next_on: nextOn })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (saved) await write(db, { ...two, agreed, cases, number: 1 })
}

/** Changes a supervision; false when the other of the two has changed it since its writer saw it. */
export async function changeSupervision(db: Db, { seen, ...written }: Written & Readonly<{ seen: number }>) {
  const { area, id, onDay, nextOn } = written
  const changed = await db
    .updateTable('supervision.supervision')
    .set({ on_day: onDay, next_on: nextOn, version: seen + 1 })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('version', '=', seen)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) return false
  await write(db, { ...written, number: seen + 1 })
  return true
}

type Writing = Omit<Written, 'onDay' | 'nextOn'> & Readonly<{ number: number }>

async function write(db: Db, { area, id: supervision, number, agreed, cases, by, at, ...two }: Writing) {
  await readAs(db, by)
  const { supervisor, coach } = two
  const row = { area, supervision, supervisor, coach, by, at }
  await db
    .insertInto('supervision.note')
    .values({ ...row, number, agreed })
    .execute()
  await db
    .updateTable('supervision.talked_about')
    .set({ removed_at: at })
    .where('area', '=', area)
    .where('supervision', '=', supervision)
    .where(sql<boolean>`episode <> all(${[...cases]}::uuid[])`)
    .where('removed_at', 'is', null)
    .execute()
  for (const episode of cases)
    await db
      .insertInto('supervision.talked_about')
      .values({ ...row, episode })
      .onConflict((known) => known.columns(['area', 'supervision', 'episode']).doUpdateSet({ removed_at: null }))
      .execute()
}

/** Takes a supervision back that was written down by mistake; what the two wrote is found no more. */
export async function withdrawSupervision(db: Db, { area, id, by, at }: By & Readonly<{ id: string }>): Promise<void> {
  const own = db.updateTable('supervision.supervision').set({ withdrawn_at: at, withdrawn_by: by })
  await own.where('area', '=', area).where('id', '=', id).where('withdrawn_at', 'is', null).execute()
}

type Decision = By & Readonly<{ id: string; episode: string; decided: string }>

/** Puts what was decided about a case on its record; its form sent twice leaves one. */
export async function saveDecision(db: Db, decision: Decision): Promise<void> {
  const said = db.insertInto('supervision.decision').values(decision)
  await said.onConflict((twice) => twice.columns(['area', 'id']).doNothing()).execute()
}

const decisions = (db: Db, area: string) =>
  db
    .selectFrom('supervision.decision as decision')
    .select(['decision.id', 'decision.episode', 'decision.decided', 'decision.at', 'decision.by as member'])
    .select(['decision.withdrawn_at as withdrawnAt', findNameOf(area, 'decision.by').as('by')])
    .where('decision.area', '=', area)

/** What was put on the records of these episodes and stands, the newest first. */
export async function listDecisions(db: Db, area: string, episodes: readonly string[]) {
  const all = decisions(db, area).where(isAnyOf('decision.episode', episodes))
  return all.where('decision.withdrawn_at', 'is', null).orderBy('decision.id', 'desc').execute()
}

/** A decision that stands. */
export async function findDecision(db: Db, area: string, id: string) {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  const one = decisions(db, area).where('decision.id', '=', id).where('decision.withdrawn_at', 'is', null)
  return one.executeTakeFirst()
}

/** Takes a decision off a record again; that it stood there stays as history. */
export async function withdrawDecision(db: Db, { area, id, by, at }: By & Readonly<{ id: string }>): Promise<void> {
  const own = db.updateTable('supervision.decision').set({ withdrawn_at: at, withdrawn_by: by })
  await own.where('area', '=', area).where('id', '=', id).where('withdrawn_at', 'is', null).execute()
}

/** What supervisions decided, on the timeline of a person. Ask listEpisodesOf before: it decides who may know. */
export async function listDecisionsOnTimeline(db: Db, asked: Asked) {
  const all = decisions(db, asked.area).where(isAnyOf('decision.episode', asked.episodes))
  return readNewest(all, { at: 'decision.at', id: 'decision.id' }, asked).execute()
}
