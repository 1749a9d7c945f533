import { CompiledQuery } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { listWithoutResult } from '#journey/appointment/store.ts'
import { listCaseload, listForDay, listOpen } from '#journey/caseload/store.ts'
import { countNoShows, countOpen, countStarts } from '#journey/board/store.ts'
import { listOpenRequests } from '#journey/record-request/store.ts'
import { listTakenOf } from '#journey/slots/store.ts'
import { findActor } from '#registers/organisations/store.ts'

/** A member of the population, as the measurements sign in. */
export type Member = Readonly<{ area: string; membership: string; account: string; role: string }>

/** The plans of the queries behind the lists, as PostgreSQL runs them for a member of the largest area. */
export async function plansOf(
  databases: Databases,
  runners: readonly Member[],
  coaches: readonly Member[],
): Promise<string> {
  const [runner, coach] = [runners[0], coaches[0]]
  if (!runner || !coach) return ''
  const today = Temporal.Now.plainDateISO('Europe/London')
  const now = Temporal.Now.instant()
  const parts = [
    await explained(databases, coach, "a coach's day", (db, actor) =>
      listForDay(db, actor, { coaches: [actor.membership], today }),
    ),
    await explained(databases, coach, "a coach's day: how it went", (db, actor) =>
      listWithoutResult(db, actor, { coaches: [actor.membership], now }),
    ),
    await explained(databases, coach, 'caseload', (db, actor) => listCaseload(db, actor, { aftercare: false })),
    await explained(databases, coach, 'times to choose from: what is taken', (db, actor) =>
      listTakenOf(db, actor.area, { members: [actor.membership], from: now, until: now.add({ hours: 24 * 28 }) }),
    ),
    await explained(databases, runner, 'people of the organisation', (db, actor) =>
      listOpen(db, actor, { filter: {}, after: undefined, most: 51 }),
    ),
    await explained(databases, runner, 'board: who is with the service', (db, actor) =>
      countOpen(db, actor, { now, today }),
    ),
    await explained(databases, runner, 'board: starts', (db, actor) =>
      countStarts(db, actor, {
        ...{ lately: now.subtract({ hours: 24 * 84 }), before: now.subtract({ hours: 24 * 60 }) },
        ...{ month: now.subtract({ hours: 24 * 30 }), today: now, until: now },
      }),
    ),
    await explained(databases, runner, 'board: who did not come', (db, actor) =>
      countNoShows(db, actor, { from: now.subtract({ hours: 24 * 30 }), until: now }),
    ),
    await explained(databases, runner, 'what people asked about their records', listOpenRequests),
  ]
  return parts.join('\n')
}

type Listing = (db: Db, actor: Actor) => Promise<unknown>

/** Runs the list once to learn its statement, then asks PostgreSQL how it runs it. */
async function explained(databases: Databases, member: Member, title: string, listing: Listing): Promise<string> {
  return databases.databaseFor(member.area).transaction(async (db) => {
    const on = Temporal.Now.plainDateISO('Europe/London')
    const actor = await findActor(db, { ...member, on })
    if (!actor) return ''
    const seen: CompiledQuery[] = []
    const watched = db.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => result,
    })
    const compiled = watched.getExecutor()
    const original = compiled.executeQuery.bind(compiled)
    compiled.executeQuery = (query, ...rest) => {
      seen.push(query)
      return original(query, ...rest)
    }
    await listing(watched, actor)
    const [query] = seen
    if (!query) return ''
    const plan = await db.executeQuery<{ 'QUERY PLAN': string }>(
      CompiledQuery.raw(`explain (costs off, analyze, timing off, summary off, buffers off) ${query.sql}`, [
        ...query.parameters,
      ]),
    )
    return `# ${title}\n${plan.rows.map((row) => row['QUERY PLAN'].replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')).join('\n')}\n`
  })
}
