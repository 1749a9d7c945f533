import { availableParallelism } from 'node:os'

// As many at once as the machine has processors: the database works on some while others are read.
/** How many groups of rows are worked on at once. */
export const lanes = Math.max(2, Math.min(8, availableParallelism()))

type Lanes<Group> = Readonly<{
  lanes: number
  /** What knows the rows of a group again: groups that share one wait for each other, in their order. */
  keysOf: (group: Group) => readonly string[]
  work: (group: Group) => Promise<void>
}>

/** Works groups side by side, so that one is read while others are written. The first failure stops what has not begun. */
export async function inLanes<Group>(groups: AsyncIterable<Group>, { lanes, keysOf, work }: Lanes<Group>) {
  const underWay = new Map<string, Promise<void>>()
  const running = new Set<Promise<void>>()
  const failures: unknown[] = []
  for await (const group of groups) {
    while (running.size >= lanes) await Promise.race(running)
    if (failures.length > 0) break
    const keys = keysOf(group)
    const before = new Set(keys.flatMap((key) => underWay.get(key) ?? []))
    const run: Promise<void> = Promise.all(before)
      .then(() => (failures.length > 0 ? undefined : work(group)))
      .catch((cause: unknown) => void failures.push(cause))
      .finally(() => {
        running.delete(run)
        for (const key of keys) if (underWay.get(key) === run) underWay.delete(key)
      })
    running.add(run)
    for (const key of keys) underWay.set(key, run)
  }
  await Promise.all(running)
  if (failures.length > 0) throw failures[0]
}

const metAnother = ['23505', '40P01', '40001']

/** Tries once more what met another's rows: what the other one took is known by then. */
export async function onceMore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && metAnother.includes(String(cause.code)))) throw cause
    return work()
  }
}

/** Rows in groups of a size. */
export async function* inGroups<Row>(rows: AsyncIterable<Row>, size: number): AsyncGenerator<Row[]> {
  let group: Row[] = []
  for await (const row of rows) {
    group.push(row)
    if (group.length < size) continue
    yield group
    group = []
  }
  if (group.length > 0) yield group
}
