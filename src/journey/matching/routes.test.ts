import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Fields } from '#test/browser.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aPerson } from '#test/people.ts'
import { anEpisode } from '#test/people/episode.ts'
import { aConversation } from '#test/people/plan.ts'
import { aService, moneyKind } from '#test/people/services.ts'

let app: TestApp
const oxford = { latitude: 51.75, longitude: -1.26 }
beforeAll(async () => {
  app = await startApp()
  // Monday 5 January 2026, 10 in the morning.
  const monday = [{ day: 1, opens: '09:00', closes: '12:00', location: null } as const]
  await aService(app, {
    name: 'Counting Pennies',
    at: { ...oxford, town: 'Oxford', postcode: 'OX1 1AA' },
    openings: monday,
  })
  await aService(app, {
    ...{ name: 'Pennywise', waitWeeks: 2, waitOn: '2025-12-20', capacity: 'places', languages: ['English', 'Polski'] },
    ...{ at: { latitude: 51.9, longitude: -1.26, town: 'Bletch', postcode: 'OX5 1AA', access: ['step-free', 'loop'] } },
    ...{ leastAge: 18, mostAge: 24, work: ['out-of-work'], eligibility: 'With a referral letter' },
  })
  await aService(app, {
    name: 'Far Shore Money',
    at: { latitude: 54.5, longitude: -1.5, town: 'Farby', postcode: 'DL1 1AA' },
  })
  await aService(app, { name: 'Physio Corner', summary: 'Treats backs and joints.', kinds: [], waitWeeks: 9 })
  await aService(app, { name: 'Paused Pennies', pausedFrom: '2026-01-02', notice: 'Short of staff' })
})
afterAll(() => app.close())

