import { type Insertable, sql } from 'kysely'
import type { Actor, Role } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Tables } from '#platform/database/types.ts'
import type { ListCame } from '#journey/support/matter/store.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'
import { type Becoming, type Meeting, standsInWords } from './rules.ts'

type By = Readonly<{ area: string; by: string; at: Temporal.Instant }>

/** The meetings that this actor knows of: those of their organisation, and those they come to; the newest first. */
export async function listMeetings(db: Db, actor: Actor, only?: string): Promise<Meeting[]> {
  if (only !== undefined && !/^[0-9a-f-]{36}$/.test(only)) return []
  const { area, membership, organisation } = actor
  const comes = sql<boolean>`exists (select from team.attendance own where own.area = ${area} and own.meeting = meeting.id
    and own.member = ${membership} and own.until_version is null)`
  const found = await db
    .selectFrom('team.meeting as meeting')
    .select(['meeting.id', 'meeting.organisation', 'meeting.on_day as onDay', 'meeting.starts', 'meeting.place'])
    .select(['meeting.chair', 'meeting.version', 'meeting.closed_at as closedAt', comes.as('comes')])
    .select('meeting.called_off_at as calledOffAt')
    .where('meeting.area', '=', area)
    .where(sql<boolean>`(meeting.organisation = ${organisation} or ${comes})`)
    .$if(only !== undefined, (query) => query.where('meeting.id', '=', only ?? ''))
    .orderBy('meeting.on_day', 'desc')
    .orderBy('meeting.starts', 'desc')
    .limit(100)
    .execute()
  const comers = await listComers(db, area, found)
  return found.map((meeting) => ({ ...meeting, comers: comers.get(meeting.id) ?? [] }))
}

async function listComers(db: Db, area: string, of: readonly Readonly<{ id: string }>[]) {
  const rows = await db
    .selectFrom('team.attendance as attendance')
    .innerJoin('organisations.member as member', (join) =>
      join.onRef('member.area', '=', 'attendance.area').onRef('member.id', '=', 'attendance.member'),
    )
    // Checked: roles are written by the product from its own list.
    .select(['attendance.meeting', 'member.id', 'member.name', sql<Role>`member.role`.as('role')])
    .where('attendance.area', '=', area)
    .where('attendance.until_version', 'is', null)
    .where(
      isAnyOf(
        'attendance.meeting',
        of.map(({ id }) => id),
      ),
    )
    .orderBy('member.name')
    .execute()
  return Map.groupBy(rows, ({ meeting }) => meeting)
}

/** A meeting that this actor knows of; otherwise nothing, as if it were not there. */
export async function findMeeting(db: Db, actor: Actor, id: string): Promise<Meeting | undefined> {
  const [meeting] = await listMeetings(db, actor, id)
  return meeting
}

type Words = Readonly<{ on_day: Temporal.PlainDate; starts: string; place: string | null; chair: string }>
type Of = By & Words & Readonly<{ id: string; comers: readonly string[] }>

/** Plans a meeting; its form sent twice leaves one. */
export async function saveMeeting(db: Db, { comers, ...meeting }: Of & Readonly<{ organisation: string }>) {
  const saved = await db
    .insertInto('team.meeting')
    .values(meeting)
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (saved) await invite(db, { area: meeting.area, meeting: meeting.id, comers, version: 1 })
}

type Inviting = Readonly<{ area: string; meeting: string; comers: readonly string[]; version: number }>

async function invite(db: Db, { area, meeting, comers, version }: Inviting): Promise<void> {
  if (comers.length === 0) return
  await db
    .insertInto('team.attendance')
    .values(comers.map((member) => ({ area, meeting, member, from_version: version })))
    .execute()
}

/** Changes a meeting and who comes; false when somebody else has changed it since its writer saw it. */
export async function changeMeeting(
  db: Db,
  { area, id, comers, seen, ...given }: Omit<Of, 'by' | 'at'> & { seen: number },
) {
  const { on_day, starts, place, chair } = given
  const changed = await db
    .updateTable('team.meeting')
    .set((row) => ({ on_day, starts, place, chair, version: row('version', '+', 1) }))
    .where('area', '=', area)
    .where('id', '=', id)
    .where('version', '=', seen)
    .where('closed_at', 'is', null)
    .where('called_off_at', 'is', null)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) return false
  const coming = (await listComers(db, area, [{ id }])).get(id)?.map((comer) => comer.id) ?? []
  const gone = coming.filter((member) => !comers.includes(member))
  await db
    .updateTable('team.attendance')
    .set({ until_version: seen + 1 })
    .where('area', '=', area)
    .where('meeting', '=', id)
    .where(isAnyOf('member', gone))
    .where('until_version', 'is', null)
    .execute()
  const added = comers.filter((member) => !coming.includes(member))
  await invite(db, { area, meeting: id, comers: added, version: seen + 1 })
  return true
}

/** Ends a meeting: worked through, or called off. */
export async function endMeeting(
  db: Db,
  { area, id, as, by, at }: By & Readonly<{ id: string; as: 'closed' | 'called-off' }>,
) {
  const end = as === 'closed' ? { closed_at: at, closed_by: by } : { called_off_at: at, called_off_by: by }
  const open = db.updateTable('team.meeting').set(end).where('area', '=', area).where('id', '=', id)
  await open.where('closed_at', 'is', null).where('called_off_at', 'is', null).execute()
}

