import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import type { Browser, Fields } from '#test/browser.ts'
import type { Cast } from '#test/cast.ts'
import { anAcceptedPerson } from '#test/people/first-conversation.ts'
import { findSettings } from './store.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const usual = {
  firstTryWorkingDays: '2',
  firstAppointmentWorkingDays: '10',
  triesBeforeUnreachable: '3',
  caseloadCap: '40',
  goingQuietDays: '14',
  messagesInSevenDays: '2',
  readingDaysAfterHandover: '28',
  answerDays: '5',
  keepFilesDays: '30',
  keepFormsDays: '60',
  checkServicesMonths: '6',
  serviceAnswerDays: '14',
  serviceNudges: '2',
  serviceNudgeDays: '5',
  askAboutHelpDays: '14',
  askOwnersDays: '30',
  hideBelow: '5',
  'weeks-thrive-in-work': '12',
  'weeks-return-to-work': '12',
  'weeks-seek-work': '12',
  quietFrom: '20:00',
  officeFrom: '09:00',
  officeUntil: '17:00',
  quietUntil: '08:00',
  'from-day': '1',
  'from-month': '2',
  'from-year': '2026',
}

describe('The first pages', () => {
  it('show a stranger the areas and the way in, without signing in', async () => {
    const seen = await app.visitor().open('/')

    expect(seen.status).toBe(200)
    expect(seen.text).toContain('does not affect your benefits')
    expect(seen.html).toContain('href="/in/north"')
  })

  it('tell somebody on the page of an area what to do in danger', async () => {
    const seen = await app.visitor().open('/in/north')

    expect(seen.text).toContain('Samaritans: 116 123')
    expect(seen.html).toContain('/in/north/refer-yourself')
  })

  it('lead from every page to what is kept about people and how far everybody can use them', async () => {
    const visitor = app.visitor()

    expect((await visitor.open('/privacy')).html).toContain('/in/north/privacy')
    expect((await visitor.open('/accessibility')).text).toContain('does not work for you')
  })

  it('give the same answer for an area that does not exist as for any page that does not', async () => {
    const visitor = app.visitor()
    const area = await visitor.open('/in/nowhere')
    const page = await visitor.open('/nowhere')

    expect([area.status, area.text]).toEqual([page.status, page.text])
  })

  it.each([
    ['coach', '/day'],
    ['manager', '/board'],
    ['areaLead', '/monitoring'],
  ] as const)('take a %s to where their day begins', async (part, home) => {
    const browser = await app.as(app.cast[part])
    const first = await browser.open('/')

    expect(first.location).toBe('/home')
    expect((await browser.open('/home')).location).toBe(home)
  })

  it('have at most seven ways at the top for every role, and the others under their headings on one page', async () => {
    const found = new Map<string, string[]>()
    for (const [part, member] of Object.entries(app.cast)) {
      const browser = await app.as(member)
      const top = waysIn((await browser.open('/more')).html, /<nav class="ww-navigation"[\s\S]*?<\/nav>/)
      const more = waysIn((await browser.open('/more')).html, /<main[\s\S]*?<\/main>/)
      expect([part, top.length <= 7, top.includes('/more')]).toEqual([part, true, more.length > 0])
      expect(more.filter((one) => top.includes(one))).toEqual([])
      found.set(part, [...top, ...more])
    }

    expect(found.get('manager')).toHaveLength(30)
    for (const href of found.get('manager') ?? [])
      expect([href, (await (await app.as(app.cast.manager)).open(href)).status]).toEqual([href, 200])
    expect((await (await app.as(app.cast.manager)).open('/copies')).html).toContain('href="/more" aria-current="true"')
  })
})

const waysIn = (html: string, part: RegExp) =>
  [...(part.exec(html)?.[0] ?? '').matchAll(/href="(\/[^"]*)"/g)].map(([, href = '']) => href)

/** What the page of settings sends without being asked: which decisions its reader has seen. */
async function seenBy(browser: Browser): Promise<Fields> {
  const { html } = await browser.open('/area/settings')
  return { version: /name="version" value="([^"]+)"/.exec(html)?.[1] ?? '' }
}

/** What is usual, with whoever receives referrals left as they are, from a day that has come. */
const fromNow = (): Fields => ({ ...usual, 'from-month': '1', receivingOrganisation: app.cast.manager.organisation })

