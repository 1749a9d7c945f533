import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import { choice, day, id, optionalText, text, version } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { calledName } from '#registers/people/rules.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { AdjustmentWords, NewAdjustment } from './pages/form.tsx'
import { Adjustments } from './pages/list.tsx'
import { AdjustmentPage } from './pages/one.tsx'
import { adjustmentKinds, askedProblems, askers, outcomes, stepProblems, standingSteps } from './rules.ts'
import * as store from './store.ts'

const address = '/episodes/:episode/adjustments'
const opening = { who: careRoles, verb: 'open', reads: 'record' } as const
const editing = { who: careRoles, verb: 'edit' } as const

const words = {
  kind: choice(adjustmentKinds, 'Select the kind of adjustment'),
  what: text('Enter what exactly is asked for', 300),
  askedBy: choice(askers, 'Select who asked for it'),
  asked: day('Enter the day on which it was asked for'),
}

/** Adjustments at work: asked for, agreed or declined, in place, and no longer needed. */
export async function adjustmentRoutes(app: App): Promise<void> {
  app.get(address, opening, async (request, reply) => {
    const { whose, adjustments, mayEdit } = await around(request, 'open')
    await request.read('adjustment.list', { person: whose.person.id, subject: whose.episode })
    return reply.page(<Adjustments {...whose} {...{ adjustments, mayEdit, now: request.now }} />)
  })
  writingRoutes(app)
  oneRoute(app)
  wordsRoutes(app)
  stepRoutes(app)
  withdrawalRoute(app)
}

function writingRoutes(app: App): void {
  const rule = { ...editing, draft: 'adjustment' } as const
  app.get(`${address}/new`, { ...rule, reads: 'record' }, async (request, reply) => {
    const { whose } = await around(request, 'edit')
    await request.read('adjustment.form', { person: whose.person.id, subject: whose.episode })
    return reply.page(<NewAdjustment {...whose} {...again(request.form)} today={request.today} />)
  })
  const form = { ...words, id: id('Open this page again from the plan') }
  app.post(address, { ...rule, form }, async (request, reply) => {
    const { db, area, actor, now: at, today, form } = request
    const { whose } = await around(request, 'edit')
    const problems = form.ok ? askedProblems({ askedOn: form.value.asked, steps: [] }, today) : form.problems
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<NewAdjustment {...whose} {...again({ ...form, problems })} today={today} />)
    const { id: saved, kind, what, askedBy, asked: askedOn } = form.value
    const by = { area, by: actor.membership, at }
    await store.saveAdjustment(db, { ...by, id: saved, episode: whose.episode, kind, what, askedBy, askedOn })
    const about = { person: whose.person.id, subject: saved, codes: { kind, askedBy } }
    await request.act('adjustment.written-down', { ...about, vouchesFor: what })
    request.flash('The adjustment is written down.')
    return reply.redirect(`/episodes/${whose.episode}/adjustments`, 303)
  })
}

function oneRoute(app: App): void {
  app.get(`${address}/:adjustment`, opening, async (request, reply) => {
    const { whose, adjustment, mayEdit } = await one(request, 'open')
    await request.read('adjustment.record', { person: whose.person.id, subject: adjustment.id })
    const shown = { ...whose, adjustment, mayEdit, now: request.now }
    return reply.page(<AdjustmentPage {...blank} {...shown} id={newId()} />)
  })
}

function wordsRoutes(app: App): void {
  const path = `${address}/:adjustment/words` as const
  app.get(path, { ...editing, reads: 'record' }, async (request, reply) => {
    const { whose, adjustment } = await one(request, 'edit')
    await request.read('adjustment.form', { person: whose.person.id, subject: adjustment.id })
    return reply.page(<AdjustmentWords {...blank} {...whose} adjustment={adjustment} />)
  })
  app.post(path, { ...editing, form: { ...words, version: version() } }, async (request, reply) => {
    const { db, area, actor, now: at, today, form } = request
    const { whose, adjustment } = await one(request, 'edit')
    const { steps } = adjustment
    const problems = form.ok ? askedProblems({ askedOn: form.value.asked, steps }, today) : form.problems
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<AdjustmentWords {...whose} {...{ adjustment, problems }} typed={form.typed} />)
    const { version: seen, kind, what, askedBy, asked: askedOn } = form.value
    const on = { area, by: actor.membership, at, adjustment: adjustment.id, episode: whose.episode, seen }
    if (!(await store.saveWords(db, { ...on, kind, what, askedBy, askedOn }))) {
      const { adjustment: now } = await one(request, 'edit')
      return reply.code(409).page(<AdjustmentWords {...whose} {...form} adjustment={now} />)
    }
    const about = { person: whose.person.id, subject: adjustment.id, codes: { kind, askedBy } }
    await request.act('adjustment.put-right', { ...about, vouchesFor: what })
    request.flash('The adjustment is put right.')
    return reply.redirect(`/episodes/${whose.episode}/adjustments/${adjustment.id}`, 303)
  })
}

