import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import * as field from '#platform/form/fields.ts'
import { type FormState, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { linkMark } from '#platform/notify/rules.ts'
import { findWords } from '#registers/templates/store.ts'
import * as appointments from '#journey/appointment/rules.ts'
import {
  bookAppointment,
  findAppointment,
  type ListedAppointment,
  listTaken,
  type NewResult,
} from '#journey/appointment/store.ts'
import { recordStep } from '#journey/episode/store.ts'
import { linkTo, modes, type Times } from '#journey/invitation/rules.ts'
import { factsOf, messagesAbout } from '#journey/telling/rules.ts'
import { BookAppointment } from './pages/book.tsx'
import { CannotBook } from './pages/cannot.tsx'
import * as rules from './rules.ts'
import { findSurroundings, findVideoLink, hasBooked, listNextFree } from './store.ts'

/** Agreeing a time with a person, or another in its place. */
export async function bookingRoutes(app: App): Promise<void> {
  newRoute(app)
  bookingRoute(app)
  movingRoutes(app)
}

const booking = { who: careRoles, verb: 'edit' } as const
const first = { ...booking, draft: 'appointment' } as const

const fields = {
  id: field.id('Open this page again from the record'),
  member: field.id('Choose who the appointment is with'),
  day: field.day('Enter the day'),
  time: field.time('Enter the time'),
  minutes: field.wholeNumber(rules.lengths.least, rules.lengths.most),
  mode: field.choice(modes, 'Select how you meet'),
  place: field.optionalText(200),
  venue: field.optionalId(),
  interpreter: field.optionalChoice(appointments.interpreters).transform((chosen) => chosen ?? ('none' as const)),
  access: field.optionalText(300),
  note: field.optionalText(1000),
  tell: field.optionalChoice(rules.tellings),
  anyway: field.tick(),
}
/** What an address may say of the free time that was chosen. */
const chosen = {
  member: field.optionalText(36),
  day: field.optionalText(10),
  time: field.optionalText(5),
  minutes: field.optionalText(3),
  purpose: field.optionalText(10),
  mode: field.optionalText(10),
  venue: field.optionalText(36),
}
const firstFields = { ...fields, purpose: field.choice(appointments.purposes, 'Select what it is for') }
const movedFields = {
  ...fields,
  who: field.choice(appointments.whoDid, 'Select who asked to move it'),
  reason: field.choice(appointments.reasons, 'Select why'),
}

function newRoute(app: App): void {
  app.get(
    '/episodes/:episode/appointments/new',
    { ...first, reads: 'record', query: chosen },
    async (request, reply) => {
      const found = await around(request, request.params.episode)
      await request.read('appointment.form', { person: found.about.id, subject: found.episode.id })
      const why = rules.whyNotBooked(found.episode.stage)
      if (why !== undefined) return reply.code(422).page(<CannotBook person={found.person} why={why} />)
      const typed = rules.prefilled(request.form.typed, request.query, found.shown.person)
      const free = await listNextFree(request, found, request.query.member ?? found.shown.member)
      const shown = { ...found.shown, ...free }
      return reply.page(<BookAppointment {...shown} {...request.form} typed={typed} id={newId()} warnings={[]} />)
    },
  )
}

function bookingRoute(app: App): void {
  const { origin } = app.settings
  app.post('/episodes/:episode/appointments', { ...first, form: firstFields }, async (request, reply) => {
    const { form } = request
    const found = await around(request, request.params.episode, true)
    const why = rules.whyNotBooked(found.episode.stage)
    const sent = { ...found.shown, typed: form.typed }
    if (why !== undefined) return reply.code(422).page(<CannotBook person={found.person} {...{ why, sent }} />)
    const wrong = (state: FormState, warnings: readonly string[] = []) =>
      reply.code(422).page(<BookAppointment {...found.shown} {...state} id={idIn(state.typed)} warnings={warnings} />)
    if (!form.ok) return wrong(form)
    const { id, purpose } = form.value
    const refused = await place({ ...request, origin }, found, form.value)
    if (refused) return wrong({ ...form, problems: refused.problems }, refused.warnings)
    await request.act('appointment.booked', { person: found.about.id, subject: id, codes: { purpose } })
    request.flash('The appointment is booked.')
    return reply.redirect(`/appointments/${id}`, 303)
  })
}

function movingRoutes(app: App): void {
  const { origin } = app.settings
  const path = '/appointments/:appointment/new-time'
  app.get(path, { ...booking, draft: 'new-time', reads: 'record' }, async (request, reply) => {
    const { found, moving, why } = await movable(request, request.params.appointment)
    await request.read('appointment.form', { person: found.about.id, subject: moving.id })
    if (why !== undefined) return reply.code(422).page(<CannotBook person={found.person} why={why} />)
    const shown = { ...found.shown, moving, member: moving.member }
    return reply.page(<BookAppointment {...shown} {...request.form} id={newId()} warnings={[]} />)
  })
  app.post(path, { ...booking, draft: 'new-time', form: movedFields }, async (request, reply) => {
    const { db, area, form } = request
    const { found, moving, why } = await movable(request, request.params.appointment, true)
    const id = idIn(form.typed)
    const again = form.ok && (await hasBooked(db, area, id))
    const sent = { ...found.shown, typed: form.typed }
    if (why !== undefined && !again)
      return reply.code(422).page(<CannotBook person={found.person} {...{ why, sent }} />)
    const shown = { ...found.shown, moving, member: moving.member }
    const wrong = (state: FormState, warnings: readonly string[] = []) =>
      reply.code(422).page(<BookAppointment {...shown} {...state} id={id} warnings={warnings} />)
    if (!form.ok) return wrong(form)
    const { who, reason } = form.value
    const result = { ...movedResult, id: newId(), appointment: moving.id, who, reason }
    const refused = await place({ ...request, origin }, found, {
      ...form.value,
      purpose: moving.purpose,
      moving,
      result,
    })
    if (refused) return wrong({ ...form, problems: refused.problems }, refused.warnings)
    await request.act('appointment.moved', { person: found.about.id, subject: id, codes: { who, reason } })
    request.flash('The appointment has a new time.')
    return reply.redirect(`/appointments/${id}`, 303)
  })
}

const movedResult = { kind: 'moved', late_minutes: null, interpreter_came: null, note: null } as const

type Given = rules.Proposed &
  Readonly<{
    id: string
    purpose: appointments.Purpose
    interpreter: appointments.Interpreter
    venue: string | null
    note: string | null
    tell: keyof typeof rules.tellings | null
    moving?: ListedAppointment
    result?: Omit<NewResult, 'area' | 'at' | 'by'>
  }>

type Asking = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>
type Placing = Asking & Readonly<{ origin: string }>

/** Books the time, or says what is wrong with it. A form that was sent twice books once. */
async function place(asking: Placing, found: Found, asked: Given) {
  const { db, area, actor, now } = asking
  const { moving, result, member } = asked
  if (await hasBooked(db, area, asked.id)) return undefined
  const venue = asked.mode === 'in-person' ? (found.venues.find(({ id }) => id === asked.venue) ?? null) : null
  const videoLink = await findVideoLink(db, area, member, found.meeting)
  const where = rules.placeOf(asked, { address: venue?.address ?? null, videoLink })
  const given = { ...asked, place: where, venue: venue?.id ?? null }
  const { times, problems, warnings } = rules.look(given, { ...found, ...found.shown, now, moving })
  if (result) problems.push(...appointments.problemsWithResult(result, times, now))
  if (problems.length + warnings.length > 0) return { problems, warnings }
  const by = { area, at: now, by: actor.membership }
  const from = moving && { ...moving, area, appointment: moving.id }
  const moved = from && result && { from, result: { ...result, ...by } }
  if (
    !(await bookAppointment(
      db,
      { ...asAppointment(given, found), ...times, area, booked_at: now, booked_by: by.by },
      moved,
    ))
  ) {
    const [taken] = await listTaken(db, area, member, times)
    return { problems: [rules.clashProblem(member, found.shown.members, taken)], warnings: [] }
  }
  const others = found.standing.filter(({ id }) => id !== moving?.id)
  const next = appointments.nextOf([...others, { id: given.id, ...times, result: null }], now) ?? times
  const { id: episode, stage } = found.episode
  for (const step of appointments.stepsOfBooking(next, { stage, moved: moving !== undefined })) {
    await recordStep(db, { ...by, episode, step, factRow: given.id })
  }
  await tell(asking, found, { ...given, ...times })
  return undefined
}

function asAppointment(given: Given, { episode, shown }: Found) {
  const { id, member, purpose, mode, place: where, venue, interpreter, access, note, moving } = given
  const told = given.tell === 'staff' ? undefined : shown.address
  return {
    ...{ id, member, purpose, mode, place: where, venue, interpreter, note, episode: episode.id },
    ...{ chain: moving?.chain ?? id, moved_from: moving?.id ?? null, access_considered: access },
    told_by: told?.channel ?? 'staff',
  }
}

/** A message now and reminders later, to a means that is safe and wanted; whether each still goes is asked again then. */
async function tell({ db, area, now, origin }: Placing, found: Found, given: Given & Times): Promise<void> {
  const { address } = found.shown
  if (given.tell === 'staff' || address === undefined) return
  const withName = found.shown.members[given.member]?.label ?? ''
  const isLinked = address.channel !== 'letter' && !found.about.closed
  const invitation = { ...given, withName, phone: found.phone, ...(isLinked ? { link: `${origin}${linkMark}` } : {}) }
  const { firstReminderDays, secondReminderDays } = found.meeting
  const told = { moved: given.moving !== undefined, daysBefore: [firstReminderDays, secondReminderDays] }
  const link = isLinked ? linkTo(given.moving?.chain ?? given.id, given) : undefined
  const reader = { language: found.about.language, accessNeeds: found.about.reaching.accessNeeds }
  const asked = { area, format: address.channel, reader, facts: factsOf(invitation) }
  for (const { template, ...message } of messagesAbout(given, { ...told, channel: address.channel, now })) {
    const words = await findWords(db, { ...asked, template })
    await sendMessage(db, {
      ...{ area, person: found.about.id, ...address, about: given.id, now, allowedBy: 'asked-for' },
      ...{ ...message, ...words, link: words.body.includes(linkMark) ? link : undefined },
    })
  }
}

async function movable(request: Asking, wanted: string, hold = false) {
  const before = await findAppointment(request.db, request.actor, wanted, 'edit')
  if (!before) throw new NotFound()
  const found = await around(request, before.episode, hold)
  const moving = (hold && (await findAppointment(request.db, request.actor, wanted, 'edit'))) || before
  const settled = moving.result === null ? undefined : rules.cannotMove
  return { found, moving, why: rules.whyNotBooked(found.episode.stage) ?? settled }
}

async function around(request: Asking, wanted: string, hold = false) {
  const found = await findSurroundings(request, wanted, hold)
  if (!found) throw new NotFound()
  return found
}

type Found = Awaited<ReturnType<typeof around>>

function idIn(typed: Typed): string {
  const given = [typed['id']].flat()[0]
  return typeof given === 'string' && given !== '' ? given : newId()
}
