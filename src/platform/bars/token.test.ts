import { exportPKCS8, generateKeyPair, jwtVerify } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { type BarsReceiver, startBarsReceiver } from '#test/neighbours/bars-receiver.ts'
import { aReplyingSender, aSentReferral, moves } from '#test/people/reply.ts'

let app: TestApp
let gateway: BarsReceiver
let publicKey: CryptoKey
beforeAll(async () => {
  gateway = await startBarsReceiver()
  const pair = await generateKeyPair('RS512', { extractable: true })
  publicKey = pair.publicKey
  const token = {
    address: gateway.tokenAddress,
    client: 'our-api-key',
    kid: 'ours-1',
    key: await exportPKCS8(pair.privateKey),
  }
  const services = { '111111111': { useCases: ['a5t1'] } }
  app = await startApp({ WORKWELL_OWN_NETWORK: 'yes', WORKWELL_BARS: JSON.stringify({ services, token }) })
})
beforeEach(() => {
  gateway.taken.splice(0)
  gateway.gateway.statements.splice(0)
})
afterAll(async () => {
  await gateway.close()
  await app.close()
})

/** Somebody whose referral came by BaRS from a system that is replied to at this address, accepted now. */
async function accepted(address: string): Promise<void> {
  const sender = await aReplyingSender(app, { address })
  const { person, episode } = await aSentReferral(app, sender.ods)
  app.clock.pass({ minutes: 1 })
  const yes = { form: newId(), how: 'telephone', gp: 'yes', 'gp-allows': 'status' }
  await (await app.as(app.cast.coach)).send(`/people/${person}/agreements`, yes)
  await moves(app, episode, [{ kind: 'accepted' }])
}

const shown = () => gateway.taken.map(({ headers }) => headers.authorization)

describe('A reply through a gateway that asks for a token', () => {
  it('shows one that was asked for by a statement signed with our key, once for as long as it holds', async () => {
    Object.assign(gateway.gateway, { gives: 'first', takes: 'first' })
    await accepted(gateway.address)
    const { statements } = gateway.gateway
    const { payload, protectedHeader } = await jwtVerify(statements[0] ?? '', publicKey, {
      ...{ issuer: 'our-api-key', subject: 'our-api-key', audience: gateway.tokenAddress },
      currentDate: new Date(app.clock.now.epochMilliseconds),
    })

    expect(shown()).toEqual(['Bearer first'])
    expect(protectedHeader).toMatchObject({ alg: 'RS512', kid: 'ours-1' })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBeLessThanOrEqual(300)
    expect(statements.length).toBe(1)
  })

  it('asks for another one where it is not taken any more, and goes then', async () => {
    Object.assign(gateway.gateway, { gives: 'first', takes: 'second' })
    await accepted(gateway.address)
    expect(shown()).toEqual([])
    gateway.gateway.gives = 'second'
    app.clock.pass({ minutes: 2 })
    await app.work()

    expect(shown()).toEqual(['Bearer second'])
    expect(gateway.gateway.statements.length).toBe(2)
  })

  it('waits where the gateway gives none, and says so', async () => {
    Object.assign(gateway.gateway, { gives: undefined, takes: 'third' })
    app.clock.pass({ hours: 1 })
    await accepted(gateway.address)
    const list = await (await app.as(app.cast.manager)).open('/area/replies')
    gateway.gateway.gives = 'third'
    app.clock.pass({ minutes: 2 })
    await app.work()

    expect(list.text).toContain('The gateway between us gives us no token')
    expect(shown()).toEqual(['Bearer third'])
  })

  it('shows it to nobody else: an address elsewhere hears nothing of it', async () => {
    Object.assign(gateway.gateway, { gives: 'first', takes: undefined })
    const elsewhere = await startBarsReceiver()
    await accepted(elsewhere.address)
    await elsewhere.close()

    expect(elsewhere.taken.map(({ headers }) => headers.authorization)).toEqual([undefined])
    expect(gateway.gateway.statements).toEqual([])
  })
})
