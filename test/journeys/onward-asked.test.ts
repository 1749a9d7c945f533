import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { messageLinkPath } from '#platform/link/links.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { recordPermission } from '#registers/permissions/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aSentOnward, onwardLink } from '#test/people/onward.ts'
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

/** Early in the morning those are asked of whom it is time, and at ten messages go. */
async function morning(day: string): Promise<void> {
  app.clock.set(`${day}T05:20:00Z`)
  await app.inArea('north', async (db) => app.product.jobs['onward.ask']?.(db, { area: 'north' }, app.clock.now))
  app.clock.set(`${day}T10:30:00Z`)
  await app.work()
}

type Asked = Readonly<{ id: string; address: string; body: string; settled_as: string | null }>

const questions = async (person: string) =>
  (
    await app.owner.query<Asked>(
      `select id, address, body, settled_as from notify.message where person = $1 and kind = 'help.asked' order by id`,
      [person],
    )
  ).rows

/** Writes to somebody about something else as often as their area writes to a person in a week. */
async function enoughForAWeek(person: string, by: string): Promise<void> {
  await app.inArea('north', async (db) => {
    const said = { area: 'north', person, switch: 'contact', given: true, how: 'telephone', wordingVersion: 1 } as const
    const at = { by, at: app.clock.now }
    const allowedBy = await recordPermission(db, { ...said, ...at, lawfulBasis: 'public-task' })
    const message = { area: 'north', person, recipient: 'person', kind: 'note', channel: 'text', allowedBy } as const
    for (const body of ['One', 'Two'])
      await sendMessage(db, { ...message, address: '07700 900461', about: newId(), body, now: app.clock.now })
  })
  await app.work()
}

describe('Somebody is asked by a message whether they got help', { timeout: 90_000 }, () => {
  const faults: string[] = []
  let onward = ''
  let person = ''

  /** The service says by its link that it has started. */
  async function itHasStarted(coach: Page): Promise<void> {
    await coach.goto(`/onward/${onward}`)
    const code = /code: (\d{3} \d{3})/.exec(await words(coach))?.[1] ?? ''
    const service = await chromium.stranger(false, 320)
    await service.goto(await onwardLink(app, onward))
    await fill(service, { code })
    await press(service, 'Continue')
    const day = { 'started-day': '5', 'started-month': '1', 'started-year': '2026' }
    await fill(service, { said: 'started', byName: 'Ada Lowe', ...day })
    await press(service, 'Send your answer')
    expect(await words(service)).toContain('Thank you for your answer')
  }

  it('once, and not before their week has room for another message', async () => {
    app.clock.set('2026-01-05T10:00:00Z')
    const sent = await aSentOnward(app, { name: 'Tideway advice' })
    ;[onward, person] = [sent.onward, sent.person]
    app.clock.set('2026-01-05T14:00:00Z')
    await itHasStarted(await chromium.as(app.cast.coach))
    app.clock.set('2026-01-17T10:00:00Z')
    await enoughForAWeek(person, sent.coach.membership)
    await morning('2026-01-19')
    const full = await questions(person)
    for (const day of ['2026-01-20', '2026-01-24', '2026-01-25']) await morning(day)
    const asked = await questions(person)

    expect(full).toMatchObject([{ settled_as: null, address: '07700 900461' }])
    expect(asked).toMatchObject([{ settled_as: 'sent' }])
    expect(asked[0]?.body).not.toMatch(/Tideway|advice|service|rent/i)
  })

  it('opens the link on their phone, which names nothing, is told what is missing, and answers', async () => {
    const [asked] = await questions(person)
    const link = messageLinkPath(app.settings.secret, { area: 'north', id: asked?.id ?? '' })
    const phone = await chromium.stranger(true, 320)
    faults.push(...(await look(phone, link)))
    const question = await words(phone)
    await press(phone, 'Send')
    faults.push(...(await look(phone)))
    const missing = await words(phone)
    await fill(phone, { answer: 'nobody', note: 'I waited for a call' })
    await press(phone, 'Send')
    faults.push(...(await look(phone)))

    expect(question).toMatch(/Did you get help\?[^]*It is about the help we talked about/)
    expect(question).not.toMatch(/Tideway|rent/)
    expect(missing).toContain('There is a problem')
    expect(await words(phone)).toContain('Thank you for telling us')
    await phone.goto(link)
    expect(await words(phone)).toContain('Thank you for telling us')
  })

  it('is seen by their coach on the day, who finds out and writes what holds, as they read on their own pages', async () => {
    const coach = await chromium.as(app.cast.coach)
    faults.push(...(await look(coach, '/day')))
    const day = await words(coach)
    await coach.locator(`a[href="/onward/${onward}/settling"]`).first().click()
    faults.push(...(await look(coach)))
    const settling = await words(coach)
    await fill(coach, { holds: 'not-begun', note: 'Rang Ada Lowe: it was somebody else of the same name' })
    await press(coach, 'Keep it')
    await coach.goto('/day')
    const own = await chromium.carrying((await app.asParticipant(person)).cookies)
    await own.setViewportSize({ width: 320, height: 900 })
    faults.push(...(await look(own, `/my/services/${onward}`)))

    expect(day).toContain('What is said of a service cannot all be so')
    expect(settling).toMatch(/Started[^]*Nobody got in touch[^]*I waited for a call/i)
    expect(await words(coach)).not.toContain('What is said of a service cannot all be so')
    expect(await words(own)).toContain('Tideway advice')
  })

  it('has nothing that axe finds fault with', () => {
    expect(faults).toEqual([])
  })
})
