import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { take, type Taken } from './pictures.ts'
import { startProduct } from './product.ts'
import { listSubjects } from './subjects.ts'
import { openVisitors, type Visitors } from './visitors.ts'

// Makes docs/gallery anew: the product on a database of its own, with made-up people, as those see it who use it.
const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = join(root, 'docs', 'gallery')
const product = await startProduct(root)
try {
  const visitors = await openVisitors(product.origin)
  await takeAll(visitors).finally(visitors.close)
} finally {
  await product.stop()
}

async function takeAll(visitors: Visitors): Promise<void> {
  const subjects = await listSubjects(visitors)
  const reader = await visitors.reader()
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const taken: Taken[] = []
  for (const subject of subjects) taken.push(...(await take(subject, folder, reader)))
  writeFileSync(join(folder, 'index.md'), indexOf(taken))
  process.stdout.write(`${taken.length} pictures are in docs/gallery. Look at them: docs/gallery/index.md\n`)
}

function indexOf(taken: readonly Taken[]): string {
  return [
    '# Gallery',
    '',
    'Made by `npm run workwell -- gallery`, which starts the product on a database of its own. Nobody in it is real.',
    'Of what is printed the first sheets are shown, and of a long page the beginning.',
    '',
    ...partOf(taken, 'paper', 'On paper (A4)'),
    ...partOf(taken, 'screen', 'On a screen, as wide as a desk and as narrow as a phone'),
  ].join('\n')
}

function partOf(taken: readonly Taken[], on: Taken['on'], heading: string): string[] {
  const subjects = Map.groupBy(
    taken.filter((one) => one.on === on),
    ({ shows }) => shows,
  )
  const pictures = ([shows, those]: readonly [string, readonly Taken[]]) => [
    `### ${shows}`,
    '',
    ...those.map(({ file, label }) => `![${shows}: ${label}](${file})`),
    '',
  ]
  return [`## ${heading}`, '', ...[...subjects].flatMap(pictures)]
}
