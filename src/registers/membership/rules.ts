import { type Actor, careRoles, isOfService, ofServices, type Role, roles } from '#platform/access/rules.ts'
import type { ControllerRole } from '#registers/organisations/rules.ts'

/** Who invites and changes members. */
export const inviters = ['administrator', 'service-manager', 'system-administrator', 'provider-lead'] as const

// Nobody gives more than they are answerable for: a provider's own give what a provider does, and an administrator
// makes nobody a manager. Who works in a local service is given by the area first, and then by its lead.
const given: Partial<Record<Role, readonly Role[]>> = {
  'system-administrator': Object.keys(roles).map((role) => roleNamed(role)),
  'service-manager': [...careRoles, ...ofServices],
  administrator: [...careRoles.filter((role) => role !== 'service-manager'), ...ofServices],
  'provider-lead': ofServices,
}

function roleNamed(key: string): Role {
  // Checked: only the keys of the roles are asked for.
  return key as Role
}

/** The roles that this member may give, by their code. */
export function rolesToGive({ role }: Pick<Actor, 'role'>): Readonly<Record<string, { label: string }>> {
  return Object.fromEntries((given[role] ?? []).map((one) => [one, roles[one]]))
}

/** Whether this member gives roles in every organisation of the area, and not only in their own. */
function givesEverywhere({ role }: Pick<Actor, 'role'>): boolean {
  return role === 'system-administrator'
}

type Giver = Pick<Actor, 'role' | 'organisation'>
type Place = Readonly<{ organisation: string; dataRole: ControllerRole }>
type Held = Readonly<{ organisation: string; role: Role }>

/**
 * Whether this member gives roles in an organisation at all: in their own, and whoever looks after the area's members also
 * in one that holds no records, for its services.
 */
export function givesIn(actor: Giver, { organisation, dataRole }: Place): boolean {
  if (givesEverywhere(actor) || organisation === actor.organisation) return true
  return dataRole === 'none' && actor.role !== 'provider-lead'
}

/** Whether this member may give, change or end a role in an organisation: in another's, only those of local services. */
export function mayGive(actor: Giver, { role, ...place }: Held & Place): boolean {
  const isTheirs = givesEverywhere(actor) || place.organisation === actor.organisation
  return role in rolesToGive(actor) && givesIn(actor, place) && (isTheirs || isOfService(role))
}

type Period = Readonly<{ from_on: Temporal.PlainDate; until_on: Temporal.PlainDate | null }>
type Membership = Held & Period

/** Whether a change to one's own membership gives oneself something: another role or organisation, or more days. */
export function givesOneself(before: Membership | undefined, after: Membership): boolean {
  if (before?.organisation !== after.organisation || before.role !== after.role) return true
  const begins = Temporal.PlainDate.compare(after.from_on, before.from_on)
  return begins < 0 || isLater(after.until_on, before.until_on)
}

function isLater(day: Temporal.PlainDate | null, than: Temporal.PlainDate | null): boolean {
  if (than === null) return false
  return day === null || Temporal.PlainDate.compare(day, than) > 0
}

type Keeper = Readonly<{ id: string; until_on: Temporal.PlainDate | null }>
type Change = Readonly<{ id: string; stays: boolean; until_on: Temporal.PlainDate | null }>

/**
 * Whether a change would leave an area without a system administrator, or a local service without a lead, earlier than
 * before: nobody could then give the roles there, nor mend it. `keepers` are those there are before the change, and
 * `stays` whether whoever is changed is still one of them.
 */
export function leavesNobody(keepers: readonly Keeper[], { id, stays, until_on }: Change): boolean {
  const known = keepers.find((one) => one.id === id)
  if (known === undefined) return false
  const others = keepers.filter((one) => one !== known)
  const after = stays ? [...others, { id, until_on }] : others
  return lastDay(after) < lastDay(keepers)
}

// Days as text sort as days do, and what has no last day stands after all of them.
function lastDay(keepers: readonly Keeper[]): string {
  const days = keepers.map(({ until_on }) => until_on?.toString() ?? 'none')
  return days.toSorted().at(-1) ?? ''
}
