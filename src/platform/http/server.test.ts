import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const form = { 'content-type': 'application/x-www-form-urlencoded' }

describe('Every answer', () => {
  it.each<[what: string, asked: InjectOptions, status: number]>([
    ['a page', { url: '/' }, 200],
    ['a page that there is not', { url: '/nothing' }, 404],
    ['an address that cannot be read', { url: '/%ff' }, 404],
    ['a way of asking that there is not', { url: '/', method: 'DELETE' }, 404],
    ['a page for members', { url: '/day' }, 303],
    ['a form that is not of ours', { url: '/sign-out', method: 'POST', headers: form, payload: 'a=1' }, 403],
    [
      'a form that cannot be read',
      { url: '/drafts', method: 'POST', payload: '{', headers: { 'content-type': 'application/json' } },
      400,
    ],
    [
      'a form that is too large',
      { url: '/drafts', method: 'POST', headers: form, payload: 'a'.repeat(1_100_000) },
      413,
    ],
    ['a link of nobody', { url: '/l/north.none' }, 404],
    ['the measurements', { url: '/metrics' }, 200],
  ])('to %s says what a browser may load, and that it is to believe the type', async (_what, asked, status) => {
    const { statusCode, headers } = await app.product.fastify.inject(asked)

    expect(statusCode).toBe(status)
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';form-action 'self';frame-ancestors 'none';base-uri 'none';manifest-src 'self'",
    )
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  it('to a page that fails does so as well, and gives nothing away', async () => {
    await app.owner.query('alter table areas.area rename column name to gone')
    const { statusCode, headers, payload } = await app.product.fastify.inject('/')
    await app.owner.query('alter table areas.area rename column gone to name')

    expect(statusCode).toBe(500)
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(payload).toContain('Sorry, something went wrong')
    expect(payload).not.toMatch(/column|areas\./)
  })
})

describe('The measurements', () => {
  const measured = async (asked: Omit<InjectOptions, 'url'>, { product } = app) =>
    (await product.fastify.inject({ url: '/metrics', ...asked })).statusCode

  it('are for this machine alone where there is no token', async () => {
    expect(await measured({})).toBe(200)
    expect(await measured({ remoteAddress: '10.0.0.9' })).toBe(404)
    expect(await measured({ headers: { 'x-forwarded-for': '127.0.0.1' } })).toBe(404)
  })

  it('are for whoever has the token where there is one', async () => {
    const other = await startApp({ METRICS_TOKEN: 'sixteen-letters-or-more' })
    const token = (word: string) => ({ headers: { authorization: `Bearer ${word}` } })
    const seen = [
      await measured({}, other),
      await measured(token('sixteen-letters-and-not'), other),
      await measured({ ...token('sixteen-letters-or-more'), remoteAddress: '10.0.0.9' }, other),
    ]
    await other.close()

    expect(seen).toEqual([404, 404, 200])
  })
})

describe('Whom to tell of a weakness', () => {
  it('is said where those who look for weaknesses look, and never out of date', async () => {
    const other = await startApp({ WORKWELL_SECURITY_CONTACT: 'mailto:security@example.org' })
    try {
      const answer = await other.product.fastify.inject('/.well-known/security.txt')
      const [, expires = ''] = /^Expires: (.*)$/m.exec(answer.body) ?? []

      expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8')
      expect(answer.body).toMatch(/^Contact: mailto:security@example\.org$/m)
      const days = other.clock.now.until(Temporal.Instant.from(expires)).total('hours') / 24
      expect(days).toBeGreaterThan(178)
      expect(days).toBeLessThan(365)
    } finally {
      await other.close()
    }
  })

  it('is not there until whoever runs the service has said it', async () => {
    expect((await app.product.fastify.inject('/.well-known/security.txt')).statusCode).toBe(404)
  })
})
