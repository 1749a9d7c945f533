import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { choice, day, id, text, version } from '#platform/form/fields.ts'
import { blank, type FormState } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { mayChangeGoals } from '#journey/goal/rules.ts'
import { findGoal, listGoals } from '#journey/goal/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { PlanIsOver, RateGoal, SetLevels } from './pages/forms.tsx'
import { GoalScaling } from './pages/scaling.tsx'
import { levels, problemsWithRating, raters, weights } from './rules.ts'
import { findScale, listRatings, listScales, saveRating, setScale } from './store.ts'

const reading = { who: careRoles, verb: 'open', reads: 'record' } as const
const changing = { who: careRoles, verb: 'edit', reads: 'record' } as const
const writing = { who: careRoles, verb: 'edit' } as const

/** Goal Attainment Scaling on the goals of a plan: their levels, where they stand, and the score of all together. */
export async function goalScalingRoutes(app: App): Promise<void> {
  app.get('/episodes/:episode/goal-scaling', reading, async (request, reply) => {
    const { db, area, actor, params } = request
    const episode = await findEpisode(db, actor, params.episode, 'open')
    if (!episode) throw new NotFound()
    const [goals, scales, ratings] = await Promise.all([
      listGoals(db, area, episode.id),
      listScales(db, area, episode.id),
      listRatings(db, area, episode.id),
    ])
    await request.read('plan.scaling', { person: episode.person, subject: episode.id })
    const scaled = goals.map((goal) => ({ goal, scale: scales.find((one) => one.goal === goal.id) }))
    const shown = { person: calledName(episode), plan: `/episodes/${episode.id}/plan` }
    const open = mayChangeGoals(episode.stage)
    return reply.page(<GoalScaling {...shown} open={open} goals={scaled} ratings={ratings} />)
  })
  levelsRoutes(app)
  ratingRoutes(app)
}

const levelFields = {
  ...{ id: id('Open this page again'), version: version() },
  much_less: text('Say what much less than hoped would look like', 300),
  less: text('Say what less than hoped would look like', 300),
  expected: text('Say what you both hope for', 300),
  more: text('Say what more than hoped would look like', 300),
  much_more: text('Say what much more than hoped would look like', 300),
  baseline: choice(levels, 'Select where it stands today'),
  weight: choice(weights, 'Select how much it matters'),
}

function levelsRoutes(app: App): void {
  const path = '/goals/:goal/levels'
  app.get(path, { ...changing, draft: 'goal-levels' }, async (request, reply) => {
    const { about, scale, person } = await goalOf(request, request.params.goal)
    await request.read('goal.levels-form', { person, subject: about.goal.id })
    if (!about.open) return reply.code(422).page(<PlanIsOver {...about} />)
    return reply.page(<SetLevels {...request.form} {...about} scale={scale} id={newId()} />)
  })
  app.post(path, { ...writing, draft: 'goal-levels', form: levelFields }, async (request, reply) => {
    const { db, area, actor, form, now: at } = request
    const { about, scale, person } = await goalOf(request, request.params.goal)
    if (!about.open) return reply.code(422).page(<PlanIsOver {...about} />)
    const again = { ...about, scale, id: idIn(form) }
    if (!form.ok) return reply.code(422).page(<SetLevels {...form} {...again} />)
    const { id: set, version: seen, baseline, weight, ...words } = form.value
    const kept = await setScale(db, {
      ...{ area, id: set, goal: about.goal.id, words, seen, at, by: actor.membership },
      ...{ baseline: levels[baseline].number, weight: Number(weight) },
    })
    if (!kept) return reply.code(409).page(<SetLevels {...form} problems={[]} {...again} />)
    const vouchesFor = Object.values(words).join('\n')
    await request.act('goal.levels-set', { person, subject: set, codes: { baseline, weight }, vouchesFor })
    request.flash('The levels are saved.')
    return reply.redirect(about.scaling, 303)
  })
}

const ratingFields = {
  id: id('Open this page again'),
  scale: id('Open this page again'),
  level: choice(levels, 'Select the level that is closest'),
  ratedBy: choice(raters, 'Select who says so'),
  on: day('Enter the day'),
}

function ratingRoutes(app: App): void {
  const path = '/goals/:goal/ratings'
  app.get(path, changing, async (request, reply) => {
    const { about, scale, person } = await goalOf(request, request.params.goal)
    if (!scale) throw new NotFound()
    await request.read('goal.rating-form', { person, subject: about.goal.id })
    if (!about.open) return reply.code(422).page(<PlanIsOver {...about} />)
    return reply.page(<RateGoal {...blank} {...about} scale={scale} today={request.today} id={newId()} />)
  })
  app.post(path, { ...writing, form: ratingFields }, async (request, reply) => {
    const { db, area, actor, form, now: at, today } = request
    const { about, scale, person } = await goalOf(request, request.params.goal)
    if (!scale) throw new NotFound()
    if (!about.open) return reply.code(422).page(<PlanIsOver {...about} />)
    const again = { ...about, scale, today, id: idIn(form) }
    if (!form.ok) return reply.code(422).page(<RateGoal {...form} {...again} />)
    const { id: rating, scale: seen, level, ratedBy, on } = form.value
    const changed = { field: 'level', message: 'The levels were changed meanwhile. Look at them and select again' }
    const problems = seen === scale.id ? problemsWithRating(on, dayOf(scale.setAt), today) : [changed]
    if (problems.length > 0) return reply.code(422).page(<RateGoal {...form} problems={problems} {...again} />)
    const where = { area, id: rating, goal: about.goal.id, scale: scale.id, level: levels[level].number }
    await saveRating(db, { ...where, on, ratedBy, at, by: actor.membership })
    await request.act('goal.rated', { person, subject: rating, codes: { level, ratedBy } })
    request.flash('Saved where the goal stands.')
    return reply.redirect(about.scaling, 303)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor }>

async function goalOf({ db, area, actor }: Asking, wanted: string) {
  const goal = await findGoal(db, actor, wanted, 'edit')
  const episode = goal && (await findEpisode(db, actor, goal.episode, 'edit'))
  if (!goal || !episode) throw new NotFound()
  const scaling = `/episodes/${episode.id}/goal-scaling`
  const about = { person: calledName(episode), scaling, goal, open: mayChangeGoals(episode.stage) }
  return { about, person: episode.person, scale: await findScale(db, area, goal.id) }
}

function idIn({ typed }: Pick<FormState, 'typed'>): string {
  return [typed['id']].flat().at(-1) ?? newId()
}
