import { type RawBuilder, sql } from 'kysely'
import type { Actor, Verb } from '#platform/access/rules.ts'
import { startOfDay } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import { isLookedAfterBy } from '#journey/looking-after/store.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import type { Mode, Times } from '#journey/invitation/rules.ts'
import type { Interpreter, Purpose, Reason, ResultKind, SaidOfInterpreting, WhoDid } from './rules.ts'

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
    venue?: string | null
    interpreter: Interpreter
    access_considered: string | null
    note: string | null
    told_by: string
    booked_at: Temporal.Instant
    /** Null where the person did so themselves. */
    booked_by: string | null
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
  /** Null where the person said so themselves. */
  by: string | null
}>

/** Writes down what became of an appointment. */
export async function saveResult(db: Db, result: NewResult): Promise<void> {
  await db.insertInto('appointment.result').values(result).execute()
}

/** The person has said that they will come; said twice, it was said the first time. */
export async function saveConfirmation(
  db: Db,
  confirmation: Readonly<{ area: string; appointment: string; at: Temporal.Instant }>,
): Promise<void> {
  await db
    .insertInto('appointment.confirmation')
    .values(confirmation)
    .onConflict((twice) => twice.doNothing())
    .execute()
}

export type NewInterpreting = Readonly<{
  area: string
  id: string
  appointment: string
  state: SaidOfInterpreting
  language: string | null
  note: string | null
  at: Temporal.Instant
  by: string
}>

/** Writes down how far the search for an interpreter has come; the form sent twice leaves it once. */
export async function saveInterpreting(db: Db, said: NewInterpreting): Promise<void> {
  await db
    .insertInto('appointment.interpreting')
    .values(said)
    .onConflict((twice) => twice.doNothing())
    .execute()
}

/** Takes a result back; it stays as history. */
export async function saveWithdrawal(
  db: Db,
  withdrawal: Readonly<{ area: string; result: string; at: Temporal.Instant; by: string }>,
): Promise<void> {
  await db.insertInto('appointment.withdrawal').values(withdrawal).execute()
}

const columns = [
  ...(['appointment.id', 'appointment.chain', 'appointment.moved_from', 'appointment.episode'] as const),
  ...(['appointment.member', 'member.name as memberName', 'appointment.place', 'appointment.venue'] as const),
  ...(['appointment.starts_at as startsAt', 'appointment.ends_at as endsAt', 'appointment.told_by'] as const),
  ...(['appointment.access_considered', 'appointment.booked_at', 'appointment.booked_by'] as const),
  ...(['appointment.note', 'person.id as person'] as const),
  ...(['person.given_name', 'person.family_name', 'person.preferred_name'] as const),
] as const
const confirmedAt = sql<Temporal.Instant | null>`(select said.at from appointment.confirmation said
  where said.area = appointment.area and said.appointment = appointment.id)`
const interpreting = sql<SaidOfInterpreting | null>`(select said.state from appointment.interpreting said
  where said.area = appointment.area and said.appointment = appointment.id order by said.id desc limit 1)`

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
      .select(columns)
      .select([confirmedAt.as('confirmedAt'), interpreting.as('interpreting')])
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

type Day = Readonly<{ members: readonly string[]; day: Temporal.PlainDate; until?: Temporal.PlainDate }>

/** What these members have on a day (or until another), by the clock, without what was cancelled or moved. */
export async function listDayAppointments(db: Db, actor: Actor, { members, day, until = day.add({ days: 1 }) }: Day) {
  return appointments(db, actor, 'open')
    .where(sql<boolean>`appointment.member = any(${[...members]}::uuid[])`)
    .where('appointment.starts_at', '>=', startOfDay(day))
    .where('appointment.starts_at', '<', startOfDay(until))
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
