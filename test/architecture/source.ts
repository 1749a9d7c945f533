import { parse } from '@babel/parser'
import { type Import, importsIn } from './imports.ts'
import { isNode, marked, type Node, parts } from './node.ts'

export type Comment = Readonly<{ text: string; first: number; last: number }>

/** One parsed file. */
export type Source = Readonly<{
  path: string
  isTest: boolean
  lines: number
  imports: readonly Import[]
  comments: readonly Comment[]
  /** Top-level statements in order. */
  body: readonly Node[]
  /** Every node of these types, in the order of the text. */
  all: (...types: readonly string[]) => Node[]
  parentOf: (node: Node) => Node | undefined
}>

/** Parses one file; text that cannot be parsed stops the check and says where. */
export function parseSource(path: string, text: string): Source {
  const { program, comments } = parsed(path, text)
  const root: unknown = program
  if (!isNode(root)) throw new TypeError(`${path} has no program`)
  const parents = new Map<Node, Node>()
  const byType = new Map<string, Node[]>()
  walk(root, parents, byType)
  const all = (...types: readonly string[]) => types.flatMap((type) => byType.get(type) ?? [])
  return {
    path,
    isTest: /\.test\.tsx?$/.test(path) || path.startsWith('test/'),
    lines: text.replace(/\n$/, '').split('\n').length,
    imports: importsIn(path, all),
    comments: (comments ?? []).map(({ value, loc }) => ({
      text: value.trim(),
      first: loc?.start.line ?? 0,
      last: loc?.end.line ?? 0,
    })),
    body: parts(root, 'body'),
    all,
    parentOf: (node) => parents.get(node),
  }
}

function parsed(path: string, text: string) {
  try {
    return parse(text, {
      sourceType: 'module',
      attachComment: false,
      plugins: path.endsWith('x') ? ['typescript', 'jsx'] : ['typescript'],
    })
  } catch (cause) {
    throw new Error(`${path} cannot be parsed: ${String(cause)}`, { cause })
  }
}

function walk(node: Node, parents: Map<Node, Node>, byType: Map<string, Node[]>): void {
  const alike = byType.get(node.type)
  if (alike) alike.push(node)
  else byType.set(node.type, [node])
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (!isNode(child)) continue
      parents.set(child, node)
      walk(child, parents, byType)
    }
  }
}

const naming = [
  'MemberExpression',
  'OptionalMemberExpression',
  'ObjectProperty',
  'ObjectMethod',
  'TSPropertySignature',
  'TSMethodSignature',
  'TSQualifiedName',
  'ImportSpecifier',
  'ExportSpecifier',
]

/** Whether an identifier stands for a value or a type, and is not merely the name of a property. */
export function isReference(source: Source, identifier: Node): boolean {
  const parent = source.parentOf(identifier)
  if (parent === undefined || !naming.includes(parent.type)) return parent !== undefined
  const isKey = ['property', 'key', 'right', 'imported', 'exported'].some((place) => parent[place] === identifier)
  return !isKey || marked(parent, 'computed') || marked(parent, 'shorthand')
}
