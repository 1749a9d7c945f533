import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { messageLinkPath } from '#platform/link/links.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { aService, moneyKind } from '#test/people/services.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const email = 'office@riverside.example.org'

/** The link that went out last about a service, opened by somebody without an account. */
async function linkAbout(service: string) {
  await app.work()
  const { rows } = await app.owner.query<{ id: string; body: string; address: string }>(
    `select message.id, message.body, message.address from notify.message join owner_check.asked
      on asked.area = message.area and asked.id = message.about
      where asked.service = $1 and message.settled_as = 'sent' order by message.id desc limit 1`,
    [service],
  )
  const path = messageLinkPath(app.settings.secret, { area: 'north', id: rows[0]?.id ?? '' })
  const visitor = app.visitor()
  await visitor.open(path)
  return { path, visitor, ...rows[0] }
}

async function anAskedOwner(said: Parameters<typeof aService>[1] = {}) {
  const service = await aService(app, { email, ...said })
  const manager = await app.as(app.cast.manager)
  await manager.send(`/services/${service}/owner-check`, { email })
  return { service, manager, ...(await linkAbout(service)) }
}

const usual: Fields = {
  name: 'Riverside debt advice',
  summary: 'Advice on money worries, face to face.',
  cost: 'free',
  email,
}
const change = (said: Fields = {}): Fields => ({
  ...usual,
  kinds: moneyKind,
  do: 'send',
  version: '1',
  byName: 'Ann Field, manager',
  ...said,
})

const standing = async (service: string) => {
  const { rows } = await app.owner.query<{ document: Record<string, unknown>; version: number }>(
    'select document, version from services.service where id = $1',
    [service],
  )
  return { version: rows[0]?.version, ...rows[0]?.document }
}

