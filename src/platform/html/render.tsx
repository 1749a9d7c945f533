import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { type Shell, ShellContext } from './shell.tsx'

/** The whole document that goes to the reader. */
export function renderPage(page: ReactElement, shell: Shell): string {
  return `<!doctype html>${renderToStaticMarkup(<ShellContext.Provider value={shell}>{page}</ShellContext.Provider>)}`
}
