import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#platform/database/transaction.ts'
import { type AreaRules, exclusions, type RuleSet, ways, workSituations } from './rules.ts'

const codes = <Code extends string>(list: Readonly<Record<Code, unknown>>) =>
  // Checked: the keys of a code list are its codes.
  z.array(z.enum(Object.keys(list) as [Code, ...Code[]])).readonly()
const limit = z.number().int().positive().nullable()

const shape = z.strictObject({
  minAge: limit,
  maxAge: limit,
  england: z.boolean(),
  rightToWork: z.boolean(),
  condition: z.boolean(),
  work: codes(workSituations),
  weeksOutOfWork: limit,
  places: codes(ways),
  excluded: codes(exclusions),
  employerUnder: limit,
  withoutOccupationalHealth: z.boolean(),
})

/** Rules as they stand in the database, which other hands may have written: refused when they say what no rule can. */
function rulesFrom(stored: unknown): Partial<AreaRules> {
  const found = shape.partial().parse(stored)
  // What was left out is undefined here, and would otherwise stand in the place of the rules of the area.
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

/** Everything the area has decided about whom it supports, the latest day first; what was taken back is left out. */
export async function listRuleSets(db: Db, area: string) {
  const rows = await db
    .selectFrom('eligibility.rule_set as rule_set')
    .leftJoin('places.council as council', 'council.code', 'rule_set.council')
    .innerJoin('organisations.member as member', (join) =>
      join.onRef('member.area', '=', 'rule_set.area').onRef('member.id', '=', 'rule_set.set_by'),
    )
    .leftJoin('eligibility.preset as preset', 'preset.code', 'rule_set.preset')
    .leftJoin('eligibility.rule_withdrawal as withdrawal', (join) =>
      join.onRef('withdrawal.area', '=', 'rule_set.area').onRef('withdrawal.rule_set', '=', 'rule_set.id'),
    )
    .select(['rule_set.id', 'rule_set.from_on as fromOn', 'rule_set.council', 'council.name as councilName'])
    .select(['rule_set.rules', 'rule_set.reason', 'rule_set.set_at as setAt', 'member.name as setBy'])
    .select(['preset.name as presetName', 'withdrawal.at as withdrawnAt'])
    .where('rule_set.area', '=', area)
    .orderBy('rule_set.from_on', 'desc')
    .orderBy('rule_set.id', 'desc')
    .execute()
  return rows
    .filter(({ withdrawnAt }) => withdrawnAt === null)
    .map(({ rules, ...row }) => ({ ...row, rules: rulesFrom(rules) }))
}

export type NewRuleSet = Readonly<{
  area: string
  id: string
  fromOn: Temporal.PlainDate
  council: string | null
  rules: RuleSet['rules']
  preset: string | null
  reason: string
  by: string
  at: Temporal.Instant
}>

/** Sets rules from a day on. Earlier rows stay as history; the form sent twice leaves one. */
export async function saveRuleSet(db: Db, set: NewRuleSet): Promise<void> {
  await db
    .insertInto('eligibility.rule_set')
    .values({
      area: set.area,
      id: set.id,
      from_on: set.fromOn,
      council: set.council,
      rules: JSON.stringify(set.rules),
      preset: set.preset,
      reason: set.reason,
      set_by: set.by,
      set_at: set.at,
    })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

export type Withdrawal = Readonly<{ area: string; id: string; reason: string; by: string; at: Temporal.Instant }>

/** Takes back rules whose day has not come. */
export async function withdrawRuleSet(db: Db, { area, id, reason, by, at }: Withdrawal): Promise<void> {
  await db
    .insertInto('eligibility.rule_withdrawal')
    .values({ area, rule_set: id, reason, by, at })
    .onConflict((twice) => twice.columns(['area', 'rule_set']).doNothing())
    .execute()
}

/** The councils in which an area serves people, wholly or in part, by name. */
export async function listCouncilsServed(db: Db, area: string, on: Temporal.PlainDate) {
  const { rows } = await sql<{ code: string; name: string }>`select council.code, council.name from places.council
    where daterange(council.from_on, council.until_on) @> ${on}::date and exists (select from areas.coverage
      left join places.council_board overlap on overlap.board = coverage.board and overlap.council = council.code
        and daterange(overlap.from_on, overlap.until_on) @> ${on}::date
      where coverage.area = ${area} and daterange(coverage.from_on, coverage.until_on) @> ${on}::date
        and (overlap.council is not null or coverage.council in (council.code, council.county)))
    order by council.name`.execute(db)
  return rows
}

const councilRules = z.array(z.object({ council: z.string(), name: z.string(), rules: shape.partial() }))
const weekLimits = z.record(z.string(), z.number()).nullable()

/** What areas are known to have published, to begin from. */
export async function listPresets(db: Db) {
  const rows = await db
    .selectFrom('eligibility.preset')
    .select(['code', 'name', 'rules', 'council_rules', 'week_limits', 'note', 'source'])
    .orderBy('position')
    .execute()
  return rows.map(({ rules, council_rules, week_limits, ...row }) => ({
    ...row,
    rules: shape.parse(rules),
    councils: councilRules.parse(council_rules).map((one) => ({ ...one, rules: rulesFrom(one.rules) })),
    weekLimits: weekLimits.parse(week_limits),
  }))
}
