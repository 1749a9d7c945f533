import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { again } from '#platform/form/again.ts'
import { choice, day, id, optionalChoice, optionalId, optionalText, text, version } from '#platform/form/fields.ts'
import { blank, type FormState, type Problem } from '#platform/form/rules.ts'
import { alreadySaved } from '#platform/http/already.ts'
import type { Answer } from '#platform/http/answer.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { calledName } from '#registers/people/rules.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { penceFrom, periodOn } from '#journey/support/budget-limit/rules.ts'
import { findUpTo, listPeriods } from '#journey/support/budget-limit/store.ts'
import { meetingInWords } from '#journey/support/team/rules.ts'
import { listMeetings } from '#journey/support/team/store.ts'
import { AskForMoney, PaidHelp, SupportEnded } from './pages/ask.tsx'
import { RequestPage } from './pages/request.tsx'
import {
  decidingProblems,
  isSameStep,
  leftOf,
  standingSteps,
  stepKinds,
  stepProblems,
  suppliers,
  ways,
} from './rules.ts'
import * as store from './store.ts'

const address = '/episodes/:episode/budget'
const opening = { who: careRoles, verb: 'open', reads: 'record' } as const
const editing = { who: careRoles, verb: 'edit' } as const
const money = 'Enter what it costs, like 240 or 240.50'

/** What is paid for somebody from the intervention budget: asked for, approved or refused, and what became of it. */
export async function budgetRoutes(app: App): Promise<void> {
  app.get(address, opening, async (request, reply) => {
    const { db, area, actor, params } = request
    const { episode, whose } = await episodeOf(db, actor, params.episode, 'open')
    const requests = await store.listRequests(db, area, episode.id)
    const left = await leftFor(request, episode.person)
    await request.read('budget.of-person', { person: episode.person, subject: episode.id })
    const mayAsk = episode.mayEdit && episode.ended_at === null
    return reply.page(<PaidHelp {...whose} {...{ requests, left, mayAsk }} />)
  })
  askRoutes(app)
  requestRoute(app)
  decisionRoute(app)
  stepRoutes(app)
}

function askRoutes(app: App): void {
  const rule = { ...editing, draft: 'budget' } as const
  app.get(`${address}/new`, { ...rule, reads: 'record' }, async (request, reply) => {
    const { whose, episode } = await episodeOf(request.db, request.actor, request.params.episode, 'edit')
    await request.read('budget.form', { person: episode.person, subject: episode.id })
    if (episode.ended_at !== null) return reply.code(422).page(<SupportEnded {...whose} />)
    return reply.page(<AskForMoney {...whose} {...again(request.form)} left={await leftFor(request, episode.person)} />)
  })
  const form = {
    ...{ id: id(), what: text('Enter what it is for'), cost: text(money) },
    ...{ supplier: choice(suppliers, 'Select the kind of supplier'), why: text('Enter why it is needed', 1000) },
  }
  app.post(address, { ...rule, form }, async (request, reply) => {
    const { db, area, actor, now: at, form } = request
    const { whose, episode } = await episodeOf(request.db, request.actor, request.params.episode, 'edit')
    if (episode.ended_at !== null) return reply.code(422).page(<SupportEnded {...whose} />)
    const pence = form.ok ? penceFrom(form.value.cost) : undefined
    const problems = form.ok ? (pence ? [] : [{ field: 'cost', message: money }]) : form.problems
    if (!form.ok || !pence) {
      const left = await leftFor(request, episode.person)
      return reply.code(422).page(<AskForMoney {...whose} {...again({ ...form, problems })} left={left} />)
    }
    const { id: asked, what, supplier, why } = form.value
    const row = { area, id: asked, episode: episode.id, what, supplier, why, pence, by: actor.membership, at }
    await store.saveRequest(db, row)
    const about = { person: episode.person, subject: asked, codes: { supplier, pence } }
    await request.act('budget.asked', { ...about, vouchesFor: `${what}\n${why}` })
    request.flash('It is asked for. Somebody who may approve it, or the team, decides.')
    return reply.redirect(`/budget/requests/${asked}`, 303)
  })
}

