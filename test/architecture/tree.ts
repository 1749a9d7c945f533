import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSource, type Source } from './source.ts'

/** The product as the rules see it: every file by its path, and those in TypeScript parsed once. */
export type Tree = Readonly<{ paths: readonly string[]; sources: ReadonlyMap<string, Source> }>

const lookedAt = ['src', 'test', 'bench', 'prove']

/** The text of every file that the rules speak about, by its path from the root. */
export function readFiles(root: string): Map<string, string> {
  const files = lookedAt.flatMap((top) => filesUnder(root, top)).toSorted()
  return new Map(files.map((path) => [path, isSource(path) ? readFileSync(join(root, path), 'utf8') : '']))
}

function filesUnder(root: string, folder: string): string[] {
  try {
    const found = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    return found
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(root.length + 1)
          .replaceAll('\\', '/'),
      )
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return []
    throw cause
  }
}

/** Parses every source once; the rules share what was seen. */
export function look(files: ReadonlyMap<string, string>): Tree {
  const texts = [...files].filter(([path]) => isSource(path))
  return {
    paths: [...files.keys()],
    sources: new Map(texts.map(([path, text]) => [path, parseSource(path, text)])),
  }
}

function isSource(path: string): boolean {
  return /\.tsx?$/.test(path)
}

/** The sources of the product itself, without its tests. */
export function productSources(tree: Tree): Source[] {
  return [...tree.sources.values()].filter((source) => source.path.startsWith('src/') && !source.isTest)
}
