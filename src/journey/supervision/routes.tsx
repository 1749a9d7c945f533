import { type Actor, isFor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import { day, id, ids, optionalDay, text, version } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { findActor, findMember } from '#registers/organisations/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { DecisionForm, SupervisionForm } from './pages/form.tsx'
import { SupervisionPage, Supervisions } from './pages/shown.tsx'
import { dayProblems, isSupervised, otherOf, supervisors, takers } from './rules.ts'
import * as store from './store.ts'

const words = {
  on: day('Enter the day on which it was held'),
  cases: ids('Choose from the list'),
  agreed: text('Enter what you agreed', 4000),
  next: optionalDay(),
}
const listing = { who: takers, verb: 'list' } as const
const editing = { who: takers, verb: 'edit' } as const

/** Supervision of coaches: when it was held, whom it was about, what was agreed. What was said is for the two alone. */
export async function supervisionRoutes(app: App): Promise<void> {
  listRoute(app)
  newRoutes(app)
  oneRoutes(app)
  changeRoutes(app)
  decisionRoutes(app)
}

function listRoute(app: App): void {
  app.get('/supervisions', { who: takers }, async ({ db, area, actor, today }, reply) => {
    const holds = isFor(supervisors, actor.role)
    const [own, coaches] = await Promise.all([
      store.listOwn(db, area, actor.membership),
      holds ? store.listLastOfCoaches(db, actor, today) : undefined,
    ])
    return reply.page(<Supervisions {...{ own, coaches, today }} me={actor.membership} />)
  })
}

function newRoutes(app: App): void {
  const rule = { who: supervisors, draft: 'supervision' } as const
  app.get('/supervisions/new/:coach', { ...rule, verb: 'list', reads: 'list' }, async (request, reply) => {
    const { shown, people } = await aroundNew(request, request.params.coach)
    await request.read('supervision.form', { codes: { shown: people.map(({ person }) => person) } })
    return reply.page(<SupervisionForm {...again(request.form)} {...shown} />)
  })
  app.post(
    '/supervisions/new/:coach',
    { ...rule, verb: 'edit', form: { ...words, id: id() } },
    async (request, reply) => {
      const { db, area, actor, now: at, today, form, params } = request
      const { shown } = await aroundNew(request, params.coach)
      const problems = form.ok ? problemsWith(form.value, shown.cases, today) : form.problems
      if (!form.ok || problems.length > 0)
        return reply.code(422).page(<SupervisionForm {...again({ ...form, problems })} {...shown} />)
      const { id: supervision, on: onDay, next: nextOn, agreed, cases } = form.value
      const two = { supervisor: actor.membership, coach: shown.with.id }
      const written = { ...two, area, id: supervision, by: actor.membership, at, onDay, nextOn, agreed, cases }
      await store.saveSupervision(db, written)
      await request.act('supervision.held', { subject: supervision, vouchesFor: agreed })
      request.flash('Kept. Only the two of you can read it.', `/supervisions/${supervision}/withdrawal`)
      return reply.redirect(`/supervisions/${supervision}`, 303)
    },
  )
}

function oneRoutes(app: App): void {
  app.get('/supervisions/:supervision', { ...listing, reads: 'list' }, async (request, reply) => {
    const { db, area, actor, today, now, params } = request
    const supervision = await ownOne(request, params.supervision)
    const [cases, notes] = [
      await store.listCases(db, actor, supervision.id),
      await store.listNotes(db, actor, supervision.id),
    ]
    const open = cases.filter(({ person }) => person !== null)
    const decisions = await store.listDecisions(
      db,
      area,
      open.map(({ episode }) => episode),
    )
    await request.read('supervision.page', {
      subject: supervision.id,
      codes: { shown: open.flatMap(({ person }) => person ?? []) },
    })
    return reply.page(
      <SupervisionPage {...{ supervision, cases, notes, decisions, today, now }} me={actor.membership} />,
    )
  })
  app.post('/supervisions/:supervision/withdrawal', editing, async (request, reply) => {
    const { db, area, actor, now: at, params } = request
    const { id: supervision } = await ownOne(request, params.supervision)
    await store.withdrawSupervision(db, { area, id: supervision, by: actor.membership, at })
    await request.act('supervision.taken-back', { subject: supervision })
    request.flash('It was taken back. What was put on records stays there.')
    return reply.redirect('/supervisions', 303)
  })
}

function changeRoutes(app: App): void {
  const path = '/supervisions/:supervision/words'
  const rule = { who: takers, draft: 'supervision-words' } as const
  app.get(path, { ...rule, verb: 'list', reads: 'list' }, async (request, reply) => {
    const { shown, people, supervision } = await aroundOne(request, request.params.supervision)
    await request.read('supervision.form', {
      subject: supervision.id,
      codes: { shown: people.map(({ person }) => person) },
    })
    return reply.page(<SupervisionForm {...request.form} {...shown} />)
  })
  app.post(path, { ...rule, verb: 'edit', form: { ...words, version: version() } }, async (request, reply) => {
    const { db, area, actor, now: at, today, form, params } = request
    const { shown, supervision } = await aroundOne(request, params.supervision)
    const problems = form.ok ? problemsWith(form.value, shown.cases, today) : form.problems
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<SupervisionForm {...{ ...shown, problems }} typed={form.typed} />)
    const { version: seen, on: onDay, next: nextOn, agreed, cases } = form.value
    const { id: of, supervisor, coach } = supervision
    const written = { supervisor, coach, area, id: of, by: actor.membership, at, onDay, nextOn, agreed, cases, seen }
    if (seen !== supervision.version || !(await store.changeSupervision(db, written)))
      return reply
        .code(409)
        .page(<SupervisionForm {...form} {...(await aroundOne(request, params.supervision)).shown} />)
    await request.act('supervision.changed', { subject: of, vouchesFor: agreed })
    request.flash('Saved. What stood there before stays below.')
    return reply.redirect(`/supervisions/${of}`, 303)
  })
}

