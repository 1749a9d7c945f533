import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
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

describe('The directory for everybody', () => {
  it('is searched without signing in, says what is paused with its days, and keeps back what is for staff only', async () => {
    const stranger = app.visitor()
    const found = await stranger.open(`${near}?words=penies&place=OX1`)
    const one = await stranger.open(`${near}/${paused}`)

    expect(found.status).toBe(200)
    expect(found.text).toContain('Shown for pennies')
    expect(found.text).toContain('Paused Pennies Paused')
    expect(found.text).toContain('Oxford (less than 1 mile away)')
    expect(found.text).not.toContain('Hidden')
    expect(one.text).toContain('Paused: it takes nobody new now')
    expect(one.text).toContain('Open again from 2 February 2026')
    expect(one.text).toContain('Nobody has checked this yet')
    const [kept, missing] = [await stranger.open(`${near}/${hidden}`), await stranger.open(`${near}/${newId()}`)]
    expect([kept.status, kept.text]).toEqual([404, missing.text])
    expect((await stranger.open(`/in/south/support-near-you/${paused}`)).status).toBe(404)
    expect((await stranger.open('/in/nowhere/support-near-you')).status).toBe(404)
  })

  it('narrows by the language that support is given in, whatever the page is read in', async () => {
    const stranger = app.visitor()
    const page = await stranger.open(`${near}?words=pennies&speaks=polish&language=pl`)

    expect(page.html).toContain('<html lang="pl"')
    expect(page.text).toContain('1 usługa')
    expect((await stranger.open(`${near}?words=pennies&speaks=welsh`)).text).toContain('Żadna usługa nie pasuje')
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
