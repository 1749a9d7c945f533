import type { Role } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf, momentAt } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import { takeMeeting } from '#journey/availability/import.ts'
import { takeActivities } from '#journey/support/log/import.ts'
import { chanceFrom } from '#exchange/population/invented/rules.ts'
import { otherWorkIn, usualHours, venuesIn } from './rules.ts'

type Working = Readonly<{
  area: string
  name: string
  seed: number
  fromOn: Temporal.PlainDate
  staff: readonly Readonly<{ id: string; post: Readonly<{ role: Role }> }>[]
}>

/** When the coaches of a made-up area can be met and where, and what else they did in the last weeks. */
export async function takeWeeks(db: Db, working: Working, now: Temporal.Instant): Promise<void> {
  const coaches = working.staff.filter(({ post }) => post.role === 'coach').map(({ id }) => id)
  await takeHours(db, working, coaches)
  await takeOtherWork(db, working, coaches, now)
}

async function takeHours(db: Db, { area, name, fromOn, staff }: Working, coaches: readonly string[]): Promise<void> {
  const by = staff.find(({ post }) => post.role === 'service-manager')?.id
  if (by === undefined) return
  const venues = venuesIn(name).map((venue) => ({ ...venue, id: newId() }))
  const hours = coaches.flatMap((member, place) =>
    usualHours(place).map(({ venue, ...usual }) => ({
      ...{ ...usual, id: newId(), member, fromOn },
      venue: venue === null ? null : (venues[venue]?.id ?? null),
    })),
  )
  await takeMeeting(db, { area, by, at: momentAt(fromOn, '09:00'), venues, hours })
}

async function takeOtherWork(
  db: Db,
  { area, seed }: Working,
  coaches: readonly string[],
  now: Temporal.Instant,
): Promise<void> {
  const chance = chanceFrom(seed)
  const today = dayOf(now)
  const monday = today.subtract({ days: today.dayOfWeek - 1 })
  const work = coaches.flatMap((member) =>
    Array.from({ length: 12 }, (_, weeks) => monday.subtract({ weeks: weeks + 1 })).flatMap((week) =>
      otherWorkIn(chance).map(({ dayOfWeek, ...one }) => {
        const on = week.add({ days: dayOfWeek })
        return { ...one, id: newId(), member, on, note: null, at: momentAt(on, '16:30') }
      }),
    ),
  )
  await takeActivities(db, area, work)
}
