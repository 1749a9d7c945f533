import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { spokenCode } from '#platform/link/proof.ts'
import { recordPermission } from '#registers/permissions/store.ts'
import { referenceOf } from '#journey/onward/rules.ts'
import { listOnwardOf } from '#journey/onward/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { aDraftedOnward, aSentOnward, onwardLink } from '#test/people/onward.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const onwardOf = async (person: string) => (await app.inArea('north', (db) => listOnwardOf(db, 'north', [person])))[0]
const proofIn = (html: string) => /name="proof" value="([^"]+)"/.exec(html)?.[1] ?? ''
const links = (kind: string, about: string) =>
  app.owner.query('select id from notify.message where kind = $1 and about = $2 and settled_as = $3', [
    kind,
    about,
    'sent',
  ])

/** A service that has opened its link and said the code. */
async function opened(onward: string) {
  const [service, path] = [app.visitor(), await onwardLink(app, onward)]
  const asked = await service.open(path)
  const page = await service.send(path, { code: spokenCode(app.settings.secret, onward) })
  const say = (fields: Fields) =>
    service.send(path, { id: newId(), proof: proofIn(page.html), byName: 'Ada Lowe', ...fields })
  return { service, path, asked, page, say }
}

const on = (name: string, day: string, month: string, year = '2026'): Fields => ({
  ...{ [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year },
})

describe('A service that is sent somebody', () => {
  it('reads what they agreed to once it has said the code, and that is kept as seen', async () => {
    const { onward, person, browser } = await aSentOnward(app, {
      also: { ticked: ['phone', 'born'] },
      yes: { leftOut: 'born' },
    })
    const { asked, page } = await opened(onward)

    expect(asked.text).not.toMatch(/Robin|Marsh|rent/)
    expect(page.text).toMatch(/Robin Marsh.*three letters about rent.*07700 900461/)
    expect(page.text).not.toContain('14 March 1981')
    expect((await onwardOf(person))?.state).toBe('seen')
    expect((await browser.open(`/onward/${onward}`)).text).toContain('Read by the service')
  })

  it('puts them on a list, later says that it started and how it ended; then the link is closed', async () => {
    const { onward, person, browser } = await aSentOnward(app)
    const { say, page, service, path } = await opened(onward)
    const wrong = await say({ said: 'waiting', place: 'first' })
    const twice = { id: newId(), said: 'waiting', place: '4', ...on('expected', '2', '2') }
    await say(twice)
    await say(twice)
    expect([wrong.status, (await onwardOf(person))?.events.filter(({ kind }) => kind === 'waiting')]).toMatchObject([
      ...[422, [{ place: 4, byName: 'Ada Lowe', witness: 'service' }]],
    ])
    expect((await browser.open(`/onward/${onward}`)).text).toMatch(
      /On a waiting list.*Place in the queue: 4.*Not read yet|Not read yet.*Place in the queue: 4/,
    )
    app.clock.pass({ hours: 24 * 20 })
    const again = await service.send(path, { code: spokenCode(app.settings.secret, onward) })
    const late = (fields: Fields) =>
      service.send(path, { id: newId(), byName: 'Ada', proof: proofIn(again.html), ...fields })
    await late({ said: 'started', ...on('started', '20', '1') })
    await late({ said: 'attended', sessions: '3', ...on('last', '24', '1') })
    const end = await late({ said: 'ended', outcome: 'helped', ...on('ended', '25', '1') })

    expect(end.text).toContain('the link is closed')
    expect((await onwardOf(person))?.state).toBe('ended')
    expect((await service.open(path)).status).toBe(410)
    expect(proofIn(page.html)).not.toBe('')
  })

  it('declines with a reason, which says to the coach what to do next', async () => {
    const { onward, browser } = await aSentOnward(app)
    const { say } = await opened(onward)
    const why = await say({ said: 'declined' })
    await say({ said: 'declined', reason: 'not-here' })

    expect([why.status, why.text.includes('Select why')]).toEqual([422, true])
    expect((await browser.open(`/onward/${onward}`)).text).toMatch(
      /What to do next: Look for the same kind of service where they live/,
    )
  })

  it('reads what happens next after a no, and nothing of coming back when it starts', async () => {
    const { onward } = await aSentOnward(app)
    const { say } = await opened(onward)
    const thanked = await say({ said: 'declined', reason: 'full' })

    expect(thanked.text).toContain('If you can help after all, say so by the same link until')
    expect(thanked.text).not.toContain('when it starts')
  })

  it('reads what a colleague answered meanwhile before a page opened earlier changes it', async () => {
    const { onward, person } = await aSentOnward(app)
    const [first, second] = [await opened(onward), await opened(onward)]
    const version = (html: string) => ({ version: /name="version" value="(\d+)"/.exec(html)?.[1] ?? '' })
    const mine = { said: 'accepted', note: 'From Monday on', ...version(second.page.html) }
    await first.say({ said: 'declined', reason: 'full', note: 'Ask again in May', ...version(first.page.html) })
    const late = await second.say(mine)

    expect(late.status).toBe(409)
    expect(late.text).toMatch(/Ada Lowe answered.*Ask again in May/)
    expect(late.html).toContain('From Monday on')
    expect((await onwardOf(person))?.state).toBe('declined')
    const again = await second.say({ ...mine, ...version(late.html) })
    expect(again.status).toBe(200)
    expect((await onwardOf(person))?.state).toBe('accepted')
  })

  it('is told nothing by a link that is forwarded, guessed at, of another or out of time; it may ask for a new one', async () => {
    const [{ onward }, other] = [await aSentOnward(app), await aSentOnward(app)]
    const path = await onwardLink(app, onward)
    const stranger = app.visitor()
    await stranger.open(path)
    const guess = await stranger.send(path, { code: '000000' })
    const codeOfAnother = await stranger.send(path, { code: spokenCode(app.settings.secret, other.onward) })
    const answer = await stranger.send(path, { id: newId(), said: 'accepted', byName: 'Eve' })
    for (const seen of [guess, codeOfAnother, answer])
      expect([seen.status, /Robin|rent/.test(seen.text)]).toEqual([422, false])

    app.clock.pass({ hours: 24 * 29 })
    const late = await stranger.open(path)
    expect([late.status, late.text.includes('This link has expired')]).toEqual([410, true])
    await stranger.send(`${path}/renewal`)
    await app.work()
    expect((await links('link.renewed', onward)).rowCount).toBe(1)
    const sent = `select body from notify.message where kind = 'link.renewed' and about = $1`
    const [renewed] = (await app.owner.query<{ body: string }>(sent, [onward])).rows
    // What the first one said: what opens it, by what both know it, and whom to ring.
    expect(renewed?.body).toContain('You need the six-digit code that we told you by phone to open it.')
    expect(renewed?.body).toMatch(new RegExp(`The reference is ${referenceOf(onward)}\\..*ring 01632 96\\d+`))
    const fresh = await stranger.open(await onwardLink(app, onward))
    expect(fresh.status).toBe(200)
  })

  it('can open and answer nothing from the moment in which they take back their yes', async () => {
    const { onward, person } = await aSentOnward(app, { name: 'Lockside advice' })
    const { service, path, say } = await opened(onward)
    app.clock.pass({ minutes: 1 })
    const me = await app.asParticipant(person)
    const page = await me.open('/my/agreements')
    const { rows } = await app.owner.query(
      `select id from permissions.permission where person = $1 and switch = 'onward'`,
      [person],
    )
    expect(page.text).toContain('May be told: Lockside advice')
    await me.send('/my/agreements/onward/stop', { form: newId(), answer: rows[0].id })

    expect([(await service.open(path)).status, (await say({ said: 'accepted' })).status]).toEqual([410, 410])
    await app.inArea('north', async (db) =>
      app.product.jobs['onward.taken-back']?.(db, { area: 'north' }, app.clock.now),
    )
    expect((await onwardOf(person))?.state).toBe('withdrawn')
  })
})

describe('Whoever takes part no more, or has died', () => {
  it.each(['left', 'died'])('is passed on no further: %s', async (what) => {
    const { onward, person } = await aSentOnward(app)
    app.clock.pass({ minutes: 1 })
    const no = { area: 'north', person, switch: 'take-part', given: false, how: 'telephone', by: null } as const
    if (what === 'died')
      await app.owner.query(`update people.person set died_on = '2026-01-05' where id = $1`, [person])
    else
      await app.inArea('north', (db) =>
        recordPermission(db, { ...no, lawfulBasis: 'public-task', wordingVersion: 1, at: app.clock.now }),
      )
    expect((await app.visitor().open(await onwardLink(app, onward))).status).toBe(410)
    await app.inArea('north', async (db) =>
      app.product.jobs['onward.taken-back']?.(db, { area: 'north' }, app.clock.now),
    )

    expect((await onwardOf(person))?.state).toBe('withdrawn')
  })
})

describe('What the team hears', () => {
  it('is written down with who said it, and a hand-over stands where nothing was sent', async () => {
    const meet = { kind: 'supported', meet: 'call', meetTime: '14:30', email: '', ...on('meetOn', '7', '1') }
    const { onward, person, browser } = await aSentOnward(app, { also: meet })
    expect((await onwardOf(person))?.state).toBe('agreed')
    await browser.send(`/onward/${onward}/hand-over`, { id: newId() })
    const { version } = (await onwardOf(person)) ?? {}
    const heard = { id: newId(), witness: 'person', said: 'started', version: `${version}`, ...on('started', '5', '1') }
    await browser.send(`/onward/${onward}/happenings`, heard)

    const kept = await onwardOf(person)
    expect([kept?.state, kept?.events.at(-1)]).toMatchObject(['started', { witness: 'person', by: 'Carol Coach' }])
  })
})

describe('A participant', () => {
  it('reads what would be sent by a link, leaves out a part, says yes, and stops it later', async () => {
    const { onward, person, browser } = await aDraftedOnward(app, { also: { health: 'My back hurts' } })
    await browser.send(`/onward/${onward}/showing`, { id: newId(), how: 'message', version: '1' })
    await app.work()
    const [own, path] = [app.visitor(), await onwardLink(app, onward, 'onward-yes')]
    await own.open(path)
    const wrong = await own.send(path, on('bornOn', '1', '1', '1980'))
    const page = await own.send(path, on('bornOn', '14', '3', '1981'))
    const read = /name="read" value="(\d+)"/.exec(page.html)?.[1] ?? ''
    const yes = { id: newId(), proof: proofIn(page.html), read, answer: 'yes', leftOut: 'barrier' }
    const done = await own.send(path, yes)
    await own.send(path, yes)
    await app.work()

    expect([wrong.status, /rent/.test(wrong.text)]).toEqual([422, false])
    expect(page.text).toMatch(/May we send this\?.*My back hurts/)
    expect(done.text).toContain('We send it')
    const kept = await onwardOf(person)
    expect(kept?.events.find(({ kind }) => kind === 'agreed')).toMatchObject({
      parts: ['name', 'wanted', 'phone'],
      how: 'link',
    })
    expect((await links('onward.sent', onward)).rowCount).toBe(1)

    const me = await app.asParticipant(person)
    const stopped = await me.sendAndFollow(`/my/services/${onward}/withdrawal`, { id: newId() })
    expect(stopped.text).toMatch(/It is stopped.*Stopped/)
    expect((await app.visitor().open(await onwardLink(app, onward))).status).toBe(410)
  })

  it('says no on their own pages, reads a packet that changed again, and sees nobody else’s', async () => {
    const { onward, person, browser } = await aDraftedOnward(app)
    const me = await app.asParticipant(person)
    expect((await me.open(`/my/services/${onward}`)).status).toBe(404)
    await browser.send(`/onward/${onward}/showing`, { id: newId(), how: 'message', version: '1' })
    const old = await me.send(`/my/services/${onward}`, { id: newId(), read: '1', answer: 'yes' })
    const list = await me.open('/my/services')
    const no = await me.send(`/my/services/${onward}`, { id: newId(), read: '2', answer: 'no', note: 'Not now' })
    await app.work()

    expect([old.status, old.text.includes('Your coach changed this while you were reading')]).toEqual([409, true])
    expect(list.text).toMatch(/Waits for your answer.*Read it and answer/)
    expect(no.text).toContain('Nothing is sent')
    expect((await links('onward.sent', onward)).rowCount).toBe(0)
    const other = await app.asParticipant((await aDraftedOnward(app)).person)
    expect((await other.open(`/my/services/${onward}`)).status).toBe(404)
    expect((await onwardOf(person))?.state).toBe('refused')
  })
})
