import type { Fault, Rule } from '#test/architecture/fault.ts'
import { lineOf, marked, nameOf, type Node, part, word } from '#test/architecture/node.ts'
import type { Source } from '#test/architecture/source.ts'

/** What is taken from a file is named there and here alike. */
export const namedExports: Rule = {
  sentence: 'exports have names: there is no default export',
  check: (tree) =>
    each([...tree.sources.values()], (source) =>
      source
        .all('ExportDefaultDeclaration', 'TSExportAssignment')
        .map((node) => fault(source, node, 'exports a default', 'export it by its name')),
    ),
}

/** Functions and plain values; a class only where `instanceof` is asked. */
export const plainValues: Rule = {
  sentence: 'there are no enums, namespaces, interfaces, or classes other than errors',
  check: (tree) =>
    each([...tree.sources.values()], (source) => [
      ...source
        .all('TSEnumDeclaration')
        .map((node) => fault(source, node, 'declares an enum', 'use a code list (`as const`) and its keys')),
      ...source
        .all('TSModuleDeclaration')
        .filter(isNamespace)
        .map((node) => fault(source, node, 'declares a namespace', 'use a file')),
      ...source
        .all('TSParameterProperty')
        .map((node) => fault(source, node, 'declares a parameter property', 'use a plain value')),
      ...source
        .all('TSInterfaceDeclaration')
        .filter((node) => !isMerged(source, node))
        .map((node) => fault(source, node, 'declares an interface', 'use type')),
      ...source
        .all('ClassDeclaration', 'ClassExpression')
        .filter((node) => !isError(node))
        .map((node) => fault(source, node, 'declares a class', 'use functions and plain values')),
    ]),
}

/** The compiler knows every type, or a comment says who checked it. */
export const typesAreTold: Rule = {
  sentence: 'nothing is any, asserted with ! or as, or hidden from the compiler, except at an edge marked // Checked:',
  check: (tree) =>
    each([...tree.sources.values()], (source) => [
      ...source.all('TSAnyKeyword').map((node) => fault(source, node, 'uses any', 'use unknown and look at the value')),
      ...source
        .all('TSNonNullExpression')
        .map((node) => fault(source, node, 'asserts with !', 'handle the case where it is missing')),
      ...source
        .all('VariableDeclarator', 'ClassProperty')
        .filter((node) => marked(node, 'definite'))
        .map((node) => fault(source, node, 'asserts with !', 'give it its value where it is declared')),
      ...source
        .all('TSAsExpression', 'TSTypeAssertion')
        .filter((node) => !mayAssert(source, node))
        .map((node) =>
          fault(
            source,
            node,
            'asserts a type with as',
            'look at the value, or say in a line above who checked it: // Checked: ...',
          ),
        ),
      ...source.comments
        .filter(({ text }) => /^@ts-/.test(text))
        .map(({ first }) => ({
          path: source.path,
          line: first,
          what: 'silences the compiler',
          instead: 'mend the type',
        })),
    ]),
}

function each(sources: readonly Source[], faultsIn: (source: Source) => Fault[]): Fault[] {
  return sources.flatMap(faultsIn)
}

function fault(source: Source, node: Node, what: string, instead: string): Fault {
  return { path: source.path, line: lineOf(node), what, instead }
}

function isNamespace(node: Node): boolean {
  return (
    word(node, 'kind') === 'namespace' || (word(node, 'kind') === 'module' && part(node, 'id')?.type === 'Identifier')
  )
}

/** Merging into somebody else's types is what an interface is for. */
function isMerged(source: Source, node: Node): boolean {
  const outer = source.parentOf(node)
  if (outer === undefined) return false
  return (outer.type === 'TSModuleDeclaration' && !isNamespace(outer)) || isMerged(source, outer)
}

function isError(node: Node): boolean {
  return /Error$/.test(nameOf(part(node, 'superClass')))
}

function mayAssert(source: Source, node: Node): boolean {
  const type = part(node, 'typeAnnotation')
  if (nameOf(part(type, 'typeName')) === 'const') return true
  return source.path.startsWith('src/platform/') || isChecked(source, node)
}

/** A line comment `// Checked: ...`, however many lines it runs over, ends on the line of the assertion or the one above. */
function isChecked(source: Source, node: Node): boolean {
  const from = statementLine(source, node) - 1
  return source.comments.some(({ text, last }, index) => {
    if (!text.startsWith('Checked:')) return false
    const end = endOfRun(source.comments.slice(index), last)
    return end >= from && end <= node.loc.end.line
  })
}

function endOfRun(comments: Source['comments'], last: number): number {
  return comments.reduce((end, comment) => (comment.first === end + 1 ? comment.last : end), last)
}

function statementLine(source: Source, node: Node): number {
  const parent = source.parentOf(node)
  return parent === undefined || /Statement$|Declaration$|^Program$|^JSX|^ObjectProperty$/.test(node.type)
    ? lineOf(node)
    : statementLine(source, parent)
}
