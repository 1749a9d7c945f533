import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { optionalChoice, optionalText } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { listBarriers } from '#journey/assessment/store.ts'
import { listAwaited } from '#journey/booking/store.ts'
import { listEpisodesOf } from '#journey/episode/store.ts'
import { listAdjustments } from '#journey/support/adjustments/store.ts'
import { listFitNotes } from '#journey/fit-note/store.ts'
import { listPlannedGoals } from '#journey/plan/store.ts'
import { listOnwardOf } from '#journey/onward/store.ts'
import { hasOpenConcern } from '#journey/safety/store.ts'
import { type Kind, kinds, type Place, placeFrom } from '#journey/timeline/rules.ts'
import { listMergedInto } from '#registers/merged/store.ts'
import { listMeans } from '#registers/means/store.ts'
import { findPerson } from '#registers/people/store.ts'
import { isClosed } from '#registers/online/store.ts'
import { listPermissions } from '#registers/permissions/store.ts'
import { PersonRecord } from './pages/record.tsx'
import { pageLength } from './rules.ts'
import { findReadsUntil, listHappenings, listNames } from './store.ts'

const wholeId = /^[0-9a-f-]{36}$/
const query = { kind: optionalChoice(kinds), before: optionalText(80) }

/** The record of one person, where every other page about them begins and ends. */
export async function recordRoutes(app: App): Promise<void> {
  app.get('/people/:person', { who: careRoles, verb: 'open', reads: 'record', query }, async (request, reply) => {
    const { db, actor, params, now } = request
    const { kind } = request.query
    if (!wholeId.test(params.person)) throw new NotFound()
    const [person, merged, episodes] = await Promise.all([
      findPerson(db, actor, params.person),
      listMergedInto(db, actor.area, params.person),
      listEpisodesOf(db, actor, params.person),
    ])
    if (!person) throw new NotFound()
    if (person.merged_into) {
      await request.read('record.followed', { person: person.id })
      return reply.redirect(`/people/${person.merged_into}`)
    }
    const people = [person.id, ...merged.map(({ id }) => id)]
    const before = placeFrom(request.query.before)
    const [told, shown, readsUntil, onward] = await Promise.all([
      listHappenings(db, tellingOf(request, { people, episodes, before, kind })),
      findGlance(request, person.id, episodes),
      person.mayEdit ? undefined : findReadsUntil(db, actor, person.id),
      listOnwardOf(db, actor.area, people),
    ])
    await request.read('record.opened', { person: person.id, subject: episodes[0]?.id })
    const { mayEdit } = person
    const page = { ...shown, ...told, onward, person, mayEdit, readsUntil, merged, kind, before, now }
    return reply.page(<PersonRecord {...page} role={actor.role} />)
  })
}

type Asking = Readonly<{ db: Db; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>
type Episodes = Awaited<ReturnType<typeof listEpisodesOf>>
type Whose = Readonly<{ people: readonly string[]; episodes: Episodes; before: Place | undefined; kind: Kind | null }>

function tellingOf({ actor, now, today }: Asking, { episodes, ...asked }: Whose) {
  return { ...asked, area: actor.area, actor, now, today, episodes: episodes.map(({ id }) => id), most: pageLength }
}

/** Everything that stands around the story: how to reach them, what was agreed, the plan, what stands in the way. */
async function findGlance({ db, actor }: Asking, person: string, [episode, ...earlier]: Episodes) {
  const { area } = actor
  const coaches = [episode, ...earlier].map((one) => one?.coach ?? null)
  const ofEpisode = async <T,>(list: (episode: string) => Promise<T[]>) => (episode ? list(episode.id) : [])
  const [means, noOnline, permissions, concern, goals, barriers, appointments, names, notes, adjustments] =
    await Promise.all([
      listMeans(db, area, person),
      isClosed(db, area, person),
      listPermissions(db, area, person),
      hasOpenConcern(db, area, person),
      ofEpisode((id) => listPlannedGoals(db, area, id)),
      ofEpisode((id) => listBarriers(db, area, id)),
      ofEpisode((id) => listAwaited(db, area, id)),
      listNames(db, area, coaches),
      listFitNotes(db, area, person),
      ofEpisode((id) => listAdjustments(db, area, id)),
    ])
  return {
    notes,
    adjustments,
    means,
    noOnline,
    permissions,
    concern,
    goals,
    barriers,
    appointments,
    names,
    episode,
    earlier,
  }
}
