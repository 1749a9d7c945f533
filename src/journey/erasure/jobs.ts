import type { JobWork, Jobs } from '#platform/jobs/worker.ts'
import { writeEntry } from '#platform/journal/journal.ts'
import { inOneStep, reasonsNotToErase } from './rules.ts'
import { eraseChosen, findInTheWay, findNextOf, goOnOrFinish, leaveAlone } from './store.ts'

/** Erases a few people in one transaction and goes on with the rest in another: a run that broke off goes on. */
const goOn: JobWork = async (db, { area, run }, at) => {
  if (typeof run !== 'string') throw new Error('An erasure is named by its id')
  const { people, by } = await findNextOf(db, area, run, inOneStep)
  for (const person of people) {
    const stays = reasonsNotToErase(await findInTheWay(db, area, person)).length > 0
    await (stays ? leaveAlone : eraseChosen)(db, { area, run, at }, person)
    const what = stays ? 'erasure.left-alone' : 'erasure.done'
    writeEntry(db, { area, by, happening: { kind: 'act', what, person, subject: run }, at })
  }
  await goOnOrFinish(db, { area, run, at })
}

export const erasureJobs: Jobs = { 'erasure.go-on': goOn }