describe('What an area decides', () => {
  it('is no name for messages that says what they are about: the words refused in messages are refused in it', async () => {
    const administrator = await app.as(app.cast.administrator)
    for (const calledInMessages of ['Mental health team', 'The Benefits Office']) {
      const fields = { ...usual, ...(await seenBy(administrator)), calledInMessages }
      const sent = await administrator.send('/area/settings', fields)

      expect([sent.status, sent.html.includes('href="#calledInMessages"')]).toEqual([422, true])
      expect(sent.text).toContain('somebody else may see this message')
      expect(sent.html).toContain(calledInMessages)
    }
  })

  it('holds from the day it names and leaves what held before as history', async () => {
    const administrator = await app.as(app.cast.administrator)
    const sent = await administrator.sendAndFollow('/area/settings', {
      ...usual,
      ...(await seenBy(administrator)),
      firstTryWorkingDays: '3',
      'weeks-seek-work': '16',
      calledInMessages: 'The Tuesday Office',
    })

    const on = (day: string) => app.inArea('north', (db) => findSettings(db, 'north', Temporal.PlainDate.from(day)))
    expect(sent.text).toContain('What held before stays in the history')
    expect((await on('2026-01-31')).firstTryWorkingDays).toBe(2)
    expect((await on('2026-02-01')).firstTryWorkingDays).toBe(3)
    expect((await on('2026-02-01')).weekLimits['seek-work']).toBe(16)
    expect((await on('2026-02-01')).calledInMessages).toBe('The Tuesday Office')
    expect(sent.text).toContain('What you call yourselves in messages The Tuesday Office “your team”')
  })

  it('does not change what another area decided', async () => {
    const elsewhere = await app.inArea('south', (db) =>
      findSettings(db, 'south', Temporal.PlainDate.from('2026-03-01')),
    )

    expect(elsewhere.firstTryWorkingDays).toBe(2)
  })

  it('is refused with a sentence when quiet hours never end', async () => {
    const administrator = await app.as(app.cast.administrator)
    const quiet = { quietFrom: '09:00', quietUntil: '09:00' }
    const sent = await administrator.send('/area/settings', { ...usual, ...(await seenBy(administrator)), ...quiet })

    expect(sent.status).toBe(422)
    expect(sent.text).toContain('Quiet hours must end at another time than they begin')
  })

  it('may hide more small numbers than the service asks for, never fewer, and names who sees them', async () => {
    const administrator = await app.as(app.cast.administrator)
    const refused = await administrator.send('/area/settings', {
      ...usual,
      ...(await seenBy(administrator)),
      hideBelow: '4',
    })
    const sent = await administrator.sendAndFollow('/area/settings', {
      ...usual,
      ...(await seenBy(administrator)),
      hideBelow: '10',
      realNumbersFor: 'area-lead',
    })
    const decided = await app.inArea('north', (db) => findSettings(db, 'north', Temporal.PlainDate.from('2026-02-01')))

    expect([refused.status, sent.text.includes('Area leads, who sign the figures of a month')]).toEqual([422, true])
    expect(decided).toMatchObject({ hideBelow: 10, realNumbersFor: ['area-lead'] })
  })

  it('may be that PHQ-9 is asked: from then on a coach finds it', async () => {
    const [coach, administrator] = [await app.as(app.cast.coach), await app.as(app.cast.administrator)]
    const { person } = await anAcceptedPerson(app)
    const offered = async () => (await coach.open(`/people/${person}/questionnaires`)).text.includes('PHQ-9')
    const decide = async (questionnaires: string) => {
      const sent = { ...fromNow(), ...(await seenBy(administrator)), questionnaires }
      return administrator.sendAndFollow('/area/settings', sent)
    }

    expect([await offered(), (await administrator.open('/area/settings')).html.includes('/area/safety')]).toEqual([
      false,
      true,
    ])
    expect((await decide('ons4')).status).toBe(422)
    expect((await decide('phq-9')).text).toContain('Questionnaires switched on PHQ-9 (low mood) None')
    expect(await offered()).toBe(true)
  })

  it('may be that people read the names of those who opened their record', async () => {
    const administrator = await app.as(app.cast.administrator)
    const { person } = await anAcceptedPerson(app)
    const withoutNames = async () =>
      (await administrator.open(`/people/${person}/readers`)).text.includes('and not their name')
    const before = await withoutNames()
    const sent = { ...fromNow(), ...(await seenBy(administrator)), namesOfReaders: 'yes' }
    const saved = await administrator.sendAndFollow('/area/settings', sent)

    expect([before, await withoutNames()]).toEqual([true, false])
    expect(saved.text).toContain('Names of those who opened a record Shown Not shown')
  })

  it('is not for coaches to change', async () => {
    const coach = await app.as(app.cast.coach)

    expect((await coach.open('/area/settings')).status).toBe(403)
    expect((await coach.send('/area/settings', usual)).status).toBe(403)
  })
})

