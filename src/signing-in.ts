import { type Role, roles } from '#platform/access/rules.ts'
import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { isWaiting } from '#platform/identity/accounts.ts'
import type { Session } from '#platform/http/parts.ts'
import { type Memberships, sessionAnswers } from '#platform/identity/session.ts'
import type { StandInPeople, StandInPerson } from '#platform/identity/stand-in.ts'
import type { LinkPurpose } from '#platform/link/routes.tsx'
import type { Settings } from '#platform/settings.ts'
import { listEveryArea } from '#registers/areas/store.ts'
import { joining } from '#registers/joining/routes.tsx'
import { listMembershipsOf } from '#registers/membership/store.ts'
import { findActor, handOverMemberships, listMembers } from '#registers/organisations/store.ts'
import { ownSessionAnswers } from '#registers/online/store.ts'

/** The memberships under which somebody who has signed in may work today, in every area. */
export function memberships(databases: Databases): Memberships {
  return async (account, now, open) => {
    const on = dayOf(now)
    const everywhere = open ? databases.everywhereFrom(open, undefined) : databases.everywhere
    const found = (await everywhere((db) => listMembershipsOf(db, account))).flat()
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

/** How whoever was invited takes up their roles: with the account that they have signed in to. */
export function joiningHere(databases: Databases): LinkPurpose {
  return joining({
    isWaiting: (account) => databases.national((db) => isWaiting(db, account)),
    handOver: handOverMemberships,
  })
}

/** What somebody who tries the product out finds as this member. */
const finds: Readonly<Record<Role, string>> = {
  coach: 'Who needs what today, conversations, plans and follow-up of their own people.',
  'senior-coach': 'The board, new referrals, who gets which coach, and open safety concerns.',
  clinician: 'The people of their organisation, to advise on.',
  administrator: 'New referrals: who can be supported, and what is still to be asked.',
  'service-manager': 'The board, caseloads, absences, the month’s figures, and the rules of the area.',
  'area-lead': 'The month’s figures without any names, signing them, and what the area decides.',
  'council-lead': 'The months an area has signed, without any names.',
  referrer: 'What their organisation has referred, and what each person allows it to know.',
  'jobcentre-partner': 'What their Jobcentre has referred, and that it arrived.',
  'provider-lead': 'Who was sent to their service, to answer; its room, its waiting time and its own people.',
  provider: 'Who was sent to their service, to answer, and nothing else of anybody.',
  'national-team': 'The months an area has signed, without any names.',
  assessor: 'Nothing yet.',
  'finance-approver': 'Nothing yet.',
  evaluator: 'The months an area has signed, without any names.',
  'system-administrator': 'Members, organisations, settings and work that failed.',
}

// Checked: the keys of the list are its codes.
const inOrder = Object.keys(roles) as Role[]

/** Who one can sign in as in a demonstration: every member with an account, area by area. */
export function standInPeople(databases: Databases, now: () => Temporal.Instant): StandInPeople {
  const all = async (): Promise<StandInPerson[]> => {
    const areas = await listEveryArea(databases.everywhere)
    const lists = await Promise.all(
      areas.map(async ({ area, name }) => {
        const members = await databases.databaseFor(area).transaction((db) => listMembers(db, area, dayOf(now())))
        return members
          .toSorted((one, other) => inOrder.indexOf(one.role) - inOrder.indexOf(other.role))
          .map((member) => ({
            ...{ subject: member.account, name: member.name, email: member.email, area: name },
            ...{ role: roles[member.role].label, finds: finds[member.role], organisation: member.organisationName },
          }))
      }),
    )
    return lists.flat()
  }
  return {
    list: async (search) =>
      (await all()).filter(({ name, role, organisation, area }) =>
        `${name} ${role} ${organisation} ${area}`.toLowerCase().includes(search.toLowerCase()),
      ),
    find: async (subject) => (await all()).find((one) => one.subject === subject),
  }
}

/** Who is signed in at a browser: a member under one of their memberships, or a participant as themselves. */
export const signedInAnswers = (settings: Settings, databases: Databases) => ({
  ...sessionAnswers(settings, databases),
  ...ownSessionAnswers(settings.origin, databases),
  actor: async (db: Db, { account, membership, area }: Session, now: Temporal.Instant) =>
    membership && area ? findActor(db, { area, account, membership, on: dayOf(now) }) : undefined,
})
