import type { App } from '#platform/http/app.ts'
import { newId } from '#platform/ids.ts'
import { carriedRequest } from './rules.ts'
import { findCarried } from './store.ts'

/** What somebody told us, as a file that another service can read (UK GDPR, article 20). */
export async function carriedRoutes(app: App): Promise<void> {
  app.get('/my/request.json', { who: 'participant', reads: 'record' }, async (request, reply) => {
    const { db, me } = request
    const carried = await findCarried(db, me)
    await request.read('request.carried', { person: me.person })
    const ids = { patient: newId(), request: newId(), practice: newId() }
    const text = JSON.stringify(carriedRequest(carried, app.settings.origin, ids), null, 2)
    return reply.file('my-request.json', text, 'application/fhir+json')
  })
}
