import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { messageLinkPath } from '#platform/link/links.ts'
import { professions } from '#journey/fit-note/rules.ts'
import { recordStep } from '#journey/episode/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { aFitNoteRequest, asATrailblazer, datedOn } from '#test/people/trailblazer.ts'
import { type Chromium, fill, look, openChromium, press } from './chromium.ts'

let app: TestApp
let chromium: Chromium
beforeAll(async () => {
  app = await startApp()
  await asATrailblazer(app)
  chromium = await openChromium(app)
})
afterAll(async () => {
  await chromium.close()
  await app.close()
})

type Page = Awaited<ReturnType<Chromium['as']>>
const words = (page: Page) => page.locator('main').innerText()
const isNarrow = (page: Page) => page.evaluate('document.documentElement.scrollWidth <= innerWidth')
const today = Temporal.PlainDate.from('2026-01-05')
const controls = (page: Page) => page.locator('main').locator('button, a').allInnerTexts()

/** The referral is accepted, and this coach looks after the person. */
async function allocated(referral: string): Promise<string> {
  const { area, membership } = app.cast.coach
  const { rows } = await app.owner.query('select person, episode from referral.referral where id = $1', [referral])
  const { person, episode } = rows[0] ?? {}
  await app.inArea(area, async (db) => {
    for (const step of [{ kind: 'accepted' } as const, { kind: 'allocated', coach: membership } as const]) {
      await recordStep(db, { area, episode, person, step, at: app.clock.now, by: membership })
    }
  })
  return person
}

describe('A request for a fit note, from the practice to the conversation and back', { timeout: 90_000 }, () => {
  const faults: string[] = []
  const seen: string[] = []
  let coach: Page
  let person = ''

  it('comes with the referral of the practice, on a phone without script, and its clock is seen at once', async () => {
    const practice = await chromium.stranger(false, 320)
    await practice.goto('/in/north/refer')
    await fill(practice, {
      ...{ agreement: 'agreed', givenName: 'Robin', familyName: 'Marsh', phone: '07700 900461', safe: 'call' },
      ...{ 'bornOn-day': '14', 'bornOn-month': '3', 'bornOn-year': '1981', postcode: 'LS1 4AP', route: 'gp' },
      ...{ referrerName: 'Dr Khan', referrerEmail: 'desk@mill-lane.example.org', feedback: 'none' },
      ...{ askedFitNote: 'yes', fitNote: 'yes' },
    })
    expect(await isNarrow(practice)).toBe(true)
    await press(practice, 'Send referral')
    expect(await words(practice)).toContain('Enter the name of the practice that they asked for a fit note')
    await fill(practice, { referrerOrganisation: 'Mill Lane Surgery' })
    seen.push(...(await controls(practice)))
    await press(practice, 'Send referral')
    const referral = new URL(practice.url()).pathname.split('/').at(-1) ?? ''
    const manager = await chromium.as(app.cast.manager)
    faults.push(...(await look(manager, `/referrals/${referral}`)))

    expect(await words(manager)).toMatch(/Conversation about work and health\s+Due Monday 12 January 2026/)
    faults.push(...(await look(manager, '/fit-note-requests')))
    expect(await words(manager)).toMatch(/Robin Marsh[^]*Mill Lane Surgery[^]*Conversation to be held/)
    person = await allocated(referral)
  })

  it('is found by the coach on their day, is spoken about, and goes back to a clinician', async () => {
    await (
      await app.as(app.cast.coach)
    ).send(`/people/${person}/agreements`, {
      ...{ form: newId(), how: 'telephone', gp: 'yes', 'gp-allows': 'summary' },
    })
    coach = await chromium.as(app.cast.coach)
    faults.push(...(await look(coach, '/day?reason=conversation')))
    expect(await words(coach)).toContain('A work-and-health conversation is to be held by Monday 12 January')
    await coach.locator(`main a[href*="/result"]`).first().click()
    await coach.waitForLoadState('load')
    faults.push(...(await look(coach)))
    seen.push(...(await controls(coach)))
    await fill(coach, { what: 'clinician' })
    await press(coach, 'Save')
    expect(await words(coach)).toContain('Enter why a clinician needs to assess them')
    await fill(coach, { words: 'The pain has changed since last month' })
    await press(coach, 'Save')
    faults.push(...(await look(coach)))

    expect(await words(coach)).toMatch(/\d{3} \d{3}/)
  })

  it('is answered by the practice, which reads what the person allows and nothing else', async () => {
    const code = /(\d{3} \d{3})/.exec(await words(coach))?.[1] ?? ''
    await app.work()
    const { rows } = await app.owner.query(`select id from notify.message where kind = 'request.sent'`)
    const practice = await chromium.stranger(true, 320)
    faults.push(...(await look(practice, messageLinkPath(app.settings.secret, { area: 'north', id: rows[0]?.id }))))
    await fill(practice, { code })
    await press(practice, 'Continue')
    faults.push(...(await look(practice)))
    const read = await words(practice)
    expect(await isNarrow(practice)).toBe(true)
    seen.push(...(await controls(practice)))
    await fill(practice, { byName: 'Dr Khan' })
    await press(practice, /Yes/)
    expect(await words(practice)).toContain('Thank you for your answer')
    await coach.goto('/day?reason=answer')

    expect(read).toMatch(/asked you for a fit note on 5 January 2026[^]*The pain has changed since last month/)
    expect(read).toContain('Only the clinician says whether they are fit for work')
    expect(read).not.toContain('07700')
    expect(await words(coach)).toContain('Robin Marsh')
  })

  it('ends in support that stays with us, or is declined and told to nobody who may not hear it', async () => {
    const held = async (what: string): Promise<string> => {
      const { coach: colleague, path, request } = await aFitNoteRequest(app)
      const fields: Fields = { id: newId(), what, words: 'A later start', ...datedOn('held', today) }
      const { location } = await colleague.send(`${path}/${request}/result`, fields)
      await coach.goto(path)
      faults.push(...(await look(coach)))
      seen.push(...(await controls(coach)))
      return `${location ?? ''} ${await words(coach)}`
    }

    expect(await held('supported')).toMatch(/^\/episodes\/[^ ]+\/plan [^]*Support agreed[^]*Is not told/)
    expect(await held('declined')).toMatch(/Not taken up[^]*Was not told: The person has not agreed/)
    const sent = await app.owner.query(`select from notify.message where kind = 'request.sent'`)
    expect(sent.rows).toHaveLength(1)
  })

  it('leads to a note only from whoever certifies: the product writes down theirs and issues none', async () => {
    await coach.goto(`/people/${person}/fit-notes/new/med3`)
    const offered: unknown = await coach.evaluate(
      `[...document.querySelectorAll('main [name="profession"] option')].map(({ value }) => value)`,
    )
    await coach.goto(`/people/${person}/fit-note-requests`)
    seen.push(...(await controls(coach)))

    expect(offered).toEqual(['', 'doctor', 'nurse', 'occupational-therapist', 'pharmacist', 'physiotherapist'])
    expect(Object.keys(professions).length).toBeGreaterThan(5)
    expect(seen.length).toBeGreaterThan(10)
    expect(seen.filter((control) => /issue|certif|fit for work|not fit/i.test(control))).toEqual([])
    expect(await words(coach)).toContain('WorkWell never issues one')
  })

  it('has nothing that axe finds fault with', () => {
    expect(faults).toEqual([])
  })
})
