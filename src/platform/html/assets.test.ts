import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { assetPaths, assetRoutes, assets } from './assets.ts'
import { stylesheetProblems } from './stylesheet.ts'

const fastify = Fastify()
await fastify.register(assetRoutes)
const { stylesheet } = assetPaths()
const get = (url: string, headers: Record<string, string> = {}) => fastify.inject({ url, headers })

describe('the files a page needs', () => {
  it('are kept by browsers for a year, because a changed file has another address', async () => {
    const answer = await get(stylesheet)
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(answer.headers['vary']).toBe('accept-encoding')
    expect(stylesheet).toMatch(/^\/assets\/workwell\.[0-9a-f]{12}\.css$/)
  })

  it.each([
    ['br, gzip', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['identity', undefined],
  ])('are sent as the browser takes them (%s)', async (accepted, encoding) => {
    const answer = await get(stylesheet, { 'accept-encoding': accepted })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-encoding']).toBe(encoding)
    expect(answer.headers['content-type']).toBe('text/css; charset=utf-8')
  })

  it('are not sent again to a browser that has them', async () => {
    const { headers } = await get(stylesheet)
    const again = await get(stylesheet, { 'if-none-match': `${headers['etag']}` })
    expect([again.statusCode, again.body]).toEqual([304, ''])
  })

  it('end where they end', async () => {
    const missing = await Promise.all(
      ['/assets/workwell.css', '/assets/../settings.ts', '/assets/'].map((url) => get(url)),
    )
    expect(missing.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404])
  })

  it('weigh less than 40 kB together for a first view on a phone', () => {
    const bytes = [...assets().values()].reduce((sum, { br }) => sum + br.length, 0)
    expect(bytes).toBeLessThan(40_000)
  })
})

describe('the stylesheet', () => {
  it('is what its source makes, and loads nothing from another host', async () => {
    expect(await stylesheetProblems()).toEqual([])
  })

  const css = readFileSync(join(import.meta.dirname, '../assets/workwell.css'), 'utf8')

  it('keeps a circle beside its words where a part stays English on a page read from the right', () => {
    const mirrored = readFileSync(join(import.meta.dirname, '../assets/workwell-rtl.css'), 'utf8')
    const rules = mirrored.split('}').filter((rule) => rule.startsWith('[dir=rtl] [dir=ltr]'))

    expect(mirrored).toMatch(/\.nhsuk-radios__label::before\{[^}]*right:\.125rem/)
    expect(rules.find((rule) => rule.includes('.nhsuk-radios__label::before'))).toMatch(/right:auto;left:\.125rem/)
    expect(rules.find((rule) => rule.includes('.nhsuk-radios__label::after'))).toMatch(/left:1\.375rem/)
  })

  it('brings no typeface of its own', () => {
    expect(css).not.toMatch(/@font-face|Frutiger|@import/i)
  })

  it.each([
    ['ink', 'paper', 4.5],
    ['ink', 'ground', 4.5],
    ['ink', 'tint', 4.5],
    ['ink', 'sand', 4.5],
    ['ink', 'caution-tint', 4.5],
    ['ink', 'good-tint', 4.5],
    ['ink', 'focus', 4.5],
    ['quiet', 'ground', 4.5],
    ['quiet', 'tint', 4.5],
    ['link', 'tint', 4.5],
    ['link', 'ground', 4.5],
    ['brand', 'tint', 4.5],
    ['alert', 'paper', 4.5],
    ['alert', 'ground', 4.5],
    ['good', 'tint', 4.5],
    ['paper', 'brand', 4.5],
    ['paper', 'good', 4.5],
    ['paper', 'alert', 4.5],
    ['edge', 'paper', 3],
    ['edge', 'ground', 3],
  ])('lets %s be read on %s', (text, ground, least) => {
    expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(least)
  })

  function colour(name: string): string {
    return new RegExp(`--${name}: ?#([0-9a-f]{6})`).exec(css)?.[1] ?? name
  }
})

// The formula of WCAG 2.2, success criterion 1.4.3.
function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
