import { sql } from 'kysely'
import type { Actor, Verb } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { calledName } from '#registers/people/rules.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'
import {
  type AnswerCode,
  type Kind,
  pageLength,
  type Request,
  type RequestState,
  type Shown,
  stateOf,
} from './rules.ts'

export type NewRequest = Readonly<{
  area: string
  id: string
  kind: Kind
  person: string
  referral?: string
  organisation: string
  contact: string | null
  address: string
  asks: string
  shared: readonly Shown[]
  allowedBy: string
  by: string
  at: Temporal.Instant
}>

/** Writes what is asked and what is shown; false where the same form was sent before. */
export async function saveRequest(db: Db, { by, at, allowedBy, referral, shared, ...asked }: NewRequest) {
  const kept = await db
    .insertInto('request.request')
    .values({
      ...{ ...asked, referral: referral ?? null, shared: JSON.stringify(shared), allowed_by: allowedBy },
      ...{ asked_by: by, asked_at: at, closed_at: null, closed_by: null },
    })
    .onConflict((twice) => twice.doNothing())
    .returning('id')
    .executeTakeFirst()
  return kept !== undefined
}

const requests = (db: Db, area: string) =>
  db
    .selectFrom('request.request as request')
    .leftJoin('request.answer as answer', (join) =>
      join
        .onRef('answer.area', '=', 'request.area')
        .onRef('answer.request', '=', 'request.id')
        .on(
          sql<boolean>`answer.id = (select last.id from request.answer last where last.area = request.area
            and last.request = request.id order by last.at desc, last.id desc limit 1)`,
        ),
    )
    .select(['request.id', 'request.person', 'request.referral', 'request.organisation', 'request.contact'])
    .select(['request.address', 'request.asks', 'request.asked_at', 'request.closed_at', 'request.allowed_by'])
    .select(['answer.note', 'answer.by_name', 'answer.at as answered_at', 'answer.read_at'])
    .select([findNameOf(area, 'request.asked_by').as('askedBy'), sql<Shown[]>`request.shared`.as('shared')])
    // Checked: the table itself refuses any other kind or answer.
    .select([sql<Kind>`request.kind`.as('kind'), sql<AnswerCode | null>`answer.answer`.as('answer')])
    .where('request.area', '=', area)

type Row = Omit<Request, 'state'>

function withState<R extends Row>(row: R): R & Pick<Request, 'state'> {
  const unread = row.answered_at !== null && row.read_at === null
  return { ...row, state: stateOf({ unread, answered: row.answer !== null, closed_at: row.closed_at }) }
}

/** What was asked, if this actor may do this with the person it is about. */
export async function findRequest(db: Db, actor: Actor, request: string, verb: Verb = 'open') {
  if (!/^[0-9a-f-]{36}$/.test(request)) return undefined
  const found = await requests(db, actor.area)
    .where('request.id', '=', request)
    .where(mayReachPerson(actor, verb, 'request.person'))
    .executeTakeFirst()
  return found && withState(found)
}

/** What a link of the purpose `request` was given out for: it says of whom. */
export async function findAsked(db: Db, { area, subject, person }: Opening): Promise<Request | undefined> {
  const found = await requests(db, area)
    .where('request.id', '=', subject)
    .where('request.person', '=', person)
    .where('request.closed_at', 'is', null)
    .executeTakeFirst()
  return found && withState(found)
}

/** Which organisation was asked by each of these links. Whoever asks shows that their person may be seen. */
export async function listAskedByLinks(db: Db, area: string, links: readonly string[]) {
  const rows = await db
    .selectFrom('link.link as link')
    .innerJoin('request.request as request', (join) =>
      join.onRef('request.area', '=', 'link.area').onRef('request.id', '=', 'link.subject'),
    )
    .select(['link.id', 'request.organisation'])
    .where('link.area', '=', area)
    .where('link.purpose', '=', 'request')
    .where(isAnyOf('link.id', links))
    .execute()
  return new Map(rows.map(({ id, organisation }) => [id, organisation]))
}

type Opening = Readonly<{ area: string; subject: string | null; person: string | null }>

/** Everything asked about a person, the newest first. Ask findPerson before: it decides who may know. */
export async function listRequestsOf(db: Db, area: string, people: readonly string[]): Promise<Request[]> {
  const rows = await requests(db, area)
    .where(isAnyOf('request.person', people))
    .orderBy('request.asked_at', 'desc')
    .execute()
  return rows.map(withState)
}

/** What whoever made a referral was asked about it, the newest first. Whoever asks shows that the referral may be seen. */
export async function listQuestions(db: Db, area: string, referral: string): Promise<Request[]> {
  const rows = await requests(db, area)
    .where('request.referral', '=', referral)
    .orderBy('request.asked_at', 'desc')
    .execute()
  return rows.map(withState)
}

