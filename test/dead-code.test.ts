import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { asSentence } from './architecture/fault.ts'
import { look, readFiles } from './architecture/tree.ts'
import { awaited } from './dead-code/awaited.ts'
import { dependencyFaults, looseVersions } from './dead-code/dependencies.ts'
import { unusedIn } from './dead-code/exports.ts'

const root = resolve(import.meta.dirname, '..')
const tree = look(readFiles(root))

const unused = unusedIn(tree)

const versions = z.record(z.string(), z.string())
const listed = z
  .object({ dependencies: versions, optionalDependencies: versions, devDependencies: versions })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))

const assets = join(root, 'src/platform/assets')
const stylesheets = readdirSync(assets).filter((file) => file.endsWith('.scss'))
const texts = [
  ...['workwell.mjs', 'build.mjs', 'eslint.config.mjs', 'vitest.config.ts'].map((file) => join(root, file)),
  ...stylesheets.map((file) => join(assets, file)),
].map((path) => readFileSync(path, 'utf8'))

const packages = dependencyFaults({
  forRunning: Object.keys({ ...listed.dependencies, ...listed.optionalDependencies }),
  forBuilding: Object.keys(listed.devDependencies),
  tree,
  texts,
})
const isNotAwaited = ({ about }: { about: string }) => !(about in awaited)

const seen = (files: Readonly<Record<string, string>>) => look(new Map(Object.entries(files)))
const main = "import { a } from './a.ts'\na()\n"

describe('nothing is kept that nobody uses', () => {
  it('every file is led to and every exported name is imported', () => {
    expect(unused.filter(isNotAwaited).map(asSentence)).toEqual([])
  })

  it('every package is used, listed and in the right list', () => {
    expect(packages.filter(isNotAwaited).map(({ fault }) => fault)).toEqual([])
  })

  it('what was awaited and has come is awaited no longer', () => {
    const still = [...unused, ...packages].map(({ about }) => about)
    expect(Object.keys(awaited).filter((about) => !still.includes(about))).toEqual([])
  })

  it('every version is exact', () => {
    expect(
      looseVersions({ ...listed.dependencies, ...listed.optionalDependencies, ...listed.devDependencies }),
    ).toEqual([])
  })

  it('saw the product', () => {
    expect(tree.sources.size).toBeGreaterThan(50)
  })
})

describe('the check was seen to fail', () => {
  it('where all is used there is no fault', () => {
    expect(unusedIn(seen({ 'src/main.ts': main, 'src/a.ts': 'export const a = () => 1\n' }))).toEqual([])
  })

  it.each([
    ['an export nobody uses', 'export const a = () => 1\nexport const b = 2\n', "2 exports 'b', which nobody uses"],
    [
      'an export only its own file uses',
      'export const b = 1\nexport const a = () => b\n',
      "1 exports 'b', which only this file uses",
    ],
    [
      'one that only shares its name with a property',
      'export const a = () => ({ b: 1 })\nexport const b = 2\n',
      "2 exports 'b', which nobody uses",
    ],
    [
      'one among names taken apart',
      'export const a = () => 1\nexport const { x: b, ...c } = { x: 1 }\n',
      "2 exports 'b', which nobody uses",
    ],
    [
      'one exported at the end',
      'const a = () => 1\nconst b = 2\nexport { a, b }\n',
      "3 exports 'b', which nobody uses",
    ],
  ])('%s is found', (_name, text, expected) => {
    const found = unusedIn(seen({ 'src/main.ts': main, 'src/a.ts': text }))
    expect(found.map(({ line, what }) => `${line} ${what}`)).toContain(expected)
  })

  it('files that only lead to each other are found', () => {
    const ring = {
      'src/b.ts': "import { c } from './c.ts'\nexport const b = c\n",
      'src/c.ts': "import { b } from './b.ts'\nexport const c = b\n",
    }
    const found = unusedIn(seen({ 'src/main.ts': main, 'src/a.ts': 'export const a = () => 1\n', ...ring }))
    expect(found.map(({ path }) => path)).toEqual(['src/b.ts', 'src/c.ts'])
  })

  it('packages that are unused, missing or in the wrong list are found', () => {
    const product = `import 'left'; import '@scope/right/deep.js'; import { z } from 'zod'; import type { T } from 'types-only'
      z(await import('later'))`
    const faults = dependencyFaults({
      forRunning: ['idle', 'tool'],
      forBuilding: ['zod', 'left', 'later', 'types-only'],
      tree: seen({ 'src/main.ts': product }),
      texts: ["'tool'"],
    })
    expect(faults.map(({ fault }) => fault)).toEqual([
      'idle is in package.json and nothing uses it: remove it',
      '@scope/right is imported and not in package.json: add it with its exact version',
      'left is used by the product and only a devDependency: move it to dependencies',
      'zod is used by the product and only a devDependency: move it to dependencies',
    ])
  })

  it('a loose version is found', () => {
    expect(looseVersions({ a: '^1.2.3', b: '1.2', c: 'latest' })).toHaveLength(3)
    expect(looseVersions({ a: '1.2.3', b: '1.2.3-beta.4', c: 'npm:typescript@7.0.2' })).toEqual([])
  })
})
