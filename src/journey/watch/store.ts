import { sql } from 'kysely'
import { dayOf } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import { isAway } from '#journey/absence/rules.ts'
import { listAbsences } from '#journey/absence/store.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { findArrangement, findDuty } from '#registers/safety-arrangement/store.ts'
import { type Watch, watchOf } from './rules.ts'

/** What somebody is to be told of. */
export type Watched = Readonly<{
  area: string
  person: string | null
  organisation: string
  /** Whether the person said it by themselves, with nobody there. */
  by_themselves: boolean
}>

/**
 * Who can be told at a moment: whoever is on duty and whoever runs the service, without those to whom the record is closed
 * and those who are away; where everybody is away, they are told all the same.
 */
export async function findWatch(db: Db, watched: Watched, at: Temporal.Instant): Promise<Watch> {
  const { area, organisation, person } = watched
  const on = dayOf(at)
  const [arrangement, duty, members, absences] = await Promise.all([
    findArrangement(db, area, on),
    findDuty(db, area, organisation, on),
    listMembers(db, area, on, [organisation]),
    listAbsences(db, area, on),
  ])
  const closed = person === null ? new Set() : await listClosedTo(db, { area, person, at })
  const away = new Set(absences.filter((one) => isAway(one, on)).map(({ member }) => member))
  const without = (gone: ReadonlySet<string>) => {
    const open = members.filter(({ id }) => !closed.has(id) && !gone.has(id))
    const able = (id: string | null | undefined) => open.find((one) => one.id === id)?.id ?? null
    const ofRole = (role: string) => open.flatMap((one) => (one.role === role ? [one.id] : []))
    return watchOf({
      cover: watched.by_themselves ? able(arrangement.cover) : null,
      ...{ lead: able(duty?.lead), deputy: able(duty?.deputy) },
      ...{ seniors: ofRole('senior-coach'), managers: ofRole('service-manager') },
    })
  }
  const present = without(away)
  return present.length > 0 ? present : without(new Set())
}

type Whose = Readonly<{ area: string; person: string; at: Temporal.Instant }>

/** Members to whom a restricted record is closed; nobody where it is not restricted. */
export async function listClosedTo(db: Db, { area, person, at }: Whose): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`select member.id from organisations.member
    where member.area = ${area} and exists (select from people.person hidden where hidden.area = ${area}
      and hidden.id = ${person} and hidden.restricted and not exists (select from people.named_access named
        where named.area = hidden.area and named.person = hidden.id and named.membership = member.id
          and (named.until_at is null or named.until_at > ${at}::timestamptz)))`.execute(db)
  return new Set(rows.map(({ id }) => id))
}
