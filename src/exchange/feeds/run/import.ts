import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { writeEntry } from '#platform/journal/journal.ts'
import type { Item } from '#platform/outside/lists.ts'
import { OutsideProblem } from '#platform/outside/problems.ts'
import { keepMissing, keepSeen } from '#registers/source/import.ts'
import { countStanding, listKnown } from '#registers/source/store.ts'
import { knowsChanges, readFeedPage } from '#exchange/feeds/feed/import.ts'
import { type Feed, pageAddress } from '#exchange/feeds/feed/rules.ts'
import { findFeed } from '#exchange/feeds/feed/store.ts'
import { type Came, fetchWhole, listMarks, takeGroup } from '#exchange/feeds/rows/import.ts'
import { lookForTwins } from '#exchange/feeds/twins/store.ts'
import * as rules from './rules.ts'
import * as store from './store.ts'

/** Where a reading is done: which databases, and whether the own network may be called. */
export type Ground = Readonly<{ databases: Databases; ownNetwork: boolean }>
type At = Readonly<{ area: string; run: string; now: Temporal.Instant }>

type Beginning = Readonly<{ area: string; feed: string; by: string | null; now: Temporal.Instant }>

/** Begins to read a feed, or goes on with a reading that stopped half-way; nothing where one is under way. */
export async function beginRun(db: Db, { area, feed, by, now }: Beginning): Promise<void> {
  const [last] = await store.listRuns(db, area, feed, 1)
  if (rules.isGoneOnWith(last, now)) {
    await store.reopenRun(db, { area, id: last.id }, now)
    return goOnLater(db, { area, run: last.id })
  }
  const whole = await store.findLastDone(db, area, feed, 'whole')
  const done = await store.findLastDone(db, area, feed)
  // Whoever asks for it by hand wants all of it looked at.
  const since = by === null ? rules.sinceFor(whole, done, now) : null
  const id = newId()
  if (await store.saveRun(db, { area, id, feed, by, at: now, since })) await goOnLater(db, { area, run: id })
}

/** Has a reading gone on with; asked for again, it replaces what waits. */
export async function goOnLater(db: Db, { area, run }: Omit<At, 'now'>, runAt?: Temporal.Instant): Promise<void> {
  await addJob(db, 'feeds.read', { area, run }, { key: `feeds.read:${run}`, ...(runAt ? { runAt } : {}) })
}

/** Reads on where a reading has come to, page after page, each group of services in a transaction of its own. */
export async function readOn(ground: Ground, at: At): Promise<void> {
  const inArea = <T>(work: (db: Db) => Promise<T>) => ground.databases.databaseFor(at.area).transaction(work)
  const pagesInARow = 20
  for (let page = 0; page < pagesInARow; page += 1) {
    const found = await inArea((db) => findState(db, at))
    if (found === undefined) return
    try {
      await readPage(ground, at, found)
    } catch (cause) {
      if (cause instanceof Overtaken) return
      if (!(cause instanceof OutsideProblem || cause instanceof Refusal)) throw cause
      return inArea((db) => keepTrouble(db, at, found, cause))
    }
  }
  await inArea((db) => goOnLater(db, at))
}

class Refusal extends Error {
  readonly wait: number
  constructor(status: number, wait: number) {
    super(`status-${status}`)
    this.wait = wait
  }
}

type State = Readonly<{ feed: Feed; run: rules.Run; address: string; known: store.KnownPage | undefined }>

/** Where a reading stands; undefined where nothing of it is left to be done. */
async function findState(db: Db, { area, run: id, now }: At): Promise<State | undefined> {
  const run = await store.findRunToMove(db, area, id)
  const feed = run && (await findFeed(db, area, run.feed))
  if (!run || !feed || run.endedAt !== null) return undefined
  if (feed.pausedAt !== null || feed.removedAt !== null) {
    await store.endRun(db, { area, id }, { ending: 'called-off', at: now })
    return undefined
  }
  const address = run.next ?? pageAddress(feed.address, run.page, run.since)
  const known = run.kind === 'whole' && run.item === 0 ? await store.findPage(db, area, feed.id, address) : undefined
  return { feed, run, address, known }
}

type Inside = <T>(work: (db: Db) => Promise<T>) => Promise<T>
const insideOf =
  ({ databases }: Ground, { area }: At): Inside =>
  (work) =>
    databases.databaseFor(area).transaction(work)

