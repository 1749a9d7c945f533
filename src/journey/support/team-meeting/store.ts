import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import { inOrder, isToCome, type Meeting } from '#journey/support/team/rules.ts'
import { isToldOrWillBe } from '#journey/support/matter/rules.ts'
import { type Left, standsOnQueue } from './rules.ts'
import { listTold } from '#journey/support/matter/store.ts'
import { listDecisions } from '#journey/support/team/store.ts'
import { findNameOf, isAnyOf } from '#journey/timeline/store.ts'

/**
 * Whether this actor hears of a matter: who leads or runs the service and may list its person, the coach of the person and
 * whoever put it, whoever has a task from it, and whoever comes to a meeting that has it before it. The last two may be of
 * another organisation; they read the matter and nothing of the record.
 */
function hears(actor: Actor): RawBuilder<boolean> {
  const { area, membership, role } = actor
  const own = sql<boolean>`(standing.coach = ${membership} or matter.by = ${membership})`
  const reach = mayReachPerson(actor, 'list', 'standing.person')
  return sql<boolean>`(${reach} ${role === 'coach' ? sql`and ${own}` : sql``}
    or exists (select from team.decision mine where mine.area = ${area} and mine.matter = matter.id
      and mine.owner = ${membership} and mine.withdrawn_at is null)
    or exists (select from team.attendance attendance join team.meeting meeting on meeting.area = attendance.area
      and meeting.id = attendance.meeting where attendance.area = ${area} and attendance.member = ${membership}
      and attendance.until_version is null and meeting.organisation = matter.organisation and meeting.called_off_at is null
      and (meeting.closed_at is null or ${wasBefore('meeting.id')})))`
}

// What a meeting had before it: it decided, or passed it on.
function wasBefore(meeting: string): RawBuilder<boolean> {
  return sql<boolean>`(exists (select from team.decision made where made.area = matter.area and made.matter = matter.id
      and made.meeting = ${sql.ref(meeting)})
    or exists (select from team.carried passed where passed.area = matter.area and passed.matter = matter.id
      and passed.meeting = ${sql.ref(meeting)}))`
}

const isDecided = sql<boolean>`exists (select from team.decision made where made.area = matter.area
  and made.matter = matter.id and made.withdrawn_at is null)`

const timesCarried = sql<number>`(select count(*)::integer from team.carried carried
  where carried.area = matter.area and carried.matter = matter.id)`

// What was decided before the person said no stays before the team, which is told so.
const isObjected = sql<boolean>`exists (select from matter.objection said where said.area = matter.area
  and said.matter = matter.id)`

function everPut(db: Db, actor: Actor) {
  const { area } = actor
  return db
    .selectFrom('matter.matter as matter')
    .innerJoin('episode.standing as standing', (join) =>
      join.onRef('standing.area', '=', 'matter.area').onRef('standing.episode', '=', 'matter.episode'),
    )
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'standing.area').onRef('person.id', '=', 'standing.person'),
    )
    .select(['matter.id', 'matter.episode', 'matter.asks', 'matter.summary', 'matter.urgent', 'matter.place'])
    .select(['matter.why_urgent as whyUrgent', 'matter.at', 'matter.organisation', 'standing.person', 'standing.coach'])
    .select(['person.given_name', 'person.family_name', 'person.preferred_name', 'person.restricted'])
    .select([mayReachPerson(actor, 'open').as('mayOpen'), mayReachPerson(actor, 'edit').as('mayEdit')])
    .select([findNameOf(area, 'matter.by').as('by'), timesCarried.as('carried')])
    .select(isObjected.as('objected'))
    .where('matter.area', '=', area)
    .where(hears(actor))
}

function matters(db: Db, actor: Actor) {
  const put = everPut(db, actor).where('matter.withdrawn_at', 'is', null)
  return put.where((is) => is.or([is.not(isObjected), isDecided]))
}

type Row = Awaited<ReturnType<ReturnType<typeof matters>['execute']>>[number]

async function whole(db: Db, area: string, rows: readonly Row[]) {
  const ids = rows.map(({ id }) => id)
  const [told, decided] = await Promise.all([listTold(db, area, ids), listDecisions(db, area, ids)])
  return rows.map((row) => ({
    ...row,
    told: told.get(row.id) ?? [],
    decisions: decided.filter(({ matter }) => matter === row.id),
  }))
}

export type Put = Awaited<ReturnType<typeof whole>>[number]

/** What waits for the team of these organisations and nobody has decided, as far as this actor hears of it. */
async function listQueue(db: Db, actor: Actor, organisations: readonly string[]): Promise<Put[]> {
  const found = await matters(db, actor)
    .where(isAnyOf('matter.organisation', organisations))
    .where('standing.ended_at', 'is', null)
    .where((not) => not.not(isDecided))
    .orderBy('matter.place')
    .limit(200)
    .execute()
  return (await whole(db, actor.area, found)).filter(({ told }) => isToldOrWillBe(told))
}

/** What a meeting decided or passed on, as far as this actor hears of it. */
async function listBefore(db: Db, actor: Actor, meeting: string): Promise<Put[]> {
  const had = sql<boolean>`(exists (select from team.decision made where made.area = matter.area and made.matter = matter.id
      and made.meeting = ${meeting}::uuid and made.withdrawn_at is null)
    or exists (select from team.carried passed where passed.area = matter.area and passed.matter = matter.id
      and passed.meeting = ${meeting}::uuid))`
  return whole(db, actor.area, await matters(db, actor).where(had).orderBy('matter.place').execute())
}

/** The queue of these organisations in the order in which the team works on it. */
export async function findQueue(db: Db, actor: Actor, organisations: readonly string[]): Promise<Put[]> {
  return inOrder(await listQueue(db, actor, [...new Set(organisations)]))
}

/** What waits for a meeting and may be decided now. */
export async function findReady(db: Db, actor: Actor, at: Readonly<{ meeting: Meeting; now: Temporal.Instant }>) {
  const queue = await findQueue(db, actor, [at.meeting.organisation])
  return queue.filter((one) => standsOnQueue(one, at.now) === undefined)
}

/** What a meeting has before it: what waits, until it is over, and what it decided or passed on. */
export async function findAgenda(db: Db, actor: Actor, meeting: Meeting): Promise<Put[]> {
  const had = await listBefore(db, actor, meeting.id)
  if (!isToCome(meeting)) return had
  const waiting = await findQueue(db, actor, [meeting.organisation])
  return [...waiting, ...had.filter(({ id }) => !waiting.some((one) => one.id === id))]
}

type Late = Readonly<{ meeting: Meeting; matter: string }>

/** What left a meeting while somebody had its page open, with what became of it; for whoever sent something about it. */
export async function findLate(db: Db, actor: Actor, { meeting, matter }: Late): Promise<(Put & Left) | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(matter)) return undefined
  const [row] = await everPut(db, actor)
    .select([sql<boolean>`matter.withdrawn_at is not null`.as('withdrawn'), isDecided.as('decided')])
    .where('matter.id', '=', matter)
    .where('matter.organisation', '=', meeting.organisation)
    .execute()
  const [found] = row ? await whole(db, actor.area, [row]) : []
  return row && found ? { ...found, objected: row.objected, withdrawn: row.withdrawn, decided: row.decided } : undefined
}
