import { type Insertable, type RawBuilder, sql } from 'kysely'
import type { Actor, Participant, Verb } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Tables } from '#platform/database/types.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import { findPeriodHeldStill } from '#journey/support/budget-limit/store.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'
import {
  heldPence,
  leftOf,
  type Standing,
  standings,
  type Step,
  type StepKind,
  type Supplier,
  whyNotEnough,
} from './rules.ts'

const newest = sql<StepKind | null>`(select step.kind from budget.step where step.area = request.area
  and step.request = request.id and step.withdrawn_at is null order by step.number desc limit 1)`
const amount = sql<number | null>`(select step.pence from budget.step where step.area = request.area
  and step.request = request.id and step.withdrawn_at is null and step.pence is not null order by step.number desc limit 1)`

/** How each request stands, as standingAfter in the rules says it. */
export const standingBy: RawBuilder<Standing> = sql<Standing>`coalesce(${newest}, 'asked')`

/** How much each request holds: the same sum as heldPence in the rules, where many are added up. */
export const heldBy: RawBuilder<number> = sql<number>`case when coalesce(${newest}, 'refused') in ('refused', 'cancelled') then 0
  else coalesce(${amount}, 0) end`

/** Requests with whose they are and how they stand; whoever reads them says which they may. */
export function readRequests(db: Db, area: string) {
  return (
    db
      .selectFrom('budget.request as request')
      .innerJoin('episode.standing as standing', (join) =>
        join.onRef('standing.area', '=', 'request.area').onRef('standing.episode', '=', 'request.episode'),
      )
      .innerJoin('people.person as person', (join) =>
        join.onRef('person.area', '=', 'standing.area').onRef('person.id', '=', 'standing.person'),
      )
      .select(['request.id', 'request.episode', 'request.what', 'request.why', 'request.pence', 'request.at'])
      .select(['request.by as asker', 'standing.person', 'standing.coach'])
      .select(['person.given_name', 'person.family_name', 'person.preferred_name'])
      // Checked: the supplier is written from the list in the rules alone, and the table refuses any other kind of step.
      .select([sql<Supplier>`request.supplier`.as('supplier'), findNameOf(area, 'request.by').as('by')])
      .select(standingBy.as('standing'))
      .select([sql<number>`coalesce(${amount}, request.pence)`.as('cost'), heldBy.as('held')])
      .where('request.area', '=', area)
  )
}

export type Request = Awaited<ReturnType<ReturnType<typeof readRequests>['execute']>>[number]

/** A request with its steps, if this actor may do this with its person; otherwise nothing, as if it were not there. */
export async function findRequest(db: Db, actor: Actor, id: string, verb: Verb) {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  const found = await readRequests(db, actor.area)
    .select(mayReachPerson(actor, 'edit').as('mayEdit'))
    .where('request.id', '=', id)
    .where(mayReachPerson(actor, verb))
    .executeTakeFirst()
  return found && { ...found, steps: await listSteps(db, actor.area, id) }
}

/** What became of a request, step by step. */
async function listSteps(db: Db, area: string, request: string) {
  return (
    db
      .selectFrom('budget.step as step')
      .leftJoin('team.meeting as meeting', (join) =>
        join.onRef('meeting.area', '=', 'step.area').onRef('meeting.id', '=', 'step.meeting'),
      )
      .select(['step.id', 'step.number', 'step.period', 'step.pence', 'step.note', 'step.on_day as onDay', 'step.at'])
      // Checked: the table itself refuses any other kind.
      .select([sql<StepKind>`step.kind`.as('kind'), sql<boolean>`step.withdrawn_at is not null`.as('takenBack')])
      .select([findNameOf(area, 'step.by').as('by'), 'meeting.on_day as metOn'])
      .where('step.area', '=', area)
      .where('step.request', '=', request)
      .orderBy('step.number')
      .execute()
  )
}

/** What was asked for in a spell of support, the newest first. Ask findEpisode before. */
export async function listRequests(db: Db, area: string, episode: string): Promise<Request[]> {
  return readRequests(db, area).where('request.episode', '=', episode).orderBy('request.id', 'desc').execute()
}

/** What is paid for a participant, as they may know it: what for, and how it stands. */
export async function listOwnPaid(db: Db, me: Participant) {
  const own = readRequests(db, me.area).where(isOfPerson('standing.person', me)).orderBy('request.id', 'desc')
  return (await own.execute()).map(({ id, what, standing }) => ({ id, what, stands: standings[standing].own }))
}

