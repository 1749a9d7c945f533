import { paces, type Feed } from '#exchange/feeds/feed/rules.ts'

/** How a reading ended. After those that stopped nothing was marked as missing. */
export const endings = {
  done: { label: 'Read to its end', tone: 'green' },
  shrunk: { label: 'Stopped: it has far fewer services than before', tone: 'red' },
  empty: { label: 'Stopped: it is empty', tone: 'red' },
  repeats: { label: 'Stopped: it sends the same page again and again', tone: 'red' },
  'too-many': { label: 'Stopped: it has more pages than are read', tone: 'red' },
  trouble: { label: 'Stopped half-way', tone: 'red' },
  'called-off': { label: 'Called off, because the feed was paused', tone: 'grey' },
} as const

export type Ending = keyof typeof endings

/** One reading of a feed: how far it has come, and what came of it. */
export type Run = Readonly<{
  id: string
  feed: string
  kind: 'whole' | 'since'
  by: string | null
  beganAt: Temporal.Instant
  movedAt: Temporal.Instant
  endedAt: Temporal.Instant | null
  ending: Ending | null
  since: Temporal.Instant | null
  page: number
  item: number
  next: string | null
  repeated: number
  told: number | null
  tries: number
  trouble: string | null
  shown: string | null
  nextTry: Temporal.Instant | null
  knowsSince: boolean
}> &
  Counts

/** What came of the services of a feed. */
export type Counts = Readonly<Record<Count, number>>
export const counts = {
  taken: { label: 'New', hint: 'services that were not known from it' },
  changed: { label: 'Changed', hint: 'the feed says something else than before' },
  unchanged: { label: 'As before', hint: 'nothing was done' },
  disputed: { label: 'To decide', hint: 'changed here as well: what stands here stays until somebody decides' },
  refused: { label: 'Not taken', hint: 'rows that cannot be read' },
  remarked: { label: 'Taken in part', hint: 'something in them cannot be read and was left out' },
  twice: { label: 'Sent twice', hint: 'only the first was looked at' },
  missing: { label: 'Not there any more', hint: 'marked, and left as they are' },
  back: { label: 'There again', hint: 'had been missing' },
} as const
export type Count = keyof typeof counts

/** How many services a reading has dealt with. */
export const dealtWith = ({ taken, changed, unchanged, refused }: Counts) => taken + changed + unchanged + refused

/** How many pages, and how many services on one page are remembered by name. */
export const [mostPages, mostRemembered] = [10_000, 5000]

/** How many rows that were not taken whole are kept with their reasons; the others are counted. */
export const mostRowsKept = 5000

// After how many minutes a page that could not be read is asked for again.
const patience = [1, 5, 20, 60]

/** When a page is asked for again after so many tries; undefined where it is given up until somebody asks again. */
export function nextTry(tries: number, now: Temporal.Instant, asked: number): Temporal.Instant | undefined {
  const minutes = patience[tries - 1]
  // A feed may say how many seconds it wants to be left alone.
  return minutes === undefined ? undefined : now.add({ seconds: Math.max(minutes * 60, Math.min(asked, 6 * 3600)) })
}

/** What is known of a page once it was read to its end. */
export type PageRead = Readonly<{
  items: number
  fresh: number
  told: number | null
  next: string | null
  isWhole: boolean
}>

/** How many rows are new: what cannot be read is nothing new where it comes beside services that were read already. */
export const freshOf = (rows: number, { twice, refused }: Readonly<{ twice: number; refused: number }>): number =>
  rows - twice - (twice > 0 ? refused : 0)

/** What comes after a page: the next one, or the end. What a feed says of its pages is not believed: it is asked. */
export function afterPage(run: Run, read: PageRead): 'on' | 'end' | 'repeats' | 'too-many' {
  const told = read.told ?? run.told
  const hasAll = told === null || dealtWith(run) >= told
  if (read.items === 0 || read.isWhole) return 'end'
  if (run.next !== null && read.next === null) return 'end'
  // It gives more at a time than it was asked for: it knows no pages.
  if (read.items > 300 && hasAll && read.next === null) return 'end'
  if (read.fresh === 0 && hasAll) return 'end'
  if (read.fresh === 0 && run.repeated >= 1) return 'repeats'
  return run.page >= mostPages ? 'too-many' : 'on'
}

type Standing = Readonly<{ known: number; still: number }>

/** How a reading of a whole feed ends, by how much of what was known it still says. */
export function endingOf(run: Run, { known, still }: Standing, leastShare: number): Ending {
  const before = known - run.taken
  const stillOfBefore = still - run.taken
  if (before <= 0) return 'done'
  if (dealtWith(run) === 0) return 'empty'
  return (stillOfBefore / before) * 100 < leastShare ? 'shrunk' : 'done'
}

/** Whether a feed is to be read by the clock. */
export function isDue({ every, pausedAt, removedAt }: Feed, last: Run | undefined, now: Temporal.Instant): boolean {
  if (pausedAt !== null || removedAt !== null) return false
  if (!last) return true
  const next = last.beganAt.add({ hours: paces[every].hours })
  return last.endedAt !== null && Temporal.Instant.compare(next, now) <= 0
}

/** Whether a reading has stood still for so long that whatever read it must have broken down. */
export function standsStill({ movedAt, nextTry: next, endedAt }: Run, now: Temporal.Instant): boolean {
  const since = next !== null && Temporal.Instant.compare(next, movedAt) > 0 ? next : movedAt
  return endedAt === null && Temporal.Instant.compare(since.add({ minutes: 15 }), now) < 0
}

const aWeek = { hours: 7 * 24 }

/** Whether a reading that stopped is gone on with, in place of a new one. */
export function isGoneOnWith(last: Run | undefined, now: Temporal.Instant): last is Run {
  return last?.ending === 'trouble' && Temporal.Instant.compare(last.beganAt.add(aWeek), now) > 0
}

/** Since when only changes are asked for; null where all is read, as once a week at least. */
export function sinceFor(
  whole: Run | undefined,
  last: Run | undefined,
  now: Temporal.Instant,
): Temporal.Instant | null {
  if (!whole?.knowsSince || !last || Temporal.Instant.compare(whole.beganAt.add(aWeek), now) <= 0) return null
  // Clocks differ, and what was being written while it was read may be dated before.
  return last.beganAt.subtract({ hours: 1 })
}
