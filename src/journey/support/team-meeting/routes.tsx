import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import { choice, id, optionalChoice, optionalDay, optionalId, optionalText, text } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { calledName } from '#registers/people/rules.ts'
import { findMember } from '#registers/organisations/store.ts'
import { type Owner, owners as doers } from '#journey/action/rules.ts'
import { listGoals } from '#journey/goal/store.ts'
import { becomings, decisionProblems, fates, isSentBefore, secondProblems } from '#journey/support/team/rules.ts'
import { isToCome, type Meeting, neighbourOf, planners, whyNotNow } from '#journey/support/team/rules.ts'
import { endMeeting, findDecision, findMeeting, listMeetings } from '#journey/support/team/store.ts'
import { holdMatter, saveCarried, saveDecision, withdrawDecision } from '#journey/support/team/store.ts'
import { DecidePage } from './pages/decide.tsx'
import { TeamMeetings } from './pages/list.tsx'
import { Agenda, MeetingPage } from './pages/meeting.tsx'
import { decidedMeanwhile, decides, leftInWords, moves, notBefore, plans } from './rules.ts'
import { saidNoAfterwards, seenBy, type Seen, standsOnQueue } from './rules.ts'
import { findAgenda, findLate, findQueue, findReady, type Put } from './store.ts'

type NewAction = Readonly<Record<'area' | 'id' | 'goal' | 'what' | 'by', string>> &
  Readonly<{ owner: Owner; due_on: Temporal.PlainDate; barrier: null; obstacle: null; at: Temporal.Instant }>

/** What others do for a meeting: put an action on a plan, and let two matters change places. */
export type Verbs = Readonly<{
  addAction: (db: Db, action: NewAction) => Promise<void>
  swapPlaces: (
    db: Db,
    swap: Readonly<{ area: string; organisation: string; one: string; other: string }>,
  ) => Promise<void>
}>

const reading = { who: careRoles, verb: 'list', reads: 'list' } as const
const editing = { who: careRoles, verb: 'edit' } as const

/** The meetings of the team with their queue, worked through matter by matter. */
export function teamMeetingRoutes(verbs: Verbs): (app: App) => Promise<void> {
  return async (app) => {
    listRoute(app)
    placeRoute(app, verbs)
    meetingRoutes(app)
    decideRoutes(app, verbs)
    carryRoute(app)
    endRoutes(app)
  }
}

function listRoute(app: App): void {
  app.get('/team', reading, async (request, reply) => {
    const { db, actor, now } = request
    const meetings = await listMeetings(db, actor)
    const queue = await findQueue(db, actor, [actor.organisation, ...meetings.map(({ organisation }) => organisation)])
    await request.read('team.queue', { codes: { shown: queue.map((one) => one.id) } })
    const [toCome, before] = [meetings.filter(isToCome).toReversed(), meetings.filter((one) => !isToCome(one))]
    const mayPlan = planners.some((role) => role === actor.role)
    return reply.page(<TeamMeetings {...{ toCome, before, now, mayPlan }} queue={queue.map((one) => seen(one, now))} />)
  })
}

function placeRoute(app: App, { swapPlaces }: Verbs): void {
  const form = { to: choice(moves, 'Choose where it goes') }
  app.post('/team/matters/:matter/place', { who: planners, verb: 'edit', form }, async (request, reply) => {
    const { db, area, actor, form } = request
    const queue = await findQueue(db, actor, [actor.organisation])
    const matter = queue.find((one) => one.id === request.params.matter)
    if (!matter || !form.ok) throw new NotFound()
    const other = neighbourOf(queue, matter.id, moves[form.value.to])
    if (other) await swapPlaces(db, { area, organisation: actor.organisation, one: matter.id, other: other.id })
    await request.act('team.moved', { person: matter.person, subject: matter.id, codes: { to: form.value.to } })
    return reply.redirect('/team', 303)
  })
}

function meetingRoutes(app: App): void {
  app.get('/team/meetings/:meeting', reading, async (request, reply) => {
    const { actor, now } = request
    const meeting = await meetingOf(request)
    const matters = await findAgenda(request.db, request.actor, meeting)
    await request.read('team.meeting', { subject: meeting.id, codes: { shown: matters.map((one) => one.id) } })
    const may = { mayPlan: plans(actor, meeting), mayDecide: decides(actor, meeting) }
    return reply.page(<MeetingPage {...{ meeting, now, ...may }} matters={matters.map((one) => seen(one, now))} />)
  })
  app.get('/team/meetings/:meeting/agenda', reading, async (request, reply) => {
    const meeting = await meetingOf(request)
    const matters = await findAgenda(request.db, request.actor, meeting)
    await request.read('team.agenda', { subject: meeting.id, codes: { shown: matters.map((one) => one.id) } })
    return reply.page(<Agenda meeting={meeting} matters={matters.map((one) => seen(one, request.now))} />)
  })
}

