import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from './app.ts'
import type { Seen } from './browser.ts'
import { draftedPages } from './editing/drafts.ts'
import { anEpisode } from './people/episode.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const kept = 'This is what you typed here before and did not send'

describe('A page that keeps what is typed', () => {
  it('is known here', () => {
    const drafted = app.product.lines.filter(({ method, rule }) => method === 'GET' && rule.draft !== undefined)

    expect(Object.keys(draftedPages).toSorted()).toEqual(drafted.map(({ path }) => path).toSorted())
  })

  it('ends the draft when its form is sent, and not before', () => {
    const ends = app.product.lines.filter(({ method }) => method === 'POST').map(({ rule }) => rule.draft)
    const kinds = app.product.lines.flatMap(({ method, rule: { draft } }) => (method === 'GET' && draft ? [draft] : []))

    expect(kinds.filter((draft) => !ends.includes(draft))).toEqual([])
  })

  it('is about the same record as its form, so that sending it ends the draft that was kept', () => {
    const aboutOf = (path: string) => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name).join('-')
    const drafted = app.product.lines.filter(({ rule: { draft } }) => draft !== undefined)
    const unended = drafted.filter(
      ({ method, path, rule: { draft } }) =>
        method === 'GET' &&
        !drafted.some(
          (other) => other.method === 'POST' && other.rule.draft === draft && aboutOf(other.path) === aboutOf(path),
        ),
    )

    expect(unended.map(({ path }) => path)).toEqual([])
  })
})

describe.each(Object.entries(draftedPages))('%s', (_path, { who, page, field, person }) => {
  it('brings back what was typed and not sent, until it is cleared', async () => {
    const address = await page(app)
    const browser =
      who === 'participant'
        ? await app.asParticipant((await person?.(app)) ?? '')
        : who === 'visitor'
          ? app.visitor()
          : await app.as(app.cast[who])
    const area = who === 'participant' || who === 'visitor' ? 'north' : app.cast[who].area
    const fresh = await browser.open(address)
    const draft = /data-draft="([^"]+)"/.exec(fresh.html)?.[1] ?? ''
    expect(fresh.text).not.toContain(kept)

    expect((await browser.send('/drafts', { draft, area, [field]: 'Half a sente' })).status).toBe(204)
    const back = await browser.open(address)
    expect(back.html).toContain('Half a sente')
    expect(back.text).toContain(kept)

    const cleared = await browser.send(`/drafts/removal?to=${encodeURIComponent(address)}`, { draft, area })
    expect(cleared.location).toBe(address)
    expect((await browser.open(address)).html).not.toContain('Half a sente')
  })
})

describe('Two pages opened from one draft', () => {
  it('send two things, and each of them one thing however often it is sent', async () => {
    const { episode } = await anEpisode(app)
    const coach = await app.as(app.cast.coach)
    const address = `/episodes/${episode}/adjustments`
    const fresh = await coach.open(`${address}/new`)
    const draft = /data-draft="([^"]+)"/.exec(fresh.html)?.[1] ?? ''
    const numberIn = ({ html }: Seen) => /name="id" value="([^"]+)"/.exec(html)?.[1] ?? ''
    await coach.send('/drafts', { draft, area: 'north', id: numberIn(fresh), what: 'Half a sente' })
    const [one, other] = [await coach.open(`${address}/new`), await coach.open(`${address}/new`)]
    const asked = {
      kind: 'equipment',
      askedBy: 'participant',
      'asked-day': '2',
      'asked-month': '1',
      'asked-year': '2026',
    }
    const send = (page: Seen, what: string) => coach.send(address, { id: numberIn(page), what, ...asked })
    const sent = [
      await send(one, 'A quieter desk'),
      await send(other, 'A lighter drill'),
      await send(other, 'A lighter drill'),
    ]
    const { rows } = await app.owner.query(
      `select what from adjustments.words join adjustments.adjustment on id = adjustment where episode = $1 order by what`,
      [episode],
    )

    expect(one.html).toContain('Half a sente')
    expect(sent.map(({ status }) => status)).toEqual([303, 303, 303])
    expect(rows.map(({ what }) => what)).toEqual(['A lighter drill', 'A quieter desk'])
  })
})

describe('A form that is sent after the session has run out', () => {
  const kept = async (field: string) =>
    (await app.owner.query('select typed from form.draft where typed ? $1', [field])).rows

  it('is kept as a draft, and is there after signing in again', async () => {
    const coach = await app.as(app.cast.coach)
    const address = '/referrals/new'
    await coach.open(address)
    app.clock.pass({ minutes: 31 })
    const sent = await coach.send('/referrals/new', { givenName: 'Typed without script' })
    const again = await (await app.as(app.cast.coach)).open(address)

    expect(sent.location).toMatch('/sign-in')
    expect(again.html).toContain('Typed without script')
  })

  it('is not kept where it was another browser that sent it, or somebody ended the session', async () => {
    const [coach, stranger] = [await app.as(app.cast.otherCoach), app.visitor()]
    await coach.open('/referrals/new')
    const cookies = [...coach.cookies]
    await stranger.open('/')
    for (const [name, value] of cookies) if (name !== 'workwell-visit') stranger.cookies.set(name, value)
    app.clock.pass({ minutes: 31 })
    await stranger.send('/referrals/new', { foreign: 'Not theirs' })
    await app.owner.query(`update identity.session set ended_at = now(), ended_reason = 'revoked'`)
    await coach.send('/referrals/new', { revoked: 'Not any more' })

    expect([await kept('foreign'), await kept('revoked')]).toEqual([[], []])
  })
})
