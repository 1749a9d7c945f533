import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { addWorkingDays, dayOf } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { linkMark } from '#platform/notify/rules.ts'
import * as appointments from '#journey/appointment/rules.ts'
import { bookAppointment, freeSlot, saveResult } from '#journey/appointment/store.ts'
import type { FreeTime } from '#journey/availability/rules.ts'
import { overlaps } from '#journey/booking/rules.ts'
import { checkOn } from '#journey/due/rules.ts'
import { mayTake, type Step } from '#journey/episode/rules.ts'
import { findStandingHeldStill, listSteps, recordStep } from '#journey/episode/store.ts'
import { linkTo, type Mode, type Times } from '#journey/invitation/rules.ts'
import { stateOf } from '#journey/offer/rules.ts'
import { listOffers } from '#journey/offer/store.ts'
import { findAddress, listOfEpisode, type Own } from '#journey/own-times/store.ts'
import type { Meeting } from '#registers/meeting/rules.ts'
import { findArea } from '#registers/areas/store.ts'
import { cancelledTemplate, factsOf, messagesAbout } from '#journey/telling/rules.ts'
import { findWords } from '#registers/templates/store.ts'
import { isClosed } from '#registers/online/store.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import { findHolidays } from '#registers/places/store.ts'

type Asking = Readonly<{ db: Db; area: string; now: Temporal.Instant; today: Temporal.PlainDate }>

/** Lets one person at a time choose from a colleague's times, until the transaction ends; their spell stands still too. */
export async function holdTimes(
  { db, area }: Asking,
  { episode, member }: Pick<Own, 'episode' | 'member'>,
): Promise<void> {
  await findStandingHeldStill(db, area, episode)
  await sql`select pg_advisory_xact_lock(hashtextextended(${`times ${area} ${member}`}, 0))`.execute(db)
}

export type Chosen = Readonly<{
  id: string
  time: FreeTime
  mode: Mode
  place: string | null
  note: string | null
  meeting: Meeting
  origin: string
}>

/**
 * Books what a person has chosen, in the place of the time that stands, if any: whoever holds the member's time in the
 * table has it, so of many at once one does. Nothing is changed for those who do not.
 */
export async function bookOwn(asking: Asking, own: Own, chosen: Chosen): Promise<'booked' | 'taken' | 'twice'> {
  const { db, area, now } = asking
  const { id, time, mode, place, note } = chosen
  const { startsAt, endsAt } = time
  const isToCome = (one: Own['all'][number]) =>
    one.result === null && Temporal.Instant.compare(one.startsAt, now) > 0 && one.id !== own.current?.id
  const others = own.all.filter(isToCome)
  if (others.some((one) => overlaps(one, time))) return 'twice'
  const moving = own.current?.result === null ? own.current : undefined
  const address = await findAddress(db, { ...own, area })
  const booking = {
    ...{ area, id, chain: own.current ? own.chain : id, moved_from: moving?.id ?? null, episode: own.episode },
    ...{ member: own.member, purpose: own.purpose, mode, place, startsAt, endsAt, note, access_considered: null },
    venue: mode === 'in-person' ? time.venue : null,
    interpreter: appointments.interpreterWanted(own) === null ? ('none' as const) : ('needed' as const),
    ...{ told_by: address?.channel ?? 'staff', booked_at: now, booked_by: null },
  }
  const result = { ...unsaid, kind: 'moved', who: 'person', reason: 'unsaid', area, id: newId(), at: now } as const
  const moved = moving && {
    from: { ...moving, area, appointment: moving.id },
    result: { ...result, appointment: moving.id },
  }
  if (!(await bookAppointment(db, booking, moved))) return 'taken'
  const next = appointments.nextOf([...others, { id, startsAt, endsAt, result: null }], now) ?? time
  await taken(asking, own, appointments.stepsOfBooking(next, { stage: own.stage, moved: moving !== undefined }), id)
  await tell(asking, own, { ...chosen, address, chain: booking.chain, moved: moving !== undefined })
  return 'booked'
}

const unsaid = { late_minutes: null, interpreter_came: null, note: null, by: null } as const

async function taken({ db, area, now }: Asking, own: Own, steps: readonly Step[], factRow: string): Promise<void> {
  for (const step of steps) {
    if (mayTake(step.kind, own.stage))
      await recordStep(db, { area, episode: own.episode, step, at: now, by: null, factRow })
  }
}

type Telling = Chosen & Readonly<{ address: Awaited<ReturnType<typeof findAddress>>; chain: string; moved: boolean }>