/** For which of these referrals an answer waits to be read. */
export async function listAnsweredReferrals(db: Db, area: string, referrals: readonly string[]): Promise<string[]> {
  if (referrals.length === 0) return []
  const rows = await db
    .selectFrom('request.answer as answer')
    .innerJoin('request.request as request', (join) =>
      join.onRef('request.area', '=', 'answer.area').onRef('request.id', '=', 'answer.request'),
    )
    .select('request.referral')
    .distinct()
    .where('answer.area', '=', area)
    .where('answer.read_at', 'is', null)
    .where(isAnyOf('request.referral', referrals))
    .execute()
  return rows.flatMap(({ referral }) => referral ?? [])
}

const standing: Readonly<Record<RequestState, ReturnType<typeof sql<boolean>>>> = {
  unread: sql<boolean>`(answer.id is not null and answer.read_at is null)`,
  answered: sql<boolean>`answer.read_at is not null`,
  waiting: sql<boolean>`(answer.id is null and request.closed_at is null)`,
  closed: sql<boolean>`(answer.id is null and request.closed_at is not null)`,
}

type Listing = Readonly<{ state: RequestState | null; page: number }>

/** What was asked about the people whom this actor lists, the newest first, a page at a time, and how many there are. */
export async function listRequests(db: Db, actor: Actor, { state, page }: Listing) {
  const chosen = requests(db, actor.area)
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'request.area').onRef('person.id', '=', 'request.person'),
    )
    .select(['person.given_name', 'person.family_name', 'person.preferred_name'])
    .where(mayReachPerson(actor, 'list', 'request.person'))
    .$if(state !== null, (query) => query.where(state === null ? sql<boolean>`true` : standing[state]))
  const [rows, { count }] = await Promise.all([
    chosen
      .orderBy('request.asked_at', 'desc')
      .orderBy('request.id')
      .limit(pageLength)
      .offset((page - 1) * pageLength)
      .execute(),
    db
      .selectFrom(chosen.as('chosen'))
      .select(sql<number>`count(*)::int`.as('count'))
      .executeTakeFirstOrThrow(),
  ])
  return { rows: rows.map((row) => ({ ...withState(row), name: calledName(row) })), count }
}

export type Answering = Readonly<{
  area: string
  id: string
  request: string
  answer: AnswerCode
  note: string | null
  byName: string | null
  at: Temporal.Instant
}>

/** Writes what somebody outside answered; false where the same was said last, as from a second tab, or the form was sent before. */
export async function saveAnswer(db: Db, { byName, ...answering }: Answering): Promise<boolean> {
  const { area, request } = answering
  await sql`select pg_advisory_xact_lock(hashtextextended('request ' || ${area} || ${request}, 0))`.execute(db)
  const last = await requests(db, area).where('request.id', '=', request).executeTakeFirst()
  if (last?.answer === answering.answer && last.note === answering.note && last.by_name === byName) return false
  const kept = await db
    .insertInto('request.answer')
    .values({ ...answering, by_name: byName, read_by: null, read_at: null })
    .onConflict((twice) => twice.doNothing())
    .returning('id')
    .executeTakeFirst()
  return kept !== undefined
}

/** Whether an answer under this id was kept. */
export async function hasAnswer(db: Db, area: string, id: string): Promise<boolean> {
  const kept = db.selectFrom('request.answer').select('id').where('area', '=', area).where('id', '=', id)
  return (await kept.executeTakeFirst()) !== undefined
}

type Marking = Readonly<{ area: string; request: string; by: string; at: Temporal.Instant }>

/** Writes that a member has read the answers to a request, so that they stand on no list any more. */
export async function markAnswersRead(db: Db, { area, request, by, at }: Marking): Promise<void> {
  await db
    .updateTable('request.answer')
    .set({ read_by: by, read_at: at })
    .where('area', '=', area)
    .where('request', '=', request)
    .where('read_at', 'is', null)
    .execute()
}

/** Closes a request: nothing more is asked. */
export async function closeRequest(db: Db, { area, request, by, at }: Marking): Promise<void> {
  await db
    .updateTable('request.request')
    .set({ closed_at: at, closed_by: by })
    .where('area', '=', area)
    .where('id', '=', request)
    .where('closed_at', 'is', null)
    .execute()
}

/** What was asked of others and what they answered, as part of a story. Ask findPerson before: it decides who may know. */
export async function listAnswersFromOutside(db: Db, asked: Asked) {
  const query = db
    .selectFrom('request.answer as answer')
    .innerJoin('request.request as request', (join) =>
      join.onRef('request.area', '=', 'answer.area').onRef('request.id', '=', 'answer.request'),
    )
    .select(['answer.id', 'answer.at', 'answer.note', 'answer.by_name', 'request.id as request'])
    .select(['request.organisation', findNameOf(asked.area, 'answer.read_by').as('readBy')])
    // Checked: the table itself refuses any other answer.
    .select([sql<AnswerCode>`answer.answer`.as('answer'), sql<Kind>`request.kind`.as('kind')])
    .where('answer.area', '=', asked.area)
    .where(isAnyOf('request.person', asked.people))
  return readNewest(query, { at: 'answer.at', id: 'answer.id' }, asked).execute()
}
