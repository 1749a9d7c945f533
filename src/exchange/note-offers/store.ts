import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Counted, Reason, Why } from './rules.ts'

/** Whether records systems are answered with offers, and since when; nothing where nobody ever switched it. */
export async function findSwitch(db: Db, area: string) {
  return db
    .selectFrom('note_offers.switch as switch')
    .leftJoin('organisations.member as member', (join) =>
      join.onRef('member.area', '=', 'switch.area').onRef('member.id', '=', 'switch.by'),
    )
    .select(['switch.is_on as isOn', 'switch.at', 'member.name as by'])
    .where('switch.area', '=', area)
    .orderBy('switch.at', 'desc')
    .orderBy('switch.id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

type Switching = Readonly<{ area: string; id: string; isOn: boolean; by: string; at: Temporal.Instant }>

/** Switches offers on or off from now on. */
export async function saveSwitch(db: Db, { isOn, ...said }: Switching): Promise<void> {
  await db
    .insertInto('note_offers.switch')
    .values({ ...said, is_on: isOn })
    .onConflict((twice) => twice.doNothing())
    .execute()
}

type Given = Readonly<{
  area: string
  id: string
  organisation: string
  client: string
  why: Why
  on: Temporal.PlainDate
}>

/** Keeps that an offer was shown: by which organisation and why, and nothing of whom it was about. */
export async function saveCard(db: Db, { on, ...said }: Given): Promise<void> {
  await db
    .insertInto('note_offers.card')
    .values({ ...said, given_on: on })
    .execute()
}

type Told = Readonly<{ area: string; organisation: string; card: string; outcome: 'accepted' | 'overridden' }> &
  Readonly<{ reason: Reason | null; at: Temporal.Instant }>

/** Keeps what an organisation says became of an offer that it was shown; said again, the last word holds. */
export async function saveOutcome(db: Db, { area, organisation, card, outcome, reason, at }: Told): Promise<void> {
  await db
    .updateTable('note_offers.card')
    .set({ outcome, reason, told_at: at })
    .where('area', '=', area)
    .where('organisation', '=', organisation)
    .where('id', '=', card)
    .execute()
}

/** The offers that were shown from a day on, those that are alike together. */
export async function countCards(db: Db, area: string, from: Temporal.PlainDate): Promise<Counted[]> {
  return (
    db
      .selectFrom('note_offers.card as card')
      .innerJoin('organisations.organisation as organisation', (join) =>
        join.onRef('organisation.area', '=', 'card.area').onRef('organisation.id', '=', 'card.organisation'),
      )
      .select(['card.organisation', 'organisation.name', sql<number>`count(*)::int`.as('count')])
      // Checked: this store alone writes them, from the lists in the rules.
      .select(sql<Counted['outcome']>`coalesce(card.outcome, 'none')`.as('outcome'))
      .select(sql<Reason | null>`card.reason`.as('reason'))
      .where('card.area', '=', area)
      .where('card.given_on', '>=', from)
      .groupBy(['card.organisation', 'organisation.name', 'card.outcome', 'card.reason'])
      .orderBy('organisation.name')
      .execute()
  )
}
