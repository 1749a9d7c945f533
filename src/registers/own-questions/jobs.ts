import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { forgetExpired } from '#registers/questionnaires/store.ts'

/** Once a day what was saved behind a link that has run out is forgotten: nobody can send it any more. */
export const ownQuestionsJobs: Jobs = {
  'questions.forget-begun': async (db, { area }, now) => void (await forgetExpired(db, area, now)),
}
export const ownQuestionsSchedules: readonly Schedule[] = [{ job: 'questions.forget-begun', match: '35 2 * * *' }]
