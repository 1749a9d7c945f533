import { careRoles } from '#platform/access/rules.ts'
import { dayOf } from '#platform/dates.ts'
import type { Everywhere } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import { choice, choices, codes, day, id, ids, optionalId, optionalText, text, version } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { planTypes } from '#registers/areas/rules.ts'
import { routes } from '#registers/organisations/rules.ts'
import { listMembers, listOrganisations } from '#registers/organisations/store.ts'
import { listCouncilsServed } from '#journey/eligibility/store.ts'
import { ChangePilot } from './pages/change.tsx'
import { NewOffered, NewPilot } from './pages/form.tsx'
import { PilotPage } from './pages/one.tsx'
import { Pilots } from './pages/list.tsx'
import * as rules from './rules.ts'
import * as store from './store.ts'

const deciders = ['service-manager', 'area-lead'] as const
const readers = [...careRoles, 'area-lead', 'council-lead', 'national-team', 'evaluator'] as const

const words = {
  id: id('Open this page again'),
  name: text('Enter what the pilot is called', 100),
  tried: text('Enter what is tried', 1000),
  wording: text('Enter the words in which people are asked', 2000),
  measured: choices(rules.measuredBy),
  allotting: choice(rules.allottings, 'Select how people are given to it'),
  from: day('Enter the first day'),
  until: day('Enter the last day'),
}
const whom = {
  planTypes: choices(planTypes),
  work: choices(rules.asked.work.list),
  barriers: choices(rules.asked.barriers.list),
  routes: choices(routes),
  ...{ providers: ids(), coaches: ids(), councils: codes() },
}
const own = { ...words, ...whom, offered: optionalId(), seed: optionalText(60) }
const changing = {
  ...{ ...whom, id: id('Open this page again'), from: words.from, until: words.until, version: version() },
  why: text('Enter why it is changed', 500),
}

/** The register of pilots: those offered to all areas, those of this one, and how each ended. */
export function pilotRoutes(everywhereFrom: (db: Db, area: string) => Everywhere): (app: App) => Promise<void> {
  return async (app) => {
    app.get('/pilots', { who: readers }, async ({ db, area, actor, today }, reply) => {
      const [pilots, offered] = await Promise.all([store.listPilots(db, area), store.listOffered(db, area)])
      const decides = deciders.some((role) => role === actor.role)
      return reply.page(<Pilots {...{ pilots, offered, today, decides }} offers={actor.role === 'national-team'} />)
    })
    offeringRoutes(app, everywhereFrom)
    newRoutes(app)
    oneRoutes(app)
    changingRoutes(app)
  }
}

function offeringRoutes(app: App, everywhereFrom: (db: Db, area: string) => Everywhere): void {
  const rule = { who: ['national-team'], draft: 'pilot-offered' } as const
  app.get('/pilots/offered/new', rule, async ({ form }, reply) => reply.page(<NewOffered {...again(form)} />))
  app.post('/pilots/offered', { ...rule, form: words }, async (request, reply) => {
    const { db, area, actor, form, now: at } = request
    const problems = form.ok ? rules.pilotProblems(periodOf(form.value)) : form.problems
    if (!form.ok || problems.length > 0) return reply.code(422).page(<NewOffered {...again({ ...form, problems })} />)
    const { from: fromOn, until: untilOn, ...rest } = form.value
    await store.saveOffered(everywhereFrom(db, area), { ...rest, fromOn, untilOn, byName: actor.name, at })
    await request.act('pilot.offered', { subject: rest.id, vouchesFor: `${rest.tried}\n${rest.wording}` })
    request.flash('It is registered. Each area decides whether it joins.')
    return reply.redirect('/pilots', 303)
  })
}

