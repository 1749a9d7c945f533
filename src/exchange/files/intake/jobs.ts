import { takeStock } from '#platform/database/bulk.ts'
import { dayOf, startOfDay } from '#platform/dates.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { writeEntry } from '#platform/journal/journal.ts'
import { findSettings } from '#registers/areas/store.ts'
import { forgetCells } from '#exchange/files/batch/import.ts'
import { findBatch } from '#exchange/files/batch/store.ts'
import { emptyParcels } from '#exchange/files/parcel/import.ts'
import { findBy, listOverdue } from '#exchange/files/parcel/store.ts'
import { forgetTrials, goOnTrying } from '#exchange/files/trial/import.ts'
import { findFailure, listStillTrials } from '#exchange/files/trial/store.ts'
import { finishTakingBack, takeBackSome } from '#exchange/files/undoing/import.ts'
import { goOnTakingIn, takePartIn } from './import.ts'
import { listStillIntakes } from './store.ts'

/**
 * Bringing in what was sent, part after part, and deleting it when the area keeps it no longer. What a server that broke
 * down has left undone is gone on with; what failed waits for its next try, or for somebody.
 */
export const intakeJobs = {
  'files.bring': (db, { area, parcel, part }, now) =>
    takePartIn(db, { area, parcel: String(parcel), part: Number(part), now }),
  'files.undo': async (db, { area, batch, by: membership, done }, now) => {
    // Work that was given up for lost may come back after somebody else has finished it.
    const found = await findBatch(db, area, String(batch))
    if (!found?.undoing_at || found.undone_at) return
    const by = await findBy(db, area, String(membership))
    const taking = { area, batch: String(batch), by, now }
    const some = await takeBackSome(db, taking)
    if (some === 0) return finishTakingBack(db, taking)
    await addJob(db, 'files.undo', { area, batch: taking.batch, by: by.membership, done: Number(done) + some })
  },
  'files.wake': async (db, { area }, now) => {
    const before = now.subtract({ minutes: 5 })
    for (const { id, part } of await listStillTrials(db, area, before))
      if (!(await findFailure(db, area, { trial: id }))) await goOnTrying(db, { area, trial: id }, part)
    for (const { parcel, part } of await listStillIntakes(db, area, before))
      if (!(await findFailure(db, area, { parcel }))) await goOnTakingIn(db, { area, parcel }, part)
  },
  'files.count': (db) => takeStock(db),
  'files.delete': async (db, { area }, now) => {
    const { keepFilesDays } = await findSettings(db, area, dayOf(now))
    const before = startOfDay(dayOf(now).subtract({ days: keepFilesDays }))
    const overdue = await listOverdue(db, area, before)
    await forgetCells(db, area, before)
    await emptyParcels(db, area, overdue, now)
    await forgetTrials(db, area, overdue, now)
    for (const subject of overdue)
      writeEntry(db, { area, by: undefined, happening: { kind: 'act', what: 'parcel.emptied', subject }, at: now })
  },
} as const satisfies Jobs
export const intakeSchedules: readonly Schedule[] = [
  { job: 'files.delete', match: '10 3 * * *' },
  { job: 'files.wake', match: '*/10 * * * *' },
]
