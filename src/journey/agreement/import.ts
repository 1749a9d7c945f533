import { manyRows, takeBack, type TakenBack } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Content, WayAgreed } from '#journey/plan/rules.ts'

/** The first version of a plan that comes with a batch, as it was agreed. */
export type TakenAgreement = Readonly<{
  id: string
  episode: string
  content: Content
  on: Temporal.PlainDate
  how?: WayAgreed
  at: Temporal.Instant
  by: string | null
}>

const columns = ['area', 'id', 'episode', 'number', 'content', 'agreed_on', 'how', 'recorded_at', 'by'] as const

/** Takes many agreements at once. */
export async function takeAgreements(db: Db, area: string, agreements: readonly TakenAgreement[]): Promise<void> {
  const rows = agreements.map(({ id, episode, content, on, how, at, by }) => ({
    ...{ area, id, episode, number: 1, content, agreed_on: on },
    ...{ how: how ?? 'in-person', recorded_at: at, by },
  }))
  await db
    .insertInto('agreement.agreement')
    .columns(columns)
    .expression(manyRows('agreement.agreement', columns, rows))
    .execute()
}

/** Takes back versions of plans of episodes that a batch brought; gives those that are gone. */
export function takeBackAgreements(db: Db, { area, episodes, facts }: TakenBack): Promise<string[]> {
  return takeBack(db, 'agreement', area, episodes, facts)
}
