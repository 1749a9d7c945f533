/** One node of the parsed text. What it holds depends on its type, so its parts are asked for by name. */
export type Node = Readonly<{ type: string; start: number; end: number; loc: Location }> &
  Readonly<Record<string, unknown>>
type Location = Readonly<{ start: Readonly<{ line: number }>; end: Readonly<{ line: number }> }>

/** Whether a part of a node is a node too. */
export function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'loc' in value
  )
}

/** The one node under this name. */
export function part(node: Node | undefined, name: string): Node | undefined {
  const found = node?.[name]
  return isNode(found) ? found : undefined
}

/** The list of nodes under this name; holes are left out. */
export function parts(node: Node | undefined, name: string): Node[] {
  const found = node?.[name]
  return Array.isArray(found) ? found.filter(isNode) : []
}

/** The text under this name, or nothing. */
export function word(node: Node | undefined, name: string): string {
  const found = node?.[name]
  return typeof found === 'string' ? found : ''
}

/** Whether the node carries this mark (`computed`, `definite`, `shorthand`). */
export function marked(node: Node | undefined, name: string): boolean {
  return node?.[name] === true
}

export function lineOf(node: Node): number {
  return node.loc.start.line
}

/** The name an identifier or a string in its place stands for. */
export function nameOf(node: Node | undefined): string {
  return word(node, 'name') || word(node, 'value')
}

/** The text of a string literal or of a template without holes. */
export function literal(node: Node | undefined): string | undefined {
  if (node?.type === 'StringLiteral') return word(node, 'value')
  if (node?.type !== 'TemplateLiteral' || parts(node, 'expressions').length > 0) return undefined
  return cooked(parts(node, 'quasis')[0])
}

/** The text between two holes of a template. */
export function cooked(quasi: Node | undefined): string {
  const value = quasi?.value
  return typeof value === 'object' && value !== null && 'cooked' in value ? String(value.cooked) : ''
}

/** The name after the last dot of what is called: `insertInto` in `db.insertInto(...)`. */
export function calledName(call: Node): string {
  const callee = part(call, 'callee')
  return callee?.type === 'Identifier' ? nameOf(callee) : nameOf(part(callee, 'property'))
}

export const functionTypes: readonly string[] = [
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ObjectMethod',
  'ClassMethod',
  'ClassPrivateMethod',
]

export function isFunction(node: Node | undefined): boolean {
  return node !== undefined && functionTypes.includes(node.type)
}
