import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from './app.ts'
import { agreedAccess, askAll, everyAsking, passedBy } from './tenancy/walk.ts'
import { type Closed, closedArea, watching } from './tenancy/world.ts'

let app: TestApp
let closed: Closed
beforeAll(async () => {
  app = await startApp()
  closed = await closedArea(app)
}, 60_000)
afterAll(() => app.close())

// Everybody of the cast walks in `npm run prove`, where each check is taken away in turn as well.
describe('Nobody learns of people whose records are not theirs to see', { timeout: 120_000 }, () => {
  it.each([['otherCoach'], ['providerManager'], ['serviceLead']] as const)('%s, at any address', async (part) => {
    const watcher = await watching(app, app.cast[part], closed.before)
    const askings = everyAsking({ app, ...closed, watchers: [watcher] })
    const found = await askAll(askings, agreedAccess())

    expect(passedBy({ app, askings })).toEqual([])
    expect(watcher.hidden.length).toBeGreaterThan(0)
    expect(found.map(({ sentence }) => sentence)).toEqual([])
  })
})

describe('An empty form', { timeout: 120_000 }, () => {
  it('is answered with what is missing, and never with a fault', async () => {
    await app.owner.query('update people.person set restricted = false')
    const watcher = { ...(await watching(app, app.cast.manager)), hidden: [] }
    const forms = everyAsking({ app, ...closed, typed: [], watchers: [watcher] }).filter(
      ({ method }) => method === 'POST',
    )
    const found = await askAll(forms, agreedAccess())

    expect(found.map(({ sentence }) => sentence)).toEqual([])
  })
})
