import { calledName, cooked, lineOf, literal, nameOf, type Node, part, parts } from './node.ts'
import type { Source } from './source.ts'

/** One table that a file's SQL touches. */
export type Touch = Readonly<{
  node: Node
  line: number
  act: 'write' | 'read'
  /** As written: `plan.goal`; undefined when the text does not say. */
  table: string | undefined
}>

const writers = new Set(['insertInto', 'updateTable', 'deleteFrom', 'mergeInto', 'replaceInto'])
const readers = new Set([
  'selectFrom',
  'from',
  'using',
  'innerJoin',
  'leftJoin',
  'rightJoin',
  'fullJoin',
  'crossJoin',
  'innerJoinLateral',
  'leftJoinLateral',
  'crossJoinLateral',
])

const name = String.raw`"?[a-z_][a-z0-9_]*"?`
const table = String.raw`(${name}(?:\.${name})?|\?)`
const alias = String.raw`(?:\s+(?:as\s+)?[a-z_]\w*)?`
const writing = [
  String.raw`\binsert\s+into\s+${table}`,
  String.raw`\bupdate\s+(?:only\s+)?${table}${alias}\s+set\b`,
  String.raw`\bdelete\s+from\s+(?:only\s+)?${table}`,
  String.raw`\bmerge\s+into\s+(?:only\s+)?${table}`,
  String.raw`\bcopy\s+${table}\s*(?:\([^)]*\)\s*)?from\b`,
  String.raw`\btruncate\s+(?:table\s+)?(?:only\s+)?${table}`,
].map((pattern) => new RegExp(pattern, 'gi'))
const reading = new RegExp(
  String.raw`(?<!\bdelete\s+)\b(?:from|join|using)\s+(?:only\s+|lateral\s+)?(${name}\.${name})`,
  'gi',
)

/** Every table that a file touches: by the query builder, by the `sql` tag, and by text sent as it is. */
export function touchesIn(source: Source): Touch[] {
  const calls = source.all('CallExpression', 'OptionalCallExpression').flatMap(builderTouches)
  const tagged = source
    .all('TaggedTemplateExpression')
    .filter(isSqlTag)
    .flatMap((node) => textTouches(node, sqlText(node)))
  const plain = source
    .all('StringLiteral', 'TemplateLiteral')
    .filter((node) => !isTagged(source, node))
    .flatMap((node) =>
      textTouches(node, plainText(node)).filter(({ act, table }) => act === 'write' && table?.includes('.')),
    )
  return [...calls, ...tagged, ...plain]
}

/** Whether this is Kysely's tag: the text that follows is SQL. */
export function isSqlTag(node: Node): boolean {
  return node.type === 'TaggedTemplateExpression' && nameOf(part(node, 'tag')) === 'sql'
}

function isTagged(source: Source, node: Node): boolean {
  const parent = source.parentOf(node)
  return parent !== undefined && isSqlTag(parent)
}

function builderTouches(call: Node): Touch[] {
  const called = calledName(call)
  const act = writers.has(called) ? 'write' : readers.has(called) ? 'read' : undefined
  const [first] = parts(call, 'arguments')
  if (act === undefined || first === undefined || part(call, 'callee')?.type === 'Identifier') return []
  const named = first.type === 'ArrayExpression' ? parts(first, 'elements') : [first]
  const tables = named.map((one) => literal(one)?.split(' ')[0])
  return tables
    .filter((found) => act === 'write' || (found !== undefined && /^[a-z_]\w*\.[a-z_]\w*$/.test(found)))
    .map((found) => ({ node: call, line: lineOf(call), act, table: found }))
}

/** The text of a tagged statement; a hole is a question mark unless it names a table. */
function sqlText(node: Node): string {
  const quasi = part(node, 'quasi')
  const holes = parts(quasi, 'expressions').map(holeText)
  return parts(quasi, 'quasis')
    .map((piece, index) => cooked(piece) + (holes[index] ?? ''))
    .join('')
}

function holeText(hole: Node): string {
  if (hole.type !== 'CallExpression' || !['table', 'id', 'ref', 'raw'].includes(calledName(hole))) return '?'
  const given = parts(hole, 'arguments').map((one) => literal(one))
  return given.includes(undefined) ? '?' : given.join('.')
}

function plainText(node: Node): string {
  if (node.type === 'StringLiteral') return literal(node) ?? ''
  return parts(node, 'quasis').map(cooked).join('?')
}

function textTouches(node: Node, text: string): Touch[] {
  const sql = withoutLookalikes(text)
  const found = (act: 'write' | 'read', pattern: RegExp): Touch[] =>
    [...sql.matchAll(pattern)].map((match) => ({
      node,
      line: lineOf(node) + lineBreaks(sql.slice(0, match.index)),
      act,
      table: match[1] === '?' ? undefined : match[1]?.replaceAll('"', '').toLowerCase(),
    }))
  return [...writing.flatMap((pattern) => found('write', pattern)), ...found('read', reading)]
}

/** Comments, and the `from` that is no table: `extract(year from e.day)`, `is distinct from e.day`. */
function withoutLookalikes(text: string): string {
  return text
    .replaceAll(/--[^\n]*/g, '')
    .replaceAll(/\b(extract|substring|trim|overlay)(\s*\([^()]*)\bfrom\b/gi, '$1$2,')
    .replaceAll(/\bdistinct\s+from\b/gi, 'distinct')
}

function lineBreaks(text: string): number {
  return text.split('\n').length - 1
}
