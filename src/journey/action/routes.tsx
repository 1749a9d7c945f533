import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, day, id, optionalText, text, version } from '#platform/form/fields.ts'
import { blank, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { mayChangeGoals, problemsWithDay } from '#journey/goal/rules.ts'
import { findGoal } from '#journey/goal/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { ActionForm, actionRows, CannotChange, ResultForm } from './pages.tsx'
import { owners, problemsWithResult, results } from './rules.ts'
import { addAction, changeAction, findAction, saveResult, takeOutAction } from './store.ts'

const fields = {
  what: text('Enter what will be done', 300),
  owner: choice(owners, 'Select who does it'),
  due: day('Enter the day by which it will be done'),
  obstacle: optionalText(200),
}
const reading = { who: careRoles, verb: 'edit', reads: 'record' } as const
const writing = { who: careRoles, verb: 'edit' } as const

/** The actions for a goal: added, changed, taken out, and what came of each. */
export async function actionRoutes(app: App): Promise<void> {
  adding(app)
  changing(app)
  takingOut(app)
  lookingBack(app)
}

function adding(app: App): void {
  app.get('/goals/:goal/actions/new', reading, async (request, reply) => {
    const found = await goalOf(request, request.params.goal)
    await request.read('action.form', { person: found.person, subject: found.goal })
    if (!found.open) return reply.code(422).page(<CannotChange {...found.about} />)
    const action = `/goals/${found.goal}/actions`
    return reply.page(<ActionForm {...blank} {...found.about} {...found.shown} action={action} id={newId()} />)
  })

  app.post('/goals/:goal/actions', { ...writing, form: { ...fields, id: id() } }, async (request, reply) => {
    const { form, area, today } = request
    const found = await goalOf(request, request.params.goal)
    if (!found.open) return reply.code(422).page(<CannotChange {...found.about} />)
    const problems = form.ok ? problemsWithDay('due', { given: form.value.due, today }) : form.problems
    if (!form.ok || problems.length > 0) {
      const state = { problems, typed: form.typed, action: `/goals/${found.goal}/actions`, id: idIn(form.typed) }
      return reply.code(422).page(<ActionForm {...found.about} {...found.shown} {...state} />)
    }
    const { id: action, due, ...given } = form.value
    const by = { at: request.now, by: request.actor.membership }
    await addAction(request.db, { ...given, ...by, barrier: null, area, id: action, goal: found.goal, due_on: due })
    const codes = { owner: given.owner }
    await request.act('action.added', { person: found.person, subject: action, codes, vouchesFor: given.what })
    request.flash('The action was added.')
    return reply.redirect(found.about.plan, 303)
  })
}

function changing(app: App): void {
  app.get('/actions/:action', reading, async (request, reply) => {
    const { stored, ...found } = await actionOf(request, request.params.action)
    await request.read('action.form', { person: found.person, subject: stored.id })
    if (!found.open) return reply.code(422).page(<CannotChange {...found.about} />)
    const shown = { ...found.about, ...found.shown, action: `/actions/${stored.id}`, id: stored.id, stored }
    return reply.page(<ActionForm {...blank} {...shown} />)
  })

  app.post('/actions/:action', { ...writing, form: { ...fields, seen: version() } }, async (request, reply) => {
    const { form, area, today } = request
    const { stored, ...found } = await actionOf(request, request.params.action)
    if (!found.open) return reply.code(422).page(<CannotChange {...found.about} />)
    const about = { ...found.about, ...found.shown, action: `/actions/${stored.id}`, id: stored.id, stored }
    const problems = form.ok
      ? problemsWithDay('due', { given: form.value.due, stored: stored.due_on, today })
      : form.problems
    if (!form.ok || problems.length > 0) {
      return reply.code(422).page(<ActionForm {...about} typed={form.typed} problems={problems} />)
    }
    const { seen, due, ...given } = form.value
    const saved = await changeAction(request.db, {
      ...given,
      barrier: stored.barrier,
      area,
      id: stored.id,
      seen,
      due_on: due,
    })
    if (!saved) {
      return reply.code(409).page(<ActionForm {...about} typed={form.typed} problems={[]} now={actionRows(stored)} />)
    }
    const codes = { owner: given.owner }
    await request.act('action.changed', { person: found.person, subject: stored.id, codes, vouchesFor: given.what })
    request.flash('The action was saved.')
    return reply.redirect(found.about.plan, 303)
  })
}

function takingOut(app: App): void {
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

function lookingBack(app: App): void {
  app.get('/actions/:action/result', reading, async (request, reply) => {
    const { stored, ...found } = await actionOf(request, request.params.action)
    await request.read('action.form', { person: found.person, subject: stored.id })
    if (!found.open) return reply.code(422).page(<CannotChange {...found.about} />)
    return reply.page(<ResultForm {...blank} {...found.about} id={newId()} action={stored} />)
  })

  const form = { id: id(), result: choice(results, 'Select what came of it'), note: optionalText(500) }
  app.post('/actions/:action/result', { ...writing, form }, async ({ form, ...request }, reply) => {
    const { stored, ...found } = await actionOf(request, request.params.action)
    if (!found.open) return reply.code(422).page(<CannotChange {...found.about} />)
    const problems = form.ok ? problemsWithResult(form.value) : form.problems
    if (!form.ok || problems.length > 0) {
      const state = { problems, typed: form.typed, id: idIn(form.typed) }
      return reply.code(422).page(<ResultForm {...found.about} {...state} action={stored} />)
    }
    const { id: result, ...given } = form.value
    const by = { at: request.now, by: request.actor.membership, result_on: request.today }
    await saveResult(request.db, { ...given, ...by, area: request.area, id: result, action: stored.id })
    const vouched = given.note === null ? {} : { vouchesFor: given.note }
    const codes = { result: given.result, action: stored.id }
    await request.act('action.looked-at', { person: found.person, subject: result, codes, ...vouched })
    request.flash('What came of the action was saved.')
    return reply.redirect(found.about.plan, 303)
  })
}

type Asking = Readonly<{ db: Db; actor: Actor }>

async function goalOf({ db, actor }: Asking, id: string) {
  const goal = await findGoal(db, actor, id, 'edit')
  const episode = goal && (await findEpisode(db, actor, goal.episode, 'edit'))
  if (!episode) throw new NotFound()
  return {
    goal: goal.id,
    person: episode.person,
    open: mayChangeGoals(episode.stage),
    about: { person: calledName(episode), plan: `/episodes/${episode.id}/plan` },
    shown: { goal: goal.words },
  }
}

async function actionOf(asking: Asking, action: string) {
  const stored = await findAction(asking.db, asking.actor, action, 'edit')
  if (!stored) throw new NotFound()
  return { ...(await goalOf(asking, stored.goal)), stored }
}

function idIn(typed: Typed): string {
  return typeof typed['id'] === 'string' ? typed['id'] : newId()
}
