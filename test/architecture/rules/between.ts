import type { Fault, Rule } from '#test/architecture/fault.ts'
import type { Import, Taken } from '#test/architecture/imports.ts'
import { foreignWrites } from '#test/architecture/foreign-writes.ts'
import { isStart, type Place, placeOf } from '#test/architecture/order.ts'
import { partOf } from '#test/architecture/parts.ts'
import { type Offered, offeredBy, readingNames } from '#test/architecture/reading.ts'
import type { Source } from '#test/architecture/source.ts'
import type { Tree } from '#test/architecture/tree.ts'

/** Routes, pages, jobs and imports are private; a slice shows others its words and what can be read. */
export const onlyRulesAndStores: Rule = {
  sentence: 'from another slice only rules.ts and store.ts are used, and import.ts by the doors in exchange',
  check: (tree) => crossings(tree).flatMap(({ source, found, to }) => privateFile(source, found, to) ?? []),
}

/** Each slice writes its own facts, its parts with it; the few writes others may call are named in one list. */
export const storesAreRead: Rule = {
  sentence: "another slice's store is only read, apart from its own parts and the writes named in foreignWrites",
  check: (tree) => [...crossings(tree).flatMap((crossing) => writesCalled(tree, crossing)), ...staleNames(tree)],
}

type Crossing = Readonly<{ source: Source; found: Import; to: Place }>

/** Every import that leaves a slice for another; the platform is open to all and app.ts mounts everything. */
function crossings(tree: Tree): Crossing[] {
  return [...tree.sources.values()].flatMap((source) => {
    const from = placeOf(source.path)
    if (from === undefined || isStart(from.slice)) return []
    return source.imports.flatMap((found) => {
      const to = found.target === undefined ? undefined : placeOf(found.target)
      return to === undefined || to.slice === from.slice || to.slice === 'platform' ? [] : [{ source, found, to }]
    })
  })
}

function privateFile(source: Source, found: Import, to: Place): Fault | undefined {
  if (to.within === 'rules.ts' || to.within === 'store.ts') return undefined
  // A door brings whole batches in: it may hand each slice its rows (docs/decisions/0008-doors.md).
  if (to.within === 'import.ts' && source.path.startsWith('src/exchange/')) return undefined
  return {
    path: source.path,
    line: found.line,
    what: `imports ${to.within} of ${to.slice}, which is private to it`,
    instead: `use its rules.ts or store.ts, or link to its address`,
  }
}

function writesCalled(tree: Tree, { source, found, to }: Crossing): Fault[] {
  if (source.isTest || to.within !== 'store.ts') return []
  const at = { path: source.path, line: found.line }
  if (found.whole) {
    return [
      {
        ...at,
        what: `takes the whole store of ${to.slice}`,
        instead: 'name the functions, so that it can be seen that they read',
      },
    ]
  }
  const offered = offeredBy(tree, found.target ?? '')
  const writer = isPartOf(source, to) ? offered : new Map<string, Offered>()
  return found.names.flatMap((one) => {
    const what = mayWrite(one, writer) ? undefined : whyNot(one, found.target ?? '', offered.get(one.name))
    return what === undefined
      ? []
      : [
          {
            ...at,
            what: `${what} (store of ${to.slice})`,
            instead: 'write your own facts and let that slice read them, or ask for a line in foreignWrites',
          },
        ]
  })
}

const isPartOf = ({ path }: Source, to: Place) => partOf[placeOf(path)?.slice ?? ''] === to.slice

/** A part writes through the store of its whole; what is named as a reader must read there too. */
function mayWrite({ name }: Taken, own: ReadonlyMap<string, Offered>): boolean {
  return own.has(name) && !readingNames.test(name)
}

function whyNot({ name, typeOnly }: Taken, store: string, offered: Offered | undefined): string | undefined {
  const named = foreignWrites.some((write) => write.store === store && write.name === name)
  if (typeOnly || named || offered?.kind === 'type') return undefined
  if (offered?.writes)
    return readingNames.test(name)
      ? `calls ${name}, which is named as a reader but writes`
      : `calls ${name}, which writes`
  if (offered?.kind === 'value' || readingNames.test(name)) return undefined
  return `calls ${name}, whose name does not say that it reads`
}

/** A name left in the list after its function has gone would let a later one through unseen. */
function staleNames(tree: Tree): Fault[] {
  return foreignWrites
    .filter(({ store, name }) => tree.sources.has(store) && !offeredBy(tree, store).has(name))
    .map(({ store, name }) => ({
      path: store,
      line: 1,
      what: `has no ${name}, which foreignWrites names`,
      instead: 'take the line out of test/architecture/order.ts or give the function its name back',
    }))
}
