import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from './app.ts'
import type { Browser, Seen } from './browser.ts'
import { fillArea, type Filled } from './journeys/tour/filled.ts'
import { aDraftedOnward } from './people/onward.ts'
import type { Deed } from './pressed/forms.ts'
import { deedsOf, ownRoutes, routeOf, wrongAnswer, wrongRepeat } from './pressed/own.ts'

let app: TestApp
let filled: Filled
let people: readonly Browser[] = []
/** What each of them saw on their pages, in tabs that stay open while everything else changes. */
const seen = new Map<Browser, Deed[]>()
beforeAll(async () => {
  app = await startApp()
  filled = await fillArea(app)
  const shown = await aDraftedOnward(app)
  await shown.browser.send(`/episodes/${shown.episode}/plan/sending`, { id: newId(), handing: 'staff' })
  await shown.browser.send(`/onward/${shown.onward}/showing`, { id: newId(), how: 'message', version: '1' })
  // Another code can be sent after a minute.
  app.clock.pass({ minutes: 2 })
  people = [filled.participant, await app.asParticipant(shown.person)]
  for (const one of people) seen.set(one, [...(await deedsOf(one))])
}, 60_000)
afterAll(() => app.close())

const said = ({ action, fields }: Deed, wrong: string | undefined) =>
  wrong === undefined ? [] : [`${action} ${JSON.stringify(fields)} ${wrong}`]

const tabsOf = (one: Browser) => seen.get(one) ?? []
const leaves = ({ action }: Deed) => action === '/my/leaving'

/** Forms that none of these people meets on the way: they are pressed by themselves, sent empty above, or end the session. */
const notOnThePages = {
  '/my/sign-out': 'ends the session',
  '/my/exit': 'ends the session',
  '/my/leaving/withdrawal': 'is pressed after leaving',
  '/my/team/:matter/agreement': 'is there while the team waits for them, and pressed twice with the matter',
  '/my/services/:onward/next': 'is there where a service did not answer',
}

/** Presses twice, as somebody does without script. */
async function twice(one: Browser, deed: Deed): Promise<readonly string[]> {
  const press = (): Promise<Seen> => one.send(deed.action, deed.fields)
  const [first, second] = [await press(), await press()]
  return said(deed, wrongAnswer(first) ?? wrongRepeat(first, second))
}

/** Presses everything that stands in tabs that were opened before. */
async function late(): Promise<readonly string[]> {
  const found: string[] = []
  for (const one of people)
    for (const deed of tabsOf(one).filter((deed) => !leaves(deed)))
      found.push(...said(deed, wrongAnswer(await one.send(deed.action, deed.fields))))
  return found
}

describe('A form of one’s own pages', { timeout: 60_000 }, () => {
  it('that is sent empty is answered, and never with a fault', async () => {
    const found: string[] = []
    for (const { path, rule } of ownRoutes(app).filter(({ rule }) => rule.form !== undefined || rule.draft)) {
      const action = path.replaceAll(/:(\w+)/g, (_all, part: string) => filled.parts[part] ?? newId())
      const { status } = await filled.participant.send(action)
      if (status >= 500) found.push(`${path} was answered ${status}`)
      expect(rule.who).toBe('participant')
    }

    expect(found).toEqual([])
  })

  it('that is pressed twice is answered the second time as the first', async () => {
    const found: string[] = []
    for (const one of people) {
      for (const deed of tabsOf(one).filter((deed) => !leaves(deed))) found.push(...(await twice(one, deed)))
      // What was done opens other things to do.
      const routes = new Set(tabsOf(one).map((deed) => routeOf(app, deed)))
      const fresh = (await deedsOf(one)).filter((deed) => !routes.has(routeOf(app, deed)))
      for (const deed of fresh) found.push(...(await twice(one, deed)))
      seen.set(one, [...tabsOf(one), ...fresh])
    }

    expect(found).toEqual([])
  })

  it('that was opened before something changed says what holds now', async () => {
    expect(await late()).toEqual([])
  })

  it('that was opened before they left says so as well, and leaving is done once', async () => {
    const found: string[] = []
    for (const one of people) {
      const stop = tabsOf(one).find((deed) => leaves(deed) && deed.fields['wish'] === 'stop')
      expect(stop).toBeDefined()
      if (stop) found.push(...(await twice(one, stop)))
    }
    found.push(...(await late()))
    for (const one of people) found.push(...(await twice(one, { action: '/my/leaving/withdrawal', fields: {} })))

    expect(found).toEqual([])
  })

  it('was pressed, each there is', () => {
    const pressed = new Set([...seen.values()].flat().map((deed) => routeOf(app, deed)))

    expect(
      ownRoutes(app)
        .map(({ path }) => path)
        .filter((path) => !pressed.has(path)),
    ).toEqual(Object.keys(notOnThePages))
  })
})
