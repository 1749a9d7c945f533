import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import {
  choice,
  day,
  id,
  optionalChoice,
  optionalDay,
  optionalText,
  text,
  version,
  wholeNumber,
} from '#platform/form/fields.ts'
import { blank, type Problem, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { listMemberNames } from '#registers/membership/store.ts'
import { owners } from '#journey/action/rules.ts'
import { barriers } from '#journey/assessment/rules.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { mayChangeGoals } from '#journey/goal/rules.ts'
import { Library } from './pages/list.tsx'
import { AddSolution, OneSolution } from './pages/one.tsx'
import { found, problemsWithDays, type Solution, states, together, type Words } from './rules.ts'
import { countUses, findLibrary, findSolution, ignoreSolution, offerAgain, saveVersion } from './store.ts'

const who = ['administrator', 'service-manager', 'area-lead', 'system-administrator'] as const
const fields = {
  barrier: choice(barriers, 'Select the barrier it is for'),
  what: text('Enter what could be done', 300),
  owner: choice(owners, 'Select who does it'),
  days: wholeNumber(1, 365),
  service: optionalText(80),
  from: day('Enter the day from which it is suggested'),
  until: optionalDay(),
}
const wanted = { barrier: optionalChoice(barriers), state: optionalChoice(states), words: optionalText(100) }

/** An area's library of what may be done about each barrier. */
export async function solutionRoutes(app: App): Promise<void> {
  app.get('/area/solutions', { who, query: wanted }, async ({ db, area, today, query }, reply) => {
    const [library, used] = await Promise.all([findLibrary(db, area, today), countUses(db, area)])
    const all = together(library.map(({ code }) => used(code)))
    return reply.page(<Library solutions={found(library, query)} {...{ used, all }} wanted={query} />)
  })
  addRoutes(app)
  changeRoutes(app)
  standingRoutes(app)
  ignoringRoutes(app)
}

const ignoringAddress = '/episodes/:episode/solutions/:solution/ignoring'

function ignoringRoutes(app: App): void {
  const rule = { who: careRoles, verb: 'edit' } as const
  app.post(ignoringAddress, rule, async (request, reply) => {
    const { person, ...ignoring } = await ignoringOf(request)
    await ignoreSolution(request.db, { ...ignoring, id: newId() })
    await request.act('solution.ignored', { person, subject: ignoring.episode, codes: { solution: ignoring.solution } })
    request.flash('Set aside for this person. Below the barrier you can have it suggested again.')
    return reply.redirect(`/episodes/${ignoring.episode}/plan`, 303)
  })
  app.post(`${ignoringAddress}/withdrawal`, rule, async (request, reply) => {
    const { person, ...ignoring } = await ignoringOf(request)
    await offerAgain(request.db, ignoring)
    await request.act('solution.offered', { person, subject: ignoring.episode, codes: { solution: ignoring.solution } })
    request.flash('It is suggested again.')
    return reply.redirect(`/episodes/${ignoring.episode}/plan`, 303)
  })
}

type Deciding = Readonly<{ db: Db; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }> &
  Readonly<{ params: Readonly<{ episode: string; solution: string }> }>

async function ignoringOf({ db, actor, now, today, params }: Deciding) {
  const episode = await findEpisode(db, actor, params.episode, 'edit')
  const solution = episode && (await findSolution(db, { area: actor.area, today }, params.solution))
  if (!solution || !mayChangeGoals(episode.stage)) throw new NotFound()
  const by = { by: actor.membership, at: now }
  return { area: actor.area, person: episode.person, episode: episode.id, solution: solution.code, ...by }
}

function addRoutes(app: App): void {
  const asked = { who, query: { barrier: optionalChoice(barriers) } }
  app.get('/area/solutions/new', asked, async ({ query, today }, reply) =>
    reply.page(<AddSolution {...blank} id={newId()} barrier={query.barrier ?? undefined} today={today} />),
  )
  app.post('/area/solutions', { who, form: { ...fields, id: id() } }, async (request, reply) => {
    const { db, area, form, today } = request
    const problems = form.ok ? problemsWithDays(form.value, today) : form.problems
    if (!form.ok || problems.length > 0) {
      const state = { problems, typed: form.typed, id: idIn(form.typed), barrier: undefined }
      return reply.code(422).page(<AddSolution {...state} today={today} />)
    }
    const { id: solution, from, until, ...words } = form.value
    // Sending the form twice leaves the first one standing.
    await saveVersion(db, { ...words, ...saidBy(request), area, solution, version: 1, from_on: from, until_on: until })
    await request.act('solution.added', { subject: solution, codes: { barrier: words.barrier } })
    request.flash('The suggestion was added.')
    return reply.redirect(`/area/solutions?barrier=${words.barrier}`, 303)
  })
}

function changeRoutes(app: App): void {
  app.get('/area/solutions/:solution', { who }, async (request, reply) =>
    reply.page(<OneSolution {...await shownFor(request)} {...blank} />),
  )
  app.post('/area/solutions/:solution', { who, form: { ...fields, version: version() } }, async (request, reply) => {
    const { db, area, form, today } = request
    const shown = await shownFor(request)
    const { code, newest } = shown.solution
    const problems: readonly Problem[] = form.ok ? problemsWithDays(form.value, today) : form.problems
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<OneSolution {...shown} {...{ problems, typed: form.typed }} />)
    const { version: seen, from, until, ...words } = form.value
    const next = { ...words, ...saidBy(request), area, solution: code, from_on: from, until_on: until }
    const saved = seen === newest.version && (await saveVersion(db, { ...next, version: seen + 1 }))
    if (!saved) return reply.code(409).page(<OneSolution {...await shownFor(request)} {...form} />)
    await request.act('solution.changed', { codes: { solution: code, version: seen + 1 } })
    request.flash('The suggestion was saved. What was said before stays below.')
    return reply.redirect(`/area/solutions/${code}`, 303)
  })
}

