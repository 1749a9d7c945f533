import { careRoles } from '#platform/access/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { listEpisodesOf, listSteps } from '#journey/episode/store.ts'
import { listPlannedGoals } from '#journey/plan/store.ts'
import { hasOpenConcern } from '#journey/safety/store.ts'
import { listMergedInto } from '#registers/likeness/store.ts'
import { findPerson, listMeans } from '#registers/people/store.ts'
import { listPermissions } from '#registers/permissions/store.ts'
import { PersonRecord } from './pages/record.tsx'
import { listNames } from './store.ts'

const wholeId = /^[0-9a-f-]{36}$/

/** The record of one person, where every other page about them begins and ends. */
export async function recordRoutes(app: App): Promise<void> {
  app.get('/people/:person', { who: careRoles, verb: 'open', reads: 'record' }, async (request, reply) => {
    const { db, actor, area, params, now } = request
    const person = wholeId.test(params.person) ? await findPerson(db, actor, params.person) : undefined
    if (!person) throw new NotFound()
    if (person.merged_into) {
      await request.read('record.followed', { person: person.id })
      return reply.redirect(`/people/${person.merged_into}`)
    }
    const [means, [episode, ...earlier], permissions, hasConcern, merged] = await Promise.all([
      listMeans(db, area, person.id),
      listEpisodesOf(db, actor, person.id),
      listPermissions(db, area, person.id),
      hasOpenConcern(db, area, person.id),
      listMergedInto(db, area, person.id),
    ])
    const [steps, goals] = episode
      ? await Promise.all([listSteps(db, area, episode.id), listPlannedGoals(db, area, episode.id)])
      : [[], []]
    const mentioned = steps.flatMap(({ by, step }) => [by, step.kind === 'allocated' ? step.coach : null])
    const names = await listNames(db, area, [...mentioned, episode?.coach ?? null])
    await request.read('record.opened', { person: person.id, subject: episode?.id })
    return reply.page(
      <PersonRecord
        {...{ person, merged, means, episode, earlier, permissions, goals, names, now }}
        concerns={hasConcern ? 1 : 0}
        steps={steps.toReversed()}
      />,
    )
  })
}