function newRoutes(app: App): void {
  const rule = { who: deciders, draft: 'pilot' } as const
  app.get('/pilots/new', { ...rule, query: { offered: optionalId() } }, async (request, reply) => {
    const around = await aroundNew(request, request.query.offered)
    return reply.page(<NewPilot {...again(request.form)} {...around} />)
  })
  app.post('/pilots', { ...rule, form: own }, async (request, reply) => {
    const { db, area, actor, form, now: at } = request
    const around = await aroundNew(request, form.ok ? form.value.offered : null)
    const problems = form.ok ? rules.pilotProblems({ ...periodOf(form.value), seed: form.value.seed }) : form.problems
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<NewPilot {...again({ ...form, problems })} {...around} />)
    const { from: fromOn, until: untilOn, wording, name, tried, measured, allotting, ...rest } = form.value
    const cohort = cohortOf(rest)
    const seed = allotting === 'chance' ? rest.seed : null
    const kept = { ...{ area, id: rest.id, offered: rest.offered, name, tried, measured, allotting, seed, cohort } }
    const isNew = await store.savePilot(db, { ...kept, words: wording, fromOn, untilOn, by: actor.membership, at })
    await request.act('pilot.registered', { subject: rest.id, vouchesFor: `${tried}\n${wording}` })
    request.flash(isNew ? 'It is registered.' : 'It was registered already.')
    return reply.redirect('/pilots', 303)
  })
}

function oneRoutes(app: App): void {
  app.get('/pilots/:pilot', { who: readers }, async (request, reply) =>
    reply.page(<PilotPage {...blank} {...await aroundOne(request)} />),
  )
  const rewording = { form: { wording: text('Enter the new words', 2000) } }
  app.post('/pilots/:pilot/wording', { who: deciders, ...rewording }, async (request, reply) => {
    const { db, area, actor, form, now: at } = request
    const around = await aroundOne(request)
    if (around.pilot.endedAt) throw new NotFound()
    if (!form.ok) return reply.code(422).page(<PilotPage {...form} {...around} />)
    const { wording: written } = form.value
    await store.saveWording(db, { area, pilot: around.pilot.id, words: written, by: actor.membership, at })
    await request.act('pilot.worded', { subject: around.pilot.id, vouchesFor: written })
    request.flash('Saved. Whoever is asked from now on reads these words.')
    return reply.redirect(`/pilots/${around.pilot.id}`, 303)
  })
  const ending = {
    came: text('Enter what came of it', 2000),
    decided: text('Enter what was decided', 1000),
  }
  app.post('/pilots/:pilot/ending', { who: deciders, form: ending }, async (request, reply) => {
    const { db, area, actor, form, now: at } = request
    const around = await aroundOne(request)
    if (!form.ok) return reply.code(422).page(<PilotPage {...form} {...around} />)
    const { came, decided } = form.value
    if (!(await store.endPilot(db, { area, pilot: around.pilot.id, came, decided, by: actor.membership, at }))) {
      const now = await aroundOne(request)
      const problems = rules.endingProblems(now.pilot, form.value)
      if (problems.length > 0)
        return reply.code(409).page(<PilotPage {...now} typed={form.typed} problems={problems} />)
    }
    await request.act('pilot.ended', { subject: around.pilot.id, vouchesFor: `${came}\n${decided}` })
    request.flash('The pilot has ended. Nobody is asked any more, and support goes on as it is.')
    return reply.redirect(`/pilots/${around.pilot.id}`, 303)
  })
}

type Whom = { [Field in keyof typeof whom]: (typeof whom)[Field]['_output'] }

const cohortOf = ({ planTypes: kinds, work, barriers, routes: ways, providers, coaches, councils }: Whom) => ({
  ...{ planTypes: kinds, work, barriers, routes: ways, providers, coaches, councils },
})

type Period = Readonly<{ from: Temporal.PlainDate; until: Temporal.PlainDate; measured: readonly string[] }>

const periodOf = ({ from: fromOn, until: untilOn, ...rest }: Period & Readonly<{ allotting: rules.Allotting }>) => ({
  ...{ fromOn, untilOn, measured: rest.measured, allotting: rest.allotting },
})

