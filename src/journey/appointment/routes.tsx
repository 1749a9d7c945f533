import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { addWorkingDays } from '#platform/dates.ts'
import * as field from '#platform/form/fields.ts'
import { blank, type FormState } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { findArea, findSettings } from '#registers/areas/store.ts'
import { findWords } from '#registers/templates/store.ts'
import { findHolidays } from '#registers/places/store.ts'
import { findVenue } from '#journey/availability/store.ts'
import { proposeNext } from '#journey/contact/rules.ts'
import { listContacts } from '#journey/contact/store.ts'
import { checkOn } from '#journey/due/rules.ts'
import { mayTake, type Standing } from '#journey/episode/rules.ts'
import { findEpisode, findStandingHeldStill, listSteps, recordStep, withdrawSteps } from '#journey/episode/store.ts'
import { addressFor, calendarFile } from '#journey/invitation/rules.ts'
import { cancelledTemplate, factsOf } from '#journey/telling/rules.ts'
import { findReaching } from '#journey/reaching/store.ts'
import { AppointmentPage } from './pages/appointment.tsx'
import { AppointmentList } from './pages/list.tsx'
import * as rules from './rules.ts'
import {
  findAppointment,
  freeSlot,
  listAppointments,
  type ListedAppointment,
  saveResult,
  saveSlot,
  saveWithdrawal,
} from './store.ts'

/** Times agreed with people, and what became of each. */
export async function appointmentRoutes(app: App): Promise<void> {
  listRoute(app)
  shownRoutes(app)
  resultRoute(app)
  withdrawalRoute(app)
}

const reading = { who: careRoles, verb: 'open', reads: 'record' } as const
const changing = { who: careRoles, verb: 'edit' } as const

function listRoute(app: App): void {
  app.get('/episodes/:episode/appointments', reading, async (request, reply) => {
    const { db, actor, now, today } = request
    const episode = await findEpisode(db, actor, request.params.episode, 'open')
    const about = episode && (await findReaching(db, actor, episode.person))
    if (!episode || !about) throw new NotFound()
    const appointments = await listAppointments(db, actor, { episode: episode.id })
    const shown = appointments.map(({ id }) => id)
    await request.read('appointment.list', { person: about.id, subject: episode.id, codes: { shown } })
    const noShows = appointments.filter(({ result, who }) => rules.isNoShow({ kind: result ?? '', who })).length
    const props = { episode: episode.id, person: about, appointments, noShows, now, today }
    return reply.page(<AppointmentList {...props} mayBook={episode.mayEdit && mayTake('booked', episode.stage)} />)
  })
}

function shownRoutes(app: App): void {
  app.get('/appointments/:appointment', reading, async (request, reply) => {
    const found = await around(request, request.params.appointment, 'open')
    await request.read('appointment.page', { person: found.person.id, subject: found.appointment.id })
    return reply.page(<AppointmentPage {...found.shown} {...blank} />)
  })
  app.get('/appointments/:appointment/calendar', reading, async (request, reply) => {
    const { appointment, person, chain, phone } = await around(request, request.params.appointment, 'open')
    await request.read('appointment.calendar', { person: person.id, subject: appointment.id })
    const cancelled = appointment.result === 'cancelled'
    const sequence = rules.sequenceOf(chain, appointment)
    const event = { ...appointment, id: appointment.chain, withName: appointment.memberName, phone }
    const file = calendarFile({ ...event, sequence, cancelled, madeAt: request.now })
    return reply.file('appointment.ics', file, 'text/calendar; charset=utf-8')
  })
}

const fields = {
  id: field.id('Open this page again from the record'),
  kind: field.choice(rules.saidOf, 'Select what became of it'),
  'missed-who': field.optionalChoice(rules.whoDid),
  'missed-reason': field.optionalChoice(rules.reasons),
  'cancelled-who': field.optionalChoice(rules.whoDid),
  'cancelled-reason': field.optionalChoice(rules.reasons),
  late: field.optionalWholeNumber(1, 600),
  'interpreter-came': field.optionalChoice({ yes: '', no: '' }),
  note: field.optionalText(1000),
  tell: field.tick(),
}

