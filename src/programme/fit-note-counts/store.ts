import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Result } from '#journey/fit-note-request/rules.ts'
import { isCountedFor } from '#programme/counting/store.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import { type Counted, daysOf, type Wanted } from './rules.ts'

export type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate }>
type Period = Readonly<{ from: Temporal.PlainDate; until: Temporal.PlainDate }>

/** Requests of a period that were not taken back and count for this reader, each with its practice as it is compared. */
function listRequestsAsked(db: Db, actor: Actor, { from, until }: Period) {
  const { area } = actor
  const everyOne = db
    .selectFrom('fit_note_request.request as request')
    .innerJoin('people.person as known', (join) =>
      join.onRef('known.area', '=', 'request.area').onRef('known.id', '=', 'request.person'),
    )
    .leftJoin('fit_note_request.result as result', (join) =>
      join
        .onRef('result.area', '=', 'request.area')
        .onRef('result.request', '=', 'request.id')
        .on('result.withdrawn_at', 'is', null),
    )
    .select(['request.id', 'request.practice as name', 'request.asked_on', 'request.hold_by', 'result.held_on'])
    .select(sql<string>`coalesce(known.merged_into, known.id)`.as('person'))
    .select(sql<string>`lower(btrim(regexp_replace(request.practice, '\\s+', ' ', 'g')))`.as('practice'))
    // Checked: the table itself refuses any other result.
    .select(sql<Result | null>`result.what`.as('what'))
    .select(sql<number | null>`result.held_on - request.asked_on`.as('days'))
    .select(
      sql<boolean>`row_number() over (partition by coalesce(known.merged_into, known.id)
        order by request.asked_on, request.id) > 1`.as('again'),
    )
    .where('request.area', '=', area)
    .where('request.withdrawn_at', 'is', null)
    .where('request.asked_on', '<=', until)
  return db
    .selectFrom(everyOne.as('asked'))
    .where('asked.asked_on', '>=', from)
    .where(isCountedFor(actor, 'asked.person'))
}

/** The requests of a period, those that are alike together. */
export async function countRequestsAsked(db: Db, actor: Actor, period: Period): Promise<Counted[]> {
  return listRequestsAsked(db, actor, period)
    .select(['asked.practice', 'asked.what', 'asked.days', 'asked.again'])
    .select([sql<string>`to_char(asked.asked_on, 'YYYY-MM')`.as('month'), sql<string>`min(asked.name)`.as('name')])
    .select(sql<number>`count(*)::int`.as('count'))
    .groupBy(['month', 'asked.practice', 'asked.what', 'asked.days', 'asked.again'])
    .orderBy('month')
    .orderBy('name')
    .execute()
}

/** How many stand behind a number, and those of them whose records this member may be shown: some are for the named alone. */
export async function listBehindCount(
  { db, actor }: Asking,
  { is, practice, wait, asked, ...period }: Period & Wanted,
  page: Readonly<{ from: number; most: number }>,
) {
  let chosen = listRequestsAsked(db, actor, period)
  if (is === 'open') chosen = chosen.where('asked.what', 'is', null)
  else if (is === 'held') chosen = chosen.where('asked.what', 'is not', null)
  else if (is !== undefined) chosen = chosen.where(sql<boolean>`asked.what = ${is}`)
  if (practice !== undefined) chosen = chosen.where('asked.practice', '=', practice)
  if (asked !== undefined) chosen = chosen.where('asked.again', '=', asked === 'again')
  if (wait !== undefined) chosen = chosen.where(isWithin(daysOf(wait)))
  const listed = mayReachPerson(actor, 'list', 'asked.person')
  const [counts, rows] = await Promise.all([
    chosen
      .select(sql<number>`count(*)::int`.as('count'))
      .select(sql<number>`(count(*) filter (where ${listed}))::int`.as('listed'))
      .executeTakeFirstOrThrow(),
    chosen
      .innerJoin('people.person as person', (join) =>
        join.on('person.area', '=', actor.area).onRef('person.id', '=', 'asked.person'),
      )
      .select(['asked.id', 'asked.person', 'asked.name as practice', 'asked.asked_on as askedOn', 'asked.what'])
      .select(['asked.hold_by as holdBy', 'asked.held_on as heldOn', 'asked.days', 'asked.again'])
      .select(['person.given_name', 'person.family_name', 'person.preferred_name'])
      .where(listed)
      .orderBy('asked.asked_on')
      .orderBy('asked.id')
      .limit(page.most)
      .offset(page.from)
      .execute(),
  ])
  return { ...counts, rows }
}

const isWithin = ({ from, until }: ReturnType<typeof daysOf>) =>
  sql<boolean>`asked.days >= ${from}::int and (${until}::int is null or asked.days <= ${until}::int)`