const step = {
  id: id('Open this page again from the list'),
  standing: choice(outcomes, 'Select how it stands'),
  on: day('Enter the day'),
  who: optionalText(),
  reason: optionalText(500),
  version: version(),
}

function stepRoutes(app: App): void {
  app.post(`${address}/:adjustment/steps`, { ...editing, form: step }, async (request, reply) => {
    const { db, area, actor, now: at, today, form } = request
    const { whose, adjustment } = await one(request, 'edit')
    const shown = { ...whose, mayEdit: true, now: at }
    const isSeen = form.ok && form.value.version === adjustment.version
    const problems = form.ok ? (isSeen ? stepProblems(form.value, adjustment, today) : []) : form.problems
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<AdjustmentPage {...shown} {...{ adjustment }} {...again({ ...form, problems })} />)
    const { id: saved, standing, on: onDay, who, reason, version: seen } = form.value
    const on = { area, by: actor.membership, at, adjustment: adjustment.id, episode: whose.episode, seen }
    if (!(await store.saveStep(db, { ...on, id: saved, standing, onDay, who, reason }))) {
      const { adjustment: now } = await one(request, 'edit')
      return reply.code(409).page(<AdjustmentPage {...shown} adjustment={now} {...again(form)} />)
    }
    const said = [who, reason].filter((one) => one !== null).join('\n')
    await request.act('adjustment.step', {
      ...{ person: whose.person.id, subject: adjustment.id, codes: { standing } },
      ...(said === '' ? {} : { vouchesFor: said }),
    })
    request.flash(`It stands as ${outcomes[standing].label.toLowerCase()}.`)
    return reply.redirect(`/episodes/${whose.episode}/adjustments`, 303)
  })
  app.post(`${address}/:adjustment/steps/:step/withdrawal`, editing, async (request, reply) => {
    const { db, area, actor, now: at, params } = request
    const { whose, adjustment } = await one(request, 'edit')
    const found = adjustment.steps.find((one) => one.id === params.step)
    if (!found) throw new NotFound()
    const isLast = standingSteps(adjustment.steps)[0] === found
    if (isLast) await store.withdrawStep(db, { area, step: found.id, by: actor.membership, at })
    const codes = { standing: found.standing, changed: isLast }
    await request.act('adjustment.step-taken-back', { person: whose.person.id, subject: adjustment.id, codes })
    request.flash(isLast ? 'It is taken back.' : 'Only the newest step can be taken back. Look at how it stands now.')
    return reply.redirect(`/episodes/${whose.episode}/adjustments/${adjustment.id}`, 303)
  })
}

function withdrawalRoute(app: App): void {
  const form = { withdrawn: text('Enter why it should not stand here', 300) }
  app.post(`${address}/:adjustment/withdrawal`, { ...editing, form }, async (request, reply) => {
    const { db, area, actor, now: at, form } = request
    const { whose, adjustment } = await one(request, 'edit')
    const shown = { ...whose, adjustment, mayEdit: true, now: at }
    if (!form.ok) return reply.code(422).page(<AdjustmentPage {...shown} {...form} id={newId()} />)
    const { withdrawn: reason } = form.value
    await store.withdrawAdjustment(db, { area, adjustment: adjustment.id, reason, by: actor.membership, at })
    await request.act('adjustment.taken-back', {
      ...{ person: whose.person.id, subject: adjustment.id, vouchesFor: reason },
    })
    request.flash('The adjustment is taken back.')
    return reply.redirect(`/episodes/${whose.episode}/adjustments`, 303)
  })
}

type Visit = Readonly<{ db: Db; area: string; actor: Actor; params: Readonly<{ episode: string }> }>

async function around({ db, area, actor, params }: Visit, verb: 'open' | 'edit') {
  const found = await findEpisode(db, actor, params.episode, verb)
  if (!found) throw new NotFound()
  const whose = { episode: found.id, person: { id: found.person, name: calledName(found) } }
  return { whose, adjustments: await store.listAdjustments(db, area, found.id), mayEdit: found.mayEdit }
}

async function one(visit: Visit & Readonly<{ params: Readonly<{ adjustment: string }> }>, verb: 'open' | 'edit') {
  const { adjustments, ...rest } = await around(visit, verb)
  const adjustment = adjustments.find(({ id }) => id === visit.params.adjustment)
  if (!adjustment) throw new NotFound()
  return { ...rest, adjustment }
}
