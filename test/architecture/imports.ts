import { posix } from 'node:path'
import { lineOf, literal, nameOf, type Node, part, parts, word } from './node.ts'

/** One name taken from another file. */
export type Taken = Readonly<{ name: string; local: string; typeOnly: boolean }>

/** One import of a file, whichever way it is written. */
export type Import = Readonly<{
  from: string
  /** The file in the tree that is meant; undefined for a package. */
  target: string | undefined
  line: number
  names: readonly Taken[]
  /** Takes everything at once (`* as`, `import()`, `export *`), so what is used cannot be seen. */
  whole: boolean
  /** Passes the names on (`export ... from`). */
  passedOn: boolean
}>

/** Every import of a file: plain, type-only, passed on, dynamic and inside a type. */
export function importsIn(path: string, all: (...types: readonly string[]) => Node[]): Import[] {
  const declared = all('ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration').map((node) =>
    declaredImport(path, node),
  )
  const computed = all('ImportExpression', 'TSImportType').map((node) => wholeImport(path, node, part(node, 'source')))
  const required = all('CallExpression')
    .filter((call) => nameOf(part(call, 'callee')) === 'require')
    .map((call) => wholeImport(path, call, parts(call, 'arguments')[0]))
  return [...declared, ...computed, ...required].filter((found) => found !== undefined)
}

function declaredImport(path: string, node: Node): Import | undefined {
  const from = literal(part(node, 'source'))
  if (from === undefined) return undefined
  const specifiers = parts(node, 'specifiers')
  const typeOnly = [word(node, 'importKind'), word(node, 'exportKind')].includes('type')
  const whole = specifiers.some((one) => one.type !== 'ImportSpecifier' && one.type !== 'ExportSpecifier')
  return {
    from,
    target: targetOf(path, from),
    line: lineOf(node),
    names: specifiers.map((one) => taken(one, typeOnly)),
    whole: whole || node.type === 'ExportAllDeclaration',
    passedOn: node.type !== 'ImportDeclaration',
  }
}

function taken(specifier: Node, typeOnly: boolean): Taken {
  const local = nameOf(part(specifier, 'local'))
  return {
    name: specifier.type === 'ExportSpecifier' ? local : nameOf(part(specifier, 'imported')) || local,
    local,
    typeOnly: typeOnly || word(specifier, 'importKind') === 'type' || word(specifier, 'exportKind') === 'type',
  }
}

function wholeImport(path: string, node: Node, source: Node | undefined): Import | undefined {
  const from = literal(source)
  if (from === undefined) return undefined
  return { from, target: targetOf(path, from), line: lineOf(node), names: [], whole: true, passedOn: false }
}

/** The file that an import means. */
function targetOf(path: string, from: string): string | undefined {
  if (from.startsWith('.')) return posix.join(posix.dirname(path), from)
  if (from.startsWith('#test/') || from.startsWith('#data/')) return from.slice(1)
  return from.startsWith('#') ? `src/${from.slice(1)}` : undefined
}
