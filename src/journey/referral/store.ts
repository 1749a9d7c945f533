import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor, Verb } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { startOfDay } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import { findSettings } from '#registers/areas/store.ts'
import { listIdsOf } from '#registers/merged/store.ts'
import { lookForPairs } from '#registers/likeness/store.ts'
import type { OrganisationKind, Route } from '#registers/organisations/rules.ts'
import type { Giver, Newcomer } from '#registers/people/rules.ts'
import { mayReachPerson, registerPerson } from '#registers/people/store.ts'
import type { Versions } from '#registers/wording/rules.ts'
import { recordPermission } from '#registers/permissions/store.ts'
import { findHolidays } from '#registers/places/store.ts'
import { type FeedbackWish, type Referrer, saidToTelling } from '#journey/acknowledgement/rules.ts'
import { acknowledgePerson, acknowledgeReferrer, type Arrived, type Yes } from '#journey/acknowledgement/store.ts'
import { findOpenEpisode, recordStep } from '#journey/episode/store.ts'
import {
  type Agreement,
  agreedHow,
  type Answers,
  type Channel,
  type Clocks,
  clocksFrom,
  nameAsReferred,
  referenceLetters,
  type WayOfAsking,
  writtenReference,
} from './rules.ts'

export type Taking = Readonly<{
  area: string
  /** Made with the page or message that carries the referral, so that sending it twice makes one. */
  id: string
  route: Route
  channel: Channel
  agreement: Agreement
  /** Who is referred: somebody who is registered with it, or somebody who was supported before. */
  newcomer: Newcomer | Readonly<{ known: string }>
  answers: Answers
  referrer: Referrer
  listed?: string | undefined
  byLink?: string | undefined
  holder: string
  receivedOn: Temporal.PlainDate
  /** Whether it came today, and so at this moment. */
  today: Temporal.PlainDate
  /** The versions of the words in which they, or whoever refers them, were asked. */
  words: Versions
  by: string | null
  givenBy?: Giver
  /** What the organisation is that refers, where it has proved who it is by a key of its own. */
  proven?: OrganisationKind
  /** Where people reach us; without it the person is sent no link to come back by. */
  origin?: string | undefined
  /** Whether the form came faster than a person fills it in: the person is asked before anything is sent. */
  sentQuickly?: boolean
  now: Temporal.Instant
}>

/** What came of it; nobody and no clock when it had come before. */
export type Taken = Readonly<{ reference: string; person?: string; clocks?: Clocks | undefined }>

/** Takes a referral in whatever way it came: the person, what was asked for, what was agreed, and the clock that now runs. */
export async function takeReferral(db: Db, taking: Taking): Promise<Taken> {
  const { area, id, agreement, answers, referrer, holder, now, by } = taking
  const claimed = await claimReference(db, area, id, now)
  if (!claimed.fresh) return { reference: claimed.reference }
  const { newcomer, receivedOn, route, channel, words, givenBy = 'other', listed = null } = taking
  const [person, clocks] = await Promise.all([
    'known' in newcomer ? newcomer.known : registerPerson(db, { area, newcomer, holder, at: now, givenBy }),
    agreement === 'not-asked' ? undefined : findClocks(db, area, receivedOn),
  ])
  const receivedAt = receivedOn.equals(taking.today) ? now : startOfDay(receivedOn)
  const arrival = { ...taking, person, at: receivedAt }
  const [begun] = await Promise.all([
    clocks && begin(db, arrival, clocks),
    'known' in newcomer ? undefined : lookForPairs(db, { area, person, at: now }),
  ])
  const writing = db
    .insertInto('referral.referral')
    .values({
      ...{ area, id, person, episode: begun ?? null, route, channel, agreement, holder },
      ...{ received_on: receivedOn, received_at: receivedAt, typed_at: now, typed_by: by },
      ...{ ...answerColumns(answers), ...referrerColumns(referrer), by_link: taking.byLink ?? null },
      ...{ feedback: referrer.feedback, sent_quickly: taking.sentQuickly ?? false, from_listing: listed },
      ...{ person_name: nameAsReferred(route, newcomer), asked_fit_note: answers.askedFitNote ?? false },
    })
    .execute()
  const [{ reference }, { origin, proven }] = [claimed, taking]
  const arrived = { area, id, reference, person, route, referrer, origin, proven, now }
  const yes = { how: agreedHow(agreement, channel), mayTell: 'yes', by, words } as const
  const telling = clocks && acknowledgePerson(db, arrived, { ...yes, firstTryBy: clocks.firstTryBy })
  await Promise.all([writing, telling])
  if (!taking.sentQuickly) await acknowledgeReferrer(db, arrived, begun === undefined)
  return { reference, person, clocks }
}

