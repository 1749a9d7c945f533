import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { AnswerCode } from '#journey/request/rules.ts'
import type { Answered } from './rules.ts'

/** Everything that was answered to a request, in the order in which it came. Ask findRequest before. */
export async function listAnswersTo(db: Db, area: string, request: string): Promise<Answered[]> {
  return (
    db
      .selectFrom('request.answer as answer')
      // Checked: the table itself refuses any other answer.
      .select(['answer.id', sql<AnswerCode>`answer.answer`.as('answer'), 'answer.note', 'answer.by_name as byName'])
      .select('answer.at')
      .where('answer.area', '=', area)
      .where('answer.request', '=', request)
      .orderBy('answer.at')
      .orderBy('answer.id')
      .execute()
  )
}