function requestRoute(app: App): void {
  app.get('/budget/requests/:paid', opening, async (request, reply) => {
    const { found, shown } = await requestOf(request, 'open')
    await request.read('budget.request', { person: found.person, subject: found.id })
    return reply.page(<RequestPage {...blank} {...shown} id={newId()} />)
  })
}

const deciding = {
  ...{ id: id(), answer: choice({ yes: true, no: true }, 'Select the answer'), version: version() },
  ...{ way: optionalChoice(ways), meeting: optionalId(), reason: optionalText(500) },
}

function decisionRoute(app: App): void {
  app.post('/budget/requests/:paid/decision', { ...editing, form: deciding }, async (request, reply) => {
    const { db, area, actor, today, form } = request
    const { found, shown } = await requestOf(request, 'edit')
    const again422 = (problems: readonly Problem[]) =>
      reply.code(422).page(<RequestPage {...shown} {...again({ ...form, problems })} />)
    if (!form.ok) return again422(form.problems)
    const { id: step, answer, version: seen, way, meeting, reason: note } = form.value
    const approves = answer === 'yes'
    const by = { isAsker: found.asker === actor.membership, meetings: Object.keys(shown.meetings) }
    const upTo = await findUpTo(db, { area, member: actor.membership, on: today })
    const given = { approves, way, pence: found.pence, reason: note, meeting }
    const problems = seen === shown.version ? [...decidingProblems(given, { ...by, upTo }), ...notAsked(found)] : []
    const period = periodOn(await listPeriods(db, area), today)
    const noPeriod =
      approves && !period ? [{ field: 'answer', message: 'No budget is set for today: nothing can be approved' }] : []
    if (problems.length > 0 || noPeriod.length > 0) return again422([...problems, ...noPeriod])
    const kind = approves ? 'approved' : 'refused'
    const money = approves ? { pence: found.pence, period: period?.id ?? null } : { pence: null, period: null }
    const about = {
      id: step,
      seen,
      kind,
      ...money,
      note,
      meeting: approves && way === 'team' ? meeting : null,
    } as const
    return kept(request, reply, { found, step: { ...about, onDay: today } })
  })
}

const stepping = {
  ...{ id: id(), kind: choice(stepKinds, 'Select how it stands'), version: version() },
  ...{ cost: optionalText(), on: day('Enter the day'), note: optionalText(500) },
}

function stepRoutes(app: App): void {
  const path = '/budget/requests/:paid/steps'
  app.post(path, { ...editing, form: stepping }, async (request, reply) => {
    const { today, form } = request
    const { found, shown } = await requestOf(request, 'edit')
    const again422 = (problems: readonly Problem[]) =>
      reply.code(422).page(<RequestPage {...shown} {...again({ ...form, problems })} />)
    if (!form.ok) return again422(form.problems)
    const { id: step, kind, version: seen, cost, on: onDay, note } = form.value
    if (kind === 'approved' || kind === 'refused') throw new NotFound()
    const pence = kind === 'cost-known' && cost !== null ? (penceFrom(cost) ?? null) : null
    const known = { steps: found.steps, askedOn: dayOf(found.at) }
    const problems = seen === shown.version ? stepProblems({ kind, on: onDay, pence, note }, known, today) : []
    if (problems.length > 0) return again422(problems)
    return kept(request, reply, {
      found,
      step: { id: step, seen, kind, pence, period: periodOf(found), note, meeting: null, onDay },
    })
  })
  app.post(`${path}/:step/withdrawal`, editing, async (request, reply) => {
    const { db, area, actor, now: at, params } = request
    const { found } = await requestOf(request, 'edit')
    if (!found.steps.some((one) => one.id === params.step)) throw new NotFound()
    const of = { area, request: found.id, person: found.person, period: periodOf(found) }
    const outcome = await store.withdrawStep(db, { ...of, step: params.step, by: actor.membership, at })
    const codes = { changed: outcome === 'saved' }
    await request.act('budget.step-taken-back', { person: found.person, subject: found.id, codes })
    request.flash(typeof outcome === 'string' ? takenBack[outcome] : `It stays as it is. ${outcome.notEnough}.`)
    return reply.redirect(`/budget/requests/${found.id}`, 303)
  })
}

