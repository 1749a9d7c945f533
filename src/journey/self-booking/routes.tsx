import type { Db } from '#platform/database/transaction.ts'
import * as field from '#platform/form/fields.ts'
import { blank, type FormState, type Typed } from '#platform/form/rules.ts'
import type { Answer, Outcome } from '#platform/http/answer.ts'
import type { App, Visit } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import type { LinkPurpose } from '#platform/link/routes.tsx'
import * as appointments from '#journey/appointment/rules.ts'
import { saveConfirmation } from '#journey/appointment/store.ts'
import { findVenue } from '#journey/availability/store.ts'
import { placeOf } from '#journey/booking/rules.ts'
import { hasBooked } from '#journey/booking/store.ts'
import { calendarFile, modes } from '#journey/invitation/rules.ts'
import { mayChoose, type View, viewOf } from '#journey/own-times/rules.ts'
import { findOwn, type Own } from '#journey/own-times/store.ts'
import { minutesFor } from '#journey/slots/rules.ts'
import { listChoices } from '#journey/slots/store.ts'
import { findArea } from '#registers/areas/store.ts'
import { findMeeting } from '#registers/meeting/store.ts'
import { type At, ChooseTime, ChooseWay, Closed, NoTimes, WillRing } from './pages/choose.tsx'
import { CancelOwn, GoneAppointment, OwnAppointment, OwnAppointments } from './pages/own.tsx'
import * as rules from './rules.ts'
import { askToBeRung, bookOwn, cancelOwn, holdTimes, listOwn } from './store.ts'

type Asking = Readonly<{ db: Db; area: string; now: Temporal.Instant; today: Temporal.PlainDate }> &
  Pick<Visit<'/my', Record<never, never>, Record<never, never>>, 'path' | 'form' | 'act' | 'flash'>

/** Whose appointment it is, and where it is looked at. */
type Whose = Readonly<{ person: string; chain: string; action: string; back?: At['back']; origin: string }>

/** What a link to an appointment opens: choosing its time, and then saying that one comes, moving or cancelling it. */
export function ownAppointment({ origin }: Readonly<{ origin: string }>): LinkPurpose {
  const whose = (link: string, { person, subject }: Readonly<{ person: string | null; subject: string | null }>) => {
    if (person === null || subject === null) throw new NotFound()
    return { person, chain: subject, action: `/l/${link}`, origin }
  }
  return {
    title: 'Your appointment',
    show: (request, reply, link) => show(request, reply, whose(request.params.link, link)),
    answer: (request, reply, link) => answer(request, reply, whose(request.params.link, link)),
  }
}

/** The same for a participant who has signed in, with a list of what is to come. */
export async function ownAppointmentRoutes(app: App): Promise<void> {
  const { origin } = app.settings
  app.get('/my/appointments', { who: 'participant', reads: 'record' }, async (request, reply) => {
    const { db, area, now, today, me } = request
    await request.read('appointment.own-list', { person: me.person })
    return reply.page(<OwnAppointments {...await listOwn(db, { area, person: me.person, now })} today={today} />)
  })
  const whose = ({ me, params }: { me: { person: string }; params: { chain: string } }) => {
    const back = { href: '/my/appointments', label: 'Back to your appointments' }
    return { person: me.person, chain: params.chain, action: `/my/appointments/${params.chain}`, back, origin }
  }
  const path = '/my/appointments/:chain'
  app.get(path, { who: 'participant', reads: 'record' }, async (request, reply) => {
    await request.read('appointment.own', { person: request.me.person, subject: request.params.chain })
    return show(request, reply, whose(request))
  })
  app.post(path, { who: 'participant' }, (request, reply) => answer(request, reply, whose(request)))
}

type Seen = Readonly<{ own: Own; view: View; mayChoose: boolean; at: At }>

async function seen({ db, area, now }: Asking, whose: Whose): Promise<Seen> {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(whose.chain)
  const own = isId ? await findOwn(db, { area, person: whose.person, chain: whose.chain }) : undefined
  if (!own) throw new NotFound()
  const view = viewOf(own, now)
  const at = { action: whose.action, isChange: own.current !== undefined, ...(whose.back ? { back: whose.back } : {}) }
  return { own, view, mayChoose: mayChoose(own, view), at }
}

