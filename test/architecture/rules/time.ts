import type { Fault, Rule } from '#test/architecture/fault.ts'
import { type Place, placeOf } from '#test/architecture/order.ts'
import type { Import } from '#test/architecture/imports.ts'
import type { Source } from '#test/architecture/source.ts'

/** An earlier stage never learns who comes after it, not even by a type. */
export const timeFlowsForward: Rule = {
  sentence: 'time flows forward: a file imports only from its own slice and from earlier in the order',
  check: (tree) =>
    [...tree.sources.values()]
      .filter(({ path }) => path.startsWith('src/'))
      .flatMap((source) => source.imports.flatMap((found) => faultOf(source, found) ?? [])),
}

function faultOf(source: Source, found: Import): Fault | undefined {
  const { target, line } = found
  const from = placeOf(source.path)
  if (target === undefined || from === undefined) return undefined
  if (!target.startsWith('src/')) return outside(source, target, line)
  const to = placeOf(target)
  if (to === undefined || to.position <= from.position) return undefined
  return {
    path: source.path,
    line,
    what: `imports ${target}, which comes later in the order than ${from.slice}`,
    instead: advice(from, to),
  }
}

function outside(source: Source, target: string, line: number): Fault | undefined {
  if (source.isTest && target.startsWith('test/')) return undefined
  // A fact that comes with the product is part of it.
  if (/^data\/.+\.json$/.test(target)) return undefined
  return {
    path: source.path,
    line,
    what: `imports ${target}, which is not part of the product`,
    instead: 'move what is needed into src, or read the file by its path',
  }
}

function advice(from: Place, to: Place): string {
  return `let ${to.slice} read for itself, or declare the question as a type in ${from.slice} and let app.ts hand the answer in`
}
