import { takeStock } from '#platform/database/bulk.ts'
import { dayOf, startOfDay } from '#platform/dates.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { writeEntry } from '#platform/journal/journal.ts'
import { findSettings } from '#registers/areas/store.ts'
import { emptyParcels } from '#exchange/files/parcel/import.ts'
import { findBy, listOverdue } from '#exchange/files/parcel/store.ts'
import { forgetTrials } from '#exchange/files/trial/import.ts'
import { finishTakingBack, takeBackSome } from '#exchange/files/undoing/import.ts'
import { takePartIn } from './import.ts'

/** Bringing in what was sent, part after part, and deleting it when the area keeps it no longer. */
export const intakeJobs = {
  'files.bring': (db, { area, parcel, part }, now) =>
    takePartIn(db, { area, parcel: String(parcel), part: Number(part), now }),
  'files.undo': async (db, { area, batch, by: membership, done }, now) => {
    const by = await findBy(db, area, String(membership))
    const taking = { area, batch: String(batch), by, now }
    const some = await takeBackSome(db, taking)
    if (some === 0) return finishTakingBack(db, taking)
    await addJob(db, 'files.undo', { area, batch: taking.batch, by: by.membership, done: Number(done) + some })
  },
  'files.count': (db) => takeStock(db),
  'files.delete': async (db, { area }, now) => {
    const { keepFilesDays } = await findSettings(db, area, dayOf(now))
    const overdue = await listOverdue(db, area, startOfDay(dayOf(now).subtract({ days: keepFilesDays })))
    await emptyParcels(db, area, overdue, now)
    await forgetTrials(db, area, overdue, now)
    for (const subject of overdue)
      writeEntry(db, { area, by: undefined, happening: { kind: 'act', what: 'parcel.emptied', subject }, at: now })
  },
} as const satisfies Jobs
export const intakeSchedules: readonly Schedule[] = [{ job: 'files.delete', match: '10 3 * * *' }]
