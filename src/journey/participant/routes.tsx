import type { App } from '#platform/http/app.ts'
import { Home } from './pages.tsx'

/** A participant's own pages. */
export async function participantRoutes(app: App): Promise<void> {
  app.get('/my', { who: 'participant', reads: 'record' }, async (request, reply) => {
    await request.read('participant.home')
    return reply.page(<Home name={request.me.name} />)
  })
}