describe('What was changed about an area', () => {
  it('stays with who changed it, when, and what stood there before', async () => {
    const administrator = await app.as(app.cast.administrator)
    const before = await detailsSeen(administrator)
    await administrator.sendAndFollow('/area/details', { ...before, phone: '01632 960111' })
    await administrator.sendAndFollow('/area/details', { ...(await detailsSeen(administrator)), phone: '01632 960222' })
    const seen = await administrator.open('/area/history')

    expect(seen.text).toContain(`Telephone 01632 960111 01632 960222 ${app.cast.administrator.name}`)
  })

  it('stays also where the same thing is decided twice for one day: the later holds', async () => {
    const administrator = await app.as(app.cast.administrator)
    const decide = async (caseloadCap: string) => {
      app.clock.pass({ minutes: 1 })
      const sent = { ...usual, ...(await seenBy(administrator)), caseloadCap }
      return administrator.sendAndFollow('/area/settings', sent)
    }
    await decide('31')
    const seen = await decide('32')
    const now = await app.inArea('north', (db) => findSettings(db, 'north', Temporal.PlainDate.from('2026-02-01')))

    expect(now.caseloadCap).toBe(32)
    expect(seen.text).toMatch(/People one coach looks after at a time 32 31 [^,]*Ada Administrator/)
    expect(seen.text).toMatch(/People one coach looks after at a time 31 40 /)
  })

  it('may be the last day of the service, which must come after its first', async () => {
    const administrator = await app.as(app.cast.administrator)
    const until = { 'until-day': '1', 'until-month': '1', 'until-year': '2020' }
    const sent = await administrator.send('/area/details', { ...(await detailsSeen(administrator)), ...until })

    expect(sent.status).toBe(422)
    expect(sent.text).toContain('must be after its first')
  })
})

/** What the page of details sends without being asked. */
async function detailsSeen(browser: Browser): Promise<Fields> {
  const { html } = await browser.open('/area/details')
  const fields = [...html.matchAll(/<input[^>]* name="([^"]+)"[^>]*>/g)].map(([input, name = '']) => [
    name,
    / value="([^"]*)"/.exec(input)?.[1] ?? '',
  ])
  return { ...Object.fromEntries(fields), crisis_text: 'Call 999' }
}

describe('Who receives new referrals', () => {
  const saveSettings = async (browser: Browser, form: Fields) =>
    browser.send('/area/settings', { ...form, ...(await seenBy(browser)) })
  const receiving = async (): Promise<string | null> => {
    const today = Temporal.PlainDate.from('2027-01-01')
    return (await app.inArea('north', (db) => findSettings(db, 'north', today))).receivingOrganisation
  }

  const decide = async (by: keyof Cast, organisation: string) =>
    saveSettings(await app.as(app.cast[by]), { ...usual, receivingOrganisation: organisation })
  beforeEach(() => decide('areaLead', app.cast.manager.organisation))

  it('is not changed by a provider who does not receive them', async () => {
    const { manager, providerManager } = app.cast
    const sent = await decide('providerManager', providerManager.organisation)

    expect(sent.status).toBe(422)
    expect(sent.text).toContain('Ask the area lead or the system administrator to change who receives new referrals')
    expect(await receiving()).toBe(manager.organisation)
  })

  it.each(['manager', 'areaLead', 'systemAdministrator'] as const)('is changed by the %s', async (who) => {
    const { providerManager } = app.cast

    expect((await decide(who, providerManager.organisation)).status).toBe(303)
    expect(await receiving()).toBe(providerManager.organisation)
  })
})
