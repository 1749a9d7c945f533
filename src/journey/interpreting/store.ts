import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Interpreter, SaidOfInterpreting } from '#journey/appointment/rules.ts'
import type { Mode } from '#journey/invitation/rules.ts'
import { mayReachPerson } from '#registers/people/store.ts'

// What was last said of the interpreter of an appointment.
const newest = sql<SaidOfInterpreting | null>`(select said.state from appointment.interpreting said
  where said.area = appointment.area and said.appointment = appointment.id order by said.id desc limit 1)`

const isOpen: RawBuilder<boolean> = sql<boolean>`case when ${newest} is null then appointment.interpreter = 'needed'
  else ${newest} in ('asked', 'not-found') end`

/** The appointments to come that need an interpreter nobody has confirmed yet, the soonest first, as far as this actor sees. */
export async function listToInterpret(db: Db, actor: Actor, now: Temporal.Instant) {
  return (
    db
      .selectFrom('appointment.appointment as appointment')
      .innerJoin('appointment.slot as slot', (join) =>
        join.onRef('slot.area', '=', 'appointment.area').onRef('slot.appointment', '=', 'appointment.id'),
      )
      .innerJoin('episode.episode as episode', (join) =>
        join.onRef('episode.area', '=', 'appointment.area').onRef('episode.id', '=', 'appointment.episode'),
      )
      .innerJoin('people.person as person', (join) =>
        join.onRef('person.area', '=', 'episode.area').onRef('person.id', '=', 'episode.person'),
      )
      .innerJoin('organisations.member as member', (join) =>
        join.onRef('member.area', '=', 'appointment.area').onRef('member.id', '=', 'appointment.member'),
      )
      .select(['appointment.id', 'appointment.starts_at as startsAt', 'appointment.ends_at as endsAt'])
      .select(['person.id as person', 'person.given_name', 'person.family_name', 'person.preferred_name'])
      .select(['person.interpreter as language', 'person.access_needs', 'member.name as memberName'])
      // Checked: the appointments alone write these codes, from the lists in their rules.
      .select([sql<Mode>`appointment.mode`.as('mode'), sql<Interpreter>`appointment.interpreter`.as('interpreter')])
      .select(newest.as('interpreting'))
      .where('appointment.area', '=', actor.area)
      .where('appointment.starts_at', '>', now)
      .where(isOpen)
      .where(mayReachPerson(actor, 'list'))
      .orderBy('appointment.starts_at')
      .orderBy('appointment.id')
      .limit(200)
      .execute()
  )
}

/** All that was said of the interpreter of one appointment, the newest first. Ask findAppointment before. */
export async function listInterpreting(db: Db, area: string, appointment: string) {
  return (
    db
      .selectFrom('appointment.interpreting as said')
      .innerJoin('organisations.member as member', (join) =>
        join.onRef('member.area', '=', 'said.area').onRef('member.id', '=', 'said.by'),
      )
      .select(['said.id', 'said.language', 'said.note', 'said.at', 'member.name as by'])
      // Checked: a constraint of the table holds it to the list.
      .select(sql<SaidOfInterpreting>`said.state`.as('state'))
      .where('said.area', '=', area)
      .where('said.appointment', '=', appointment)
      .orderBy('said.id', 'desc')
      .execute()
  )
}
