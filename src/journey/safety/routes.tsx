import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, id, optionalChoice, optionalDay, optionalText, text, tick } from '#platform/form/fields.ts'
import type { FormState } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { Concerns, OpenConcerns } from './pages/concerns.tsx'
import { NewConcernForm, OneConcernPage } from './pages/one-concern.tsx'
import { closings, concernKinds, type Look, problemsWith, problemsWithFirst, toldAt } from './rules.ts'
import { findConcern, listConcerns, listOpenConcerns, saveConcern, saveLook } from './store.ts'

const lookFields = {
  id: id(),
  done: text('Enter what was done', 4000),
  told: optionalText(300),
  'told-on': optionalDay(),
  'told-time': optionalText(5),
  'next-look-on': optionalDay(),
}
// In the order in which the page asks.
const concernFields = {
  kind: choice(concernKinds, 'Select what it is about'),
  seen: text('Enter what was seen or said', 8000),
  'about-others': tick(),
  ...lookFields,
}

/** Concerns that somebody may come to harm: writing one down, looking again, closing it. */
export async function safetyRoutes(app: App): Promise<void> {
  app.get('/concerns', { who: careRoles, verb: 'list', reads: 'list' }, async (request, reply) => {
    const { db, actor, now, today } = request
    const concerns = await listOpenConcerns(db, actor)
    await request.read('concern.open-list', { codes: { shown: concerns.map((one) => one.id) } })
    return reply.page(<OpenConcerns {...{ concerns, now, today }} />)
  })

  app.get('/episodes/:episode/concerns', { who: careRoles, verb: 'open', reads: 'record' }, async (request, reply) => {
    const { db, actor, now, today } = request
    const { person, episode, mayEdit } = await episodeFor(db, actor, request.params.episode, 'open')
    const concerns = await listConcerns(db, actor, person.id)
    await request.read('concern.list', { person: person.id, codes: { shown: concerns.map((one) => one.id) } })
    return reply.page(<Concerns {...{ person, episode, concerns, mayEdit, now, today }} />)
  })

  app.get(
    '/episodes/:episode/concerns/new',
    { who: careRoles, verb: 'edit', draft: 'concern', reads: 'record' },
    async (request, reply) => {
      const { person, episode } = await episodeFor(request.db, request.actor, request.params.episode, 'edit')
      await request.read('concern.form', { person: person.id, subject: episode })
      return reply.page(<NewConcernForm {...{ person, episode }} {...shownAgain(request.form)} />)
    },
  )

  app.post(
    '/episodes/:episode/concerns',
    { who: careRoles, verb: 'edit', draft: 'concern', form: concernFields },
    async (request, reply) => {
      const { db, area, actor, form, now, today } = request
      const { person, episode } = await episodeFor(db, actor, request.params.episode, 'edit')
      const look = form.ok ? lookIn(form.value) : undefined
      const problems = look ? problemsWithFirst(look, today) : form.problems
      if (!form.ok || !look || problems.length > 0)
        return reply.code(422).page(<NewConcernForm {...{ person, episode }} {...shownAgain({ ...form, problems })} />)
      const { id: concern, kind, seen, 'about-others': aboutOthers } = form.value
      const by = { area, by: actor.membership, at: now }
      await saveConcern(db, {
        ...by,
        id: concern,
        episode,
        person: person.id,
        kind,
        aboutOthers,
        source: 'staff',
        seen,
      })
      // The first look has the number of its concern, so that sending twice writes one.
      await saveLook(db, { ...by, ...look, id: concern, concern, toldAt: toldAt(look) ?? null, closedAs: null })
      await request.act('concern.opened', {
        ...{ person: person.id, subject: concern, vouchesFor: `${seen}\n${look.done}` },
        codes: { kind, source: 'staff', told: look.told !== null },
      })
      request.flash('The concern is written down.')
      return reply.redirect(`/episodes/${episode}/concerns`)
    },
  )

  const looking = { who: careRoles, verb: 'open', draft: 'look', reads: 'record' } as const
  app.get('/concerns/:concern', looking, async (request, reply) => {
    const { db, actor, now, today } = request
    const concern = await findConcern(db, actor, request.params.concern)
    if (!concern) throw new NotFound()
    await request.read('concern.record', { person: concern.person, subject: concern.id })
    return reply.page(<OneConcernPage {...{ concern, now, today }} {...shownAgain(request.form)} />)
  })

  app.post(
    '/concerns/:concern/looks',
    { who: careRoles, verb: 'edit', draft: 'look', form: { ...lookFields, 'closed-as': optionalChoice(closings) } },
    async (request, reply) => {
      const { db, area, actor, form, now, today } = request
      const concern = await findConcern(db, actor, request.params.concern)
      if (!concern) throw new NotFound()
      const look = form.ok ? { ...lookIn(form.value), closedAs: form.value['closed-as'] } : undefined
      const problems = look ? problemsWith(look, today) : form.problems
      if (!form.ok || !look || problems.length > 0)
        return reply
          .code(422)
          .page(<OneConcernPage {...{ concern, now, today }} {...shownAgain({ ...form, problems })} />)
      const on = { area, by: actor.membership, at: now, id: form.value.id, concern: concern.id }
      await saveLook(db, { ...on, ...look, toldAt: toldAt(look) ?? null })
      await request.act(look.closedAs ? 'concern.closed' : 'concern.looked-at', {
        ...{ person: concern.person, subject: concern.id, vouchesFor: look.done },
        codes: { look: form.value.id, closed: look.closedAs },
      })
      request.flash(look.closedAs ? 'The concern is closed.' : 'What you did is written down.')
      return reply.redirect(`/concerns/${concern.id}`)
    },
  )
}

async function episodeFor(db: Db, actor: Actor, episode: string, verb: 'open' | 'edit') {
  const found = await findEpisode(db, actor, episode, verb)
  if (!found) throw new NotFound()
  return { episode: found.id, mayEdit: found.mayEdit, person: { id: found.person, name: calledName(found) } }
}

type LookForm = Readonly<{
  done: string
  told: string | null
  'told-on': Temporal.PlainDate | null
  'told-time': string | null
  'next-look-on': Temporal.PlainDate | null
}>

function lookIn(form: LookForm): Look {
  const { done, told, 'told-on': toldOn, 'told-time': toldTime, 'next-look-on': nextLookOn } = form
  return { done, told, toldOn, toldTime, nextLookOn, closedAs: null }
}

function shownAgain({ typed, problems }: FormState) {
  return { typed, problems, id: [typed['id']].flat().at(-1) ?? newId() }
}
