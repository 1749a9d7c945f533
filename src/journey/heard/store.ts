import { type RawBuilder, sql } from 'kysely'
import { startOfDay } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import { type Cancelling, cancellingLines, heardLines, type Unheard } from './rules.ts'

/**
 * What the people of these coaches answered by themselves that nobody has seen, and who asks to cancel by text, as lines of
 * the day, by spell.
 */
export async function listUnheardLines(db: Db, area: string, coaches: readonly string[], today: Temporal.PlainDate) {
  const [found, texts] = await Promise.all([
    unheard(db, area, sql`standing.coach = any(${[...coaches]}::uuid[])`),
    listCancelling(db, area, coaches, today),
  ])
  const [answers, cancelling] = [Map.groupBy(found, (one) => one.episode), Map.groupBy(texts, (one) => one.episode)]
  const spells = new Set([...answers.keys(), ...cancelling.keys()])
  const of = (one: string) => [...cancellingLines(cancelling.get(one) ?? []), ...heardLines(answers.get(one) ?? [])]
  return new Map([...spells].map((episode) => [episode, of(episode)]))
}

/**
 * Texts that say nothing but that their sender wants to cancel, as long as the time they had then is booked, still to come or
 * of today, and nobody has answered them or spoken to their sender since. Where none is, the text waits for an answer as any.
 */
async function listCancelling(db: Db, area: string, coaches: readonly string[], today: Temporal.PlainDate) {
  const { rows } = await sql<Cancelling>`select theirs.episode, theirs.person, reply.received_at as at,
      reply.body as words, booked.starts_at as "startsAt"
    from episode.standing theirs
    join notify.reply on reply.area = theirs.area and reply.person = theirs.person and reply.asks_to_cancel
      and reply.received_at > coalesce(theirs.last_contact_at, '-infinity'::timestamptz)
    join lateral (select min(made.starts_at) as starts_at from appointment.appointment made
      join appointment.slot on slot.area = made.area and slot.appointment = made.id
      where made.area = theirs.area and made.episode = theirs.episode and made.booked_at <= reply.received_at
        and made.starts_at > reply.received_at and made.starts_at >= ${startOfDay(today)}) booked on booked.starts_at is not null
    where theirs.area = ${area} and theirs.coach = any(${[...coaches]}::uuid[])
      and (theirs.ended_at is null or theirs.stage = 'aftercare')
      and not exists (select from message.settlement settled where settled.area = reply.area and settled.item = reply.id)
    order by reply.received_at`.execute(db)
  return rows
}

/** What one person answered that nobody has seen, on whichever record of theirs. Ask findPerson before. */
export async function listUnheardOf(db: Db, { area, person }: Readonly<{ area: string; person: string }>) {
  return unheard(db, area, isOfPerson('standing.person', { area, person }))
}

/**
 * An answer to a pilot counts while it is the last that was said and the pilot goes on: a coach who has written down
 * another has heard it. One to questions, and a way that was taken away unsaid, counts until they have been spoken to, as it
 * is with a text they write.
 */
async function unheard(db: Db, area: string, whose: RawBuilder<unknown>): Promise<readonly Unheard[]> {
  const { rows } = await sql<Unheard>`with theirs as materialized (
      select standing.episode, standing.person, standing.person as record, standing.last_contact_at as spoken
        from episode.standing where standing.area = ${area} and ${whose}
          and (standing.ended_at is null or standing.stage = 'aftercare')
      union all select standing.episode, standing.person, merged.id, standing.last_contact_at
        from episode.standing join people.person merged on merged.area = ${area} and merged.merged_into = standing.person
        where standing.area = ${area} and ${whose} and (standing.ended_at is null or standing.stage = 'aftercare'))
    select said.* from (
      select answer.form as id, theirs.episode, theirs.person, max(answer.answered_at) as at, 'questions' as kind,
          null as pilot, true as given
        from theirs join questionnaires.answer answer on answer.area = ${area} and answer.person = theirs.record
          and answer.answered_at > coalesce(theirs.spoken, '-infinity')
        where answer.answered_by = 'self' and answer.recorded_by is null
        group by answer.form, theirs.episode, theirs.person
      union all select answer.id, theirs.episode, theirs.person, answer.at, 'pilot', pilot.name, answer.given
        from theirs join pilot.answer answer on answer.area = ${area} and answer.person = theirs.record
        join pilot.pilot pilot on pilot.area = ${area} and pilot.id = answer.pilot and pilot.ended_at is null
        where answer.by is null and not exists (select from pilot.answer later where later.area = ${area}
          and later.pilot = answer.pilot and later.episode = answer.episode
          and (later.at, later.id) > (answer.at, answer.id))
      union all select entry.id, theirs.episode, theirs.person, entry.at, 'way', null, true
        from theirs join journal.entry entry on entry.area = ${area} and entry.person = theirs.record
          and entry.at > coalesce(theirs.spoken, '-infinity')
        where entry.kind = 'act' and entry.role = 'participant' and entry.what = 'means.ended-unsaid'
    ) said
    where not exists (select from heard.heard heard where heard.area = ${area} and heard.said = said.id)
    order by said.at, said.id`.execute(db)
  return rows
}

type Hearing = Readonly<{ area: string; said: string; person: string; by: string; at: Temporal.Instant }>

/** Keeps that somebody has seen an answer; said twice, the first stands. */
export async function saveHeard(db: Db, hearing: Hearing): Promise<void> {
  await db
    .insertInto('heard.heard')
    .values(hearing)
    .onConflict((twice) => twice.columns(['area', 'said']).doNothing())
    .execute()
}

/** Whether somebody has said before that they have seen it. */
export async function isHeard(db: Db, { area, said, person }: Pick<Hearing, 'area' | 'said' | 'person'>) {
  const found = await db
    .selectFrom('heard.heard')
    .select('said')
    .where('area', '=', area)
    .where('said', '=', said)
    .where(isOfPerson('heard.heard.person', { area, person }))
    .executeTakeFirst()
  return found !== undefined
}
