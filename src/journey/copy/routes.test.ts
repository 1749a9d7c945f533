import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Browser } from '#test/browser.ts'
import { anAnswer } from '#test/people.ts'
import { anEpisode } from '#test/people/episode.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const asked = (day = '5', month = '1') => ({ 'asked-day': day, 'asked-month': month, 'asked-year': '2026' })

/** Somebody with a concern and a call on their record, who asked for a copy that the manager looks through. */
async function aRequest(familyName: string) {
  const spell = await anEpisode(app, { familyName })
  await anAnswer(app, spell.person, 'gp', true)
  const coach = await app.as(app.cast.coach)
  await coach.send(`/episodes/${spell.episode}/concerns`, {
    ...{ id: newId(), kind: 'self-harm', seen: 'Said: I cannot go on', done: 'Rang the crisis team' },
    ...{ 'next-look-on-day': '6', 'next-look-on-month': '1', 'next-look-on-year': '2026' },
  })
  const contact = { id: newId(), way: 'mobile', result: 'no-answer', note: 'His sister Ruth picked up' }
  await coach.send(`/episodes/${spell.episode}/contacts`, contact)
  const copy = newId()
  await coach.send(`/people/${spell.person}/copies`, { id: copy, how: 'telephone', ...asked() })
  const manager = await app.as(app.cast.manager)
  await manager.send(`/copies/${copy}/looker`, { member: app.cast.manager.membership })
  return { ...spell, copy, manager, coach }
}

const hidden = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''

/** Looks every part through that there is something in, with what is chosen besides. */
async function lookAllThrough(browser: Browser, copy: string, chosen: Record<string, string>) {
  const { html } = await browser.open(`/copies/${copy}`)
  for (const [, part = ''] of html.matchAll(/href="[^"]*\/parts\/([^"]+)"/g))
    await lookThrough(browser, copy, part, chosen)
}

/** Looks one part through as its page proposes it, with what is chosen besides. */
async function lookThrough(browser: Browser, copy: string, part: string, chosen: Record<string, string> = {}) {
  const page = await browser.open(`/copies/${copy}/parts/${part}`)
  const fields = [...page.html.matchAll(/<select[^>]*name="([^"]+)"[^>]*>(.*?)<\/select>/gs)].map(
    ([, name = '', options = '']) => [name, /value="([^"]*)" selected/.exec(options)?.[1] ?? ''],
  )
  const seen = hidden(page.html, 'seen')
  return browser.send(`/copies/${copy}/parts/${part}`, { ...Object.fromEntries(fields), ...chosen, seen })
}

