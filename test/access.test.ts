import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reach, roles } from '#platform/access/rules.ts'
import { type RouteLine, usualArea } from '#platform/http/route.ts'
import { startApp, type TestApp } from './app.ts'

const file = fileURLToPath(new URL('./access.txt', import.meta.url))

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

describe('Who may use which page', () => {
  it('is written down, route by route, in access.txt', () => {
    const table = tableOf(app.product)
    if (process.env['WRITE_ACCESS_TABLE'] === 'yes') writeFileSync(file, table)

    expect(table).toBe(existsSync(file) ? readFileSync(file, 'utf8') : 'test/access.txt is missing')
  })

  it('saw the product at all', () => {
    expect(app.product.lines.length).toBeGreaterThan(3)
  })

  it('gives every role its reach in the table of scopes', () => {
    expect(Object.keys(reach).toSorted()).toEqual(Object.keys(roles).toSorted())
  })
})

function tableOf({ lines, addresses }: TestApp['product']): string {
  const rows = lines.map(({ method, path, rule }) => {
    const who = typeof rule.who === 'string' ? rule.who : rule.who.join(' ')
    const area = rule.area ?? usualArea(rule.who)
    const reads = rule.reads ?? (method === 'GET' ? 'no records' : rule.unjournaled ? 'unjournaled' : 'acts')
    return [
      path.padEnd(60),
      method.padEnd(5),
      `area: ${area}`.padEnd(13),
      reads.padEnd(12),
      scopes(rule.who, rule.verb),
      who,
    ]
      .join('  ')
      .trimEnd()
  })
  const written = new Set(lines.map(({ method, path }) => `${method} ${path}`))
  const platform = addresses
    .filter(({ method, path }) => method !== 'HEAD' && !written.has(`${method} ${path}`))
    .map(
      ({ method, path }) =>
        `${path.replace(/[.-][0-9a-f]{8,}(?=\\.)/, '.HASH').padEnd(60)}  ${method.padEnd(5)}  platform: sign-in protocol, health, files`,
    )
  return `${[...rows, ...new Set(platform)].toSorted().join('\n')}\n`
}

function scopes(who: RouteLine['rule']['who'], verb: RouteLine['rule']['verb']): string {
  if (verb === undefined || typeof who === 'string') return '-'.padEnd(24)
  return [...new Set(who.map((role) => reach[role][verb]))].join('/').padEnd(24)
}
