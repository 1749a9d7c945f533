import { type RawBuilder, sql } from 'kysely'
import type { Actor, Verb } from '#platform/access/rules.ts'
import { startOfDay } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import type { Db } from '#platform/database/transaction.ts'
import { isLookedAfterBy } from '#journey/episode/store.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import type { Mode, Times } from '#journey/invitation/rules.ts'
import type { Interpreter, Purpose, Reason, ResultKind, WhoDid } from './rules.ts'

export type Slot = Times & Readonly<{ area: string; appointment: string; member: string }>

/** Takes the time of a member, unless an appointment holds a part of it already: of two at once one gets it. */
export async function saveSlot(db: Db, { area, appointment, member, startsAt, endsAt }: Slot): Promise<boolean> {
  const taken = await db
    .insertInto('appointment.slot')
    .values({ area, appointment, member, during: during({ startsAt, endsAt }) })
    .onConflict((clash) => clash.doNothing())
    .returning('appointment')
    .executeTakeFirst()
  return taken !== undefined
}

function during({ startsAt, endsAt }: Times): RawBuilder<unknown> {
  return sql`tstzrange(${startsAt}, ${endsAt})`
}

/** Lets the time of a member go. */
export async function freeSlot(db: Db, area: string, appointment: string): Promise<void> {
  await db.deleteFrom('appointment.slot').where('area', '=', area).where('appointment', '=', appointment).execute()
}

/** When a member is taken within these times, so that it can be said which time is not free. */
export async function listTaken(db: Db, area: string, member: string, times: Times): Promise<Times[]> {
  const found = await db
    .selectFrom('appointment.slot')
    .select([sql<Temporal.Instant>`lower(during)`.as('startsAt'), sql<Temporal.Instant>`upper(during)`.as('endsAt')])
    .where('area', '=', area)
    .where('member', '=', member)
    .where(sql<boolean>`during && ${during(times)}`)
    .orderBy(sql`lower(during)`)
    .execute()
  return found
}

/** An appointment as it is booked. */
export type NewAppointment = Times &
  Readonly<{
    area: string
    id: string
    chain: string
    moved_from: string | null
    episode: string
    member: string
    purpose: Purpose
    mode: Mode
    place: string | null
    interpreter: Interpreter
    access_considered: string | null
    note: string | null
    told_by: string
    booked_at: Temporal.Instant
    booked_by: string
  }>

/**
 * Books a time of a member, or says that it is taken. Moved from another time, that one is let go and keeps who moved
 * it and why; it is taken again where the new one cannot be had.
 */
export async function bookAppointment(db: Db, booking: NewAppointment, moved?: Moved): Promise<boolean> {
  const { startsAt, endsAt, ...row } = booking
  if (moved) await freeSlot(db, row.area, moved.from.appointment)
  if (!(await saveSlot(db, { ...booking, appointment: row.id }))) {
    if (moved) await saveSlot(db, moved.from)
    return false
  }
  await db
    .insertInto('appointment.appointment')
    .values({ ...row, starts_at: startsAt, ends_at: endsAt })
    .execute()
  if (moved) await saveResult(db, moved.result)
  return true
}

/** The time that is let go for another, and the result that says so. */
export type Moved = Readonly<{ from: Slot; result: NewResult }>

/** Whether this appointment was booked before: the form was sent twice. */
export async function hasBooked(db: Db, area: string, id: string): Promise<boolean> {
  const found = await db
    .selectFrom('appointment.appointment')
    .select('id')
    .where('area', '=', area)
    .where('id', '=', id)
    .executeTakeFirst()
  return found !== undefined
}

export type NewResult = Readonly<{
  area: string
  id: string
  appointment: string
  kind: ResultKind
  who: WhoDid | null
  reason: Reason | null
  late_minutes: number | null
  interpreter_came: boolean | null
  note: string | null
  at: Temporal.Instant
  by: string
}>

/** Writes down what became of an appointment. */
export async function saveResult(db: Db, result: NewResult): Promise<void> {
  await db.insertInto('appointment.result').values(result).execute()
}

/** Takes a result back; it stays as history. */
export async function saveWithdrawal(
  db: Db,
  withdrawal: Readonly<{ area: string; result: string; at: Temporal.Instant; by: string }>,
): Promise<void> {
  await db.insertInto('appointment.withdrawal').values(withdrawal).execute()
}

