import type { App } from '#platform/http/app.ts'
import { cookieParts, ownCookie } from './rules.ts'
import { SignedOut } from './pages.tsx'
import { endOwnSession } from './store.ts'

/** How a participant leaves their own pages. */
export async function onlineRoutes(app: App): Promise<void> {
  const cookie = ownCookie(app.settings.origin)

  app.post('/my/sign-out', { who: 'participant' }, async (request, reply) => {
    const given = cookieParts(request.cookies[cookie])
    if (given) await endOwnSession(request.db, given, 'signed out', request.now)
    await request.act('online.signed-out')
    return reply.cookie({ name: cookie, value: '' }).redirect(`/in/${request.area}/signed-out`)
  })

  app.get('/in/:area/signed-out', { who: 'anyone', area: 'path' }, async (_request, reply) => reply.page(<SignedOut />))
}