describe('Whoever runs a service', () => {
  it('is sent a link in a message that names nobody, and reads all that is said of the service', async () => {
    const { path, visitor, body, address, service } = await anAskedOwner({ at: {} })
    const page = await visitor.open(path)

    expect(address).toBe(email)
    expect(body).not.toMatch(/Riverton|riverside\.example/)
    expect(path).not.toContain(service)
    expect(page.text).toContain('This is what we tell people about Riverside debt advice')
    expect(page.text).toContain('1 High Street, Riverton, ZA1 1ZZ')
  })

  it('says that all of it is right: it was checked today, with who, and the link takes no second answer', async () => {
    const { path, visitor, service, manager } = await anAskedOwner({ waitWeeks: 2, waitOn: '2025-10-01' })
    const nameless = await visitor.send(path, { do: 'right', version: '1' })
    const after = await visitor.sendAndFollow(path, { do: 'right', version: '1', byName: 'Ann Field, manager' })
    await visitor.send(path, change({ summary: 'Twice' }))

    expect(nameless.status).toBe(422)
    expect(after.text).toContain(
      'Answered on 5 January 2026 by Ann Field, manager: all we say about Riverside debt advice is right',
    )
    expect(await standing(service)).toMatchObject({
      version: 2,
      checkedOn: '2026-01-05',
      waitOn: '2026-01-05',
      summary: usual['summary'],
    })
    expect((await manager.open(`/services/${service}/history`)).text).toMatch(
      /The service itself.*All of it is right, says Ann Field, manager/,
    )
    expect((await manager.open(`/services/${service}/owner-check`)).text).toContain(
      'All of it is right. Ann Field, manager',
    )
  })

  it('is told that an answer is not kept where somebody answered before by the same link, and who said what', async () => {
    const { path, visitor, service } = await anAskedOwner()
    const other = app.visitor()
    await other.open(path)
    const first = await visitor.send(path, change({ summary: 'By phone only' }))
    const twice = await visitor.send(path, change({ summary: 'By phone only' }))
    const late = await other.send(path, { do: 'right', version: '1', byName: 'Bo Lane, trustee' })
    const later = await other.send(path, change({ note: 'We are closed', byName: 'Bo Lane, trustee' }))

    expect([first.status, twice.status, late.status, later.status]).toEqual([303, 303, 409, 409])
    expect(late.text).toMatch(
      /Your answer was not kept.*Answered on 5 January 2026 by Ann Field, manager: something we say .* has to be changed/,
    )
    expect(late.text).not.toContain('Thank you for your answer')
    expect(later.text).toContain('We are closed')
    expect((await visitor.open(path)).text).toContain('Thank you for your answer')
    expect(await standing(service)).toMatchObject({ version: 1 })
  })

  it('changes any part: it waits for a decision, and what came of it is told on the same link', async () => {
    const { path, visitor, service, manager } = await anAskedOwner()
    const form = await visitor.send(path, { do: 'change', version: '1', byName: 'Ann Field, manager' })
    const same = await visitor.send(path, change())
    const wrong = await visitor.send(path, change({ openings: 'Mon 9 to 5', url: 'riverside' }))
    const sent = await visitor.sendAndFollow(path, change({ summary: 'By phone only', note: 'We moved' }))

    expect(form.html).toContain('Ann Field, manager')
    expect(same.text).toContain('Change what is wrong above, or say here what it is')
    expect(wrong.html).toContain('Mon 9 to 5')
    expect([same.status, wrong.status]).toEqual([422, 422])
    expect(sent.text).toMatch(/waits for somebody who looks after the directory.*By phone only/)
    expect(await standing(service)).toMatchObject({ version: 1, summary: usual['summary'] })
    const list = await manager.open(`/services/proposals?service=${service}`)
    expect(list.text).toMatch(/The service itself.*Says Ann Field, manager: We moved/)
    const at = /\/services\/proposals\/[0-9a-f-]{36}/.exec(list.html)?.[0] ?? ''
    await manager.send(`${at}/decision`, { answer: 'no', reason: 'You still see people', version: '1' })
    expect((await visitor.open(path)).text).toMatch(/was not taken on 5 January 2026.*You still see people/)
  })

  it('changes at once what the area takes their word on, and the rest waits', async () => {
    const decided = `insert into areas.setting (area, name, from_on, value, set_at) values ('north', 'ownersAtOnce', '2025-01-01', '["phone","wait"]', now())`
    await app.owner.query(decided)
    const { path, visitor, service } = await anAskedOwner()
    const sent = await visitor.sendAndFollow(
      path,
      change({ phones: '01632 960009', waitWeeks: '3', summary: 'New words' }),
    )
    await app.owner.query(`delete from areas.setting where name = 'ownersAtOnce'`)

    expect(sent.text).toContain('What you said about phone, waiting time stands in the directory already')
    expect(sent.text).toContain('waits for somebody')
    expect(await standing(service)).toMatchObject({
      ...{ version: 2, phones: [{ number: '01632 960009', about: null }], waitWeeks: 3, waitOn: '2026-01-05' },
      ...{ summary: usual['summary'], checkedOn: null },
    })
  })

  it('keeps what only staff see: a location that keeps somebody safe is neither shown nor lost', async () => {
    const { path, visitor, service } = await anAskedOwner({ at: { name: 'Safe house', staffOnly: true } })
    const page = await visitor.open(path)
    await visitor.send(path, change({ summary: 'Changed' }))
    const { rows } = await app.owner.query<{ locations: unknown[] }>(
      `select document -> 'locations' as locations from proposing.proposal where service = $1`,
      [service],
    )

    expect(page.text).not.toContain('Safe house')
    expect(rows[0]?.locations).toHaveLength(1)
  })
})

