import type { Db } from '#platform/database/transaction.ts'
import { type Offered, type Wording, wordingOn } from '#registers/wording/rules.ts'

type Where = Readonly<{ db: Db; area: string; today: Temporal.PlainDate }>

/** The words in which these are asked today, as they stand on a page. */
export async function findWordings<One extends Offered>({ db, area, today }: Where, offered: readonly One[]) {
  const own = await db
    .selectFrom('permissions.wording')
    .select(['switch', 'version', 'text', 'from_on'])
    .where('area', '=', area)
    .where('switch', 'in', [...offered])
    .execute()
  // Checked: one wording for each that was asked for.
  return Object.fromEntries(offered.map((code) => [code, wordingOn(own, code, today)])) as Record<One, Wording>
}
