import type { Fault, Rule } from '#test/architecture/fault.ts'
import {
  calledName,
  functionTypes,
  isFunction,
  lineOf,
  nameOf,
  type Node,
  part,
  parts,
} from '#test/architecture/node.ts'
import { generatedFiles } from '#test/architecture/exempt.ts'
import type { Source } from '#test/architecture/source.ts'

const limits = { file: 250, testFile: 400, function: 40, parameters: 4, nesting: 3 } as const

/** What does not fit on a few screens is two things. */
export const filesFit: Rule = {
  sentence: `a file has at most ${limits.file} lines, a test file ${limits.testFile}`,
  check: (tree) =>
    [...tree.sources.values()]
      .filter(
        ({ path, lines, isTest }) => !generatedFiles.includes(path) && lines > (isTest ? limits.testFile : limits.file),
      )
      .map(({ path, lines }) => ({
        path,
        line: lines,
        what: `has ${lines} lines`,
        instead: 'split the stage by meaning, never by layer',
      })),
}

/** A function is read in one look. */
export const functionsFit: Rule = {
  sentence: `a function has at most ${limits.function} lines, ${limits.parameters} parameters and ${limits.nesting} levels`,
  check: (tree) =>
    [...tree.sources.values()].flatMap((source) => functionsOf(source).flatMap((node) => tooMuch(source, node))),
}

const functionsOf = (source: Source) => source.all(...functionTypes)

function tooMuch(source: Source, node: Node): Fault[] {
  const name = functionName(source, node) || 'a function'
  const lines = linesOf(source, node)
  const depth = depthOf(part(node, 'body'), 0)
  const given = parts(node, 'params').length
  const fault = (what: string, instead: string): Fault => ({
    path: source.path,
    line: lineOf(node),
    what: `${name} ${what}`,
    instead,
  })
  return [
    ...(lines > limits.function ? [fault(`has ${lines} lines`, 'give a part of it a name of its own')] : []),
    ...(given > limits.parameters ? [fault(`takes ${given} parameters`, 'take one object')] : []),
    ...(depth > limits.nesting ? [fault(`is nested ${depth} deep`, 'return early, or give the inside a name')] : []),
  ]
}

/** The lines of a function; where it only gathers others (routes, a component) theirs are not counted. */
function linesOf(source: Source, node: Node): number {
  if (isDescription(source, node)) return 0
  const own = node.loc.end.line - node.loc.start.line + 1
  return gathers(source, node) ? own - inner(source, node) : own
}

function gathers(source: Source, node: Node): boolean {
  const name = functionName(source, node)
  const isComponent = source.path.endsWith('.tsx') && /^[A-Z]/.test(name)
  return isComponent || /(Routes|Jobs)$/.test(name)
}

// A description of tests is a chapter, not a function: the length of the file holds for it.
function isDescription(source: Source, node: Node): boolean {
  const call = source.parentOf(node)
  if (call?.type !== 'CallExpression') return false
  const callee = part(call, 'callee')
  const each = callee?.type === 'CallExpression' ? part(part(callee, 'callee'), 'object') : undefined
  return calledName(call) === 'describe' || nameOf(each) === 'describe'
}

function inner(source: Source, node: Node): number {
  const inside = functionsOf(source).filter((one) => one !== node && node.start <= one.start && one.end <= node.end)
  const outermost = inside.filter(
    (one) => !inside.some((other) => other !== one && other.start <= one.start && one.end <= other.end),
  )
  return outermost.reduce((sum, one) => sum + one.loc.end.line - one.loc.start.line, 0)
}

function functionName(source: Source, node: Node): string {
  const parent = source.parentOf(node)
  return (
    nameOf(part(node, 'id')) || nameOf(part(node, 'key')) || nameOf(part(parent, 'id')) || nameOf(part(parent, 'key'))
  )
}

const deepening = new Set([
  'IfStatement',
  'ForStatement',
  'ForOfStatement',
  'ForInStatement',
  'WhileStatement',
  'DoWhileStatement',
  'SwitchStatement',
  'TryStatement',
])

/** How deep the statements stand in each other; `else if` stands beside, and a function inside counts for itself. */
function depthOf(node: Node | undefined, depth: number): number {
  if (node === undefined || isFunction(node)) return depth
  const here = deepening.has(node.type) ? depth + 1 : depth
  const alternate = node.type === 'IfStatement' ? part(node, 'alternate') : undefined
  const beside = alternate?.type === 'IfStatement' ? depthOf(alternate, depth) : depthOf(alternate, here)
  const children = Object.keys(node).filter((key) => key !== 'alternate' || alternate === undefined)
  const inside = children.flatMap((key) => [part(node, key), ...parts(node, key)]).filter((one) => one !== undefined)
  return Math.max(here, alternate === undefined ? 0 : beside, ...inside.map((one) => depthOf(one, here)))
}
