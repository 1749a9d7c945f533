import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, day, id, optionalId, optionalText, text, version } from '#platform/form/fields.ts'
import type { Problem, Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { mayChangeGoals, problemsWithDay } from '#journey/goal/rules.ts'
import { findGoal } from '#journey/goal/store.ts'
import { type BarrierCode, barriers } from '#journey/assessment/rules.ts'
import { listBarriers } from '#journey/assessment/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { ActionForm, CannotChange, ResultForm } from './pages.tsx'
import {
  type Action,
  isSaidAlready,
  isSameAction,
  madeFrom,
  newFields,
  owners,
  problemsWithResult,
  results,
  type Suggested,
  textIn,
} from './rules.ts'
import { addAction, changeAction, findAction, holdAction, saveResult, seeOwnResults, takeOutAction } from './store.ts'

const fields = {
  what: text('Enter what will be done', 300),
  owner: choice(owners, 'Select who does it'),
  due: day('Enter the day by which it will be done'),
  barrier: optionalId(),
  obstacle: optionalText(200),
}
const reading = { who: careRoles, verb: 'edit', reads: 'record' } as const
const writing = { who: careRoles, verb: 'edit' } as const

/** What may be suggested for somebody, which the area's library knows: it comes later, and app.ts hands the answer in. */
export type Suggestions = (
  db: Db,
  asked: Readonly<{ area: string; episode: string; today: Temporal.PlainDate }>,
) => Promise<readonly (Suggested & Readonly<{ ignored: boolean }>)[]>

/** The actions for a goal: added, changed, taken out, and what came of each. */
export function actionRoutes(suggestions: Suggestions): (app: App) => Promise<void> {
  return async (app) => {
    newRoute(app, suggestions)
    addRoutes(app, suggestions)
    changeRoutes(app)
    removalRoutes(app)
    resultRoutes(app)
    seeingRoute(app)
  }
}

function newRoute(app: App, suggestions: Suggestions): void {
  const query = { barrier: optionalId(), solution: optionalText(40) }
  const asked = { ...reading, draft: 'action-new', query } as const
  app.get('/goals/:goal/actions/new', asked, async (request, reply) => {
    const found = await goalOf(request, request.params.goal)
    await request.read('action.form', { person: found.person, subject: found.goal })
    if (!found.open) return reply.code(422).page(<CannotChange {...found.about} />)
    const shown = { ...found.shown, action: `/goals/${found.goal}/actions` }
    const { db, area, today, query, form } = request
    const code = query.barrier === null ? undefined : found.codes.get(query.barrier)
    const all = await suggestions(db, { area, episode: found.episode, today })
    // What was set aside is offered only where somebody comes for it.
    const offered = all.filter((one) => one.barrier === code && (!one.ignored || one.code === query.solution))
    const chosen = offered.find((one) => one.code === query.solution)
    const begun = { offered, chosen, ...newFields({ barrier: query.barrier, chosen, kept: form.typed, today }) }
    return reply.page(<ActionForm {...form} {...found.about} {...shown} {...begun} id={newId()} />)
  })
}

function addRoutes(app: App, suggestions: Suggestions): void {
  const adding = { ...writing, draft: 'action-new', form: { ...fields, id: id(), solution: optionalText(40) } } as const
  app.post('/goals/:goal/actions', adding, async (request, reply) => {
    const { form, area, today } = request
    const found = await goalOf(request, request.params.goal)
    if (!found.open) return reply.code(422).page(<CannotChange {...found.about} />)
    const problems = form.ok
      ? [
          ...problemsWithDay('due', { given: form.value.due, today }),
          ...problemsWithBarrier(form.value.barrier, found.shown),
        ]
      : form.problems
    if (!form.ok || problems.length > 0) {
      const shown = { ...found.shown, action: `/goals/${found.goal}/actions` }
      const state = { problems, typed: form.typed, id: idIn(form.typed), made: textIn(form.typed, 'solution') }
      return reply.code(422).page(<ActionForm {...found.about} {...shown} {...state} />)
    }
    const { id: action, due, solution, ...given } = form.value
    const all = solution === null ? [] : await suggestions(request.db, { area, episode: found.episode, today })
    const from = all.find(({ code }) => code === solution)
    const by = { at: request.now, by: request.actor.membership }
    const made = from && madeFrom(given, from)
    await addAction(request.db, { ...given, ...by, made, area, id: action, goal: found.goal, due_on: due })
    const codes = { owner: given.owner, barrier: given.barrier, ...(from ? { solution: from.code } : {}) }
    await request.act('action.added', { person: found.person, subject: action, codes, vouchesFor: given.what })
    request.flash('The action was added.')
    return reply.redirect(found.about.plan, 303)
  })
}

function changeRoutes(app: App): void {
  app.get('/actions/:action', { ...reading, draft: 'action' }, async (request, reply) => {
    const { stored, ...found } = await actionOf(request, request.params.action)
    await request.read('action.form', { person: found.person, subject: stored.id })
    if (!found.open) return reply.code(422).page(<CannotChange {...found.about} />)
    const shown = { ...found.about, ...found.shown, ...formOf(stored) }
    return reply.page(<ActionForm {...request.form} {...shown} />)
  })

  const changing = { ...writing, draft: 'action', form: { ...fields, version: version() } } as const
  app.post('/actions/:action', changing, async (request, reply) => {
    const { form, area, today } = request
    const { stored, ...found } = await actionOf(request, request.params.action)
    if (!found.open) return reply.code(422).page(<CannotChange {...found.about} />)
    const about = { ...found.about, ...found.shown, ...formOf(stored) }
    const problems = form.ok
      ? [
          ...problemsWithDay('due', { given: form.value.due, stored: stored.due_on, today }),
          ...problemsWithBarrier(form.value.barrier, found.shown),
        ]
      : form.problems
    if (!form.ok || problems.length > 0) {
      return reply.code(422).page(<ActionForm {...about} typed={form.typed} problems={problems} />)
    }
    const { version: seen, due, ...given } = form.value
    const saved = await changeAction(request.db, { ...given, area, id: stored.id, seen, due_on: due })
    if (!saved) {
      const there = await actionOf(request, stored.id)
      if (!isSameAction(there.stored, { ...given, due_on: due }))
        return reply.code(409).page(<ActionForm {...about} {...form} stored={there.stored} />)
    }
    const codes = { owner: given.owner, barrier: given.barrier, saved }
    await request.act('action.changed', { person: found.person, subject: stored.id, codes, vouchesFor: given.what })
    request.flash(saved ? 'The action was saved.' : 'Already saved.')
    return reply.redirect(found.about.plan, 303)
  })
}

function removalRoutes(app: App): void {
  app.post('/actions/:action/removal', writing, async (request, reply) => {
    const { stored, ...found } = await actionOf(request, request.params.action)
    if (!found.open) return reply.code(422).page(<CannotChange {...found.about} />)
    const by = { at: request.now, by: request.actor.membership }
    await takeOutAction(request.db, { area: request.area, id: stored.id, ...by })
    await request.act('action.taken-out', { person: found.person, subject: stored.id })
    request.flash('The action was taken out of the plan.')
    return reply.redirect(found.about.plan, 303)
  })
}

function resultRoutes(app: App): void {
  app.get('/actions/:action/result', { ...reading, draft: 'action-result' }, async (request, reply) => {
    const { stored, ...found } = await actionOf(request, request.params.action)
    await request.read('action.form', { person: found.person, subject: stored.id })
    if (!found.open) return reply.code(422).page(<CannotChange {...found.about} />)
    return reply.page(<ResultForm {...request.form} {...found.about} action={stored} id={newId()} />)
  })

  const form = { id: id(), result: choice(results, 'Select what came of it'), note: optionalText(500) }
  const noting = { ...writing, draft: 'action-result', form } as const
  app.post('/actions/:action/result', noting, async ({ form, ...request }, reply) => {
    await holdAction(request.db, request.area, request.params.action)
    const { stored, ...found } = await actionOf(request, request.params.action)
    if (!found.open) return reply.code(422).page(<CannotChange {...found.about} />)
    const problems = form.ok ? problemsWithResult(form.value) : form.problems
    if (!form.ok || problems.length > 0) {
      const state = { problems, typed: form.typed, id: idIn(form.typed) }
      return reply.code(422).page(<ResultForm {...found.about} {...state} action={stored} />)
    }
    const { id: result, ...given } = form.value
    if (isSaidAlready(stored, given)) {
      await request.act('action.looked-at-again', { person: found.person, subject: stored.id })
      request.flash('This was said of the action already. Nothing was written twice.')
      return reply.redirect(found.about.plan, 303)
    }
    const by = { at: request.now, by: request.actor.membership, result_on: request.today }
    await saveResult(request.db, { ...given, ...by, area: request.area, id: result, action: stored.id })
    const vouched = given.note === null ? {} : { vouchesFor: given.note }
    const codes = { result: given.result, action: stored.id }
    await request.act('action.looked-at', { person: found.person, subject: result, codes, ...vouched })
    request.flash('What came of the action was saved.')
    return reply.redirect(found.about.plan, 303)
  })
}

function seeingRoute(app: App): void {
  app.post('/actions/:action/seen', writing, async (request, reply) => {
    const { stored, ...found } = await actionOf(request, request.params.action)
    const by = { at: request.now, by: request.actor.membership }
    await seeOwnResults(request.db, { area: request.area, id: stored.id, ...by })
    await request.act('action.seen', { person: found.person, subject: stored.id })
    request.flash('It does not stand on the day any more.')
    return reply.redirect(found.about.plan, 303)
  })
}

type Asking = Readonly<{ db: Db; actor: Actor }>

async function goalOf({ db, actor }: Asking, id: string) {
  const goal = await findGoal(db, actor, id, 'edit')
  const episode = goal && (await findEpisode(db, actor, goal.episode, 'edit'))
  if (!episode) throw new NotFound()
  const marked = await listBarriers(db, actor.area, episode.id)
  const named = marked.map(labelled)
  return {
    goal: goal.id,
    episode: episode.id,
    codes: new Map(marked.map(({ id: barrier, code }) => [barrier, code])),
    person: episode.person,
    open: mayChangeGoals(episode.stage),
    about: { person: calledName(episode), plan: `/episodes/${episode.id}/plan` },
    shown: { goal: goal.words, barriers: Object.fromEntries(named) },
  }
}

async function actionOf(asking: Asking, action: string) {
  const stored = await findAction(asking.db, asking.actor, action, 'edit')
  if (!stored) throw new NotFound()
  const found = await goalOf(asking, stored.goal)
  if (!stored.barrier || !stored.barrier_code) return { ...found, stored }
  // A barrier of an earlier conversation can be kept, though it is no longer offered for others.
  const earlier = Object.fromEntries([labelled({ id: stored.barrier, code: stored.barrier_code })])
  return { ...found, stored, shown: { ...found.shown, barriers: { ...earlier, ...found.shown.barriers } } }
}

function labelled({ id: barrier, code }: Readonly<{ id: string; code: BarrierCode }>) {
  return [barrier, { label: barriers[code].label }] as const
}

/** A barrier that stands in no conversation of this person cannot be what an action answers. */
function problemsWithBarrier(given: string | null, shown: Readonly<{ barriers: object }>): Problem[] {
  return given === null || given in shown.barriers ? [] : [{ field: 'barrier', message: 'Select from the list' }]
}

function formOf(stored: Action) {
  return { action: `/actions/${stored.id}`, id: stored.id, stored }
}

function idIn(typed: Typed): string {
  return textIn(typed, 'id') || newId()
}