const headings = (html: string) =>
  Array.from(html.matchAll(/ww-hit__heading"><a href="[^"]+">([^<]+)</g), ([, name]) => name)
const find = async (query: string) => {
  const { html, text } = await (await app.as(app.cast.coach)).open(`/services?${query}`)
  return { names: headings(html), text, html }
}
const look = async (fields: Fields) => {
  const coach = await app.as(app.cast.coach)
  const { location = '' } = await coach.send('/services', fields)
  const { html, text } = await coach.open(location)
  return { names: headings(html), text, html, location }
}

describe('Finding a service', () => {
  it('shows the nearest first with the miles, and what is done by phone or online as near as any', async () => {
    const { names, text } = await look({ place: 'OX1 1AA', words: 'money', order: 'nearest' })

    expect(names.slice(0, 2)).toEqual(['Counting Pennies', 'Pennywise'])
    expect(names).toContain('MoneyHelper')
    expect(names).not.toContain('Far Shore Money')
    expect(text).toContain('Less than 1 mile away')
    expect(text).toContain('10 miles away')
    expect(text).toContain('counted from the middle of the services that are known around “OX1 1AA”')
    expect((await look({ place: 'OX1 1AA', words: 'money', within: '3' })).names).not.toContain('Pennywise')
  })

  it('keeps where somebody looks out of addresses, for each search by itself, and lets the rest of it be shared', async () => {
    const [near, far] = [
      await look({ place: 'OX1 1AA', words: 'pennies' }),
      await look({ place: 'Farby', words: 'money' }),
    ]
    const [again, elsewhere] = [
      await find(near.location.split('?')[1] ?? ''),
      await (await app.as(app.cast.manager)).open(near.location),
    ]
    const anywhere = await look({ words: 'pennies', state: 'open', place: '' })

    expect(near.location).toMatch(/^\/services\?kept=[0-9a-f-]{36}$/)
    expect([near, far].map(({ html }) => /[?&;](place|words)=/.test(html))).toEqual([false, false])
    expect(again.names).toEqual(near.names)
    expect(again.html).toContain('value="OX1 1AA"')
    expect(far.names).toContain('Far Shore Money')
    expect(elsewhere.text).toContain('Where somebody looked is not part of a link')
    expect(elsewhere.html).not.toContain('OX1 1AA"')
    expect(anywhere.location).toBe('/services?state=open&words=pennies')
    expect(anywhere.names).toEqual(['Counting Pennies'])
  })

  it('goes on from page to page around a place', async () => {
    const { html } = await look({ place: 'OX1 1AA' })
    const [, next = ''] = /href="(\/services\?[^"]*page=2)"/.exec(html) ?? []
    const second = await find(next.replaceAll('&amp;', '&').split('?')[1] ?? '')

    expect(headings(html)).toHaveLength(25)
    expect(second.html).toContain('value="OX1 1AA"')
    expect(second.names.length).toBeGreaterThan(0)
    expect(second.names.filter((name) => headings(html).includes(name))).toEqual([])
  })

  it('gives back what cannot be looked for, and says why', async () => {
    const sent = await (await app.as(app.cast.coach)).send('/services', { words: 'x'.repeat(101), place: 'OX1' })

    expect(sent.status).toBe(422)
    expect(sent.html).toContain(`value="${'x'.repeat(101)}"`)
    expect(sent.html).toContain('value="OX1"')
  })

  it('answers an address that is too long or not understood with the page', async () => {
    const coach = await app.as(app.cast.coach)
    const long = await coach.open(`/services?words=${'x'.repeat(101)}`)
    const unknown = await coach.open('/services?words=pennies&order=sideways&kind=nonsense&kept=nobody&page=0')

    expect([long.status, unknown.status]).toEqual([422, 200])
    expect(long.text).toContain('This must be 100 characters or fewer')
    expect(long.html).toContain(`value="${'x'.repeat(101)}"`)
    expect(headings(unknown.html)).toEqual(['Counting Pennies', 'Paused Pennies'])
  })

  it('says where it does not know a place, and shows what has it in its address', async () => {
    const { names, text } = await look({ place: 'Nowhereham', words: 'pennies' })

    expect(text).toContain('Where “Nowhereham” is on the map is not known here')
    expect(names).toEqual(['Paused Pennies'])
  })

  it('puts a misspelt word right and says so, and shows just what was typed where that is wanted', async () => {
    const { names, text, html } = await find('words=conting+penies')
    const [, instead = ''] = /href="(\/services\?[^"]*exactly=true[^"]*)"/.exec(html) ?? []

    expect(names).toEqual(['Counting Pennies'])
    expect(text).toContain('Shown for counting pennies')
    expect((await find(instead.replaceAll('&amp;', '&').split('?')[1] ?? '')).names).toEqual([])
  })

  it('brings in what says the same in other words where few say just that, by what an area adds too', async () => {
    const manager = await app.as(app.cast.manager)
    const before = await find('words=bailiffs')
    await manager.sendAndFollow('/services/words', { id: crypto.randomUUID(), words: 'knackered back, backs' })
    const page = await manager.open('/services/words')
    const after = await find('words=knackered+back')

    expect(before.names).toContain('StepChange Debt Charity')
    expect(before.text).toContain('It says the same in other words')
    expect(page.text).toContain('knackered back, backs')
    expect(after.names).toContain('Physio Corner')
    const [, removal = ''] = /action="(\/services\/words\/[^"]+\/removal)"/.exec(page.html) ?? []
    expect((await (await app.as(app.cast.coach)).send(removal, {})).status).toBe(403)
    await manager.sendAndFollow(removal, {})
    expect((await find('words=knackered+back')).text).toContain('No service says all of these words')
  })

  it('narrows by language, access, wait, room, cost and whether it is open at this moment, any of them together', async () => {
    const only = async (query: string) => (await find(`kind=${moneyKind}&${query}`)).names

    expect(await only('language=polish&access=step-free&access=loop&wait=fortnight&room=yes&cost=free')).toEqual([
      'Pennywise',
    ])
    expect(await only('access=lift')).toEqual([])
    expect(await only('work=in-work')).not.toContain('Pennywise')
    expect(await only('open=yes')).toContain('Counting Pennies')
    app.clock.pass({ hours: 3 })
    expect(await only('open=yes')).not.toContain('Counting Pennies')
    app.clock.pass({ hours: -3 })
    expect(await only('order=wait&language=polish')).toEqual(['Pennywise'])
  })

  it('shows what is paused after all that is open, with the days', async () => {
    const { names, text } = await find('words=pennies')

    expect(names).toEqual(['Counting Pennies', 'Paused Pennies'])
    expect(text).toContain('since 2 Jan 2026')
    expect((await find('words=pennies&state=open')).names).toEqual(['Counting Pennies'])
  })

  it('leads to who runs services and to where they are given', async () => {
    const { html } = await find('words=pennies')
    const coach = await app.as(app.cast.coach)

    for (const [href, words] of [
      ['/services/owners', 'Owners'],
      ['/services/locations', 'Locations'],
    ] as const) {
      expect(html).toContain(`<a href="${href}">${words}</a>`)
      expect((await coach.open(href)).status).toBe(200)
    }
  })

  it('says what to try where nothing fits', async () => {
    const { text } = await look({ words: 'trapeze', place: 'OX1' })

    expect(text).toContain('No service fits')
    expect(text).toContain('Look everywhere, not only around OX1')
    expect(text).toContain('Look for the words alone')
  })
})

