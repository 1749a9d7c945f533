import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf, longDay } from '#platform/dates.ts'
import { stages } from '#journey/episode/rules.ts'
import { listEpisodesOf } from '#journey/episode/store.ts'
import { writtenReference } from '#journey/referral/rules.ts'

/** What the members with these ids are called, those who have left included. */
export async function listNames(
  db: Db,
  area: string,
  members: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(members.filter((member) => member !== null))]
  if (wanted.length === 0) return new Map()
  const rows = await db
    .selectFrom('organisations.member')
    .select(['id', 'name'])
    .where('area', '=', area)
    .where('id', 'in', wanted)
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** What a record holds, for whoever has to say whether two records are one person: its spells of support. */
export async function listHoldings(db: Db, actor: Actor, person: string) {
  const episodes = await listEpisodesOf(db, actor, person)
  return episodes.map(({ received_at, stage, ended_at }) => ({
    label: `Support from ${longDay(dayOf(received_at))} (${stages[stage].label.toLowerCase()})`,
    openSince: ended_at === null ? received_at : null,
  }))
}

/** Whose referral has this reference, however it was typed. Which of them may be seen, the search decides. */
export async function findByReference(db: Db, { area }: Actor, typed: string): Promise<string[]> {
  const letters = typed
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
    .replace(/^WW/, '')
  if (letters.length !== 7) return []
  const found = await db
    .selectFrom('referral.referral as referral')
    .innerJoin('referral.reference as given', (join) =>
      join.onRef('given.area', '=', 'referral.area').onRef('given.referral', '=', 'referral.id'),
    )
    .select('referral.person')
    .where('given.area', '=', area)
    .where('given.reference', '=', writtenReference(letters))
    .execute()
  return found.map(({ person }) => person)
}
