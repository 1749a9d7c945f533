import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import type { Route } from '#registers/organisations/rules.ts'
import { calledName } from '#registers/people/rules.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import { recordStep } from '#journey/episode/store.ts'
import type { FeedbackWish } from '#journey/acknowledgement/rules.ts'
import type { Answers, MainBarrier, ReferralState } from '#journey/referral/rules.ts'
import type { Asked as OnTimeline } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'
import { isWithdrawn } from '#journey/withdrawal/store.ts'
import { type Asked, pageLength } from './rules.ts'

const referralsWithClock = (db: Db, actor: Actor) =>
  db
    .selectFrom('referral.referral as referral')
    .innerJoin('referral.reference as given', (join) =>
      join.onRef('given.area', '=', 'referral.area').onRef('given.referral', '=', 'referral.id'),
    )
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'referral.area').onRef('person.id', '=', 'referral.person'),
    )
    .leftJoin('referral.answer as answer', (join) =>
      join.onRef('answer.area', '=', 'referral.area').onRef('answer.referral', '=', 'referral.id'),
    )
    .leftJoin('episode.standing as standing', (join) =>
      join.onRef('standing.area', '=', 'referral.area').onRef('standing.episode', '=', 'referral.episode'),
    )
    .where('referral.area', '=', actor.area)
    .where(mayReachPerson(actor, 'list', 'referral.person'))

/**
 * The referrals that may be waiting, for a decision or for the person's answer. They are few among all there ever were:
 * they are read first, each kind by an index of its own, and then looked up.
 */
const waiting: Readonly<Record<'new' | 'held', (area: string) => RawBuilder<boolean>>> = {
  new: (area) => sql<boolean>`referral.episode = any(array(select undecided.episode from episode.standing undecided
    where undecided.area = ${area} and undecided.stage = 'received'))`,
  held: (area) => sql<boolean>`referral.id = any(array(select kept.id from referral.referral kept
    where kept.area = ${area} and kept.episode is null))`,
}

const stands: Readonly<Record<ReferralState, RawBuilder<boolean>>> = {
  new: sql<boolean>`standing.stage = 'received'`,
  held: sql<boolean>`referral.episode is null and answer.referral is null and not ${isWithdrawn('referral.id')}`,
  decided: sql<boolean>`(standing.stage <> 'received' or (referral.episode is null
    and (answer.referral is not null or ${isWithdrawn('referral.id')})))`,
}

const sortedBy = {
  due: sql<Temporal.PlainDate>`coalesce(standing.first_try_by, referral.received_on)`,
  received: sql<Temporal.PlainDate>`referral.received_on`,
} as const

/** One page of the referrals this actor works with, and whether more follow. */
export async function listReferrals(db: Db, actor: Actor, { state, route, by, direction, after }: Asked) {
  const order = direction === 'ascending' ? 'asc' : 'desc'
  const further = direction === 'ascending' ? sql`>` : sql`<`
  const rows = await referralsWithClock(db, actor)
    .select(['referral.id', 'given.reference', 'referral.person', 'referral.received_on as receivedOn'])
    .select(['person.given_name', 'person.family_name', 'person.preferred_name', 'standing.first_try_by as dueOn'])
    .select('referral.asked_fit_note as askedFitNote')
    // Checked: routes are written by the product from its own list.
    .select([sql<Route>`referral.route`.as('route'), sortedBy[by].as('sorted')])
    .where(stands[state])
    .$if(state !== 'decided', (query) => query.where(waiting[state === 'new' ? 'new' : 'held'](actor.area)))
    .$if(route !== null, (query) => query.where('referral.route', '=', route ?? ''))
    .$if(after !== null, (query) =>
      query.where(
        sql<boolean>`(${sortedBy[by]}, referral.id) ${further} (${after?.day ?? null}::date, ${after?.id ?? null}::uuid)`,
      ),
    )
    .orderBy(sortedBy[by], order)
    .orderBy('referral.id', order)
    .limit(pageLength + 1)
    .execute()
  const shown = rows.slice(0, pageLength)
  return { rows: shown.map((row) => ({ ...row, state, name: calledName(row) })), more: rows.length > pageLength }
}

/** How many referrals wait for a decision, and how many for the person's answer. */
export async function countWaiting(db: Db, actor: Actor): Promise<Readonly<{ new: number; held: number }>> {
  return referralsWithClock(db, actor)
    .where((where) => where.or([waiting.new(actor.area), waiting.held(actor.area)]))
    .select(sql<number>`(count(*) filter (where ${stands.new}))::int`.as('new'))
    .select(sql<number>`(count(*) filter (where ${stands.held}))::int`.as('held'))
    .executeTakeFirstOrThrow()
}

