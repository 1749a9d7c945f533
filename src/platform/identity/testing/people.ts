import { findAccount } from '#platform/identity/accounts.ts'
import type { Memberships } from '#platform/identity/session.ts'
import type { Membership } from '#platform/identity/rules.ts'
import type { StandInPeople, StandInPerson } from '#platform/identity/stand-in.ts'
import type { National } from '#platform/identity/store.ts'

const person = (subject: string, name: string, role: string, area: string): StandInPerson => ({
  ...{ subject, name, role, area, finds: 'What somebody in this role finds.', organisation: `${area} Care` },
  email: `${subject}@example.org`,
})

/** One with a single role, one who works in two areas, and somebody nobody has given a role. */
export const priya = person('priya', 'Priya Shah', 'Work and Health Coach', 'Northmoor')
export const sam = person('sam', 'Sam Oduya', 'Service manager', 'Northmoor')
export const lee = person('lee', 'Lee Newcomer', 'No role yet', 'Southmoor')

const all = [priya, sam, lee]

export const everybody: StandInPeople = {
  list: async (search) => all.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase())),
  find: async (subject) => all.find((one) => one.subject === subject),
}

const membership = (id: number, areaName: string): Membership => ({
  membership: `018f0000-0000-7000-8000-00000000000${id}`,
  area: areaName.toLowerCase(),
  areaName,
  organisation: '018f0000-0000-7000-8000-000000000009',
  organisationName: `${areaName} Care`,
  role: 'service-manager',
  roleLabel: 'Service manager',
  from: Temporal.PlainDate.from('2026-01-01'),
  until: null,
})

export const inNorthmoor = membership(1, 'Northmoor')
export const alsoInNorthmoor = membership(2, 'Northmoor')
export const inSouthmoor = membership(3, 'Southmoor')

/** Who has which memberships, by the name of the account. */
export function membershipsIn(national: National): Memberships {
  const of: Readonly<Record<string, readonly Membership[]>> = {
    [priya.name]: [inNorthmoor],
    [sam.name]: [alsoInNorthmoor, inSouthmoor],
  }
  return async (account) => {
    const found = await national((db) => findAccount(db, account))
    return of[found?.name ?? ''] ?? []
  }
}