/** Lets one at a time decide about a matter. */
export async function holdMatter(db: Db, area: string, matter: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('matter ' || ${area} || ${matter}, 0))`.execute(db)
}

/** Keeps what a meeting decided; sent twice it stands once. */
export async function saveDecision(db: Db, decision: Insertable<Tables['team.decision']>): Promise<boolean> {
  const saved = await db
    .insertInto('team.decision')
    .values(decision)
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return saved !== undefined
}

/** Takes a decision back that was written down by mistake. */
export async function withdrawDecision(db: Db, { area, id, by, at }: By & Readonly<{ id: string }>): Promise<void> {
  const own = db.updateTable('team.decision').set({ withdrawn_at: at, withdrawn_by: by }).where('area', '=', area)
  await own.where('id', '=', id).where('withdrawn_at', 'is', null).execute()
}

/** Keeps that a matter goes on to the next meeting. */
export async function saveCarried(
  db: Db,
  carried: By & Readonly<{ matter: string; meeting: string; why: string | null }>,
) {
  await db
    .insertInto('team.carried')
    .values(carried)
    .onConflict((twice) => twice.columns(['area', 'matter', 'meeting']).doNothing())
    .execute()
}

/** Keeps that a task is done, or is not after all; false where that stands already and nothing more is said of it. */
export async function saveResult(db: Db, result: Insertable<Tables['team.result']>): Promise<boolean> {
  const { area, decision, done, note } = result
  const last = await db
    .selectFrom('team.result')
    .select(['done', 'note'])
    .where('area', '=', area)
    .where('decision', '=', decision)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if ((last?.done ?? false) === done && (!note || last?.note === note)) return false
  await db.insertInto('team.result').values(result).execute()
  return true
}

const isDone = sql<boolean>`coalesce((select result.done from team.result where result.area = decision.area
  and result.decision = decision.id order by result.id desc limit 1), false)`

function decisions(db: Db, area: string) {
  return (
    db
      .selectFrom('team.decision as decision')
      .innerJoin('team.meeting as meeting', (join) =>
        join.onRef('meeting.area', '=', 'decision.area').onRef('meeting.id', '=', 'decision.meeting'),
      )
      .innerJoin('matter.matter as matter', (join) =>
        join.onRef('matter.area', '=', 'decision.area').onRef('matter.id', '=', 'decision.matter'),
      )
      .select(['decision.id', 'decision.matter', 'decision.meeting', 'decision.decided', 'decision.owner'])
      .select(['decision.due_on as dueOn', 'decision.note', 'decision.at', 'meeting.on_day as onDay'])
      // Checked: the table itself refuses anything else.
      .select([sql<Becoming>`decision.becomes`.as('becomes'), isDone.as('done'), 'matter.episode', 'matter.asks'])
      .select([findNameOf(area, 'decision.owner').as('ownerName'), findNameOf(area, 'decision.by').as('by')])
      .where('decision.area', '=', area)
  )
}

export type Decision = Awaited<ReturnType<ReturnType<typeof decisions>['execute']>>[number]

/** What was decided about these matters and stands, in the order in which it was. */
export async function listDecisions(db: Db, area: string, matters: readonly string[]): Promise<Decision[]> {
  if (matters.length === 0) return []
  const all = decisions(db, area).where(isAnyOf('decision.matter', matters))
  return all.where('decision.withdrawn_at', 'is', null).orderBy('decision.id').execute()
}

/** A decision that stands; whoever asks has to know that its reader may. */
export async function findDecision(db: Db, area: string, id: string): Promise<Decision | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  const one = decisions(db, area).where('decision.id', '=', id).where('decision.withdrawn_at', 'is', null)
  return one.executeTakeFirst()
}

/** What meetings decided about these matters, as the pages of a person say it. */
export const listCame: ListCame = async (db, area, matters) => {
  const found = await listDecisions(db, area, matters)
  const told = found.map(({ id, matter, decided, onDay, ...rest }) => ({
    ...{ id, matter, decided, onDay },
    stands: standsInWords(rest),
  }))
  return Map.groupBy(told, ({ matter }) => matter)
}

/** The tasks that meetings gave a member and that are not done, the earliest due first. */
export async function listTasks(db: Db, area: string, member: string) {
  return decisions(db, area)
    .where('decision.owner', '=', member)
    .where(sql<boolean>`decision.becomes = 'task' and decision.withdrawn_at is null`)
    .where((not) => not.not(isDone))
    .orderBy('decision.due_on')
    .orderBy('decision.id')
    .limit(50)
    .execute()
}

/** What meetings decided, on the timeline of a person. Ask listEpisodesOf before: it decides who may know. */
export async function listDecisionsOnTimeline(db: Db, asked: Asked) {
  const all = decisions(db, asked.area)
    .select(sql<boolean>`decision.withdrawn_at is not null`.as('takenBack'))
    .where(isAnyOf('matter.episode', asked.episodes))
  return readNewest(all, { at: 'decision.at', id: 'decision.id' }, asked).execute()
}