describe('A link to a listing', () => {
  it('gets its owner a new one, to the same address: when it is answered, once a day, and when it has run out', async () => {
    const { path, visitor, service } = await anAskedOwner()
    await visitor.send(path, { do: 'right', version: '1', byName: 'Ann Field' })
    await visitor.send(path, { do: 'anew' })
    await visitor.send(path, { do: 'anew' })
    const { rows } = await app.owner.query('select address from owner_check.asked where service = $1', [service])
    const second = await linkAbout(service)
    expect(rows).toEqual([{ address: email }, { address: email }])
    expect((await second.visitor.open(second.path)).status).toBe(200)
    expect((await visitor.open(path)).text).toContain('A new link was sent within the last day')
    app.clock.set('2026-02-10T10:00:00Z')

    const late = await second.visitor.open(second.path)
    expect([late.status, late.text]).toEqual([410, expect.stringContaining('This link has expired')])
    expect((await second.visitor.send(`${second.path}/renewal`)).text).toContain('It is on its way')
  })

  it('follows its owner to another address once that stands in the directory, and asks nothing at the first any more', async () => {
    const { path, visitor, service, manager } = await anAskedOwner()
    const moved = change({ email: 'new@riverside.example.org', note: 'I have left: ask my colleague' })
    await visitor.sendAndFollow(path, moved)
    const before = await visitor.open(path)
    const list = await manager.open(`/services/proposals?service=${service}`)
    const at = /\/services\/proposals\/[0-9a-f-]{36}/.exec(list.html)?.[0] ?? ''
    await manager.send(`/services/${service}/owner-check`, { email })
    const second = await linkAbout(service)
    const open = await second.visitor.open(second.path)
    app.clock.pass({ hours: 25 })
    await (await app.as(app.cast.manager)).send(`${at}/decision`, { answer: 'yes', version: '1' })
    const after = await visitor.open(path)
    await visitor.send(path, { do: 'anew' })
    const newest = await linkAbout(service)

    expect(await standing(service)).toMatchObject({ email: 'new@riverside.example.org' })
    expect(before.text).toContain('waits for somebody who looks after the directory')
    expect([open.status, (await second.visitor.open(second.path)).status]).toEqual([200, 410])
    expect([after.status, newest.address]).toEqual([200, 'new@riverside.example.org'])
    expect((await newest.visitor.open(newest.path)).status).toBe(200)
  })

  it('is asked once by a form that is pressed twice, and the link goes on to open', async () => {
    const service = await aService(app, { email })
    const manager = await app.as(app.cast.manager)
    const at = `/services/${service}/owner-check`
    const id = /name="id" value="([^"]+)"/.exec((await manager.open(at)).html)?.[1] ?? ''
    for (const _ of ['first', 'second']) expect((await manager.send(at, { id, email })).status).toBe(303)
    const asked = await app.owner.query('select id from owner_check.asked where service = $1', [service])
    const { visitor, path } = await linkAbout(service)

    expect(asked.rows).toEqual([{ id }])
    expect((await visitor.open(path)).status).toBe(200)
  })

  it('opens nothing once the service is closed, is for staff only, or a newer link was sent', async () => {
    const { path, visitor, service, manager } = await anAskedOwner()
    const other = await anAskedOwner({ name: 'Another service' })
    await manager.send(`/services/${service}/owner-check`, { email })
    const replaced = await visitor.open(path)
    const newer = await linkAbout(service)
    await manager.send(`/services/${service}/standing`, { what: 'close', notice: 'Use another', version: '1' })
    const closed = await newer.visitor.open(newer.path)

    expect([replaced.status, closed.status]).toEqual([410, 410])
    expect(closed.text).not.toContain('Riverside')
    expect(closed.text).toContain('Ask for a new link')
    expect((await newer.visitor.send(newer.path, change({ summary: 'No' }))).status).toBe(410)
    expect((await other.visitor.open(other.path)).text).toContain('Another service')
    expect((await manager.open(`/services/${service}/owner-check`)).text).toContain('This service is closed')
    const hidden = await aService(app, { name: 'Refuge', staffOnly: true, email })
    expect((await manager.send(`/services/${hidden}/owner-check`, { email })).status).toBe(422)
  })
})

describe('Owners of all services that are due', () => {
  it('are asked in the background, where there is an address, not too often and not too many at once', async () => {
    app.clock.set('2026-03-05T10:00:00Z')
    const many = { email: 'many@example.org', runBy: 'Runs many' }
    for (const name of ['One', 'Two', 'Three', 'Four', 'Five', 'Six']) await aService(app, { name, ...many })
    const lately = await aService(app, { name: 'Asked lately', email: 'lately@example.org' })
    const manager = await app.as(app.cast.manager)
    await manager.send(`/services/${lately}/owner-check`, { email: 'lately@example.org' })
    await aService(app, { name: 'Checked', email: 'checked@example.org', checkedOn: '2026-03-01' })
    const begun = await manager.send('/services/owner-checks')
    expect((await manager.open(begun.location ?? '')).text).toContain('Owners are being asked')
    expect((await manager.send('/services/owner-checks')).location).toBe(begun.location)
    await app.work()

    const page = await manager.open(begun.location ?? '')
    expect(page.text).toContain('Owners were asked')
    const { rows } = await app.owner.query<{ address: string; number: number }>(
      `select address, count(*)::integer as number from owner_check.asked where round is not null
        and address <> $1 group by address`,
      [email],
    )
    expect(rows).toEqual([{ address: 'many@example.org', number: 5 }])
    const coach = await app.as(app.cast.coach)
    expect((await coach.send('/services/owner-checks')).status).toBe(403)
  })
})
