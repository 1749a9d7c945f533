import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { type Chromium, fill, openChromium, press } from './chromium.ts'
import { type About, type Fault } from './tour/seeing.ts'
import { fillArea, type Filled } from './tour/filled.ts'
import { noPage, pagesOf, type Stop, stopsOf } from './tour/stops.ts'
import { walk } from './tour/walk.ts'
import { sendUnanswered } from './tour/wrong.ts'

const another = { key: 'cis2', label: 'NHS CIS2', issuer: 'https://identity.example.org', clientId: 'workwell' }

let app: TestApp
let chromium: Chromium
let filled: Filled
let stops: readonly Stop[] = []
let faults: readonly Fault[] = []
beforeAll(async () => {
  app = await startApp({ WORKWELL_PROVIDERS: JSON.stringify([another]) })
  chromium = await openChromium(app)
  filled = await fillArea(app)
  stops = stopsOf({ app, filled })
  faults = await walk({ app, chromium, stranger: filled.stranger, participant: filled.participant, stops })
}, 600_000)
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
  it('has nothing lying over what is to be pressed', () => expect(found('covered')).toEqual([]))
  it('fits on a phone 320 pixels wide', () => expect(found('sideways')).toEqual([]))
  it('leads only where its reader may go', () => expect(found('links')).toEqual([]))
  it('says in its title what it is and whose', () => expect(found('title')).toEqual([]))
  it('has exactly one first heading', () => expect(found('heading')).toEqual([]))
  it('asks nobody else for anything', () => expect(found('hosts')).toEqual([]))
  it('makes the browser complain of nothing', () => expect(found('console')).toEqual([]))
  it('carries no mark or font of the NHS or the government', () => expect(found('marks')).toEqual([]))
  it('can be left quickly where it is for the public', () => expect(found('exit')).toEqual([]))
})

describe('A form that was sent without an answer', { timeout: 60_000 }, () => {
  it.each(['refer-yourself/name', 'refer-yourself/home', 'refer'])('says so to a stranger at %s', async (form) => {
    const page = await chromium.stranger(true)

    expect(await sendUnanswered(page, { path: `/in/north/${form}` })).toEqual([])
  })

  it.each(['contacts/new', 'concerns/new', 'support/new', 'appointments/new', 'completion', 'ending'])(
    'says so to a coach at %s',
    async (form) => {
      const page = await chromium.as(app.cast.coach)

      expect(await sendUnanswered(page, { path: `/episodes/${filled.parts['episode'] ?? ''}/${form}` })).toEqual([])
    },
  )

  it.each(['/referrals/new', '/absences/new', '/area/eligibility/new'])('says so to a manager at %s', async (path) => {
    const page = await chromium.as(app.cast.manager)

    expect(await sendUnanswered(page, { path })).toEqual([])
  })
})

describe('Without script', { timeout: 60_000 }, () => {
  it('a professional refers somebody and is told what happens next', async () => {
    const page = await chromium.stranger(false)
    await page.goto('/in/north')
    await page.getByRole('link', { name: 'Refer somebody' }).first().click()
    await fill(page, {
      agreement: 'agreed',
      route: 'gp',
      referrerName: 'Dr Park',
      referrerOrganisation: 'Park Surgery',
    })
    await fill(page, { referrerEmail: 'park@example.org', givenName: 'Greta', familyName: 'Referred' })
    await fill(page, { 'bornOn-day': '2', 'bornOn-month': '6', 'bornOn-year': '1990', phone: '07700 900322' })
    await fill(page, { postcode: 'LS1 4AP', safe: ['call', 'text'], feedback: 'status' })
    await press(page, /Send|Refer/)

    expect(await page.locator('main').innerText()).toMatch(/WW-[2-9A-Z]{4}-[2-9A-Z]{3}/)
  })

  it('the person comes back by the link in their message', async () => {
    await app.work()
    const { rows } = await app.owner.query<{ id: string }>(
      `select id from notify.message where link_purpose = 'come-back' and settled_as = 'sent' order by id desc limit 1`,
    )
    const { text } = await (await app.as(app.cast.administrator)).open(`/outbox/${rows[0]?.id ?? ''}`)
    const page = await chromium.stranger(false)
    await page.goto(/\/l\/[\w.-]+/.exec(text)?.[0] ?? '/nowhere')

    expect(await page.locator('main').innerText()).toMatch(/Your reference is WW-/)
  })
})
