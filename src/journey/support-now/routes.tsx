import { careRoles } from '#platform/access/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { listIdsOf } from '#registers/merged/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { listActions } from '#journey/action/store.ts'
import { listAwaited } from '#journey/booking/store.ts'
import { findEpisode, findNewestEpisode } from '#journey/episode/store.ts'
import { mayChangeGoals } from '#journey/goal/rules.ts'
import { findOnward, listOnwardOf } from '#journey/onward/store.ts'
import { SupportNow } from './pages.tsx'
import { inHouseOf, mayReturn, outsideOf } from './rules.ts'
import { listReturned, listSince, returnToCoaching } from './store.ts'

/** What somebody is supported with now, in-house and outside at once, and the one step back from a service to coaching. */
export async function supportNowRoutes(app: App): Promise<void> {
  const open = { who: careRoles, verb: 'open', reads: 'record' } as const
  app.get('/people/:person/support-now', open, async (request, reply) => {
    const { db, area, actor, now, params } = request
    const found = await findPerson(db, actor, params.person)
    const newest = found && (await findNewestEpisode(db, actor, found.id))
    const episode = newest === undefined ? undefined : await findEpisode(db, actor, newest)
    if (!found || !episode) throw new NotFound()
    const [actions, since, meetings, onward] = [
      await listActions(db, area, episode.id),
      await listSince(db, area, episode.id),
      await listAwaited(db, area, episode.id),
      await listOnwardOf(db, area, await listIdsOf(db, area, found.id)),
    ]
    const returned = await listReturned(
      db,
      area,
      onward.map(({ id }) => id),
    )
    await request.read('onward.support-now', { person: found.id, subject: episode.id })
    const shown = {
      person: { id: found.id, name: calledName(found), mayEdit: found.mayEdit },
      ...{ episode: episode.id, goesOn: mayChangeGoals(episode.stage), meetings, now },
      over: ['aftercare', 'closed', 'ended'].includes(episode.stage),
      actions: inHouseOf(actions).map((action) => ({ ...action, since: since.get(action.id) })),
      ...outsideOf(onward, returned, now),
    }
    return reply.page(<SupportNow {...shown} />)
  })

  app.post('/onward/:onward/return', { who: careRoles, verb: 'edit' }, async (request, reply) => {
    const { db, area, actor, now: at, params } = request
    const onward = await findOnward(db, actor, params.onward, 'edit')
    const episode = onward && (await findEpisode(db, actor, onward.episode, 'edit'))
    if (!onward || !episode || !mayReturn(onward.state) || !mayChangeGoals(episode.stage)) throw new NotFound()
    const kept = await returnToCoaching(db, { area, onward, by: actor.membership, at })
    await request.act('onward.returned', { person: onward.person, subject: onward.id, codes: { kept } })
    request.flash(kept ? 'They are back in coaching. The next step is in the plan.' : 'Somebody did this before.')
    return reply.redirect(`/people/${onward.person}/support-now`, 303)
  })
}
