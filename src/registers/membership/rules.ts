import { type Actor, careRoles, type Role, roles } from '#platform/access/rules.ts'

/** Who invites and changes members. */
export const inviters = ['administrator', 'service-manager', 'system-administrator'] as const

// Nobody gives more than they are answerable for: a provider's own give what a provider does, and an administrator
// makes nobody a manager.
const given: Partial<Record<Role, readonly Role[]>> = {
  'system-administrator': Object.keys(roles).map((role) => roleNamed(role)),
  'service-manager': careRoles,
  administrator: careRoles.filter((role) => role !== 'service-manager'),
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
export function givesEverywhere({ role }: Pick<Actor, 'role'>): boolean {
  return role === 'system-administrator'
}

type Held = Readonly<{ organisation: string; role: Role }>

/** Whether this member may give, change or end a role in an organisation. */
export function mayGive(actor: Pick<Actor, 'role' | 'organisation'>, { organisation, role }: Held): boolean {
  return role in rolesToGive(actor) && (givesEverywhere(actor) || organisation === actor.organisation)
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
type Change = Readonly<{ id: string; role: Role; until_on: Temporal.PlainDate | null }>

/**
 * Whether a change would leave the area without a system administrator earlier than before: nobody could then give the
 * roles of the area, nor mend it. `keepers` are those there are before the change.
 */
export function leavesNobody(keepers: readonly Keeper[], { id, role, until_on }: Change): boolean {
  const known = keepers.find((one) => one.id === id)
  if (known === undefined) return false
  const others = keepers.filter((one) => one !== known)
  const after = role === 'system-administrator' ? [...others, { id, until_on }] : others
  return lastDay(after) < lastDay(keepers)
}

// Days as text sort as days do, and what has no last day stands after all of them.
function lastDay(keepers: readonly Keeper[]): string {
  const days = keepers.map(({ until_on }) => until_on?.toString() ?? 'none')
  return days.toSorted().at(-1) ?? ''
}
