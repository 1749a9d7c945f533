import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayOf } from '#platform/dates.ts'
import { startApp, type TestApp } from './app.ts'
import type { Browser } from './browser.ts'
import { fillArea, type Filled } from './journeys/tour/filled.ts'
import { type Stop, stopsOf } from './journeys/tour/stops.ts'
import { chosenOn, type Deed, deedsOn } from './pressed/forms.ts'
import { wrongAnswer, wrongRepeat } from './pressed/own.ts'

let app: TestApp
let filled: Filled
const browsers = new Map<Stop['as'], Promise<Browser>>()
beforeAll(async () => {
  app = await startApp()
  filled = await fillArea(app)
}, 60_000)
afterAll(() => app.close())

const asMember = (as: Stop['as']): Promise<Browser> | undefined => {
  if (typeof as === 'string') return undefined
  const browser = browsers.get(as) ?? app.as(as)
  browsers.set(as, browser)
  return browser
}

const isSigningIn = /^\/(sign-in|sign-out|stand-in|memberships)/

/** Every form of members, by where it is sent to. */
const formRoutes = (): readonly string[] =>
  app.product.lines
    .filter(({ method, rule: { who } }) => method === 'POST' && who !== 'anyone' && who !== 'participant')
    .map(({ path }) => path)

function routeOf(routes: readonly string[], action: string): string | undefined {
  const [path = ''] = action.split('?')
  const fits = (route: string) => new RegExp(`^${route.replaceAll(/:\w+/g, '[^/]+')}$`).test(path)
  return routes.find((route) => route === path) ?? routes.find(fits)
}

// What differs from page to page is not what the form does.
const kindOf = (route: string, { fields }: Deed): string =>
  JSON.stringify([route, Object.entries(fields).filter(([name]) => !/^(id|form|version)$/.test(name))])

describe('A form of members', () => {
  it('that is pressed twice leads where the first press led, and never to a page that is not there', async () => {
    const routes = formRoutes()
    const [pressed, met, taken] = [new Set<string>(), new Set<string>(), new Set<string>()]
    const found: string[] = []
    for (const { as, path, status } of stopsOf({ app, filled })) {
      const browser = await asMember(as)
      if (!browser || status !== 200) continue
      const { html } = await browser.open(path)
      for (const deed of deedsOn(html).map((one) => chosenOn(html, one, dayOf(app.clock.now)))) {
        const route = routeOf(routes, deed.action)
        if (route === undefined || isSigningIn.test(route) || pressed.has(kindOf(route, deed))) continue
        pressed.add(kindOf(route, deed))
        met.add(route)
        const press = () => browser.send(deed.action, deed.fields)
        const [first, second] = [await press(), await press()]
        if (first.status < 400) taken.add(route)
        const wrong = wrongAnswer(first) ?? wrongRepeat(first, second)
        if (wrong !== undefined) found.push(`${route} ${JSON.stringify(deed.fields)} ${wrong}`)
      }
    }

    expect(found).toEqual([])
    // Some are on pages that need more than stands here, and some want what only a person can choose.
    expect(met.size / routes.length).toBeGreaterThan(0.6)
    expect(taken.size / met.size).toBeGreaterThan(0.6)
  }, 60_000)
})
