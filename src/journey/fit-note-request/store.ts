import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { isLookedAfterBy } from '#journey/looking-after/store.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import { type Coming, type FitNoteRequest, pageLength, type RequestState, type Result } from './rules.ts'

/** Requests with what came of each. */
function requests(db: Db, area: string) {
  return (
    db
      .selectFrom('fit_note_request.request as request')
      .leftJoin('fit_note_request.result as result', (join) =>
        join
          .onRef('result.area', '=', 'request.area')
          .onRef('result.request', '=', 'request.id')
          .on('result.withdrawn_at', 'is', null),
      )
      .select(['request.id', 'request.person', 'request.practice', 'request.email', 'request.asked_on as askedOn'])
      .select(['request.says', 'request.note_ends_on as noteEndsOn', 'request.hold_by as holdBy', 'request.at'])
      .select(['request.withdrawn_because as takenBack', findNameOf(area, 'request.by').as('by')])
      .select(['result.id as held', 'result.held_on', 'result.words', 'result.at as held_at'])
      .select(['result.told', 'result.untold'])
      .select(findNameOf(area, 'result.by').as('held_by'))
      // Checked: the tables themselves refuse anything else.
      .select([sql<Coming>`request.came`.as('came'), sql<Result | null>`result.what`.as('what')])
      .where('request.area', '=', area)
  )
}

type Row = Awaited<ReturnType<ReturnType<typeof requests>['execute']>>[number]

function shown({ held: id, held_on: heldOn, held_at: at, held_by: by, ...row }: Row): FitNoteRequest {
  const { what, words, told, untold, ...request } = row
  const there = id !== null && heldOn !== null && at !== null && what !== null
  return { ...request, result: there ? { id, what, heldOn, words, by, at, told, untold } : undefined }
}

/** Everything that somebody asked for, the newest first. Ask findPerson before: it decides who may know. */
export async function listRequestsFor(db: Db, area: string, person: string): Promise<FitNoteRequest[]> {
  const rows = await requests(db, area)
    .where(isOfPerson('request.person', { area, person }))
    .orderBy('request.asked_on', 'desc')
    .orderBy('request.id', 'desc')
    .execute()
  return rows.map(shown)
}

type By = Readonly<{ area: string; by: string; at: Temporal.Instant }>

export type NewRequest = Omit<By, 'by'> &
  Readonly<{
    /** Nobody of ours where it came with a referral from outside. */
    by: string | null
    id: string
    person: string
    came: Coming
    practice: string
    email: string | null
    asked_on: Temporal.PlainDate
    says: string | null
    note_ends_on: Temporal.PlainDate | null
    hold_by: Temporal.PlainDate
  }>