// Every appointment whose person this actor may reach, with the result that stands.
function appointments(db: Db, actor: Actor, verb: Verb) {
  return (
    db
      .selectFrom('appointment.appointment as appointment')
      .innerJoin('episode.episode as episode', (join) =>
        join.onRef('episode.area', '=', 'appointment.area').onRef('episode.id', '=', 'appointment.episode'),
      )
      .innerJoin('people.person as person', (join) =>
        join.onRef('person.area', '=', 'episode.area').onRef('person.id', '=', 'episode.person'),
      )
      .innerJoin('organisations.member as member', (join) =>
        join.onRef('member.area', '=', 'appointment.area').onRef('member.id', '=', 'appointment.member'),
      )
      .leftJoin('appointment.result as result', (join) =>
        join.onRef('result.area', '=', 'appointment.area').onRef('result.appointment', '=', 'appointment.id')
          .on(sql<boolean>`not exists (select from appointment.withdrawal where withdrawal.area = result.area
            and withdrawal.result = result.id)`),
      )
      .select(['appointment.id', 'appointment.chain', 'appointment.moved_from', 'appointment.episode'])
      .select(['appointment.member', 'member.name as memberName', 'appointment.place', 'appointment.note'])
      .select(['appointment.starts_at as startsAt', 'appointment.ends_at as endsAt', 'appointment.told_by'])
      .select(['appointment.access_considered', 'appointment.booked_at', 'person.id as person'])
      .select(['person.given_name', 'person.family_name', 'person.preferred_name'])
      .select(['result.id as resultId', 'result.late_minutes', 'result.interpreter_came', 'result.note as resultNote'])
      // Checked: these codes are written by this slice alone, from the lists in the rules.
      .select((row) => [
        row.ref('appointment.purpose').$castTo<Purpose>().as('purpose'),
        row.ref('appointment.mode').$castTo<Mode>().as('mode'),
        row.ref('appointment.interpreter').$castTo<Interpreter>().as('interpreter'),
        row.ref('result.kind').$castTo<ResultKind | null>().as('result'),
        row.ref('result.who').$castTo<WhoDid | null>().as('who'),
        row.ref('result.reason').$castTo<Reason | null>().as('reason'),
      ])
      .where('appointment.area', '=', actor.area)
      .where(mayReachPerson(actor, verb))
  )
}

/** One appointment, if this actor may do this with its person. */
export async function findAppointment(db: Db, actor: Actor, id: string, verb: Verb = 'open') {
  return appointments(db, actor, verb).where('appointment.id', '=', id).executeTakeFirst()
}

export type ListedAppointment = NonNullable<Awaited<ReturnType<typeof findAppointment>>>

/** Every appointment of one episode, the latest first, those moved and cancelled included. */
export async function listAppointments(db: Db, actor: Actor, { episode }: Readonly<{ episode: string }>) {
  return appointments(db, actor, 'open')
    .where('appointment.episode', '=', episode)
    .orderBy('appointment.starts_at', 'desc')
    .orderBy('appointment.id', 'desc')
    .execute()
}

/** The appointments of an episode that are still to come, the soonest first. */
export async function listToCome(
  db: Db,
  actor: Actor,
  { episode, now }: Readonly<{ episode: string; now: Temporal.Instant }>,
) {
  const all = await listAppointments(db, actor, { episode })
  return all.filter((one) => one.result === null && Temporal.Instant.compare(one.startsAt, now) > 0).toReversed()
}

/** Calls off what is still booked because support ends, and gives how many there were. */
export async function callOffToCome(db: Db, of: Readonly<{ actor: Actor; episode: string; now: Temporal.Instant }>) {
  const by = { area: of.actor.area, at: of.now, by: of.actor.membership, note: 'Support has ended' }
  const off = { ...by, kind: 'cancelled', who: 'service', reason: 'other' } as const
  const toCome = await listToCome(db, of.actor, of)
  for (const { id: appointment } of toCome) {
    await saveResult(db, { ...off, late_minutes: null, interpreter_came: null, id: newId(), appointment })
    await freeSlot(db, of.actor.area, appointment)
  }
  return toCome.length
}

type Day = Readonly<{ members: readonly string[]; day: Temporal.PlainDate }>

/** What these members have on a day, in the order of the clock, without what was cancelled or moved. */
export async function listDayAppointments(db: Db, actor: Actor, { members, day }: Day) {
  return appointments(db, actor, 'open')
    .where(sql<boolean>`appointment.member = any(${[...members]}::uuid[])`)
    .where('appointment.starts_at', '>=', startOfDay(day))
    .where('appointment.starts_at', '<', startOfDay(day.add({ days: 1 })))
    .where((row) => row.or([row('result.kind', 'is', null), row('result.kind', 'in', ['attended', 'missed'])]))
    .orderBy('appointment.starts_at')
    .orderBy('appointment.id')
    .execute()
}

type Past = Readonly<{ coaches: readonly string[]; now: Temporal.Instant }>

/** Appointments that are over, of people these coaches look after, of which nobody has said how they went, oldest first. */
export async function listWithoutResult(db: Db, actor: Actor, { coaches, now }: Past) {
  return appointments(db, actor, 'open')
    .where(isLookedAfterBy(actor.area, coaches, 'appointment.episode'))
    .where('appointment.ends_at', '<=', now)
    .where('result.kind', 'is', null)
    .orderBy('appointment.starts_at')
    .orderBy('appointment.id')
    .execute()
}

type About = Readonly<{ area: string; about: string | null; kind: string }>

/** Whether a message about an appointment still says what is so: asked again at the moment of sending. */
export async function isStillSo(db: Db, { area, about, kind }: About, now: Temporal.Instant): Promise<boolean> {
  if (about === null) return false
  const found = await db
    .selectFrom('appointment.appointment as appointment')
    .innerJoin('episode.standing as standing', (join) =>
      join.onRef('standing.area', '=', 'appointment.area').onRef('standing.episode', '=', 'appointment.episode'),
    )
    .leftJoin('appointment.slot as slot', (join) =>
      join.onRef('slot.area', '=', 'appointment.area').onRef('slot.appointment', '=', 'appointment.id'),
    )
    .select(['appointment.starts_at', 'slot.appointment as held', 'standing.ended_at'])
    .where('appointment.area', '=', area)
    .where('appointment.id', '=', about)
    .executeTakeFirst()
  if (!found || Temporal.Instant.compare(found.starts_at, now) <= 0) return false
  return kind === 'appointment.cancelled' ? found.held === null : found.held !== null && found.ended_at === null
}
