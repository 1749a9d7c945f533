import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../assets')
const modules = join(import.meta.dirname, '../../../node_modules')
const compiled = join(folder, 'workwell.css')

/** The stylesheet made from its source and the design system's. sass is only needed here, so it is only loaded here. */
async function compileStylesheet(): Promise<string> {
  const sass = await import('sass')
  const { css } = sass.compile(join(folder, 'workwell.scss'), {
    loadPaths: [modules],
    style: 'compressed',
    quietDeps: true,
    charset: false,
  })
  return `${css}\n`
}

/** What is wrong with the checked-in stylesheet, in sentences; empty when it is what its source says. */
export async function stylesheetProblems(): Promise<string[]> {
  const css = await compileStylesheet()
  const elsewhere = [...css.matchAll(/url\(["']?(?:[a-z]+:)?\/\/[^)]*\)/g)].map(
    ([url]) => `The stylesheet loads ${url}`,
  )
  const stale =
    readFileSync(compiled, 'utf8') === css
      ? []
      : ['src/platform/assets/workwell.css is not what its source makes: run `stylesheet`']
  return [...elsewhere, ...stale]
}

/** Makes the checked-in stylesheet anew. */
export async function writeStylesheet(): Promise<void> {
  writeFileSync(compiled, await compileStylesheet())
}
