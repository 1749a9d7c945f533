import { dayOf, startOfDay } from '#platform/dates.ts'
import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { writeEntry } from '#platform/journal/journal.ts'
import { findSettings } from '#registers/areas/store.ts'
import { forgetEmails } from './store.ts'

/** Deletes what emails of services say as soon as the area keeps forms by email no longer. */
export const emailedAnswerJobs: Jobs = {
  'onward.forget-answers': async (db, { area }, now) => {
    const today = dayOf(now)
    const { keepFilesDays, keepFormsDays } = await findSettings(db, area, today)
    const settledBefore = startOfDay(today.subtract({ days: keepFilesDays }))
    const cameBefore = startOfDay(today.subtract({ days: keepFormsDays - 1 }))
    const codes = await forgetEmails(db, { area, settledBefore, cameBefore }, now)
    const happening = { kind: 'act', what: 'emailed-answer.emptied', codes } as const
    if (codes.emptied > 0) writeEntry(db, { area, by: undefined, happening, at: now })
  },
}
export const emailedAnswerSchedules: readonly Schedule[] = [{ job: 'onward.forget-answers', match: '35 3 * * *' }]
