import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import { id, optionalText, optionalWholeNumber, tick, version } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { MySafetyPlan, SafetyPlanForm, SafetyPlanPage } from './pages.tsx'
import { filledParts, planProblems } from './rules.ts'
import { listSafetyPlans, saveSafetyPlan } from './store.ts'

const words = () => optionalText(2000)
const fields = {
  id: id(),
  ...{ signs: words(), helps: words(), places: words(), people: words(), professionals: words() },
  ...{ safer: words(), reasons: words() },
  shown: tick(),
  version: version(),
}

const who = careRoles

/** The safety plan that somebody makes with their coach. */
export async function safetyPlanRoutes(app: App): Promise<void> {
  ownRoute(app)
  const address = '/episodes/:episode/safety-plan'
  const query = { version: optionalWholeNumber(1, 10_000) }
  app.get(address, { who, verb: 'open', reads: 'record', query }, async (request, reply) => {
    const { whose, versions, mayEdit } = await around(request, 'open')
    const asked = request.query.version
    const plan = asked === null ? versions[0] : versions.find(({ number }) => number === asked)
    if (asked !== null && !plan) throw new NotFound()
    await request.read('safety-plan.record', { person: whose.person.id, subject: plan?.id })
    const earlier = versions.filter((one) => one !== plan)
    return reply.page(<SafetyPlanPage {...whose} {...{ plan, earlier, mayEdit, now: request.now }} />)
  })
  const writing = { who, verb: 'edit', draft: 'safety-plan' } as const
  app.get(`${address}/new`, { ...writing, reads: 'record' }, async (request, reply) => {
    const { whose, versions } = await around(request, 'edit')
    await request.read('safety-plan.form', { person: whose.person.id, subject: whose.episode })
    const shown = { ...whose, plan: versions[0] }
    return reply.page(<SafetyPlanForm {...shown} {...again(request.form)} />)
  })
  app.post(address, { ...writing, form: fields }, async (request, reply) => {
    const { db, area, actor, form, now } = request
    const { whose, versions } = await around(request, 'edit')
    const shown = { ...whose, plan: versions[0] }
    const problems = form.ok ? planProblems(form.value) : form.problems
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<SafetyPlanForm {...shown} {...again({ ...form, problems })} />)
    const { version: seen, ...plan } = form.value
    const on = { area, episode: whose.episode, person: whose.person.id, by: actor.membership, at: now, seen }
    if (!(await saveSafetyPlan(db, { ...plan, ...on })))
      return reply.code(409).page(<SafetyPlanForm {...shown} {...again(form)} />)
    await request.act('safety-plan.made', {
      ...{ person: whose.person.id, subject: plan.id, codes: { shown: plan.shown } },
      vouchesFor: filledParts(plan)
        .map(({ text }) => text)
        .join('\n'),
    })
    request.flash('The plan is saved. Print it for them, if they want it.')
    return reply.redirect(`/episodes/${whose.episode}/safety-plan`)
  })
}

/** Somebody's own plan, where they agreed to see it there; otherwise the same answer as where there is none. */
function ownRoute(app: App): void {
  app.get('/my/safety-plan', { who: 'participant', reads: 'record' }, async (request, reply) => {
    const { db, area, me } = request
    const [plan] = await listSafetyPlans(db, area, me.person)
    await request.read('participant.safety-plan', { person: me.person, subject: plan?.id })
    if (!plan?.shown) throw new NotFound()
    return reply.page(<MySafetyPlan plan={plan} />)
  })
}

type Visit = Readonly<{ db: Db; area: string; actor: Actor; params: Readonly<{ episode: string }> }>

async function around({ db, area, actor, params }: Visit, verb: 'open' | 'edit') {
  const found = await findEpisode(db, actor, params.episode, verb)
  if (!found) throw new NotFound()
  const whose = { episode: found.id, person: { id: found.person, name: calledName(found) } }
  return { whose, versions: await listSafetyPlans(db, area, found.person), mayEdit: found.mayEdit }
}
