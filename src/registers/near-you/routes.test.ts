import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Browser, Fields } from '#test/browser.ts'
import { anEpisode } from '#test/people/episode.ts'
import { aService } from '#test/people/services.ts'

let app: TestApp
let [paused, hidden] = ['', '']
const near = '/in/north/support-near-you'
beforeAll(async () => {
  app = await startApp()
  const days = { pausedFrom: '2026-01-02', pausedUntil: '2026-02-02', notice: 'Short of staff' }
  const at = { latitude: 51.75, longitude: -1.26, town: 'Oxford', postcode: 'OX1 1AA' }
  paused = await aService(app, { name: 'Paused Pennies', ...days, languages: ['Polish'], at, leastAge: 18 })
  hidden = await aService(app, { name: 'Hidden pennies', staffOnly: true })
})
afterAll(() => app.close())

/** Looks for something as somebody without an account does, and sees what was found. */
async function looked(stranger: Browser, fields: Fields, asked = 'language=en') {
  await stranger.open(`${near}?${asked}`)
  return stranger.sendAndFollow(near, fields)
}

describe('The directory for everybody', () => {
  it('is searched without signing in, says what is paused with its days, and keeps back what is for staff only', async () => {
    const stranger = app.visitor()
    const found = await looked(stranger, { words: 'penies', place: 'OX1' })
    const one = await stranger.open(`${near}/${paused}`)
    const byPhone = await stranger.open(`${near}/${await aService(app, { name: 'Ringing pence' })}`)

    expect(found.status).toBe(200)
    expect(found.text).toContain('Shown for pennies')
    expect(found.text).toContain('Paused Pennies Paused')
    expect(found.text).toContain('Oxford (less than 1 mile away)')
    expect(found.text).not.toContain('Hidden')
    expect(one.text).toContain('Paused: it takes nobody new now')
    expect(one.text).toContain('Open again from 2 February 2026')
    expect(one.text).toContain('Nobody has checked this yet. Ring before you go.')
    expect(byPhone.text).toContain('Nobody has checked this yet.')
    expect(byPhone.text).not.toContain('before you go')
    const [kept, missing] = [await stranger.open(`${near}/${hidden}`), await stranger.open(`${near}/${newId()}`)]
    expect([kept.status, kept.text]).toEqual([404, missing.text])
    expect((await stranger.open(`/in/south/support-near-you/${paused}`)).status).toBe(404)
    expect((await stranger.open('/in/nowhere/support-near-you')).status).toBe(404)
  })

  it('narrows by the language that support is given in, whatever the page is read in', async () => {
    const stranger = app.visitor()
    const page = await looked(stranger, { words: 'pennies', speaks: 'polish' }, 'language=pl')

    expect(page.html).toContain('<html lang="pl"')
    expect(page.text).toContain('1 usługa')
    const other = await looked(stranger, { words: 'pennies', speaks: 'welsh' }, 'language=pl')
    expect(other.text).toContain('Żadna usługa nie pasuje')
  })

  it('keeps what is typed on our side: no address has it, and whoever opens the page next finds it empty', async () => {
    const stranger = app.visitor()
    const typed = { words: 'pennies', place: 'OX1 1AA' }
    await stranger.open(near)
    const sent = await stranger.send(near, typed)
    const found = await stranger.open(sent.location ?? '')
    const again = await stranger.open(`${sent.location ?? ''}&page=1`)
    const addresses = [...found.html.matchAll(/(?:href|action)="([^"]*)"/g)].map(([, address]) => address)

    expect(sent.location).toMatch(/^\/in\/north\/support-near-you\?kept=[0-9a-f-]{36}$/)
    expect(found.html).toContain('value="OX1 1AA"')
    expect([found.text, again.text].every((text) => text.includes('Paused Pennies'))).toBe(true)
    expect(addresses.filter((address) => /pennies|OX1/i.test(address ?? ''))).toEqual([])
    expect((await stranger.open(near)).html).not.toContain('OX1 1AA')
    const foreign = await app.visitor().open(sent.location ?? '')
    expect(foreign.html).not.toContain('OX1 1AA')
    expect(foreign.text).toContain('What was typed is not part of a link')
    expect((await stranger.send(near, { words: 'x'.repeat(101) })).status).toBe(422)
  })

  it('lets each window keep its own search, and what tells of nobody be passed on: a list, a language, a town', async () => {
    const stranger = app.visitor()
    await stranger.open(near)
    const [one, other] = [
      await stranger.send(near, { words: 'pennies' }),
      await stranger.send(near, { words: 'shore' }),
    ]
    const first = await stranger.open(one.location ?? '')
    const town = await stranger.send(near, { place: 'Oxford', speaks: 'polish', cost: 'on' })
    const passedOn = await app.visitor().open(town.location ?? '')
    const street = await stranger.send(near, { place: '1 High Street, Oxford', speaks: 'polish' })

    expect(one.location).not.toBe(other.location)
    expect(first.html).toContain('value="pennies"')
    expect(town.location).toBe(`${near}?cost=free&speaks=polish&place=Oxford`)
    expect(passedOn.html).toContain('value="Oxford"')
    expect(passedOn.text).toContain('In Oxford')
    expect(street.location).toMatch(/\?speaks=polish&kept=[0-9a-f-]{36}$/)
    expect((await app.visitor().open(`${near}?kind=nonsense&speaks=elvish&kept=yes`)).status).toBe(200)
  })

  it('shows what says some of the words where none says all, and what is in a town before what comes by phone', async () => {
    const stranger = app.visitor()
    await aService(app, { name: 'Abacus by phone', summary: 'Abacus.' })
    await aService(app, { name: 'Hidden abacus', summary: 'Abacus, xylophone.', staffOnly: true })
    await aService(app, { name: 'Zed abacus', summary: 'Abacus.', at: { town: 'Bicester', postcode: 'OX26 1AA' } })
    const some = await looked(stranger, { words: 'abacus xylophone' })
    const town = await looked(stranger, { words: 'abacus', place: 'bicester' })
    const polish = await looked(stranger, { words: 'abacus xylophone' }, 'language=pl')

    expect(some.text).toContain('No service says all of these words. These say some of them.')
    expect(some.text).toContain('It says: abacus. It does not say: xylophone.')
    expect(some.text).not.toContain('Hidden')
    expect(some.text).toContain('None of these says: xylophone')
    expect(some.html).not.toMatch(/name="words" value="xylophone"/)
    expect(town.text).toMatch(/Zed abacus.*In Bicester\..*Abacus by phone.*By phone or online, wherever you are/)
    expect(polish.text).toContain('Te zawierają niektóre z nich')
  })

  it('tells nobody where a place is that is kept back: neither by miles, nor by its town, nor by a word that is put right', async () => {
    const stranger = app.visitor()
    const [town, postcode] = ['Thame', 'OX9 1AA']
    const there = { town, postcode, latitude: 51.74, longitude: -0.97 }
    await aService(app, { name: 'Quincetree refuge', summary: 'A safe place.', at: { ...there, staffOnly: true } })
    await aService(app, { name: 'Quincetree hall', summary: 'An open place.', at: there })
    await aService(app, { name: 'Marzipan', summary: 'Kept.', staffOnly: true })
    const coach = await app.as(app.cast.coach)
    const around = await looked(stranger, { words: 'quincetree', place: 'thame' })
    const byTown = await looked(stranger, { words: 'thame quincetree' })
    const byName = await looked(stranger, { words: 'quincetree' })
    const misspelt = await looked(stranger, { words: 'marzpan' })

    expect(around.text).toContain('Quincetree hall')
    expect(around.text).not.toContain('Quincetree refuge')
    expect(byTown.text).not.toContain('Quincetree refuge')
    expect(byName.text).toContain('Quincetree refuge')
    expect(misspelt.text).not.toContain('arzipan')
    expect((await coach.open('/services?words=quincetree&place=thame')).text).toContain('Quincetree refuge')
    expect((await coach.open('/services?words=marzpan')).text).toContain('Marzipan')
  })

  it('says days, ages and languages in the language of the page', async () => {
    const monday = { opens: '09:00', closes: '17:00', location: null } as const
    const openings = [
      { ...monday, day: 1 },
      { ...monday, day: 2 },
      { ...monday, day: 3 },
    ] as const
    const said = { name: 'Weekdays', openings, leastAge: 18, languages: ['English', 'Polski', 'Klingon'] }
    const service = await aService(app, said)
    const stranger = app.visitor()
    const english = await stranger.open(`${near}/${service}`)
    await stranger.open(`${near}?language=pl`)
    const [polish, list] = [await stranger.open(`${near}/${service}`), await stranger.open(near)]

    expect(english.text).toContain('Monday to Wednesday 9:00 to 17:00')
    expect(polish.text).toMatch(/poniedziałek – środa: \u20669:00–17:00\u2069/)
    expect(polish.text).toContain('angielski, polski, Klingon')
    expect([english.text, polish.text]).toEqual([
      expect.stringContaining('18 or over'),
      expect.stringContaining('Od 18 lat'),
    ])
    expect(polish.text).not.toMatch(/Monday|English,|Polski,/)
    expect(list.html).toContain('>Cymraeg (walijski)<')
  })

  it('is offered on the first page of the area, and may be kept by its reader’s own browser alone', async () => {
    const answered = await app.product.fastify.inject({ method: 'GET', url: near })

    expect((await app.visitor().open('/in/north')).html).toContain(`href="${near}"`)
    expect(answered.headers['cache-control']).toBe('private, max-age=120')
  })

  it('leads to a message to the coach with the name of the service in it, by way of signing in', async () => {
    const { person } = await anEpisode(app)
    const { html } = await app.visitor().open(`${near}/${paused}`)
    const [, ask = ''] = /href="(\/my\/messages\?about=[^"]+)"/.exec(html) ?? []
    const signedOut = await app.visitor().open(ask)
    const signedIn = await (await app.asParticipant(person)).open(ask)
    const foreign = await (await app.asParticipant(person)).open(`/my/messages?about=${hidden}`)

    expect(signedOut.location).toContain(encodeURIComponent(ask))
    expect(signedIn.text).toContain('I would like to ask you about this service: Paused Pennies')
    expect(foreign.text).not.toContain('Hidden')
  })
})
