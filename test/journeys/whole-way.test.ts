import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'
import { anEpisode } from '#test/people/episode.ts'
import { type Chromium, fill, look, openChromium, press } from './chromium.ts'

let app: TestApp
let chromium: Chromium
beforeAll(async () => {
  app = await startApp()
  chromium = await openChromium(app)
})
afterAll(async () => {
  await chromium.close()
  await app.close()
})

let person = ''
let episode = ''
const faults: string[] = []

/** Sends the form of a page and keeps what axe finds on the page that follows. */
async function onward(page: Page, button: string | RegExp): Promise<void> {
  await press(page, button)
  faults.push(...(await look(page)))
}

describe("One person's whole way through", { timeout: 60_000 }, () => {
  it('begins with five short pages, without script and without an account', async () => {
    const page = await chromium.stranger(false)
    await page.goto('/in/north')
    await page.getByRole('link', { name: 'Refer yourself' }).first().click()
    await fill(page, { givenName: 'Wanda', familyName: 'Wayfarer', phone: '07700 900321', safe: ['call', 'text'] })
    await press(page, /Continue/)
    await fill(page, { 'bornOn-day': '2', 'bornOn-month': '6', 'bornOn-year': '1990', postcode: 'LS1 4AP' })
    await press(page, /Continue/)
    await fill(page, { workStatus: 'off-sick' })
    await press(page, /Continue/)
    await fill(page, { reason: 'Shorter days to begin with' })
    await press(page, /Continue/)
    const checked = await page.locator('main').innerText()
    await press(page, /Send/)

    expect(checked).toContain('Wanda Wayfarer')
    expect(page.url()).not.toContain('Wanda')
    expect(await page.locator('main').innerText()).toMatch(/WW-[2-9A-Z]{4}-[2-9A-Z]{3}/)
  })

  it('is found eligible by triage, for reasons anybody can read', async () => {
    const page = await chromium.as(app.cast.administrator)
    faults.push(...(await look(page, '/referrals')))
    await page
      .getByRole('link', { name: /Wanda Wayfarer/ })
      .first()
      .click()
    const { rows } = await app.owner.query<{ id: string; person: string; episode: string }>(
      `select referral.id, referral.person, referral.episode from referral.referral join people.person on person.id = referral.person where family_name = 'Wayfarer'`,
    )
    person = rows[0]?.person ?? ''
    episode = rows[0]?.episode ?? ''
    faults.push(...(await look(page, `/referrals/${rows[0]?.id ?? ''}/eligibility`)))
    await fill(page, { decision: 'accepted', reason: 'Spoke to her: everything is well' })
    await onward(page, 'Save decision')

    expect(await page.locator('main').innerText()).toContain('Accepted')
  })

  it('is given to a coach by a manager who sees the effect first', async () => {
    const page = await chromium.as(app.cast.manager)
    faults.push(...(await look(page, '/board')))
    faults.push(...(await look(page, '/allocation')))
    await page.locator('main input[type="checkbox"][name="chosen"]').first().check()
    await page.locator('main select[name="coach"]').last().selectOption(app.cast.coach.membership)
    await onward(page, 'Show the effect')
    const effect = await page.locator('main').innerText()
    await fill(page, { reason: 'room' })
    await onward(page, /Give them to/)

    expect(effect).toContain('Carol Coach')
    expect((await standing()).coach).toBe(app.cast.coach.membership)
  })

  it("stands on the coach's day, and a first call is written down once", async () => {
    app.clock.set('2026-01-07T10:00:00Z')
    const page = await chromium.as(app.cast.coach)
    faults.push(...(await look(page, '/day')))
    await page
      .locator('main')
      .getByRole('link', { name: /Log a contact/ })
      .first()
      .click()
    await fill(page, { way: 'mobile', result: 'reached' })
    await onward(page, 'Save contact')

    expect(page.url()).toContain(`/people/${person}`)
    expect(await page.locator('main').innerText()).toContain('Call to a mobile: we spoke')
  })

  it('is assessed only after the person agreed to take part', async () => {
    const page = await chromium.as(app.cast.coach)
    await page.goto(`/episodes/${episode}/assessment`)
    const before = await page.locator('main').innerText()
    faults.push(...(await look(page, `/people/${person}/agreements/new`)))
    await fill(page, { how: 'telephone', 'take-part': 'yes' })
    await onward(page, 'Save these answers')
    faults.push(...(await look(page, `/episodes/${episode}/assessment`)))
    const offered = page.locator('select[name="main"] option:not([hidden])')
    const unmarked = await offered.count()
    await fill(page, {
      employment_status: 'employed',
      'barriers-physical': ['pain'],
      'severity-pain': '8',
      main: 'pain',
    })
    const marked = await offered.allInnerTexts()
    await press(page, /Finish/)

    expect(unmarked).toBe(1)
    expect(marked).toEqual(['Choose', expect.stringContaining('Pain')])
    expect(before).toMatch(/agree/i)
    expect((await standing()).stage).toBe('assessed')
  })

  it("has a plan in the person's own words, agreed by both", async () => {
    const page = await chromium.as(app.cast.coach)
    faults.push(...(await look(page, `/episodes/${episode}/plan/kind`)))
    await fill(page, { type: 'return-to-work', 'review-day': '2', 'review-month': '2', 'review-year': '2026' })
    await onward(page, 'Save')
    await page.goto(`/episodes/${episode}/plan/goals/new`)
    await fill(page, { words: 'I want my mornings back', whose: 'person' })
    await onward(page, 'Add this goal')
    await page
      .getByRole('link', { name: /Add an action/ })
      .first()
      .click()
    await fill(page, {
      what: 'Ask for a later start',
      owner: 'participant',
      'due-day': '12',
      'due-month': '1',
      'due-year': '2026',
    })
    await onward(page, 'Add this action')
    await page.goto(`/episodes/${episode}/plan/agreement`)
    await fill(page, { 'agreed-day': '7', 'agreed-month': '1', 'agreed-year': '2026', how: 'in-person', both: 'yes' })
    await onward(page, 'Agree this plan')
    await page.goto(`/episodes/${episode}/plan/print`)

    expect((await standing()).stage).toBe('plan-agreed')
    expect(await page.locator('main').innerText()).toContain('I want my mornings back')
  })

  it('is seen by no other area and no other provider: refusal and absence are the same', async () => {
    for (const member of [app.cast.providerCoach, app.cast.coachElsewhere]) {
      const page = await chromium.as(member)
      const foreign = await page.goto(`/people/${person}`)
      const words = await page.locator('body').innerText()
      const absent = await page.goto('/people/01a207ae-0000-7947-82d2-9068aa52f852')

      expect([foreign?.status(), words]).toEqual([absent?.status(), await page.locator('body').innerText()])
      expect(foreign?.status()).toBe(404)
    }
  })

  it('is looked after by a colleague while the coach is away, and handed back', async () => {
    const page = await chromium.as(app.cast.manager)
    await page.goto('/absences/new')
    const days = {
      'from-day': '8',
      'from-month': '1',
      'from-year': '2026',
      'until-day': '22',
      'until-month': '1',
      'until-year': '2026',
    }
    await fill(page, { member: app.cast.coach.membership, cover: app.cast.otherCoach.membership, ...days })
    await onward(page, /what moves|Show/)
    await onward(page, 'Arrange this absence')
    const during = await dayOf(app.cast.otherCoach, '2026-01-21T10:00:00Z')
    const after = await dayOf(app.cast.otherCoach, '2026-01-22T10:00:00Z')

    expect(during).toContain('Wanda Wayfarer')
    expect(after).not.toContain('Wanda Wayfarer')
  })

  it('is completed goal by goal with an outcome, and followed up at 13 weeks', async () => {
    const page = await chromium.as(app.cast.coach)
    faults.push(...(await look(page, `/episodes/${episode}/completion`)))
    const { rows } = await app.owner.query<{ id: string }>('select id from goal.goal where episode = $1', [episode])
    await fill(page, {
      workStatus: 'employed',
      hours: '24',
      workAbility: '7',
      outcomes: ['same-job'],
      [`result-${rows[0]?.id ?? ''}`]: 'met',
    })
    await fill(page, {
      'completed-day': '21',
      'completed-month': '1',
      'completed-year': '2026',
      next: 'Keep the later start',
    })
    await onward(page, 'Complete this plan')
    const later = await dayOf(app.cast.coach, '2026-04-22T10:00:00Z')

    expect((await standing()).stage).toBe('aftercare')
    expect(later).toContain('Ask how things are')
  })

  it('can be handed over to another provider, whose people see the record from then on', async () => {
    const { episode: other, person: handed } = await anEpisode(app, { givenName: 'Hanna', familyName: 'Handover' })
    const page = await chromium.as(app.cast.manager)
    const theirs = await chromium.as(app.cast.providerManager)
    const before = await theirs.goto(`/people/${handed}`)
    faults.push(...(await look(page, `/episodes/${other}/handover`)))
    await fill(page, {
      provider: app.cast.providerManager.organisation,
      reason: 'place',
      first: 'Moved near them',
      agreed: 'yes',
    })
    await onward(page, 'Offer them to this provider')
    faults.push(...(await look(page)))
    const offer = new URL(page.url()).pathname
    faults.push(...(await look(theirs, offer)))
    await fill(theirs, { answer: 'accepted', coach: app.cast.providerCoach.membership })
    await onward(theirs, 'Send the answer')
    await page.goto(`/people/${handed}`)
    const after = await theirs.goto(`/people/${handed}`)
    const own = await page.locator('main').innerText()

    expect([before?.status(), after?.status()]).toEqual([404, 200])
    expect(own).toContain('You can read this until')
    expect(own).not.toContain('Log a contact')
  })

  it('begins anew when they come back: what was stays readable, and the new support stands first', async () => {
    const page = await chromium.as(app.cast.coach)
    await page.goto(`/people/${person}`)
    await page.getByRole('link', { name: 'Refer again' }).click()
    faults.push(...(await look(page)))
    await fill(page, { channel: 'telephone', route: 'self', reason: 'Off sick again since Easter' })
    await onward(page, /Add|Save|Refer/)
    const { rows } = await app.owner.query<{ id: string }>(
      'select id from referral.referral where person = $1 order by id desc limit 1',
      [person],
    )
    const administrator = await chromium.as(app.cast.administrator)
    await administrator.goto(`/referrals/${rows[0]?.id ?? ''}/eligibility`)
    await fill(administrator, { decision: 'accepted', reason: 'Known to us' })
    await press(administrator, 'Save decision')
    faults.push(...(await look(page, `/people/${person}`)))
    const record = await page.locator('main').innerText()
    await page.getByRole('link', { name: 'Open the plan' }).click()

    expect(record).toMatch(/Wanda Wayfarer\s+Accepted/)
    expect(record).toMatch(/Earlier support\s+From .*: completed, in aftercare, Return to Work, with Carol Coach/)
    expect(record).toContain('Call to a mobile: we spoke')
    expect(await page.locator('main').innerText()).toContain('I want my mornings back')
  })

  it('met no page on the way with a fault that axe finds', () => {
    expect([...new Set(faults)]).toEqual([])
  })
})

/** What stands on a member's day at a moment. */
async function dayOf(member: Member, moment: string): Promise<string> {
  app.clock.set(moment)
  const page = await chromium.as(member)
  await page.goto('/day')
  return page.locator('main').innerText()
}

async function standing() {
  const { rows } = await app.owner.query<{ stage: string; coach: string | null; ended_at: Date | null }>(
    'select stage, coach, ended_at from episode.standing where episode = $1',
    [episode],
  )
  return rows[0] ?? { stage: 'nowhere', coach: null, ended_at: null }
}
