import type { Fault, Rule } from '#test/architecture/fault.ts'
import { lineOf, nameOf, type Node, part, parts } from '#test/architecture/node.ts'
import { order } from '#test/architecture/order.ts'
import type { Tree } from '#test/architecture/tree.ts'

/** Names that say nothing about the service. */
const bannedNames: readonly string[] = [
  'util',
  'utils',
  'helper',
  'helpers',
  'common',
  'shared',
  'manager',
  'handler',
  'data',
  'info',
  'process',
  'misc',
  'base',
  'impl',
  'flag',
]

/** Words of the service that hold one of them. */
const wordsOfTheService: readonly string[] = ['service manager', 'line manager', 'data protection', 'data sharing']

/** A name says what a thing is to the service. */
export const namesSaySomething: Rule = {
  sentence: 'no file, folder or exported name is one of the banned names, and files are lower-case with hyphens',
  check: (tree) => [
    ...tree.paths.flatMap(badPath),
    ...[...tree.sources.keys()].flatMap((path) => badExports(tree, path)),
  ],
}

function badPath(path: string): Fault[] {
  const inside = path.split('/').slice(1)
  const at = { path, line: 1 }
  const unruly =
    path.startsWith('src/') && /\.tsx?$/.test(path) && inside.some((one) => !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(one))
  return [
    ...inside
      .flatMap((one) => bannedIn(one))
      .map((name) => ({
        ...at,
        what: `has '${name}' in its name`,
        instead: 'name it for what it means to the service',
      })),
    ...(unruly ? [{ ...at, what: 'is not lower-case with hyphens', instead: 'rename the file or folder' }] : []),
  ]
}

function badExports(tree: Tree, path: string): Fault[] {
  const exported = tree.sources.get(path)?.all('ExportNamedDeclaration').flatMap(exportedNames) ?? []
  return exported.flatMap((node) =>
    bannedIn(nameOf(node)).map((name) => ({
      path,
      line: lineOf(node),
      what: `exports ${nameOf(node)}, which has '${name}' in it`,
      instead: 'name it for what it means to the service (style, section 4)',
    })),
  )
}

/** The banned words that a name is made of. */
export function bannedIn(name: string): string[] {
  const spoken = wordsOf(name).join(' ')
  const left = wordsOfTheService.reduce((text, known) => text.replaceAll(known, ''), spoken)
  const banned = left.split(' ').filter((word) => bannedNames.includes(word) || /^(item|status)\d+$/.test(word))
  return [
    ...banned,
    ...(isServiceOfCode(spoken) ? ['service'] : []),
    ...(spoken.startsWith('is not ') ? ['isNot'] : []),
  ]
}

// In this product a service is a local service people are sent to, so no code calls itself one.
function isServiceOfCode(spoken: string): boolean {
  const words = spoken.replace(/ (ts|tsx|test ts)$/, '').split(' ')
  const parts = new Set([
    ...order.flatMap((name) => name.split(/[/.-]/)),
    'email',
    'auth',
    'user',
    'api',
    'http',
    'database',
    'person',
    'form',
    'link',
  ])
  // A part is named after local services, and one of them may be called so.
  parts.delete('local')
  return words.length > 1 && words.at(-1) === 'service' && parts.has(words.at(-2) ?? '')
}

function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
}

function exportedNames(node: Node): Node[] {
  const declaration = part(node, 'declaration')
  const declared = [part(declaration, 'id'), ...parts(declaration, 'declarations').map((one) => part(one, 'id'))]
  return [...declared, ...parts(node, 'specifiers').map((one) => part(one, 'exported'))].filter(
    (one) => one !== undefined,
  )
}
