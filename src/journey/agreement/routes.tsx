import { type Actor, careRoles } from '#platform/access/rules.ts'
import { dayOf } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, day, id, mustTick, text } from '#platform/form/fields.ts'
import { blank, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { calledName } from '#registers/people/rules.ts'
import { hasAgreedToTakePart } from '#registers/permissions/store.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { contentOf, differences, waysTogether } from '#journey/plan/rules.ts'
import { findPlan } from '#journey/plan/store.ts'
import { AgreePlan, CannotAgreeYet, Versions } from './pages.tsx'
import { fingerprint, problemsWithAgreedDay, reasonsNotToAgree } from './rules.ts'
import { agreePlan, holdPlan, listAgreements } from './store.ts'

const fields = {
  id: id(),
  version: text('Open this page again from the plan', 5000),
  agreed: day('Enter the day on which you agreed it'),
  how: choice(waysTogether, 'Select how you agreed it'),
  both: mustTick('Tick the box when you both agree with this plan'),
}

/** Agreeing a plan, and every version that was agreed. */
export async function agreementRoutes(app: App): Promise<void> {
  versionRoutes(app)
  agreeRoutes(app)
}

function versionRoutes(app: App): void {
  const rule = { who: careRoles, verb: 'open', reads: 'record' } as const
  app.get('/episodes/:episode/plan/versions', rule, async (request, reply) => {
    const { episode, about, agreed } = await planOf(request, request.params.episode, 'open')
    await request.read('plan.versions', { person: episode.person, subject: episode.id })
    const versions = agreed.map((one, index) => ({
      ...one,
      changes: differences(agreed[index + 1]?.content, one.content),
    }))
    return reply.page(<Versions {...about} versions={versions} />)
  })
}

function agreeRoutes(app: App): void {
  const reading = { who: careRoles, verb: 'edit', reads: 'record' } as const
  app.get('/episodes/:episode/plan/agreement', reading, async (request, reply) => {
    const found = await planOf(request, request.params.episode, 'edit')
    await request.read('plan.form', { person: found.episode.person, subject: found.episode.id })
    const ready = await readyToAgree(request, found)
    if (!ready.ok) return reply.code(422).page(<CannotAgreeYet {...found.about} reasons={ready.reasons} />)
    const shown = { ...found.about, ...ready.shown, today: request.today.toString() }
    return reply.page(<AgreePlan {...blank} {...shown} id={newId()} />)
  })

  const writing = { who: careRoles, verb: 'edit', form: fields } as const
  app.post('/episodes/:episode/plan/agreement', writing, async (request, reply) => {
    const { form, db, area, now, today } = request
    await holdPlan(db, area, request.params.episode)
    const found = await planOf(request, request.params.episode, 'edit')
    const { about, episode } = found
    if (form.ok && found.agreed.some((one) => one.id === form.value.id)) {
      await request.act('plan.agreed-again', { person: episode.person, subject: form.value.id })
      return reply.redirect(about.address, 303)
    }
    const ready = await readyToAgree(request, found)
    if (!ready.ok) return reply.code(422).page(<CannotAgreeYet {...about} reasons={ready.reasons} />)
    const problems = form.ok
      ? problemsWithAgreedDay({ given: form.value.agreed, ...daysOf(found), today })
      : form.problems
    const again = { ...about, ...ready.shown, problems, typed: form.typed, id: idIn(form.typed), today: `${today}` }
    if (!form.ok || problems.length > 0) {
      return reply.code(422).page(<AgreePlan {...again} />)
    }
    if (form.value.version !== ready.shown.version) return reply.code(409).page(<AgreePlan {...again} />)
    const { id: agreement, agreed: on, how } = form.value
    const given = { ...{ area, now, on, how }, id: agreement, content: ready.content, by: request.actor.membership }
    const codes = await agreePlan(db, { ...given, episode, number: (found.agreed[0]?.number ?? 0) + 1 })
    const vouchesFor = JSON.stringify(ready.content)
    await request.act('plan.agreed', { person: episode.person, subject: form.value.id, codes, vouchesFor })
    request.flash(codes.number === 1 ? 'The plan is agreed.' : `Version ${codes.number} of the plan is agreed.`)
    return reply.redirect(about.address, 303)
  })
}

type Asking = Readonly<{ db: Db; actor: Actor; now: Temporal.Instant }>
type Found = Awaited<ReturnType<typeof planOf>>

async function planOf({ db, actor }: Asking, id: string, verb: 'open' | 'edit') {
  const episode = await findEpisode(db, actor, id, verb)
  if (!episode) throw new NotFound()
  const [{ plan, goals }, agreed] = await Promise.all([
    findPlan(db, actor.area, episode.id),
    listAgreements(db, actor.area, episode.id),
  ])
  return {
    episode,
    plan,
    goals,
    agreed,
    about: { person: calledName(episode), address: `/episodes/${episode.id}/plan` },
  }
}

async function readyToAgree({ db, actor }: Asking, { episode, plan, goals, agreed }: Found) {
  const takesPart = await hasAgreedToTakePart(db, actor.area, episode.person)
  const newest = agreed[0]?.content
  const reasons = reasonsNotToAgree({ stage: episode.stage, takesPart, plan, goals, newest })
  if (reasons.length > 0 || !plan) return { ok: false, reasons } as const
  const content = contentOf(plan, goals)
  const shown = { version: fingerprint(plan, goals), first: !newest, changes: differences(newest, content) }
  return { ok: true, content, shown } as const
}

function daysOf({ episode, agreed }: Found) {
  return { assessedOn: episode.assessed_at && dayOf(episode.assessed_at), agreedOn: agreed[0]?.agreed_on ?? null }
}

function idIn(typed: Typed): string {
  return typeof typed['id'] === 'string' ? typed['id'] : newId()
}
