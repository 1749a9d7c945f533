import { sql } from 'kysely'
import { startOfDay } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import { findNameOf } from '#journey/timeline/store.ts'
import { type Contest, type ContestState, type Counted, countedDays, figuresOf, mostSent } from './rules.ts'

type Wanted = Readonly<{ area: string; service: string; from: Temporal.PlainDate; until: Temporal.PlainDate }>

/**
 * What came of everything that a service was sent within these days. What was taken back before it answered is left out: it
 * was told to do nothing. Only numbers of it leave this slice. It is read in an index alone, with what is kept on each row, and no
 * further back than would change a figure.
 */
export async function countSent(db: Db, { area, service, from, until }: Wanted): Promise<Counted> {
  const middle = (days: string) => sql<number | null>`percentile_cont(0.5) within group (order by ${sql.ref(days)})`
  // Somebody may have gone there before the service was asked: none is the fewest days there are.
  const after = (day: string) =>
    sql`case when ${sql.ref(day)} is not null then greatest(${sql.ref(day)} - asked_on, 0) end`
  const one = sql`select closed, ${after('answered_on')} as answered, ${after('started_on')} as started
    from (select closed, answered_on, started_on, (asked_at at time zone 'Europe/London')::date as asked_on
      from onward.referral where area = ${area} and service = ${service} and asked_at >= ${startOfDay(from)}
        and asked_at < ${startOfDay(until.add({ days: 1 }))} and (state <> 'withdrawn' or answered_on is not null)
      order by asked_at desc limit ${mostSent}) sent`
  const { rows } = await sql<Counted>`select count(*)::int as sent, (count(*) filter (where closed))::int as closed,
      count(answered)::int as answers, ${middle('answered')} as "toAnswer",
      count(started)::int as starts, ${middle('started')} as "toStart"
    from (${one}) one`.execute(db)
  const [counted] = rows
  if (!counted) throw new Error('A count gave no row')
  return counted
}

type Of = Readonly<{ area: string; service: string }>

/** The figures of a service as everybody reads them, of which days, and what it has said against them. */
export async function findFigures(db: Db, of: Of, today: Temporal.PlainDate) {
  const days = countedDays(today)
  const [sent, contests] = await Promise.all([countSent(db, { ...of, ...days }), listContests(db, of)])
  return { figures: figuresOf(sent), contests, ...days }
}

const contested = (db: Db, area: string) =>
  db
    .selectFrom('onward_figures.contest as contest')
    .select(['contest.id', 'contest.words', 'contest.stood', 'contest.by_name as byName', 'contest.at'])
    .select(['contest.answer', 'contest.answered_at as answeredAt', 'contest.service'])
    .select(findNameOf(area, 'contest.answered_by').as('answeredBy'))
    .where('contest.area', '=', area)
    .orderBy('contest.at', 'desc')
    .orderBy('contest.id', 'desc')

/** What a service has said against its figures, the newest first. */
async function listContests(db: Db, { area, service }: Of): Promise<Contest[]> {
  return contested(db, area).where('contest.service', '=', service).execute()
}

type Listing = Readonly<{ state: ContestState; page: number; length: number }>

/** What services say against their figures, the newest first, and how many there are. */
export async function listContested(db: Db, area: string, { state, page, length }: Listing) {
  const rows = await contested(db, area)
    .innerJoin('services.service as service', (join) =>
      join.onRef('service.area', '=', 'contest.area').onRef('service.id', '=', 'contest.service'),
    )
    .select('service.name as serviceName')
    .where('contest.answered_at', state === 'open' ? 'is' : 'is not', null)
    .limit(length)
    .offset((page - 1) * length)
    .execute()
  return { rows, count: await countContested(db, area, state) }
}

/** How many services wait for an answer to what they say against their figures, or have had one. */
export async function countContested(db: Db, area: string, state: ContestState = 'open'): Promise<number> {
  const counted = await db
    .selectFrom('onward_figures.contest')
    .select((row) => row.fn.countAll<number>().as('number'))
    .where('area', '=', area)
    .where('answered_at', state === 'open' ? 'is' : 'is not', null)
    .executeTakeFirstOrThrow()
  return Number(counted.number)
}

type NewContest = Of &
  Readonly<{ id: string; words: string; stood: string; by_name: string; by: string | null; at: Temporal.Instant }>

/** Keeps what a service says against its figures; false where something of it waits already, or the form was sent before. */
export async function saveContest(db: Db, contest: NewContest): Promise<boolean> {
  const kept = await db
    .insertInto('onward_figures.contest')
    .values(contest)
    .onConflict((there) => there.doNothing())
    .returning('id')
    .executeTakeFirst()
  return kept !== undefined
}

type Answering = Of & Readonly<{ id: string; answer: string; by: string; at: Temporal.Instant }>

/** Keeps what the area answers; false where somebody has answered already. */
export async function answerContest(db: Db, { area, service, id, answer, by, at }: Answering): Promise<boolean> {
  const kept = await db
    .updateTable('onward_figures.contest')
    .set({ answer, answered_by: by, answered_at: at })
    .where('area', '=', area)
    .where('service', '=', service)
    .where('id', '=', id)
    .where('answered_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return kept !== undefined
}
