import type { Fault, Rule } from '#test/architecture/fault.ts'
import type { Import } from '#test/architecture/imports.ts'
import { lineOf, nameOf, type Node, part } from '#test/architecture/node.ts'
import { placeOf } from '#test/architecture/order.ts'
import type { Source } from '#test/architecture/source.ts'
import { isSqlTag, touchesIn } from '#test/architecture/sql.ts'
import { productSources, type Tree } from '#test/architecture/tree.ts'
import { clockReadIn, worldAskedIn } from './clock.ts'

const dates = 'src/platform/dates.ts'
// A fact that comes with the product is a value that is written down, as a code list is.
const isFact = (target: string) => /^data\/.+\.json$/.test(target)
const isRules = (target: string) => /^src\/.+\/rules\.ts$/.test(target)

/** The decisions of the service can be read, tested and trusted without a database, a browser or a clock. */
export const rulesArePure: Rule = {
  sentence: 'rules.ts imports only rules and dates, and asks neither clock, chance nor the world',
  check: (tree) => [
    ...named(tree, /(^|\/)rules\.ts$/).flatMap((source) => [
      ...refused(source, mayRulesUse, 'only other rules.ts and #platform/dates.ts; hand values in as arguments'),
      ...worldAskedIn(source),
    ]),
    ...productSources(tree)
      .filter(({ path }) => path === dates)
      .flatMap(clockReadIn),
  ],
}

function mayRulesUse({ target, from }: Import, source: Source): boolean {
  const onPlatform = placeOf(source.path)?.slice === 'platform'
  return target === undefined ? onPlatform && from === 'zod' : target === dates || isRules(target) || isFact(target)
}

/** Pages turn values into HTML; what they show was fetched before. */
export const pagesOnlyShow: Rule = {
  sentence:
    'pages import only React, the design system, platform/html, platform/language, dates, rules and pages of their own',
  check: (tree) =>
    named(tree, /^(pages\.tsx|pages\/.+\.tsx)$/).flatMap((source) => [
      ...refused(
        source,
        mayPagesUse,
        'only react, nhsuk-react-components, #platform/html/, #platform/language/, rules.ts, dates; hand values in as props',
      ),
      ...worldAskedIn(source),
    ]),
}

function mayPagesUse({ target, from }: Import, source: Source): boolean {
  if (target === undefined) return /^(react|nhsuk-react-components)(\/|$)/.test(from) && !from.includes('server')
  if (target === dates || isRules(target) || target.startsWith('src/platform/html/')) return true
  if (target.startsWith('src/platform/language/')) return true
  const to = placeOf(target)
  return to?.slice === placeOf(source.path)?.slice && /^pages(\.tsx$|\/)/.test(to?.within ?? '')
}

/** A store speaks SQL and the words of its rules, never HTTP or HTML. */
export const storesOnlyStore: Rule = {
  sentence: 'store.ts knows nothing of HTML and HTTP',
  check: (tree) =>
    named(tree, /^store\.ts$/).flatMap((source) =>
      refused(source, mayStoresUse, 'answer values; routes.ts and pages.tsx make pages of them'),
    ),
}

function mayStoresUse({ target, from }: Import): boolean {
  if (target === undefined) return !/^(@?fastify|react|react-dom|nhsuk-|pg$|graphile-worker)/.test(from)
  // Work for later is added in the transaction of the act that causes it.
  if (target === 'src/platform/jobs/jobs.ts') return true
  return !/^src\/platform\/(html|http)\/|\/(routes|pages|jobs|import)\.tsx?$|\/pages\//.test(target)
}

/** Routes decide who and what next; SQL is the store's and markup the pages'. */
export const routesOnlyRoute: Rule = {
  sentence: "routes hold no SQL and no markup: only components of the slice's own pages",
  check: (tree) =>
    named(tree, /^routes\.tsx?$/).flatMap((source) => [
      ...refused(
        source,
        ({ from }) => !/^(react|react-dom|nhsuk-|kysely|pg)(\/|$)/.test(from),
        'put SQL in store.ts and markup in pages.tsx',
      ),
      ...sqlIn(source),
      ...markupIn(source),
    ]),
}

function sqlIn(source: Source): Fault[] {
  const tags = source.all('TaggedTemplateExpression').filter(isSqlTag).map(lineOf)
  const lines = new Set([...tags, ...touchesIn(source).map(({ line }) => line)])
  return [...lines].map((line) => ({
    path: source.path,
    line,
    what: 'holds SQL',
    instead: 'give it a name in store.ts and call that',
  }))
}

function markupIn(source: Source): Fault[] {
  const own = new Set(
    source.imports.filter((found) => mayBeShown(found, source)).flatMap(({ names }) => names.map(({ local }) => local)),
  )
  const elements = source.all('JSXOpeningElement').filter((element) => !own.has(rootName(part(element, 'name'))))
  return [...elements, ...source.all('JSXFragment')].map((element) => ({
    path: source.path,
    line: lineOf(element),
    what: `holds markup <${rootName(part(element, 'name'))}>`,
    instead: 'make it a component of pages.tsx and show that',
  }))
}

function mayBeShown({ target }: Import, source: Source): boolean {
  const to = target === undefined ? undefined : placeOf(target)
  return to !== undefined && to.folder === placeOf(source.path)?.folder && !to.within.endsWith('.ts')
}

function rootName(element: Node | undefined): string {
  return element?.type === 'JSXMemberExpression' ? rootName(part(element, 'object')) : nameOf(element)
}

/** The product's files with this name inside their slice. */
function named(tree: Tree, pattern: RegExp): Source[] {
  return productSources(tree).filter(({ path }) => {
    const place = placeOf(path)
    return place !== undefined && pattern.test(place.slice === 'platform' ? platformName(place.within) : place.within)
  })
}

// A platform folder is not a slice: its `rules.ts` and `routes.ts` are held to the same, its other files are free.
function platformName(within: string): string {
  const inside = within.split('/').slice(1).join('/')
  return /(^|\/)(rules|routes)\.tsx?$/.test(inside) ? inside : ''
}

function refused(source: Source, allowed: (found: Import, source: Source) => boolean, instead: string): Fault[] {
  return source.imports
    .filter((found) => !allowed(found, source))
    .map(({ from, line }) => ({ path: source.path, line, what: `imports ${from}`, instead }))
}
