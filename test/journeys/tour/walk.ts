import type { Page } from 'playwright-core'
import type { TestApp } from '#test/app.ts'
import type { Browser } from '#test/browser.ts'
import type { Chromium } from '#test/journeys/chromium.ts'
import { type Fault, see } from './seeing.ts'
import type { Stop } from './stops.ts'

type Walk = Readonly<{
  app: TestApp
  chromium: Chromium
  stranger: Browser
  participant: Browser
  stops: readonly Stop[]
}>

/** A link that somebody found on a page. */
type Way = Readonly<{ as: Stop['as']; from: string; to: string }>

const side = 2

/** Looks at every stop, a few at a time in one browser, and then goes each way that was found there. */
export async function walk(walk: Walk): Promise<Fault[]> {
  const left = [...walk.stops]
  const faults: Fault[] = []
  const ways = new Map<string, Way>()
  const oneAfterTheOther = async () => {
    const pages = new Map<Stop['as'], Promise<Page>>()
    for (let stop = left.shift(); stop; stop = left.shift()) {
      const { as, path } = stop
      const page = pages.get(as) ?? pageOf(walk, as)
      pages.set(as, page)
      const seen = await see(await page, stop)
      faults.push(...seen.faults)
      for (const to of seen.links) ways.set(kindOf(as, to), { as, from: path, to })
    }
  }
  await Promise.all(Array.from({ length: side }, oneAfterTheOther))
  return [...faults, ...(await goEach(walk, [...ways.values()]))]
}

const pageOf = (walk: Walk, as: Stop['as']): Promise<Page> =>
  typeof as === 'string' ? walk.chromium.carrying(walk[as].cookies) : walk.chromium.as(as)

/** One way of each kind is gone: the same page of another person leads nowhere else. */
function kindOf(as: Stop['as'], to: string): string {
  const who = typeof as === 'string' ? as : as.membership
  return `${who} ${to.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')}`
}

// Signing in has its own tests, and its ways are good once.
const isSigningIn = /^\/(sign-in|sign-out|stand-in)\//

async function goEach({ app, ...others }: Walk, ways: readonly Way[]): Promise<Fault[]> {
  const faults: Fault[] = []
  const browsers = new Map<Stop['as'], Promise<Browser>>()
  for (const { as, from, to } of ways.filter((way) => !isSigningIn.test(way.to))) {
    const browser = browsers.get(as) ?? (typeof as === 'string' ? Promise.resolve(others[as]) : app.as(as))
    browsers.set(as, browser)
    const { status } = await (await browser).open(to)
    if (status >= 400) faults.push({ about: 'links', sentence: `${from} leads to ${to}, which answers ${status}` })
  }
  return faults
}
