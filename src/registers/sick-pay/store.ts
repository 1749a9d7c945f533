import type { Db } from '#platform/database/transaction.ts'
import type { SickPayRule } from './rules.ts'

/** What Statutory Sick Pay is, from which day on, the earliest first. */
export async function listSickPayRules(db: Db): Promise<SickPayRule[]> {
  return db
    .selectFrom('sick_pay.rule')
    .select(['from_on as fromOn', 'weekly_pence as weekly', 'share_percent as share', 'waiting_days as waitingDays'])
    .select(['least_weekly_pence as leastEarned', 'least_days_in_row as leastInRow', 'link_days as linkDays'])
    .select(['most_weeks as mostWeeks', 'source'])
    .orderBy('from_on')
    .execute()
}