function resultRoute(app: App): void {
  app.post('/appointments/:appointment/results', { ...changing, form: fields }, async (request, reply) => {
    const { form, now } = request
    const found = await around(request, request.params.appointment, 'edit', true)
    const { appointment, person, shown } = found
    const wrong = (state: FormState, code = 422) => reply.code(code).page(<AppointmentPage {...shown} {...state} />)
    if (!form.ok) return wrong(form)
    const given = asGiven(form.value)
    if (appointment.resultId !== given.id) {
      if (appointment.result !== null) return wrong({ typed: {}, problems: [meanwhile] }, 409)
      const problems = rules.problemsWithResult(given, appointment, now)
      if (problems.length > 0) return wrong({ typed: form.typed, problems: prefixed(given.kind, problems) })
      await save(request, found, given)
    }
    const codes = { kind: given.kind, who: given.who, reason: given.reason }
    const text = given.note === null ? {} : { vouchesFor: given.note }
    await request.act('appointment.result', { person: person.id, subject: appointment.id, codes, ...text })
    request.flash('Saved.', `/appointments/${appointment.id}/withdrawal`)
    return reply.redirect(`/appointments/${appointment.id}`, 303)
  })
}

const meanwhile = { field: 'kind', message: 'Somebody else has said meanwhile what became of it. It stands below' }

type FormValue = field.ValueOf<typeof fields>

function asGiven(value: FormValue) {
  const { id, kind, note, tell, late } = value
  const prefix = kind === 'missed' || kind === 'cancelled' ? kind : undefined
  return {
    ...{ id, kind, note, tell: tell && kind === 'cancelled' },
    who: prefix ? value[`${prefix}-who`] : null,
    reason: prefix ? value[`${prefix}-reason`] : null,
    late_minutes: kind === 'attended' ? late : null,
    interpreter_came: value['interpreter-came'] === null ? null : value['interpreter-came'] === 'yes',
  }
}

function prefixed(kind: string, problems: readonly { field: string; message: string }[]) {
  return problems.map((one) => (one.field === 'kind' ? one : { ...one, field: `${kind}-${one.field}` }))
}

type Given = ReturnType<typeof asGiven>

async function save(asking: Asking, found: Found, { tell, ...given }: Given): Promise<void> {
  const { db, area, actor, now } = asking
  const { appointment, standing } = found
  const by = { area, at: now, by: actor.membership }
  await saveResult(db, { ...given, ...by, appointment: appointment.id })
  if (given.kind === 'cancelled') await freeSlot(db, area, appointment.id)
  if (given.kind === 'cancelled' && tell) await tellCancelled(asking, found)
  if (standing === undefined) return
  const taking = { ...by, episode: appointment.episode, factRow: given.id }
  if (given.kind === 'attended' && mayTake('reached', standing.stage))
    await recordStep(db, { ...taking, step: { kind: 'reached' }, at: appointment.startsAt, recordedAt: now })
  for (const step of rules.stepsAfter(await following(asking, found, given))) {
    if (mayTake(step.kind, standing.stage)) await recordStep(db, { ...taking, step })
  }
}

/** What the rules need to know to say what follows: the next contact is proposed as after a call. */
async function following({ db, area, actor, now, today }: Asking, found: Found, given: Given | Omit<Given, 'tell'>) {
  const { appointment, standing, chain, reaching } = found
  const stage = standing?.stage ?? 'ended'
  const [settings, holidays, contacts, all, steps] = await Promise.all([
    findSettings(db, area, today),
    findHolidays(db),
    listContacts(db, actor, { episode: appointment.episode }),
    listAppointments(db, actor, { episode: appointment.episode }),
    listSteps(db, area, appointment.episode),
  ])
  const tries = contacts.filter((contact) => contact.withdrawn_at === null)
  const after = (result: 'no-answer' | 'reached') =>
    proposeNext({
      ...{ result, way: 'mobile', happenedOn: today, callBackOn: null, tries, reaching, settings, holidays, today },
      standing: { stage, next_due_on: null, next_due_what: null },
    }).on
  return {
    ...{ given, stage, today, next: rules.nextOf(all, now, appointment.id), chain },
    ...{ tryAgainOn: after('no-answer'), keepInTouchOn: after('reached') },
    nextWorkingDay: addWorkingDays(today, 1, holidays),
    checkOn: checkOn(steps),
  }
}

