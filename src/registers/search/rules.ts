import { nhsNumber } from '#registers/people/rules.ts'

/** How many people a search shows at most: who has to read more narrows it down instead. */
export const most = 50

/** What somebody looks for: a number or an address is matched whole, anything else by the beginnings of its words. */
export type Wanted = Readonly<{ nhsNumber?: string; meansKey?: string; name?: string }>

/** What was typed, as what it is. Ten digits may be an NHS number or a phone number without its nought, so they are both. */
export function wantedIn(typed: string): Wanted {
  const text = typed.trim()
  if (text.includes('@')) return { meansKey: text.toLowerCase() }
  const digits = text.replaceAll(/[\s()+.-]/g, '')
  if (!/^\d+$/.test(digits)) return { name: text }
  const number = nhsNumber(digits)
  return {
    ...(number === undefined ? {} : { nhsNumber: number }),
    ...(digits.length >= 10 ? { meansKey: digits.slice(-10) } : {}),
  }
}

/** Why nobody can be looked for by this; undefined when somebody can. */
export function reasonNotToSearch(typed: string): string | undefined {
  const { name, ...exact } = wantedIn(typed)
  if (Object.keys(exact).length > 0) return undefined
  if (name === undefined) return 'Enter the whole number: 10 digits of an NHS number, or a phone number'
  const letters = name.match(/\p{L}/gu)?.length ?? 0
  return letters >= 2 ? undefined : 'Enter at least 2 letters of a name'
}

/** Somebody who was found, with what tells people of one name apart. */
export type Found = Readonly<{
  id: string
  given_name: string
  family_name: string
  preferred_name: string | null
  born_on: Temporal.PlainDate
  postcode: string | null
  restricted: boolean
}>
