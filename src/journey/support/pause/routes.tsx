import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { startOfDay } from '#platform/dates.ts'
import { choice, day, id, optionalChoice, optionalText } from '#platform/form/fields.ts'
import { blank, type FormState, type Typed } from '#platform/form/rules.ts'
import type { Answer } from '#platform/http/answer.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { calledName } from '#registers/people/rules.ts'
import { findBookedOn } from '#journey/booking/store.ts'
import { dueBy } from '#journey/due/rules.ts'
import { findEpisode, findStandingHeldStill, recordStep } from '#journey/episode/store.ts'
import { listGoals } from '#journey/goal/store.ts'
import { BeginWaiting, CannotWait, StillWaiting } from './pages.tsx'
import { problemsWithCheck, problemsWithEnd, problemsWithPause, waitsFor, whyNotPaused } from './rules.ts'
import { hasPaused, listPauses, saveLook, savePause, saveResumption } from './store.ts'

/** Letting support wait on others, looking again, and going on. */
export async function pauseRoutes(app: App): Promise<void> {
  shownRoute(app)
  beginningRoute(app)
  lookRoute(app)
  resumptionRoute(app)
}

const pausing = { who: careRoles, verb: 'edit' } as const

// Sent from the page on which a pause may be begun.
const besides = { draft: 'pause', keepsDraft: true } as const

function shownRoute(app: App): void {
  const query = { waits: optionalChoice(waitsFor), whom: optionalText(200) }
  app.get(
    '/episodes/:episode/pause',
    { ...pausing, draft: 'pause', reads: 'record', query },
    async (request, reply) => {
      const found = await around(request, request.params.episode)
      const { waits, whom } = request.query
      const typed = { ...(waits ? { waits } : {}), ...(whom ? { whom } : {}), ...request.form.typed }
      await request.read('pause.form', { person: found.shown.person.id, subject: found.shown.episode })
      return page(found, found.waiting ? blank : { ...request.form, typed }, reply)
    },
  )
}

const beginning = {
  id: id('Open this page again from the record'),
  waits: choice(waitsFor, 'Select what is waited for'),
  whom: optionalText(200),
  since: day('Enter the day since which support waits'),
  check: day('Enter the day on which you look again'),
  note: optionalText(1000),
}

function beginningRoute(app: App): void {
  app.post('/episodes/:episode/pause', { ...pausing, draft: 'pause', form: beginning }, async (request, reply) => {
    const { db, area, actor, form, now, today } = request
    const found = await around(request, request.params.episode, true)
    const { standing, shown } = found
    const wrong = (state: FormState) => page(found, state, reply.code(422))
    if (!form.ok) return wrong(form)
    const { id: pause, waits, whom, since, check, note } = form.value
    if (!(await hasPaused(db, area, pause))) {
      // Support waits already, or has ended meanwhile: what was written is given back, and leads to how it stands.
      if (whyNotPaused(standing.stage) !== undefined) throw new NotFound()
      const lastResumedOn = shown.pauses[0]?.resumed_on ?? null
      const problems = problemsWithPause(form.value, { today, assessedAt: standing.assessed_at, lastResumedOn })
      if (problems.length > 0) return wrong({ typed: form.typed, problems })
      const by = { area, at: now, by: actor.membership, episode: shown.episode }
      await savePause(db, { ...by, id: pause, waits_for: waits, whom, since_on: since, check_on: check, note })
      const at = since.equals(today) ? now : notBefore(startOfDay(since), standing.assessed_at)
      await recordStep(db, { ...by, factRow: pause, step: { kind: 'paused' }, at, recordedAt: now })
      await setCheck(db, { ...by, factRow: pause }, check)
    }
    const text = note === null ? {} : { vouchesFor: note }
    await request.act('pause.begun', { person: shown.person.id, subject: pause, codes: { waits }, ...text })
    request.flash('Support waits. Its days do not count until it goes on.')
    return reply.redirect(`/people/${shown.person.id}`, 303)
  })
}

// The day of the first conversation has hours in which there was nothing to wait with.
function notBefore(at: Temporal.Instant, earliest: Temporal.Instant | null): Temporal.Instant {
  return earliest && Temporal.Instant.compare(at, earliest) < 0 ? earliest : at
}

type Taking = Readonly<{ area: string; episode: string; at: Temporal.Instant; by: string; factRow: string }>

