import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import { choice, day, id, optionalChoice, optionalText, text, version } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { calledName } from '#registers/people/rules.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { NewHelp, OneHelp } from './pages/entry.tsx'
import { ReadyToStart } from './pages/readiness.tsx'
import { JobSearch } from './pages/search.tsx'
import {
  helpKinds,
  helpProblems,
  helpResults,
  isAlready,
  type Readiness,
  readinessCodes,
  type ReadinessItem,
  readinessStates,
} from './rules.ts'
import * as store from './store.ts'

const address = '/episodes/:episode/job-search'
const opening = { who: careRoles, verb: 'open', reads: 'record' } as const
const editing = { who: careRoles, verb: 'edit' } as const

/** Help with looking for a job: what is in place, and the CV, applications and interviews with what came of them. */
export async function jobSearchRoutes(app: App): Promise<void> {
  app.get(address, opening, async (request, reply) => {
    const { whose, help, mayEdit } = await around(request, 'open')
    const { readiness } = await store.findReadiness(request.db, request.area, whose.episode)
    await request.read('job-search.list', { person: whose.person.id, subject: whose.episode })
    return reply.page(<JobSearch {...whose} {...{ help, readiness, mayEdit }} />)
  })
  readinessRoutes(app)
  newRoutes(app)
  oneRoute(app)
  stepRoutes(app)
  withdrawalRoutes(app)
}

const state = optionalChoice(readinessStates)
// Checked: one field for every item of the list.
const items = Object.fromEntries(readinessCodes.map((code) => [code, state])) as Record<ReadinessItem, typeof state>

function readinessRoutes(app: App): void {
  app.get(`${address}/readiness`, { ...editing, reads: 'record' }, async (request, reply) => {
    const { whose } = await around(request, 'edit')
    const found = await store.findReadiness(request.db, request.area, whose.episode)
    await request.read('job-search.form', { person: whose.person.id, subject: whose.episode })
    return reply.page(<ReadyToStart {...blank} {...whose} {...found} />)
  })
  app.post(`${address}/readiness`, { ...editing, form: { ...items, version: version() } }, async (request, reply) => {
    const { db, area, actor, now: at, form } = request
    const { whose } = await around(request, 'edit')
    const { episode } = whose
    const found = await store.findReadiness(db, area, episode)
    if (!form.ok) return reply.code(422).page(<ReadyToStart {...form} {...whose} {...found} />)
    const { version: seen, ...given } = form.value
    const readiness = answered(given)
    if (!(await store.saveReadiness(db, { area, episode, seen, readiness, by: actor.membership, at }))) {
      const there = await store.findReadiness(db, area, episode)
      if (!isAlready(there.readiness, readiness))
        return reply.code(409).page(<ReadyToStart {...form} problems={[]} {...whose} {...there} />)
      await request.read('job-search.form', { person: whose.person.id, subject: episode })
      request.flash('Already saved.')
      return reply.redirect(`/episodes/${episode}/job-search`, 303)
    }
    await request.act('job-search.readiness', { person: whose.person.id, subject: episode, codes: readiness })
    request.flash('The list is saved.')
    return reply.redirect(`/episodes/${episode}/job-search`, 303)
  })
}

function answered(given: Readonly<Record<ReadinessItem, keyof typeof readinessStates | null>>): Readiness {
  return Object.fromEntries(Object.entries(given).flatMap(([item, said]) => (said === null ? [] : [[item, said]])))
}

const stepFields = {
  id: id('Open this page again from the list'),
  result: choice(helpResults, 'Select how it stands'),
  on: day('Enter the day'),
  note: optionalText(500),
}

function newRoutes(app: App): void {
  const rule = { ...editing, draft: 'job-search' } as const
  const asked = { ...rule, reads: 'record', query: { kind: optionalChoice(helpKinds) } } as const
  app.get(`${address}/new`, asked, async (request, reply) => {
    const { whose } = await around(request, 'edit')
    await request.read('job-search.form', { person: whose.person.id, subject: whose.episode })
    const shown = { ...whose, kind: request.query.kind ?? 'application', today: request.today }
    return reply.page(<NewHelp {...shown} {...again(request.form)} />)
  })
  const kind = choice(helpKinds, 'Select what it is')
  const form = { ...stepFields, kind, what: text('Enter what it is for', 200) }
  app.post(address, { ...rule, form }, async (request, reply) => {
    const { db, area, actor, now: at, today, form } = request
    const { whose } = await around(request, 'edit')
    const problems = form.ok ? helpProblems(form.value, today) : form.problems
    if (!form.ok || problems.length > 0) {
      const of = kind.safeParse(form.typed['kind'])
      const shown = { ...whose, kind: of.success ? of.data : ('application' as const), today }
      return reply.code(422).page(<NewHelp {...shown} {...again({ ...form, problems })} />)
    }
    const { id: saved, kind: is, what, result, on: on_day, note } = form.value
    const { episode } = whose
    const by = { area, by: actor.membership, at }
    await store.saveHelp(db, { ...by, id: saved, episode, kind: is, what, result, on_day, note })
    const about = { person: whose.person.id, subject: saved, codes: { kind: is, result } }
    await request.act('job-search.written-down', { ...about, vouchesFor: [what, note].filter(Boolean).join('\n') })
    request.flash('It is written down.')
    return reply.redirect(`/episodes/${episode}/job-search`, 303)
  })
}

