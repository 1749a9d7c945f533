import type { TestApp } from '#test/app.ts'
import type { Browser, Seen } from '#test/browser.ts'
import { type Deed, deedsOn } from './forms.ts'

// These end the session in which the walk is made.
const ends = new Set(['/my/sign-out', '/my/exit'])
// Files, and the same page in another language.
const isLeftOut = /\/(file|calendar)$|step=calendar|language=/

/** Everything that a participant can do, found as they would find it: from page to page along every link of their own. */
export async function deedsOf(browser: Browser): Promise<readonly Deed[]> {
  const pages = ['/my', '/my/services']
  const deeds = new Map<string, Deed>()
  for (const page of pages) {
    const { html } = await browser.open(page)
    for (const deed of deedsOn(html)) {
      if (!ends.has(deed.action) && deed.action.startsWith('/my')) deeds.set(keyOf(deed), deed)
    }
    for (const [, href = ''] of html.matchAll(/href="(\/my[^"#]*)"/g)) {
      const next = href.replaceAll('&amp;', '&')
      if (!pages.includes(next) && !isLeftOut.test(next)) pages.push(next)
    }
  }
  return [...deeds.values()]
}

// The same form on two pages is one deed; the id that it was given there is not what it does.
const keyOf = ({ action, fields }: Deed) =>
  JSON.stringify([action, Object.entries(fields).filter(([name]) => name !== 'id' && name !== 'form')])

/** Every form of the product that is for participants. */
export const ownRoutes = ({ product }: TestApp) =>
  product.lines.filter(({ method, rule }) => method === 'POST' && rule.who === 'participant')

/** The route that a form goes to. */
export function routeOf(app: TestApp, { action }: Deed): string | undefined {
  const paths = ownRoutes(app).map(({ path }) => path)
  const fits = (path: string) => new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`).test(action)
  return paths.find((path) => path === action) ?? paths.find(fits)
}

/** What nobody may be answered who sent a form of their own, in whichever order. */
export function wrongAnswer({ status, text }: Seen): string | undefined {
  if (status >= 500) return `was answered ${status}`
  if (/Page not found/.test(text)) return 'was told that there is no such page'
  return undefined
}

/** What is wrong where the same form comes a second time at once. */
export function wrongRepeat(first: Seen, second: Seen): string | undefined {
  const wrong = wrongAnswer(second)
  if (wrong !== undefined) return wrong
  if (first.status < 400 && second.status >= 400) return `was done, and then answered ${second.status}`
  return undefined
}