async function show(asking: Asking, reply: Answer, whose: Whose): Promise<Outcome> {
  const found = await seen(asking, whose)
  const { view, at, own } = found
  const asked = rules.askedIn(asking.path)
  if (asked.step === 'calendar' && own.current) return calendar(asking, reply, own)
  if (found.mayChoose && (view === 'choose' || asked.step === 'change'))
    return choosing(asking, reply, found, { asked })
  if (view === 'booked') return booked(asking, reply, found, asked.step === 'cancel')
  if (view === 'closed' || view === 'choose') return reply.page(<Closed at={at} />)
  return reply.page(<GoneAppointment at={at} mayChange={found.mayChoose} over={view === 'over'} />)
}

async function booked({ db, area, today }: Asking, reply: Answer, { own, at, ...found }: Seen, cancels: boolean) {
  const { current } = own
  if (!current) throw new NotFound()
  const venue = await findVenue(db, area, current.venue)
  const appointment = {
    ...{ ...current, getting: venue?.access_note ?? null, confirmed: current.confirmedAt !== null },
    interpreter: appointments.interpretingOf(current) === 'confirmed',
  }
  const shown = { at, appointment, mayChange: found.mayChoose, today }
  return reply.page(cancels ? <CancelOwn {...shown} {...blank} /> : <OwnAppointment {...shown} />)
}

async function calendar({ db, area, now }: Asking, reply: Answer, { current, rows }: Own) {
  if (!current) throw new NotFound()
  const phone = (await findArea(db, area))?.phone ?? null
  const cancelled = current.result === 'cancelled'
  const sequence = appointments.sequenceOf(rows, current)
  const file = calendarFile({ ...current, id: current.chain, phone, sequence, cancelled, madeAt: now })
  return reply.file('appointment.ics', file, 'text/calendar; charset=utf-8')
}

type Choosing = Readonly<{ asked: Partial<rules.Asked>; state?: FormState; code?: number; justTaken?: boolean }>

async function choosing(asking: Asking, reply: Answer, { own, at }: Seen, choice: Choosing): Promise<Outcome> {
  const { asked, state = blank, code = 200, justTaken = false } = choice
  const { times, venues, minutes } = await choicesFor(asking, own)
  const ways = rules.waysIn(times)
  const way = ways.find((one) => one === asked.way) ?? (ways.length === 1 ? ways[0] : undefined)
  const answered = reply.code(code)
  if (ways.length === 0) return answered.page(<NoTimes {...{ at, justTaken }} />)
  if (way === undefined) return answered.page(<ChooseWay {...{ at, ways }} />)
  const { shown, earlier, later } = rules.timesFrom(
    times.filter(({ modes }) => modes.includes(way)),
    asked.from,
  )
  const addresses = Object.fromEntries(way === 'in-person' ? venues.map((one) => [one.id, one.address]) : [])
  const needsInterpreter = appointments.interpreterWanted(own) !== null
  const standing = own.current?.result === null ? own.current : undefined
  const around = { minutes, earlier, later, addresses, needsInterpreter, standing, severalWays: ways.length > 1 }
  return answered.page(
    <ChooseTime {...{ at, way, days: shown, today: asking.today }} {...around} {...state} id={idIn(state.typed)} />,
  )
}

const idIn = ({ id }: Typed): string => [id].flat()[0] || newId()

/** What this person may choose from: nothing with somebody who is no member any more. */
async function choicesFor({ db, area, now, today }: Asking, own: Own) {
  const meeting = await findMeeting(db, area, today)
  const span = { from: now.add({ hours: meeting.soonestHours }), until: now.add({ hours: 24 * meeting.aheadDays }) }
  const wish = { purpose: own.purpose, accessNeeds: own.accessNeeds, modes: own.modes }
  const without = own.current?.id
  const found = await listChoices(db, area, { ...span, member: own.member, wish, meeting, without })
  const isThere = own.memberUntil === null || Temporal.PlainDate.compare(own.memberUntil, today) > 0
  return { ...found, times: isThere ? found.times : [], meeting, minutes: minutesFor(wish, meeting) }
}