describe('Somebody who asked for a copy of their record', () => {
  it('stands on the list with the day on which it is due, a month later and on a working day', async () => {
    const spell = await anEpisode(app, { familyName: 'Asked' })
    const coach = await app.as(app.cast.coach)
    const copy = { id: newId(), how: 'in-person' }
    const wrong = await coach.send(`/people/${spell.person}/copies`, { ...copy, ...asked('6') })
    await coach.send(`/people/${spell.person}/copies`, { ...copy, ...asked('31', '12') })
    const late = await coach.send(`/people/${spell.person}/copies`, {
      id: newId(),
      how: 'in-person',
      ...asked('5', '1'),
    })

    expect(wrong.text).toContain('Enter today or a day that has passed')
    expect(late.location).toBe(`/people/${spell.person}`)
    // 31 January 2026 would be in the future of no month: 31 December 2025 was not given, its year was 2026.
    const list = await (await app.as(app.cast.manager)).open('/copies')
    expect(list.text.match(/Robin Asked/g)).toHaveLength(1)
    expect(list.text).toMatch(/Robin Asked 5 January 2026 Thursday 5 February 2026 Nobody yet Open/)
  })

  it('is looked through by one named member, part by part, before anything can be given', async () => {
    const { copy, manager, person } = await aRequest('Looked')
    const other = await app.as(app.cast.seniorCoach)

    expect((await other.open(`/copies/${copy}/parts/contact`)).status).toBe(404)
    expect((await manager.send(`/copies/${copy}/release`, { way: 'post' })).text).toContain(
      'Look every part through first',
    )
    const page = await manager.open(`/copies/${copy}/parts/contact`)
    const mark = /name="(mark-contact-[^"]+)"/.exec(page.html)?.[1] ?? ''
    await lookAllThrough(manager, copy, { [mark]: 'third-party' })
    const ready = await manager.open(`/copies/${copy}`)
    expect(ready.text).toContain('How do they get it?')
    await manager.send(`/copies/${copy}/release`, { way: 'post' })
    const given = await manager.open(`/copies/${copy}/document`)

    expect(given.text).toContain('Robin Looked')
    expect(given.text).toContain('07700 900461')
    expect(given.text).toContain('1 thing is left out because it also says something about somebody else')
    expect(given.text).not.toMatch(/Ruth|cannot go on|crisis team|self-harm/)
    const { rows } = await app.owner.query(
      `select distinct what from journal.entry where person = $1 and what like 'copy.%' order by what`,
      [person],
    )
    expect(rows.map(({ what }) => what)).toEqual([
      'copy.asked',
      'copy.document',
      'copy.draft',
      'copy.given',
      'copy.looked-through',
      'copy.looker',
    ])
  })

  it('gets what is said of a concern only where whoever looks it through gives it', async () => {
    const { copy, manager } = await aRequest('Given')
    const page = await manager.open(`/copies/${copy}/parts/safety`)
    const mark = /name="(mark-safety-[^"]+)"/.exec(page.html)?.[1] ?? ''
    await lookAllThrough(manager, copy, { [mark]: '' })
    await manager.send(`/copies/${copy}/release`, { way: 'in-person' })

    expect((await manager.open(`/copies/${copy}/document`)).text).toContain('I cannot go on')
  })

  it('is looked at again where something is written meanwhile', async () => {
    const { copy, manager, coach, episode } = await aRequest('Meanwhile')
    const before = await manager.open(`/copies/${copy}/parts/contact`)
    const contact = { id: newId(), way: 'mobile', result: 'no-answer', note: 'Rang again' }
    await coach.send(`/episodes/${episode}/contacts`, contact)
    const late = await manager.send(`/copies/${copy}/parts/contact`, { seen: hidden(before.html, 'seen') })
    await lookThrough(manager, copy, 'contact')
    await coach.send(`/episodes/${episode}/contacts`, { ...contact, id: newId(), note: 'And again' })

    expect([late.status, late.text.includes('Something was written meanwhile')]).toEqual([409, true])
    expect((await manager.open(`/copies/${copy}`)).text).toMatch(/Contacts 3 0 Changed since/)
  })

  it('is closed without a copy where they do not want it any more', async () => {
    const { copy, manager } = await aRequest('Closed')
    await manager.send(`/copies/${copy}/closing`, { reason: 'withdrawn' })

    expect((await manager.open('/copies')).text).not.toContain('Robin Closed')
    expect((await manager.open('/copies?answered=yes')).text).toMatch(/Robin Closed .*Closed/)
    expect((await manager.open(`/copies/${copy}`)).text).toContain('They do not want it any more')
  })
})

describe('A request for a copy', () => {
  it('is not for coaches, and not there for another area or provider', async () => {
    const { copy, person, coach } = await aRequest('Elsewhere')
    expect((await coach.open(`/copies/${copy}`)).status).toBe(403)
    for (const part of ['managerElsewhere', 'providerManager'] as const) {
      const other = await app.as(app.cast[part])
      const [foreign, missing] = [await other.open(`/copies/${copy}`), await other.open(`/copies/${newId()}`)]
      expect([foreign.status, foreign.text]).toEqual([missing.status, missing.text])
      expect((await other.open('/copies')).text).not.toContain('Robin')
      for (const path of [`/copies/${copy}/document`, `/copies/${copy}/parts/person`, `/people/${person}/copies/new`])
        expect((await other.open(path)).status).toBe(404)
      expect((await other.send(`/copies/${copy}/closing`, { reason: 'refused' })).status).toBe(404)
    }
  })
})
