import { foreignWrites } from './foreign-writes.ts'
import { isFunction, nameOf, type Node, part, parts, word } from './node.ts'
import { touchesIn } from './sql.ts'
import { isReference, type Source } from './source.ts'
import type { Tree } from './tree.ts'

/** What a store offers under one name. */
export type Offered = Readonly<{ kind: 'type' | 'function' | 'value'; writes: boolean }>

type Named = Readonly<{ name: string; kind: Offered['kind']; node: Node }>

/** Names that promise to read and change nothing. */
export const readingNames = /^(find|list|count|search|read|may|has|is)([A-Z]|$)/

const read = new WeakMap<Source, ReadonlyMap<string, Offered>>()

/** Everything a store declares, and whether using it writes anything, followed through the functions it calls. */
export function offeredBy(tree: Tree, store: string): ReadonlyMap<string, Offered> {
  const source = tree.sources.get(store)
  if (!source) return new Map()
  // Stores build on stores: each is read once, or the work doubles with every one below it.
  const offered = read.get(source) ?? readOffered(tree, source)
  read.set(source, offered)
  return offered
}

function readOffered(tree: Tree, source: Source): ReadonlyMap<string, Offered> {
  const declared = source.body.flatMap(declarations)
  const writing = writingNames(tree, source, declared)
  return new Map(declared.map(({ name, kind }) => [name, { kind, writes: writing.has(name) }]))
}

function writingNames(tree: Tree, source: Source, declared: readonly Named[]): ReadonlySet<string> {
  const writes = touchesIn(source).filter(({ act }) => act === 'write')
  const direct = declared.filter(({ node }) => writes.some((touch) => holds(node, touch.node)))
  const writing = new Set([...direct.map(({ name }) => name), ...writersTaken(tree, source)])
  const uses = declared.map((one) => ({ name: one.name, used: usedIn(source, one.node) }))
  let before = -1
  while (writing.size > before) {
    before = writing.size
    for (const { name, used } of uses) if (used.some((one) => writing.has(one))) writing.add(name)
  }
  return writing
}

/** Under which local names this store holds a function of another store that writes. */
function writersTaken(tree: Tree, source: Source): string[] {
  return source.imports.flatMap(({ target, names }) => {
    if (!target?.endsWith('/store.ts') || target === source.path) return []
    const named = foreignWrites.filter(({ store }) => store === target).map(({ name }) => name)
    return names
      .filter(({ name }) => named.includes(name) || offeredBy(tree, target).get(name)?.writes)
      .map(({ local }) => local)
  })
}

function usedIn(source: Source, node: Node): string[] {
  return source
    .all('Identifier')
    .filter((identifier) => holds(node, identifier) && isReference(source, identifier))
    .map(nameOf)
}

function holds(outer: Node, inner: Node): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

function declarations(statement: Node): Named[] {
  const exported = statement.type === 'ExportNamedDeclaration'
  const node = exported ? part(statement, 'declaration') : statement
  if (!node) return []
  if (node.type === 'VariableDeclaration') {
    return parts(node, 'declarations').map((one) => ({
      name: nameOf(part(one, 'id')),
      kind: isFunction(part(one, 'init')) ? 'function' : 'value',
      node: one,
    }))
  }
  const name = nameOf(part(node, 'id'))
  if (name === '') return []
  const isType = node.type === 'TSTypeAliasDeclaration' || word(node, 'type') === 'TSInterfaceDeclaration'
  return [{ name, kind: isType ? 'type' : isFunction(node) ? 'function' : 'value', node }]
}
