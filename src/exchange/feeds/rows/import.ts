import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { idFrom } from '#platform/ids.ts'
import { askOutside } from '#platform/outside/asking.ts'
import { type Item, readDocument } from '#platform/outside/lists.ts'
import { OutsideProblem } from '#platform/outside/problems.ts'
import { differingParts, type Listing } from '#registers/listing/rules.ts'
import { supportTaxonomy } from '#registers/services/rules.ts'
import { type Along, keepSeen, takeAlong, takeListings, type Taking } from '#registers/source/import.ts'
import { listKnown } from '#registers/source/store.ts'
import { addressIn, type Feed, mostOfService } from '#exchange/feeds/feed/rules.ts'
import { isShort, type Kind, readService, type Spoken } from '#exchange/feeds/spoken/rules.ts'
import { lineIn, outerIdIn, saidIn } from '#exchange/feeds/values/rules.ts'

/** A row of a feed, as whole as it is to be had: its value, or why there is none. */
export type Fetched =
  | Readonly<{ value: unknown; mark: string | null }>
  | Readonly<{ outerId: string; asBefore: true }>
  | Readonly<{ outerId: string | null; wrong: string }>

/** When a feed said last that it had changed those of which a list gives only the beginning. */
export async function listMarks(db: Db, area: string, feed: Feed, items: readonly Item[]) {
  const short = items.flatMap((one) => ('value' in one && isShort(one.value) ? saidIn(one.value)['id'] : []))
  const outerIds = short.flatMap((one) => outerIdIn(one) ?? [])
  const known = outerIds.length === 0 ? [] : await listKnown(db, area, feed.id, outerIds)
  return new Map(known.map(({ outerId, mark }) => [outerId, mark]))
}

type Fetching = Readonly<{ feed: Feed; ownNetwork: boolean; marks: ReadonlyMap<string, string | null> }>

/** Asks for each service of which the list gives only the beginning; of one that has not changed nothing is asked. */
export async function fetchWhole(items: readonly Item[], fetching: Fetching): Promise<Fetched[]> {
  const fetched: Fetched[] = []
  const atATime = 4
  for (let first = 0; first < items.length; first += atATime)
    fetched.push(...(await Promise.all(items.slice(first, first + atATime).map((item) => fetchOne(item, fetching)))))
  return fetched
}

const wrongs = {
  'too-large': 'It is larger than is read of one service',
  'not-json': 'It cannot be read as data',
} as const

async function fetchOne(item: Item, { feed, ownNetwork, marks }: Fetching): Promise<Fetched> {
  if ('wrong' in item) return { outerId: null, wrong: `${wrongs[item.wrong]}. It begins with: ${item.shown}` }
  const said = saidIn(item.value)
  const [outerId, mark] = [outerIdIn(said['id']), lineIn(said['last_modified'], 60)]
  if (outerId === null || !isShort(said)) return { value: item.value, mark }
  if (mark !== null && marks.get(outerId) === mark) return { outerId, asBefore: true }
  const address = addressIn(feed.address, { path: `/services/${encodeURIComponent(outerId)}` })
  const answer = await askOutside({ address, ownNetwork, seconds: 30, bytes: mostOfService })
  if (answer.status === 200) {
    const value = await readDocument(answer.body)
    return outerIdIn(saidIn(value)['id']) === outerId
      ? { value, mark }
      : { outerId, wrong: 'Asked for by itself, the feed gives another service' }
  }
  answer.leave()
  if (answer.status === 404 || answer.status === 410)
    return { outerId, wrong: 'It is in the list, and the feed does not have it when it is asked for by itself' }
  throw new OutsideProblem('unreachable', `${answer.status}`)
}

/** What came of some rows of a feed. */
export type Came = Readonly<{
  counts: Readonly<
    Record<'taken' | 'changed' | 'unchanged' | 'disputed' | 'refused' | 'remarked' | 'twice' | 'back', number>
  >
  rows: readonly Readonly<{
    place: number
    outerId: string | null
    name: string | null
    taken: boolean
    reason: string
  }>[]
  outerIds: readonly string[]
}>

type Group = Readonly<{ area: string; feed: Feed; seen: Temporal.Instant; at: Temporal.Instant }>
type Known = Awaited<ReturnType<typeof listKnown>>[number]

