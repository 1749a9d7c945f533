import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { isLookedAfterBy } from '#journey/looking-after/store.ts'
import { concealed } from '#journey/safety/rules.ts'
import { concernColumns, isToldOf, readConcernsFor } from '#journey/safety/store.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import { type ConcernFilter, pageLength } from './rules.ts'

/**
 * The concerns that are open, those to be looked at first on top: all that this actor reaches, or those about people whom
 * some coaches look after, and those that this actor has. A restricted one says neither its kind nor its words.
 */
export async function listOpenConcerns(db: Db, actor: Actor, coaches?: readonly string[]) {
  const all = readConcernsFor(db, actor, 'list')
  const wanted = coaches ? all.where(isTheirs(actor, coaches)) : all
  const rows = await wanted
    .select([...concernColumns, isToldOf(actor).as('told')])
    .where('look.closed_as', 'is', null)
    .orderBy('look.next_look_on')
    .orderBy('concern.id')
    .execute()
  return rows.map((row) => concealed(row, actor))
}

function isTheirs({ area, membership }: Actor, coaches: readonly string[]) {
  const looked = isLookedAfterBy(area, coaches, 'concern.episode')
  return sql<boolean>`(${looked} or alert.owner = ${membership} and alert.next_at is not null)`
}

type Page = Readonly<{ filter: ConcernFilter; page: number; today: Temporal.PlainDate }>

/** A page of the concerns that this actor reaches, narrowed down: the open ones to be looked at first on top. */
export async function listConcernsWhere(db: Db, actor: Actor, { filter, page, today }: Page) {
  const { state, owner, kind } = filter
  const rows = await readConcernsFor(db, actor, 'list')
    .select([...concernColumns, isToldOf(actor).as('told')])
    .$if(state !== 'all', (query) => query.where('look.closed_as', state === 'open' ? 'is' : 'is not', null))
    .$if(owner === 'mine', (query) => query.where('alert.owner', '=', actor.membership))
    .$if(owner === 'nobody', (query) =>
      query.where('alert.next_at', 'is not', null).where('alert.heard_at', 'is', null),
    )
    .$if(owner === 'without', (query) => query.where('look.closed_as', 'is', null).where(isWithNobody(today)))
    .$if(owner === 'late', (query) => query.where('look.next_look_on', '<', today))
    .$if(kind !== null, (query) => query.where('concern.kind', '=', kind ?? '').where(isReadableBy(actor)))
    .orderBy(sql`look.closed_as is not null`)
    .orderBy('look.next_look_on')
    .orderBy('concern.id', 'desc')
    .offset((page - 1) * pageLength)
    .limit(pageLength + 1)
    .execute()
  return rows.map((row) => concealed(row, actor))
}

// Nobody was ever told of it, or whoever had it works here no longer.
function isWithNobody(today: Temporal.PlainDate) {
  return sql<boolean>`not exists (select from organisations.member owner where owner.area = alert.area
    and owner.id = alert.owner and owner.from_on <= ${today}::date
    and (owner.until_on is null or owner.until_on > ${today}::date))`
}

/** Looking for one kind finds nothing of which the reader may not know the kind. */
function isReadableBy(actor: Actor) {
  if (actor.role === 'senior-coach' || actor.role === 'service-manager') return sql<boolean>`true`
  return sql<boolean>`(concern.recorded_by = ${actor.membership} or ${isToldOf(actor)}
    or not (concern.about_others or concern.kind = 'domestic-abuse'))`
}

export type OpenConcerns = Readonly<{ open: number; unheard: number; without: number }>

/** How many concerns are open among the people this actor reaches: nobody has said that they have some, some are with nobody. */
export async function countOpenConcerns(db: Db, actor: Actor, today: Temporal.PlainDate): Promise<OpenConcerns> {
  return db
    .selectFrom('safety.concern as concern')
    .leftJoin('alert.alert as alert', (join) =>
      join.onRef('alert.area', '=', 'concern.area').onRef('alert.id', '=', 'concern.id'),
    )
    .select([
      sql<number>`count(*)::integer`.as('open'),
      sql<number>`count(*) filter (where alert.next_at is not null and alert.heard_at is null)::integer`.as('unheard'),
      sql<number>`count(*) filter (where ${isWithNobody(today)})::integer`.as('without'),
    ])
    .where('concern.area', '=', actor.area)
    .where(mayReachPerson(actor, 'list', 'concern.person'))
    .where(
      sql<boolean>`(select look.closed_as from safety.look where look.area = concern.area and look.concern = concern.id
        order by look.id desc limit 1) is null`,
    )
    .executeTakeFirstOrThrow()
}
