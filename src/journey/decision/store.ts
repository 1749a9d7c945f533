import type { Db } from '#platform/database/transaction.ts'
import { sql } from 'kysely'
import type { Screening } from '#journey/screening/rules.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'
import type { Deciding, Decision, Telling } from './rules.ts'

/** Every decision about an episode, the newest first, with where somebody was helped on to and what was taken back. */
export async function listDecisions(db: Db, area: string, episode: string) {
  return (
    db
      .selectFrom('decision.decision as decision')
      .innerJoin('organisations.member as member', (join) =>
        join.onRef('member.area', '=', 'decision.area').onRef('member.id', '=', 'decision.by'),
      )
      .leftJoin('decision.handover as handover', (join) =>
        join.onRef('handover.area', '=', 'decision.area').onRef('handover.decision', '=', 'decision.id'),
      )
      .leftJoin('organisations.member as teller', (join) =>
        join.onRef('teller.area', '=', 'handover.area').onRef('teller.id', '=', 'handover.told_by'),
      )
      .leftJoin('decision.withdrawal as withdrawal', (join) =>
        join.onRef('withdrawal.area', '=', 'decision.area').onRef('withdrawal.decision', '=', 'decision.id'),
      )
      .select([
        'decision.id',
        'decision.referral',
        'decision.reason',
        'decision.at',
        'decision.step',
        'member.name as by',
      ])
      // Checked: a constraint of the table holds the decision to its list.
      .select([sql<Decision>`decision.decision`.as('decision'), 'decision.answer'])
      .select(['handover.where_to as whereTo', 'handover.told_how as toldHow', 'handover.told_on as toldOn'])
      .select(['teller.name as toldBy', 'withdrawal.reason as takenBackBecause', 'withdrawal.at as takenBackAt'])
      .where('decision.area', '=', area)
      .where('decision.episode', '=', episode)
      .orderBy('decision.id', 'desc')
      .execute()
  )
}

export type NewDecision = Deciding &
  Readonly<{
    area: string
    id: string
    referral: string
    episode: string
    screening: Screening
    step: string
    by: string
    at: Temporal.Instant
  }>

/** Keeps what was decided beside what the rules answered, so that it can be understood later. */
export async function saveDecision(db: Db, decision: NewDecision): Promise<void> {
  const { area, id, screening } = decision
  await db
    .insertInto('decision.decision')
    .values({
      ...{ area, id, referral: decision.referral, episode: decision.episode, decision: decision.decision },
      answer: screening.answer,
      findings: JSON.stringify(screening.findings.map(({ rule, met }) => ({ rule, met }))),
      rule_sets: [...screening.from],
      ...{ reason: decision.reason, by: decision.by, at: decision.at, step: decision.step },
    })
    .execute()
  const { whereTo, toldBy, toldHow, toldOn } = decision
  if (decision.decision !== 'not-eligible' || !whereTo) return
  await db
    .insertInto('decision.handover')
    .values({ area, decision: id, where_to: whereTo, told_by: toldBy, told_how: toldHow, told_on: toldOn })
    .execute()
}

/** Keeps that somebody was told where they are helped on to, once; false when somebody else has written it meanwhile. */
export async function keepTelling(db: Db, area: string, decision: string, told: Telling): Promise<boolean> {
  const kept = await db
    .updateTable('decision.handover')
    .set({ told_by: told.toldBy, told_how: told.toldHow, told_on: told.toldOn })
    .where('area', '=', area)
    .where('decision', '=', decision)
    .where('told_on', 'is', null)
    .returning('decision')
    .executeTakeFirst()
  return kept !== undefined
}

/** Holds an episode still until the transaction ends, so that nothing comes between looking and taking back. */
export async function findStandingHeldStill(db: Db, area: string, episode: string) {
  return db
    .selectFrom('episode.standing')
    .select('version')
    .where('area', '=', area)
    .where('episode', '=', episode)
    .forUpdate()
    .executeTakeFirst()
}

export type TakingBack = Readonly<{
  area: string
  decision: string
  reason: string
  step: string
  by: string
  at: Temporal.Instant
}>

/** Keeps that a decision was taken back, and why. */
export async function saveWithdrawal(db: Db, withdrawal: TakingBack): Promise<void> {
  await db.insertInto('decision.withdrawal').values(withdrawal).execute()
}

/** What was decided over the spells of support of a person. Ask listEpisodesOf before: it decides who may know. */
export async function listDecisionsOnTimeline(db: Db, asked: Asked) {
  const query = db
    .selectFrom('decision.decision as decision')
    .leftJoin('decision.handover as handover', (join) =>
      join.onRef('handover.area', '=', 'decision.area').onRef('handover.decision', '=', 'decision.id'),
    )
    .leftJoin('decision.withdrawal as withdrawal', (join) =>
      join.onRef('withdrawal.area', '=', 'decision.area').onRef('withdrawal.decision', '=', 'decision.id'),
    )
    .select(['decision.id', 'decision.at', 'decision.referral', 'decision.reason', 'handover.where_to as whereTo'])
    // Checked: as above.
    .select([sql<Decision>`decision.decision`.as('decision'), 'withdrawal.reason as takenBackBecause'])
    .select(findNameOf(asked.area, 'decision.by').as('by'))
    .where('decision.area', '=', asked.area)
    .where(isAnyOf('decision.episode', asked.episodes))
  return readNewest(query, { at: 'decision.at', id: 'decision.id' }, asked).execute()
}
