import { askOutside } from '#platform/outside/asking.ts'
import { readDocument, readList, type Reading } from '#platform/outside/lists.ts'
import { OutsideProblem } from '#platform/outside/problems.ts'
import { secondsToWait } from '#platform/outside/waiting.ts'
import { lineIn, saidIn } from '#exchange/feeds/values/rules.ts'
import { addressIn, type Feed, listNames, mostOfService, pageAddress, type Speaks, speaksIn, toldIn } from './rules.ts'

/** What was found out about a feed by asking it. */
export type FoundOut = Readonly<{ name: string; speaks: Speaks; told: number | null }>

type Ground = Readonly<{ ownNetwork: boolean; origin: string }>

/** Asks an address whether a directory is published there, in which edition, and under which name. */
export async function findOut(
  address: string,
  ground: Ground,
): Promise<FoundOut | Readonly<{ trouble: string; shown: string | null }>> {
  if (new URL(address).origin === new URL(ground.origin).origin) return { trouble: 'own-directory', shown: null }
  try {
    const about = await askAbout(address, ground)
    const first = await askFirst(address, ground)
    if (typeof first === 'string') return { trouble: first, shown: null }
    const speaks = about.version === null ? speaksIn(first.rest) : /3\.\d/.test(about.version) ? '3.0' : '1.0'
    if (speaks === undefined || !first.hasList) return { trouble: 'no-list', shown: null }
    const name = about.publisher ?? first.owner ?? new URL(address).host
    return { name: nameOf(name), speaks, told: toldIn(first.rest).told }
  } catch (cause) {
    if (cause instanceof OutsideProblem) return { trouble: cause.reason, shown: cause.shown ?? null }
    throw cause
  }
}

// Some publish under an address of their own, which is no name to read.
const nameOf = (publisher: string) => publisher.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')

const limits = { seconds: 10, bytes: 2_000_000 } as const

/** What a feed tells of itself; nothing where it has no page for that, as feeds of the older edition. */
async function askAbout(address: string, { ownNetwork }: Ground) {
  const answer = await askOutside({ address: addressIn(address, { path: '/' }), ownNetwork, ...limits })
  if (answer.status !== 200) {
    answer.leave()
    return toldIn({})
  }
  return toldIn(await readDocument(answer.body).catch(() => ({})))
}

async function askFirst(address: string, { ownNetwork }: Ground) {
  const asked = { address: pageAddress(address, 1, null, 1), ownNetwork, seconds: limits.seconds, bytes: 2 ** 30 }
  const answer = await askOutside(asked)
  if (answer.status !== 200) {
    answer.leave()
    return `status-${answer.status}`
  }
  let owner: string | null = null
  const take = async (items: readonly object[]) => {
    const [first] = items
    owner = first && 'value' in first ? lineIn(saidIn(saidIn(first.value)['organization'])['name'], 120) : null
    return items.length === 0
  }
  const found = await readList(answer.body, { names: listNames, mostOfItem: mostOfService, group: 2, take })
  answer.leave()
  return { ...found, owner }
}

/** By what a page of a feed is asked whether it has changed. */
export type Marks = Readonly<{ etag: string | null; modified: string | null }>

/** A page of a feed that was read to its end, as it was before, or not given. */
export type PageAnswer =
  | Readonly<{ came: 'whole'; told: number | null; next: string | null; isBare: boolean; marks: Marks }>
  | Readonly<{ came: 'as-before' }>
  | Readonly<{ came: 'refused'; status: number; wait: number }>

type Asking = Readonly<{ address: string; ownNetwork: boolean; marks: Marks | undefined; take: Reading['take'] }>

/** Reads one page of a feed as it comes; where it has not changed, the feed says so and sends nothing. */
export async function readFeedPage({ address, ownNetwork, marks, take }: Asking): Promise<PageAnswer> {
  const conditions = {
    ...(marks?.etag ? { 'if-none-match': marks.etag } : {}),
    ...(marks?.modified ? { 'if-modified-since': marks.modified } : {}),
  }
  const answer = await askOutside({ address, ownNetwork, headers: conditions, seconds: 1800, bytes: 2 ** 30 })
  const { status, headers } = answer
  if (status !== 200) answer.leave()
  if (status === 304 && marks) return { came: 'as-before' }
  if (status !== 200) return { came: 'refused', status, wait: secondsToWait(headers) }
  const reading = { names: listNames, mostOfItem: mostOfService, group: 100, take }
  const { rest, hasList } = await readList(answer.body, reading)
  answer.leave()
  if (!hasList) throw new OutsideProblem('no-list')
  const { told, next: named } = toldIn(rest)
  const next = named ?? /<([^>]+)>\s*;[^,]*\brel="?next"?/.exec([headers.link ?? ''].flat().join(','))?.[1]
  const link = next === undefined ? null : (URL.parse(next, answer.address)?.href ?? null)
  const given = { etag: headers.etag ?? null, modified: headers['last-modified'] ?? null }
  return { came: 'whole', told, next: link, isBare: Array.isArray(rest), marks: given }
}

/** Whether a feed gives only what changed since a moment when it is asked for that: since tomorrow nothing has. */
export async function knowsChanges(
  { address, speaks }: Feed,
  at: Readonly<{ ownNetwork: boolean; now: Temporal.Instant }>,
) {
  if (speaks === '1.0') return false
  let items = 0
  const take = async (group: readonly object[]) => {
    items += group.length
    return false
  }
  const tomorrow = pageAddress(address, 1, at.now.add({ hours: 24 }), 1)
  const asking = { address: tomorrow, ownNetwork: at.ownNetwork, marks: undefined, take }
  const answer = await readFeedPage(asking).catch(() => undefined)
  return answer?.came === 'whole' && items === 0 && answer.told === 0
}
