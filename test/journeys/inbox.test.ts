import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { recordEvent } from '#journey/onward/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { anInbox, aSentOnward } from '#test/people/onward.ts'
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

type Page = Awaited<ReturnType<Chromium['as']>>
const words = (page: Page) => page.locator('main').innerText()
const ended = { 'ended-day': '5', 'ended-month': '1', 'ended-year': '2026' }

/** Lets a service have answered twenty people some weeks ago, so that its figures are shown. */
async function answeredBefore(onward: string): Promise<void> {
  const { rows } = await app.owner.query<{ id: string }>(
    `insert into onward.referral select (jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid(),
       'state', 'accepted', 'asked_at', one.asked_at - interval '60 days'))).*
     from onward.referral one, generate_series(1, 20) where one.id = $1 returning id`,
    [onward],
  )
  const said = { area: 'north', kind: 'ended', witness: 'service', reason: 'helped' } as const
  const at = app.clock.now.subtract({ hours: 24 * 51 })
  for (const { id: referral } of rows)
    await app.inArea('north', (db) => recordEvent(db, { ...said, id: newId(), referral, at }))
}

describe('A service answers in its own inbox', { timeout: 90_000 }, () => {
  const faults: string[] = []
  let lead: Page
  let onward = ''
  let service = ''

  it('where its lead accepts somebody and later says how it ended, and the coach sees it', async () => {
    const sent = await aSentOnward(app, { name: 'Lockside money advice' })
    ;({ onward, service } = sent)
    await anInbox(app, service)
    await answeredBefore(onward)
    lead = await chromium.as(app.cast.serviceLead)
    faults.push(...(await look(lead, '/inbox')))
    await lead.locator(`a[href="/inbox/${onward}"]`).click()
    faults.push(...(await look(lead)))
    expect(await words(lead)).toContain('Help to sort out three letters about rent')
    await fill(lead, { said: 'accepted', note: 'We ring on Monday' })
    await press(lead, 'Send your answer')
    expect(await words(lead)).toMatch(/You said yes[^]*Leila Lockside/)
    await fill(lead, { said: 'ended', outcome: 'helped', ...ended })
    await press(lead, 'Send your answer')
    expect(await words(lead)).toContain('Nobody was sent to you whose request is open')
    const coach = await chromium.as(sent.coach)
    faults.push(...(await look(coach, `/onward/${onward}`)))
    expect(await words(coach)).toMatch(/Ended: they got the help they came for[^]*Leila Lockside/)
  })

  it('where its lead says in two clicks how much room there is, and contests a figure, which the area answers', async () => {
    await lead.goto('/inbox')
    await lead.getByRole('link', { name: 'Change room or wait' }).click()
    faults.push(...(await look(lead)))
    await fill(lead, { capacity: 'full', waitWeeks: '6' })
    await press(lead, 'Save')
    expect(await words(lead)).toContain('Your services')
    await lead.getByRole('link', { name: 'How you answer' }).click()
    faults.push(...(await look(lead)))
    await fill(lead, { words: 'Three of these had moved away' })
    await press(lead, 'Contest these figures')
    expect(await words(lead)).toMatch(/You contest this[^]*Three of these had moved away/)

    const manager = await chromium.as(app.cast.manager)
    faults.push(...(await look(manager, '/services/contested')))
    await manager.locator(`a[href="/services/${service}/figures"]`).click()
    faults.push(...(await look(manager)))
    await fill(manager, { answer: 'We leave them out from now on' })
    await press(manager, 'Send the answer')
    const coach = await chromium.as(app.cast.coach)
    faults.push(...(await look(coach, `/services/${service}/figures`)))
    expect(await words(coach)).toMatch(/The service contests this[^]*moved away[^]*We leave them out from now on/)
    await lead.reload()
    expect(await words(lead)).toContain('We leave them out from now on')
  })

  it('on pages that everybody can use and that do not scroll sideways', () => {
    expect(faults).toEqual([])
  })
})
