import { manyRows } from '#platform/database/bulk.ts'
import { careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { keepAlert, raiseAlert, takeAlert } from '#journey/alert/store.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { type ActBy, type Closing, type ConcernKind, lookIsDue } from './rules.ts'

/** A concern that comes from elsewhere, looked at once when it was written down and closed later or still open. */
export type TakenConcern = Readonly<{
  id: string
  episode: string
  person: string
  /** Whose people on duty are told when nobody looks at it again. */
  organisation: string
  kind: ConcernKind
  aboutOthers: boolean
  /** Whether whoever leads on duty is told of it, open as it is: it came with somebody today, not with an earlier system. */
  rings: boolean
  actBy: ActBy
  seen: string
  at: Temporal.Instant
  by: string
  looks: readonly TakenLook[]
}>

export type TakenLook = Readonly<{
  id: string
  done: string
  told: string | null
  nextOn: Temporal.PlainDate | null
  closedAs: Closing | null
  at: Temporal.Instant
}>

const columns = [
  ...(['area', 'id', 'episode', 'person', 'kind', 'about_others', 'source', 'seen'] as const),
  ...(['act_by', 'recorded_at', 'recorded_by'] as const),
] as const
const lookColumns = [
  ...(['area', 'id', 'concern', 'looked_at', 'by', 'told', 'told_at', 'done'] as const),
  ...(['next_look_on', 'closed_as'] as const),
] as const

type Taking = Readonly<{ area: string; now: Temporal.Instant }>

/**
 * Takes many concerns at once, with every look at them. One of an earlier system rings nobody: whoever wrote it down has
 * it while it is open, if they still work here, and the clock runs from the next day to look. The others are on the list
 * of those with nobody.
 */
export async function takeConcerns(db: Db, { area, now }: Taking, concerns: readonly TakenConcern[]): Promise<void> {
  if (concerns.length === 0) return
  const rows = concerns.map(({ at, by, ...concern }) => ({
    ...{ id: concern.id, episode: concern.episode, person: concern.person, kind: concern.kind, seen: concern.seen },
    ...{ about_others: concern.aboutOthers, act_by: concern.actBy, recorded_at: at, recorded_by: by },
  }))
  const looks = concerns.flatMap(({ id: concern, by, looks }) =>
    looks.map(({ nextOn, closedAs, at, ...look }) => ({
      ...{ ...look, concern, by, looked_at: at, told_at: look.told === null ? null : at },
      ...{ next_look_on: nextOn, closed_as: closedAs },
    })),
  )
  await db
    .insertInto('safety.concern')
    .columns(columns)
    .expression(manyRows('safety.concern', columns, rows, { area, source: 'staff' }))
    .execute()
  await db
    .insertInto('safety.look')
    .columns(lookColumns)
    .expression(manyRows('safety.look', lookColumns, looks, { area }))
    .execute()
  await watchOpen(db, { area, now }, concerns)
}

async function watchOpen(db: Db, { area, now }: Taking, concerns: readonly TakenConcern[]): Promise<void> {
  const open = concerns.flatMap((concern) => {
    const last = concern.looks.at(-1)
    return last?.nextOn && last.closedAs === null ? [{ ...concern, last, nextOn: last.nextOn }] : []
  })
  if (open.length === 0) return
  const members = await listMembers(db, area, dayOf(now))
  const able = new Set(members.filter(({ role }) => careRoles.some((one) => one === role)).map(({ id }) => id))
  for (const { id, person, organisation, by, actBy, last, nextOn, rings } of open) {
    const alert = { area, id, person, organisation, about: 'concern', now: actBy === 'now' } as const
    if (rings) await raiseAlert(db, { ...alert, at: now })
    else if (able.has(by)) {
      await keepAlert(db, { ...alert, at: last.at })
      await takeAlert(db, { area, id, by, at: last.at, lookOn: lookIsDue(nextOn, dayOf(now)) })
    }
  }
}
