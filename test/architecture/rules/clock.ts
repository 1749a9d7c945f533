import type { Fault } from '#test/architecture/fault.ts'
import { functionTypes, lineOf, nameOf, type Node, part, parts } from '#test/architecture/node.ts'
import { isReference, type Source } from '#test/architecture/source.ts'

const worldly = new Set([
  'Date',
  'crypto',
  'process',
  'fetch',
  'performance',
  'globalThis',
  'setTimeout',
  'setInterval',
])

/** Where a file asks the world instead of its arguments: the clock, chance, the environment, the network. */
export function worldAskedIn(source: Source): Fault[] {
  const own = declaredIn(source)
  return source
    .all('Identifier')
    .filter((identifier) => isReference(source, identifier) && asksTheWorld(source, identifier))
    .filter((identifier) => !own.has(nameOf(identifier)))
    .map((identifier) => ({
      path: source.path,
      line: lineOf(identifier),
      what: `uses ${nameOf(identifier)}, so the answer depends on when and where it is asked`,
      instead: 'take the moment, the day or the number as an argument (Temporal values, request.now)',
    }))
}

/** Where a file asks for the present moment. */
export function clockReadIn(source: Source): Fault[] {
  return worldAskedIn(source).filter(({ what }) => /^uses (Temporal|Date|performance),/.test(what))
}

function asksTheWorld(source: Source, identifier: Node): boolean {
  const name = nameOf(identifier)
  if (worldly.has(name)) return true
  if (name !== 'Temporal' && name !== 'Math') return false
  const parent = source.parentOf(identifier)
  if (parent?.type === 'TSQualifiedName') return false
  const member = nameOf(part(parent, 'property'))
  return name === 'Temporal' ? member === '' || member === 'Now' : member === '' || member === 'random'
}

/** Names that a file gives to values of its own: `performance` may well be how a service does. */
function declaredIn(source: Source): ReadonlySet<string> {
  const variables = source
    .all('VariableDeclarator', 'ImportSpecifier')
    .map((node) => part(node, 'id') ?? part(node, 'local'))
  const parameters = source.all(...functionTypes).flatMap((node) => parts(node, 'params'))
  const patterns = [...variables, ...parameters].flatMap((node) =>
    node?.type === 'ObjectPattern' ? parts(node, 'properties') : [node],
  )
  return new Set(patterns.map((node) => nameOf(part(node, 'value') ?? node)))
}