/** Says it to the person themselves too, so that nobody else chooses in their place unseen. */
async function tell({ db, area, now }: Asking, own: Own, telling: Telling): Promise<void> {
  const { address, chain, moved, origin, time, meeting } = telling
  if (!address) return
  const isLinked = address.channel !== 'letter' && !(await isClosed(db, area, own.person))
  const phone = (await findArea(db, area))?.phone ?? null
  const how = { ...time, mode: telling.mode, place: telling.place, withName: own.memberName, phone }
  const invitation = { ...how, ...(isLinked ? { link: `${origin}${linkMark}` } : {}) }
  const daysBefore = [meeting.firstReminderDays, meeting.secondReminderDays]
  const link = isLinked ? linkTo(chain, time) : undefined
  const asked = { area, format: address.channel, reader: own, facts: factsOf(invitation) }
  for (const { template, ...message } of messagesAbout(time, { moved, channel: address.channel, daysBefore, now })) {
    const words = await findWords(db, { ...asked, template })
    await sendMessage(db, {
      ...{ area, person: own.person, ...address, about: telling.id, now, allowedBy: 'asked-for' },
      ...{ ...message, ...words, link: words.body.includes(linkMark) ? link : undefined },
    })
  }
}

/** Cancels the time that stands because the person said so, and says it to them. */
export async function cancelOwn(asking: Asking, own: Own, reason: appointments.Reason): Promise<void> {
  const { db, area, now, today } = asking
  const { current } = own
  if (!current) return
  const given = { ...unsaid, kind: 'cancelled', who: 'person', reason } as const
  const id = newId()
  await saveResult(db, { ...given, area, id, appointment: current.id, at: now })
  await freeSlot(db, area, current.id)
  const [holidays, steps] = await Promise.all([findHolidays(db), listSteps(db, area, own.episode)])
  const after = appointments.stepsAfter({
    ...{ given, stage: own.stage, next: appointments.nextOf(own.all, now, current.id), today },
    ...{ tryAgainOn: today, keepInTouchOn: today, checkOn: checkOn(steps) },
    nextWorkingDay: addWorkingDays(today, 1, holidays),
  })
  await taken(asking, own, after, id)
  await tellCancelled(asking, own, current)
}

async function tellCancelled(
  { db, area, now }: Asking,
  own: Own,
  current: Times & Readonly<{ id: string; mode: Mode; place: string | null }>,
) {
  const [address, here] = await Promise.all([findAddress(db, { ...own, area }), findArea(db, area)])
  if (!address) return
  const facts = factsOf({ ...current, withName: own.memberName, phone: here?.phone ?? null })
  const template = { template: cancelledTemplate, format: address.channel, reader: own, facts }
  const words = await findWords(db, { area, ...template })
  await sendMessage(db, {
    ...{ area, person: own.person, ...address, ...words, about: current.id, now },
    ...{ kind: 'appointment.cancelled', allowedBy: 'asked-for', notAfter: current.startsAt },
  })
}

/** Somebody who found no time wants to be rung: it is due to book with them on the next working day. */
export async function askToBeRung(asking: Asking, own: Own): Promise<void> {
  const holidays = await findHolidays(asking.db)
  const on = addWorkingDays(dayOf(asking.now), 1, holidays)
  await taken(asking, own, [{ kind: 'due', what: 'booking', on }], own.chain)
}

type Asked = Readonly<{ area: string; person: string; now: Temporal.Instant }>

/** Somebody's appointments to come and the times they are asked to choose, for their own page. */
export async function listOwn(db: Db, { area, person, now }: Asked) {
  const spells = await db
    .selectFrom('episode.standing as standing')
    .select('standing.episode')
    .where('standing.area', '=', area)
    .where('standing.ended_at', 'is', null)
    .where(isOfPerson('standing.person', { area, person }))
    .execute()
  const each = await Promise.all(
    spells.map(async ({ episode }) => ({
      booked: await listOfEpisode(db, area, episode),
      offers: await listOffers(db, area, episode),
    })),
  )
  const isToCome = (moment: Temporal.Instant) => Temporal.Instant.compare(moment, now) > 0
  return {
    booked: each
      .flatMap(({ booked }) => booked)
      .filter(({ result, startsAt }) => result === null && isToCome(startsAt))
      .toSorted((one, other) => Temporal.Instant.compare(one.startsAt, other.startsAt)),
    offers: each.flatMap(({ offers }) => offers).filter((offer) => stateOf(offer, now) === 'open'),
  }
}
