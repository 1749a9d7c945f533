import type { Fault } from '#test/architecture/fault.ts'
import { lineOf, nameOf, type Node, part, parts } from '#test/architecture/node.ts'
import { isReference, type Source } from '#test/architecture/source.ts'
import type { Tree } from '#test/architecture/tree.ts'

/** Files that are started and not imported. */
const entries =
  /^(src\/main\.ts|src\/platform\/documents\/reader\.ts|bench\/(run|import|feeds|withdrawing|guessing|services|onward|fhir|figures)\.ts|prove\/run\.ts|test\/database\.ts|test\/gallery\/make\.ts|.*\.test\.tsx?)$/

/** A fault, and what it is about: a path, or a path and an exported name. */
export type Unused = Fault & Readonly<{ about: string }>

/** What is offered and nobody takes: files that nothing leads to, and exported names that no other file imports. */
export function unusedIn(tree: Tree): Unused[] {
  const reached = reachedFiles(tree)
  return [...tree.sources.values()].flatMap((source) =>
    reached.has(source.path) ? unusedExports(tree, source) : [unreachable(source)],
  )
}

function unreachable({ path }: Source): Unused {
  return { about: path, path, line: 1, what: 'is led to by nothing that is started', instead: 'remove it, or use it' }
}

function reachedFiles(tree: Tree): ReadonlySet<string> {
  const reached = new Set([...tree.sources.keys()].filter((path) => entries.test(path)))
  // A set that grows while it is walked: each file adds what it imports.
  for (const path of reached) {
    for (const { target } of tree.sources.get(path)?.imports ?? []) {
      if (target !== undefined && tree.sources.has(target)) reached.add(target)
    }
  }
  return reached
}

function unusedExports(tree: Tree, source: Source): Unused[] {
  if (entries.test(source.path)) return []
  const takers = [...tree.sources.values()].flatMap((other) =>
    other.path === source.path ? [] : other.imports.filter(({ target }) => target === source.path),
  )
  if (takers.some(({ whole }) => whole)) return []
  const taken = new Set(takers.flatMap(({ names }) => names.map(({ name }) => name)))
  return exportsOf(source)
    .filter(({ name }) => !taken.has(name))
    .flatMap((exported) => verdict(source, exported) ?? [])
}

function verdict(source: Source, { name, node }: Exported): Unused | undefined {
  const where = { about: `${source.path} ${name}`, path: source.path, line: lineOf(node) }
  const used = source.all('Identifier', 'JSXIdentifier').some((one) => nameOf(one) === name && isUse(source, node, one))
  if (!used) return { ...where, what: `exports '${name}', which nobody uses`, instead: 'remove it, or use it' }
  // A type may be exported because an exported function takes or gives it.
  if (node.type.startsWith('TS')) return undefined
  return { ...where, what: `exports '${name}', which only this file uses`, instead: 'take the export away' }
}

function isUse(source: Source, declaration: Node, identifier: Node): boolean {
  const bound = part(declaration, 'id') ?? declaration
  const parent = source.parentOf(identifier)
  const declares = part(parent, 'id') === identifier || (bound.start <= identifier.start && identifier.end <= bound.end)
  return !declares && isReference(source, identifier)
}

type Exported = Readonly<{ name: string; node: Node }>

function exportsOf(source: Source): Exported[] {
  return source.all('ExportNamedDeclaration').flatMap((statement) => {
    if (part(statement, 'source')) return []
    const declaration = part(statement, 'declaration')
    const declared = declaration ? [declaration, ...parts(declaration, 'declarations')] : []
    return [
      ...declared.flatMap((node) => boundNames(part(node, 'id')).map((name) => ({ name, node }))),
      ...parts(statement, 'specifiers').map((node) => ({ name: nameOf(part(node, 'exported')), node })),
    ]
  })
}

/** The names a declaration binds, through objects and lists taken apart. */
function boundNames(pattern: Node | undefined): string[] {
  if (pattern === undefined) return []
  if (pattern.type === 'Identifier') return [nameOf(pattern)]
  const within = [...parts(pattern, 'properties'), ...parts(pattern, 'elements')]
  return within.flatMap((one) => boundNames(part(one, 'value') ?? part(one, 'argument') ?? part(one, 'left') ?? one))
}
