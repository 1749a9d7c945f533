import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import { isSettled } from '#journey/action/rules.ts'
import { addAction, listActions, saveResult } from '#journey/action/store.ts'
import { endWaitingFor } from '#journey/onward-clock/store.ts'
import type { Onward } from '#journey/onward/store.ts'
import { isAnyOf } from '#journey/timeline/store.ts'
import { resultOf, resultWords, returnDays, returnWords } from './rules.ts'

/** From which of these referrals somebody came back to coaching already. */
export async function listReturned(db: Db, area: string, of: readonly string[]): Promise<Set<string>> {
  if (of.length === 0) return new Set()
  const rows = await db
    .selectFrom('support_now.came_back')
    .select('referral')
    .where('area', '=', area)
    .where(isAnyOf('referral', of))
    .execute()
  return new Set(rows.map(({ referral }) => referral))
}

type Returning = Readonly<{ area: string; onward: Onward; by: string; at: Temporal.Instant }>

/**
 * Brings somebody back to coaching: what the service did is settled in the plan by how it ended, the coach has what they do
 * next, and support that waited for the service goes on. False where somebody has done so before.
 */
export async function returnToCoaching(db: Db, { area, onward, by, at }: Returning): Promise<boolean> {
  const { id: referral, action: theirs, goal, serviceName } = onward
  const about = { area, at, by }
  const next = { what: returnWords(serviceName), due_on: dayOf(at).add({ days: returnDays }), owner: 'coach' } as const
  // The action goes by the id of the referral, so that two who do this at once make one.
  await addAction(db, { ...about, ...next, id: referral, goal, barrier: null, obstacle: null })
  const kept = await db
    .insertInto('support_now.came_back')
    .values({ ...about, referral, action: referral })
    .onConflict((twice) => twice.columns(['area', 'referral']).doNothing())
    .returning('referral')
    .executeTakeFirst()
  if (!kept) return false
  const done = (await listActions(db, area, onward.episode)).find(({ id }) => id === theirs)
  const last = onward.events.findLast(({ kind }) => kind === onward.state)
  if (done && last && !isSettled(done)) {
    const said = { result: resultOf(last), note: resultWords(serviceName, last), result_on: last.onDay ?? dayOf(at) }
    await saveResult(db, { ...about, ...said, id: newId(), action: done.id })
  }
  await endWaitingFor(db, { area, onward, because: 'back to coaching', by, at })
  return true
}

/** Since when each action of an episode has been in the plan. Ask findEpisode before. */
export async function listSince(db: Db, area: string, episode: string): Promise<Map<string, Temporal.Instant>> {
  const rows = await db
    .selectFrom('action.action as action')
    .innerJoin('goal.goal as goal', (join) =>
      join.onRef('goal.area', '=', 'action.area').onRef('goal.id', '=', 'action.goal'),
    )
    .select(['action.id', 'action.added_at as since'])
    .where('action.area', '=', area)
    .where('goal.episode', '=', episode)
    .execute()
  return new Map(rows.map(({ id, since }) => [id, since]))
}
