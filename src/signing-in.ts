import { roles } from '#platform/access/rules.ts'
import type { Databases } from '#platform/database/router.ts'
import { dayOf } from '#platform/dates.ts'
import type { Memberships } from '#platform/identity/rules.ts'
import type { StandInPeople, StandInPerson } from '#platform/identity/stand-in.ts'
import { listAreas } from '#registers/areas/store.ts'
import { listMembers, listMembershipsOf } from '#registers/organisations/store.ts'

/** The memberships under which somebody who has signed in may work today, in every area. */
export function memberships(databases: Databases): Memberships {
  return async (account, now) => {
    const on = dayOf(now)
    const found = (await databases.everywhere((db) => listMembershipsOf(db, account))).flat()
    return found
      .filter(
        ({ from_on, until_on }) =>
          Temporal.PlainDate.compare(from_on, on) <= 0 && (!until_on || Temporal.PlainDate.compare(until_on, on) > 0),
      )
      .map((row) => ({
        membership: row.membership,
        area: row.area,
        areaName: row.area_name,
        organisation: row.organisation,
        organisationName: row.organisation_name,
        role: row.role,
        roleLabel: roles[row.role].label,
        from: row.from_on,
        until: row.until_on,
      }))
  }
}

/** Who one can sign in as in a demonstration: every member with an account, area by area. */
export function standInPeople(databases: Databases, now: () => Temporal.Instant): StandInPeople {
  const all = async (): Promise<StandInPerson[]> => {
    const areas = await databases.national(listAreas)
    const lists = await Promise.all(
      areas.map(async ({ area, name }) => {
        const members = await databases.databaseFor(area).transaction((db) => listMembers(db, area, dayOf(now())))
        return members.map((member) => ({
          subject: member.account,
          name: member.name,
          detail: `${roles[member.role].label}, ${member.organisationName}`,
          area: name,
          email: member.email,
        }))
      }),
    )
    return lists.flat()
  }
  return {
    list: async (search) =>
      (await all()).filter((one) =>
        `${one.name} ${one.detail} ${one.area}`.toLowerCase().includes(search.toLowerCase()),
      ),
    find: async (subject) => (await all()).find((one) => one.subject === subject),
  }
}
