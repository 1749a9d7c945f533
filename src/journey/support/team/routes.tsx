import { type Actor, careRoles, roles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import { day, id, ids, optionalText, time, tick, version } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { ChangeMeeting, PlanMeeting } from './pages.tsx'
import { isToCome, type Meeting, meetingProblems, planners } from './rules.ts'
import * as store from './store.ts'

const words = {
  on: day('Enter the day of the meeting'),
  starts: time('Enter when it starts', 'Enter a time like 14:00'),
  place: optionalText(200),
  comers: ids('Choose who comes'),
  chair: id('Choose who chairs'),
}
const planning = { who: planners } as const

/** Planning the meetings of the team, and saying that a task of one is done. */
export async function teamRoutes(app: App): Promise<void> {
  planRoutes(app)
  changeRoutes(app)
  resultRoutes(app)
}

function planRoutes(app: App): void {
  app.get('/team/meetings/new', planning, async (request, reply) => {
    const { members } = await aroundOf(request)
    return reply.page(<PlanMeeting {...blank} id={newId()} members={members} today={request.today} />)
  })
  app.post('/team/meetings', { ...planning, form: { ...words, id: id() } }, async (request, reply) => {
    const { db, area, actor, now: at, today, form } = request
    const { members, known } = await aroundOf(request)
    const problems = form.ok ? meetingProblems(form.value, { today, known }) : form.problems
    if (!form.ok || problems.length > 0) {
      return reply.code(422).page(<PlanMeeting {...again({ ...form, problems })} {...{ members, today }} />)
    }
    const { id: meeting, on: on_day, starts, place, chair, comers } = form.value
    const planned = { area, id: meeting, organisation: actor.organisation, by: actor.membership, at }
    await store.saveMeeting(db, { ...planned, on_day, starts, place, chair, comers: [...new Set(comers)] })
    await request.act('team.planned', { subject: meeting, codes: { comers } })
    request.flash('The meeting is planned.')
    return reply.redirect(`/team/meetings/${meeting}`, 303)
  })
}

function changeRoutes(app: App): void {
  const path = '/team/meetings/:meeting/words'
  app.get(path, planning, async (request, reply) => {
    const meeting = await openMeeting(request)
    const { members } = await aroundOf(request, meeting)
    return reply.page(<ChangeMeeting {...blank} {...{ meeting, members }} />)
  })
  app.post(path, { ...planning, form: { ...words, version: version() } }, async (request, reply) => {
    const { db, area, today, form } = request
    const meeting = await openMeeting(request)
    const { members, known } = await aroundOf(request, meeting)
    const problems = form.ok ? meetingProblems(form.value, { today, known }) : form.problems
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<ChangeMeeting {...{ meeting, members, problems }} typed={form.typed} />)
    const { version: seen, on: on_day, starts, place, chair, comers } = form.value
    const changed = { area, id: meeting.id, seen, on_day, starts, place, chair, comers: [...new Set(comers)] }
    if (!(await store.changeMeeting(db, changed)))
      return reply.code(409).page(<ChangeMeeting {...form} {...{ meeting, members }} />)
    await request.act('team.changed', { subject: meeting.id, codes: { comers } })
    request.flash('Saved.')
    return reply.redirect(`/team/meetings/${meeting.id}`, 303)
  })
}

function resultRoutes(app: App): void {
  const form = { done: tick(), note: optionalText(300) }
  app.post('/team/decisions/:decision/results', { who: careRoles, form }, async (request, reply) => {
    const { db, area, actor, now: at, form } = request
    const decision = await store.findDecision(db, area, request.params.decision)
    if (!form.ok || decision?.owner !== actor.membership) throw new NotFound()
    const { done, note } = form.value
    const result = { area, id: newId(), decision: decision.id, done, note, by: actor.membership, at }
    await store.holdMatter(db, area, decision.matter)
    const to = `/team/meetings/${decision.meeting}/matters/${decision.matter}`
    if (!(await store.saveResult(db, result))) {
      await request.read('team.matter', { subject: decision.matter })
      request.flash(done ? 'It is done already. It is off your day.' : 'It is on your day already.')
      return reply.redirect(to, 303)
    }
    await request.act('team.result', { subject: decision.id, codes: { done } })
    request.flash(done ? 'Done. It is off your day.' : 'It is on your day again.')
    return reply.redirect(to, 303)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate }>

/** Whether this actor plans the meetings of this organisation. */
function plans({ organisation, role }: Actor, meeting: Meeting): boolean {
  return meeting.organisation === organisation && planners.some((one) => one === role)
}

/** A meeting that its planners may still change. */
async function openMeeting({ db, actor, params }: Asking & Readonly<{ params: Readonly<{ meeting: string }> }>) {
  const meeting = await store.findMeeting(db, actor, params.meeting)
  if (!meeting || !plans(actor, meeting) || !isToCome(meeting)) throw new NotFound()
  return meeting
}

/** Who can come to a meeting: whoever works with people in the area. Who comes already stays to be seen. */
async function aroundOf({ db, area, today }: Asking, meeting?: Meeting) {
  const found = (await listMembers(db, area, today)).filter(({ role }) => careRoles.some((one) => one === role))
  const there = found.map(({ id, name, role, organisationName }) => ({
    id,
    label: `${name}, ${roles[role].label}, ${organisationName}`,
  }))
  const gone = (meeting?.comers ?? []).filter(({ id }) => !there.some((one) => one.id === id))
  const all = [...there, ...gone.map(({ id, name }) => ({ id, label: name }))]
  return { known: all.map(({ id }) => id), members: Object.fromEntries(all.map(({ id, label }) => [id, { label }])) }
}
