import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import { addJob, callOffJob } from '#platform/jobs/jobs.ts'
import { raiseAlert, settleAlert } from '#journey/alert/store.ts'
import { findNameOf } from '#journey/timeline/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import type { Outing, Word } from './rules.ts'

/** Outings with what was heard last, and with whom where this actor may know. */
function outings(db: Db, actor: Actor) {
  return db
    .selectFrom('outing.outing as outing')
    .leftJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'outing.area').onRef('person.id', '=', 'outing.person'),
    )
    .select(['outing.id', 'outing.member', 'outing.place', 'outing.with_whom', 'outing.phone', 'outing.leaves_at'])
    .select(['outing.person', 'person.given_name', 'person.family_name', 'person.preferred_name'])
    .select([findNameOf(actor.area, 'outing.member').as('memberName'), mayReachPerson(actor, 'open').as('reachable')])
    .select(
      sql<Temporal.Instant>`coalesce((select word.back_by from outing.word where word.area = outing.area
        and word.outing = outing.id and word.kind = 'later' order by word.id desc limit 1), outing.back_by)`.as(
        'back_by',
      ),
    )
    .select(
      sql<Exclude<Word, 'later'> | null>`(select word.kind from outing.word where word.area = outing.area
        and word.outing = outing.id and word.kind <> 'later' order by word.id desc limit 1)`.as('ended'),
    )
    .where('outing.area', '=', actor.area)
    .where(sql<boolean>`outing.organisation = any(${[...actor.organisations]}::uuid[])`)
}

type Row = Awaited<ReturnType<ReturnType<typeof outings>['execute']>>[number]

// Whoever may not open a record learns neither whose it is nor where they live: the place is hidden with the name.
function shown({ given_name: given, family_name: family, reachable, ...row }: Row): Outing {
  const open = row.person === null || reachable
  const called =
    given !== null && family !== null ? calledName({ ...row, given_name: given, family_name: family }) : null
  return {
    ...{ id: row.id, member: row.member, memberName: row.memberName, phone: row.phone, withWhom: row.with_whom },
    ...{ leavesAt: row.leaves_at, backBy: row.back_by, ended: row.ended },
    ...{ person: open ? row.person : null, personName: open ? called : 'Somebody whose record is restricted' },
    place: open ? row.place : 'Ask the service manager',
  }
}

/** The outings of an organisation's members that are not over, and those of the last day, the first to be back on top. */
export async function listOutings(db: Db, actor: Actor, since: Temporal.Instant): Promise<Outing[]> {
  const rows = await outings(db, actor)
    .where((is) => is.or([is('outing.back_by', '>=', since), isStillOut()]))
    .orderBy('outing.back_by')
    .orderBy('outing.id')
    .limit(200)
    .execute()
  return rows.map(shown)
}

const isStillOut = () =>
  sql<boolean>`not exists (select from outing.word where word.area = outing.area and word.outing = outing.id
    and word.kind <> 'later')`

/** One outing of an organisation's members. */
export async function findOuting(db: Db, actor: Actor, id: string): Promise<Outing | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  const row = await outings(db, actor).where('outing.id', '=', id).executeTakeFirst()
  return row && shown(row)
}

export type NewOuting = Readonly<{
  area: string
  id: string
  organisation: string
  member: string
  person: string | null
  place: string
  withWhom: string | null
  phone: string | null
  leavesAt: Temporal.Instant
  backBy: Temporal.Instant
  at: Temporal.Instant
}>

const keyOf = (area: string, id: string) => `outing:${area}:${id}`

/** Writes down an outing; the job that looks whether they are back is there until somebody says so. */
export async function saveOuting(db: Db, outing: NewOuting): Promise<void> {
  const { area, id, organisation, member, person, place, phone, backBy } = outing
  const saved = await db
    .insertInto('outing.outing')
    .values({
      ...{ area, id, organisation, member, person, place, phone, with_whom: outing.withWhom },
      ...{ leaves_at: outing.leavesAt, back_by: backBy, said_at: outing.at },
    })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (saved) await addJob(db, 'outing.overdue', { area, outing: id }, { runAt: backBy, key: keyOf(area, id) })
}

type Heard = Readonly<{ area: string; id: string; by: string; at: Temporal.Instant }>

/** Writes down what was heard of somebody who is out: they are back, are later, or did not go. */
export async function saveWord(
  db: Db,
  { area, id, by, at }: Heard,
  said: Readonly<{ kind: 'later'; backBy: Temporal.Instant }> | Readonly<{ kind: 'back' | 'called-off' }>,
): Promise<void> {
  const backBy = said.kind === 'later' ? said.backBy : null
  await db
    .insertInto('outing.word')
    .values({ area, id: newId(), outing: id, kind: said.kind, back_by: backBy, by, at })
    .execute()
  await settleAlert(db, { area, id, at })
  if (backBy === null) await callOffJob(db, keyOf(area, id))
  else await addJob(db, 'outing.overdue', { area, outing: id }, { runAt: backBy, key: keyOf(area, id) })
}

/** The time has come at which somebody was to be back: whoever is on duty is told, unless they are. */
export async function tellOverdue(db: Db, area: string, id: string, at: Temporal.Instant): Promise<void> {
  const outing = await db
    .selectFrom('outing.outing as outing')
    .select(['outing.organisation', 'outing.person'])
    .where('outing.area', '=', area)
    .where('outing.id', '=', id)
    .where(isStillOut())
    .executeTakeFirst()
  if (!outing) return
  await raiseAlert(db, { area, id, about: 'outing', ...outing, now: true, at })
}
