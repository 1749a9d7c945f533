import type { Db } from '#platform/database/transaction.ts'

/** Whether this is how a practice was told that the conversation was not taken up: nothing is asked of it then. */
export async function isToldOfNotTakenUp(db: Db, area: string, told: string): Promise<boolean> {
  const found = await db
    .selectFrom('fit_note_request.result')
    .select('id')
    .where('area', '=', area)
    .where('told', '=', told)
    .where('what', '=', 'declined')
    .executeTakeFirst()
  return found !== undefined
}