/** Keeps that something is asked for; its form sent twice leaves one. */
export async function saveRequest(db: Db, request: Insertable<Tables['budget.request']>): Promise<void> {
  await db
    .insertInto('budget.request')
    .values(request)
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

/** What is held of each period, what of that is paid, and the most for one person. */
export async function findSums(db: Db, area: string) {
  const all = db
    .selectFrom('budget.request as request')
    .innerJoin('episode.standing as standing', (join) =>
      join.onRef('standing.area', '=', 'request.area').onRef('standing.episode', '=', 'request.episode'),
    )
    .innerJoin('budget.step as approved', (join) =>
      join.onRef('approved.area', '=', 'request.area').onRef('approved.request', '=', 'request.id'),
    )
    .select([
      sql<string>`approved.period`.as('period'),
      'standing.person',
      sql<number>`sum(${heldBy})::bigint`.as('held'),
    ])
    .select(sql<number>`coalesce(sum(${heldBy}) filter (where ${standingBy} = 'paid'), 0)::bigint`.as('paid'))
    .where('request.area', '=', area)
    .where(sql<boolean>`approved.kind = 'approved' and approved.withdrawn_at is null`)
    .groupBy(['approved.period', 'standing.person'])
  const byPeriod = Map.groupBy(await all.execute(), ({ period }) => period)
  const sums = [...byPeriod].map(([period, people]) => {
    const held = people.map((one) => one.held)
    const paid = people.reduce((before, one) => before + one.paid, 0)
    return [
      period,
      { held: held.reduce((one, other) => one + other, 0), paid, mostForOne: Math.max(0, ...held) },
    ] as const
  })
  return new Map(sums)
}

type Of = Readonly<{ area: string; period: string; person: string }>

/** How much of a period is held: by everybody of the area, and for one person on whichever of their records. */
export async function findHeld(
  db: Db,
  { area, period, person }: Of,
): Promise<Readonly<{ area: number; person: number }>> {
  const all = db
    .selectFrom('budget.request as request')
    .innerJoin('episode.standing as standing', (join) =>
      join.onRef('standing.area', '=', 'request.area').onRef('standing.episode', '=', 'request.episode'),
    )
    .select([
      sql<number>`coalesce(sum(${heldBy}), 0)::bigint`.as('area'),
      sql<number>`coalesce(sum(${heldBy}) filter (where ${isOfPerson('standing.person', { area, person })}), 0)::bigint`.as(
        'person',
      ),
    ])
    .where('request.area', '=', area)
    .where(isIn(period))
  return all.executeTakeFirstOrThrow()
}

const isIn = (period: string) => sql<boolean>`exists (select from budget.step step where step.area = request.area
  and step.request = request.id and step.period = ${period}::uuid and step.withdrawn_at is null)`

type Writing = Readonly<{ area: string; request: string; person: string; period: string | null }>
export type NewStep = Writing &
  Readonly<{
    id: string
    /** How many steps its writer saw, those taken back counted twice. */
    seen: number
    kind: StepKind
    pence: number | null
    meeting: string | null
    note: string | null
    onDay: Temporal.PlainDate
    by: string
    at: Temporal.Instant
  }>

export type Outcome = 'saved' | 'changed meanwhile' | Readonly<{ notEnough: string }>

/** How often a request was written on: the version its reader saw. */
export const versionOf = (steps: readonly Pick<Step, 'takenBack'>[]): number =>
  steps.length + steps.filter(({ takenBack }) => takenBack).length

/**
 * Lets one at a time write on a request and on the money of its period, and says whether what it holds afterwards fits
 * into what is left. Everybody takes the request first and the period after it.
 */
async function mayHold(db: Db, { area, request, person, period }: Writing, after: (steps: readonly Step[]) => Step[]) {
  await sql`select pg_advisory_xact_lock(hashtextextended('budget ' || ${area} || ${request}, 0))`.execute(db)
  const limit = period === null ? undefined : await findPeriodHeldStill(db, area, period)
  const steps = await listSteps(db, area, request)
  const more = heldPence(after(steps)) - heldPence(steps)
  if (limit === undefined) return { steps, notEnough: undefined }
  const left = leftOf(limit, await findHeld(db, { area, period: limit.id, person }))
  return { steps, notEnough: whyNotEnough(more, left) }
}

/** Writes down what became of a request, unless somebody did meanwhile or the money is not there. */
export async function saveStep(db: Db, step: NewStep): Promise<Outcome> {
  const { area, id, request, kind, pence, meeting, note, onDay, by, at, seen } = step
  const { steps, notEnough } = await mayHold(db, step, (known) => [
    ...known,
    { number: known.length + 1, kind, pence, takenBack: false },
  ])
  if (steps.some((one) => one.id === id)) return 'saved'
  if (versionOf(steps) !== seen) return 'changed meanwhile'
  if (notEnough !== undefined) return { notEnough }
  const period = kind === 'approved' ? step.period : null
  const row = { area, id, request, number: steps.length + 1, kind, period, pence, meeting, note, on_day: onDay, by, at }
  await db.insertInto('budget.step').values(row).execute()
  return 'saved'
}

type TakingBack = Writing & Readonly<{ step: string; by: string; at: Temporal.Instant }>

/** Takes a step back; where money is held again by that, it has to be there. */
export async function withdrawStep(
  db: Db,
  { step, by, at, ...of }: TakingBack,
): Promise<Outcome | 'taken back before'> {
  const { steps, notEnough } = await mayHold(db, of, (known) =>
    known.map((one) => ('id' in one && one.id === step ? { ...one, takenBack: true } : one)),
  )
  if (steps.some((one) => one.id === step && one.takenBack)) return 'taken back before'
  const last = steps.findLast(({ takenBack }) => !takenBack)
  if (last?.id !== step) return 'changed meanwhile'
  if (notEnough !== undefined) return { notEnough }
  const own = db.updateTable('budget.step').set({ withdrawn_at: at, withdrawn_by: by }).where('area', '=', of.area)
  await own.where('id', '=', step).where('withdrawn_at', 'is', null).execute()
  return 'saved'
}

/** What was asked for, on the timeline of a person. Ask listEpisodesOf before: it decides who may know. */
export async function listRequestsOnTimeline(db: Db, asked: Asked) {
  const all = readRequests(db, asked.area).where(isAnyOf('request.episode', asked.episodes))
  return readNewest(all, { at: 'request.at', id: 'request.id' }, asked).execute()
}
