/** Where a system client is told, and by which of its keys that is signed. */
export type WebhookAddress = Readonly<{
  id: string
  client: string
  address: string
  /** Which key signs, and which one signs as well while the other side changes over. */
  key: number
  keyBefore: number | null
  addedAt: Temporal.Instant
}>

/**
 * The address as it was typed; undefined where nothing may be sent there. What is said goes by https and to no address with
 * a name or a password in it.
 */
export function webhookAddress(typed: string, ownNetwork: boolean): string | undefined {
  const url = URL.parse(typed.trim())
  if (!url || url.username !== '' || url.password !== '' || url.hash !== '') return undefined
  return url.protocol === 'https:' || (ownNetwork && url.protocol === 'http:') ? url.href : undefined
}

/** The numbers of the keys that sign now, the newest first. */
export const keysOf = ({ key, keyBefore }: Pick<WebhookAddress, 'key' | 'keyBefore'>): readonly number[] =>
  keyBefore === null ? [key] : [key, keyBefore]