function standingRoutes(app: App): void {
  const form = { version: version() }
  app.post('/area/solutions/:solution/ending', { who, form }, async (request, reply) => {
    const { solution } = await shownFor(request)
    const ended = { ...wordsOf(solution.now), until_on: request.today }
    const saved = await sayAnew(request, solution, ended)
    await request.act('solution.ended', { codes: { solution: solution.code, saved } })
    request.flash(saved ? 'It is not suggested any more. Plans that have it keep it.' : changedMeanwhile)
    return reply.redirect(`/area/solutions/${solution.code}`, 303)
  })
  app.post('/area/solutions/:solution/as-supplied', { who, form }, async (request, reply) => {
    const { solution } = await shownFor(request)
    if (!solution.supplied) throw new NotFound()
    const saved = await sayAnew(request, solution, { ...wordsOf(solution.supplied), until_on: null })
    await request.act('solution.as-supplied', { codes: { solution: solution.code, saved } })
    request.flash(saved ? 'It is suggested as it was supplied.' : changedMeanwhile)
    return reply.redirect(`/area/solutions/${solution.code}`, 303)
  })
}

const changedMeanwhile = 'Somebody has just changed this. Look at it first.'

type Said = Words & Readonly<{ until_on: Temporal.PlainDate | null }>
type Sending = Acting &
  Readonly<{
    db: Db
    area: string
    today: Temporal.PlainDate
    form: Readonly<{ ok: true; value: Readonly<{ version: number }> }> | Readonly<{ ok: false }>
  }>

/** Says something of a suggestion from today on, unless somebody has since the reader saw it. */
async function sayAnew(request: Sending, { code, newest }: Solution, said: Said): Promise<boolean> {
  const { db, area, today, form } = request
  if (!form.ok || form.value.version !== newest.version) return false
  const next = { ...said, ...saidBy(request), area, solution: code, from_on: today }
  return saveVersion(db, { ...next, version: newest.version + 1 })
}

const wordsOf = ({ barrier, what, owner, days, service }: Words): Words => ({ barrier, what, owner, days, service })

type Acting = Readonly<{ actor: Readonly<{ membership: string }>; now: Temporal.Instant }>

const saidBy = ({ actor, now }: Acting) => ({ set_by: actor.membership, set_at: now })

type Asked = Readonly<{
  db: Db
  area: string
  now: Temporal.Instant
  today: Temporal.PlainDate
  params: Readonly<{ solution: string }>
}>

async function shownFor({ db, area, now, today, params }: Asked) {
  const [solution, names] = await Promise.all([
    findSolution(db, { area, today }, params.solution),
    listMemberNames(db, area),
  ])
  if (!solution) throw new NotFound()
  return { solution, names, now, today }
}

function idIn(typed: Typed): string {
  return typeof typed['id'] === 'string' ? typed['id'] : newId()
}
