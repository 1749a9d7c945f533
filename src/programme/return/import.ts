import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { momentAt } from '#platform/dates.ts'
import { lastDayOf } from '#programme/counting/rules.ts'
import { countReturn, saveSignature } from './store.ts'

/** Signs months that are over, each some days after its end, as the lead of a made-up area would have done. */
export async function takeSignatures(db: Db, lead: Actor, months: readonly Temporal.PlainYearMonth[]): Promise<void> {
  for (const month of months) {
    const on = lastDayOf(month).add({ days: 8 })
    const figures = await countReturn(db, lead, month, on)
    const signed = { by: lead.membership, at: momentAt(on, '10:00'), reason: null }
    await saveSignature(db, { ...signed, area: lead.area, month, version: 1, figures })
  }
}
