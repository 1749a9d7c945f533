import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, choices, id, optionalChoice, optionalDay, optionalText, text, tick } from '#platform/form/fields.ts'
import type { ValueOf } from '#platform/form/fields.ts'
import type { FormState } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { outOfHoursText, readAgainAt } from '#journey/alert/rules.ts'
import {
  findToldNext,
  hearAlert,
  keepAlert,
  listToldOf,
  raiseAlert,
  settleAlert,
  takeAlert,
} from '#journey/alert/store.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { findHolidays } from '#registers/places/store.ts'
import { findArrangement } from '#registers/safety-arrangement/store.ts'
import { Concerns } from './pages/concerns.tsx'
import { NewConcernForm } from './pages/fields.tsx'
import { OneConcernPage } from './pages/one-concern.tsx'
import * as rules from './rules.ts'
import { findConcern, listConcerns, listPointsDone, numberFor, saveConcern, saveLook, savePoints } from './store.ts'

const lookFields = {
  id: id(),
  done: text('Enter what was done', 4000),
  ...{ 'done-on': optionalDay(), 'done-time': optionalText(5) },
  told: optionalText(300),
  'told-on': optionalDay(),
  'told-time': optionalText(5),
  'next-look-on': optionalDay(),
}
// In the order in which the page asks.
const concernFields = {
  kind: choice(rules.concernKinds, 'Select what it is about'),
  'act-by': optionalChoice(rules.actBy),
  'raised-by': optionalChoice(rules.raisedBy),
  'raised-name': optionalText(120),
  seen: text('Enter what was seen or said', 8000),
  said: optionalText(4000),
  'about-others': tick(),
  ...lookFields,
}
const lookAgainFields = {
  ...lookFields,
  'closed-as': optionalChoice(rules.closings),
  'closed-why': optionalText(2000),
}

/** Concerns that somebody may come to harm: writing one down, looking again, closing it. */
export async function concernRoutes(app: App): Promise<void> {
  writingRoutes(app)
  lookingRoutes(app)
  pointsRoute(app)
}

function writingRoutes(app: App): void {
  app.get('/episodes/:episode/concerns', { who: careRoles, verb: 'open', reads: 'record' }, async (request, reply) => {
    const { db, actor, now, today } = request
    const { person, episode, mayEdit } = await episodeFor(db, actor, request.params.episode, 'open')
    const [concerns, arranged] = await Promise.all([listConcerns(db, actor, person.id), arrangedFor(request)])
    await request.read('concern.list', { person: person.id, codes: { shown: concerns.map((one) => one.id) } })
    return reply.page(<Concerns {...{ person, episode, concerns, arranged, mayEdit, now, today }} />)
  })

  const writing = { who: careRoles, verb: 'edit', draft: 'concern' } as const
  app.get('/episodes/:episode/concerns/new', { ...writing, reads: 'record' }, async (request, reply) => {
    const { person, episode } = await episodeFor(request.db, request.actor, request.params.episode, 'edit')
    await request.read('concern.form', { person: person.id, subject: episode })
    const arranged = await arrangedFor(request)
    return reply.page(<NewConcernForm {...{ person, episode, arranged }} {...shownAgain(request.form)} />)
  })

  app.post(
    '/episodes/:episode/concerns',
    { ...writing, form: concernFields, resent: 'kept' },
    async (request, reply) => {
      const { db, area, actor, form, now: at, today } = request
      const { person, episode } = await episodeFor(db, actor, request.params.episode, 'edit')
      const look = form.ok ? rules.firstLook(lookIn(form.value), form.value['act-by'], today) : undefined
      const problems = look ? rules.problemsWithFirst(look, today) : form.problems
      if (!form.ok || !look || problems.length > 0) {
        const shown = { person, episode, arranged: await arrangedFor(request) }
        return reply.code(422).page(<NewConcernForm {...shown} {...shownAgain({ ...form, problems })} />)
      }
      const { id, kind, seen, said } = form.value
      const concern = await numberFor(db, { area, id, words: [kind, seen, said, look.done, look.told, null] })
      const by = { area, by: actor.membership, at }
      await saveConcern(db, {
        ...{ ...by, id: concern, episode, person: person.id, kind, seen, said, source: 'staff' },
        ...{ organisation: actor.organisation, aboutOthers: form.value['about-others'] },
        ...{ raisedBy: form.value['raised-by'] ?? 'staff', raisedName: form.value['raised-name'] },
        actBy: form.value['act-by'] ?? 'today',
      })
      // The first look has the number of its concern, so that sending twice writes one.
      await saveLook(db, { ...by, ...look, ...momentsIn(look), id: concern, concern })
      await request.act('concern.opened', {
        ...{ person: person.id, subject: concern, vouchesFor: `${seen}\n${said ?? ''}\n${look.done}` },
        codes: { kind, source: 'staff', told: look.told !== null },
      })
      request.flash(rules.writtenDown((await arrangedFor(request)).readAgain, at))
      return reply.redirect(`/episodes/${episode}/concerns`)
    },
  )
}

const looking = { who: careRoles, verb: 'open', draft: 'look', reads: 'record' } as const

