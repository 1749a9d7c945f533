import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { type Chromium, openChromium } from './chromium.ts'
import { type About, type Fault } from './tour/seeing.ts'
import { fillArea } from './tour/filled.ts'
import { noPage, pagesOf, type Stop, stopsOf } from './tour/stops.ts'
import { walk } from './tour/walk.ts'

const another = { key: 'cis2', label: 'NHS CIS2', issuer: 'https://identity.example.org', clientId: 'workwell' }

let app: TestApp
let chromium: Chromium
let stops: readonly Stop[] = []
let faults: readonly Fault[] = []
beforeAll(async () => {
  app = await startApp({ WORKWELL_PROVIDERS: JSON.stringify([another]) })
  chromium = await openChromium(app)
  const filled = await fillArea(app)
  stops = stopsOf({ app, filled })
  faults = await walk({ chromium, stranger: filled.stranger, stops })
}, 240_000)
afterAll(async () => {
  await chromium.close()
  await app.close()
})

const found = (about: About) => faults.filter((fault) => fault.about === about).map(({ sentence }) => sentence)

describe('Every page of the product', () => {
  it('was visited once at least', () => {
    const routes = app.product.lines.map(({ path }) => path)

    expect(stops.length).toBeGreaterThanOrEqual(pagesOf(app).length)
    expect(Object.keys(noPage).filter((path) => !routes.includes(path))).toEqual([])
  })

  it('is there for whom it is meant', () => expect(found('answer')).toEqual([]))
  it('has nothing that axe finds, as wide as a desk and as narrow as a phone', () => expect(found('axe')).toEqual([]))
  it('fits on a phone 320 pixels wide', () => expect(found('sideways')).toEqual([]))
  it('says in its title what it is and whose', () => expect(found('title')).toEqual([]))
  it('has exactly one first heading', () => expect(found('heading')).toEqual([]))
  it('asks nobody else for anything', () => expect(found('hosts')).toEqual([]))
  it('makes the browser complain of nothing', () => expect(found('console')).toEqual([]))
  it('carries no mark or font of the NHS or the government', () => expect(found('marks')).toEqual([]))
  it('can be left quickly where it is for the public', () => expect(found('exit')).toEqual([]))
})