/** Takes some rows of a feed: those that can be read, each once; the others are told with their reasons. */
export async function takeGroup(db: Db, group: Group, fetched: readonly Fetched[]): Promise<Came> {
  const { area, feed, seen, at } = group
  const outerIds = [...new Set(fetched.flatMap((one) => idIn(one) ?? []))]
  const known = new Map((await listKnown(db, area, feed.id, outerIds)).map((one) => [one.outerId, one]))
  const { spoken, asBefore, rows, twice } = sorted(fetched, group, known)
  const taking: Taking = {
    ...{ area, cameFrom: 'feed', source: feed.name, note: null, by: null, at },
    ...{ key: feed.id, seen },
  }
  await takeAlong(db, taking, alongOf(spoken))
  const taken = await takeListings(db, taking, spoken)
  // What cannot be read this time is still there: it is not missing.
  const refusedIds = rows.flatMap((row) => (row.taken || row.outerId === null ? [] : [row.outerId]))
  const back = await keepSeen(db, taking, [...asBefore, ...refusedIds])
  const counts = {
    ...{ taken: taken.added.length, changed: taken.changed, unchanged: taken.unchanged + asBefore.length, twice },
    ...{ disputed: taken.disputed, back: taken.back + back, refused: rows.filter((row) => !row.taken).length },
    remarked: rows.filter((row) => row.taken).length,
  }
  return { counts, rows, outerIds }
}

const idIn = (one: Fetched) => ('value' in one ? outerIdIn(saidIn(one.value)['id']) : one.outerId)

type Told = Came['rows'][number]
type Marked = Spoken & Readonly<{ mark: string | null }>
/** What one row comes to: a service, one that is as before, one that was met already, and what is told of it. */
type Sorted = Readonly<{ spoken?: Marked; asBefore?: string; twice?: true; told?: Omit<Told, 'place'> }>

function sorted(fetched: readonly Fetched[], group: Group, known: ReadonlyMap<string, Known>) {
  const met = new Map<string, Listing | undefined>()
  for (const one of known.values())
    if (Temporal.Instant.compare(one.seenAt, group.seen) >= 0) met.set(one.outerId, one.base)
  const each = fetched.map((one): Sorted => {
    const outerId = idIn(one)
    if ('wrong' in one) return { told: { outerId, name: null, taken: false, reason: one.wrong } }
    const before = outerId === null ? undefined : known.get(outerId)
    const read = 'value' in one ? readOne(one.value, group, before) : undefined
    if (read && 'reasons' in read)
      return { told: { outerId, name: read.name, taken: false, reason: read.reasons.join('. ') } }
    const isMet = outerId !== null && met.has(outerId)
    const first = outerId === null ? undefined : met.get(outerId)
    if (outerId !== null && !isMet) met.set(outerId, read?.listing)
    if (isMet) return { twice: true, ...differing(first, read) }
    if (!read || !('value' in one)) return outerId === null ? {} : { asBefore: outerId }
    return { spoken: { ...read, mark: one.mark }, ...remarked(read) }
  })
  return {
    spoken: each.flatMap((one) => one.spoken ?? []),
    asBefore: each.flatMap((one) => one.asBefore ?? []),
    rows: each.flatMap(({ told }, place) => (told ? { ...told, place } : [])),
    twice: each.filter((one) => one.twice).length,
  }
}

function readOne(value: unknown, { feed, at }: Group, before: Known | undefined) {
  const idOf = (...words: readonly string[]) => idFrom(feed.id, ...words)
  return readService(value, { source: feed.address, today: dayOf(at), idOf, before: before?.base })
}

const inPart = (read: Spoken, reason: string): Pick<Sorted, 'told'> => ({
  told: { outerId: read.outerId, name: read.listing.name, taken: true, reason },
})
const remarked = (read: Spoken) => (read.remarks.length > 0 ? inPart(read, read.remarks.join('. ')) : {})
const differing = (first: Listing | undefined, read: Spoken | undefined) =>
  first && read && differingParts(first, read.listing).length > 0
    ? inPart(read, 'It is sent twice and differs: the first was taken')
    : {}

function alongOf(spoken: readonly Spoken[]): Along {
  const kinds = new Map(spoken.flatMap((one) => one.kinds).map((kind) => [kind.id, kind]))
  const lists = Map.groupBy(
    [...kinds.values()].filter(({ list }) => list.name !== supportTaxonomy.name),
    ({ list }) => list.id,
  )
  return {
    owners: spoken.map(({ owner }) => owner),
    locations: spoken.flatMap(({ locations }) => locations),
    kinds: [...lists.values()].flatMap((one) => listOf(one) ?? []),
  }
}

function listOf(kinds: readonly Kind[]) {
  const [first] = kinds
  return first && { list: { ...first.list, about: first.list.name }, kinds: kinds.map(({ list: _, ...kind }) => kind) }
}
