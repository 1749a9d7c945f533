import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Algorithm } from '#platform/machine/rules.ts'
import { newId } from '#platform/ids.ts'
import { readPublicKey } from '#platform/machine/public-key.ts'
import { hashOf } from '#platform/identity/tokens.ts'
import { clientName, type Scope, tokenPath } from '#registers/clients/rules.ts'
import { addKey, endClient, endKey, findBearer } from '#registers/clients/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aSystem } from '#test/neighbours/system.ts'
import { aClient } from '#test/people/client.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const registered = (algorithm: Algorithm = 'ES256', allowed?: readonly Scope[]) => aClient(app, algorithm, allowed)
type Registered = Awaited<ReturnType<typeof registered>>

type Wanted = Readonly<{
  claims?: Record<string, unknown>
  kid?: string
  scope?: string
  statement?: string
  alg?: string
}>

async function ask({ system, called, kid }: Registered, wanted: Wanted = {}) {
  const audience = `${app.settings.origin}${tokenPath}`
  const { claims = {}, statement, alg } = wanted
  const asked = { claims, ...(alg === undefined ? {} : { alg }) }
  const signed =
    statement ?? (await system.state({ called, audience, kid: wanted.kid ?? kid, now: app.clock.now, ...asked }))
  return post({ client_assertion: signed, ...(wanted.scope === undefined ? {} : { scope: wanted.scope }) })
}

const right = {
  grant_type: 'client_credentials',
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
}

async function post(fields: Readonly<Record<string, string>>) {
  const answer = await app.product.fastify.inject({
    ...{ method: 'POST', url: tokenPath, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    payload: new URLSearchParams({ ...right, ...fields }).toString(),
  })
  const shape = z.looseObject({ access_token: z.string().optional(), error: z.string().optional() })
  return { status: answer.statusCode, headers: answer.headers, body: shape.parse(JSON.parse(answer.body)) }
}

const bearerOf = async (token: string | undefined) => {
  const shown = { hash: hashOf((token ?? '').replace('north.', '')), now: app.clock.now }
  const [bearer] = await app.databases.databaseFor('north').ask((db) => findBearer(db, 'north', shown))
  return bearer
}

const seconds = () => Math.floor(app.clock.now.epochMilliseconds / 1000)

describe('A system that signs who it is', () => {
  it.each([
    ['ES256', 'ES256'],
    ['ES384', 'ES384'],
    ['RS512', 'RS512'],
    ['RS384', 'RS512'],
  ] as const)('by %s is given what it shows for five minutes', async (alg, kind) => {
    const one = await registered(kind)
    const { status, headers, body } = await ask(one, { alg })

    expect({ status, ...body }).toMatchObject({
      ...{ status: 200, token_type: 'Bearer', expires_in: 300, scope: 'system/ServiceRequest.c' },
    })
    expect(headers['cache-control']).toBe('no-store')
    expect(await bearerOf(body.access_token)).toMatchObject({
      id: one.id,
      organisation: app.cast.referrer.organisation,
    })
    app.clock.pass({ seconds: 301 })
    expect(await bearerOf(body.access_token)).toBeUndefined()
  })

  it('is in the journal, with when it last came in', async () => {
    const one = await registered()
    await ask(one)

    const { rows } = await app.owner.query('select what from journal.entry where subject = $1', [one.id])
    const page = await (await app.as(app.cast.manager)).open('/area/clients')
    expect(rows).toEqual([{ what: 'client.token-given' }])
    expect(page.text).toContain('Today')
  })

  it('uses each statement once, also where two copies come together', async () => {
    const one = await registered()
    const audience = `${app.settings.origin}${tokenPath}`
    const statement = await one.system.state({ ...one, audience, now: app.clock.now })
    const answers = await Promise.all([ask(one, { statement }), ask(one, { statement }), ask(one, { statement })])

    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401])
  })

  it('is given also where its end is between two moments', async () => {
    const one = await registered()

    expect((await ask(one, { claims: { exp: seconds() + 60.123456 } })).status).toBe(200)
  })

  it('is given no more than it may, and less where it asks for less', async () => {
    const one = await registered('ES256', ['system/ServiceRequest.c', 'system/ServiceRequest.rs'])
    const other = await registered()

    expect((await ask(one, { scope: 'system/ServiceRequest.rs' })).body['scope']).toBe('system/ServiceRequest.rs')
    expect((await ask(one)).body['scope']).toBe('system/ServiceRequest.c system/ServiceRequest.rs')
    expect((await ask(other, { scope: 'system/ServiceRequest.rs' })).body.error).toBe('invalid_scope')
    expect((await ask(other, { scope: 'system/*.cruds' })).body.error).toBe('invalid_scope')
  })
})

