import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { listFailedJobs, runJobAgain } from './jobs.ts'
import { FailedJobs } from './pages.tsx'

/** What failed in the background of this area, and running it again. */
export async function jobRoutes(app: App): Promise<void> {
  app.get('/jobs', { who: ['system-administrator', 'administrator'] }, async ({ db, actor, now }, reply) => {
    const jobs = await listFailedJobs(db, actor.area)
    const mayRunAgain = actor.role === 'system-administrator'
    return reply.page(<FailedJobs {...{ jobs, mayRunAgain, now }} />)
  })

  app.post('/jobs/:job/run', { who: ['system-administrator'] }, async (request, reply) => {
    const { db, actor, params } = request
    const job = (await listFailedJobs(db, actor.area)).find(({ id }) => String(id) === params.job)
    if (!job) throw new NotFound()
    const again = await runJobAgain(db, job.id)
    await request.act('job.run-again', { codes: { job: job.id, name: job.name, again } })
    request.flash(again ? 'The work was put back in the queue.' : 'It is running at this moment.')
    return reply.redirect('/jobs', 303)
  })
}