/** A reference nobody else in the area has; the one given before when this id has come before. */
async function claimReference(db: Db, area: string, id: string, now: Temporal.Instant) {
  for (;;) {
    const letters = Array.from({ length: 7 }, () => referenceLetters[randomInt(referenceLetters.length)]).join('')
    const reference = writtenReference(letters)
    const claimed = await db
      .insertInto('referral.reference')
      .values({ area, referral: id, reference, given_at: now })
      .onConflict((known) => known.doNothing())
      .returning('reference')
      .executeTakeFirst()
    if (claimed) return { reference, fresh: true }
    const before = await db
      .selectFrom('referral.reference')
      .select('reference')
      .where('area', '=', area)
      .where('referral', '=', id)
      .executeTakeFirst()
    if (before) return { reference: before.reference, fresh: false }
  }
}

type Arrival = Pick<Taking, 'area' | 'id' | 'route' | 'holder' | 'by' | 'now'> &
  Readonly<{ person: string; at: Temporal.Instant }>

/** The clocks that run from the day on which a referral came. */
async function findClocks(db: Db, area: string, on: Temporal.PlainDate): Promise<Clocks> {
  const [settings, holidays] = await Promise.all([findSettings(db, area, on), findHolidays(db)])
  return clocksFrom(on, settings, holidays)
}

/** Begins the episode whose clocks run; gives its id. */
async function begin(db: Db, { area, id, person, route, holder, by, now, at }: Arrival, clocks: Clocks) {
  const episode = newId()
  const step = { kind: 'received', route, provider: holder, ...clocks } as const
  await recordStep(db, { area, episode, person, step, at, recordedAt: now, by, factRow: id })
  return episode
}

export type PersonsAnswer = Pick<Yes, 'mayTell' | 'how' | 'words'> &
  Readonly<{ agreed: boolean; by: string; today: Temporal.PlainDate }>

/**
 * Writes what the person said about a referral that was made without asking them. A yes begins the episode, or joins the
 * one that is open by now; a no ends it where it began. False when somebody else has written the answer meanwhile.
 */
export async function answerHeldReferral(db: Db, held: Arrived & { holder: string }, answer: PersonsAnswer) {
  const { area, id, person, now } = held
  const { agreed, mayTell, how, by, today, words } = answer
  const written = await db
    .insertInto('referral.answer')
    .values({ area, referral: id, agreed, feedback_agreed: saidToTelling[mayTell].agreed, how, at: now, by })
    .onConflict((known) => known.doNothing())
    .returning('referral')
    .executeTakeFirst()
  if (!written) return false
  const open = await findOpenEpisode(db, area, (await listIdsOf(db, area, person))[0] ?? person)
  if (open && !agreed) return true
  const clocks = open ? undefined : await findClocks(db, area, today)
  const episode = open ?? (clocks && (await begin(db, { ...held, by, at: now }, clocks))) ?? null
  await db.updateTable('referral.referral').set({ episode }).where('area', '=', area).where('id', '=', id).execute()
  const yes = { how, mayTell, by, words, firstTryBy: clocks?.firstTryBy ?? today }
  if (agreed) await acknowledgePerson(db, held, yes)
  if (agreed && held.isUntold && mayTell === 'yes') await acknowledgeReferrer(db, held, false)
  if (agreed || !episode) return true
  await recordStep(db, { area, episode, step: { kind: 'ended', as: 'declined' }, at: now, by })
  const no = { switch: 'take-part', given: false, lawfulBasis: 'public-task', wordingVersion: 'none-of-ours' } as const
  await recordPermission(db, { area, person, ...no, how, by, at: now })
  return true
}