type Visit = Readonly<{ db: Db; area: string; today: Temporal.PlainDate; now: Temporal.Instant }>

/** What a new pilot can be for, and what is offered to all areas where it joins one. */
async function aroundNew(visit: Visit, asked: string | null) {
  const [names, all] = await Promise.all([namesIn(visit), store.listOffered(visit.db, visit.area)])
  const offered = asked === null ? undefined : all.find(({ id: one }) => one === asked)
  if (asked !== null && !offered) throw new NotFound()
  return { names, offered }
}

async function namesIn({ db, area, today }: Visit) {
  const [members, organisations, councils] = await Promise.all([
    listMembers(db, area, today),
    listOrganisations(db, area, today),
    listCouncilsServed(db, area, today),
  ])
  const coaches = members.filter(({ role }) => role === 'coach' || role === 'senior-coach')
  const providers = organisations.filter(({ id: one }) => members.some(({ organisation }) => organisation === one))
  const named = (list: readonly Readonly<{ id: string; name: string }>[]) =>
    new Map(list.map(({ id: one, name }) => [one, name]))
  const served = councils.map(({ code, name }) => ({ id: code, name }))
  return { providers: named(providers), coaches: named(coaches), councils: named(served) }
}

/** Changing the days of a pilot, and whom it is for, while it runs. */
function changingRoutes(app: App): void {
  const rule = { who: deciders, draft: 'pilot-change' } as const
  app.get('/pilots/:pilot/change', rule, async (request, reply) =>
    reply.page(<ChangePilot {...again(request.form)} {...await aroundChange(request)} />),
  )
  app.post('/pilots/:pilot/changes', { ...rule, form: changing }, async (request, reply) => {
    const { db, area, actor, form, now: at } = request
    const { firstAsked, ...around } = await aroundChange(request)
    const { pilot } = around
    const given = form.ok ? { fromOn: form.value.from, untilOn: form.value.until, cohort: cohortOf(form.value) } : pilot
    const problems = form.ok ? rules.changeProblems(given, pilot, firstAsked) : form.problems
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<ChangePilot {...again({ ...form, problems })} {...around} />)
    const { id: change, why, version: seen } = form.value
    const kept = { ...given, id: change, area, pilot: pilot.id, seen, why, by: actor.membership, at }
    if (!(await store.changePilot(db, kept)))
      return reply.code(409).page(<ChangePilot {...again(form)} {...await aroundChange(request)} />)
    await request.act('pilot.changed', { subject: pilot.id, vouchesFor: why })
    request.flash('It is changed. How it was before stays below, with your reason.')
    return reply.redirect(`/pilots/${pilot.id}`, 303)
  })
}

/** A pilot whose days and cohort can still be changed: it has not ended. */
async function aroundChange(request: One) {
  const { db, area } = request
  const { pilot, names, changes } = await aroundOne(request)
  if (pilot.endedAt) throw new NotFound()
  const first = await store.findFirstAsked(db, area, pilot.id)
  return { pilot, names, number: changes[0]?.number ?? 0, firstAsked: first && dayOf(first) }
}

type One = Visit & Readonly<{ actor: Readonly<{ role: string }>; params: Readonly<{ pilot: string }> }>

async function aroundOne({ actor, params, ...visit }: One) {
  const { db, area, today } = visit
  const [pilot, changes] = await Promise.all([
    store.findPilot(db, area, params.pilot),
    store.listChanges(db, area, params.pilot),
  ])
  if (!pilot) throw new NotFound()
  const names = await namesIn(visit)
  return {
    ...{ pilot, names, changes, today, now: visit.now },
    decides: deciders.some((role) => role === actor.role),
    counts: rules.numberReaders.some((role) => role === actor.role),
    cares: careRoles.some((role) => role === actor.role),
  }
}
