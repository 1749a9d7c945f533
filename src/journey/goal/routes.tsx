import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, id, optionalDay, text, version } from '#platform/form/fields.ts'
import { blank, type Typed } from '#platform/form/rules.ts'
import { alreadySaved } from '#platform/http/already.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { CannotChange, GoalForm, RemoveGoal } from './pages.tsx'
import { isSameGoal, mayChangeGoals, problemsWithDay, whoseWords } from './rules.ts'
import { addGoal, changeGoal, findAnyGoal, findGoal, takeOutGoal } from './store.ts'

const fields = {
  words: text('Enter what they want to reach', 500),
  whose: choice(whoseWords, 'Select whose words these are'),
  target: optionalDay(),
}
const reading = { who: careRoles, verb: 'edit', reads: 'record' } as const
const writing = { who: careRoles, verb: 'edit' } as const

/** The goals of a plan: added, changed and taken out. */
export async function goalRoutes(app: App): Promise<void> {
  addRoutes(app)
  changeRoutes(app)
  removalRoutes(app)
}

function addRoutes(app: App): void {
  app.get('/episodes/:episode/plan/goals/new', { ...reading, draft: 'goal-new' }, async (request, reply) => {
    const found = await episodeOf(request, request.params.episode)
    await request.read('goal.form', { person: found.person, subject: found.id })
    if (!found.open) return reply.code(422).page(<CannotChange {...found.about} />)
    const shown = { action: `${found.about.plan}/goals`, id: newId() }
    return reply.page(<GoalForm {...request.form} {...found.about} {...shown} />)
  })

  const adding = { ...writing, draft: 'goal-new', form: { ...fields, id: id() } } as const
  app.post('/episodes/:episode/plan/goals', adding, async (request, reply) => {
    const { form, area, actor, today } = request
    const found = await episodeOf(request, request.params.episode)
    if (!found.open) return reply.code(422).page(<CannotChange {...found.about} />)
    const problems = form.ok ? problemsWithDay('target', { given: form.value.target, today }) : form.problems
    if (!form.ok || problems.length > 0) {
      const state = {
        problems,
        typed: form.typed,
        action: `${found.about.plan}/goals`,
        id: idIn(form.typed),
      }
      return reply.code(422).page(<GoalForm {...found.about} {...state} />)
    }
    const { id: goal, words, whose, target } = form.value
    const given = { area, id: goal, episode: found.id, words, whose, target_on: target }
    await addGoal(request.db, { ...given, at: request.now, by: actor.membership })
    await request.act('goal.added', { person: found.person, subject: goal, codes: { whose }, vouchesFor: words })
    request.flash('The goal was added. Now say what will be done for it.')
    return reply.redirect(found.about.plan, 303)
  })
}

function changeRoutes(app: App): void {
  app.get('/goals/:goal', { ...reading, draft: 'goal' }, async (request, reply) => {
    const { goal, ...found } = await goalOf(request, request.params.goal, findGoal)
    await request.read('goal.form', { person: found.person, subject: goal.id })
    if (!found.open) return reply.code(422).page(<CannotChange {...found.about} />)
    const shown = { action: `/goals/${goal.id}`, id: goal.id, goal }
    return reply.page(<GoalForm {...request.form} {...found.about} {...shown} />)
  })

  const changing = { ...writing, draft: 'goal', form: { ...fields, version: version() } } as const
  app.post('/goals/:goal', changing, async (request, reply) => {
    const { form, area, today } = request
    const { goal, ...found } = await goalOf(request, request.params.goal, findGoal)
    if (!found.open) return reply.code(422).page(<CannotChange {...found.about} />)
    const about = {
      ...found.about,
      action: `/goals/${goal.id}`,
      id: goal.id,
      goal,
      typed: form.typed,
    }
    const stored = goal.target_on
    const problems = form.ok ? problemsWithDay('target', { given: form.value.target, stored, today }) : form.problems
    if (!form.ok || problems.length > 0) return reply.code(422).page(<GoalForm {...about} problems={problems} />)
    const { words, whose, target, version: seen } = form.value
    const saved = await changeGoal(request.db, { area, id: goal.id, seen, words, whose, target_on: target })
    if (!saved) {
      const there = await goalOf(request, goal.id, findGoal)
      const isSame = isSameGoal(there.goal, { words, whose, target_on: target })
      if (isSame) return alreadySaved(request, reply, known(there))
      return reply.code(409).page(<GoalForm {...about} problems={[]} goal={there.goal} />)
    }
    await request.act('goal.changed', { person: found.person, subject: goal.id, codes: { whose }, vouchesFor: words })
    request.flash('The goal was saved.')
    return reply.redirect(found.about.plan, 303)
  })
}

function removalRoutes(app: App): void {
  app.get('/goals/:goal/removal', reading, async (request, reply) => {
    const { goal, ...found } = await goalOf(request, request.params.goal, findGoal)
    await request.read('goal.form', { person: found.person, subject: goal.id })
    if (!found.open) return reply.code(422).page(<CannotChange {...found.about} />)
    return reply.page(<RemoveGoal {...blank} {...found.about} goal={goal} />)
  })

  const form = { why: text('Say why it is taken out') }
  app.post('/goals/:goal/removal', { ...writing, form }, async (request, reply) => {
    const { goal, ...found } = await goalOf(request, request.params.goal, findAnyGoal)
    if (goal.takenOutWhy !== null) {
      if (!request.form.ok || request.form.value.why !== goal.takenOutWhy) throw new NotFound()
      return alreadySaved(request, reply, known({ goal, ...found }))
    }
    if (!found.open) return reply.code(422).page(<CannotChange {...found.about} />)
    if (!request.form.ok) return reply.code(422).page(<RemoveGoal {...request.form} {...found.about} goal={goal} />)
    const { why } = request.form.value
    const by = { at: request.now, by: request.actor.membership }
    await takeOutGoal(request.db, { area: request.area, id: goal.id, why, ...by })
    await request.act('goal.taken-out', { person: found.person, subject: goal.id, vouchesFor: why })
    request.flash('The goal was taken out of the plan.')
    return reply.redirect(found.about.plan, 303)
  })
}

const known = ({ person, goal, about }: Readonly<{ person: string; goal: Found; about: Readonly<{ plan: string }> }>) =>
  ({ page: 'goal.form', person, subject: goal.id, to: about.plan }) as const

type Asking = Readonly<{ db: Db; actor: Actor }>

async function episodeOf({ db, actor }: Asking, episode: string) {
  const found = await findEpisode(db, actor, episode, 'edit')
  if (!found) throw new NotFound()
  const about = { person: calledName(found), plan: `/episodes/${found.id}/plan` }
  return { id: found.id, person: found.person, open: mayChangeGoals(found.stage), about }
}

type Found = Readonly<{ id: string; episode: string }>
type Find<One> = (db: Db, actor: Actor, goal: string, verb: 'edit') => Promise<One | undefined>

async function goalOf<One extends Found>(asking: Asking, goal: string, find: Find<One>) {
  const found = await find(asking.db, asking.actor, goal, 'edit')
  if (!found) throw new NotFound()
  return { ...(await episodeOf(asking, found.episode)), goal: found }
}

function idIn(typed: Typed): string {
  return typeof typed['id'] === 'string' ? typed['id'] : newId()
}
