import type { App } from '#platform/http/app.ts'
import type { Jobs } from '#platform/jobs/worker.ts'
import { type FollowAnswer, permissionsRoutes } from '#registers/permissions/routes.tsx'
import { readersRoutes } from '#registers/readers/routes.tsx'
import { copyRoutes } from '#journey/copy/routes.tsx'
import { followAnswer } from '#journey/ending/store.ts'
import { erasureJobs } from '#journey/erasure/jobs.ts'
import { erasureRoutes } from '#journey/erasure/routes.tsx'
import { holdRoutes } from '#journey/hold/routes.tsx'
import { keepingRoutes } from '#journey/keeping/routes.tsx'
import { listDue } from '#journey/keeping/store.ts'
import { rectificationRoutes } from '#journey/rectification/routes.tsx'

/** What people agreed to, who has seen their record, what they may ask about it, and how long it is kept. */
export async function recordKeepingRoutes(app: App): Promise<void> {
  await permissionsRoutes(app, askForEnding)
  const others = [readersRoutes, copyRoutes, rectificationRoutes, holdRoutes, erasureRoutes(listDue), keepingRoutes]
  for (const routes of others) await routes(app)
}

/** Whoever says that they do not take part any more has their support ended next. */
const askForEnding: FollowAnswer = async (db, said) => {
  const episode = await followAnswer(db, said)
  return episode && `/episodes/${episode}/ending`
}

export const recordKeepingJobs: Jobs = { ...erasureJobs }
