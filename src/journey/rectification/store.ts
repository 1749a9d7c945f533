import { type Insertable, sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Tables } from '#platform/database/types.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'
import type { Part, Result, WayOfAsking } from './rules.ts'

function requests(db: Db, area: string) {
  return (
    db
      .selectFrom('rectification.request as request')
      .leftJoin('rectification.answer as answer', (join) =>
        join.onRef('answer.area', '=', 'request.area').onRef('answer.request', '=', 'request.id'),
      )
      .select(['request.id', 'request.person', 'request.says', 'request.asked_on as askedOn', 'answer.words'])
      .select(['request.recorded_at as recordedAt', 'answer.at as answeredAt'])
      .select([findNameOf(area, 'request.recorded_by').as('by'), findNameOf(area, 'answer.by').as('answeredBy')])
      // Checked: written from the lists in the rules alone.
      .select([sql<Part>`request.about`.as('about'), sql<WayOfAsking>`request.how`.as('how')])
      .select(sql<Result | null>`answer.result`.as('result'))
      .where('request.area', '=', area)
  )
}

/** What somebody said is wrong in their record, the newest first. Ask findPerson before: it decides who may know. */
export async function listCorrections(db: Db, area: string, people: readonly string[]) {
  return requests(db, area).where(isAnyOf('request.person', people)).orderBy('request.id', 'desc').execute()
}

export type Correction = Awaited<ReturnType<typeof listCorrections>>[number]

/** One thing somebody said is wrong. Ask findPerson about its person: it decides who may know. */
export async function findCorrection(db: Db, area: string, id: string): Promise<Correction | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  return requests(db, area).where('request.id', '=', id).executeTakeFirst()
}

/** Keeps what somebody said is wrong; sent twice it stands once. */
export async function saveCorrection(db: Db, asked: Insertable<Tables['rectification.request']>): Promise<void> {
  await db
    .insertInto('rectification.request')
    .values(asked)
    .onConflict((twice) => twice.doNothing())
    .execute()
}

/** Keeps what came of it; false where somebody else has answered before. */
export async function saveCorrectionAnswer(
  db: Db,
  given: Insertable<Tables['rectification.answer']>,
): Promise<boolean> {
  const saved = await db
    .insertInto('rectification.answer')
    .values(given)
    .onConflict((twice) => twice.doNothing())
    .returning('request')
    .executeTakeFirst()
  return saved !== undefined
}

/** What somebody said is wrong, with the note of disagreement where it stays. Ask findPerson before. */
export async function listCorrectionsOnTimeline(db: Db, asked: Asked) {
  const query = requests(db, asked.area).where(isAnyOf('request.person', asked.people))
  return readNewest(query, { at: 'request.recorded_at', id: 'request.id' }, asked).execute()
}