async function readPage(ground: Ground, at: At, state: State): Promise<void> {
  const { run, address, known } = state
  const inArea = insideOf(ground, at)
  const outerIds: string[] = []
  let [fresh, items] = [run.item, run.item]
  const take = async (group: readonly Item[], first: number): Promise<boolean> => {
    const left = group.slice(Math.max(0, run.item - first))
    if (left.length === 0) return true
    const came = await takeItems(ground, at, { state, items: left, first: items })
    items += left.length
    fresh += rules.freshOf(left.length, came.counts)
    if (outerIds.length <= rules.mostRemembered) outerIds.push(...came.outerIds)
    // A page that begins with a hundred services that were read already is one that was read already.
    return fresh > 0
  }
  const answer = await readFeedPage({ address, ownNetwork: ground.ownNetwork, marks: known, take })
  if (answer.came === 'as-before' && known) return inArea((db) => leavePage(db, at, state, known))
  if (answer.came === 'refused') {
    const isOver = run.page > 1 && (answer.status === 404 || answer.status === 410)
    if (!isOver) throw new Refusal(answer.status, answer.wait)
    return endPage(ground, at, { run, read: { items: 0, fresh: 0, told: null, next: null, isWhole: false } })
  }
  if (answer.came !== 'whole') return
  const { told, next, isBare, marks } = answer
  const isKept = run.kind === 'whole' && run.item === 0 && outerIds.length <= rules.mostRemembered
  if (isKept && (marks.etag !== null || marks.modified !== null)) {
    const page = { ...marks, next, told, outerIds, area: at.area, feed: run.feed, address }
    await inArea((db) => store.savePage(db, page))
  }
  await endPage(ground, at, { run, read: { items, fresh, told, next, isWhole: isBare } })
}

type Taken = Readonly<{ state: State; items: readonly Item[]; first: number }>

/** Takes some rows of a page, with what is asked for beside them, and moves the reading on in the same transaction. */
async function takeItems(ground: Ground, at: At, { state: { feed, run }, items, first }: Taken): Promise<Came> {
  const { area, run: id, now } = at
  const inArea = insideOf(ground, at)
  const marks = await inArea((db) => listMarks(db, area, feed, items))
  const fetched = await fetchWhole(items, { feed, ownNetwork: ground.ownNetwork, marks })
  return inArea(async (db) => {
    const held = await holdAt(db, { area, id }, { page: run.page, item: first })
    const came = await takeGroup(db, { area, feed, seen: run.beganAt, at: now }, fetched)
    const before = rules.dealtWith(held) + held.twice
    const rows = came.rows.map(({ place, ...row }) => ({ ...row, number: before + place + 1, page: run.page }))
    if (held.refused + held.remarked < rules.mostRowsKept) await store.saveRows(db, { area, id }, rows)
    await store.moveRun(db, { area, id }, { to: { item: first + items.length }, came: came.counts, at: now })
    return came
  })
}

/** Somebody else reads the same, and has come further: this one leaves it to them. */
class Overtaken extends Error {}

async function holdAt(
  db: Db,
  of: Readonly<{ area: string; id: string }>,
  at: Readonly<{ page: number; item: number }>,
) {
  const run = await store.findRunToMove(db, of.area, of.id)
  if (run?.endedAt !== null || run.page !== at.page || run.item !== at.item) throw new Overtaken()
  return run
}

/** A page that has not changed: its services stand in it as before. */
async function leavePage(db: Db, { area, run: id, now }: At, { feed, run }: State, known: store.KnownPage) {
  await holdAt(db, { area, id }, run)
  const back = await keepSeen(db, { area, key: feed.id, seen: run.beganAt }, known.outerIds)
  const { length: unchanged } = await listKnown(db, area, feed.id, known.outerIds)
  const to = { page: run.page + 1, item: 0, next: known.next, repeated: 0, told: known.told ?? run.told }
  await store.moveRun(db, { area, id }, { to, came: { unchanged, back }, at: now })
}

type Over = Readonly<{ run: rules.Run; read: rules.PageRead }>

