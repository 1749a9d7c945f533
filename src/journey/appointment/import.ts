import { manyRows, takeBack, type TakenBack } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Mode, Times } from '#journey/invitation/rules.ts'
import type { Interpreter, Purpose, Reason, ResultKind, WhoDid } from './rules.ts'

/** An appointment that comes with a batch, with what became of it where that is known. */
export type TakenAppointment = Times &
  Readonly<{
    id: string
    /** The first appointment of those that were moved to this one. */
    chain: string
    movedFrom: string | null
    episode: string
    member: string
    purpose: Purpose
    mode: Mode
    interpreter: Interpreter
    place?: string | null
    note?: string | null
    bookedAt: Temporal.Instant
    by: string
    result: TakenResult | null
  }>

export type TakenResult = Readonly<{
  id: string
  kind: ResultKind
  who: WhoDid | null
  reason: Reason | null
  at: Temporal.Instant
}>

const columns = [
  ...(['area', 'id', 'chain', 'moved_from', 'episode', 'member', 'purpose', 'mode', 'place', 'note'] as const),
  ...(['starts_at', 'ends_at', 'interpreter', 'told_by', 'booked_at', 'booked_by'] as const),
] as const
const resultColumns = ['area', 'id', 'appointment', 'kind', 'who', 'reason', 'at', 'by'] as const
const slotColumns = ['area', 'appointment', 'member', 'during'] as const

/**
 * Takes many appointments at once. Only those still to come hold a time of their member: nobody books in the past. What is
 * said of an appointment was said long ago, so nobody is written to.
 */
export async function takeAppointments(db: Db, area: string, appointments: readonly TakenAppointment[]): Promise<void> {
  if (appointments.length === 0) return
  const rows = appointments.map(({ movedFrom, startsAt, endsAt, bookedAt, by, result: _, ...appointment }) => ({
    ...appointment,
    ...{ moved_from: movedFrom, starts_at: startsAt, ends_at: endsAt, booked_at: bookedAt, booked_by: by },
  }))
  await db
    .insertInto('appointment.appointment')
    .columns(columns)
    .expression(manyRows('appointment.appointment', columns, rows, { area, told_by: 'staff' }))
    .execute()
  await Promise.all([takeResults(db, area, appointments), takeSlots(db, area, appointments)])
}

async function takeResults(db: Db, area: string, appointments: readonly TakenAppointment[]): Promise<void> {
  const rows = appointments.flatMap(({ id: appointment, by, result }) =>
    result ? [{ ...result, appointment, by }] : [],
  )
  await db
    .insertInto('appointment.result')
    .columns(resultColumns)
    .expression(manyRows('appointment.result', resultColumns, rows, { area }))
    .execute()
}

async function takeSlots(db: Db, area: string, appointments: readonly TakenAppointment[]): Promise<void> {
  const rows = appointments
    .filter(({ result }) => result === null)
    .map(({ id: appointment, member, startsAt, endsAt }) => ({
      appointment,
      member,
      during: `[${startsAt.toString()},${endsAt.toString()})`,
    }))
  await db
    .insertInto('appointment.slot')
    .columns(slotColumns)
    .expression(manyRows('appointment.slot', slotColumns, rows, { area }))
    .onConflict((clash) => clash.doNothing())
    .execute()
}

/** Takes back appointments of episodes that a batch brought; gives those that are gone. */
export function takeBackAppointments(db: Db, { area, episodes, facts }: TakenBack): Promise<string[]> {
  return takeBack(db, 'appointment', area, episodes, facts)
}