/** The referral with everything that was said in it, if this actor may do this with its person. */
export async function findReferral(db: Db, actor: Actor, referral: string, verb: Verb = 'open') {
  return (
    db
      .selectFrom('referral.referral as referral')
      .innerJoin('referral.reference as given', (join) =>
        join.onRef('given.area', '=', 'referral.area').onRef('given.referral', '=', 'referral.id'),
      )
      .leftJoin('referral.answer as answer', (join) =>
        join.onRef('answer.area', '=', 'referral.area').onRef('answer.referral', '=', 'referral.id'),
      )
      .leftJoin('episode.standing as standing', (join) =>
        join.onRef('standing.area', '=', 'referral.area').onRef('standing.episode', '=', 'referral.episode'),
      )
      .leftJoin('organisations.member as typist', (join) =>
        join.onRef('typist.area', '=', 'referral.area').onRef('typist.id', '=', 'referral.typed_by'),
      )
      .select(['referral.id', 'given.reference', 'referral.person', 'referral.episode', 'referral.holder'])
      .select(['referral.received_on', 'referral.typed_at', 'typist.name as typed_by', 'referral.version'])
      .select(['answer.agreed', 'answer.at as answered_at', 'referral.from_listing'])
      .select(['standing.stage', 'standing.ended_as'])
      .select(['standing.first_try_by', 'standing.first_appointment_by', 'standing.first_tried_at'])
      .select(['referral.reason', 'referral.fit_note_ends_on', 'referral.asked_fit_note', 'referral.sent_quickly'])
      .select(['referral.referrer_name', 'referral.referrer_organisation', 'referral.referrer_email'])
      // Checked: the codes are written by this store alone, from the lists in the rules.
      .select([sql<Route>`referral.route`.as('route'), sql<Channel>`referral.channel`.as('channel')])
      .select([sql<Agreement>`referral.agreement`.as('agreement'), sql<FeedbackWish>`referral.feedback`.as('feedback')])
      .select(sql<Answers['workStatus']>`referral.work_status`.as('work_status'))
      .select(sql<Answers['mainBarrier']>`referral.main_barrier`.as('main_barrier'))
      .select(sql<Answers['fitNote']>`referral.fit_note`.as('fit_note'))
      .select(sql<Answers['howHeard']>`referral.how_heard`.as('how_heard'))
      .select(sql<WayOfAsking | null>`answer.how`.as('answered_how'))
      .where('referral.area', '=', actor.area)
      .where('referral.id', '=', referral)
      .where(mayReachPerson(actor, verb, 'referral.person'))
      .executeTakeFirst()
  )
}

export type FoundReferral = NonNullable<Awaited<ReturnType<typeof findReferral>>>

export type Correcting = Readonly<{
  area: string
  id: string
  version: number
  answers: Answers
  referrer: Omit<Referrer, 'feedback'>
  by: string
  now: Temporal.Instant
}>

/** Corrects what was typed, and keeps what it said before. False when somebody else has corrected it meanwhile. */
export async function correctReferral(db: Db, correcting: Correcting): Promise<boolean> {
  const { area, id, version, answers, referrer, by, now } = correcting
  await sql`insert into referral.earlier (area, referral, version, was, until_at, changed_by)
    select area, id, version, to_jsonb(kept), ${now}, ${by} from referral.referral as kept
    where area = ${area} and id = ${id} and version = ${version} on conflict do nothing`.execute(db)
  const corrected = await db
    .updateTable('referral.referral')
    .set({ ...answerColumns(answers), ...referrerColumns(referrer), version: version + 1 })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst()
  return corrected !== undefined
}

/** The columns of what a referral says, as the table has them. */
export function answerColumns({ workStatus, mainBarrier, fitNote, fitNoteEndsOn, reason, howHeard }: Answers) {
  return {
    ...{ work_status: workStatus, main_barrier: mainBarrier, reason, how_heard: howHeard },
    ...{ fit_note: fitNote, fit_note_ends_on: fitNote === 'yes' ? fitNoteEndsOn : null },
  }
}

/** The columns of who referred, as the table has them. */
export function referrerColumns({ name, organisation, email }: Omit<Referrer, 'feedback'>) {
  return { referrer_name: name, referrer_organisation: organisation, referrer_email: email }
}
