import type { Fault } from '#test/architecture/fault.ts'
import { placeOf } from '#test/architecture/order.ts'
import { touchesIn } from '#test/architecture/sql.ts'
import { productSources, type Tree } from '#test/architecture/tree.ts'

/** What the rules were shown. */
export type Seen = Readonly<{
  files: number
  platform: number
  imports: number
  functions: number
  queries: number
  stores: number
}>

/** Counts what was seen, so that a check that looked at nothing cannot say that all is well. */
export function seenIn(tree: Tree): Seen {
  const sources = productSources(tree)
  return {
    files: sources.length,
    platform: sources.filter(({ path }) => placeOf(path)?.slice === 'platform').length,
    imports: sources.reduce((sum, { imports }) => sum + imports.length, 0),
    functions: sources.reduce(
      (sum, source) => sum + source.all('FunctionDeclaration', 'ArrowFunctionExpression').length,
      0,
    ),
    queries: sources.reduce((sum, source) => sum + touchesIn(source).length, 0),
    stores: sources.filter(({ path }) => path.endsWith('/store.ts')).length,
  }
}

/** Where the product is smaller than any product could be: the floors grow with what is there. */
export function notSeen(tree: Tree): Fault[] {
  const seen = seenIn(tree)
  const floors: readonly (readonly [keyof Seen, number])[] = [
    ['platform', 21],
    ['files', 25],
    ['imports', seen.files],
    ['functions', seen.files],
    ['queries', Math.max(10, seen.stores)],
  ]
  const blind = floors.filter(([kind, floor]) => seen[kind] < floor)
  return [
    ...blind.map(([kind, floor]) => unseen('src', `shows ${seen[kind]} ${kind} where at least ${floor} must be`)),
    ...emptyStores(tree).map((path) => unseen(path, 'is a store in which no SQL was seen')),
  ]
}

function emptyStores(tree: Tree): string[] {
  return productSources(tree)
    .filter((source) => source.path.endsWith('/store.ts') && touchesIn(source).length === 0)
    .map(({ path }) => path)
}

function unseen(path: string, what: string): Fault {
  return {
    path,
    line: 1,
    what,
    instead: 'see why the checks look past it (folder, ending, way of writing) before trusting them',
  }
}
