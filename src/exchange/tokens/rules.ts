import { type Scope, scopes } from '#registers/clients/rules.ts'

/** How long a token holds. RFC 6749 leaves it open; SMART Backend Services 2.1 says no more than five minutes. */
export const tokenSeconds = 300

/** What a token allows: what was asked for, or all that the system may where it does not say. Undefined where it may not all. */
export function scopesFor(asked: string | undefined, allowed: readonly Scope[]): readonly Scope[] | undefined {
  if (asked === undefined) return allowed
  const wanted = asked.split(' ').filter((one) => one !== '')
  const known = allowed.filter((one) => wanted.includes(one))
  return known.length === new Set(wanted).size && known.length > 0 ? known : undefined
}

/** What is said where a system asks for more than it may. */
export const notAllowed = `The system may not do all that it asks for. The scopes here are ${Object.keys(scopes).join(' and ')}`