function decisionRoutes(app: App): void {
  const path = '/supervisions/:supervision/cases/:episode/decision'
  app.get(path, { ...editing, reads: 'record' }, async (request, reply) => {
    const { shown, person } = await caseOf(request, request.params)
    await request.read('supervision.decision-form', { person, subject: shown.episode })
    return reply.page(<DecisionForm {...blank} {...shown} id={newId()} />)
  })
  const form = { id: id(), decided: text('Enter what was decided', 1000) }
  app.post(path, { ...editing, form }, async (request, reply) => {
    const { db, area, actor, now: at, form, params } = request
    const { shown, person } = await caseOf(request, params)
    if (!form.ok) return reply.code(422).page(<DecisionForm {...again(form)} {...shown} />)
    const { id: decision, decided } = form.value
    const said = { area, id: decision, episode: shown.episode, decided, by: actor.membership, at }
    await store.saveDecision(db, said)
    await request.act('supervision.decided', { person, subject: decision, vouchesFor: decided })
    request.flash('It stands on their record now.', `/supervision-decisions/${decision}/withdrawal`)
    return reply.redirect(`/supervisions/${shown.supervision}`, 303)
  })
  app.post('/supervision-decisions/:decision/withdrawal', editing, async (request, reply) => {
    const { db, area, actor, now: at, params } = request
    const decision = await store.findDecision(db, area, params.decision)
    const episode = decision && (await findEpisode(db, actor, decision.episode, 'edit'))
    if (!episode || decision.member !== actor.membership) throw new NotFound()
    await store.withdrawDecision(db, { area, id: decision.id, by: actor.membership, at })
    await request.act('supervision.decision-taken-back', { person: episode.person, subject: decision.id })
    request.flash('It was taken back. The record says that it stood there.')
    return reply.redirect('/supervisions', 303)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate; now: Temporal.Instant }>

/** A supervision of the reader; otherwise nothing, as if it were not there. */
async function ownOne({ db, actor }: Asking, wanted: string) {
  const supervision = await store.findSupervision(db, actor, wanted)
  if (!supervision) throw new NotFound()
  return supervision
}

/** The other of the two as somebody who reaches people; undefined where they work here no longer. */
async function otherAs({ db, area, today, now }: Asking, member: string): Promise<Actor | undefined> {
  const found = await findMember(db, area, member)
  if (!found) return undefined
  const other = await findActor(db, { area, account: found.account, membership: member, on: today })
  return other && { ...other, at: now }
}

/** A coach of one's own organisations, and whom one can talk about with them. */
async function aroundNew(request: Asking, wanted: string) {
  const { db, area, actor, today } = request
  const coach = /^[0-9a-f-]{36}$/.test(wanted) ? await findMember(db, area, wanted) : undefined
  const theirs = coach !== undefined && actor.organisations.includes(coach.organisation)
  if (!theirs || !isSupervised(coach.role) || coach.id === actor.membership) throw new NotFound()
  const other = await otherAs(request, coach.id)
  if (!other) throw new NotFound()
  const people = await store.listTalkable(db, coach.id, [actor, other])
  const shown = { with: { id: coach.id, name: coach.name }, cases: caseList(people), today, held: undefined }
  return { people, shown }
}

/** A supervision of the reader with everything that may be changed of it. */
async function aroundOne(request: Asking, wanted: string) {
  const { db, actor, today } = request
  const supervision = await ownOne(request, wanted)
  const other = await otherAs(request, otherOf(supervision, actor.membership))
  const [notes, chosen] = [
    await store.listNotes(db, actor, supervision.id),
    await store.listCases(db, actor, supervision.id),
  ]
  const people = other ? await store.listTalkable(db, supervision.coach, [actor, other]) : []
  const cases = { ...caseList(people), ...Object.fromEntries(chosen.map((one) => [one.episode, caseLabel(one)])) }
  const [note] = notes
  const held = { ...supervision, agreed: note?.agreed ?? '', cases: chosen.map(({ episode }) => episode) }
  const name = supervision.coach === actor.membership ? supervision.supervisorName : supervision.coachName
  const shown = { with: { id: supervision.coach, name }, cases, today, held }
  return { shown, people, supervision }
}

type Case = Awaited<ReturnType<typeof store.listCases>>[number]

function caseLabel({ given_name, family_name, preferred_name }: Case): { label: string } {
  if (given_name === null || family_name === null) return { label: 'Somebody whose record you may not open' }
  return { label: calledName({ given_name, family_name, preferred_name }) }
}

const caseList = (people: Awaited<ReturnType<typeof store.listTalkable>>) =>
  Object.fromEntries(people.map((one) => [one.episode, { label: calledName(one) }]))

type Given = Readonly<{ on: Temporal.PlainDate; next: Temporal.PlainDate | null; cases: readonly string[] }>

function problemsWith(given: Given, cases: object, today: Temporal.PlainDate) {
  const unknown = given.cases.some((one) => !(one in cases))
  return [
    ...dayProblems(given, today),
    ...(unknown ? [{ field: 'cases', message: 'Choose people whose record you may both open' }] : []),
  ]
}

/** A case that the reader talked about in a supervision of theirs, and whose record they may change. */
async function caseOf(request: Asking, wanted: Readonly<{ supervision: string; episode: string }>) {
  const { db, actor } = request
  const supervision = await ownOne(request, wanted.supervision)
  const cases = await store.listCases(db, actor, supervision.id)
  const known = cases.some(({ episode }) => episode === wanted.episode)
  const episode = known ? await findEpisode(db, actor, wanted.episode, 'edit') : undefined
  if (!episode) throw new NotFound()
  return {
    person: episode.person,
    shown: { supervision: supervision.id, episode: episode.id, name: calledName(episode) },
  }
}
