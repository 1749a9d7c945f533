import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pino } from 'pino'
import { startApp, type TestApp } from '#test/app.ts'
import { isTooMuch, turnsBehind, watchLoad } from './load.ts'
import type { Parts } from './parts.ts'
import { refusal } from './refusal.tsx'
import { webServer } from './server.ts'

const after = (...late: readonly number[]) => isTooMuch({ lateTurns: late.reduce(turnsBehind, 0), inProgress: 100 })

describe('A copy of the product', () => {
  it('is not behind because of one long piece of work, a start, or a machine that slept', () => {
    expect(after(3_600_000)).toBe(false)
    expect(after(4_000, 10, 4_000, 10)).toBe(false)
    expect(after(900, 900, 900, 900)).toBe(false)
  })

  it('is behind when turn after turn comes a second late, and no longer once one comes in time', () => {
    expect(after(1_500, 1_200, 2_000)).toBe(true)
    expect(after(1_500, 1_200, 2_000, 100)).toBe(false)
  })

  it('sends nobody away while so few are waiting that nobody would be served sooner', () => {
    expect(isTooMuch({ lateTurns: 20, inProgress: 3 })).toBe(false)
  })
})

describe('A copy with little to do', () => {
  it('counts only those who are being answered', async () => {
    const app = await startApp()
    for (const path of ['/', '/not-there', '/health/live']) await app.product.fastify.inject(path)
    const { payload } = await app.product.fastify.inject('/metrics')
    await app.close()

    expect(payload).toContain('workwell_requests_in_progress 1')
  })
})

describe('A copy that is behind', () => {
  let app: TestApp
  let server: Awaited<ReturnType<typeof webServer>>
  beforeAll(async () => {
    app = await startApp()
    const { settings, databases } = app
    const load = { ...watchLoad(), isBehind: () => true }
    const nobody = async () => undefined
    const asked = { session: nobody, participant: nobody, actor: nobody, area: nobody }
    const questions = { ...asked, navigation: async () => [], ownNavigation: () => [] }
    const parts: Parts = {
      ...{ settings, databases, questions, load, refusal, now: () => app.clock.now, log: pino({ level: 'silent' }) },
    }
    server = await webServer(parts)
    server.get('/', async () => 'served')
    await server.ready()
  })
  afterAll(async () => {
    await server.close()
    await app.close()
  })

  it('sends who comes now away at once, and says when to come back', async () => {
    const answer = await server.inject('/')

    expect(answer.statusCode).toBe(503)
    expect(answer.headers['retry-after']).toBe('5')
    expect(answer.payload).toContain('not available for a moment')
  })

  it('goes on saying that it lives and what it measures, and that others should be asked', async () => {
    expect((await server.inject('/health/live')).statusCode).toBe(200)
    expect((await server.inject('/metrics')).statusCode).toBe(200)
    expect((await server.inject('/health/ready')).json()).toEqual({
      ready: false,
      reason: 'This copy has more work than it can do',
    })
  })
})
