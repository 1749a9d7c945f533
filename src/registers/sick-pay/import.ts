import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import { asOwner } from '#platform/database/owner.ts'
import type { SickPayRule } from './rules.ts'

const file = fileURLToPath(new URL('../../../data/rates/statutory-sick-pay.csv', import.meta.url))

/** The rates and rules of Statutory Sick Pay as they stand in data/, the earliest first. */
export function readSickPayRules(): SickPayRule[] {
  const rows: Readonly<Record<string, string>>[] = parse(readFileSync(file, 'utf8'), { columns: true })
  return rows.map((row) => ({
    fromOn: Temporal.PlainDate.from(row['from_on'] ?? ''),
    weekly: Number(row['weekly_pence']),
    share: row['share_percent'] ? Number(row['share_percent']) : null,
    waitingDays: Number(row['waiting_days']),
    leastEarned: row['least_weekly_pence'] ? Number(row['least_weekly_pence']) : null,
    leastInRow: Number(row['least_days_in_row']),
    linkDays: Number(row['link_days']),
    mostWeeks: Number(row['most_weeks']),
    source: row['source'] ?? '',
  }))
}

/** Brings the rates of data/ into the database at the owner's address; those that are there already cost one look. */
export async function loadSickPay(ownerUrl: string): Promise<void> {
  const rows = readSickPayRules().map((rule) => ({
    ...{ from_on: rule.fromOn.toString(), weekly_pence: rule.weekly, share_percent: rule.share, source: rule.source },
    ...{ waiting_days: rule.waitingDays, least_weekly_pence: rule.leastEarned, least_days_in_row: rule.leastInRow },
    ...{ link_days: rule.linkDays, most_weeks: rule.mostWeeks },
  }))
  await asOwner(ownerUrl, (db) =>
    sql`insert into sick_pay.rule select * from jsonb_populate_recordset(null::sick_pay.rule, ${JSON.stringify(rows)}::jsonb)
      on conflict (from_on) do update set (weekly_pence, share_percent, waiting_days, least_weekly_pence,
        least_days_in_row, link_days, most_weeks, source) = (excluded.weekly_pence, excluded.share_percent,
        excluded.waiting_days, excluded.least_weekly_pence, excluded.least_days_in_row, excluded.link_days,
        excluded.most_weeks, excluded.source)`.execute(db),
  )
}