function lookingRoutes(app: App): void {
  app.get('/concerns/:concern', looking, async (request, reply) => {
    const concern = await concernFor(request)
    const shown = await around(request, concern)
    await request.read('concern.record', { person: concern.person, subject: concern.id })
    return reply.page(<OneConcernPage {...shown} {...shownAgain(request.form)} />)
  })

  const looks = { who: careRoles, verb: 'edit', draft: 'look', form: lookAgainFields, resent: 'kept' } as const
  app.post('/concerns/:concern/looks', looks, async (request, reply) => {
    const { db, area, actor, form, now: at, today } = request
    const concern = await concernFor(request)
    const look = form.ok
      ? { ...lookIn(form.value), closedAs: form.value['closed-as'], closedWhy: form.value['closed-why'] }
      : undefined
    const problems = look ? rules.problemsWith(look, today) : form.problems
    if (!form.ok || !look || problems.length > 0) {
      const shown = await around(request, concern)
      return reply.code(422).page(<OneConcernPage {...shown} {...shownAgain({ ...form, problems })} />)
    }
    const words = [null, null, null, look.done, look.told, look.closedWhy]
    const id = await numberFor(db, { area, id: form.value.id, words })
    const on = { area, by: actor.membership, at, id, concern: concern.id }
    await saveLook(db, { ...on, ...look, ...momentsIn(look) })
    await keepWatch(request, concern, look)
    await request.act(look.closedAs ? 'concern.closed' : 'concern.looked-at', {
      ...{ person: concern.person, subject: concern.id, vouchesFor: `${look.done}\n${look.closedWhy ?? ''}` },
      codes: { look: id, closed: look.closedAs },
    })
    request.flash(look.closedAs ? 'The concern is closed.' : 'What you did is written down.')
    return reply.redirect(`/concerns/${concern.id}`)
  })
}

function pointsRoute(app: App): void {
  const points = { points: choices({ 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6 }) }
  app.post('/concerns/:concern/points', { who: careRoles, verb: 'edit', form: points }, async (request, reply) => {
    const { db, area, actor, form, now: at } = request
    const concern = await concernFor(request)
    const done = await listPointsDone(db, area, concern.id)
    const ticked = form.ok ? form.value.points.map(Number) : done.map(({ point }) => point)
    const changed = rules.tickedAnew(
      done.map(({ point }) => point),
      ticked,
    )
    await savePoints(db, { area, concern: concern.id, points: changed, by: actor.membership, at })
    const of = { person: concern.person, subject: concern.id }
    await request.act('concern.points', { ...of, codes: { ticked: ticked.map(String) } })
    return reply.redirect(`/concerns/${concern.id}`)
  })
}

type Concern = Pick<Found, 'id' | 'person' | 'act_by' | 'closed_as'>
type Visit = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>
type Visiting = Visit & Readonly<{ params: Readonly<{ concern: string }> }>

/** While a concern is open somebody is told by the clock; whoever looked at it has it for now. */
async function keepWatch({ db, area, actor, now: at }: Visit, concern: Concern, look: rules.Look): Promise<void> {
  const alert = { area, id: concern.id, at }
  if (look.nextLookOn === null) return settleAlert(db, alert)
  const whose = { person: concern.person, organisation: actor.organisation, now: concern.act_by === 'now' }
  const watched = { ...alert, ...whose, about: 'concern' } as const
  const heard = { ...alert, by: actor.membership, lookOn: look.nextLookOn }
  if (concern.closed_as !== null) await raiseAlert(db, watched)
  // One that came with a file and was with nobody is with whoever looks at it first.
  if (await keepAlert(db, watched)) await takeAlert(db, heard)
  else await hearAlert(db, heard)
}

async function concernFor({ db, actor, params }: Visiting) {
  const concern = await findConcern(db, actor, params.concern)
  if (!concern) throw new NotFound()
  return concern
}

type Found = Awaited<ReturnType<typeof concernFor>>

/** What stands around a concern: who has it, the six points, and who could take it on. */
async function around(request: Visit, concern: Found) {
  const { db, area, actor, now, today } = request
  const [arranged, ticks, told, next, members, person] = await Promise.all([
    arrangedFor(request),
    listPointsDone(db, area, concern.id),
    listToldOf(db, area, concern.id),
    findToldNext(db, area, concern.id),
    listMembers(db, area, today, actor.organisations),
    findPerson(db, actor, concern.person),
  ])
  const alert = {
    owner: members.find((one) => one.id === concern.owner)?.name ?? null,
    ...{ heardAt: concern.heard_at, nextAt: concern.next_at, next, told },
    ...{ open: concern.closed_as === null, mine: concern.owner === actor.membership },
  }
  return { concern, arranged, ticks, alert, mayEdit: person?.mayEdit ?? false, now, today }
}

async function arrangedFor({ db, area, now: at, today }: Visit) {
  const [arrangement, holidays] = await Promise.all([findArrangement(db, area, today), findHolidays(db)])
  const clock = { arrangement, holidays, at }
  return { points: arrangement.points, outOfHours: outOfHoursText(clock), readAgain: readAgainAt(clock) }
}

async function episodeFor(db: Db, actor: Actor, episode: string, verb: 'open' | 'edit') {
  const found = await findEpisode(db, actor, episode, verb)
  if (!found) throw new NotFound()
  return { episode: found.id, mayEdit: found.mayEdit, person: { id: found.person, name: calledName(found) } }
}

function lookIn(form: ValueOf<typeof lookFields>): rules.Look {
  const { done, told, 'told-on': toldOn, 'told-time': toldTime, 'next-look-on': nextLookOn } = form
  const { 'done-on': doneOn, 'done-time': doneTime } = form
  return { done, doneOn, doneTime, told, toldOn, toldTime, nextLookOn, closedAs: null, closedWhy: null }
}

const momentsIn = (look: rules.Look) => ({
  toldAt: rules.toldAt(look) ?? null,
  doneAt: rules.doneAt(look) ?? null,
})

function shownAgain({ typed, problems }: FormState) {
  return { typed, problems, id: [typed['id']].flat().at(-1) ?? newId() }
}
