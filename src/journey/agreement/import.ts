import { manyRows } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Content } from '#journey/plan/rules.ts'

/** The first version of a plan that comes with a batch, as it was agreed. */
export type TakenAgreement = Readonly<{
  id: string
  episode: string
  content: Content
  on: Temporal.PlainDate
  at: Temporal.Instant
  by: string
}>

const columns = ['area', 'id', 'episode', 'number', 'content', 'agreed_on', 'how', 'recorded_at', 'by'] as const

/** Takes many agreements at once. */
export async function takeAgreements(db: Db, area: string, agreements: readonly TakenAgreement[]): Promise<void> {
  const rows = agreements.map(({ id, episode, content, on, at, by }) => ({
    ...{ area, id, episode, number: 1, content, agreed_on: on },
    ...{ how: 'in-person', recorded_at: at, by },
  }))
  await db
    .insertInto('agreement.agreement')
    .columns(columns)
    .expression(manyRows('agreement.agreement', columns, rows))
    .execute()
}