const deciding = {
  id: id('Open this page again'),
  decided: text('Enter what the team advises', 500),
  becomes: choice(becomings, 'Select what comes of it'),
  owner: optionalId(),
  goal: optionalId(),
  doer: optionalChoice(doers),
  due: optionalDay(),
  note: optionalText(500),
  ...{ seen: optionalId(), before: optionalChoice(fates) },
}

type Given = { [Field in keyof typeof deciding]: (typeof deciding)[Field]['_output'] }

function decideRoutes(app: App, { addAction }: Verbs): void {
  const path = '/team/meetings/:meeting/matters/:matter'
  app.get(path, reading, async (request, reply) => {
    const { matter, shown } = await matterOf(request)
    await request.read('team.matter', { person: matter.person, subject: matter.id })
    return reply.page(<DecidePage {...blank} {...shown} id={newId()} />)
  })
  app.post(`${path}/decisions`, { ...editing, form: deciding }, async (request, reply) => {
    const { db, area, form } = request
    await holdMatter(db, area, request.params.matter)
    const { meeting, matter, shown } = await matterOf(request, 'sent')
    if (shown.why !== undefined) return reply.code(422).page(<DecidePage {...again(form)} {...shown} />)
    const isSent = form.ok && isSentBefore(form.value, matter.decisions)
    const problems = form.ok ? problemsWith(form.value, shown, request.today) : form.problems
    if (!form.ok || (!isSent && problems.length > 0))
      return reply.code(422).page(<DecidePage typed={form.typed} {...{ ...shown, problems }} id={newId()} />)
    if (!isSent) await keep(request, { ...form.value, meeting, matter }, addAction)
    const { id: decision, decided, becomes } = form.value
    const about = { person: matter.person, subject: decision, codes: { becomes, meeting: meeting.id } }
    await request.act('team.decided', { ...about, vouchesFor: decided })
    request.flash('The decision is saved.')
    return reply.redirect(`/team/meetings/${meeting.id}`, 303)
  })
  takingBackRoute(app)
}

function problemsWith(given: Given, { matter, owners, goals }: Shown, today: Temporal.PlainDate) {
  const around = { today, owners: Object.keys(owners), goals: Object.keys(goals) }
  return [...secondProblems(given, matter.decisions), ...decisionProblems(given, around)]
}

type Decided = Given & Readonly<{ meeting: Meeting; matter: Put }>

/** Keeps a decision with what follows from it, and takes back what it is in the place of. */
async function keep({ db, area, actor, now: at }: Asking, decided: Decided, addAction: Verbs['addAction']) {
  const { id: decision, meeting, matter, becomes, owner, goal, doer, due: due_on, note, decided: what } = decided
  const by = { area, by: actor.membership, at }
  const action = becomes === 'action' ? newId() : null
  const none = { barrier: null, obstacle: null }
  if (action && goal && doer && due_on)
    await addAction(db, { ...by, id: action, goal, what, owner: doer, due_on, ...none })
  if (decided.before === 'replaced')
    for (const { id: before } of matter.decisions) await withdrawDecision(db, { ...by, id: before })
  await saveDecision(db, {
    ...{ ...by, id: decision, matter: matter.id, meeting: meeting.id, becomes, decided: what, action, note },
    ...{ owner: becomes === 'task' ? owner : null, due_on: becomes === 'advice' ? null : due_on },
  })
}

function takingBackRoute(app: App): void {
  app.post('/team/decisions/:decision/withdrawal', editing, async (request, reply) => {
    const { db, area, actor, now: at, params } = request
    const found = await findDecision(db, area, params.decision)
    if (!found) throw new NotFound()
    const { meeting, matter, shown } = await matterOf({ ...request, params: found })
    if (shown.why !== undefined) throw new NotFound()
    await withdrawDecision(db, { area, id: found.id, by: actor.membership, at })
    await request.act('team.decision-taken-back', { person: matter.person, subject: found.id })
    request.flash(
      found.becomes === 'action'
        ? 'It is taken back. The action stays on the plan until somebody takes it out.'
        : 'It is taken back.',
    )
    return reply.redirect(`/team/meetings/${meeting.id}/matters/${matter.id}`, 303)
  })
}

