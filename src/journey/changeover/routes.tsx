import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { OwnChanges } from './pages.tsx'
import { listOwnChanges, readChange } from './store.ts'

/** Where a participant reads who looks after them now, and who did before. */
export async function changeoverRoutes(app: App): Promise<void> {
  app.get('/my/changes', { who: 'participant', reads: 'record' }, async (request, reply) => {
    const changes = await listOwnChanges(request.db, request.me)
    await request.read('participant.changes')
    return reply.page(<OwnChanges changes={changes} />)
  })
  app.post('/my/changes/:change/reading', { who: 'participant' }, async (request, reply) => {
    const { db, me, now, params } = request
    const { change } = params
    if (!/^[0-9a-f-]{36}$/.test(change) || !(await readChange(db, me, change, now))) throw new NotFound()
    await request.act('changeover.read', { subject: change })
    return reply.redirect('/my')
  })
}
