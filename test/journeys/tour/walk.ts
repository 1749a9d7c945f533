import type { Page } from 'playwright-core'
import type { Browser } from '#test/browser.ts'
import type { Chromium } from '#test/journeys/chromium.ts'
import { type Fault, see } from './seeing.ts'
import type { Stop } from './stops.ts'

type Walk = Readonly<{ chromium: Chromium; stranger: Browser; stops: readonly Stop[] }>

const side = 3

/** Looks at every stop, a few at a time in one browser. */
export async function walk({ chromium, stranger, stops }: Walk): Promise<Fault[]> {
  const left = [...stops]
  const faults: Fault[] = []
  const oneAfterTheOther = async () => {
    const pages = new Map<Stop['as'], Promise<Page>>()
    for (let stop = left.shift(); stop; stop = left.shift()) {
      const { as } = stop
      const page = pages.get(as) ?? (as === 'stranger' ? chromium.carrying(stranger.cookies) : chromium.as(as))
      pages.set(as, page)
      faults.push(...(await see(await page, stop)))
    }
  }
  await Promise.all(Array.from({ length: side }, oneAfterTheOther))
  return faults
}
