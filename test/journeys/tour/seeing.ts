import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import type { Stop } from './stops.ts'

/** What is wrong with a page, in a sentence that begins with where it is. */
export type Fault = Readonly<{ about: About; sentence: string }>

/** What the tour looks for on every page. */
export type About =
  'answer' | 'links' | 'axe' | 'sideways' | 'covered' | 'title' | 'heading' | 'hosts' | 'console' | 'marks' | 'exit'

const atWidth = z.object({ sideways: z.array(z.string()), covered: z.array(z.string()), axe: z.array(z.string()) })
const onPage = z.object({
  title: z.string(),
  headings: z.array(z.string()),
  html: z.string(),
  fonts: z.array(z.string()),
  isPublic: z.boolean(),
  links: z.array(z.string()),
  exits: z.number(),
})

// As text, because it runs in the page and not here.
const looking = `({
  title: document.title,
  headings: [...document.querySelectorAll('h1')].map((one) => one.textContent.trim()),
  html: document.documentElement.outerHTML,
  fonts: [...new Set([...document.querySelectorAll('body, h1, button, input, td')].map((one) => getComputedStyle(one).fontFamily))],
  isPublic: document.documentElement.classList.contains('ww-public'),
  links: [...document.querySelectorAll('a[href^="/"]')].map((one) => one.getAttribute('href').replace(/#.*/, '')),
  exits: document.querySelectorAll('[data-quick-exit]').length,
})`

// The innermost part that stands out on the right, where the page scrolls sideways at all. A word may stand out of its part.
const measuring = `document.documentElement.scrollWidth <= innerWidth ? [] :
  ['a word', ...[...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .map((one) => one.tagName.toLowerCase() + '.' + one.className)].slice(-1)`

// What a mouse cannot press because something lies over it. On a phone the way to leave quickly stands over the foot of
// whatever is read, and gives way to a finger that scrolls.
const covering = `[...document.querySelectorAll('a[href], button')].flatMap((one) => {
  const box = one.getClientRects()[0]
  if (!box || box.width < 4 || box.height < 4) return []
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2]
  if (x < 0 || y < 0 || x > innerWidth || y > innerHeight || !one.checkVisibility({ visibilityProperty: true })) return []
  const over = document.elementFromPoint(x, y)
  if (!over || one.contains(over) || over.contains(one)) return []
  if (innerWidth <= 640 && over.closest('.ww-exit')) return []
  return [over.tagName.toLowerCase() + '.' + over.className + ' lies over "' + one.textContent.trim() + '"']
})`

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
// Of the rules, what may come out otherwise where the same page is laid out anew.
const onLaidOut = ['target-size', 'scrollable-region-focusable', 'link-in-text-block', 'meta-viewport']

// Without fetching sounds and styles beforehand: no page has a sound, and the rule about styles is not among these.
const asking = (rules: readonly string[]) =>
  `await axe.run({ runOnly: ${JSON.stringify(rules)}, resultTypes: ['violations'], preload: false }).then(({ violations }) =>
  violations.map(({ id, nodes }) => id + ' at ' + nodes.map(({ target }) => target).join(', ')))`

// All in one, because each question takes its turn behind those of the pages beside.
const seeing = (rules: readonly string[]) =>
  `(async () => ({ sideways: ${measuring}, covered: ${covering}, axe: ${asking(rules)} }))()`

// Marks and fonts of others, which this product must not carry.
const notOurs = /nhsuk-logo|nhsuk-header__logo|frutiger|gds[- ]transport|©\s*NHS|crest|govuk-logotype|crown-logo/i

/** What was seen of a page: what is wrong with it, and where it leads. */
export type Seen = Readonly<{ faults: readonly Fault[]; links: readonly string[] }>

const desk = 1280
const phone = 320

/**
 * Looks at one page as wide as a desk and as narrow as a small phone. It is opened as wide as the page before was left,
 * so that a page is laid out anew once and not twice, and half of all are opened on a phone. There axe is asked for all of
 * its rules, and at the other width for those that it may break by being laid out anew.
 */
export async function see(page: Page, { path, status }: Stop): Promise<Seen> {
  const faults: Fault[] = []
  const fault = (about: About, sentence: string) => faults.push({ about, sentence: `${path} ${sentence}` })
  const stop = listen(page, { status, fault })
  const answer = await page.goto(path).catch((cause: unknown) => String(cause))
  if (answer === null || typeof answer === 'string') {
    fault('answer', `shows no page (say so in test/journeys/tour/stops.ts if it is not one): ${answer ?? ''}`)
    stop()
    return { faults, links: [] }
  }
  if (answer.status() !== status) fault('answer', `answered ${answer.status()} and not ${status}`)
  const seen = onPage.parse(await page.evaluate(looking))
  judge(seen, fault)
  await page.evaluate(axe.source)
  const opened = page.viewportSize()?.width ?? desk
  for (const width of [opened, opened === desk ? phone : desk]) {
    if (width !== opened) await page.setViewportSize({ width, height: 900 })
    const found = atWidth.parse(await page.evaluate(seeing(width === opened ? tags : onLaidOut)))
    for (const one of found.sideways) fault('sideways', `scrolls sideways at ${width} pixels because of ${one}`)
    for (const one of found.covered) fault('covered', `at ${width} pixels: ${one}`)
    for (const one of found.axe) fault('axe', `at ${width} pixels: ${one}`)
  }
  stop()
  // Where the answer was no, the page's own address in other languages answers no as well.
  return { faults, links: status === 200 ? seen.links : [] }
}

type Saying = (about: About, sentence: string) => void

function judge({ title, headings, html, fonts, isPublic, exits }: z.infer<typeof onPage>, fault: Saying): void {
  if (!/^\S.+ – WorkWell$/.test(title)) fault('title', `has the title "${title}"`)
  if (headings.length !== 1 || headings[0] === '') fault('heading', `has these first headings: ${headings.join(' | ')}`)
  const mark = notOurs.exec(html)?.[0]
  if (mark) fault('marks', `carries "${mark}"`)
  for (const font of fonts.filter((one) => !/^arial\b/i.test(one))) fault('marks', `is set in ${font}`)
  if (isPublic !== exits > 0)
    fault('exit', isPublic ? 'cannot be left quickly' : 'is for staff and can be left quickly')
}

/** Hears what the browser complains of and whom it asks, until it is told to stop. */
function listen(page: Page, { status, fault }: Readonly<{ status: number; fault: Saying }>): () => void {
  const own = (address: string) => new URL(address).origin === new URL(page.url()).origin
  const asked = (request: { url(): string }) => {
    if (page.url() !== 'about:blank' && !own(request.url())) fault('hosts', `asks ${request.url()}`)
  }
  const said = (message: { type(): string; text(): string }) => {
    const isRefusal = status >= 400 && message.text().includes(`status of ${status}`)
    if (['error', 'warning'].includes(message.type()) && !isRefusal) fault('console', `says: ${message.text()}`)
  }
  const threw = (error: Error) => fault('console', `throws: ${error.message}`)
  page.on('request', asked).on('console', said).on('pageerror', threw)
  return () => page.off('request', asked).off('console', said).off('pageerror', threw)
}