describe('Words that no service says all of', () => {
  it('show what says some of them, most and rarest first, with the reason, and each word as a search of its own', async () => {
    await aService(app, { name: 'Marquetry evenings', summary: 'Veneers and inlays.', kinds: [] })
    await aService(app, { name: 'Inlays for two', summary: 'Veneers.', kinds: [] })
    await aService(app, { name: 'Saturday club', summary: 'Marquetry, pottery.', kinds: [] })
    const { names, text, html } = await find('words=marquetry+veneer+xylophones+pottery')

    expect(names.slice(0, 2)).toEqual(['Marquetry evenings', 'Saturday club'])
    expect(names).toContain('Inlays for two')
    expect(text).toContain('No service says all of these words. These say some of them.')
    expect(text).toContain('It says “marquetry”, “veneer” and not “xylophones”, “pottery”')
    expect(text).toContain('None of these says: xylophones')
    expect(html).toMatch(/name="words" value="veneer"/)
    expect((await find('words=marquetry+xylophones&cost=some')).text).toContain('No service that fits what you chose')
  })

  it('are found where a service says the same in another form: a debts adviser gives debt advice', async () => {
    await aService(app, { name: 'Ledger room', summary: 'Debt advice.', kinds: [] })
    await aService(app, { name: 'Book of sums', summary: 'An adviser on debts.', kinds: [] })

    for (const words of ['debts+adviser+ledger', 'debt+advisor+ledger']) {
      expect((await find(`words=${words}`)).names).toEqual(['Ledger room'])
    }
    expect((await find('words=debt+advice+sums')).names).toEqual(['Book of sums'])
  })

  it('are kept as a need without a service, though something is shown', async () => {
    const { person } = await anEpisode(app)
    const coach = await app.as(app.cast.coach)
    const page = await coach.sendAndFollow(`/people/${person}/services`, { words: 'marquetry xylophones' })

    expect(page.text).toContain('These say some of them')
    const { rows } = await app.owner.query(
      `select codes from journal.entry where what = 'service.searched' and person = $1`,
      [person],
    )
    expect(rows).toMatchObject([{ codes: { found: false } }])
  })
})

