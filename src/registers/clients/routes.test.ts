import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashOf, newToken } from '#platform/identity/tokens.ts'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aSystem } from '#test/neighbours/system.ts'
import { aClient } from '#test/people/client.ts'
import { findBearer, saveToken } from './store.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

type Fields = Readonly<Record<string, string | readonly string[]>>

async function filled(more: Fields = {}): Promise<Fields & Readonly<{ id: string }>> {
  const { pem: key } = await aSystem()
  const { organisation } = app.cast.referrer
  const said = { name: 'Park Surgery, records system', organisation, contact: 'it@park.example.org', perMinute: '600' }
  return { ...said, scopes: ['system/ServiceRequest.c'], key, ...more, id: newId() }
}

async function register(more: Fields = {}) {
  const manager = await app.as(app.cast.manager)
  const fields = await filled(more)
  return {
    manager,
    fields,
    seen: await manager.send('/area/clients/new', fields),
    address: `/area/clients/${fields.id}`,
  }
}

/** A system that holds a token now. */
async function aBearer() {
  const [{ id }, token, now] = [await aClient(app), newToken(), app.clock.now]
  const given = { area: 'north', client: id, hash: hashOf(token), scopes: ['system/ServiceRequest.c'] } as const
  await app.inArea('north', (db) => saveToken(db, { ...given, now, until: now.add({ minutes: 5 }) }))
  return { id, token }
}

async function find(token: string) {
  const shown = { hash: hashOf(token), now: app.clock.now }
  const [bearer] = await app.databases.databaseFor('north').ask((db) => findBearer(db, 'north', shown))
  return bearer
}

describe('A system that is registered', () => {
  it('is shown with whom it comes in for, what it may do, and what whoever builds it needs', async () => {
    const { manager, fields, address } = await register()
    const one = await manager.open(address)
    const all = await manager.open('/area/clients')

    expect(one.text).toContain(`north.${fields.id}`)
    expect(one.text).toContain(`${app.settings.origin}/oauth2/token`)
    expect(one.text).toContain('ES256')
    expect(all.text).toContain('Park Surgery, records system')
    expect(all.text).toContain('Send referrals')
    expect(all.text).toContain('Never')
  })

  it('is registered once, where its form is pressed twice', async () => {
    const { manager, fields, seen } = await register({ name: 'Pressed twice' })
    const again = await manager.send('/area/clients/new', fields)

    expect([seen.status, again.status]).toEqual([303, 303])
    expect((await manager.open('/area/clients')).text.split('Pressed twice').length).toBe(2)
  })

  it('keeps what was typed where something is missing, and says what', async () => {
    const { seen } = await register({ contact: 'nobody', scopes: [], key: 'ssh-rsa AAAA' })

    expect(seen.status).toBe(422)
    expect(seen.text).toContain('Enter an email address like name@example.org')
    expect(seen.text).toContain('Tick what it may do')
    expect(seen.text).toContain('Park Surgery, records system')
  })

  it.each([
    ['something else', 'ssh-rsa AAAA', 'Paste one public key'],
    ['a private key', '-----BEGIN PRIVATE KEY-----\nMIG\n-----END PRIVATE KEY-----', 'This is a private key'],
    ['a private key as JWK', '{"kty":"EC","d":"x"}', 'This holds a private key'],
    ['a set of two', '{"keys":[{"kty":"EC"},{"kty":"EC"}]}', 'Paste one public key'],
  ])('is not known by %s', async (_what, key, sentence) => {
    const { seen } = await register({ key })

    expect(seen.status).toBe(422)
    expect(seen.text).toContain(sentence)
  })

  it('comes in for no organisation of another area', async () => {
    const { seen } = await register({ organisation: newId() })

    expect(seen.status).toBe(422)
  })
})

describe('What a system may do', () => {
  const changed = { name: 'Park Surgery, new system', contact: 'new@park.example.org', perMinute: '60', version: '1' }

  it('is changed, and is kept as it was where something is missing', async () => {
    const { manager, address } = await register({ scopes: ['system/ServiceRequest.c', 'system/Task.rs'] })
    const wrong = await manager.send(`${address}/change`, { ...changed, scopes: [] })
    const form = await manager.open(`${address}/change`)
    const right = await manager.send(`${address}/change`, { ...changed, scopes: ['system/ServiceRequest.rs'] })
    const { text } = await manager.open(address)

    expect([wrong.status, wrong.text.includes('Tick what it may do')]).toEqual([422, true])
    expect(form.html).toMatch(/value="system\/Task.rs"[^>]*checked|checked[^>]*value="system\/Task.rs"/)
    expect(right.status).toBe(303)
    expect(text).toContain('Park Surgery, new system')
    expect(text).toMatch(/new@park.example.org May Read back the referrals .* Requests a minute, at most 60/)
    expect(text).not.toContain('Send referrals')
  })

  it('counts from that moment on, also for the token that it has', async () => {
    const { id, token } = await aBearer()
    const before = await find(token)
    const manager = await app.as(app.cast.manager)
    await manager.send(`/area/clients/${id}/change`, { ...changed, scopes: ['system/Task.rs'] })

    expect([before?.id, await find(token)]).toEqual([id, undefined])
  })

  it('cannot be changed once it has ended', async () => {
    const { manager, address } = await register()
    await manager.send(`${address}/ending`, {})

    expect((await manager.open(`${address}/change`)).status).toBe(404)
    expect((await manager.send(`${address}/change`, { ...changed, scopes: ['system/Task.rs'] })).status).toBe(404)
  })
})

describe('The keys of a system', () => {
  it('change without a break: another is added, and the old one ended', async () => {
    const { manager, address } = await register()
    const [old = ''] = /[\w-]{43}/.exec((await manager.open(address)).text) ?? []
    await manager.send(`${address}/key`, { key: (await aSystem('RS512')).jwk })
    const both = await manager.open(address)
    await manager.send(`${address}/key-ending`, { kid: old })
    const after = await manager.open(address)

    expect(both.text).toContain('RS512')
    expect(after.text.match(/Ended /g)).toHaveLength(1)
  })

  it('are four at most, and none comes back that was ended', async () => {
    const { manager, address, fields } = await register()
    const [first = ''] = /[\w-]{43}/.exec((await manager.open(address)).text) ?? []
    for (let more = 0; more < 3; more += 1) await manager.send(`${address}/key`, { key: (await aSystem()).pem })
    const fifth = await manager.send(`${address}/key`, { key: (await aSystem()).pem })
    await manager.send(`${address}/key-ending`, { kid: first })
    const again = await manager.send(`${address}/key`, { key: fields['key'] ?? '' })

    expect(fifth.text).toContain('A system has 4 keys at most')
    expect(again.text).toContain('This key has ended')
  })
})

describe('A system that is ended', () => {
  it('stays on the list with its day, and ending it again says the same', async () => {
    const { manager, address } = await register({ name: 'Old system' })
    const ended = await manager.send(`${address}/ending`, {})
    const again = await manager.send(`${address}/ending`, {})

    expect((await manager.open(address)).text).toContain('The system gets no answer any more')
    expect([ended.status, again.status]).toEqual([303, 303])
    expect((await manager.open(address)).text).toContain('Ended 5 Jan 2026')
  })

  it('is not shown to another area', async () => {
    const { address } = await register()

    expect((await (await app.as(app.cast.managerElsewhere)).open(address)).status).toBe(404)
  })
})