const takenBack = {
  saved: 'It is taken back.',
  'taken back before': 'It was taken back already.',
  'changed meanwhile': 'Only the newest step can be taken back. Look at how it stands now.',
} as const

type Asking = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>
type OfRequest = Asking & Readonly<{ params: Readonly<{ paid: string }> }>
type Found = Awaited<ReturnType<typeof requestOf>>['found']

type Keeping = OfRequest &
  Readonly<{ form: FormState; flash(text: string): void }> &
  Readonly<Record<'act' | 'read', (what: string, of: object) => Promise<void>>>
type Kept = Readonly<{ found: Found; step: Omit<store.NewStep, 'area' | 'request' | 'person' | 'by' | 'at'> }>

/** Writes a step down, or says what stands in the way: somebody was quicker, or the money is not there. */
async function kept(request: Keeping, reply: Answer, { found, step }: Kept) {
  const { db, area, actor, now: at, form } = request
  const of = { area, request: found.id, person: found.person, by: actor.membership, at }
  const outcome = await store.saveStep(db, { ...of, ...step })
  if (outcome === 'saved') {
    const codes = { kind: step.kind, ...(step.pence === null ? {} : { pence: step.pence }) }
    const said = step.note === null ? {} : { vouchesFor: step.note }
    await request.act(`budget.${step.kind}`, { person: found.person, subject: found.id, codes, ...said })
    request.flash(`${stepKinds[step.kind].label}.`)
    return reply.redirect(`/budget/requests/${found.id}`, 303)
  }
  const { found: there, shown } = await requestOf(request, 'edit')
  if (outcome === 'changed meanwhile' && isSameStep(standingSteps(there.steps)[0], step)) {
    const to = `/budget/requests/${found.id}`
    return alreadySaved(request, reply, { page: 'budget.request', person: found.person, subject: found.id, to })
  }
  if (outcome === 'changed meanwhile') return reply.code(409).page(<RequestPage {...shown} {...again(form)} />)
  const field = step.kind === 'cost-known' ? 'cost' : 'answer'
  const problems = [{ field, message: outcome.notEnough }]
  return reply.code(422).page(<RequestPage {...shown} {...again({ ...form, problems })} />)
}

async function episodeOf(db: Db, actor: Actor, wanted: string, verb: 'open' | 'edit') {
  const episode = await findEpisode(db, actor, wanted, verb)
  if (!episode) throw new NotFound()
  return { episode, whose: { episode: episode.id, person: { id: episode.person, name: calledName(episode) } } }
}

/** What is left of today's period, in the area and for a person; undefined where no budget is set. */
async function leftFor({ db, area, today }: Asking, person: string) {
  const period = periodOn(await listPeriods(db, area), today)
  return period && leftOf(period, await store.findHeld(db, { area, period: period.id, person }))
}

async function requestOf(asking: OfRequest, verb: 'open' | 'edit') {
  const { db, actor, now, today, params } = asking
  const found = await store.findRequest(db, actor, params.paid, verb)
  if (!found) throw new NotFound()
  const [left, all] = await Promise.all([leftFor(asking, found.person), listMeetings(db, actor)])
  const recent = all.filter(
    ({ comes, calledOffAt, onDay }) =>
      comes && calledOffAt === null && onDay.until(today).days >= 0 && onDay.until(today).days <= recentDays,
  )
  const meetings = Object.fromEntries(recent.map((one) => [one.id, { label: meetingInWords(one, today) }]))
  const whose = { episode: found.episode, person: { id: found.person, name: calledName(found) } }
  const shown = { ...whose, request: found, left, meetings, mayEdit: found.mayEdit, now }
  return { found, shown: { ...shown, version: store.versionOf(found.steps) } }
}

// What a meeting approved is written down within a month of it.
const recentDays = 31

/** The period whose money a request holds. */
const periodOf = ({ steps }: Found) =>
  steps.findLast(({ kind, takenBack }) => kind === 'approved' && !takenBack)?.period ?? null

const notAsked = ({ standing }: Found): Problem[] =>
  standing === 'asked' ? [] : [{ field: 'answer', message: 'It was decided already. Look at how it stands now' }]
