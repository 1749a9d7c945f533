import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, id } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { listIdsOf } from '#registers/merged/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { listBarriers } from '#journey/assessment/store.ts'
import { findNewestEpisode } from '#journey/episode/store.ts'
import { GapsOf } from './pages.tsx'
import { needs } from './rules.ts'
import { listMissing, saveMissing, withdrawMissing } from './store.ts'

const fields = { id: id('Open this page again'), need: choice(needs, 'Choose the need from the list') }

/** Saying that there is no service for a need, with one click from what stands in the way or from a search. */
export async function gapRoutes(app: App): Promise<void> {
  app.get('/people/:person/gaps', { who: careRoles, verb: 'open', reads: 'record' }, async (request, reply) => {
    const { db, area, now } = request
    const { person, episode } = await around(request, request.params.person)
    const [missing, barriers] = [
      await listMissing(db, area, await listIdsOf(db, area, person.id)),
      await listBarriers(db, area, episode),
    ]
    await request.read('gap.list', { person: person.id, subject: episode })
    const codes = barriers.map(({ code }) => code)
    const ids = new Map(codes.map((code) => [code, newId()]))
    return reply.page(<GapsOf {...{ person, missing, now, ids }} needs={codes} />)
  })

  app.post('/people/:person/gaps', { who: careRoles, verb: 'edit', form: fields }, async (request, reply) => {
    const { db, area, actor, now: at, form } = request
    const { person, episode } = await around(request, request.params.person)
    if (!person.mayEdit || !form.ok) throw new NotFound()
    const said = { ...form.value, area, episode, person: person.id, seenBy: 'coach', by: actor.membership, at } as const
    await saveMissing(db, said)
    await request.act('gap.said', { person: person.id, subject: episode, codes: { need: form.value.need } })
    request.flash('Saved: there is nothing for this here. It is counted without a name.')
    return reply.redirect(`/people/${person.id}/gaps`, 303)
  })

  const back = '/people/:person/gaps/:gap/withdrawal'
  app.post(back, { who: careRoles, verb: 'edit' }, async (request, reply) => {
    const { db, area, actor, now: at, params } = request
    const { person } = await around(request, params.person)
    const missing = person.mayEdit ? await listMissing(db, area, await listIdsOf(db, area, person.id)) : []
    const found = missing.find((one) => one.id === params.gap)
    if (!found) throw new NotFound()
    await withdrawMissing(db, { area, id: found.id, by: actor.membership, at })
    await request.act('gap.withdrawn', { person: person.id, subject: found.id })
    request.flash('Taken back.')
    return reply.redirect(`/people/${person.id}/gaps`, 303)
  })
}

type Asking = Readonly<{ db: Db; actor: Actor }>

async function around({ db, actor }: Asking, wanted: string) {
  const found = await findPerson(db, actor, wanted)
  const episode = found && (await findNewestEpisode(db, actor, found.id))
  if (!found || !episode) throw new NotFound()
  return { person: { id: found.id, name: calledName(found), mayEdit: found.mayEdit }, episode }
}