/** Writes down that somebody asked for a fit note; the form sent twice leaves one. */
export async function saveRequest(db: Db, request: NewRequest): Promise<void> {
  await db
    .insertInto('fit_note_request.request')
    .values(request)
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

/** Takes a request back that should not stand; false when that was done, or a result was written, meanwhile. */
export async function withdrawRequest(
  db: Db,
  { area, id, reason, by, at }: By & Readonly<{ id: string; reason: string }>,
): Promise<boolean> {
  await holdRequest(db, area, id)
  const withdrawn = await db
    .updateTable('fit_note_request.request')
    .set({ withdrawn_at: at, withdrawn_by: by, withdrawn_because: reason })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .where(
      sql<boolean>`not exists (select from fit_note_request.result result where result.area = ${area}
      and result.request = request.id and result.withdrawn_at is null)`,
    )
    .returning('id')
    .executeTakeFirst()
  return withdrawn !== undefined
}

// Whoever writes a result and whoever takes the request back wait for each other.
async function holdRequest(db: Db, area: string, id: string): Promise<boolean> {
  const held = await db
    .selectFrom('fit_note_request.request')
    .select('withdrawn_at')
    .where('area', '=', area)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return held !== undefined && held.withdrawn_at === null
}

export type NewResult = By &
  Readonly<{ id: string; request: string; what: Result; held_on: Temporal.PlainDate; words: string | null }>

/** Writes what came of the conversation; false where one stands already, or the request was taken back. */
export async function saveResult(db: Db, result: NewResult): Promise<boolean> {
  if (!(await holdRequest(db, result.area, result.request))) return false
  const kept = await db
    .insertInto('fit_note_request.result')
    .values(result)
    .onConflict((twice) => twice.doNothing())
    .returning('id')
    .executeTakeFirst()
  return kept !== undefined
}

/** Keeps what the practice was told of a result, or why it was not. */
export async function saveTold(
  db: Db,
  { area, id, ...told }: Readonly<{ area: string; id: string; told: string | null; untold: string | null }>,
): Promise<void> {
  await db.updateTable('fit_note_request.result').set(told).where('area', '=', area).where('id', '=', id).execute()
}

/** Takes a result back, so that the conversation is to be held again; false when that was done meanwhile. */
export async function withdrawResult(db: Db, { area, id, by, at }: By & Readonly<{ id: string }>): Promise<boolean> {
  const withdrawn = await db
    .updateTable('fit_note_request.result')
    .set({ withdrawn_at: at, withdrawn_by: by })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return withdrawn !== undefined
}

const standing: Readonly<Record<'open' | Result, ReturnType<typeof sql<boolean>>>> = {
  open: sql<boolean>`(result.id is null and request.withdrawn_at is null and person.died_on is null)`,
  supported: sql<boolean>`result.what = 'supported'`,
  clinician: sql<boolean>`result.what = 'clinician'`,
  declined: sql<boolean>`result.what = 'declined'`,
}

/** Who looks after somebody today, where anybody does. */
const coachNow = sql<string | null>`(select coach.name from episode.standing now join organisations.member coach
  on coach.area = now.area and coach.id = now.coach where now.area = person.area and now.person = person.id
  and now.ended_at is null limit 1)`

export type Listed = Exclude<RequestState, 'late' | 'taken-back'>
type Listing = Readonly<{ state: Listed; page: number }>

/** The requests of the people whom this actor lists, the first to be spoken to on top, and how many there are. */
export async function listRequests(db: Db, actor: Actor, { state, page }: Listing) {
  const chosen = requests(db, actor.area)
    .innerJoin('people.person as known', (join) =>
      join.onRef('known.area', '=', 'request.area').onRef('known.id', '=', 'request.person'),
    )
    // What was written on a record that was merged into another stands with the other.
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'known.area').on(sql<boolean>`person.id = coalesce(known.merged_into, known.id)`),
    )
    .select(['person.id as kept', 'person.given_name', 'person.family_name', 'person.preferred_name'])
    .select(coachNow.as('coach'))
    .where(mayReachPerson(actor, 'list', 'person.id'))
    .where(standing[state])
  const [rows, { count }] = await Promise.all([
    chosen
      .orderBy('request.hold_by', state === 'open' ? 'asc' : 'desc')
      .orderBy('request.id')
      .limit(pageLength)
      .offset((page - 1) * pageLength)
      .execute(),
    db
      .selectFrom(chosen.as('chosen'))
      .select(sql<number>`count(*)::int`.as('count'))
      .executeTakeFirstOrThrow(),
  ])
  return {
    rows: rows.map((row) => ({ ...shown(row), person: row.kept, name: calledName(row), coach: row.coach })),
    count,
  }
}

/** By episode, the conversations that these coaches are to hold, the first to be held first. */
export async function listConversationsDue(db: Db, area: string, coaches: readonly string[]) {
  return db
    .selectFrom('fit_note_request.request as request')
    .innerJoin('episode.standing as standing', (join) =>
      join.onRef('standing.area', '=', 'request.area').on(
        sql<boolean>`standing.person = any(array(select unnest(array[known.id, known.merged_into])
          from people.person known where known.area = request.area and known.id = request.person))`,
      ),
    )
    .select(['standing.episode', 'standing.person', 'request.id', 'request.hold_by as holdBy'])
    .where('request.area', '=', area)
    .where('request.withdrawn_at', 'is', null)
    .where(
      sql<boolean>`not exists (select from fit_note_request.result result where result.area = request.area
      and result.request = request.id and result.withdrawn_at is null)`,
    )
    .where('standing.ended_at', 'is', null)
    .where(isLookedAfterBy(area, coaches, 'standing.episode'))
    .orderBy('request.hold_by')
    .execute()
}

/** Requests on the timeline of a person, those taken back too. Ask findPerson before. */
export async function listFitNoteRequestsOnTimeline(db: Db, asked: Asked) {
  const query = db
    .selectFrom('fit_note_request.request as request')
    .select(['request.id', 'request.at', 'request.person', 'request.practice', 'request.says'])
    .select(['request.hold_by as holdBy', 'request.withdrawn_because as takenBack'])
    .select(findNameOf(asked.area, 'request.by').as('by'))
    .where('request.area', '=', asked.area)
    .where(isAnyOf('request.person', asked.people))
  return readNewest(query, { at: 'request.at', id: 'request.id' }, asked).execute()
}

/** What came of them, on the timeline of a person, what was taken back too. Ask findPerson before. */
export async function listFitNoteResultsOnTimeline(db: Db, asked: Asked) {
  const query = db
    .selectFrom('fit_note_request.result as result')
    .innerJoin('fit_note_request.request as request', (join) =>
      join.onRef('request.area', '=', 'result.area').onRef('request.id', '=', 'result.request'),
    )
    .select(['result.id', 'result.at', 'request.person', 'result.words', sql<Result>`result.what`.as('what')])
    .select([
      findNameOf(asked.area, 'result.by').as('by'),
      sql<boolean>`result.withdrawn_at is not null`.as('takenBack'),
    ])
    .where('result.area', '=', asked.area)
    .where(isAnyOf('request.person', asked.people))
  return readNewest(query, { at: 'result.at', id: 'result.id' }, asked).execute()
}