async function answer(asking: Asking, reply: Answer, whose: Whose): Promise<Outcome> {
  const found = await seen(asking, whose)
  const does = field.check({ do: field.optionalChoice(rules.deeds) }, asking.form.typed)
  const deed = does.ok ? does.value.do : null
  if (deed === 'book') return book(asking, reply, { whose, found })
  if (deed !== 'ring') {
    const isDone = deed === 'cancel' ? await cancel(asking, whose, found) : deed && (await confirm(asking, found))
    return isDone ? reply.redirect(whose.action) : unchanged(asking, reply, whose)
  }
  await askToBeRung(asking, found.own)
  await asking.act('appointment.asked-to-ring', { person: found.own.person, subject: found.own.chain })
  return reply.page(<WillRing at={found.at} />)
}

const fields = {
  id: field.id('Open this page again from your link'),
  way: field.choice(modes, 'Select how you would like to meet'),
  time: field.text('Select a time'),
  /** The appointment that stood there when they chose. */
  seen: field.optionalText(40),
  note: field.optionalText(500),
}

/** Books what was chosen; whoever comes too late chooses again, with everything they wrote still there. */
async function book(asking: Asking, reply: Answer, { whose, found }: Readonly<{ whose: Whose; found: Seen }>) {
  const { db, area } = asking
  const form = field.check(fields, asking.form.typed)
  const way = rules.wayIn(form.typed)
  const again = (code: number, state: FormState, from?: Temporal.PlainDate, there = found) =>
    choosing(asking, reply, there, { asked: { way, from }, state, code, justTaken: code === 409 })
  if (!form.ok) return again(422, form)
  await holdTimes(asking, found.own)
  // Looked at again now that nobody else can change it.
  const there = await seen(asking, whose)
  const { own, ...now } = there
  const id = own.current ? form.value.id : (own.offer?.id ?? form.value.id)
  if (await hasBooked(db, area, id)) return unchanged(asking, reply, whose)
  if (!now.mayChoose) return reply.code(409).page(<Closed at={found.at} />)
  const { times, venues, videoLink, meeting } = await choicesFor(asking, own)
  const time = rules.chosenIn(times, form.value.time, form.value.way)
  const { note, seen: stood, way: mode } = form.value
  const standing = own.current?.result === null ? own.current : undefined
  if (time && standing && rules.isSameTime(standing, { ...time, mode })) return unchanged(asking, reply, whose)
  if (standing && standing.id !== stood)
    return again(409, { typed: form.typed, problems: [rules.standsAlready] }, rules.dayIn(form.value.time), there)
  const address = venues.find((one) => one.id === time?.venue)?.address ?? null
  const place = placeOf({ mode, place: null }, { address, videoLink })
  const chosen = time && { id, time, mode, place, note, meeting, origin: whose.origin }
  const came = chosen ? await bookOwn(asking, own, chosen) : 'taken'
  const problems = { taken: [rules.taken], twice: [rules.twice], booked: [] }[came]
  if (came !== 'booked') return again(409, { typed: form.typed, problems }, rules.dayIn(form.value.time))
  const what = own.current?.result === null ? 'appointment.moved' : 'appointment.booked'
  const text = note === null ? {} : { vouchesFor: note }
  await asking.act(what, { person: own.person, subject: id, codes: { by: 'person', purpose: own.purpose }, ...text })
  asking.flash('Your time is booked.')
  return reply.redirect(whose.action)
}

/** Leads to how it stands: pressed twice, or in a page that was open while it was cancelled, moved or over. */
async function unchanged({ act }: Asking, reply: Answer, { person, chain, action }: Whose): Promise<Outcome> {
  await act('appointment.unchanged', { person, subject: chain })
  return reply.redirect(action)
}

async function cancel(asking: Asking, whose: Whose, found: Seen): Promise<boolean> {
  await holdTimes(asking, found.own)
  const { own, view } = await seen(asking, whose)
  if (view !== 'booked' || !own.current) return false
  const given = field.check({ reason: field.optionalChoice(rules.ownReasons) }, asking.form.typed)
  const reason = (given.ok ? given.value.reason : null) ?? 'unsaid'
  await cancelOwn(asking, own, reason)
  const codes = { by: 'person', kind: 'cancelled', who: 'person', reason }
  await asking.act('appointment.result', { person: own.person, subject: own.current.id, codes })
  return true
}

async function confirm({ db, area, now, act }: Asking, { own, view }: Seen): Promise<boolean> {
  if (view !== 'booked' || !own.current) return false
  const { id: appointment } = own.current
  await saveConfirmation(db, { area, appointment, at: now })
  await act('appointment.confirmed', { person: own.person, subject: appointment })
  return true
}
