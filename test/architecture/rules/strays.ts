import { posix } from 'node:path'
import type { Fault, Rule } from '#test/architecture/fault.ts'
import type { Import } from '#test/architecture/imports.ts'
import { lineOf, nameOf, part, parts } from '#test/architecture/node.ts'
import { isStart, placeOf } from '#test/architecture/order.ts'
import type { Source } from '#test/architecture/source.ts'

const filesOfASlice =
  /^(rules\.ts|store\.ts|pages\.tsx|pages\/[a-z0-9-]+\.tsx|routes\.tsx?|jobs\.ts|import\.ts|(rules|routes|import|store|jobs)\.test\.tsx?)$/

/** Who opens a slice knows where everything is, because every slice has the same few files. */
export const noStrays: Rule = {
  sentence: 'a slice is in the order and holds only rules, store, pages, routes, jobs, import and their tests',
  check: (tree) => tree.paths.flatMap((path) => strayFile(path) ?? []),
}

function strayFile(path: string): Fault | undefined {
  if (!path.startsWith('src/')) return undefined
  const place = placeOf(path)
  const name = posix.basename(path)
  if (/^index\.[jt]sx?$/.test(name)) {
    return { path, line: 1, what: 'is a barrel', instead: 'import each thing from the file that has it' }
  }
  if (place === undefined) {
    return {
      path,
      line: 1,
      what: 'stands in no slice of the order',
      instead: 'move it into a slice, or add the slice as one line of test/architecture/order.ts',
    }
  }
  if (place.slice === 'platform' || isStart(place.slice) || filesOfASlice.test(place.within)) return undefined
  return {
    path,
    line: 1,
    what: `is a stray: ${place.within} is none of the files of a slice`,
    instead:
      'put it into rules.ts, store.ts, pages.tsx, routes.ts, jobs.ts or import.ts, or split the stage by meaning',
  }
}

/** A boundary crossing can be seen in the import line. */
export const boundariesAreVisible: Rule = {
  sentence: 'imports start ./ inside a folder and # across folders, have their extension, and nothing is passed on',
  check: (tree) =>
    [...tree.sources.values()].flatMap((source) => [
      ...source.imports.flatMap((found) => badlyWritten(source, found) ?? []),
      ...passedOnLater(source),
    ]),
}

function badlyWritten(source: Source, found: Import): Fault | undefined {
  const { from, target, line } = found
  const fault = (what: string, instead: string): Fault => ({
    path: source.path,
    line,
    what: `${what} '${from}'`,
    instead,
  })
  if (found.passedOn) return fault('passes on', 'let readers import it from where it is')
  if (target === undefined) return undefined
  if (/(^|\/)\.\.(\/|$)/.test(from)) return fault('climbs with', `write #${target.replace(/^src\//, '')}`)
  if (!/\.(tsx?|mjs|json)$/.test(from)) return fault('leaves the extension out of', 'name the file in full')
  if (from.startsWith('./'))
    return folderOf(source.path) === folderOf(target)
      ? undefined
      : fault('crosses a boundary with', `write #${target.replace(/^src\//, '')}`)
  return posix.dirname(source.path) === posix.dirname(target)
    ? fault('leaves its own folder to come back by', `write ./${posix.basename(target)}`)
    : undefined
}

/** What `./` may reach: the slice, one folder of the platform, or one of the folders beside src. */
function folderOf(path: string): string {
  return placeOf(path)?.folder ?? path.split('/')[0] ?? path
}

function passedOnLater(source: Source): Fault[] {
  const imported = new Set(source.imports.flatMap(({ names }) => names.map(({ local }) => local)))
  return source
    .all('ExportNamedDeclaration')
    .filter((node) => part(node, 'source') === undefined)
    .flatMap((node) => parts(node, 'specifiers'))
    .filter((one) => imported.has(nameOf(part(one, 'local'))))
    .map((one) => ({
      path: source.path,
      line: lineOf(one),
      what: `passes on '${nameOf(part(one, 'local'))}'`,
      instead: 'let readers import it from where it is',
    }))
}
