import { type Actor, careRoles, isFor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf, isBefore, longDay } from '#platform/dates.ts'
import * as field from '#platform/form/fields.ts'
import { blank, type FormState, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newToken } from '#platform/identity/tokens.ts'
import { newId } from '#platform/ids.ts'
import { isWebAddress, webAddressOnly } from '#registers/meeting/rules.ts'
import { findMeeting } from '#registers/meeting/store.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { type Away, backOn, spanInWords } from '#journey/absence/rules.ts'
import { listAbsences } from '#journey/absence/store.ts'
import { modes } from '#journey/invitation/rules.ts'
import { AddException, AddHours, CalendarAddress, VideoLink } from './pages/forms.tsx'
import { HoursPage } from './pages/hours.tsx'
import * as rules from './rules.ts'
import * as store from './store.ts'

/** When members can be met, how and where: set by themselves, or for them by those who arrange. */
export async function availabilityRoutes(app: App): Promise<void> {
  hoursRoutes(app)
  exceptionRoutes(app)
  videoRoutes(app)
  calendarRoutes(app)
}

const arrangers = ['senior-coach', 'administrator', 'service-manager'] as const
const setting = { who: careRoles } as const

const times = {
  id: field.id('Open this page again from the hours'),
  starts: field.optionalTime('Enter a time like 9:00'),
  ends: field.optionalTime('Enter a time like 12:30'),
  modes: field.choices(modes, 'Select from the list'),
  venue: field.optionalId(),
}

function hoursRoutes(app: App): void {
  shownRoute(app)
  addingRoutes(app)
  endingRoute(app)
}

function shownRoute(app: App): void {
  app.get('/coaches/:member/hours', setting, async (request, reply) => {
    const { db, area, today, actor } = request
    const member = await settable(request, request.params.member)
    const of = { members: [member.id], from: today }
    const [hours, exceptions, venues, own, meeting, absences] = await Promise.all([
      store.listHours(db, area, of),
      store.listExceptions(db, area, of),
      store.listVenues(db, area),
      store.findCoachSettings(db, area, member.id),
      findMeeting(db, area, today),
      listAbsences(db, area, today),
    ])
    const inBuilding = <Row extends { venue: string | null }>(row: Row) => ({
      ...{ ...row, venueName: venues.find(({ id }) => id === row.venue)?.name ?? null },
    })
    return reply.page(
      <HoursPage
        {...{ member, today, isOwn: member.id === actor.membership }}
        hours={hours.map(inBuilding)}
        exceptions={exceptions.map(inBuilding)}
        absences={absences.filter((one) => one.member === member.id && isBefore(today, backOn(one))).map(named)}
        videoLink={own.videoLink}
        areaLink={meeting.videoLink}
        calendarSince={own.calendarSince && dayOf(own.calendarSince)}
      />,
    )
  })
}

const named = (one: Away) => ({ id: one.id, words: spanInWords(one) })

function addingRoutes(app: App): void {
  const fields = {
    ...times,
    weekdays: field.choices(rules.weekdays),
    from: field.day('Enter the first day'),
    until: field.optionalDay(),
  }
  app.get('/coaches/:member/hours/new', setting, async (request, reply) => {
    const around = await surroundings(request, request.params.member)
    return reply.page(<AddHours {...around} {...blank} id={newId()} from={request.today} />)
  })
  app.post('/coaches/:member/hours', { ...setting, form: fields }, async (request, reply) => {
    const { db, area, actor, now, form, today } = request
    const around = await surroundings(request, request.params.member)
    const wrong = (state: FormState) =>
      reply.code(422).page(<AddHours {...around} {...state} id={idIn(state.typed)} from={today} />)
    if (!form.ok) return wrong(form)
    const { id, from, until, starts, ends, ...given } = form.value
    const hours = {
      ...given,
      ...venueOf(form.value),
      weekdays: given.weekdays.map(Number),
      fromOn: from,
      untilOn: until,
    }
    const known = await store.listHours(db, area, { members: [around.member.id], from })
    const others = known.filter((one) => one.id !== id)
    const problems = rules.problemsWithHours({ ...hours, starts, ends }, others)
    if (starts === null || ends === null || problems.length > 0) return wrong({ typed: form.typed, problems })
    const by = { area, by: actor.membership, at: now }
    await store.addHours(db, { ...by, ...hours, id, starts, ends, member: around.member.id })
    await request.act('availability.hours', { subject: id, codes: { member: around.member.id } })
    request.flash('The hours are added. People can choose a time in them.')
    return reply.redirect(`/coaches/${around.member.id}/hours`)
  })
}

function endingRoute(app: App): void {
  app.post('/coaches/:member/hours/:hours/ending', setting, async (request, reply) => {
    const { db, area, actor, now, today, params } = request
    const member = await settable(request, params.member)
    const known = await store.listHours(db, area, { members: [member.id], from: today })
    if (!known.some(({ id }) => id === params.hours)) throw new NotFound()
    await store.endHours(db, { area, id: params.hours, by: actor.membership, at: now, on: today })
    await request.act('availability.hours-ended', { subject: params.hours, codes: { member: member.id } })
    request.flash('The hours have ended. Appointments that are booked stay.')
    return reply.redirect(`/coaches/${member.id}/hours`)
  })
}