describe('No token is given to', () => {
  it.each([
    ['a statement that is over', { exp: -60 }],
    ['one that holds longer than five minutes', { exp: 400 }],
    ['one without an end', { exp: undefined }],
    ['one for another address', { aud: 'https://elsewhere.example.org/token' }],
    ['one that another system is said to have made', { iss: 'north.somebody' }],
    ['one without an id', { jti: undefined }],
    ['one with a number for an id', { jti: 5 }],
    ['one whose system is a number', { sub: 5 }],
  ])('%s', async (_what, claims) => {
    const one = await registered()
    const moment = 'exp' in claims && claims.exp !== undefined ? { exp: seconds() + claims.exp } : claims

    expect(await ask(one, { claims: moment })).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
  })

  it('a system with a key that is not its own, or that nobody knows, in the same words', async () => {
    const [one, other] = [await registered(), await registered()]
    const answers = [
      await ask({ ...one, system: other.system }),
      await ask(one, { kid: other.kid }),
      await ask({ ...one, called: clientName('north', newId()) }),
      await ask({ ...one, called: clientName('nowhere', one.id) }),
      await ask({ ...one, called: clientName('south', one.id) }),
    ]

    expect(new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size).toBe(1)
    expect(answers[0]?.status).toBe(401)
  })

  it('whoever shows a password, or nothing that is signed', async () => {
    expect((await post({ grant_type: 'password' })).body.error).toBe('unsupported_grant_type')
    expect((await post({ client_assertion_type: 'secret' })).body.error).toBe('invalid_request')
    expect((await post({})).body.error).toBe('invalid_request')
    expect((await post({ client_assertion: 'not.a.jwt' })).body.error).toBe('invalid_request')
    const unsigned = `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify({ sub: clientName('north', newId()) }))}.`
    expect((await post({ client_assertion: unsigned })).status).toBe(401)
  })
})

describe('From the moment it is ended', () => {
  it('a system’s token is nobody’s', async () => {
    const one = await registered()
    const { body } = await ask(one)
    const ending = { area: 'north', client: one.id, by: app.cast.manager.membership, at: app.clock.now }
    expect(await bearerOf(body.access_token)).toBeDefined()
    await app.inArea('north', (db) => endClient(db, ending))

    expect(await bearerOf(body.access_token)).toBeUndefined()
    expect((await ask(one)).status).toBe(401)
  })

  it('a key signs no more, and what was got with it is over, while the other key goes on', async () => {
    const one = await registered()
    const next = await aSystem('RS512')
    const key = readPublicKey(next.pem)
    if ('problem' in key) throw new Error(key.problem)
    const at = app.clock.now
    const { body } = await ask(one)
    await app.inArea('north', async (db) => {
      await addKey(db, { area: 'north', client: one.id, key, by: null, at })
      await endKey(db, { area: 'north', client: one.id, kid: one.kid, by: app.cast.manager.membership, at })
    })

    expect(await bearerOf(body.access_token)).toBeUndefined()
    expect((await ask(one)).status).toBe(401)
    expect((await ask({ ...one, system: next, kid: key.kid })).status).toBe(200)
  })
})