/** On which day somebody looks again is kept even where an appointment comes first, and is due again after it. */
async function setCheck(db: Db, taking: Taking, on: Temporal.PlainDate): Promise<void> {
  const check = { what: 'check', on }
  const due = dueBy(check, await findBookedOn(db, { ...taking, now: taking.at }))
  await recordStep(db, { ...taking, step: { kind: 'due', ...check } })
  if (due !== check) await recordStep(db, { ...taking, step: { kind: 'due', ...due } })
}

const looking = {
  id: id('Open this page again from the record'),
  pause: id('Open this page again from the record'),
  check: day('Enter the day on which you look again'),
  note: optionalText(300),
}

function lookRoute(app: App): void {
  app.post('/episodes/:episode/pause/looks', { ...pausing, ...besides, form: looking }, async (request, reply) => {
    const { db, area, actor, form, now, today } = request
    const found = await around(request, request.params.episode, true)
    const { waiting, shown } = found
    const wrong = (state: FormState) => page(found, state, reply.code(422))
    if (!form.ok) return wrong(form)
    const { id: look, check, note } = form.value
    if (!waiting || form.value.pause !== waiting.id) throw new NotFound()
    const problems = problemsWithCheck(check, today)
    if (problems.length > 0) return wrong({ typed: form.typed, problems })
    const by = { area, at: now, by: actor.membership }
    if (await saveLook(db, { ...by, id: look, pause: waiting.id, check_on: check, note }))
      await setCheck(db, { ...by, episode: shown.episode, factRow: look }, check)
    const text = note === null ? {} : { vouchesFor: note }
    await request.act('pause.looked-at', { person: shown.person.id, subject: look, ...text })
    request.flash('Support goes on waiting.')
    return reply.redirect(`/people/${shown.person.id}`, 303)
  })
}

const resuming = {
  pause: id('Open this page again from the record'),
  on: day('Enter the day since which support goes on'),
  came: optionalText(300),
}

function resumptionRoute(app: App): void {
  app.post(
    '/episodes/:episode/pause/resumption',
    { ...pausing, ...besides, form: resuming },
    async (request, reply) => {
      const { db, area, actor, form, now, today } = request
      const found = await around(request, request.params.episode, true)
      const { waiting, shown } = found
      const wrong = (state: FormState) => page(found, state, reply.code(422))
      if (!form.ok) return wrong(form)
      const { pause, on, came } = form.value
      const isOver = shown.pauses.some((one) => one.id === pause && one.resumed_on !== null)
      if (!isOver) {
        if (!waiting || waiting.id !== pause) throw new NotFound()
        const problems = problemsWithEnd({ on, since: waiting.since_on, today })
        if (problems.length > 0) return wrong({ typed: form.typed, problems })
        const said = { area, at: now, by: actor.membership, pause, resumed_on: on, note: came }
        const since = on.equals(today) ? now : notBefore(startOfDay(on), found.standing.paused_at)
        await saveResumption(db, { ...said, episode: shown.episode, since })
      }
      const text = came === null ? {} : { vouchesFor: came }
      await request.act('pause.ended', { person: shown.person.id, subject: pause, ...text })
      request.flash('Support goes on. What is due next stands on the record.')
      return reply.redirect(`/people/${shown.person.id}`, 303)
    },
  )
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate }>

async function around({ db, area, actor, today }: Asking, wanted: string, hold = false) {
  const episode = await findEpisode(db, actor, wanted, 'edit')
  if (!episode) throw new NotFound()
  const standing = (hold ? await findStandingHeldStill(db, area, wanted) : undefined) ?? episode
  const [goals, pauses] = await Promise.all([listGoals(db, area, wanted), listPauses(db, area, wanted)])
  const person = { id: episode.person, name: calledName(episode) }
  const waiting = standing.stage === 'waiting' ? pauses.find((pause) => pause.resumed_on === null) : undefined
  return { standing, waiting, shown: { episode: wanted, person, goals, pauses, today } }
}

type Found = Awaited<ReturnType<typeof around>>

/** The page that fits: going on while it waits, beginning to wait where it may, or why it may not. */
function page({ standing, waiting, shown }: Found, { problems, typed }: FormState, reply: Answer) {
  const props = { ...shown, problems, typed, id: idIn(typed) }
  if (waiting) return reply.page(<StillWaiting {...props} pause={waiting} />)
  const why = whyNotPaused(standing.stage)
  if (why === undefined) return reply.page(<BeginWaiting {...props} />)
  return reply.code(422).page(<CannotWait person={shown.person} why={why} />)
}

function idIn(typed: Typed): string {
  const given = [typed['id']].flat()[0]
  return typeof given === 'string' && given !== '' ? given : newId()
}