function exceptionRoutes(app: App): void {
  const fields = {
    ...times,
    on: field.day('Enter the day'),
    kind: field.choice(rules.exceptionKinds, 'Select what is different'),
  }
  app.get('/coaches/:member/exceptions/new', setting, async (request, reply) => {
    const around = await surroundings(request, request.params.member)
    return reply.page(<AddException {...around} {...blank} id={newId()} />)
  })
  app.post('/coaches/:member/exceptions', { ...setting, form: fields }, async (request, reply) => {
    const { db, area, actor, now, form, today } = request
    const around = await surroundings(request, request.params.member)
    const wrong = (state: FormState) =>
      reply.code(422).page(<AddException {...around} {...state} id={idIn(state.typed)} />)
    if (!form.ok) return wrong(form)
    const { id, kind, on: onDay, starts, ends } = form.value
    const how = kind === 'away' ? { modes: [], venue: null } : venueOf(form.value)
    const exception = { kind, onDay, starts, ends, ...how }
    const problems = rules.problemsWithException(
      { ...exception, modes: form.value.modes, venue: form.value.venue },
      today,
    )
    if (problems.length > 0) return wrong({ typed: form.typed, problems })
    await store.addException(db, { ...exception, area, id, member: around.member.id, by: actor.membership, at: now })
    await request.act('availability.exception', { subject: id, codes: { member: around.member.id, kind } })
    request.flash(`Added: ${longDay(onDay)} differs. Appointments that are booked stay.`)
    return reply.redirect(`/coaches/${around.member.id}/hours`)
  })
  app.post('/coaches/:member/exceptions/:exception/withdrawal', setting, async (request, reply) => {
    const { db, area, actor, now, today, params } = request
    const member = await settable(request, params.member)
    const known = await store.listExceptions(db, area, { members: [member.id], from: today })
    if (!known.some(({ id }) => id === params.exception)) throw new NotFound()
    await store.withdrawException(db, { area, id: params.exception, by: actor.membership, at: now })
    await request.act('availability.exception-taken-back', { subject: params.exception, codes: { member: member.id } })
    request.flash('It was taken back. The usual hours hold on that day.')
    return reply.redirect(`/coaches/${member.id}/hours`)
  })
}

function videoRoutes(app: App): void {
  const path = '/coaches/:member/video'
  app.get(path, setting, async (request, reply) => {
    const member = await settable(request, request.params.member)
    const { videoLink: link } = await store.findCoachSettings(request.db, request.area, member.id)
    return reply.page(<VideoLink {...blank} {...{ member, link }} />)
  })
  app.post(path, { ...setting, form: { link: field.optionalText() } }, async (request, reply) => {
    const { db, area, form } = request
    const member = await settable(request, request.params.member)
    const wrong = (state: FormState) => reply.code(422).page(<VideoLink {...state} member={member} link={null} />)
    if (!form.ok) return wrong(form)
    const { link } = form.value
    if (link !== null && !isWebAddress(link))
      return wrong({ typed: form.typed, problems: [{ field: 'link', message: webAddressOnly }] })
    await store.setVideoLink(db, { area, member: member.id }, link)
    await request.act('availability.video', { codes: { member: member.id, set: link !== null } })
    request.flash('Saved. Video calls that are booked keep the link that people were sent.')
    return reply.redirect(`/coaches/${member.id}/hours`)
  })
}

/** Only for oneself: whoever has the address sees when somebody has appointments. */
function calendarRoutes(app: App): void {
  const path = '/coaches/:member/calendar'
  const own = async ({ db, area, actor }: Asking, wanted: string) => {
    if (wanted !== actor.membership) throw new NotFound()
    const { calendarSince, shows } = await store.findCoachSettings(db, area, wanted)
    const since = calendarSince && longDay(dayOf(calendarSince))
    return { member: { id: wanted, name: actor.name }, since, shows }
  }
  app.get(path, setting, async (request, reply) =>
    reply.page(<CalendarAddress {...blank} {...await own(request, request.params.member)} />),
  )
  const fields = { shows: field.choice(rules.calendarShows, 'Select what it says of each appointment') }
  app.post(path, { ...setting, form: fields }, async (request, reply) => {
    const { db, area, form, now, params } = request
    const before = await own(request, params.member)
    if (!form.ok) return reply.code(422).page(<CalendarAddress {...before} {...form} />)
    const { shows } = form.value
    const token = newToken()
    await store.setCalendar(db, { area, member: before.member.id }, { token, shows, at: now })
    await request.act('availability.calendar', { codes: { member: before.member.id, shows } })
    const address = `${app.settings.origin}/calendars/${area}.${token}`
    return reply.page(<CalendarAddress {...blank} {...before} since={longDay(dayOf(now))} {...{ shows, address }} />)
  })
  app.post(`${path}/removal`, setting, async (request, reply) => {
    const { member } = await own(request, request.params.member)
    await store.setCalendar(request.db, { area: request.area, member: member.id }, undefined)
    await request.act('availability.calendar-removed', { codes: { member: member.id } })
    request.flash('The address is taken away. Calendars that fetched from it find nothing any more.')
    return reply.redirect(`/coaches/${member.id}/hours`)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate }>

/** A colleague whose hours this actor may set: their own, or as somebody who arranges for the organisation. */
async function settable({ db, area, actor, today }: Asking, wanted: string) {
  const members = await listMembers(db, area, today, actor.organisations)
  const found = members.find(({ id, role }) => id === wanted && isFor(careRoles, role))
  if (!found || (found.id !== actor.membership && !isFor(arrangers, actor.role))) throw new NotFound()
  return { id: found.id, name: found.name }
}

async function surroundings(request: Asking, wanted: string) {
  const [member, venues] = await Promise.all([
    settable(request, wanted),
    store.listVenues(request.db, request.area, request.today),
  ])
  return { member, venues: Object.fromEntries(venues.map(({ id, name }) => [id, { label: name }])) }
}

/** Where people meet, which only counts where they meet in person. */
function venueOf<Given extends Readonly<{ modes: rules.Said['modes']; venue: string | null }>>({
  modes,
  venue,
}: Given) {
  return { modes, venue: modes.includes('in-person') ? venue : null }
}

const idIn = ({ id }: Typed): string => [id].flat()[0] || newId()