export type Joining = Readonly<{ area: string; kept: string; merged: string; by: string; at: Temporal.Instant }>

/**
 * Two records are one person. Where both have an open episode the newer one ends as a duplicate, and whoever referred it
 * hears from then on what happens in the older one.
 */
export async function joinReferrals(db: Db, { area, kept, merged, by, at }: Joining): Promise<void> {
  const [older, newer] = await db
    .selectFrom('episode.standing')
    .select('episode')
    .where('area', '=', area)
    .where('person', 'in', [kept, merged])
    .where('ended_at', 'is', null)
    .orderBy('received_at')
    .orderBy('episode')
    .execute()
  if (!older || !newer) return
  const id = newId()
  const step = await recordStep(db, {
    area,
    episode: newer.episode,
    step: { kind: 'ended', as: 'duplicate' },
    at,
    by,
    factRow: id,
  })
  await db
    .insertInto('triage.joining')
    .values({
      area,
      id,
      episode: newer.episode,
      kept_episode: older.episode,
      step,
      joined_at: at,
      joined_by: by,
      parted_at: null,
      parted_by: null,
    })
    .execute()
}

/** They were two people after all: the episode that ended as a duplicate goes on where it stood. */
export async function partReferrals(db: Db, { area, kept, merged, by, at }: Joining): Promise<void> {
  const parted = await db
    .updateTable('triage.joining')
    .set({ parted_at: at, parted_by: by })
    .where('area', '=', area)
    .where('parted_at', 'is', null)
    .where((where) =>
      where(
        'episode',
        'in',
        where.selectFrom('episode.episode').select('id').where('area', '=', area).where('person', 'in', [kept, merged]),
      ),
    )
    .returning(['episode', 'step'])
    .execute()
  for (const { episode, step } of parted) {
    await recordStep(db, { area, episode, step: { kind: 'withdrawn', step }, at, by })
  }
}

/**
 * The requests behind an episode, the earliest first: those it began with and those that joined it. Ask findEpisode
 * before: it decides who may know. Each names the record its own permissions stand on.
 */
export async function listReferralsOf(db: Db, area: string, episode: string) {
  return (
    db
      .selectFrom('referral.referral as referral')
      .innerJoin('referral.reference as given', (join) =>
        join.onRef('given.area', '=', 'referral.area').onRef('given.referral', '=', 'referral.id'),
      )
      .select(['id', 'person', 'channel', 'agreement', 'received_on', 'received_at', 'reason', 'given.reference'])
      .select(['referrer_name', 'referrer_organisation', 'referrer_email', 'fit_note_ends_on'])
      // Checked: the codes are written by the product from its own lists.
      .select([sql<Route>`referral.route`.as('route'), sql<FeedbackWish>`referral.feedback`.as('feedback')])
      .select(sql<Answers['workStatus']>`referral.work_status`.as('work_status'))
      .select(sql<Answers['mainBarrier']>`referral.main_barrier`.as('main_barrier'))
      .select(sql<Answers['fitNote']>`referral.fit_note`.as('fit_note'))
      .where('referral.area', '=', area)
      .where((where) => where.or([where('episode', '=', episode), where('episode', 'in', joinedTo(db, area, episode))]))
      .orderBy('received_at')
      .orderBy('id')
      .execute()
  )
}

const joinedTo = (db: Db, area: string, episode: string) =>
  db
    .selectFrom('triage.joining')
    .select('episode')
    .where('area', '=', area)
    .where('kept_episode', '=', episode)
    .where('parted_at', 'is', null)

/** What came in for a person, under every id they are known by. Ask findPerson before: it decides who may know. */
export async function listReferralsOnTimeline(db: Db, asked: OnTimeline) {
  const query = db
    .selectFrom('referral.referral as referral')
    .select(['referral.id', 'referral.received_at as at', 'referral.reason', 'referral.referrer_name as referrer'])
    .select(['referral.referrer_organisation as organisation', findNameOf(asked.area, 'referral.typed_by').as('by')])
    // Checked: as above.
    .select([sql<Route>`referral.route`.as('route'), sql<MainBarrier | null>`referral.main_barrier`.as('mainBarrier')])
    .where('referral.area', '=', asked.area)
    .where(isAnyOf('referral.person', asked.people))
  return readNewest(query, { at: 'referral.received_at', id: 'referral.id' }, asked).execute()
}
