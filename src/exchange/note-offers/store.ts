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

/** Counts the offers that were shown before a day by month, and deletes their cards, in one statement. */
export async function countOldCards(db: Db, area: string, before: Temporal.PlainDate): Promise<void> {
  await sql`with gone as (
      delete from note_offers.card where area = ${area} and given_on < ${before}
      returning organisation, given_on, why, outcome, reason)
    insert into note_offers.counted (area, organisation, month, why, outcome, reason, cards)
    select ${area}, organisation, date_trunc('month', given_on)::date, why, coalesce(outcome, 'none'),
      coalesce(reason, ''), count(*) from gone group by 2, 3, 4, 5, 6
    on conflict (area, organisation, month, why, outcome, reason)
    do update set cards = note_offers.counted.cards + excluded.cards`.execute(db)
}

/** The offers that were shown from the first of a month on, those that are alike together: by their cards, and as they were counted. */
export async function countCards(db: Db, area: string, from: Temporal.PlainDate): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    select organisation.id as organisation, organisation.name, shown.outcome, shown.reason, sum(shown.cards)::int as count
    from (select organisation, coalesce(outcome, 'none') as outcome, reason, 1 as cards
        from note_offers.card where area = ${area} and given_on >= ${from}
      union all select organisation, outcome, nullif(reason, ''), cards
        from note_offers.counted where area = ${area} and month >= ${from}) shown
    join organisations.organisation organisation
      on organisation.area = ${area} and organisation.id = shown.organisation
    group by 1, 2, 3, 4 order by organisation.name`.execute(db)
  return rows
}
