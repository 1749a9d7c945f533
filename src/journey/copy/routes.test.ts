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

/** What is left of a copy after the nightly deleting. */
async function emptied(copy: string) {
  await app.inArea('north', async (db) => app.product.jobs['copy.empty']?.(db, { area: 'north' }, app.clock.now))
  const kept = await app.owner.query('select document is null as gone, way from copy.release where request = $1', [
    copy,
  ])
  return kept.rows
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

describe('Who looks a copy through', () => {
  it('is kept once where it is pressed twice', async () => {
    const { copy, manager } = await aRequest('Twice')
    await manager.send(`/copies/${copy}/looker`, { member: app.cast.manager.membership })

    expect((await app.owner.query('select member from copy.looker where request = $1', [copy])).rows).toHaveLength(1)
  })

  it('is somebody who may open the record, where it is restricted', async () => {
    const { copy, person, manager } = await aRequest('Guarded')
    const { seniorCoach, manager: named } = app.cast
    const form = { reason: 'relative', named: [named.membership, app.cast.coach.membership] }
    const { rows } = await app.owner.query('select version from people.person where id = $1', [person])
    await manager.send(`/people/${person}/restriction`, { ...form, version: String(rows[0]?.version), anyway: 'yes' })
    const page = await manager.open(`/copies/${copy}`)
    const refused = await manager.send(`/copies/${copy}/looker`, { member: seniorCoach.membership })

    expect(page.text).toContain(named.name)
    expect(page.text).not.toContain(seniorCoach.name)
    expect(refused.status).toBe(422)
  })
})

describe('A person in their own space', () => {
  it('asks for a copy, is told of nothing but that it is ready, and reads and keeps it for a time', async () => {
    const spell = await anEpisode(app, { familyName: 'Own' })
    const me = await app.asParticipant(spell.person)
    const asked = await me.sendAndFollow('/my/copy', { id: newId(), note: 'In large print' })
    await me.send('/my/copy', { id: newId() })
    const manager = await app.as(app.cast.manager)
    const list = await manager.open('/copies')
    const copy = /\/copies\/([0-9a-f-]{36})">Robin Own/.exec(list.html)?.[1] ?? ''
    await manager.send(`/copies/${copy}/looker`, { member: app.cast.manager.membership })
    await lookAllThrough(manager, copy, {})
    await manager.send(`/copies/${copy}/release`, { way: 'space' })
    await app.work()
    const { rows } = await app.owner.query(`select body from notify.message where person = $1`, [spell.person])
    const read = await me.open(`/my/copy/${copy}`)
    const file = await me.open(`/my/copy/${copy}/file`)

    expect(asked.text).toContain('You asked on 5 January 2026. You will have it by 5 February 2026')
    expect(list.text.match(/Robin Own/g)).toHaveLength(1)
    expect((await me.open('/my/copy')).text).toContain('Your copy is ready')
    expect(rows.map(({ body }) => body)).toEqual([expect.stringMatching(/^Something that you asked for is ready/)])
    expect(read.text).toContain('07700 900461')
    expect(JSON.parse(file.html)).toMatchObject({ person: 'Robin Own', madeOn: '5 January 2026' })
    expect((await (await app.asParticipant((await anEpisode(app)).person)).open(`/my/copy/${copy}`)).status).toBe(404)
    expect(await emptied(copy)).toEqual([{ gone: false, way: 'space' }])
    app.clock.pass({ days: 31 })
    expect((await (await app.asParticipant(spell.person)).open(`/my/copy/${copy}`)).status).toBe(404)
    const hold = [newId(), spell.person, app.cast.manager.membership]
    const held = `insert into hold.hold (area, id, person, reason, by, at) values ('north', $1, $2, 'A claim', $3, now())`
    await app.owner.query(held, hold)
    expect(await emptied(copy)).toEqual([{ gone: false, way: 'space' }])
    await app.owner.query(
      `update hold.hold set lifted_at = now(), lifted_by = by, lifted_because = 'Settled' where person = $1`,
      [spell.person],
    )
    expect(await emptied(copy)).toEqual([{ gone: true, way: 'space' }])
    const later = await (await app.as(app.cast.manager)).open(`/copies/${copy}`)
    expect(later.text).toContain('What stood in it was deleted')
    expect((await (await app.as(app.cast.manager)).open(`/copies/${copy}/document`)).status).toBe(404)
    app.clock.set('2026-01-05T10:00:00Z')
  })

  it('reads that it takes longer, why and until when, told within the month and once', async () => {
    const { person } = await anEpisode(app, { familyName: 'Longer' })
    const me = await app.asParticipant(person)
    const copy = newId()
    await me.send('/my/copy', { id: copy })
    const manager = await app.as(app.cast.manager)
    const why = 'We have to ask the provider you had before'
    const told = { why, how: 'space', 'told-day': '5', 'told-month': '1', 'told-year': '2026' }
    expect((await manager.open(`/copies/${copy}/extension`)).text).toContain('Due if it takes longer 7 April 2026')
    await manager.send(`/copies/${copy}/extension`, told)
    const own = await me.open('/my/copy')
    const { rows } = await app.owner.query(`select body from notify.message where person = $1`, [person])

    expect(own.text).toContain('You will have it by 7 April 2026')
    expect(own.text).toContain(`Why: ${why}`)
    expect(rows.map(({ body }) => body)).toEqual([expect.stringMatching(/^There is news about something/)])
    expect((await manager.open(`/copies/${copy}`)).text).toContain('Was due 5 February 2026')
    expect((await manager.send(`/copies/${copy}/extension`, told)).status).toBe(303)
  })

  it('says that they do not want it any more', async () => {
    const { person } = await anEpisode(app, { familyName: 'Unwanted' })
    const me = await app.asParticipant(person)
    await me.send('/my/copy', { id: newId() })
    const gone = await me.sendAndFollow('/my/copy/withdrawal')

    expect(gone.text).toMatch(/We stop making a copy.*Ask for a copy/)
    expect((await (await app.as(app.cast.manager)).open('/copies')).text).not.toContain('Robin Unwanted')
  })
})

describe('A copy of a record', () => {
  it('tells how often its person was promised to hear from their coach', async () => {
    const { copy, episode, coach, manager } = await aRequest('Promised')
    await coach.send(`/episodes/${episode}/rhythm`, { every: 'fortnight', version: '0' })
    const contacts = await manager.open(`/copies/${copy}/parts/contact`)

    expect(contacts.text).toContain('Promised to hear from their coach every two weeks')
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
