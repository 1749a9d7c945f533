import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../assets')
const modules = join(import.meta.dirname, '../../../node_modules')

/**
 * The stylesheets made from their source and the design system's: one for languages written from the left, and its
 * mirror image. sass and rtlcss are only needed here, so they are only loaded here.
 */
async function compileStylesheets(): Promise<Readonly<Record<string, string>>> {
  const { default: rtlcss } = await import('rtlcss')
  const css = await compileStylesheet()
  return { 'workwell.css': css, 'workwell-rtl.css': rtlcss.process(css) }
}

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

/** What is wrong with the checked-in stylesheets, in sentences; empty when they are what their source says. */
export async function stylesheetProblems(): Promise<string[]> {
  return Object.entries(await compileStylesheets()).flatMap(([file, css]) => {
    const elsewhere = [...css.matchAll(/url\(["']?(?:[a-z]+:)?\/\/[^)]*\)/g)].map(([url]) => `${file} loads ${url}`)
    const path = join(folder, file)
    const same = existsSync(path) && readFileSync(path, 'utf8') === css
    return same
      ? elsewhere
      : [...elsewhere, `src/platform/assets/${file} is not what its source makes: run \`stylesheet\``]
  })
}

/** Makes the checked-in stylesheets anew. */
export async function writeStylesheet(): Promise<void> {
  for (const [file, css] of Object.entries(await compileStylesheets())) writeFileSync(join(folder, file), css)
}
