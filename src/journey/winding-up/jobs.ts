import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import type { Jobs } from '#platform/jobs/worker.ts'
import { writeEntry } from '#platform/journal/journal.ts'
import { closeNotice, findDueHeldStill } from './store.ts'

/** Gives every record that an organisation holds to another, and says how many; people keep it. */
export type PassHoldingsOn = (
  db: Db,
  of: Readonly<{ area: string; from: string; to: string; at: Temporal.Instant }>,
) => Promise<number>

/** On the last day the records go to whoever keeps them, those of the people who are left too. */
export const windingUpJobs = (passHoldingsOn: PassHoldingsOn): Jobs => ({
  'winding-up.close': async (db, { area, id }, at) => {
    if (typeof id !== 'string') throw new Error('An organisation that ends is named by its notice')
    const due = await findDueHeldStill(db, area, id, dayOf(at))
    if (!due) return
    const { organisation: from, keeper: to } = due
    const passedOn = await passHoldingsOn(db, { area, from, to, at })
    await closeNotice(db, { area, id, at, passedOn })
    const codes = { organisation: from, keeper: to, records: passedOn }
    writeEntry(db, {
      area,
      by: undefined,
      happening: { kind: 'act', what: 'winding-up.ended', subject: id, codes },
      at,
    })
  },
})