function carryRoute(app: App): void {
  const form = { why: optionalText(300) }
  app.post('/team/meetings/:meeting/matters/:matter/carrying-over', { ...editing, form }, async (request, reply) => {
    const { db, area, actor, now: at, form } = request
    const { meeting, matter, shown } = await matterOf(request, 'sent')
    const problems = [...form.problems, ...(matter.decisions.length > 0 ? [decidedMeanwhile] : [])]
    if (!form.ok || shown.why !== undefined || problems.length > 0)
      return reply.code(422).page(<DecidePage {...again({ ...form, problems })} {...shown} />)
    const { why } = form.value
    await saveCarried(db, { area, matter: matter.id, meeting: meeting.id, why, by: actor.membership, at })
    const said = why === null ? {} : { vouchesFor: why }
    await request.act('team.carried-over', { person: matter.person, subject: matter.id, ...said })
    request.flash('It is on the queue for the next meeting.')
    return reply.redirect(`/team/meetings/${meeting.id}`, 303)
  })
}

function endRoutes(app: App): void {
  for (const as of ['closed', 'called-off'] as const) {
    app.post(`/team/meetings/:meeting/${as}`, editing, async (request, reply) => {
      const { db, area, actor, now: at } = request
      const meeting = await meetingOf(request)
      if (!decides(actor, meeting)) throw new NotFound()
      const by = { area, by: actor.membership, at }
      if (as === 'closed' && isToCome(meeting))
        for (const { id: matter } of await findReady(db, actor, { meeting, now: at }))
          await saveCarried(db, { ...by, matter, meeting: meeting.id, why: null })
      await endMeeting(db, { ...by, id: meeting.id, as })
      await request.act(`team.${as}`, { subject: meeting.id })
      request.flash(
        as === 'closed' ? 'The meeting is closed. What is not decided goes to the next one.' : 'It is called off.',
      )
      return reply.redirect('/team', 303)
    })
  }
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>
type OfMeeting = Asking & Readonly<{ params: Readonly<{ meeting: string }> }>

const seen = (row: Put, now: Temporal.Instant): Seen => seenBy(row, calledName(row), now)

async function meetingOf({ db, actor, params }: OfMeeting): Promise<Meeting> {
  const meeting = await findMeeting(db, actor, params.meeting)
  if (!meeting) throw new NotFound()
  return meeting
}

type Shown = Awaited<ReturnType<typeof matterOf>>['shown']

type OfMatter = OfMeeting & Readonly<{ params: Readonly<{ matter: string }> }>

/** A matter that a meeting has before it, as this reader sees it, with whoever may be given a task. */
async function matterOf(asking: OfMatter, is: 'read' | 'sent' = 'read') {
  const { db, area, actor, now, today, params } = asking
  const meeting = await meetingOf(asking)
  const here = (await findAgenda(db, actor, meeting)).find(({ id }) => id === params.matter)
  // Whoever typed something reads what happened meanwhile; nobody else finds a matter that has left the meeting.
  const late = here || is === 'read' ? undefined : await findLate(db, actor, { meeting, matter: params.matter })
  const [matter, left] = [here ?? late, late && leftInWords(late)]
  if (!matter) throw new NotFound()
  const [goals, coach] = await Promise.all([
    matter.mayEdit ? listGoals(db, area, matter.episode) : [],
    matter.coach === null ? undefined : findMember(db, area, matter.coach),
  ])
  const able = [...meeting.comers, ...(coach ? [coach] : [])]
  const owners = Object.fromEntries(able.map(({ id, name }) => [id, { label: name }]))
  const from = standsOnQueue(matter, now)
  const waits = from && (from === 'untold' ? 'The person has not been told yet' : 'The person may still say no')
  const mine = decides(actor, meeting) ? (whyNotNow(meeting, today) ?? waits) : 'Whoever comes to the meeting decides'
  const why = left ?? (matter.objected ? saidNoAfterwards : mine)
  const offered = Object.fromEntries(goals.map(({ id, words }) => [id, { label: words }]))
  const about = { ...seen(matter, now), ...(left ? { hidden: notBefore, decisions: [] } : {}) }
  const shown = { meeting, matter: about, why, owners, goals: offered, reader: actor.membership, now }
  return { meeting, matter, shown }
}
