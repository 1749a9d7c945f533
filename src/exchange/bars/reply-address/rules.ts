/** Where replies to an organisation go: the address of its door for messages, and the id of its service. */
export type ReplyAddress = Readonly<{
  id: string
  organisation: string
  organisationName: string
  odsCode: string | null
  address: string
  service: string
  addedAt: Temporal.Instant
}>

/**
 * The address of a door for messages as it was typed, without what is added to it when something is sent; undefined where
 * nothing may be sent there. What is said about a person goes by https and to no address with a name or a password in it.
 */
export function doorAddress(typed: string, ownNetwork: boolean): string | undefined {
  const url = URL.parse(typed.trim())
  if (!url || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return undefined
  if (url.protocol !== 'https:' && !(ownNetwork && url.protocol === 'http:')) return undefined
  return url.href.replace(/\/?(\$|%24)process-message\/?$/i, '').replace(/\/+$/, '')
}

/** The id of a service in the Directory of Services, as it was typed; undefined where it is none. */
export function serviceId(typed: string): string | undefined {
  const digits = typed.replaceAll(/\s/g, '')
  return /^\d{1,20}$/.test(digits) ? digits : undefined
}