describe('A place named in words', () => {
  it('has what is given in it first, then what is near, then what comes to everybody, each with the reason', async () => {
    const kinds: string[] = []
    const summary = 'Zeppelin repairs.'
    await aService(app, { name: 'Zeppelins by phone', summary, kinds })
    await aService(app, { name: 'Zeppelins of Mossley', summary, kinds, at: { town: 'Mossley', postcode: 'OL5 1AA' } })
    const [middle, away] = [
      { town: 'Mossley', latitude: 53.5, longitude: -2.03, postcode: 'OL5 1AB' },
      { town: 'Greenfield', latitude: 53.53, longitude: -2.03, postcode: 'OL3 1AB' },
    ]
    await aService(app, { name: 'Middle', summary, kinds, at: middle })
    await aService(app, { name: 'A zeppelin away', summary, kinds, at: away })
    const { names, text } = await look({ place: 'mossley', words: 'zeppelin' })
    const named = await find('words=zeppelin+Mossley')
    const [, around = ''] = /name="place" value="([^"]+)"/.exec(named.html.slice(named.html.indexOf('aria-live'))) ?? []

    expect(names).toEqual(['Middle', 'Zeppelins of Mossley', 'A zeppelin away', 'Zeppelins by phone'])
    expect(text).toContain('In Mossley. Less than 1 mile away')
    expect(text).toContain('2 miles away')
    expect(text).toContain('By phone or online, from anywhere')
    expect(around).toBe('Mossley')
    expect(named.text).toContain('Look for “zeppelin” around Mossley')
    expect((await look({ place: 'Mossley' })).names.slice(0, 2)).toEqual(['Middle', 'Zeppelins of Mossley'])
  })
})

describe('Finding a service for a person', () => {
  const search = async (person: string, given: Fields) => {
    const coach = await app.as(app.cast.coach)
    await coach.sendAndFollow(`/people/${person}/services`, given)
    return coach.open(`/people/${person}/services`)
  }

  it('holds each service against the record: what fits, what does not and what is to be asked', async () => {
    const also = {
      postcode: 'OX1 1AA',
      language: 'Polish',
      interpreter: 'Polish',
      accessNeeds: ['wheelchair', 'quiet-room'],
    }
    const person = await aPerson(app, { also })
    const { html, text } = await search(person, { words: 'pennywise' })

    expect(headings(html)).toEqual(['Pennywise'])
    expect(text).toContain('They are 45, and it is for 18 to 24')
    expect(text).toContain('For people who are out of work, and how they stand to work is not known')
    expect(text).toContain('Has a step-free way in')
    expect(text).toContain('Does not say whether it has a quiet room')
    expect(text).toContain('Speaks Polish')
    expect(text).toContain('It says: With a referral letter')
    expect(headings((await search(person, { words: 'pennywise', fitting: 'yes' })).html)).toEqual([])
  })

  it('begins with what stands most in their way, and keeps what was looked for out of the address', async () => {
    const spell = await anEpisode(app)
    await aConversation(app, spell, { barriers: ['money', 'isolation'] })
    const coach = await app.as(app.cast.coach)
    const first = await coach.open(`/people/${spell.person}/services`)
    const sent = await coach.send(`/people/${spell.person}/services`, { words: 'loneliness' })
    const again = await coach.open(`/people/${spell.person}/services`)

    expect(headings(first.html)).toContain('StepChange Debt Charity')
    expect(first.text).toContain('Being alone')
    expect(first.html).toContain(`/episodes/${spell.episode}/onward/new?service=`)
    expect((await coach.open(`/people/${spell.person}`)).html).toContain(`/people/${spell.person}/services`)
    expect(sent.location).toBe(`/people/${spell.person}/services`)
    expect(headings(again.html)).toContain('Find a community support group')
  })

  it('is refused to whoever may not open the record, as if there were no such person', async () => {
    const person = await aPerson(app)
    const elsewhere = await app.as(app.cast.coachElsewhere)
    const [foreign, missing] = [
      await elsewhere.open(`/people/${person}/services`),
      await elsewhere.open(`/people/${crypto.randomUUID()}/services`),
    ]

    expect(foreign.status).toBe(404)
    expect(foreign.text).toBe(missing.text)
    expect((await elsewhere.send(`/people/${person}/services`, { words: 'x' })).status).toBe(404)
  })
})
