import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import type { Stage } from '#journey/episode/rules.ts'
import { type Behind, listBehindNumber } from '#programme/breakdown/store.ts'
import { cohortsOf, releasedOf } from '#programme/correction/rules.ts'
import { type Item, items, lastDayOf, monthFrom } from '#programme/counting/rules.ts'
import { type Release, releaseOf } from '#programme/release/rules.ts'
import { asText, mayList, seesBeforeSigning, standsInside, type Version } from '#programme/return/rules.ts'
import { countReturn, listQuestions, listSigned, listVersions } from '#programme/return/store.ts'
import { findSettings } from '#registers/areas/store.ts'
import type { Route } from '#registers/organisations/rules.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import type { MonthState } from './rules.ts'

type Month = Temporal.PlainYearMonth
export type Asking = Readonly<{ db: Db; actor: Actor; today: Temporal.PlainDate }>

/** A month as a reader may see it; without what is shown where they see only what was signed, and nothing was. */
export type FoundMonth = Readonly<{
  month: Month
  signed: readonly Month[]
  shown: Readonly<{ release: Release; state: MonthState }> | undefined
}>

type Wanted = Readonly<{ asked: string | null; signed: boolean }>

/**
 * The month that was asked for: counted now for those who may see it grow, otherwise as it was signed. The rule for
 * small numbers is the one in force when the month ended, so that it is the same whenever somebody looks.
 */
export async function findMonth({ db, actor, today }: Asking, wanted: Wanted): Promise<FoundMonth | undefined> {
  const { area, role } = actor
  const [settings, months] = await Promise.all([findSettings(db, area, today), listSigned(db, area)])
  const grows = mayList(role) || seesBeforeSigning(role, settings)
  const signed = months.map(({ month }) => month)
  const month = grows || wanted.asked !== null ? monthFrom(wanted.asked, today) : (signed[0] ?? monthFrom(null, today))
  if (!month) return undefined
  const [versions, questions, then] = await Promise.all([
    listVersions(db, area, month),
    listQuestions(db, area, month),
    findSettings(db, area, lastDayOf(month)),
  ])
  const below = standsInside(role, settings) ? 0 : then.hideBelow
  const both = grows && !mayList(role)
  const newest = versions.at(-1)
  const known = {
    ...{ both, reads: !mayList(role), asBefore: [], changed: false },
    signed: newest && { version: newest.version, by: newest.signedBy, on: dayOf(newest.signedAt) },
    openQuestions: questions.filter(({ answer }) => answer === null).length,
  }
  if (grows && !(wanted.signed && both && newest)) {
    const now = await countReturn(db, actor, month, today)
    const changed = both && newest !== undefined && asText(newest.figures) !== asText(now)
    return { month, signed, shown: { release: releaseOf(now, { below }), state: { ...known, shows: 'live', changed } } }
  }
  if (!newest) return { month, signed, shown: undefined }
  const released = await findReleased(db, area, { month, versions, below })
  return {
    month,
    signed,
    shown: { release: released.release, state: { ...known, shows: 'signed', asBefore: released.asBefore } },
  }
}

type Signed = Readonly<{ month: Month; versions: readonly Version[]; below: number }>

/** A signed month as it is shown: to those inside its newest version, outside what may be told of all of them. */
async function findReleased(db: Db, area: string, { month, versions, below }: Signed) {
  const all = versions.map(({ figures }) => figures)
  const newest = all.at(-1)
  if (below <= 1 && newest) return { release: releaseOf(newest, { below }), asBefore: [] }
  const then = new Map<Item, number>()
  for (const [item, earlier] of cohortsOf(month)) {
    const before = (await listVersions(db, area, earlier)).map(({ figures }) => figures)
    const completed = releasedOf(before, { below, completedThen: () => undefined })?.figures.families.completed
    if (completed) then.set(item, completed.count)
  }
  const released = releasedOf(all, { below, completedThen: (item) => then.get(item) })
  if (!released) throw new TypeError('A signed month has a version')
  const asBefore = released.asBefore.map((item) => items[item].label)
  return { release: releaseOf(released.figures, released.shows), asBefore }
}

/** Where a page of a list ended. */
export type Place = Readonly<{ at: Temporal.Instant; id: string }>

/** How many stand behind a number, and how many of them this member may be shown: some are for the named alone. */
export async function countBehind(db: Db, actor: Actor, wanted: Behind) {
  const { rows } = await sql<{ count: number; listed: number }>`select count(*)::integer as count,
    (count(*) filter (where ${mayReachPerson(actor, 'list', 'behind.person')}))::integer as listed
    from (${listBehindNumber(actor, wanted)}) behind`.execute(db)
  return rows[0] ?? { count: 0, listed: 0 }
}

export type Listed = Readonly<{
  id: string
  episode: string
  person: string
  at: Temporal.Instant
  given_name: string
  family_name: string
  preferred_name: string | null
  received_at: Temporal.Instant
  stage: Stage
  route: Route | null
  coachName: string | null
  imported: boolean
}>

type Paged = Readonly<{ after: Place | undefined; most: number }>

/** The people behind a number, in the order in which it happened, a page at a time. */
export async function listBehind(db: Db, actor: Actor, wanted: Behind, { after, most }: Paged): Promise<Listed[]> {
  const from = after ? sql`and (behind.at, behind.id) > (${after.at}::timestamptz, ${after.id}::uuid)` : sql``
  const { rows } = await sql<Listed>`select behind.id, behind.episode, behind.person, behind.at,
      person.given_name, person.family_name, person.preferred_name,
      standing.received_at, standing.stage, standing.route, standing.imported, coach.name as "coachName"
    from (${listBehindNumber(actor, wanted)}) behind
    join episode.standing standing on standing.area = ${actor.area} and standing.episode = behind.episode
    join people.person person on person.area = ${actor.area} and person.id = behind.person
    left join organisations.member coach on coach.area = ${actor.area} and coach.id = standing.coach
    where ${mayReachPerson(actor, 'list', 'behind.person')} ${from}
    order by behind.at, behind.id limit ${most}`.execute(db)
  return rows
}
