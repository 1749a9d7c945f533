import { manyRows } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Screened } from '#journey/screening/rules.ts'
import type { Decision, WayOfTelling } from './rules.ts'

/** A decision about a referral that comes with a batch, and where somebody was helped on to. */
export type TakenDecision = Readonly<{
  id: string
  referral: string
  episode: string
  /** The step that the decision took. */
  step: string
  decision: Decision
  answer: Screened
  reason: string | null
  handover: Readonly<{ whereTo: string; toldHow: WayOfTelling; toldOn: Temporal.PlainDate }> | null
  at: Temporal.Instant
  by: string
}>

const columns = [
  ...(['area', 'id', 'referral', 'episode', 'decision', 'answer', 'findings', 'rule_sets'] as const),
  ...(['reason', 'by', 'at', 'step'] as const),
] as const
const handoverColumns = ['area', 'decision', 'where_to', 'told_by', 'told_how', 'told_on'] as const

/** Takes many decisions at once. */
export async function takeDecisions(db: Db, area: string, decisions: readonly TakenDecision[]): Promise<void> {
  if (decisions.length === 0) return
  const rows = decisions.map(({ handover: _, ...decision }) => decision)
  const handovers = decisions.flatMap(({ id: decision, handover, by }) =>
    handover
      ? [{ decision, where_to: handover.whereTo, told_by: by, told_how: handover.toldHow, told_on: handover.toldOn }]
      : [],
  )
  await Promise.all([
    db
      .insertInto('decision.decision')
      .columns(columns)
      .expression(manyRows('decision.decision', columns, rows, { area, findings: [], rule_sets: [] }))
      .execute(),
    db
      .insertInto('decision.handover')
      .columns(handoverColumns)
      .expression(manyRows('decision.handover', handoverColumns, handovers, { area }))
      .execute(),
  ])
}
