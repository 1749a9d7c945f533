import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, version } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { calledName } from '#registers/people/rules.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { RhythmForm } from './pages.tsx'
import { rhythms } from './rules.ts'
import { listRhythms, saveRhythm } from './store.ts'

const fields = { every: choice(rhythms, 'Select how often'), version: version() }

/** What a person was promised about how often they hear from their coach. */
export async function rhythmRoutes(app: App): Promise<void> {
  const path = '/episodes/:episode/rhythm'
  const rule = { who: careRoles, verb: 'edit' } as const
  app.get(path, { ...rule, reads: 'record' }, async (request, reply) => {
    const { person, ...shown } = await around(request, request.params.episode)
    await request.read('rhythm.form', { person, subject: shown.episode })
    return reply.page(<RhythmForm {...shown} {...blank} />)
  })
  app.post(path, { ...rule, form: fields }, async (request, reply) => {
    const { db, area, actor, now: at, form, params } = request
    const { person, ...shown } = await around(request, params.episode)
    if (!form.ok) return reply.code(422).page(<RhythmForm {...shown} {...form} />)
    const { every, version: seen } = form.value
    const said = { id: newId(), area, episode: shown.episode, seen, every, by: actor.membership, at }
    if (seen !== (shown.promised[0]?.number ?? 0) || !(await saveRhythm(db, said))) {
      const there = await around(request, params.episode)
      if (there.promised[0]?.every !== every) return reply.code(409).page(<RhythmForm {...there} {...form} />)
      await request.read('rhythm.form', { person, subject: shown.episode })
      request.flash('Already saved.')
      return reply.redirect(`/episodes/${shown.episode}/weight`, 303)
    }
    await request.act('rhythm.promised', { person, subject: shown.episode, codes: { every } })
    request.flash('Saved.')
    return reply.redirect(`/episodes/${shown.episode}/weight`, 303)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant }>

async function around({ db, area, actor, now }: Asking, wanted: string) {
  const episode = await findEpisode(db, actor, wanted, 'edit')
  if (!episode) throw new NotFound()
  const promised = await listRhythms(db, area, wanted)
  return { episode: wanted, person: episode.person, name: calledName(episode), promised, now }
}