async function tellCancelled({ db, area, now }: Asking, { appointment, phone, ...of }: Found): Promise<void> {
  const address = addressFor(of.reaching)
  if (!address || Temporal.Instant.compare(appointment.startsAt, now) <= 0) return
  const reader = { language: of.person.language, accessNeeds: of.reaching.accessNeeds }
  const facts = factsOf({ ...appointment, withName: appointment.memberName, phone })
  const words = await findWords(db, { area, template: cancelledTemplate, format: address.channel, reader, facts })
  await sendMessage(db, {
    ...{ area, person: of.person.id, ...address, ...words, about: appointment.id, now },
    ...{ kind: 'appointment.cancelled', allowedBy: 'asked-for', notAfter: appointment.startsAt },
  })
}

function withdrawalRoute(app: App): void {
  app.post('/appointments/:appointment/withdrawal', changing, async (request, reply) => {
    const { db, area, actor, now } = request
    const found = await around(request, request.params.appointment, 'edit', true)
    const { appointment, person, shown } = found
    const wrong = (message: string) =>
      reply.code(422).page(<AppointmentPage {...shown} typed={{}} problems={[{ field: 'kind', message }]} />)
    if (appointment.resultId !== null) {
      if (appointment.result === 'moved') return wrong('Move the new time instead')
      const slot = { ...appointment, area, appointment: appointment.id }
      if (appointment.result === 'cancelled' && !(await saveSlot(db, slot)))
        return wrong(`${appointment.memberName} has another appointment at this time by now. Book a new one`)
      const by = { area, at: now, by: actor.membership }
      await saveWithdrawal(db, { ...by, result: appointment.resultId })
      await withdrawSteps(db, { ...by, episode: appointment.episode, factRow: appointment.resultId })
    }
    await request.act('appointment.result-taken-back', { person: person.id, subject: appointment.id })
    request.flash('It was taken back. What was due before it is due again.')
    return reply.redirect(`/appointments/${appointment.id}`, 303)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>
type Around = Readonly<{
  appointment: ListedAppointment
  standing: Standing | undefined
}>

/** An appointment with what its page shows, its episode held still where it is about to change. */
async function around(asking: Asking, wanted: string, verb: 'open' | 'edit', hold = false) {
  const { db, area, actor, now, today } = asking
  const { appointment, standing } = await found(asking, wanted, verb, hold)
  const [person, all, here, episode, venue] = await Promise.all([
    findReaching(db, actor, appointment.person),
    listAppointments(db, actor, { episode: appointment.episode }),
    findArea(db, area),
    findEpisode(db, actor, appointment.episode),
    findVenue(db, area, appointment.venue),
  ])
  if (!person) throw new NotFound()
  const chain = all.filter((one) => one.chain === appointment.chain && one.id !== appointment.id)
  const { reaching } = person
  const tellable = addressFor(reaching) !== undefined
  const mayEdit = episode?.mayEdit ?? false
  const getting = venue?.access_note ?? null
  const shown = { appointment, chain, person, tellable, mayEdit, getting, now, today, resultId: newId() }
  return { appointment, standing, person, reaching, chain, phone: here?.phone ?? null, shown }
}

type Found = Awaited<ReturnType<typeof around>>

async function found(
  { db, area, actor }: Asking,
  wanted: string,
  verb: 'open' | 'edit',
  hold: boolean,
): Promise<Around> {
  const before = await findAppointment(db, actor, wanted, verb)
  if (!before) throw new NotFound()
  if (!hold) return { appointment: before, standing: undefined }
  const standing = await findStandingHeldStill(db, area, before.episode)
  return { appointment: (await findAppointment(db, actor, wanted, verb)) ?? before, standing }
}
