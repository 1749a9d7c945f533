import { lineIn, saidIn } from '#exchange/feeds/values/rules.ts'

/** Which edition of Open Referral UK a feed speaks. */
export type Speaks = '3.0' | '1.0'

/** How often a feed is read. */
export const paces = {
  hour: { label: 'Every hour', hours: 1 },
  day: { label: 'Every day', hours: 24 },
  week: { label: 'Every week', hours: 168 },
} as const

export type Pace = keyof typeof paces

/** The open directory of somebody else that an area reads. */
export type Feed = Readonly<{
  id: string
  version: number
  address: string
  name: string
  speaks: Speaks
  answers: string
  licence: string
  every: Pace
  leastShare: number
  addedAt: Temporal.Instant
  pausedAt: Temporal.Instant | null
  removedAt: Temporal.Instant | null
}>

/** Under which names a list of services stands. */
export const listNames = ['contents', 'content', 'items', 'services'] as const

const askedAtATime = 100
/** How large one service of a feed may be. */
export const mostOfService = 1_000_000

/** What stands around a list of services: how many it says there are, and where it says the next page is. */
export type Told = Readonly<{
  told: number | null
  next: string | null
  version: string | null
  publisher: string | null
}>

/** Reads what stands around a list, or is told at the address of a feed itself. */
export function toldIn(rest: unknown): Told {
  const said = saidIn(rest)
  const links = saidIn(said['links'] ?? said['_links'])
  const next = said['next'] ?? saidIn(links['next'])['href'] ?? links['next']
  const total = Number(said['total_items'] ?? said['totalElements'] ?? Number.NaN)
  return {
    told: Number.isInteger(total) && total >= 0 ? Math.min(total, 2_000_000_000) : null,
    next: typeof next === 'string' && next !== '' ? next : null,
    version: lineIn(said['version'], 40),
    publisher: lineIn(said['publisher'], 120) ?? lineIn(said['name'], 120) ?? lineIn(said['title'], 120),
  }
}

/** Which edition a list of services is written in, by what its envelope calls things; undefined where it is neither. */
export function speaksIn(rest: unknown): Speaks | undefined {
  const said = saidIn(rest)
  if ('total_items' in said || 'contents' in said) return '3.0'
  return 'totalElements' in said || 'content' in said ? '1.0' : undefined
}

/** The address under which a feed is known, without what differs from page to page; undefined where it is none. */
export function feedAddress(typed: string): string | undefined {
  const url = URL.parse(/^https?:\/\//i.test(typed.trim()) ? typed.trim() : `https://${typed.trim()}`)
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return undefined
  for (const name of ['page', 'per_page', 'perPage', 'full', 'modified_after']) url.searchParams.delete(name)
  url.pathname = url.pathname.replace(/\/+$/, '').replace(/\/services$/, '')
  url.hash = ''
  return url.href.replace(/\/(?=\?|$)/, '')
}

type Part = Readonly<{ path: string; query?: Readonly<Record<string, string>> }>

/** An address below that of a feed, which may itself ask for something. */
export function addressIn(feed: string, { path, query = {} }: Part): string {
  const url = new URL(feed)
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url.href
}

/** The address of one page of a feed's services; since a moment, where only what changed is asked for. */
export function pageAddress(feed: string, page: number, since: Temporal.Instant | null, size = askedAtATime): string {
  const changed = since === null ? {} : { modified_after: since.toString({ smallestUnit: 'second' }) }
  const query = { page: String(page), per_page: String(size), perPage: String(size), full: 'true', ...changed }
  return addressIn(feed, { path: '/services', query })
}

const troubles: Readonly<Record<string, string>> = {
  'not-an-address': 'It is no web address that can be called',
  'own-network': 'It leads into the network this product stands in, which is not called',
  unreachable: 'Nobody answers there',
  'broken-off': 'The answer broke off half-way',
  'too-slow': 'The answer took too long',
  'too-large': 'The answer is larger than is read',
  'too-many-redirects': 'It sends from one address to the next without an end',
  'not-json': 'It answers with something that is no list of services',
  'no-list': 'There is no list of services in what it answers',
  'own-directory': 'This is the directory of this product itself',
}

/** What went wrong when a feed was asked, in words, with the beginning of what it said where that helps. */
export function troubleInWords(trouble: string, shown: string | null = null): string {
  const status = /^status-(\d{3})$/.exec(trouble)?.[1]
  const known = status === '429' ? 'It asks to be called less often' : `It answers with the error ${status}`
  const words = status === undefined ? (troubles[trouble] ?? 'It could not be read') : known
  return shown ? `${words}. It begins with: ${shown}` : words
}