function oneRoute(app: App): void {
  app.get(`${address}/:help`, opening, async (request, reply) => {
    const { whose, help, mayEdit } = await one(request, 'open')
    await request.read('job-search.record', { person: whose.person.id, subject: help.id })
    return reply.page(<OneHelp {...blank} {...whose} {...{ help, mayEdit, now: request.now }} id={newId()} />)
  })
}

function stepRoutes(app: App): void {
  app.post(
    `${address}/:help/steps`,
    { ...editing, form: { ...stepFields, version: version() } },
    async (request, reply) => {
      const { db, area, actor, now: at, today, form } = request
      const { whose, help } = await one(request, 'edit')
      const shown = { ...whose, mayEdit: true, now: at }
      const problems = form.ok ? helpProblems({ ...form.value, kind: help.kind }, today) : form.problems
      if (!form.ok || problems.length > 0)
        return reply.code(422).page(<OneHelp {...shown} {...{ help }} {...again({ ...form, problems })} />)
      const { id: saved, result, on: on_day, note, version: seen } = form.value
      const on = { area, by: actor.membership, at, entry: help.id, episode: whose.episode, seen }
      if (!(await store.saveHelpStep(db, { ...on, id: saved, result, on_day, note }))) {
        const { help: there } = await one(request, 'edit')
        return reply.code(409).page(<OneHelp {...shown} help={there} {...again({ ...form, problems: [] })} />)
      }
      await request.act('job-search.step', {
        ...{ person: whose.person.id, subject: help.id, codes: { result } },
        ...(note === null ? {} : { vouchesFor: note }),
      })
      request.flash('Saved.')
      return reply.redirect(`/episodes/${whose.episode}/job-search`, 303)
    },
  )
}

function withdrawalRoutes(app: App): void {
  app.post(`${address}/:help/steps/:step/withdrawal`, editing, async (request, reply) => {
    const { db, area, actor, now: at, params } = request
    const { whose, help } = await one(request, 'edit')
    const by = { area, by: actor.membership, at }
    const step = help.steps.find((each) => each.id === params.step)
    if (!step) throw new NotFound()
    const changed = await store.withdrawHelpStep(db, { ...by, entry: help.id, episode: whose.episode, step: step.id })
    await request.act('job-search.step-taken-back', { person: whose.person.id, subject: help.id, codes: { changed } })
    request.flash(changed ? 'It is taken back.' : 'Only what was written last can be taken back. Look at it first.')
    return reply.redirect(`/episodes/${whose.episode}/job-search/${help.id}`, 303)
  })
  app.post(`${address}/:help/withdrawal`, editing, async (request, reply) => {
    const { db, area, actor, now: at } = request
    const { whose, help } = await one(request, 'edit')
    await store.withdrawHelp(db, { area, by: actor.membership, at, entry: help.id })
    await request.act('job-search.taken-back', { person: whose.person.id, subject: help.id })
    request.flash(`“${help.what}” is taken back. The story of the record still shows it, as taken back.`)
    return reply.redirect(`/episodes/${whose.episode}/job-search`, 303)
  })
}

type Visit = Readonly<{ db: Db; area: string; actor: Actor; params: Readonly<{ episode: string }> }>

async function around({ db, area, actor, params }: Visit, verb: 'open' | 'edit') {
  const found = await findEpisode(db, actor, params.episode, verb)
  if (!found) throw new NotFound()
  const whose = { episode: found.id, person: { id: found.person, name: calledName(found) } }
  return { whose, help: await store.listHelp(db, area, found.id), mayEdit: found.mayEdit }
}

async function one(visit: Visit & Readonly<{ params: Readonly<{ help: string }> }>, verb: 'open' | 'edit') {
  const { help, ...rest } = await around(visit, verb)
  const found = help.find(({ id }) => id === visit.params.help)
  if (!found) throw new NotFound()
  return { ...rest, help: found }
}