/** Sees to what comes after a page: the next one, or the end of the reading. */
async function endPage(ground: Ground, at: At, { run: { page, item }, read }: Over): Promise<void> {
  const { area, run: id, now } = at
  const inArea = insideOf(ground, at)
  const after = await inArea(async (db) => {
    const held = await holdAt(db, { area, id }, { page, item: read.items === 0 ? item : read.items })
    const after = rules.afterPage(held, read)
    const repeated = read.fresh === 0 ? held.repeated + 1 : 0
    const to = { page: page + 1, item: 0, next: read.next, repeated, told: read.told ?? held.told }
    if (after === 'on') await store.moveRun(db, { area, id }, { to, came: {}, at: now })
    return after
  })
  if (after === 'on') return
  await endReading(ground, at, after)
}

/** Ends a reading: what a whole one did not meet is marked as missing, unless there is too little of it to believe. */
async function endReading(ground: Ground, at: At, why: 'end' | 'repeats' | 'too-many'): Promise<void> {
  const { area, run: id, now } = at
  const knowsSince = await asksForChanges(ground, at)
  await insideOf(
    ground,
    at,
  )(async (db) => {
    const run = await store.findRunToMove(db, area, id)
    const feed = run && (await findFeed(db, area, run.feed))
    if (!run || !feed || run.endedAt !== null) return
    const brought = { area, feed: feed.id, since: run.beganAt, at: now, today: dayOf(now) }
    if (run.taken > 0) await lookForTwins(db, brought)
    const standing = await countStanding(db, { area, source: feed.id, seen: run.beganAt })
    const whole = run.kind === 'whole' ? rules.endingOf(run, standing, feed.leastShare) : 'done'
    const ending = why === 'end' ? whole : why
    const isMarked = ending === 'done' && run.kind === 'whole'
    const missing = isMarked ? await keepMissing(db, { area, key: feed.id, seen: run.beganAt, at: now }) : 0
    await store.endRun(db, { area, id }, { ending, at: now, missing, knowsSince })
    const { taken, changed, unchanged, disputed, refused } = run
    const codes = { run: id, ending, taken, changed, unchanged, disputed, refused, missing }
    writeEntry(db, {
      area,
      by: undefined,
      happening: { kind: 'act', what: 'feed.read', subject: feed.id, codes },
      at: now,
    })
  })
}

/** Whether the feed of a reading can be asked for changes alone, as those who know that can. */
async function asksForChanges(ground: Ground, at: At): Promise<boolean> {
  const state = await insideOf(ground, at)((db) => findState(db, at))
  if (state?.run.kind !== 'whole') return false
  return knowsChanges(state.feed, { ownNetwork: ground.ownNetwork, now: at.now })
}

/** A page that could not be read: it is asked for again later, and after some tries when somebody or the clock asks. */
async function keepTrouble(db: Db, { area, run: id, now }: At, found: State, cause: OutsideProblem | Refusal) {
  const run = await store.findRunToMove(db, area, id)
  if (!run || run.endedAt !== null) return
  const tries = run.page === found.run.page && run.item === found.run.item ? run.tries : 0
  const [trouble, shown] =
    cause instanceof Refusal ? [cause.message, null] : [cause.reason, cause.shown?.slice(0, 200) ?? null]
  const next = rules.nextTry(tries + 1, now, cause instanceof Refusal ? cause.wait : 0)
  await store.saveTrouble(db, { area, id }, { trouble, shown, nextTry: next ?? null, at: now })
  if (next) return goOnLater(db, { area, run: id }, next)
  await store.endRun(db, { area, id }, { ending: 'trouble', at: now })
  const codes = { run: id, ending: 'trouble', trouble, page: run.page }
  writeEntry(db, {
    area,
    by: undefined,
    happening: { kind: 'act', what: 'feed.read', subject: run.feed, codes },
    at: now,
  })
}

type Accepting = Readonly<{ area: string; run: rules.Run; feed: Feed; now: Temporal.Instant }>

/** Marks what a feed does not have any more, because somebody has looked; nothing where it was read again since. */
export async function acceptShrinking(db: Db, { area, run, feed, now: at }: Accepting): Promise<number | undefined> {
  const [last] = await store.listRuns(db, area, feed.id, 1)
  if (last?.id !== run.id || (run.ending !== 'shrunk' && run.ending !== 'empty')) return undefined
  const missing = await keepMissing(db, { area, key: feed.id, seen: run.beganAt, at })
  await store.saveAccepted(db, { area, id: run.id }, missing)
  return missing
}
